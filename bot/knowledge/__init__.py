"""Reads, checks and searches the files in knowledge/ that staff edit."""
