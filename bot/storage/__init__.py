"""The database: conversations, inbox, messages and Rasa's trackers, encrypted."""
