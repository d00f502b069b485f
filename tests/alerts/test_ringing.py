"""Whether a contact rings, channel by channel."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.alerts.ringing import (
    Call,
    Edit,
    HeldBack,
    Hold,
    Post,
    Scene,
    calls,
    concerns,
    first_alert,
    ruled_out,
)
from bot.contacts.slots import contact_of
from bot.model.claim import Medium, Status
from bot.model.contact import Contact, Report
from bot.model.watchlist import Party, Ring, Watch, WatchList
from tests.contacts.wire import DE, RU, US, call, july, noon, report

ANY = Watch("any")
ELSE = Watch("else", keywords=("Tomahawk",))
ANNOUNCING = Watch("announcing", announce=True)


def contact(*reports: Report) -> Contact:
    """Put one contact together; by default the call of 12 July, told by one story of every watch."""
    plain = report("a", july(12), call(july(12)), watches=frozenset({ANY.key, ELSE.key}))
    return contact_of(reports or (plain,), "contact")


def scene(now: datetime | None = None, **more: object) -> Scene:
    """Set the scene: the contact has just been entered, the watches are old."""
    at = now or noon(july(12))
    since = dict.fromkeys((ANY.key, ELSE.key, ANNOUNCING.key), noon(july(1)))
    return replace(Scene(at, at, since), **more)  # type: ignore[arg-type]


def test_a_contact_rings_in_the_channel_of_its_watch() -> None:
    """A fitting watch makes one post in its channel."""
    assert calls(contact(), WatchList((ANY,)), (), scene()) == (Post(""),)


def test_two_watches_of_one_channel_make_one_post() -> None:
    """Watches share a channel, not a contact: the channel is told once, another one for itself."""
    own = replace(ELSE, channels=("@own",))
    told = contact(report("a", july(12), call(july(12)), watches=frozenset({ANY.key, ELSE.key, own.key})))
    assert calls(told, WatchList((ANY, ELSE, own)), (), scene()) == (Post(""), Post("@own"))


def test_a_channel_that_was_told_is_told_by_an_edit() -> None:
    """Where there is a post there is no second one, whatever fits."""
    alert = first_alert("contact", "", "words", noon(july(12)))
    assert calls(contact(), WatchList((ANY,)), (alert,), scene()) == (Edit(alert),)


def test_a_post_is_kept_true_when_its_watch_is_gone() -> None:
    """A channel that no watch names any more still gets its post corrected."""
    alert = first_alert("contact", "@gone", "words", noon(july(12)))
    assert calls(contact(), WatchList((ANY,)), (alert,), scene()) == (Edit(alert), Post(""))


def test_a_post_that_pointed_elsewhere_lives_again() -> None:
    """If a contact parts again from the one it was merged into, its own post speaks again."""
    alert = first_alert("contact", "", "words", noon(july(12)))
    pointing = replace(alert, merged_into="elder")
    assert calls(contact(), WatchList((ANY,)), (pointing,), scene()) == (Edit(alert),)


def test_of_two_posts_the_living_one_is_edited() -> None:
    """Beside a post that points to it, the living one speaks for the contact."""
    living = first_alert("contact", "", "words", noon(july(13)))
    pointing = replace(first_alert("contact", "", "↑", noon(july(12))), id="other", merged_into=living.id)
    for alerts in ((living, pointing), (pointing, living)):
        assert calls(contact(), WatchList((ANY,)), alerts, scene()) == (Edit(living),)


@pytest.mark.parametrize("status", [Status.PLANNED, Status.DENIED, Status.CANCELLED])
def test_what_did_not_take_place_does_not_ring(status: Status) -> None:
    """A plan, a denial, a cancellation makes no first post, and is not held back either."""
    told = contact(report("a", july(12), call(july(12), status=status), watches=frozenset({ANY.key})))
    assert calls(told, WatchList((ANY,)), (), scene()) == ()


def test_no_story_with_the_keyword_no_ring() -> None:
    """A watch that none of the contact's stories match is not concerned."""
    silent = contact(report("a", july(12), call(july(12)), watches=frozenset()))
    assert calls(silent, WatchList((ANY,)), (), scene()) == ()
    assert not concerns(silent, WatchList((ANY,)))


def test_any_of_the_stories_may_hold_the_keyword() -> None:
    """The second story brings the watch."""
    reports = (
        report("a", july(12), call(july(12)), watches=frozenset()),
        report("b", july(12), call(july(12)), watches=frozenset({ANY.key})),
    )
    assert calls(contact(*reports), WatchList((ANY,)), (), scene()) == (Post(""),)


@pytest.mark.parametrize(
    ("watch", "rings"),
    [
        (Watch("pair", parties=(Party(US), Party(RU))), True),
        (Watch("one", parties=(Party(RU),)), True),
        (Watch("others", parties=(Party(DE), Party(RU))), False),
        (Watch("calls", media=frozenset({Medium.PHONE})), True),
        (Watch("meetings", media=frozenset({Medium.MEETING})), False),
        (Watch("stories", ring=Ring.STORIES), False),
    ],
)
def test_a_watch_rings_for_what_it_asks_for(watch: Watch, *, rings: bool) -> None:
    """Parties and media must fit; a watch on stories never rings for contacts."""
    told = contact(report("a", july(12), call(july(12)), watches=frozenset({watch.key})))
    assert calls(told, WatchList((watch,)), (), scene()) == ((Post(""),) if rings else ())
    assert concerns(told, WatchList((watch,))) == rings


BERLIN_MIDNIGHT = datetime(2024, 7, 15, 22, tzinfo=UTC)  # 16 July 00:00 in Berlin


@pytest.mark.parametrize(
    ("now", "zone", "rings"),
    [
        (BERLIN_MIDNIGHT - timedelta(seconds=1), "Europe/Berlin", True),
        (BERLIN_MIDNIGHT, "Europe/Berlin", False),
        (BERLIN_MIDNIGHT, "America/New_York", True),
        (noon(july(11)), "Europe/Berlin", True),
    ],
)
def test_max_age_counts_local_days(now: datetime, zone: str, *, rings: bool) -> None:
    """Three days of max_age: a call of 12 July rings through 15 July of the watch-list's zone."""
    watchlist = WatchList((ANY,), timezone=zone)
    expected = Post("") if rings else Hold("", HeldBack.TOO_OLD)
    assert calls(contact(), watchlist, (), scene(now)) == (expected,)


def test_max_age_may_be_shorter_than_a_day() -> None:
    """With twelve hours, today's contact rings and yesterday's does not."""
    watchlist = WatchList((ANY,), max_age=timedelta(hours=12))
    assert calls(contact(), watchlist, (), scene(noon(july(12)))) == (Post(""),)
    assert calls(contact(), watchlist, (), scene(noon(july(13)))) == (Hold("", HeldBack.TOO_OLD),)


def test_without_a_day_the_latest_one_counts() -> None:
    """A contact "by 13 July" is at least that old on 17 July, and no older on 16 July."""
    told = contact(report("a", july(13), call(), watches=frozenset({ANY.key})))
    assert calls(told, WatchList((ANY,)), (), scene(noon(july(16)))) == (Post(""),)
    assert calls(told, WatchList((ANY,)), (), scene(noon(july(17)))) == (Hold("", HeldBack.TOO_OLD),)


def test_a_watch_newer_than_the_contact_holds_its_peace() -> None:
    """A watch made after the contact was entered does not ring for it; one made with it does."""
    entered = noon(july(12))
    newer = scene(noon(july(13)), entered_at=entered, since={ANY.key: entered + timedelta(seconds=1)})
    as_old = scene(noon(july(13)), entered_at=entered, since={ANY.key: entered})
    assert calls(contact(), WatchList((ANY,)), (), newer) == (Hold("", HeldBack.NEW_WATCH),)
    assert calls(contact(), WatchList((ANY,)), (), as_old) == (Post(""),)


def test_an_old_watch_rings_beside_a_new_one() -> None:
    """Of two watches on one channel, one that is old enough suffices."""
    entered = noon(july(12))
    since = {ANY.key: noon(july(1)), ELSE.key: entered + timedelta(days=1)}
    found = calls(contact(), WatchList((ELSE, ANY)), (), scene(entered, entered_at=entered, since=since))
    assert found == (Post(""),)


def test_undated_stories_of_a_fresh_feed_do_not_ring() -> None:
    """They do not even for a watch whose keyword they alone hold; a dated story with it does."""
    undated = report("a", july(12), call(july(12)), watches=frozenset({ANY.key}), may_ring=False)
    without = report("b", july(12), call(july(12)), watches=frozenset())
    dated = report("c", july(12), call(july(12)), watches=frozenset({ANY.key}))
    watchlist = WatchList((ANY,))
    assert calls(contact(undated, without), watchlist, (), scene()) == (Hold("", HeldBack.UNDATED),)
    assert calls(contact(undated, without, dated), watchlist, (), scene()) == (Post(""),)


def test_equal_subject_and_channel_give_the_same_alert() -> None:
    """An alert's id is derived, so that a second try cannot make a second alert."""
    first = first_alert("contact", "", "words", noon(july(12)))
    assert first.id == first_alert("contact", "", "other", noon(date(2024, 8, 1))).id
    assert first.id != first_alert("contact", "@own", "words", noon(july(12))).id


TOMORROW = july(13)


def plan(**slots: Any) -> Contact:
    """Tell on 12 July of a call planned for the day after."""
    claim = call(slots.pop("day", TOMORROW), status=Status.PLANNED)
    return contact(report("a", july(12), claim, watches=frozenset({ANNOUNCING.key, ANY.key}), **slots))


def test_a_plan_is_announced_without_a_sound_where_a_watch_asks_for_it() -> None:
    """Only the channel of the announcing watch is told, silently."""
    own = replace(ANY, channels=("@own",))
    assert calls(plan(), WatchList((own, ANNOUNCING)), (), scene()) == (Post("", silent=True),)


def test_two_watches_on_a_channel_announce_if_one_does() -> None:
    """One that does not ask for plans does not forbid them."""
    assert calls(plan(), WatchList((ANY, ANNOUNCING)), (), scene()) == (Post("", silent=True),)


@pytest.mark.parametrize(
    ("day", "now", "call"),
    [
        (TOMORROW, noon(july(13)), Post("", silent=True)),
        (TOMORROW, noon(july(14)), Hold("", HeldBack.PASSED)),
        (date(2024, 12, 1), noon(july(30)), Post("", silent=True)),
        (None, noon(july(15)), Post("", silent=True)),
        (None, noon(july(16)), Hold("", HeldBack.TOO_OLD)),
    ],
)
def test_a_plan_that_comes_too_late_announces_nothing(day: date | None, now: datetime, call: Call) -> None:
    """Neither one whose day has passed, nor one without a day that was told longer ago than `max_age`."""
    assert calls(plan(day=day), WatchList((ANNOUNCING,)), (), scene(now)) == (call,)


def test_a_plan_obeys_the_other_rules_of_ringing() -> None:
    """A newer watch, and undated stories of a fresh feed, announce nothing."""
    entered = noon(july(12))
    newer = scene(entered_at=entered, since={ANNOUNCING.key: entered + timedelta(seconds=1)})
    watchlist = WatchList((ANNOUNCING,))
    assert calls(plan(), watchlist, (), newer) == (Hold("", HeldBack.NEW_WATCH),)
    assert calls(plan(may_ring=False), watchlist, (), scene()) == (Hold("", HeldBack.UNDATED),)


def test_what_an_editor_ruled_out_never_rings() -> None:
    """A channel that has a post gets it corrected, any other stays silent and knows why."""
    alert = first_alert("contact", "", "words", noon(july(12)))
    watchlist = WatchList((replace(ANY, channels=("", "@own")),))
    told = contact(report("a", july(12), call(july(12)), watches=frozenset({watchlist.watches[0].key})))
    assert ruled_out(told, watchlist, (alert,)) == (Edit(alert), Hold("@own", HeldBack.RULED_OUT))
