"""What the head of an answer wishes is understood, whatever it holds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.answers import bad_status, fresh_for, retry_after, validators, wishes
from bot.model.fetch import Refusal, Wishes

NOW = datetime(2024, 7, 13, 9, 0, tzinfo=UTC)
LATER, EARLIER = "Sat, 13 Jul 2024 09:30:00 GMT", "Sat, 13 Jul 2024 08:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({"Cache-Control": "max-age=600"}, 10),
        ({"Cache-Control": "public, MAX-AGE=600, must-revalidate"}, 10),
        ({"Cache-Control": 'max-age="600"'}, 10),
        ({"Cache-Control": "max-age=600", "Expires": LATER}, 10),
        ({"Cache-Control": "max-age=600", "Age": "240"}, 6),
        ({"Expires": LATER}, 30),
        ({"Expires": LATER, "Date": "Sat, 13 Jul 2024 09:25:00 GMT"}, 5),
        ({"Expires": LATER, "Cache-Control": "s-maxage=9"}, 30),
        ({"Cache-Control": "max-age=99999999999999999999999"}, 10 * 24 * 60),
    ],
)
def test_the_time_for_which_a_server_calls_its_answer_fresh_is_read(
    headers: dict[str, str], minutes: int
) -> None:
    """max-age counts before Expires, less what caches used up; Expires counts from the server's own clock."""
    assert fresh_for(headers, NOW) == timedelta(minutes=minutes)
    assert wishes(headers, NOW) == Wishes(pause=timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cache-Control": "private, max-age=600"},
        {"Cache-Control": "no-cache, max-age=600", "Expires": LATER},
        {"Cache-Control": "no-store"},
        {"Cache-Control": "max-age=0", "Expires": LATER},
        {"Cache-Control": "max-age=600", "Age": "600"},
        {"Cache-Control": "max-age=soon"},
        {"Cache-Control": "max-age=-5"},
        {"Expires": EARLIER},
        {"Expires": "0"},
        {"Expires": "-1"},
        {"Expires": LATER, "Date": LATER},
    ],
)
def test_what_is_stale_or_not_to_be_kept_makes_no_wish(headers: dict[str, str]) -> None:
    """No wish is made up where a server makes none, or forbids keeping."""
    assert fresh_for(headers, NOW) is None
    assert wishes(headers, NOW) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        (LATER, 1800.0),
        (EARLIER, 0.0),
        ("99999999999", 864_000.0),
        ("soon", None),
        ("-5", None),
        ("Sat, 13 Jul 2024 0999999999999:30:00 GMT", None),
        ("Sat, 13 Jul 99999 09:30:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_a_number_of_seconds_or_a_date(text: str | None, seconds: float | None) -> None:
    """What cannot be read asks for nothing, ten days are the most."""
    assert retry_after(text, NOW) == seconds


def test_a_busy_server_is_told_from_a_faulty_one() -> None:
    """429 and 503 ask for the whole host to be left alone, other statuses speak of the feed."""
    failures = {status: bad_status(status, {}, "https://a.example/", NOW) for status in (404, 429, 500, 503)}
    assert {status: failed.busy for status, failed in failures.items()} == {
        404: False,
        429: True,
        500: False,
        503: True,
    }
    assert {failed.refusal for failed in failures.values()} == {Refusal.HTTP_STATUS}


def test_a_pause_that_a_busy_server_wants_is_told_by_the_clock() -> None:
    """The operator reads why a feed is left alone, and until when."""
    failed = bad_status(429, {"Retry-After": "3600"}, "https://u:geheim@a.example/", NOW)
    assert failed.detail == (
        "https://a.example/ answered 429 Too Many Requests; it asks for a pause until 2024-07-13 10:00 UTC"
    )


@pytest.mark.parametrize("etag", ["x" * 1001, "a\udcffb", 'a"\x00', ""])
def test_a_validator_that_cannot_be_sent_back_is_not_kept(etag: str) -> None:
    """A next request must not fail over what this answer held."""
    assert validators({"ETag": etag}, None).etag is None


HEADER = st.text(max_size=60) | st.sampled_from([LATER, EARLIER, "max-age=1", "private", "=,=", "9" * 400])


@given(st.dictionaries(st.sampled_from(["Cache-Control", "Expires", "Date", "Age", "Retry-After"]), HEADER))
def test_no_header_makes_the_reader_of_heads_fail(headers: dict[str, str]) -> None:
    """Whatever a server writes, its wish is within ten days or none."""
    fresh, patience = fresh_for(headers, NOW), retry_after(headers.get("Retry-After"), NOW)
    assert fresh is None or timedelta() < fresh <= timedelta(days=10)
    assert patience is None or 0 <= patience <= 864_000


def test_a_304_to_an_unconditional_question_is_called_what_it_is() -> None:
    """The operator is told that the server withholds the feed, not a status alone."""
    refused = bad_status(304, {}, "https://draht:geheim@blatt.example/rss", NOW)
    assert (refused.refusal, refused.status) == (Refusal.HTTP_STATUS, 304)
    assert refused.detail == (
        "https://blatt.example/rss answered that nothing has changed (304) though it was asked for all of it"
    )


@pytest.mark.parametrize("slow", [timedelta(hours=-3), timedelta(), timedelta(days=900)])
def test_a_pause_until_a_date_is_as_long_as_on_the_servers_own_clock(slow: timedelta) -> None:
    """A server whose clock is wrong wants the same half hour."""
    form = "%a, %d %b %Y %H:%M:%S GMT"
    there = NOW - slow
    until = there + timedelta(minutes=30)
    headers = {"Date": there.strftime(form), "Retry-After": until.strftime(form)}
    assert bad_status(503, headers, "https://blatt.example/", NOW).retry_after == 1800.0
