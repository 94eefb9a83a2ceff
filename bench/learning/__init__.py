"""Learns both encoders on our own examples; runs where torch is (make learn)."""
