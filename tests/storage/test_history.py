"""What the command line reads."""

from dataclasses import replace
from datetime import date

from bot.model.claim import Status
from bot.model.feed import FeedState
from bot.storage import Counts, SqlStore
from tests.storage.newsday import (
    DE,
    MINUTE,
    NOON,
    US,
    alert_of,
    contact_of,
    recognition_of,
    report_of,
    story_of,
)

JUNE, JULY, AUGUST = date(2024, 6, 25), date(2024, 7, 12), date(2024, 8, 1)


def test_an_empty_store_counts_nothing(store: SqlStore) -> None:
    """A store begins empty."""
    assert store.history.counts() == Counts(0, 0, 0, 0, 0, 0, 0)
    assert store.history.contacts() == ()


def test_the_newest_stories_of_contacts_are_given_since_a_moment(store: SqlStore) -> None:
    """Stories of nothing, unread ones and elder ones are left out."""
    told = [story_of(name, NOON + count * MINUTE) for count, name in enumerate("abcd")]
    store.save_look(FeedState("u"), [*told, story_of("unread", NOON + MINUTE)])
    with store.ledger() as ledger:
        for one in told[:3]:
            ledger.close_story(one, recognition_of(report_of("r", JUNE).claim), [])
        ledger.close_story(told[3], recognition_of(), [])
    assert store.history.of_contacts(NOON + MINUTE, 9) == (told[2], told[1])
    assert store.history.of_contacts(NOON, 1) == (told[2],)


def test_everything_is_counted_once(store: SqlStore) -> None:
    """Stories, unread ones, standing contacts, alerts and pending messages."""
    store.save_look(FeedState("u"), [story_of("one"), story_of("two")])
    with store.ledger() as ledger:
        ledger.close_story(story_of("one"), recognition_of(), [])
        ledger.enter(contact_of("elder", JUNE), NOON)
        ledger.enter(contact_of("younger", JULY), NOON)
        ledger.merge("younger", "elder")
        ledger.tell(alert_of("elder", "a"), NOON)
    assert store.history.counts() == Counts(1, 2, 1, 1, 1, 1, 0)


def test_contacts_come_in_order_of_day_with_their_reports(store: SqlStore) -> None:
    """One whose day is not told stands at the latest it can have been; a window bounds the days."""
    reports = report_of("b", JULY), report_of("a", JULY)
    july, june = contact_of("july", JULY, *reports), contact_of("june", JUNE)
    undated = replace(contact_of("undated", date(2024, 7, 1)), day=None)
    with store.ledger() as ledger:
        for contact in (july, undated, june):
            ledger.enter(contact, NOON)
    assert store.history.contacts() == (june, undated, july)
    assert store.history.contacts(JULY, JULY) == (july,)
    assert store.history.contacts(AUGUST) == ()


def test_contacts_entered_and_not_posted_are_counted_since_a_moment(store: SqlStore) -> None:
    """Held, concerning a watch, without an alert, entered since then: each condition counts."""
    nobody_watches = replace(report_of("unwatched", JUNE), watches=frozenset())
    with store.ledger() as ledger:
        ledger.enter(contact_of("counted", JUNE), NOON + MINUTE)
        ledger.enter(contact_of("posted", JULY), NOON + MINUTE)
        ledger.tell(alert_of("posted", "a"), NOON)
        ledger.enter(contact_of("earlier", AUGUST), NOON)
        ledger.enter(replace(contact_of("planned", AUGUST), status=Status.PLANNED), NOON + MINUTE)
        ledger.enter(
            contact_of("unwatched", JUNE, nobody_watches, offices=frozenset({US, DE})), NOON + MINUTE
        )
    assert store.history.entered_unposted(NOON + MINUTE) == 1
    assert store.history.entered_unposted(NOON) == 2


def test_stories_of_contacts_come_in_order_of_time_with_what_they_say(store: SqlStore) -> None:
    """Unread ones come without; those about something else only where every story is asked for."""
    claim = report_of("r", JUNE).claim
    told = [story_of(name, NOON + count * MINUTE) for count, name in enumerate("abcd")]
    store.save_look(FeedState("u"), told)
    with store.ledger() as ledger:
        ledger.close_story(told[2], recognition_of(claim), [])
        ledger.close_story(told[1], recognition_of(), [])
        ledger.close_story(told[0], recognition_of(claim), [])
    of_contacts = [(told[0], recognition_of(claim)), (told[2], recognition_of(claim)), (told[3], None)]
    assert list(store.history.tellings(None, every=False)) == of_contacts
    assert list(store.history.tellings(NOON + MINUTE, every=False)) == of_contacts[1:]
    every = list(store.history.tellings(None, every=True))
    assert [story for story, _ in every] == told
    assert [known.verdict for _, known in every if known] == ["contact", "none", "contact"]
    assert store.history.told(None, every=False) == (4, 3)
    assert store.history.told(NOON + MINUTE, every=True) == (3, 3)


def test_the_archive_tells_its_ends_and_what_rang_for_itself(store: SqlStore) -> None:
    """The eldest and newest stories, whether one rang in a channel, since when a watch is in force."""
    assert store.history.oldest() is None
    told = [story_of(name, NOON + count * MINUTE) for count, name in enumerate("abc")]
    store.save_look(FeedState("u"), told)
    store.know_watches(["key"], NOON)
    with store.ledger() as ledger:
        ledger.tell(replace(alert_of(told[0].id, "a post"), channel="@a"), NOON)
        ledger.tell(replace(alert_of("a contact", "a post"), channel="@b"), NOON)
    history = store.history
    assert history.oldest() == NOON
    assert history.newest(2) == (told[2], told[1])
    assert history.stories([told[1].id, told[0].id, "unknown"]) == (told[0], told[1])
    assert history.rang_for_stories(["@a", "@c"], NOON)
    assert not history.rang_for_stories(["@a"], NOON + MINUTE)
    assert not history.rang_for_stories(["@b"], NOON)
    assert (history.known_since("key"), history.known_since("other")) == (NOON, None)
