"""Stories from a file, each at its own time."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.model.claim import Claim, Recognition, Verdict
from bot.model.story import Story
from bot.pipeline.replay import Replayed, in_order, replay
from tests.contacts.wire import by, call, july, noon, steady
from tests.pipeline.script import newsroom, story

Scene = tuple[Story, Claim | None]


def played(*scenes: Scene) -> list[Replayed]:
    """Play stories with what each claims on an empty store."""
    with newsroom(max_age=timedelta(days=36_500)) as room:
        for told, claim in scenes:
            if claim:
                latest = replace(claim, by=claim.day or told.day)
                room.script.told[told.id] = Recognition(Verdict.CONTACT, (latest,))
        return list(replay([told for told, _ in scenes], room.desk, room.store))


def decisions(replayed: Sequence[Replayed]) -> list[dict[str, Any]]:
    """Read the decisions back from the lines, one a story."""
    lines = [json.loads(one.line()) for one in replayed]
    return [decision for line in lines for decision in line["decisions"]]


FOUNDING: tuple[Scene, ...] = (
    (story("b", july(13)), call(initiative=by("RU"))),
    (story("a", date(2024, 6, 26)), call(date(2024, 6, 25), initiative=by("US"))),
    (story("c", july(13)), call(july(12))),
    (story("d", july(14)), None),
)


def test_the_founding_stories_make_two_posts_and_an_edit() -> None:
    """In order of time: 25 June, a call by 13 July, its day told, and a story about something else."""
    first, second, third, last = decisions(played(*FOUNDING))
    assert (first["decision"], first["date"], first["initiator"], first["posted"]) == (
        "new", "2024-06-25", "US", True,
    )  # fmt: skip
    assert (second["date"], second["by"], second["medium"], second["posted"]) == (
        None, "2024-07-13", "phone", True,
    )  # fmt: skip
    assert (third["decision"], third["alert"], third["posted"], third["edited"]) == (
        "update", second["alert"], False, True,
    )  # fmt: skip
    assert "2024-07-12" in third["text"]
    assert (last["decision"], last["alert"], last["posted"]) == ("none", None, False)


def test_a_replay_is_the_same_every_time() -> None:
    """Two replays of the same stories are the same lines, byte for byte."""
    assert [one.line() for one in played(*FOUNDING)] == [one.line() for one in played(*FOUNDING)]


def test_edits_within_one_minute_are_told_each() -> None:
    """The pace of edits is the channel's, not the replay's: every change is told with its story."""
    at = noon(july(12))
    days = [july(11), july(12), july(12), july(11), july(11)]
    scenes = [
        (story(source, july(12), instant=at), call(day)) for source, day in zip("abcde", days, strict=True)
    ]
    told = decisions(played(*scenes))
    assert [decision["posted"] for decision in told] == [True, False, False, False, False]
    assert [decision["edited"] for decision in told] == [False, True, True, True, True]
    assert [decision["date"] for decision in told[1:]] == [
        "2024-07-11",
        "2024-07-12",
        "2024-07-11",
        "2024-07-11",
    ]


def test_undated_stories_are_left_out() -> None:
    """What has no time has no place in the order."""
    undated = story("z", july(12), dated=False)
    assert in_order([undated, story("a", july(12))]) == (story("a", july(12)),)


@given(days=st.lists(st.integers(1, 4), max_size=8))
@steady
def test_equal_times_keep_their_order(days: list[int]) -> None:
    """Stories of one instant are played as the file has them."""
    stories = [story(f"s{n}", july(day), instant=noon(july(day))) for n, day in enumerate(days)]
    ordered = in_order(stories)
    assert [one.instant for one in ordered] == sorted(one.instant for one in stories)
    for day in set(days):
        assert [s for s in ordered if s.day == july(day)] == [s for s in stories if s.day == july(day)]


def test_a_line_may_carry_the_id_it_was_given() -> None:
    """A file whose ids are numbers gets numbers back."""
    (only,) = played((story("a", july(12)), None))
    assert json.loads(only.line(7))["story"] == 7


def test_what_is_held_back_says_why() -> None:
    """A line names the reason for which a new contact made no post."""
    with newsroom() as room:
        told = story("a", july(20))
        claim = replace(call(july(12)), by=july(12))
        room.script.told[told.id] = Recognition(Verdict.CONTACT, (claim,))
        (line,) = decisions(list(replay([told], room.desk, room.store)))
        assert (line["posted"], line["held_back"]) == (False, "older than max_age")
