"""The answers that a territory's people put above the others, for some words."""
