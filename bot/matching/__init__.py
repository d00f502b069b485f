"""Text made comparable, phrases found in it, and stories held against a watch-list."""
