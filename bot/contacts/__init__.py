"""From reports to contacts: the event is the identity, never the URL (DESIGN.md §4.1)."""
