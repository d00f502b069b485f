"""The demo's day, played once for all tests."""

from dataclasses import replace

import pytest

from bot.demo.newsday import load
from tests.demo.stage import Played

# What is said of the stories in these stays true when Draht learns more languages.
READ = {"de", "en"}


@pytest.fixture(scope="session")
def whole() -> Played:
    """Play the whole day."""
    return Played(load())


@pytest.fixture(scope="session")
def read() -> Played:
    """Play the German and English part of the day, with posts in English."""
    day = load()
    outlets = tuple(outlet for outlet in day.outlets if outlet.language in READ)
    keys = {outlet.key for outlet in outlets}
    articles = tuple(article for article in day.articles if article.outlet in keys)
    return Played(replace(day, outlets=outlets, articles=articles), "en")
