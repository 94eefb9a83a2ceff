"""Language understanding: components, models, our own held-out messages."""
