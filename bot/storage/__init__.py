"""The store: SQLite by default, PostgreSQL by setting, one schema."""

from bot.storage.history import Counts, History, Reading
from bot.storage.store import SqlStore, look_into, open_store

__all__ = ["Counts", "History", "Reading", "SqlStore", "look_into", "open_store"]
