"""Videos: files of one's own, or at a host that learns nothing before a visitor asks to watch."""
