from datetime import time

import pytest

from bot.configuration import excerpt
from bot.model.channel import Channel, Quiet, Service
from bot.model.watchlist import Watch
from tests.configuration.desk import Desk

PLACE = "config/watchlist.yaml"

_KEYS = ("df9aec64868b991c2140", "a1a2390dc8fda350b781")
"""As Draht made them when a watch had one channel."""


def described(channels: str, used: str = "default") -> str:
    """Write a watch-list whose one watch rings in these channels."""
    return f"watches:\n  - name: w\n    channel: [{used}]\nchannels:\n{channels}"


def test_a_watch_rings_in_one_channel_or_in_several(desk: Desk) -> None:
    """One name, a topic of a forum, or a list with the default channel; each once, in the order written."""
    text = """\
watches:
  - {name: a, channel: "@draht/17"}
  - {name: b, channel: [default, "@draht_en", -1001234, default]}
  - {name: c}
"""
    found = desk.load(watch_list=text).watchlist
    expected = [("@draht/17",), ("", "@draht_en", "-1001234"), ("",)]
    assert [watch.channels for watch in found.watches] == expected


def test_a_channel_is_described_once_for_all_watches(desk: Desk) -> None:
    """Language, quiet hours, digest and approval are a channel's own; a language left out is the file's."""
    text = "language: en\n" + described(
        """\
  - name: default
    quiet: "23:00-06:30"
    digest: "Mon 07:00"
    approve: true
  - name: "@draht_de"
    language: de
""",
        'default, "@draht_de", "@other"',
    )
    found = desk.load(watch_list=text)
    quiet = Quiet(time(23), time(6, 30))
    assert found.warnings == ()
    assert found.watchlist.all_channels == (
        Channel("", "en", quiet, "0 7 * * mon", approve=True),
        Channel("@draht_de", "de"),
        Channel("@other", "en"),
    )


@pytest.mark.parametrize(
    ("written", "fields"),
    [
        ("Mon 07:00", "0 7 * * mon"),
        ("monday 7:05", "5 7 * * mon"),
        ("So 18:30", "30 18 * * sun"),
        ("0 7 * * mon", "0 7 * * mon"),
        ("0 7 * * 1", "0 7 * * mon"),
        ("0 7 * * 0", "0 7 * * sun"),
        ("0 7 * * 7", "0 7 * * sun"),
    ],
)
def test_a_digest_has_a_time_of_the_week(desk: Desk, written: str, fields: str) -> None:
    """A day and a time, or a crontab's five fields, in which Sunday is 0 (for APScheduler Monday)."""
    found = desk.load(watch_list=described(f'  - name: default\n    digest: "{written}"\n'))
    assert found.watchlist.channel("").digest == fields


@pytest.mark.parametrize("written", ["Mon 24:00", "Mon", "7:00", "0 7 * * *", "0 7 1 * mon", "0 7 * * 8"])
def test_a_digest_that_is_not_weekly_is_refused(desk: Desk, written: str) -> None:
    """One that comes daily, monthly or never is no weekly digest."""
    desk.write("watchlist.yaml", described(f'  - name: default\n    digest: "{written}"\n'))
    (problem,) = desk.problems()
    assert problem.startswith(f'{PLACE}:6:13: error: "{written}" is not a time of the week')


def test_a_service_is_a_channel_with_a_name_of_its_own(desk: Desk) -> None:
    """Its address may stand in the environment; a webhook has a secret there."""
    text = described(
        "  - {name: phone, service: env:DRAHT_PHONE}\n"
        "  - {name: hook, service: https://example.org/hook, secret: env:DRAHT_HOOK}\n",
        "phone, hook",
    )
    found = desk.load(watch_list=text)
    assert found.warnings == ()
    services = [channel.service for channel in found.watchlist.all_channels]
    assert services == [Service("env:DRAHT_PHONE"), Service("https://example.org/hook", "env:DRAHT_HOOK")]


def test_a_channel_that_no_watch_uses_is_a_warning(desk: Desk) -> None:
    """A misspelt name would go unnoticed, since the channel keeps its defaults."""
    desk.write("watchlist.yaml", described('  - {name: "@drath", language: en}\n', '"@draht"'))
    assert desk.problems() == [
        f'{PLACE}:5:12: warning: no watch rings in the channel "@drath" (did you mean "@draht"?)'
    ]


def test_the_default_channel_is_in_use_where_a_watch_names_none(desk: Desk) -> None:
    """Both for a watch without `channel` and for `keywords` alone."""
    for watches in ("keywords: [Austin]\n", "watches:\n  - name: w\n"):
        assert (
            desk.load(watch_list=f"{watches}channels:\n  - {{name: default, approve: true}}\n").warnings == ()
        )


@pytest.mark.parametrize(
    "address", ["mailto://me:hunter2@example.org", "slack://T0/B0/hunter2", "https://h.example/?key=hunter2"]
)
def test_a_secret_in_the_file_works_and_is_a_warning_that_does_not_show_it(desk: Desk, address: str) -> None:
    """Neither the sentence nor the line shown below it repeats the address."""
    text = described(f'  - {{name: s, service: "{address}", secret: env:S}}\n', "s")
    desk.write("watchlist.yaml", text)
    assert desk.read().watchlist.channel("s").service == Service(address, "env:S")
    (problem,) = desk.findings()
    assert (problem.severity, problem.message) == ("warning", "this address holds what should be secret")
    assert "hunter2" not in str(problem) + excerpt(problem) + repr(desk.read().watchlist)


def test_the_name_of_a_watch_with_one_channel_stays_as_it_was() -> None:
    """Draht knows watches by their key: were it another, each would count as new and hold back its posts."""
    assert Watch("w", channels=("@draht",)).key == Watch("other", channels=("@draht",), urgent=True).key
    assert (Watch("w").key, Watch("w", channels=("@draht",)).key) == _KEYS
    assert Watch("w", channels=("", "@draht")).key != Watch("w").key
