"""Connects Rasa's dialogue to the services: slots in, one call, one Reply out."""
