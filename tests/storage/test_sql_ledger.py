"""The contact store inside its locked transaction."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.model.alert import Shown, Standing
from bot.model.claim import Status
from bot.model.decision import Decision, Novelty
from bot.model.feed import FeedState
from bot.model.ruling import Ruling, Slot, Wrong
from bot.storage import Reading, SqlStore, open_store
from tests.storage.newsday import (
    DE,
    FR,
    MINUTE,
    NOON,
    PAIR,
    RU,
    US,
    alert_of,
    contact_of,
    recognition_of,
    report_of,
    story_of,
)

JUNE, JULY, AUGUST = date(2024, 6, 25), date(2024, 7, 12), date(2024, 8, 1)
TABLE = frozenset({US, DE, FR})


def test_a_contact_comes_back_with_all_its_reports(store: SqlStore) -> None:
    """What was entered is what the next decision reads, slot by slot, reports in their order."""
    reports = report_of("b", JUNE), report_of("a", JUNE), report_of("c", JUNE)
    contact = contact_of("june", JUNE, *reports)
    with store.ledger() as ledger:
        ledger.enter(contact, NOON)
    with store.ledger() as ledger:
        assert ledger.held_before(PAIR, JULY, "july") == contact
        assert ledger.held_after(PAIR, date(2024, 1, 1)) == (contact,)


def test_a_contact_keeps_the_moment_of_its_first_entry(store: SqlStore) -> None:
    """Entering again overwrites what is told, never since when the contact is known."""
    with store.ledger() as ledger:
        ledger.enter(contact_of("june", JUNE), NOON)
        ledger.enter(contact_of("june", JULY), NOON + MINUTE)
        assert ledger.entered(["june", "unknown"]) == {"june": NOON}
        assert ledger.held_before(PAIR, AUGUST, "") == contact_of("june", JULY)


def test_a_report_moves_to_the_contact_that_was_entered_last(store: SqlStore) -> None:
    """The assignment of a report is that of the last entry; a contact without reports is none."""
    report = report_of("a", JUNE)
    with store.ledger() as ledger:
        ledger.enter(contact_of("one", JUNE, report), NOON)
        ledger.enter(contact_of("two", JULY, report), NOON)
        assert [found.contact for found in ledger.reports(PAIR, JUNE, JUNE)] == ["two"]
        assert ledger.held_before(PAIR, JULY, "") is None


def test_two_offices_see_only_reports_of_exactly_them(store: SqlStore) -> None:
    """Reports of other pairs and of larger tables are not about the same contact."""
    with store.ledger() as ledger:
        ledger.enter(contact_of("pair", JUNE), NOON)
        ledger.enter(contact_of("other", JUNE, offices=frozenset({US, DE})), NOON)
        ledger.enter(contact_of("table", JUNE, offices=frozenset({US, RU, DE})), NOON)
        assert [report.contact for report in ledger.reports(PAIR, JUNE, JUNE)] == ["pair"]


def test_a_table_of_three_sees_reports_that_share_two_of_it(store: SqlStore) -> None:
    """Three and more: any report of three or more with at least two offices in common."""
    with store.ledger() as ledger:
        ledger.enter(contact_of("pair", JUNE, offices=frozenset({US, DE})), NOON)
        ledger.enter(contact_of("same", JUNE, offices=TABLE), NOON)
        ledger.enter(contact_of("near", JUNE, offices=frozenset({US, DE, RU})), NOON)
        ledger.enter(contact_of("far", JUNE, offices=frozenset({US, RU, FR})), NOON)
        sharing = ledger.reports(frozenset({DE, FR, RU}), JUNE, JUNE)
    assert {report.contact for report in sharing} == {"same", "near", "far"}


def test_reports_are_bounded_by_the_latest_day_they_can_mean(store: SqlStore) -> None:
    """Both ends of the window count; the earliest instant comes first."""
    with store.ledger() as ledger:
        for day in (AUGUST, JUNE, JULY):
            ledger.enter(contact_of(day.isoformat(), day), NOON)
        found = ledger.reports(PAIR, JUNE, JULY)
    assert [report.contact for report in found] == ["2024-06-25", "2024-07-12"]


def test_the_previous_contact_is_the_nearest_held_one_before(store: SqlStore) -> None:
    """Planned, undated, merged and other contacts, and the contact itself, are passed over."""
    planned = replace(contact_of("planned", JULY), status=Status.PLANNED)
    undated = replace(contact_of("undated", JULY), day=None)
    with store.ledger() as ledger:
        for contact in (contact_of("may", date(2024, 5, 1)), contact_of("june", JUNE), planned, undated):
            ledger.enter(contact, NOON)
        ledger.enter(contact_of("table", JULY, offices=TABLE), NOON)
        ledger.enter(contact_of("itself", JULY), NOON)
        before = ledger.held_before(PAIR, AUGUST, "itself")
        first = ledger.held_before(PAIR, date(2024, 5, 1), "")
    assert before is not None
    assert before.id == "june"
    assert first is None


def test_the_next_contacts_are_those_of_the_nearest_day_after(store: SqlStore) -> None:
    """Two calls on one day both follow; later ones do not."""
    with store.ledger() as ledger:
        for name, day in (("b", JULY), ("a", JULY), ("later", AUGUST)):
            ledger.enter(contact_of(name, day), NOON)
        assert [contact.id for contact in ledger.held_after(PAIR, JUNE)] == ["a", "b"]
        assert ledger.held_after(PAIR, AUGUST) == ()


@pytest.mark.parametrize("wrong", [Wrong.CONTACT, Wrong.DUPLICATE])
def test_what_an_editor_ruled_out_is_neither_before_nor_after(store: SqlStore, wrong: Wrong) -> None:
    """No contact and a duplicate do not count for others, until that is taken back; a wrong slot does."""
    ruling = Ruling("r", "july", wrong, "42", NOON)
    with store.ledger() as ledger:
        for name, day in (("june", JUNE), ("july", JULY)):
            ledger.enter(contact_of(name, day), NOON)
        ledger.rule(replace(ruling, id="other", wrong=Wrong.SLOT, slot=Slot.PLACE))
        assert ledger.held_after(PAIR, JUNE) == (contact_of("july", JULY),)
        ledger.rule(ruling)
        assert ledger.held_after(PAIR, JUNE) == ()
        assert ledger.held_before(PAIR, AUGUST, "") == contact_of("june", JUNE)
        ledger.rule(replace(ruling, undone_at=NOON))
        assert ledger.held_before(PAIR, AUGUST, "") == contact_of("july", JULY)


def test_an_alert_keeps_what_it_shows_and_what_readers_were_told(store: SqlStore) -> None:
    """Every slot of both survives, and that nothing was sent yet is known."""
    shown = Shown(Status.HELD, JULY, ("RU",), ("US", "RU"), denied=True, retracted=True)
    alert = replace(alert_of("july", "a"), shown=shown, told=Shown(Status.PLANNED))
    with store.ledger() as ledger:
        ledger.tell(alert, NOON)
        assert ledger.alerts(["july"]) == (alert,)
        assert ledger.standing(alert.id) == ledger.standing("unknown") == Standing()


def test_a_contact_without_a_day_follows_as_long_as_none_stands_between(store: SqlStore) -> None:
    """Its post shows the previous contact too: it is among the next until a dated one comes before it."""
    undated = replace(contact_of("undated", date(2024, 7, 13)), day=None)
    with store.ledger() as ledger:
        ledger.enter(undated, NOON)
        assert ledger.held_after(PAIR, JUNE) == (undated,)
        ledger.enter(contact_of("august", AUGUST), NOON)
        assert [contact.id for contact in ledger.held_after(PAIR, JUNE)] == ["undated", "august"]
        ledger.enter(contact_of("july", JULY), NOON)
        assert [contact.id for contact in ledger.held_after(PAIR, JUNE)] == ["july"]
        assert [contact.id for contact in ledger.held_after(PAIR, JULY)] == ["undated", "august"]


def test_merging_hands_reports_and_alerts_to_the_elder(store: SqlStore) -> None:
    """The younger contact is none any more; its reports are the elder's."""
    with store.ledger() as ledger:
        ledger.enter(contact_of("elder", JUNE), NOON)
        ledger.enter(contact_of("younger", JULY), NOON)
        ledger.tell(alert_of("elder", "elder", "@one"), NOON)
        ledger.tell(alert_of("younger", "younger", "@one"), NOON)
        ledger.tell(alert_of("younger", "younger", "@two"), NOON)
        ledger.merge("younger", "elder")
        assert {report.contact for report in ledger.reports(PAIR, JUNE, JULY)} == {"elder"}
        assert ledger.held_after(PAIR, JUNE) == ()
        kept = {alert.channel: alert for alert in ledger.alerts(["elder"])}
        (pointing,) = ledger.alerts(["younger"])
    assert kept["@two"].body == "younger"
    assert pointing.channel == "@one"
    assert pointing.merged_into == kept["@one"].id


def test_what_was_made_of_a_story_is_kept(store: SqlStore) -> None:
    """Verdict, claims, reasons and decisions of a read story can be explained later."""
    story = story_of("one")
    recognition = recognition_of(report_of("one", JUNE).claim)
    decisions = (
        Decision(Novelty.NEW, "june", "alert", ("RU", "US"), JUNE, posted=True, text="<b>Post</b>"),
        Decision(Novelty.PLANNED, held_back="only planned"),
    )
    store.save_look(FeedState(story.feed), [story])
    assert store.history.reading(story.id) == Reading(story, None, ())
    with store.ledger() as ledger:
        ledger.close_story(story, recognition, decisions)
    assert store.history.reading(str(story.url)) == Reading(story, recognition, decisions)
    assert store.history.reading("unknown") is None


def test_a_story_that_came_past_the_feeds_is_kept_when_it_is_read(store: SqlStore) -> None:
    """`draht replay` closes stories that no look has stored."""
    with store.ledger() as ledger:
        ledger.close_story(story_of("one"), recognition_of(), [])
    assert store.history.reading(story_of("one").id) == Reading(story_of("one"), recognition_of(), ())
    assert store.unread(10) == ()


def test_a_story_read_again_finds_what_it_told_and_what_was_decided(store: SqlStore) -> None:
    """Its own reports and decisions come back, nothing of an unread story; what is dropped goes."""
    mine, other = report_of("a", JUNE), report_of("b", JUNE)
    store.save_look(FeedState("u"), [story_of("unread")])
    with store.ledger() as ledger:
        ledger.enter(contact_of("june", JUNE, mine, other), NOON)
        ledger.close_story(story_of("one"), recognition_of(), [Decision(Novelty.NEW)])
    with store.ledger() as ledger:
        assert [one.id for one in ledger.told_by(mine.story)] == [mine.id]
        assert ledger.decided([story_of("one").id, story_of("unread").id]) == {
            story_of("one").id: (Decision(Novelty.NEW),)
        }
        ledger.drop([mine.id])
        assert [one.id for one in ledger.reports(PAIR, JUNE, JUNE)] == [other.id]


def test_near_stories_are_those_that_rang_for_themselves(store: SqlStore) -> None:
    """Only stories with an alert of their own within the time are near, never the story itself."""
    near, silent, far = story_of("near"), story_of("silent"), story_of("far", NOON - timedelta(days=3))
    this = story_of("this", NOON + MINUTE)
    store.save_look(FeedState(near.feed), [near, silent, far, this])
    with store.ledger() as ledger:
        for story in (near, far, this):
            ledger.tell(alert_of(story.id, story.title), NOON)
        assert ledger.near_stories(this, timedelta(days=1)) == (near,)


def _count_up(url: str) -> None:
    with closing(open_store(url)) as store:
        for _ in range(10):
            with store.ledger() as ledger:
                (alert,) = ledger.alerts(["counter"])
                ledger.tell(replace(alert, body=f"{int(alert.body) + 1}"), NOON)


def test_nothing_else_decides_while_a_ledger_is_open(store: SqlStore, url: str) -> None:
    """Three programs that read and then write in their ledgers never overwrite each other."""
    with store.ledger() as ledger:
        ledger.tell(alert_of("counter", "0"), NOON)
    with ThreadPoolExecutor(3) as programs:
        list(programs.map(_count_up, [url] * 3))
    assert [entry.body for entry in store.outbox_due(NOON)] == ["30"]


def _decide_and_fail(store: SqlStore) -> None:
    with store.ledger() as ledger:
        ledger.enter(contact_of("june", JUNE), NOON)
        ledger.tell(alert_of("june", "body"), NOON)
        raise RuntimeError("stop")


def test_an_error_undoes_all_of_a_ledger(store: SqlStore) -> None:
    """Leaving a ledger by an error writes nothing of it."""
    with pytest.raises(RuntimeError, match="stop"):
        _decide_and_fail(store)
    with store.ledger() as ledger:
        assert ledger.entered(["june"]) == {}
    assert store.outbox_due(NOON) == ()
