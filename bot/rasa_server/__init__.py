"""Everything that makes Rasa Open Source safe and light enough to run behind our gateway."""
