"""Addresses brought from elsewhere: fetched, parsed, planned, shown, and only then applied."""
