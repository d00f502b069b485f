"""Whatever the stories hold, every message is one that Telegram shows whole."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.alerts.changes import changes
from bot.alerts.digest import render_digest, render_summary
from bot.alerts.followup import Turn, follow_up
from bot.alerts.post import render, render_ruled
from bot.alerts.shown import shown_of
from bot.alerts.stamp import stamp
from bot.alerts.writer import ChannelWriter
from bot.contacts.ruled import Ruled, ruled
from bot.contacts.slots import contact_of
from bot.model.alert import Alert
from bot.model.claim import Bound, Claim, Duration, Initiative, Medium, Participant, Place, Statement, Status
from bot.model.contact import Contact, Report
from bot.model.office import Office, Role
from bot.model.ruling import Ruling, Slot, Wrong
from bot.model.watchlist import WatchList
from tests.alerts.newsroom import TAGESSCHAU, Outlet, call, desk, press
from tests.servers.telegram_html import assert_valid_post

NASTY = (
    "", " ", "&nbsp;", "&amp;lt;b&gt;", "<b>fett</b>", "</blockquote><a href='x'>", "\u202egnp.exe",
    "\x00\x07\r\n",
    "\U0001f468\u200d\U0001f466\U0001f1fa\U0001f1f8" * 40, "مكالمة هاتفية بين الوزيرين", "שיחת טלפון",
    "Z" + "\u0300\u0333\u030a" * 300, "\ud800", "\u2060\u200b", "\u3164", "\u2800", "{who} {0} %s",
    "#tag @name /start https://t.me/x", "ab " * 35_000, "x" * 100_000,
)  # fmt: skip
words = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=60), st.text(alphabet="<>&\"' ä😀.\u202e", max_size=400)
)
urls = st.one_of(
    st.none(),
    words,
    words.map(lambda rest: f"https://example.org/{rest}"),
    words.map(lambda host: f"http://{host}/"),
    st.sampled_from(
        ["javascript:alert(1)", "https://a@b.example/", "https://[::1", "HTTPS://EXAMPLE.ORG:99999/"]
    ),
)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
codes = st.one_of(st.sampled_from(["US", "RU", "DE", "FR", "CN", "ZZ"]), words)
offices = st.builds(Office, codes, st.sampled_from(Role))
NOON = datetime(2024, 7, 12, 12, tzinfo=UTC)
LATE = datetime(2024, 9, 30, 22, 58, tzinfo=UTC)
STAMP = {language: stamp(NOON, LATE, "Europe/Berlin", press(language)) for language in ("de", "en")}
statements = st.builds(Statement, codes, words, words, st.one_of(st.sampled_from(["de", "ru", "xx"]), words))


@st.composite
def claims(draw: st.DrawFn, table: tuple[Participant, ...]) -> Claim:
    """Draw a claim about the given table."""
    day = draw(st.one_of(st.none(), days))
    return Claim(
        status=draw(st.sampled_from(Status)),
        participants=table,
        day=day,
        by=day or draw(days),
        medium=draw(st.sampled_from(Medium)),
        initiative=draw(st.one_of(st.none(), st.builds(Initiative, codes, st.one_of(st.none(), words)))),
        topics=tuple(draw(st.lists(words, max_size=6))),
        statements=tuple(draw(st.lists(statements, max_size=4))),
        place=draw(st.one_of(st.none(), st.builds(Place, words, st.one_of(st.none(), codes)))),
        duration=draw(st.one_of(st.none(), st.builds(Duration, st.integers(1, 720), st.sampled_from(Bound)))),
    )


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    """Draw a contact of any table, told by any number of outlets."""
    persons = st.builds(Participant, offices, st.one_of(st.none(), words))
    table = tuple(draw(st.lists(persons, min_size=2, max_size=20)))
    count = draw(st.integers(1, 9))
    reports = [
        Report(
            id=f"{number}",
            story=f"{number}",
            source=draw(words),
            url=draw(urls),
            language=draw(st.sampled_from(["de", "en", "ru", "ar"])),
            country=draw(st.one_of(st.none(), codes)),
            instant=datetime(2024, 6, 26, number, tzinfo=UTC),
            day=draw(days),
            claim=draw(claims(table)),
            earlier=tuple(draw(st.lists(st.one_of(days.map(str), words), max_size=3))),
        )
        for number in range(count)
    ]
    return contact_of(reports, "contact")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(contacts(), st.one_of(st.none(), contacts()), st.sampled_from(["de", "en"]))
def test_any_contact_makes_a_valid_post(contact: Contact, previous: Contact | None, language: str) -> None:
    """Telegram's parser takes every post whole, within 900 units, the same bytes twice."""
    written = render(contact, previous, press(language))
    assert_valid_post(written, limit=900)
    assert written == render(contact, previous, press(language))


rulings = st.builds(
    Ruling,
    id=st.just("r"),
    contact=st.just("contact"),
    wrong=st.sampled_from(Wrong),
    by=st.just("42"),
    at=st.just(NOON),
    slot=st.one_of(st.none(), st.sampled_from(Slot)),
    value=st.one_of(st.none(), days.map(str), codes, st.sampled_from(Medium)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(contacts(), st.lists(rulings, max_size=4), contacts(), st.sampled_from(["de", "en"]))
def test_any_ruling_makes_a_valid_post(
    contact: Contact, ruled_on: list[Ruling], previous: Contact, language: str
) -> None:
    """Whatever an editor types, what is told is whole, and has room for the stamp of an edit."""
    told = ruled(contact, ruled_on)
    edited = f"{render_ruled(told, previous, press(language))}\n{STAMP[language]}"
    assert_valid_post(edited, limit=900)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=contacts(), after=contacts(), retracted=st.booleans(), language=st.sampled_from(["de", "en"]))
def test_any_change_makes_a_valid_reply(
    before: Contact, after: Contact, language: str, *, retracted: bool
) -> None:
    """Whatever turns into whatever, the answer is whole, short, and there where something is material."""
    means = press(language)
    shown = shown_of(Ruled(before, retracted), means)
    found = changes(shown, shown_of(Ruled(after), means))
    written = follow_up(Turn(after, shown, means), found)
    assert bool(written) is bool(found)
    if written:
        assert_valid_post(written, limit=900)
        assert len(written.split("\n")) <= 2 * len(found)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(contacts(), max_size=30), urls, st.sampled_from(["de", "en"]))
def test_any_contacts_make_a_valid_digest_and_summary(
    told: list[Contact], url: str | None, language: str
) -> None:
    """Lists of anything fit, linked to anything; a pointer to any post is whole."""
    means = press(language)
    heads = [render(contact, None, means).split("\n")[0] for contact in told]
    since, until = date(2024, 7, 8), date(2024, 7, 14)
    assert_valid_post(render_digest(told, since, until, means, {"contact": url or ""}), limit=900)
    assert_valid_post(render_summary(heads, means), limit=900)
    writer = ChannelWriter(WatchList((), language), {language: means})
    for contact in told[:3]:
        elder = Alert("a", contact.id, "", render(contact, None, means), NOON)
        assert_valid_post(writer.pointer(elder), limit=900)


@pytest.mark.parametrize("text", NASTY)
def test_every_field_bears_every_known_nastiness(text: str) -> None:
    """Each bad input in all fields at once still makes a valid post with a head and a day."""
    statement = Statement("US", text, text or "x", "de")
    outlet = Outlet(text, url=f"https://example.org/{text}")
    filed = desk(call(place=Place(text))).file(
        outlet, initiative=Initiative("US", text), topics=(text,), statements=(statement,), earlier=(text,)
    )
    written = render(filed.file(TAGESSCHAU).contact(), None, press())
    assert_valid_post(written, limit=900)
    assert written.startswith("🔴 <b>Austin und Beloussow telefonieren")
    assert "25. Juni 2024" in written


def test_a_hundred_kilobytes_leave_the_facts_standing() -> None:
    """Endless statements give way to the facts, and are cut at a word, with a sign that they were."""
    endless = tuple(
        Statement(side, "Pentagon", "Lange Rede, kurzer Sinn " * 5_000, "de") for side in ("US", "RU")
    )
    contact = desk(call(topics=("escalation risk",))).file(TAGESSCHAU, statements=endless).contact()
    written = render(contact, None, press())
    assert_valid_post(written, limit=900)
    assert "<b>Thema:</b> Eskalationsrisiko" in written
    assert written.count("…") == 2
    assert "Sin…" not in written
