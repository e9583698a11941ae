"""Registering for an event: the form, the places left, who reads the names, when they go."""
