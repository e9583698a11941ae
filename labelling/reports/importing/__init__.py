"""Reports from a spreadsheet: read → plan → apply, known again by label, date and day."""
