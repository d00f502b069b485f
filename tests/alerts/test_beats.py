"""Stories that ring for themselves, wire copies merged."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.beats import COPY, body, channels, containment, copied_from, shingles
from bot.model.story import Story
from bot.model.watchlist import Ring, Watch, WatchList
from tests.contacts.wire import july, noon, steady
from tests.servers.telegram_html import assert_valid_post

BEAT = Watch("ships", ("Fregatte",), ring=Ring.STORIES)
WATCHES = WatchList((BEAT,))

SHIP = (
    "Die neue Fregatte der Marine wird frühestens im Herbst ausgeliefert. Wie das Ministerium am Freitag "
    "mitteilte, gibt es weiterhin Schwierigkeiten mit der Technik der Brücke, an der mehrere Werften bauen. "
    "Die Kosten steigen dadurch nach jetzigem Stand um einen hohen zweistelligen Millionenbetrag."
)


def story(text: str = SHIP, **more: object) -> Story:
    """Write a story about a ship, or something else."""
    plain = Story(
        id="s",
        feed="f",
        source="kueste.example",
        url="https://kueste.example/fregatte",
        title="Fregatte verspätet sich",
        text=text,
        language="de",
        country=None,
        instant=noon(july(12)),
        day=july(12),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def test_a_wire_copy_is_known_by_its_words() -> None:
    """A copy with its tail cut and a few words changed is one; a rewrite of half of it is not."""
    cut = story(SHIP.replace("frühestens", "wohl erst").rpartition(" Die Kosten")[0])
    rewrite = story("Erst zum Jahresende fährt das Schiff, hieß es. " + SHIP.partition(". ")[2][:90])
    assert copied_from(story(), [cut, rewrite]) == (cut,)


def test_an_unrelated_story_is_no_copy() -> None:
    """Two stories that share a title share too little."""
    assert (
        copied_from(story(), [story("Der Hafen wird tiefer gebaggert, damit auch große Schiffe fahren.")])
        == ()
    )


@given(one=st.text(), other=st.text())
@steady
def test_being_a_copy_is_mutual(one: str, other: str) -> None:
    """Containment does not ask which story came first, and lies between 0 and 1."""
    first, second = shingles(one), shingles(other)
    assert containment(first, second) == containment(second, first)
    assert 0 <= containment(first, second) <= 1


@given(text=st.text(st.sampled_from("abc de"), min_size=1))
@steady
def test_a_story_is_a_copy_of_itself(text: str) -> None:
    """Whatever its length, as soon as it has a word."""
    own = shingles(text)
    assert containment(own, own) > COPY or not own


def test_a_story_without_words_is_no_copy_of_anything() -> None:
    """Empty stories are not merged."""
    empty = story("", title="")
    assert copied_from(empty, [empty]) == ()


def test_a_beat_rings_in_its_channel() -> None:
    """Every channel of the matching beats, each once; a watch on contacts is not asked."""
    own = Watch("own", channels=("@own",), ring=Ring.STORIES)
    twin = Watch("twin", ("Brücke",), ring=Ring.STORIES)
    watchlist = WatchList((own, BEAT, twin, Watch("contacts")))
    keys = [watch.key for watch in watchlist.watches]
    assert channels(story(), keys, watchlist, noon(july(12))) == ("@own", "")
    assert channels(story(), [], watchlist, noon(july(12))) == ()


@pytest.mark.parametrize(("days", "rings"), [(3, True), (4, False)])
def test_max_age_holds_for_stories(days: int, *, rings: bool) -> None:
    """A story rings up to max_age after its day."""
    now = noon(july(12)) + timedelta(days=days)
    assert channels(story(), [BEAT.key], WATCHES, now) == (("",) if rings else ())


def test_an_undated_story_of_a_fresh_feed_is_silent() -> None:
    """The first look at a feed without dates does not flood the channel; later stories ring."""
    first_look = story(dated=False, fresh_feed=True)
    later = story(dated=False)
    assert channels(first_look, [BEAT.key], WATCHES, noon(july(12))) == ()
    assert channels(later, [BEAT.key], WATCHES, noon(july(12))) == ("",)


def test_the_post_is_title_source_and_link() -> None:
    """Two lines, escaped."""
    told = story(title="Fregatte <F126> & Co", url="https://kueste.example/?a=1&b=2")
    assert body(told) == (
        "<b>Fregatte &lt;F126&gt; &amp; Co</b>\n\n"
        '<a href="https://kueste.example/?a=1&amp;b=2">kueste.example</a>'
    )


@given(title=st.text(), source=st.text(min_size=1), url=st.one_of(st.none(), st.text()))
@steady
def test_telegram_takes_any_post(title: str, source: str, url: str | None) -> None:
    """Telegram's own parser takes the post of any story that says anything."""
    told = story("Wort", title=title, source=source, url=url)
    assert_valid_post(body(told))
