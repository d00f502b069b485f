"""From stories to posts: each new contact once, the rest silently."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.alerts.ringing import HeldBack
from bot.contacts.ruled import Ruled
from bot.model.claim import Medium, Recognition, Status, Verdict
from bot.model.contact import Contact
from bot.model.decision import Decision, Novelty
from bot.model.story import Story
from bot.model.watchlist import Ring, Watch
from bot.pipeline.recognise import hear, pass_over, recognise, tells_nothing
from tests.contacts.wire import DE, FR, PL, UA, US, by, call, july, noon, seats
from tests.pipeline.script import EVERYTHING, Newsroom, Plainly, earlier, newsroom, story

JUNE = date(2024, 6, 25)


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """Give a newsroom that watches everything."""
    with newsroom() as opened:
        yield opened


def only(decisions: tuple[Decision, ...]) -> Decision:
    """Give the only decision there is."""
    (decision,) = decisions
    return decision


def founding(room: Newsroom) -> tuple[Decision, Decision]:
    """Let the two founding calls be told: the second without its day."""
    june = call(JUNE, initiative=by("US"))
    first = room.hear(story("a", date(2024, 6, 26)), june, earlier=earlier("2023-03-15", june))
    vague = call(initiative=by("RU"))
    second = room.hear(story("b", july(13)), vague, earlier=earlier("2024-06-26", vague))
    return only(first), only(second)


def test_two_calls_are_two_posts(room: Newsroom) -> None:
    """The founding case: 25 June, and a call reported on 13 July whose day nobody tells."""
    first, second = founding(room)
    assert (first.novelty, first.day, first.posted) == (Novelty.NEW, JUNE, True)
    assert (second.novelty, second.day, second.posted) == (Novelty.NEW, None, True)
    assert first.alert != second.alert
    assert second.text == "RU-US held phone by 2024-07-13\nbefore: 2024-06-25\nb"


def test_a_day_told_later_edits_the_post(room: Newsroom) -> None:
    """A third story says it was 12 July: the same alert, edited, no new post."""
    _, second = founding(room)
    third = only(room.hear(story("c", july(13)), call(july(12))))
    assert (third.novelty, third.alert, third.posted, third.edited) == (
        Novelty.UPDATE,
        second.alert,
        False,
        True,
    )
    assert third.day == july(12)
    assert room.posts(third) == ["RU-US held phone 2024-07-12\nbefore: 2024-06-25\nb, c"]


def test_a_date_told_of_an_earlier_call_makes_no_contact(room: Newsroom) -> None:
    """The words "the last call was on 26 June" enter nothing; the report keeps what was said."""
    founding(room)
    reports = room.ask(lambda ledger: ledger.reports(call().offices, date(2024, 6, 1), july(31)))
    assert [report.claim.day for report in reports] == [JUNE, None]
    assert reports[1].earlier == ("2024-06-26",)


def test_reading_a_story_twice_does_nothing(room: Newsroom) -> None:
    """A story that was read before gives no decision, and the post stays as it is."""
    first, _ = founding(room)
    assert room.again(story("a", date(2024, 6, 26))) == ()
    assert room.store.outbox_due(noon(july(30))) == ()
    assert len(room.posts(first)) == 1


class _PowerCutError(Exception):
    pass


class _Cut(Plainly):
    def post(self, _told: Ruled, _previous: Contact | None, _channel: str) -> str:
        raise _PowerCutError


def test_a_crash_before_the_end_leaves_nothing_behind(room: Newsroom) -> None:
    """If rendering dies, nothing was entered; read again, the story posts as if for the first time."""
    sound = room.desk
    room.desk = replace(sound, writer=_Cut())
    with pytest.raises(_PowerCutError):
        room.hear(story("a", july(12)), call(july(12)))
    room.desk = sound
    assert only(room.again(story("a", july(12)))).posted


def test_sources_beyond_what_is_shown_queue_nothing(room: Newsroom) -> None:
    """A report that changes no word of the post makes no edit."""
    for source in "abcdef":
        room.hear(story(source, july(12)), call(july(12)))
    seventh = only(room.hear(story("g", july(12)), call(july(12))))
    assert (seventh.novelty, seventh.edited, seventh.text) == (Novelty.KNOWN, False, None)
    assert seventh.alert is not None


def test_an_earlier_contact_that_comes_late_mends_the_next_post(room: Newsroom) -> None:
    """A call of 5 July told after that of 12 July becomes what the later post says went before."""
    later = only(room.hear(story("a", july(12)), call(july(12))))
    room.hear(story("b", july(13)), call(july(5)))
    assert "before: 2024-07-05" in room.posts(later)[0]


def test_a_day_that_moves_mends_the_next_post(room: Newsroom) -> None:
    """When the sources settle on 4 July instead of 5 July, the post on the next call says so."""
    room.hear(story("a", july(5)), call(july(5)))
    later = only(room.hear(story("a", july(12)), call(july(12))))
    for source in "bc":
        room.hear(story(source, july(13)), call(july(4)))
    assert "before: 2024-07-04" in room.posts(later)[0]


def test_two_posts_that_prove_to_be_one_point_to_the_elder(room: Newsroom) -> None:
    """Posts for 13 and 11 July; two more outlets say 12 July: the younger points to the elder, silently."""
    elder = only(room.hear(story("a", july(13)), call(july(13))))
    younger = only(room.hear(story("b", july(14)), call(july(11))))
    told = [only(room.hear(story(source, july(14)), call(july(12)))) for source in "cd"]
    assert elder.posted
    assert younger.posted
    assert not any(decision.posted for decision in told)
    assert told[-1].alert == elder.alert
    assert room.posts(younger) == ["↑ RU-US held phone 2024-07-12"]
    assert room.posts(elder) == ["RU-US held phone 2024-07-12\nbefore: none\na, b, c, d"]


def test_the_only_post_on_what_proves_to_be_one_contact_goes_on() -> None:
    """If the elder contact had no post, that of the younger is edited and stays the contact's own."""
    with newsroom(Watch("arms", ("Tomahawk",))) as room:
        silent = only(room.hear(story("a", july(13)), call(july(13))))
        posted = only(room.hear(story("b", july(14), "Tomahawk"), call(july(11))))
        for source in "cd":
            last = only(room.hear(story(source, july(14), "Tomahawk"), call(july(12))))
        assert (last.contact, last.alert, last.posted) == (silent.contact, posted.alert, False)
        assert "2024-07-12" in room.posts(last)[0]


def test_a_contact_that_parts_rings_with_its_next_story(room: Newsroom) -> None:
    """What only a regrouping brought to light makes no post; the next story that tells it does."""
    room.hear(story("a", july(11)), call())
    room.hear(story("b", july(13)), call())
    parting = only(room.hear(story("c", july(13)), call(july(8)), now=noon(july(13))))
    following = only(room.hear(story("d", july(13)), call(july(12))))
    assert (parting.posted, parting.edited) == (False, True)
    assert (following.posted, following.day) == (True, july(12))


def test_a_story_taken_back_edits_the_post(room: Newsroom) -> None:
    """The only outlet that told a call denies it: the post says so."""
    held = only(room.hear(story("a", july(12)), call(july(12))))
    denial = only(room.hear(story("a", july(13)), call(july(12), status=Status.DENIED)))
    assert (denial.alert, denial.edited) == (held.alert, True)
    assert room.posts(held)[0].startswith("RU-US denied")


def test_a_plan_rings_when_it_is_held(room: Newsroom) -> None:
    """Announced: entered, no post. Held: the post. Denied: an edit at most."""
    plan = only(room.hear(story("a", july(11)), call(july(12), status=Status.PLANNED)))
    held = only(room.hear(story("b", july(12)), call(july(12))))
    denial = only(room.hear(story("c", july(13)), call(july(12), status=Status.DENIED)))
    assert (plan.novelty, plan.posted, plan.alert, plan.held_back) == (Novelty.PLANNED, False, None, None)
    assert (held.novelty, held.posted) == (Novelty.NEW, True)
    assert (denial.novelty, denial.posted, denial.alert) == (Novelty.DENIED, False, held.alert)
    assert plan.contact == held.contact == denial.contact


def test_a_cancelled_contact_never_rings(room: Newsroom) -> None:
    """What did not take place is in the ledger, and nowhere else."""
    decision = only(room.hear(story("a", july(12)), call(july(12), status=Status.CANCELLED)))
    assert (decision.novelty, decision.alert) == (Novelty.DENIED, None)


def test_two_calls_on_one_day_ring_twice_with_a_sign(room: Newsroom) -> None:
    """The sign "for the second time that day" makes a second post."""
    first = only(room.hear(story("a", july(12)), call(july(12))))
    second = only(room.hear(story("b", july(12)), call(july(12), repeat=True)))
    assert first.alert != second.alert
    assert second.posted


def test_ministers_at_one_table_are_one_post(room: Newsroom) -> None:
    """Outlets that name other ministers of one meeting add to it; chained tables are found."""
    tables = [(DE, FR, PL), (PL, UA, US), (FR, PL, UA)]
    told = [
        only(room.hear(story(source, july(12)), call(july(12), participants=seats(*offices))))
        for source, offices in zip("abc", tables, strict=True)
    ]
    assert [decision.posted for decision in told] == [True, True, False]
    assert told[2].countries == ("DE", "FR", "PL", "UA", "US")
    assert told[2].alert == told[0].alert


def test_a_story_of_two_contacts_has_two_decisions(room: Newsroom) -> None:
    """A call and a meeting in one story are decided each for itself."""
    meeting = call(july(12), participants=seats(DE, FR), medium=Medium.MEETING)
    decisions = room.hear(story("a", july(12)), call(july(12)), meeting)
    assert [(decision.countries, decision.posted) for decision in decisions] == [
        (("RU", "US"), True),
        (("DE", "FR"), True),
    ]


def test_a_story_about_something_else_has_one_decision(room: Newsroom) -> None:
    """None, or background where an earlier contact is mentioned; the latter carries no alert."""
    assert room.hear(story("a", july(12))) == (Decision(Novelty.NONE),)
    told = room.hear(story("b", july(12)), verdict=Verdict.BACKGROUND, earlier=earlier("2024-06-25", call()))
    assert told == (Decision(Novelty.BACKGROUND),)


def test_stories_that_tell_nothing_are_closed_together_as_each_alone_would_be(room: Newsroom) -> None:
    """Of many stories only those go before the ledger one by one that can move a contact or a channel."""
    weather, report = story("a", july(12)), story("b", july(12))
    room.script.told[report.id] = Recognition(Verdict.CONTACT, (call(july(12)),))
    heard = [hear(one, room.desk) for one in (weather, report)]
    quiet = [one for one in heard if tells_nothing(one, room.desk, weather.instant)]
    assert [one.story for one in quiet] == [weather]
    assert pass_over(quiet, room.store) == (Decision(Novelty.NONE),)
    closed = room.store.history.reading(weather.id)
    assert closed is not None
    assert closed.recognition == Recognition(Verdict.NONE)
    assert closed.decisions == (Decision(Novelty.NONE),)


@pytest.mark.parametrize("day", [date.min, date(1812, 3, 3), date(2999, 1, 1), date.max])
@pytest.mark.parametrize("status", [Status.HELD, Status.PLANNED])
def test_a_day_at_the_end_of_the_calendar_makes_no_contact(room: Newsroom, day: date, status: Status) -> None:
    """No story, however it puts it, makes the ledger reckon with days that there are not."""
    decisions = room.hear(story("a", july(12)), call(day, by=day, status=status))
    assert [decision.contact for decision in decisions] == [None]


def test_an_old_contact_is_entered_and_never_rings(room: Newsroom) -> None:
    """Told four days late under three days of max_age: held back, and so is every later report."""
    late = only(room.hear(story("a", july(16)), call(july(12))))
    later = only(room.hear(story("b", july(16)), call(july(12))))
    assert (late.novelty, late.posted, late.held_back) == (Novelty.NEW, False, HeldBack.TOO_OLD)
    assert (later.novelty, later.posted, later.held_back) == (Novelty.UPDATE, False, None)


def test_a_backlog_rings_by_the_clock_not_by_its_stories() -> None:
    """A story that was published in time and read too late makes no post."""
    with newsroom() as room:
        decision = only(room.hear(story("a", july(12)), call(july(12)), now=noon(july(16))))
        assert (decision.posted, decision.held_back) == (False, HeldBack.TOO_OLD)


def test_a_later_story_brings_the_watch() -> None:
    """A contact that no watch wanted rings when a story with the keyword comes, within max_age."""
    with newsroom(Watch("arms", ("Tomahawk",))) as room:
        first = only(room.hear(story("a", july(12)), call(july(12))))
        second = only(room.hear(story("b", july(13), "Tomahawk"), call(july(12))))
        assert (first.novelty, first.posted, first.held_back) == (Novelty.NEW, False, None)
        assert (second.novelty, second.posted) == (Novelty.UPDATE, True)


def test_a_story_that_brings_the_watch_too_late_is_counted() -> None:
    """First fitting after max_age, the contact is held back with its reason, once."""
    with newsroom(Watch("arms", ("Tomahawk",))) as room:
        room.hear(story("a", july(12)), call(july(12)))
        late = [
            only(room.hear(story(source, july(16), "Tomahawk"), call(july(12)))).held_back for source in "bc"
        ]
        assert late == [HeldBack.TOO_OLD, None]


def test_a_new_watch_never_rings_for_a_known_contact(room: Newsroom) -> None:
    """A watch added on 13 July keeps silent on the call entered on 12 July, whatever is told of it later."""
    room.watch(Watch("else", ("Tomahawk",)), now=noon(date(2024, 6, 1)))
    room.hear(story("a", july(12)), call(july(12)))
    room.watch(Watch("arms", ("Moskau",)), now=noon(july(13)))
    decision = only(room.hear(story("b", july(13), "Moskau"), call(july(12))))
    assert (decision.posted, decision.held_back) == (False, HeldBack.NEW_WATCH)


def test_a_new_watch_rings_for_what_comes_after_it(room: Newsroom) -> None:
    """The watch added on 13 July rings for the call of that day."""
    room.watch(Watch("arms", ("Moskau",)), now=noon(july(13)))
    assert only(room.hear(story("b", july(14), "Moskau"), call(july(13)))).posted


def test_an_edit_costs_no_contact_that_was_only_planned_before_it(room: Newsroom) -> None:
    """A word put in between a plan and what was planned: the call of the next day rings, once."""
    room.hear(story("a", july(12)), call(july(14), status=Status.PLANNED))
    room.watch(Watch("arms", ("Moskau", "Kiew")), now=noon(july(13)))
    held = [only(room.hear(story(source, july(14), "Moskau"), call(july(14)))) for source in "bc"]
    assert [(one.posted, one.held_back) for one in held] == [(True, None), (False, None)]


def test_an_edited_watch_list_goes_on_with_the_same_post(room: Newsroom) -> None:
    """A watch renamed or changed after a post edits that post, and makes no other."""
    first = only(room.hear(story("a", july(12)), call(july(12))))
    room.watch(Watch("arms", ("Moskau",)), now=noon(july(12)))
    second = only(room.hear(story("b", july(12), "Moskau"), call(july(12))))
    assert (second.alert, second.posted, second.edited) == (first.alert, False, True)


def test_two_channels_are_told_once_each() -> None:
    """Two watches with one channel make one post there; another channel has its own."""
    watches = (EVERYTHING, Watch("again", ("a",)), Watch("own", channels=("@own",)))
    with newsroom(*watches) as room:
        decisions = room.hear(story("a", july(12)), call(july(12)))
        assert [decision.posted for decision in decisions] == [True, True]
        assert len({decision.alert for decision in decisions}) == 2


def test_an_undated_story_of_a_fresh_feed_makes_no_first_post(room: Newsroom) -> None:
    """It enters the contact; the next dated story makes the post."""
    first = story("a", july(12), dated=False, fresh_feed=True)
    held = only(room.hear(first, call(july(12))))
    posted = only(room.hear(story("b", july(12)), call(july(12))))
    assert (held.posted, held.held_back) == (False, HeldBack.UNDATED)
    assert posted.posted


def test_an_undated_story_of_a_fresh_feed_may_edit(room: Newsroom) -> None:
    """It adds its source to a post that is there."""
    room.hear(story("a", july(12)), call(july(12)))
    undated = story("b", july(12), dated=False, fresh_feed=True)
    assert only(room.hear(undated, call(july(12)))).edited


def test_a_read_story_is_read_no_more(room: Newsroom) -> None:
    """What was decided is closed in the store: nothing is left unread."""
    told = story("a", july(12))
    room.hear(told, call(july(12)))
    assert room.store.unread(10) == ()


def beat(*keywords: str) -> Watch:
    """Watch for stories that hold a word."""
    return Watch("beat", keywords, ring=Ring.STORIES)


WIRE = "Das Ministerium hat am Freitag in der Hauptstadt mitgeteilt, dass die neue Fregatte später kommt."


def fregatte(source: str, **more: object) -> Story:
    """Write a story about a ship."""
    return story(source, july(12), WIRE, title="Fregatte verspätet sich erneut", **more)


def test_a_beat_rings_for_a_story_and_not_for_its_copies() -> None:
    """One post a story; a wire copy with another tail joins it."""
    with newsroom(beat("Fregatte")) as room:
        first = only(room.hear(fregatte("a")))
        copy = only(room.hear(fregatte("b")))
        assert (first.novelty, first.posted) == (Novelty.NEW, True)
        assert (copy.novelty, copy.alert, copy.posted) == (Novelty.KNOWN, first.alert, False)


def test_a_beat_rings_again_after_three_days() -> None:
    """The same words a week later are a story of their own."""
    with newsroom(beat("Fregatte")) as room:
        room.hear(fregatte("a"))
        later = replace(fregatte("b"), instant=noon(july(19)), day=july(19))
        assert only(room.hear(later)).posted


def test_a_beat_is_silent_on_a_contact_told_in_its_channel() -> None:
    """The story that made a contact's post makes none of its own beside it."""
    with newsroom(EVERYTHING, beat("Telefonat")) as room:
        decisions = room.hear(story("a", july(12), "Telefonat"), call(july(12)))
        assert [decision.posted for decision in decisions] == [True]


def test_a_beat_read_twice_rings_once() -> None:
    """A story that rang for itself is not read again."""
    with newsroom(beat("Fregatte")) as room:
        room.hear(fregatte("a"))
        assert room.again(fregatte("a")) == ()


def test_an_old_story_rings_on_no_beat() -> None:
    """`max_age` holds for stories too; and an undated one of a fresh feed makes no post."""
    with newsroom(beat("Fregatte")) as room:
        late = recognise(fregatte("a"), room.desk, room.store, noon(july(12)) + timedelta(days=4))
        undated = room.hear(fregatte("b", dated=False, fresh_feed=True))
        assert (late, undated) == ((Decision(Novelty.NONE),), (Decision(Novelty.NONE),))
