"""Outcome reports: expected when a label is given, asked for, filled in, imported, told apart."""
