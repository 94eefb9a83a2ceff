"""The adapters between Rasa and the services."""
