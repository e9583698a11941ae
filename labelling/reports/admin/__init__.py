"""« Bilans » in the admin: list, fill in, import, take away; one's own territories alone."""
