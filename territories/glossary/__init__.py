"""The words that need explaining: kept once, and explained where they appear."""
