"""What the page says when nothing answers: never a dead end."""
