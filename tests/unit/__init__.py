"""Milliseconds: pure rules and services with fakes."""
