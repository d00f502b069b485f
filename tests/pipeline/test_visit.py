"""A story as its page tells it: its own page, what the feed said first, a day where there was none."""

from dataclasses import replace
from datetime import date

import pytest

from bot.model.article import Article, PageOutcome
from bot.model.story import Story
from bot.pipeline.visit import as_told
from tests.articles.site import CALL, INITIATIVE, NO_MORE, PURPOSE, TITLE
from tests.contacts.wire import july, noon
from tests.pipeline.script import story

TEASER = "Die Verteidigungsminister der USA und Russlands haben miteinander telefoniert."
FEED = story("a", july(13), TEASER, title=TITLE)
PAGE = Article("Austin telefoniert mit Beloussow", f"{CALL}\n{INITIATIVE}\n{PURPOSE}", july(12), "de")


def told(what: Story, page: Article) -> Story:
    """Give a story as a page tells it that is its own."""
    found = as_told(what, page)
    assert isinstance(found, Story)
    return found


def test_the_page_is_read_behind_what_the_feed_said() -> None:
    """Title, source and address stay the feed's; its teaser is kept where the page does not repeat it."""
    assert told(FEED, PAGE) == replace(FEED, text=f"{TEASER}\n\n{PAGE.text}")


def test_a_teaser_that_the_page_repeats_is_said_once() -> None:
    """Most teasers are the first sentence of the article."""
    assert told(replace(FEED, text=CALL), PAGE).text == PAGE.text
    assert told(replace(FEED, text=""), PAGE).text == PAGE.text


def test_a_page_that_tells_no_more_changes_nothing() -> None:
    """The longer text is read."""
    assert as_told(replace(FEED, text=f"{PAGE.text}\n{NO_MORE}"), PAGE) is PageOutcome.NO_MORE


@pytest.mark.parametrize(
    "page",
    [
        Article(
            "Blatt – Nachrichten aus aller Welt", "Bundesliga: Bayern gewinnt. Wetter: Es regnet. " * 9, None
        ),
        Article("Login", "Melden Sie sich an, um fortzufahren. " * 9, None),
    ],
)
def test_a_page_about_something_else_does_not_replace_a_story(page: Article) -> None:
    """A redirect to a section or a login has few of the story's words."""
    assert as_told(FEED, page) is PageOutcome.ELSEWHERE


def test_a_headline_in_other_forms_is_the_same_story() -> None:
    """Words are compared by how they begin, whatever their case and ending."""
    bent = replace(FEED, title="Telefonat Austins mit Beloussow", text="")
    assert told(bent, PAGE).text == PAGE.text


def test_the_pages_day_stands_in_for_the_feeds() -> None:
    """A story that the feed does not date counts from its page's day; a dated one keeps its own."""
    undated = replace(FEED, dated=False)
    assert told(undated, PAGE).day == july(12)
    assert told(undated, PAGE).dated
    assert told(undated, PAGE).instant == noon(july(12))
    assert told(FEED, PAGE).day == july(13)


def test_a_day_to_come_dates_nothing() -> None:
    """What a page was not published on yet is another date on it."""
    assert not told(replace(FEED, dated=False), replace(PAGE, published=date(2024, 8, 1))).dated


def test_the_language_is_the_feeds_else_the_pages() -> None:
    """By declaration; where neither tells one, it is detected as ever."""
    foreign = replace(PAGE, language="en")
    assert told(FEED, foreign).language == "de"
    assert told(replace(FEED, language=None), foreign).language == "en"
    assert told(replace(FEED, language=None), replace(PAGE, language=None)).language is None
