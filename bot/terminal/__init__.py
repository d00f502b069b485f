"""The terminal as the channel, where no bot token is set."""
