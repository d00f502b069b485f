"""Text made comparable, many phrases found in it at once, secrets taken out of it."""
