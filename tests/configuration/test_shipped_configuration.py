import re
from pathlib import Path

import pytest

from bot.configuration import Configuration, lint, load
from bot.configuration.channels import ChannelEntry
from bot.configuration.locate import shipped
from bot.model.watchlist import Ring
from bot.register.load import load as load_register
from tests.configuration.desk import Desk

LANGUAGES = {"de", "en", "ru", "uk", "fr"}


@pytest.fixture(scope="module")
def found() -> Configuration:
    """Read what Draht ships."""
    return load(shipped(), load_register())


def test_it_has_no_problem(found: Configuration) -> None:
    """What is shipped loads without even a warning, and nothing of it is doubtful."""
    assert (*found.warnings, *lint(found)) == ()


def test_it_watches_every_contact_of_defence_ministers(found: Configuration) -> None:
    """One watch, no keyword, everybody, to the channel of the environment."""
    (watch,) = found.watchlist.watches
    assert (watch.keywords, watch.parties, watch.exclude, watch.media) == ((), (), (), frozenset())
    assert (watch.ring, watch.channels) == (Ring.CONTACTS, ("",))


def test_every_feed_is_described(found: Configuration) -> None:
    """Each has a name of its own, a language and a country, and is asked."""
    feeds = found.feeds.feeds
    assert 60 <= len(feeds) <= 90
    assert len({feed.name for feed in feeds}) == len(feeds)
    assert {feed.language for feed in feeds} == LANGUAGES
    assert all(feed.country and feed.enabled for feed in feeds)


def test_german_comes_first(found: Configuration) -> None:
    """The first 20 feeds are the German ones."""
    assert {feed.language for feed in found.feeds.feeds[:20]} == {"de"}


def test_every_address_has_its_witness() -> None:
    """Behind each feed stands where its address comes from."""
    text = (shipped() / "feeds.yaml").read_text(encoding="utf-8")
    entries = re.split(r"^  - url:", text, flags=re.MULTILINE)[1:]
    assert all(re.search(r"^    # address: \S", entry, re.MULTILINE) for entry in entries)


def test_the_holders_file_says_nothing_yet(found: Configuration) -> None:
    """It is an example in comments."""
    assert found.register == load_register()


def uncommented(text: str) -> str:
    """Remove one "# " in front of every line."""
    return re.sub(r"^( *)# ?", r"\1", text, flags=re.MULTILINE)


def test_the_examples_of_the_holders_file_work(desk: Desk) -> None:
    """Each example, with its comment signs removed, is read without a warning."""
    text = (shipped() / "holders.yaml").read_text(encoding="utf-8")
    examples = re.findall(r"^# holders:\n(?:#   .*\n)+", text, re.MULTILINE)
    assert len(examples) == 2
    for example in examples:
        desk.write("holders.yaml", uncommented(example))
        assert desk.problems() == []


ALTERNATIVES = re.findall(
    r"^    # ((?:contacts|keywords|query|exclude|media|channel): .*)$",
    (Path(shipped()) / "watchlist.yaml").read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize("line", ALTERNATIVES)
def test_each_line_that_waits_in_the_watch_list_can_be_switched_on(desk: Desk, line: str) -> None:
    """The lines that people change first work as they stand there."""
    line = re.sub(r"(?<=[\]\"e])\s{2,}\w.*", "", line)
    desk.write("watchlist.yaml", f"watches:\n  - name: w\n    {line}\n")
    assert desk.problems() == []


@pytest.mark.parametrize("file", [shipped() / "watchlist.yaml", Path(__file__).parents[2] / "README.md"])
def test_the_watch_list_of_one_line_works(desk: Desk, file: Path) -> None:
    """As the shipped file and the README show it, without a doubt."""
    (line,) = re.findall(r"^#? *(keywords: \[.*\])$", file.read_text("utf-8"), re.MULTILINE)[:1]
    desk.write("watchlist.yaml", f"{line}\n")
    assert desk.problems() == []


def test_the_three_lines_are_there() -> None:
    """keywords, contacts and channel wait to be switched on."""
    assert {line.partition(":")[0] for line in ALTERNATIVES} >= {"keywords", "contacts", "query", "channel"}


def test_the_other_watches_of_the_watch_list_work(desk: Desk) -> None:
    """The two watches that stand there in comments can be added as they are."""
    text = (shipped() / "watchlist.yaml").read_text(encoding="utf-8")
    tail = text[text.index("  # - name: Washington") :]
    lines = [line for line in tail.splitlines() if re.match(r"  #( - | {3}\w+: )", line)]
    found = desk.load(watch_list="watches:\n" + "\n".join(line.replace("# ", "", 1) for line in lines) + "\n")
    assert [watch.name for watch in found.watchlist.watches] == ["Washington – Moskau", "Taurus"]
    assert desk.problems() == []


def test_the_channels_of_the_watch_list_work(desk: Desk) -> None:
    """The four channels that stand there in comments can be switched on, and each of their keys is there."""
    text = (shipped() / "watchlist.yaml").read_text(encoding="utf-8")
    channels = uncommented(text[text.index("# channels:") :])
    watch = 'watches:\n  - name: w\n    channel: [default, "@draht_en", phone, hook]\n'
    found = desk.load(watch_list=watch + channels)
    assert desk.problems() == []
    assert [channel.name for channel in found.watchlist.channels] == ["", "@draht_en", "phone", "hook"]
    assert all(
        re.search(rf"^    {key}:|- {key}:", channels, re.MULTILINE) for key in ChannelEntry.model_fields
    )
