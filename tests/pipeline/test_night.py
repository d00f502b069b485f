"""Quiet hours from stories to what goes out: with the real ledger, outbox and sender."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.alerts.delivery import UNLIMITED
from bot.model.alert import Alert, EntryState
from bot.model.channel import Channel, Quiet
from bot.model.claim import Claim, Medium, Status
from bot.model.ruling import Ruling, Wrong
from bot.model.watchlist import Ring, Watch
from bot.pipeline.deliver import Tempo, deliver
from bot.pipeline.night import Night
from bot.pipeline.telling import Teller
from bot.ports import Ledger
from tests.contacts.wire import DE, FR, PL, UA, call, july, seats
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.pipeline.script import EVERYTHING, Newsroom, newsroom, story

QUIET = Channel("", "de", Quiet(time(23), time(6, 30)))
MIDNIGHT = datetime(2024, 7, 12, 22, tzinfo=UTC)  # in Berlin
MORNING = datetime(2024, 7, 13, 4, 30, tzinfo=UTC)
DAY = timedelta(days=1)

FIRST = call(july(12))
SECOND = call(july(12), participants=seats(DE, FR))
DENIED = replace(FIRST, status=Status.DENIED)
THIRD = call(july(12), participants=seats(PL, UA))


class Sleepers(Newsroom):
    """A newsroom that reads at night and sends when it is told to."""

    def send(self, now: datetime) -> None:
        """Send nothing."""

    def hears(self, source: str, *claims: Claim, at: datetime = MIDNIGHT, **more: Any) -> None:
        """Read a story at an instant."""
        self.hear(story(source, july(12), instant=at, **more), *claims)

    def hears_again(self, minutes: int, *claims: Claim) -> None:
        """Read another source's story, so many minutes after midnight."""
        self.hears(f"source {minutes}", *claims, at=MIDNIGHT + timedelta(minutes=minutes))

    def hears_it_put_otherwise(self, minutes: int, claim: Claim, at: datetime) -> None:
        """Read a story of the night anew, which its feed has reworded."""
        before = story(f"source {minutes}", july(12), instant=MIDNIGHT + timedelta(minutes=minutes))
        self.hear(replace(before, text="reworded"), claim, now=at)

    def alert(self, subject: str) -> Alert:
        """Give the alert whose post begins so."""
        found: tuple[Alert, ...] = self.ask(lambda ledger: ledger.due_together("", MORNING))
        return next(alert for alert in found if alert.body.startswith(subject))

    def approve(self, alert: Alert) -> None:
        """Let an alert go, as an editor does at midnight."""
        self.ask(lambda ledger: Night(ledger, self.desk, MIDNIGHT).let_out(alert))

    def rule(self, alert: Alert, wrong: Wrong) -> None:
        """Rule on the contact of an alert, as an editor does at midnight."""

        def ruling(ledger: Ledger) -> None:
            ledger.rule(Ruling("r", alert.subject, wrong, "42", MIDNIGHT))
            (contact,) = ledger.contacts([alert.subject])
            Teller(ledger, self.desk, MIDNIGHT).refresh(contact)

        self.ask(ruling)

    def delivered(self, until: datetime) -> list[tuple[str, str]]:
        """Send what is due up to an instant; give what each message did, and its head line."""
        clock, messenger = FakeClock(until), FakeMessenger()

        async def wait(seconds: float) -> None:
            clock.advance(timedelta(seconds=seconds))

        tempo = Tempo(wait=wait, jitter=lambda: 0.0, pace=UNLIMITED)
        asyncio.run(deliver(self.store, messenger, clock, tempo=tempo))
        return [(did, body.partition("\n")[0]) for did, _, body in messenger.said]


@contextmanager
def sleepers(*watches: Watch, channel: Channel = QUIET) -> Iterator[Sleepers]:
    """Open a newsroom whose channel has quiet hours."""
    with newsroom(*(watches or (EVERYTHING,)), channels=(channel,)) as opened:
        yield Sleepers(opened.store, opened.desk, opened.script)


HEAD, OTHER, LAST = (
    "RU-US held phone 2024-07-12",
    "DE-FR held phone 2024-07-12",
    "PL-UA held phone 2024-07-12",
)


def test_one_contact_of_a_night_rings_in_the_morning_as_itself() -> None:
    """Not a minute before the quiet hours end, and without a summary of one."""
    with sleepers() as room:
        room.hears_again(0, FIRST)
        assert room.delivered(MORNING - timedelta(minutes=1)) == []
        assert room.delivered(MORNING) == [("post", HEAD)]


def test_several_go_out_silently_and_one_summary_rings_behind_them() -> None:
    """Each has its own post in the order in which it was heard; the summary lists them and comes last."""
    with sleepers() as room:
        for minutes, claim in enumerate((FIRST, SECOND, THIRD)):
            room.hears_again(minutes, claim)
        assert room.delivered(MORNING - timedelta(minutes=1)) == []
        assert room.delivered(MORNING) == [
            ("silent post", HEAD),
            ("silent post", OTHER),
            ("silent post", LAST),
            ("post", "3 in the night"),
        ]
        assert room.alert("3 in").body.splitlines()[1:] == [HEAD, OTHER, LAST]


def test_by_day_everything_rings_at_once() -> None:
    """Quiet hours end: what comes at half past six rings, and the night's summary does not list it."""
    with sleepers() as room:
        room.hears("a", FIRST, at=MORNING)
        assert room.delivered(MORNING) == [("post", HEAD)]


def test_an_urgent_watch_rings_at_night() -> None:
    """It has no part in the night's summary; the others wait on."""
    urgent = replace(EVERYTHING, name="urgent", keywords=("Alarm",), urgent=True)
    with sleepers(EVERYTHING, urgent) as room:
        room.hears_again(0, FIRST)
        room.hears("b", SECOND, at=MIDNIGHT, text="Alarm")
        assert room.delivered(MIDNIGHT) == [("post", OTHER)]
        assert room.delivered(MORNING) == [("post", HEAD)]


def test_a_contact_that_becomes_urgent_while_it_waits_rings_at_once() -> None:
    """A later story brings the urgent watch; what waited with it waits on, alone again."""
    urgent = replace(EVERYTHING, name="urgent", keywords=("Alarm",), urgent=True)
    with sleepers(EVERYTHING, urgent) as room:
        room.hears_again(0, FIRST)
        room.hears_again(1, SECOND)
        room.hears("c", FIRST, at=MIDNIGHT + timedelta(minutes=2), text="Alarm")
        assert room.delivered(MIDNIGHT + timedelta(minutes=3)) == [("post", HEAD)]
        assert room.delivered(MORNING) == [("post", OTHER)]


def test_a_contact_denied_in_the_night_is_not_told_at_all() -> None:
    """Nobody has read of it, so there is nothing to put right; the other rings as itself again."""
    with sleepers() as room:
        room.hears_again(0, FIRST)
        room.hears_again(1, SECOND)
        room.hears_it_put_otherwise(0, DENIED, MIDNIGHT + timedelta(minutes=2))
        assert room.delivered(MORNING) == [("post", OTHER)]
        room.hears("e", DENIED, at=MORNING + timedelta(hours=1))
        assert room.delivered(MORNING + DAY) == []


def test_a_contact_that_an_editor_rules_out_in_the_night_is_not_told_at_all() -> None:
    """Nor is it summed up; the other rings as itself again."""
    with sleepers() as room:
        room.hears_again(0, FIRST)
        room.hears_again(1, SECOND)
        room.rule(room.alert(HEAD), Wrong.CONTACT)
        assert room.delivered(MORNING + DAY) == [("post", OTHER)]


def test_a_contact_that_stands_again_before_the_morning_is_told_again() -> None:
    """It takes its place in the summary."""
    with sleepers() as room:
        room.hears_again(0, FIRST)
        room.hears_again(1, SECOND)
        room.hears_it_put_otherwise(0, DENIED, MIDNIGHT + timedelta(minutes=2))
        room.hears_again(3, FIRST)
        assert [did for did, _ in room.delivered(MORNING)] == ["silent post", "silent post", "post"]


def test_a_contact_corrected_in_the_night_is_told_rightly() -> None:
    """Post and summary carry the newest words."""
    with sleepers() as room:
        room.hears_again(0, call(july(12), medium=Medium.UNKNOWN))
        room.hears_again(1, SECOND)
        room.hears_again(2, FIRST)
        assert room.delivered(MORNING)[-1] == ("post", "2 in the night")
        assert sorted(room.alert("2 in").body.splitlines()[1:]) == [OTHER, HEAD]


def test_two_contacts_that_prove_to_be_one_in_the_night_are_one_post() -> None:
    """The younger is withdrawn; what is left rings as itself."""
    with sleepers() as room:
        room.hears_again(0, call(july(9)))
        room.hears_again(1, call(july(11)))
        room.hears_again(2, call(july(10)))
        found = room.delivered(MORNING)
        assert len(found) == 1
        assert found[0][0] == "post"


def test_a_correction_by_day_edits_the_summary_too() -> None:
    """What the summary shows is the present state, like every post; edits never ring."""
    with sleepers() as room:
        room.hears_again(0, FIRST)
        room.hears_again(1, SECOND)
        assert len(room.delivered(MORNING)) == 3
        later = MORNING + timedelta(hours=1)
        room.hears_it_put_otherwise(0, DENIED, later)
        edits = [(did, head) for did, head in room.delivered(later + DAY) if did.startswith("edit")]
        assert edits == [("edit 1", "RU-US denied phone 2024-07-12"), ("edit 3", "2 in the night")]
        assert "RU-US denied" in room.alert("2 in").body


def test_a_story_that_rings_for_itself_waits_as_well() -> None:
    """`ring: stories` knows the night, and urgent watches."""
    beat = Watch("beat", keywords=("Taurus",), ring=Ring.STORIES)
    with sleepers(beat) as room:
        room.hears("a", at=MIDNIGHT, text="Taurus und mehr")
        assert room.delivered(MIDNIGHT) == []
        assert [did for did, _ in room.delivered(MORNING)] == ["post"]
    with sleepers(replace(beat, urgent=True)) as room:
        room.hears("a", at=MIDNIGHT, text="Taurus und mehr")
        assert [did for did, _ in room.delivered(MIDNIGHT)] == ["post"]


def test_posts_that_wait_for_an_editor_are_in_no_summary() -> None:
    """It would tell what he has not approved; approved in the night, a post counts."""
    with sleepers(channel=replace(QUIET, approve=True)) as room:
        room.hears_again(0, FIRST)
        room.hears_again(1, SECOND)
        room.hears_again(2, THIRD)
        for head in (HEAD, OTHER):
            room.approve(room.alert(head))
        assert room.delivered(MORNING) == [
            ("silent post", HEAD),
            ("silent post", OTHER),
            ("post", "2 in the night"),
        ]
        assert LAST not in room.alert("2 in").body


def test_a_post_of_the_day_that_is_approved_at_night_waits_for_the_morning() -> None:
    """The editor may be awake, the readers are not; it counts among those of the night."""
    with sleepers(channel=replace(QUIET, approve=True)) as room:
        room.hears("a", FIRST, at=MIDNIGHT - timedelta(hours=5))
        (held,) = room.ask(lambda ledger: ledger.told_between("", MIDNIGHT - DAY, MIDNIGHT))
        room.approve(held)
        assert room.delivered(MIDNIGHT) == []
        assert room.delivered(MORNING) == [("post", HEAD)]


def test_a_plan_told_by_day_that_takes_place_at_night_rings_in_the_morning() -> None:
    """The reply that rings waits; the announcement is edited at once, which nobody hears."""
    announcing = replace(EVERYTHING, announce=True)
    with sleepers(announcing) as room:
        evening = MIDNIGHT - timedelta(hours=5)
        room.hears("a", replace(FIRST, status=Status.PLANNED), at=evening)
        assert [did for did, _ in room.delivered(evening)] == ["silent post"]
        room.hears_again(0, FIRST)
        assert [did for did, _ in room.delivered(MIDNIGHT)] == ["edit 1"]
        assert [did for did, _ in room.delivered(MORNING)] == ["reply 1"]


def test_a_plan_told_at_night_neither_rings_nor_counts() -> None:
    """It comes in the morning without a sound, and the one contact of the night rings as itself."""
    with sleepers(replace(EVERYTHING, announce=True)) as room:
        room.hears_again(0, call(july(14), status=Status.PLANNED))
        room.hears_again(1, SECOND)
        heads = room.delivered(MORNING)
        assert heads == [("silent post", "RU-US planned phone 2024-07-14"), ("post", OTHER)]


def test_a_plan_of_the_night_that_takes_place_in_the_night_rings_in_the_morning() -> None:
    """Nobody has read the announcement: the contact rings as itself."""
    with sleepers(replace(EVERYTHING, announce=True)) as room:
        room.hears_again(0, replace(FIRST, status=Status.PLANNED))
        room.hears_again(1, FIRST)
        assert room.delivered(MORNING) == [("post", HEAD)]


def test_another_channel_of_the_same_story_has_its_own_hours() -> None:
    """Where there are none it rings at once."""
    with newsroom(
        replace(EVERYTHING, channels=("", "@night")), channels=(replace(QUIET, name="@night"),)
    ) as opened:
        room = Sleepers(opened.store, opened.desk, opened.script)
        room.hears_again(0, FIRST)
        due = {entry.channel: entry.not_before for entry in room.store.outbox_due(MORNING)}
        assert due == {"": MIDNIGHT, "@night": MORNING}
        assert {entry.state for entry in room.store.outbox_due(MORNING)} == {EntryState.DUE}
