"""What keeps the use cases going: one process for one machine."""
