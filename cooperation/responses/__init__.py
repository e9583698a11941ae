"""Answering a call for projects: the form, what is received, who reads it, when it goes."""
