"""What a look at a feed leaves in the store."""

from bot.model.feed import FeedState
from bot.storage import SqlStore


def test_a_feed_never_seen_has_a_new_state(store: SqlStore) -> None:
    """Asking for a feed nobody has looked at gives a state without memory."""
    assert store.feed_states(["https://one.example/rss"]) == {
        "https://one.example/rss": FeedState("https://one.example/rss")
    }
