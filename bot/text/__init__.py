"""Text made comparable, and many phrases found in it at once."""
