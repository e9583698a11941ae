"""The content blocks that every page shares, and the field that holds them."""
