"""Adapters between Rasa's dialogue and the services: slots in, one call, one Reply out."""
