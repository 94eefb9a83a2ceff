"""The gateway without Rasa: routes, limits, order, events."""
