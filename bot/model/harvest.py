"""What a look at a feed leaves to be kept."""

from dataclasses import dataclass

from bot.model.feed import FeedState
from bot.model.story import Story


@dataclass(frozen=True, slots=True)
class Harvest:
    """A feed's state after a look, the stories that it brought, and the digests of its item blocks.

    `with_news` is the state in place of `state` where one of the stories is new,
    None where that is the same. `seen` is None where the digests known stay.
    """

    state: FeedState
    stories: tuple[Story, ...] = ()
    seen: bytes | None = None
    with_news: FeedState | None = None
