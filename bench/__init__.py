"""Measures speed, memory, training and start-up of the whole assistant."""
