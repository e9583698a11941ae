"""What the label brings by itself to make something known: texts, pictures, a press release."""
