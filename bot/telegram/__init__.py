"""The Telegram channel: python-telegram-bot behind the Messenger port (heavy, loaded at first use)."""
