"""Telling residents, once a week, of what is new and answers a search they made."""
