"""What the bot is asked in private and in the operators' chat, and what it answers; no I/O."""
