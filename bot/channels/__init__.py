"""How messages look on each channel: pure functions from a reply to what is shown."""
