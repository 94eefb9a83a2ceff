"""Language understanding: what Rasa runs on each message, as thin components."""
