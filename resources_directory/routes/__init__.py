"""Places of the map in an order to go through them: the rally of resource places."""
