"""Streams of invented stories and watch-lists of every kind, drawn for properties."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import strategies as st

from bot.matching.query import read
from bot.model.channel import Channel, Quiet
from bot.model.claim import Basis, Claim, Medium, Recognition, Status, Verdict
from bot.model.office import Office
from bot.model.story import Story
from bot.model.watchlist import Party, Ring, Watch, WatchList
from tests.contacts.wire import DE, FR, RU, UA, US, call, july, seats
from tests.pipeline.script import story

WORDS = ("Telefonat", "Kiew", "Taurus", "Texas")
TABLES = ((US, RU), (US, RU), (US, UA), (DE, FR), (US, RU, UA), (RU, UA, DE, FR))
CHANNELS = ("", "@a", "@b")
_VERDICTS = {
    Status.HELD: Verdict.CONTACT,
    Status.PLANNED: Verdict.PLANNED,
    Status.DENIED: Verdict.DENIED,
    Status.CANCELLED: Verdict.DENIED,
}
_STATUSES = st.sampled_from([*[Status.HELD] * 5, Status.PLANNED, Status.DENIED, Status.CANCELLED])

Scene = tuple[Story, Recognition]


@st.composite
def claims(draw: st.DrawFn, day: date) -> Claim:
    """Draw what a story of a day claims of one table."""
    offices: tuple[Office, ...] = draw(st.sampled_from(TABLES))
    status = draw(_STATUSES)
    back = draw(st.sampled_from([None, 0, 0, 1, 2, 9]))
    ahead = status in {Status.PLANNED, Status.CANCELLED}
    told = None if back is None else day + timedelta(days=back if ahead else -back)
    return replace(
        call(told, status=status),
        participants=seats(*offices),
        by=told or day,
        medium=draw(st.sampled_from([Medium.PHONE, Medium.PHONE, Medium.MEETING, Medium.UNKNOWN])),
        basis=draw(st.sampled_from([Basis.WRITTEN, Basis.WEEKDAY])) if told else Basis.NONE,
        repeat=draw(st.integers(0, 9)) == 0,
    )


@st.composite
def scenes(draw: st.DrawFn, most: int = 14) -> list[Scene]:
    """Draw stories in order of time, each with what it says; some words are copied from each other."""
    days = sorted(draw(st.lists(st.integers(1, 16), min_size=3, max_size=most)))
    texts: list[str] = []
    drawn: list[Scene] = []
    for number, day in enumerate(days):
        fresh = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)))
        texts.append(draw(st.sampled_from([fresh, fresh, fresh, *texts[-3:]])))
        told = tuple(draw(claims(july(day))) for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2]))))
        of_day = story(
            draw(st.sampled_from("abcdef")), july(day), f"{texts[-1]} steht in diesem Text", id=f"s{number}"
        )
        odd = draw(st.integers(0, 9))
        one = replace(of_day, title="Bericht", dated=odd > 0, fresh_feed=odd < 2)
        verdict = _VERDICTS[told[0].status] if told else Verdict.NONE
        drawn.append((one, Recognition(verdict, told)))
    return drawn


@st.composite
def watches(draw: st.DrawFn) -> Watch:
    """Draw a watch."""
    words = st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple)
    query = draw(st.sampled_from([None, None, None, "Kiew AND NOT Texas", "Taurus NEAR/2 Kiew", "source:a"]))
    parties = draw(st.sampled_from([(), (), (), (US,), (US, RU), (DE, UA, RU)]))
    return Watch(
        name="drawn",
        keywords=draw(words),
        exclude=draw(st.sampled_from([(), (), ("Texas",), ("Taurus", "Texas")])),
        parties=tuple(Party(office) for office in parties),
        media=frozenset(draw(st.sampled_from([(), (), (), (Medium.PHONE,), (Medium.MEETING, Medium.VIDEO)]))),
        ring=draw(st.sampled_from([Ring.CONTACTS, Ring.CONTACTS, Ring.STORIES])),
        channels=draw(st.sampled_from([*[(name,) for name in CHANNELS], ("", "@a"), ("@b", "@a")])),
        announce=draw(st.booleans()),
        urgent=draw(st.booleans()),
        query=None if query is None else read(query),
    )


@st.composite
def channels(draw: st.DrawFn) -> tuple[Channel, ...]:
    """Draw what is told of channels."""
    quiet = Quiet(time(10), time(20))
    described = []
    for name in CHANNELS:
        at_night = draw(st.sampled_from([None, None, quiet]))
        described.append(Channel(name, "de", quiet=at_night, approve=draw(st.integers(0, 3)) == 0))
    return tuple(described)


@st.composite
def watchlists(draw: st.DrawFn) -> WatchList:
    """Draw a watch-list whose watches have names of their own."""
    drawn = draw(st.lists(watches(), min_size=1, max_size=3))
    named = tuple(replace(watch, name=f"watch {n}") for n, watch in enumerate(drawn))
    return WatchList(named, max_age=timedelta(days=5), channels=draw(channels()))
