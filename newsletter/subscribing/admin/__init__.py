"""« Abonnés » in the admin: who gets the letters of one's own territories, and the proof of it."""
