"""What operators and staff type after `python -m bot`, one file a command."""
