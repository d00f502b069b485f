"""Which pages are wanted, what became of each, and the story as its page tells it."""

from dataclasses import replace
from datetime import date, timedelta

from bot.model.article import Article, PageOutcome, PageRecord, Visit, WantedPage
from bot.model.feed import FeedState
from bot.model.story import Story
from bot.storage import SqlStore
from tests.storage.newsday import MINUTE, NOON, recognition_of, story_of

URL = "https://one.example/1"
ARTICLE = Article("Titel", "Der ganze Text.", date(2024, 7, 12), "de")
READ = Visit(PageOutcome.READ, article=ARTICLE)


def wanted(store: SqlStore, name: str = "one", url: str = URL) -> WantedPage:
    """Let a story be read and its page be wanted."""
    page = WantedPage(story_of(name), url, "the day is not told")
    store.save_look(FeedState("u"), [page.story])
    with store.ledger() as ledger:
        ledger.close_story(page.story, recognition_of(), [])
        ledger.want_page(page, NOON)
    return page


def page_of(store: SqlStore, story: Story) -> PageRecord | None:
    """Give what is remembered of a story's page."""
    reading = store.history.reading(story.id)
    return reading.page if reading else None


def test_a_page_is_wanted_once(store: SqlStore) -> None:
    """Wanted again, also for another reason or after it was settled, it stays what it is."""
    page = wanted(store)
    with store.ledger() as ledger:
        ledger.want_page(replace(page, why="something else"), NOON + MINUTE)
    assert store.pages_due(NOON) == (page,)
    store.settle_page(page, READ)
    with store.ledger() as ledger:
        ledger.want_page(page, NOON + MINUTE)
    assert store.pages_due(NOON + MINUTE) == ()
    assert page_of(store, page.story) == PageRecord(page.why, NOON, PageOutcome.READ)


def test_what_was_begun_is_due_again_later(store: SqlStore) -> None:
    """Begun, put off with its reason, settled: due only when its time has come, and never after its end."""
    page = wanted(store)
    store.begin_visit(page, NOON, NOON + 30 * MINUTE)
    assert store.pages_due(NOON + 29 * MINUTE) == ()
    begun = replace(page, attempts=1)
    assert store.pages_due(NOON + 30 * MINUTE) == (begun,)
    store.put_off_page(begun, "answered 503", NOON + 60 * MINUTE)
    assert store.pages_due(NOON + 59 * MINUTE) == ()
    assert page_of(store, page.story) == PageRecord(page.why, NOON, None, "answered 503")
    store.settle_page(begun, Visit(PageOutcome.FAILED, "answered 503"))
    assert store.pages_due(NOON + timedelta(days=1)) == ()


def test_a_clock_set_back_holds_up_no_page(store: SqlStore) -> None:
    """What was wanted or tried in the future is due now."""
    page = wanted(store)
    assert store.pages_due(NOON - timedelta(days=1)) == (page,)
    store.begin_visit(page, NOON, NOON + 30 * MINUTE)
    assert store.pages_due(NOON - timedelta(days=1)) == (replace(page, attempts=1),)


def test_a_story_is_unread_as_its_page_tells_it(store: SqlStore) -> None:
    """Text, language and day are the page's; the next reading, and whoever explains it, sees just these."""
    page = wanted(store)
    assert store.unread(9) == ()
    told = replace(page.story, text="Feed.\n\nSeite.", language="en", day=date(2024, 7, 1), dated=False)
    store.settle_page(page, READ, told)
    assert store.unread(9) == (told,)
    with store.ledger() as ledger:
        ledger.close_story(told, recognition_of(), [])
    reading = store.history.reading(page.story.id)
    assert reading is not None
    assert reading.story == told
    assert store.unread(9) == ()


def test_what_an_address_gave_is_known(store: SqlStore) -> None:
    """For the next story with it: the article as the page told it, or why there was none."""
    first, walled = wanted(store), wanted(store, "two", "https://two.example/2")
    assert store.page_seen(URL) is None
    store.begin_visit(first, NOON, NOON)
    store.settle_page(first, replace(READ, outcome=PageOutcome.NO_MORE))
    store.settle_page(walled, Visit(PageOutcome.PAYWALL, "is behind a paywall"))
    assert store.page_seen(URL) == READ
    assert store.page_seen(walled.url) == Visit(PageOutcome.PAYWALL, "is behind a paywall")


def test_a_page_that_was_not_asked_for_says_nothing_about_its_address(store: SqlStore) -> None:
    """A story too old to be asked for leaves the address to a younger one."""
    page = wanted(store)
    store.settle_page(page, Visit(PageOutcome.TOO_OLD))
    assert store.page_seen(URL) is None
