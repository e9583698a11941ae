"""Writing to a territory: the form, what protects public forms, the messages that came."""
