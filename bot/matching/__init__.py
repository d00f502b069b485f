"""Which stories and contacts concern a watch."""
