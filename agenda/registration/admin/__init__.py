"""« Inscriptions » in the admin: who comes, date by date; one's own territories alone."""
