from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.delivery import (
    CHANNEL_PAUSE,
    LONGEST_PAUSE,
    Pace,
    after_look,
    after_resend,
    after_send,
    begun,
    next_entry,
    next_time,
    recovered,
)
from bot.model.alert import EntryState, Kind, OutboxEntry
from bot.model.outcome import (
    CannotLook,
    ChatMoved,
    Found,
    LookLater,
    NotFound,
    Outcome,
    Refused,
    RetryLater,
    Sent,
    Unknown,
)

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
ENDS = {EntryState.SENT, EntryState.REFUSED}

jitters = st.floats(0, 1)
outcomes: st.SearchStrategy[Outcome] = st.one_of(
    st.builds(Sent, st.integers(1, 10**9)),
    st.builds(RetryLater, st.just("no network"), st.none() | st.floats(0, 1e15)),
    st.builds(Refused, st.just("no"), st.booleans()),
    st.builds(ChatMoved, st.just("-100123")),
    st.builds(Unknown, st.just("reset")),
)


def _entry(number: int = 1, kind: Kind = Kind.POST, state: EntryState = EntryState.DUE) -> OutboxEntry:
    message = 7 if kind is Kind.EDIT else None
    return OutboxEntry(
        f"e{number}", number, f"a{number}", "", kind, "body", state, NOW, NOW, message_id=message
    )


def _seconds(after: OutboxEntry) -> float:
    return (after.not_before - NOW).total_seconds()


def test_a_send_begins_with_its_floor_and_the_time_to_look() -> None:
    """What a kill leaves behind says where and when to look, 30 to 60 s later."""
    first = begun(_entry(), 41, NOW, 0.0)
    assert (first.state, first.attempts, first.floor, first.tried_at) == (EntryState.SENDING, 1, 41, NOW)
    assert _seconds(first) == 30
    assert _seconds(begun(_entry(), 41, NOW, 1.0)) == 60


def test_a_second_try_keeps_the_floor_of_a_lost_one() -> None:
    """The lost copy lies above the first floor, however many posts followed."""
    lost = after_send(begun(_entry(), 41, NOW, 0.0), Unknown("reset"), NOW, 0.0)
    assert begun(lost, 99, NOW, 0.0).floor == 41


def test_a_try_that_surely_made_nothing_leaves_no_floor() -> None:
    """A channel closed for a day is not looked through from the day before."""
    refused = after_send(begun(_entry(), 41, NOW, 0.0), Refused("kicked", by_channel=True), NOW, 0.0)
    assert begun(refused, 99, NOW, 0.0).floor == 99


def test_a_hindered_look_is_soon_taken_again() -> None:
    """However often the post was tried: neither a look nor the settling of a post made sends it again."""
    lost = replace(_entry(), state=EntryState.UNKNOWN, attempts=9)
    look = after_look(lost, LookLater("reset"), NOW, 1.0)
    assert look
    assert _seconds(look) == 60
    assert _seconds(after_resend(replace(lost, message_id=7), Unknown("reset"), NOW, 1.0)) == 60
    assert _seconds(after_resend(lost, Unknown("reset"), NOW, 1.0)) == 600


def test_a_kill_makes_a_post_unknown_and_an_edit_due() -> None:
    """Repeating an edit harms nothing; repeating a post would."""
    post = begun(_entry(), 1, NOW, 0.5)
    assert recovered(post, NOW) == replace(post, state=EntryState.UNKNOWN)
    assert recovered(begun(_entry(kind=Kind.EDIT), 1, NOW, 0.5), NOW).state is EntryState.DUE


def test_the_servers_wait_is_obeyed() -> None:
    """A flood wait is never cut short, not even beyond our own longest pause."""
    after = after_send(begun(_entry(), 1, NOW, 0), RetryLater("slow down", 3600), NOW, 0.3)
    assert after.state is EntryState.DUE
    assert 3600 <= _seconds(after) <= 3601


def test_pauses_double_up_to_ten_minutes() -> None:
    """A network that is gone is asked less and less often."""
    waits = [
        _seconds(after_send(replace(_entry(), attempts=n), RetryLater("no network"), NOW, 0))
        for n in range(1, 12)
    ]
    assert waits[:4] == [5, 10, 20, 40]
    assert waits[-1] == LONGEST_PAUSE.total_seconds()


def test_a_refused_message_is_final_with_its_reason() -> None:
    """Telegram will not take it tomorrow either."""
    after = after_send(begun(_entry(), 1, NOW, 0), Refused("can't parse"), NOW, 0)
    assert (after.state, after.error) == (EntryState.REFUSED, "can't parse")


def test_a_channel_that_takes_nothing_loses_nothing() -> None:
    """A wrong token or a missing right keeps posts due until somebody mends it."""
    after = after_send(begun(_entry(), 1, NOW, 0), Refused("wrong token", by_channel=True), NOW, 0)
    assert (after.state, after.error) == (EntryState.DUE, "wrong token")
    assert after.not_before == NOW + CHANNEL_PAUSE


def test_a_moved_chat_is_tried_at_once_without_the_old_floor() -> None:
    """The new chat counts its messages anew."""
    after = after_send(begun(_entry(), 41, NOW, 0), ChatMoved("-1009"), NOW, 0)
    assert (after.state, after.not_before, after.floor) == (EntryState.DUE, NOW, None)


def test_a_post_without_clear_end_is_unknown_and_an_edit_due_again() -> None:
    """Only a first post must be looked for."""
    assert after_send(begun(_entry(), 1, NOW, 0), Unknown("reset"), NOW, 0).state is EntryState.UNKNOWN
    edit = begun(_entry(kind=Kind.EDIT), 1, NOW, 0)
    assert after_send(edit, Unknown("reset"), NOW, 0).state is EntryState.DUE


def test_a_second_try_that_was_not_sent_leaves_the_first_unknown() -> None:
    """The first may still come late: it is looked for again before a third try."""
    second = begun(begun(_entry(), 1, NOW, 0), 1, NOW, 0)
    assert after_resend(second, RetryLater("no network"), NOW, 0).state is EntryState.UNKNOWN
    assert after_resend(second, Sent(9), NOW, 0).state is EntryState.SENT


def test_a_look_decides() -> None:
    """Found ends it, nothing found or no way to look sends again, a hindered look waits."""
    lost = _entry(state=EntryState.UNKNOWN)
    found = after_look(lost, Found(12), NOW, 0)
    assert found is not None
    assert (found.state, found.message_id) == (EntryState.SENT, 12)
    assert after_look(lost, NotFound(), NOW, 0) is None
    assert after_look(lost, CannotLook("no right"), NOW, 0) is None
    later = after_look(lost, LookLater("flood", 40), NOW, 0)
    assert later is not None
    assert (later.state, _seconds(later)) == (EntryState.UNKNOWN, 40)


@given(outcomes, jitters, st.integers(0, 60), st.sampled_from(Kind))
def test_every_end_is_final_or_due_in_future(
    outcome: Outcome, jitter: float, attempts: int, kind: Kind
) -> None:
    """No outcome leaves an entry SENDING, none makes it spin, and an end has its number or its reason."""
    tried = begun(replace(_entry(kind=kind), attempts=attempts), 1, NOW, jitter)
    after = after_send(tried, outcome, NOW, jitter)
    assert after.state in ENDS | {EntryState.DUE, EntryState.UNKNOWN}
    assert after.attempts == attempts + 1
    assert (after.state is EntryState.SENT) == isinstance(outcome, Sent)
    assert (after.message_id is not None) or after.error
    if after.state not in ENDS and not isinstance(outcome, ChatMoved):
        assert after.not_before > NOW or isinstance(outcome, RetryLater)


@given(
    st.lists(
        st.builds(
            lambda kind, state, wait, attempts: replace(
                _entry(1, kind, state), not_before=NOW + timedelta(seconds=wait), attempts=attempts
            ),
            st.sampled_from(Kind),
            st.sampled_from([EntryState.DUE, EntryState.UNKNOWN, EntryState.SENDING]),
            st.sampled_from([-5, 0, 5]),
            st.sampled_from([0, 1]),
        ),
        max_size=8,
    )
)
def test_what_is_chosen_is_due_and_no_edit_overtakes_a_first_post(drawn: list[OutboxEntry]) -> None:
    """First posts go first and in order; nothing is tried before its time."""
    entries = [replace(e, number=place, id=f"e{place}", body=f"{place}") for place, e in enumerate(drawn)]
    chosen = next_entry(entries, NOW)
    due = [e for e in entries if e.not_before <= NOW and e.kind is Kind.POST and e.state is EntryState.DUE]
    if chosen is None:
        return
    assert chosen.not_before <= NOW
    assert chosen.state is not EntryState.SENDING
    if chosen.kind is Kind.EDIT:
        assert not due
    elif chosen.kind is Kind.POST and chosen.state is EntryState.DUE:
        assert chosen.number == min(e.number for e in due)


def test_a_post_that_waits_for_another_try_rests_its_channel() -> None:
    """Under a flood wait neither later posts nor edits go out: order is kept, the server left alone."""
    waiting = replace(_entry(1), attempts=1, not_before=NOW + timedelta(seconds=30))
    entries = [waiting, _entry(2), _entry(3, Kind.EDIT)]
    assert next_entry(entries, NOW) is None
    assert next_entry(entries, NOW + timedelta(seconds=30)) == waiting


@pytest.mark.parametrize("state", [EntryState.UNKNOWN, EntryState.REFUSED])
def test_a_lost_or_refused_post_holds_up_nobody(state: EntryState) -> None:
    """The next post goes out while the other waits to be looked for, or is beyond help."""
    lost = replace(_entry(1, state=state), body="a", attempts=1, not_before=NOW + timedelta(seconds=45))
    assert next_entry([lost, _entry(2)], NOW) == _entry(2)


def test_an_edit_waits_for_its_post() -> None:
    """An edit without the number of a post is left alone."""
    assert next_entry([replace(_entry(1, Kind.EDIT), message_id=None)], NOW) is None


@given(st.lists(st.floats(0, 30), min_size=1, max_size=80))
def test_no_channel_is_told_more_than_telegram_allows(gaps: list[float]) -> None:
    """Whenever calls are wanted: never two within a second, never more than 20 within a minute."""
    pace, now, calls = Pace(), NOW, list[datetime]()
    for gap in gaps:
        now = pace.free_at(now + timedelta(seconds=gap))
        pace = pace.called(now)
        calls.append(now)
    assert all(b - a >= timedelta(seconds=1) for a, b in pairwise(calls))
    assert all(b - a >= timedelta(minutes=1) for a, b in zip(calls, calls[20:], strict=False))


def test_the_permitted_rate_is_used() -> None:
    """Sixty waiting posts take the two minutes that they must, and no more than the burst's end."""
    pace, now = Pace(), NOW
    for _ in range(60):
        now = pace.free_at(now)
        pace = pace.called(now)
    assert now - NOW == timedelta(minutes=2, seconds=19)


def test_a_clock_set_back_puts_nothing_to_sleep() -> None:
    """What was tried, or queued, at a time that has not come yet may be tried at once."""
    ahead = NOW + timedelta(days=1000)
    waiting = replace(_entry(), attempts=1, tried_at=ahead, not_before=ahead + LONGEST_PAUSE)
    queued = replace(_entry(), created_at=ahead, not_before=ahead)
    for entry in (waiting, queued):
        assert next_entry([entry], NOW) == entry
        assert next_time([entry], NOW) == NOW
    assert Pace().called(ahead).free_at(NOW) == NOW


def test_a_flood_wait_rests_the_whole_chat() -> None:
    """Whatever the wait was told to: looks, posts, replies and edits all come after it, posts first."""
    rest = NOW + timedelta(seconds=40)
    lost = replace(_entry(3, state=EntryState.UNKNOWN), body="lost", not_before=NOW + timedelta(seconds=50))
    edit, reply, post = _entry(1, Kind.EDIT), _entry(2, Kind.REPLY), replace(_entry(4), body="post")
    entries = [edit, reply, lost, post]
    assert next_entry(entries, NOW, rest) is None
    assert next_time(entries, NOW, rest) == rest
    assert next_entry(entries, rest, rest) == post
    assert next_entry([edit, reply], rest, rest) == reply


def test_a_rest_noted_by_a_wrong_clock_is_not_believed() -> None:
    """A clock that was years ahead puts no channel to sleep for years."""
    assert next_entry([_entry()], NOW, NOW + timedelta(days=900)) == _entry()


def test_of_two_equal_texts_one_is_on_its_way_at_a_time() -> None:
    """While a text may stand in the chat unknown, its twin waits and others go; else they were confused."""
    lost = replace(_entry(1, state=EntryState.UNKNOWN), not_before=NOW + timedelta(seconds=45))
    twin, other = _entry(2, Kind.REPLY), replace(_entry(3, Kind.REPLY), body="other")
    assert next_entry([lost, twin, other], NOW) == other
    assert next_entry([lost, twin], NOW) is None
    assert next_time([lost, twin], NOW) == lost.not_before
