"""Plays stories for two watch-lists at once, and keeps what each would have posted.

What is one contact does not depend on the watch-list; what is told of it is decided
for each channel by itself. So both lists are laid beside each other, the channels of
each under names of their own, and one play of the real decisions makes the posts of
both: `bot.pipeline.recognise.sit`, with the outbox worked off after each story as in
`bot.pipeline.replay`. Only the two settings that hold for all channels, `max_age` and
`timezone`, cannot stand beside each other; where they differ, each list is played alone.

Summaries of the night and digests are not played: they follow from the posts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.model.alert import Alert
from bot.model.channel import Channel
from bot.model.contact import Contact
from bot.model.decision import Decision
from bot.model.story import Story, derived_id
from bot.model.watchlist import Watch, WatchList
from bot.pipeline.desk import Desk
from bot.pipeline.recognise import Heard, sit
from bot.pipeline.replay import count_as_sent
from bot.ports import Ledger, Stage


class Side(StrEnum):
    """Which of the two lists."""

    OLD = "old"
    NEW = "new"

    @property
    def other(self) -> "Side":
        """The other one."""
        return Side.NEW if self is Side.OLD else Side.OLD


@dataclass(frozen=True, slots=True)
class Post:
    """An alert as a play leaves it, as if its list had been played alone.

    `made_for` names what it was first made for; `contact` is what that is now, or
    `story` where it rang for itself. `copies` are the stories that it told as well.
    """

    alert: Alert
    made_for: str
    contact: Contact | None = None
    story: Story | None = None
    copies: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The alert's id."""
        return self.alert.id


@dataclass(frozen=True, slots=True)
class Played:
    """The posts of both lists, in the order in which they were made."""

    old: tuple[Post, ...] = ()
    new: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class _Made:
    """For which side a post was made, for what, and where."""

    side: Side
    made_for: str
    channel: str


def marked(watchlist: WatchList, side: Side) -> WatchList:
    """Give a list the names of whose channels tell its side; each channel is described."""
    watches = tuple(_marked(watch, side) for watch in watchlist.watches)
    described = tuple(_described(channel, side) for channel in watchlist.all_channels)
    return replace(watchlist, watches=watches, channels=described)


def side_by_side(old: WatchList, new: WatchList) -> WatchList:
    """Lay two lists beside each other; what holds for all channels is the old one's."""
    one, other = marked(old, Side.OLD), marked(new, Side.NEW)
    return replace(one, watches=(*one.watches, *other.watches), channels=(*one.channels, *other.channels))


def share_a_stage(old: WatchList, new: WatchList) -> bool:
    """Whether one play can make the posts of both lists."""
    return (old.max_age, old.timezone) == (new.max_age, new.timezone)


def play(heard: Iterable[Heard], desk: Desk, stage: Stage) -> Played:
    """Play stories, in order of time, on an empty stage before a desk whose channels are marked."""
    made: dict[str, _Made] = {}
    copies: dict[str, set[str]] = {}
    stories: dict[str, Story] = {}
    for place, one in enumerate(heard):
        now = one.story.instant
        if place == 0:
            stage.know_watches((watch.key for watch in desk.watchlist.watches), now)
        decisions = sit(one, desk, stage, now).decisions
        count_as_sent(stage, now, place)
        with stage.ledger() as ledger:
            made |= {alert: _made(ledger, alert, name) for alert, name in _posted(decisions, one.story)}
        for decision in decisions:
            if decision.contact is None and decision.alert:
                copies.setdefault(decision.alert, set()).add(one.story.id)
                stories[one.story.id] = one.story
    with stage.ledger() as ledger:
        posts = [
            (made[name].side, _post(ledger, name, made, stories.get(made[name].made_for), copies))
            for name in made
        ]
    return Played(
        tuple(post for side, post in posts if side is Side.OLD),
        tuple(post for side, post in posts if side is Side.NEW),
    )


def _posted(decisions: Iterable[Decision], story: Story) -> Iterable[tuple[str, str]]:
    for decision in decisions:
        if decision.posted and decision.alert:
            yield decision.alert, decision.contact or story.id


def _made(ledger: Ledger, alert: str, made_for: str) -> _Made:
    (known,) = (one for one in ledger.alerts([made_for]) if one.id == alert)
    side, _, channel = known.channel.partition(" ")
    return _Made(Side(side), made_for, channel)


def _post(
    ledger: Ledger,
    name: str,
    made: dict[str, _Made],
    story: Story | None,
    copies: dict[str, set[str]],
) -> Post:
    alert = ledger.alert(name)
    if alert is None:
        raise LookupError(f"the alert {name} was posted and is not known")
    told = replace(
        alert,
        id=_id(made[name]),
        channel=made[name].channel,
        merged_into=_id(made[alert.merged_into]) if alert.merged_into in made else alert.merged_into,
        message_id=None,
    )
    contact = None if story else ledger.contact(alert.subject)
    return Post(told, made[name].made_for, contact, story, frozenset(copies.get(name, ())))


def _id(made: _Made) -> str:
    return derived_id("alert", made.made_for, made.channel)


def _marked(watch: Watch, side: Side) -> Watch:
    return replace(watch, channels=tuple(f"{side} {name}" for name in watch.channels))


def _described(channel: Channel, side: Side) -> Channel:
    return replace(channel, name=f"{side} {channel.name}")
