"""Records from elsewhere: fetch → read → plan → apply, for whatever kind of page they become."""
