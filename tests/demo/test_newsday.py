"""The script of the demo is whole."""

from datetime import date
from itertools import pairwise

import pytest

from bot.demo.newsday import Article, Format, Outlet, Service, load
from bot.demo.telling import TITLE_ROOM
from bot.model.office import Office
from bot.register.load import load as load_register

DAY = load()


def test_twelve_outlets_and_two_that_fail_speak_four_languages() -> None:
    """The day has every format of feed, and everything that a server may do to a reader."""
    assert len(DAY.outlets) == 14
    assert {outlet.language for outlet in DAY.outlets} == {"de", "en", "ru", "uk"}
    assert {outlet.format for outlet in DAY.outlets} == set(Format)
    assert {outlet.service for outlet in DAY.outlets} == set(Service)


@pytest.mark.parametrize("outlet", DAY.outlets, ids=lambda outlet: outlet.key)
def test_an_outlet_tells_where_it_is_and_publishes(outlet: Outlet) -> None:
    """Each outlet has a country and an address that leads nowhere; all but the dead one have stories."""
    assert len(outlet.country) == 2
    assert outlet.country.isupper()
    assert outlet.site.endswith(".example/")
    assert bool(DAY.published(outlet, DAY.ends)) is (outlet.service is not Service.DEAD)
    assert (outlet.opens is not None) is (outlet.service is Service.MENDING)


@pytest.mark.parametrize("article", DAY.articles, ids=lambda article: article.title)
def test_a_story_has_an_outlet_a_title_a_text_and_a_time(article: Article) -> None:
    """Each story is of an outlet of the day, is told by its end, and its title fits its line."""
    assert article.outlet in {outlet.key for outlet in DAY.outlets}
    assert article.text.strip() == article.text != ""
    assert 0 < len(article.title) <= TITLE_ROOM
    assert article.at <= DAY.ends


def test_no_two_stories_come_at_once() -> None:
    """The order of the stories is told by their times alone, so that every run is the same."""
    assert all(one.at < other.at for one, other in pairwise(DAY.articles))


def test_the_offices_are_held_by_those_whom_the_day_names() -> None:
    """The ministers of the posts held their offices on the day (the register says so)."""
    register = load_register()
    holders = {
        code: register.holder_on(Office(code), DAY.begins.date())
        for code in ("US", "RU", "DE", "UA", "GB", "FR", "PL", "LT")
    }
    assert {code: holder.person for code, holder in holders.items() if holder} == {
        "US": "Lloyd Austin",
        "RU": "Andrei Belousov",
        "DE": "Boris Pistorius",
        "UA": "Rustem Umerov",
        "GB": "John Healey",
        "FR": "Sébastien Lecornu",
        "PL": "Władysław Kosiniak-Kamysz",
        "LT": "Laurynas Kasčiūnas",
    }


def test_the_day_is_none_of_the_founding_calls() -> None:
    """The demo invents its contacts; it does not retell the real ones."""
    days = {article.at.date() for article in DAY.articles}
    assert days.isdisjoint({date(2024, 6, 25), date(2024, 7, 12)})
