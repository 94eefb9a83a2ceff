"""Tests of what measures the assistant: nothing is trained at length or started."""
