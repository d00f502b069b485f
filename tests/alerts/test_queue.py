"""What follows from an alert's newest body, whatever became of the messages before."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alerts.queue import EDIT_PACE, answered, standing_of, what_follows
from bot.model.alert import Alert, EntryState, Kind, OutboxEntry, Reply, Standing
from tests.storage.newsday import NOON, alert_of

OPEN = {EntryState.DUE, EntryState.SENDING, EntryState.UNKNOWN}
ENDS = [EntryState.DUE, EntryState.UNKNOWN, EntryState.SENT, EntryState.REFUSED]


class Channel:
    """An outbox as the store keeps it, and a sender that meets every fate."""

    def __init__(self) -> None:
        self.alert = alert_of("june", "a")
        self.now = NOON
        self.entries: dict[int, OutboxEntry] = {}
        self.shown: str | None = None

    def tell(self, body: str) -> None:
        """Retell the alert, as a ledger does."""
        self.alert = replace(self.alert, body=body)
        self._settle()

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    def send(self, end: EntryState) -> None:
        """Begin what is due next, or bring what is under way to an end."""
        entry = next((e for e in self.ordered() if e.state in OPEN and self._may_go(e)), None)
        if entry is None:
            return
        if entry.state is EntryState.DUE:
            after = replace(entry, state=EntryState.SENDING, attempts=entry.attempts + 1, tried_at=self.now)
        else:
            after = replace(entry, state=end)
            self.shown = entry.body if end is EntryState.SENT else self.shown
        self.entries[after.number] = after
        self._settle()

    def ordered(self, kind: Kind | None = None) -> list[OutboxEntry]:
        """Give the entries in order of number, all or those of one kind."""
        return [self.entries[n] for n in sorted(self.entries) if kind in {None, self.entries[n].kind}]

    def _may_go(self, entry: OutboxEntry) -> bool:
        posted = any(post.state is EntryState.SENT for post in self.ordered(Kind.POST))
        return entry.not_before <= self.now and (entry.kind is Kind.POST or posted)

    def _settle(self) -> None:
        number = max(self.entries, default=0) + 1
        for entry in what_follows(self.alert, self.ordered(), self.now, number):
            self.entries[entry.number] = entry


_STEPS = st.one_of(
    st.tuples(st.just("tell"), st.sampled_from("abc")),
    st.tuples(st.just("send"), st.sampled_from(ENDS)),
    st.tuples(st.just("wait"), st.integers(0, 90)),
)


def _played(steps: list[tuple[str, object]]) -> Channel:
    channel = Channel()
    channel.tell("a")
    for name, argument in steps:
        getattr(channel, name)(argument)
    return channel


@settings(deadline=None)
@given(st.lists(_STEPS, max_size=25))
def test_at_most_one_message_is_pending_and_it_carries_the_newest_body(
    steps: list[tuple[str, object]],
) -> None:
    """However an alert is retold while its messages go out, one entry at most waits, with the last word."""
    channel = _played(steps)
    pending = [entry for entry in channel.ordered() if entry.state is EntryState.DUE]
    assert len(pending) <= 1
    assert all(entry.body == channel.alert.body for entry in pending)


@settings(deadline=None)
@given(st.lists(_STEPS, max_size=25))
def test_once_all_is_sent_the_channel_shows_the_newest_body(steps: list[tuple[str, object]]) -> None:
    """Nothing told is lost: when the channel takes everything, it ends with the last word, in one post."""
    channel = _played(steps)
    if any(entry.state is EntryState.REFUSED for entry in channel.ordered()):
        channel.tell("d")
    for _ in range(10):
        channel.wait(60)
        channel.send(EntryState.SENT)
    assert channel.shown == channel.alert.body
    assert sum(entry.state is EntryState.SENT for entry in channel.ordered(Kind.POST)) == 1


@settings(deadline=None)
@given(st.lists(_STEPS, max_size=25))
def test_edits_of_a_post_begin_a_minute_apart(steps: list[tuple[str, object]]) -> None:
    """A new edit waits until a minute after the message before it began."""
    begun = [entry.tried_at for entry in _played(steps).ordered() if _went_at_once(entry)]
    gaps = [later - earlier for earlier, later in _neighbours(begun)]
    assert all(gap >= EDIT_PACE for gap in gaps)


def _went_at_once(entry: OutboxEntry) -> bool:
    """Hold for messages that began once and went: tries again have the sender's own pauses."""
    return entry.state is EntryState.SENT and entry.attempts == 1


def _neighbours(instants: list[datetime | None]) -> list[tuple[datetime, datetime]]:
    known = [instant for instant in instants if instant is not None]
    return list(pairwise(known))


@settings(deadline=None)
@given(st.lists(_STEPS, max_size=25))
def test_what_may_have_been_sent_keeps_its_words(steps: list[tuple[str, object]]) -> None:
    """The body of a message that is or may be in the channel never changes: it is looked for by it."""
    channel = _played(steps)
    before = {e.number: e.body for e in channel.ordered() if e.state is not EntryState.DUE}
    channel.tell("z")
    assert before == {number: channel.entries[number].body for number in before}


def _first(alert: Alert) -> OutboxEntry:
    (entry,) = what_follows(alert, [], NOON, 7)
    return entry


def test_the_same_body_twice_queues_nothing() -> None:
    """Told what is queued, sent or refused already, nothing follows."""
    for state in EntryState:
        alert = replace(alert_of("june", "a"), held=state is EntryState.HELD)
        if state is not EntryState.SUPERSEDED:
            assert what_follows(alert, [replace(_first(alert), state=state)], NOON, 8) == ()


def test_a_held_post_goes_out_once_nothing_holds_it() -> None:
    """An editor's word makes the waiting row due, as it is."""
    alert = replace(alert_of("june", "a"), held=True)
    (held,) = what_follows(alert, [], NOON, 7)
    assert held.state is EntryState.HELD
    (due,) = what_follows(replace(alert, held=False), [held], NOON, 8)
    assert due == replace(held, state=EntryState.DUE)


def test_a_reply_answers_a_post_that_is_made_and_takes_later_ones_in() -> None:
    """A waiting post says it itself; behind a made one a reply waits until a newer one takes its place."""
    alert = alert_of("june", "a")
    first = _first(alert)
    assert answered(alert, Reply("more"), [first], NOON, 8) is None
    made = replace(first, state=EntryState.SENT)
    reply = answered(alert, Reply("more"), [made], NOON, 8)
    assert reply is not None
    assert (reply.kind, reply.body, reply.silent) == (Kind.REPLY, "more", True)
    assert answered(alert, Reply("more"), [made, reply], NOON, 9) is None
    assert answered(alert, Reply("again", silent=False), [made, reply], NOON, 9) == replace(
        reply, body="again", silent=False
    )


def test_a_reply_that_has_nothing_to_say_any_more_is_taken_back() -> None:
    """What changed back before it was said is never said; what was said cannot be taken back."""
    alert = alert_of("june", "a")
    made = replace(_first(alert), state=EntryState.SENT)
    reply = answered(alert, Reply("more"), [made], NOON, 8)
    assert reply is not None
    assert standing_of([made, reply]) == Standing(begun=True, unsaid=True)
    assert answered(alert, Reply(""), [made, reply], NOON, 9) == replace(reply, state=EntryState.SUPERSEDED)
    said = replace(reply, state=EntryState.SENT)
    assert standing_of([made, said]) == Standing(begun=True)
    assert answered(alert, Reply(""), [made, said], NOON, 9) is None


def test_an_edit_bears_its_stamp_and_a_first_post_does_not() -> None:
    """The last line that says as of when a post stands comes with the first edit."""
    alert = replace(alert_of("june", "a"), stamp="14:05")
    (post,) = what_follows(alert, [], NOON, 7)
    assert post.body == alert.body
    (edit,) = what_follows(replace(alert, body="b"), [replace(post, state=EntryState.SENT)], NOON, 8)
    assert edit.body == "b\n14:05"


def test_an_edit_waits_for_no_message_of_the_future() -> None:
    """A post sent by a clock that has been set back since does not put its edits off until then."""
    ahead = NOON + timedelta(days=2000)
    alert = alert_of("june", "a")
    sent = replace(_first(alert), state=EntryState.SENT, tried_at=ahead)
    (edit,) = what_follows(replace(alert, body="b"), [sent], NOON, 8)
    assert edit.not_before == NOON + EDIT_PACE


def test_ids_are_derived() -> None:
    """The same alert and number make the same entry on any machine, another number another."""
    alert = alert_of("june", "a")
    assert _first(alert) == _first(alert)
    assert what_follows(alert, [], NOON, 8)[0].id != _first(alert).id


def test_an_alert_that_points_elsewhere_before_it_was_posted_is_withdrawn() -> None:
    """The younger of two contacts that proved one makes no post any more."""
    alert = alert_of("june", "a")
    (withdrawn,) = what_follows(replace(alert, merged_into="elder"), [_first(alert)], NOON, 8)
    assert withdrawn.state is EntryState.SUPERSEDED
    assert what_follows(replace(alert, merged_into="elder", body="→"), [withdrawn], NOON, 8) == ()
