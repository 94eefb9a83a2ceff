"""All that makes Rasa Open Source safe and light enough for behind our gateway."""
