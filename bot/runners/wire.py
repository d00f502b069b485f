"""Everything that the rounds work with, put together by `bot.assembly`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.model.feed import FeedList
from bot.pipeline.deliver import Tempo
from bot.pipeline.desk import Desk
from bot.ports import ArticleSource, Clock, FeedSource, Messenger
from bot.runners.parley import Parley
from bot.storage import SqlStore


@dataclass(frozen=True, slots=True)
class Wire:
    """One instance of Draht: what it reads, decides with, remembers in and speaks through.

    `ping` gives a sign of life to whoever misses it, None where nobody does; it
    says in a word why it was not taken.
    `articles` is None where the pages of stories are not read, `parley` where nobody is talked with.
    """

    feeds: FeedList
    desk: Desk
    source: FeedSource
    store: SqlStore
    messenger: Messenger
    clock: Clock
    tempo: Tempo = field(default_factory=Tempo)
    ping: Callable[[], Awaitable[str | None]] | None = None
    articles: ArticleSource | None = None
    parley: Parley | None = None
