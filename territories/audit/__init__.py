"""The journal: who did what in which territory, for its coordination and the national team."""
