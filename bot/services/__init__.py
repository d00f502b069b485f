"""Channels that are no Telegram chats: webhooks, and what Apprise reaches."""
