"""The pages table: which are wanted, what became of each, and the story as its page tells it."""

from datetime import date, datetime

from sqlalchemy import Connection, func, select, update

from bot.model.article import Article, PageOutcome, PageRecord, Visit, WantedPage
from bot.model.story import Story
from bot.storage import rows
from bot.storage.engine import insert_into
from bot.storage.tables import UNSETTLED, pages, stories


def want(connection: Connection, page: WantedPage, now: datetime) -> None:
    """Note that a page is wanted; one that was wanted before is left as it is."""
    wanted = {
        "story": page.story.id,
        "url": page.url,
        "why": page.why,
        "wanted_at": now,
        "not_before": now,
        "attempts": page.attempts,
        "detail": "",
    }
    connection.execute(
        insert_into(connection, pages).on_conflict_do_nothing(index_elements=["story"]), wanted
    )


def due(connection: Connection, now: datetime) -> tuple[WantedPage, ...]:
    """Give the unsettled pages whose time has come, those wanted first first.

    What was wanted or tried ahead of `now` comes too: the clock was set back since.
    """
    ahead = (pages.c.wanted_at > now) | (pages.c.tried_at > now)
    query = (
        select(stories, pages.c.url.label("page"), pages.c.why, pages.c.attempts)
        .join(pages, pages.c.story == stories.c.id)
        .where(UNSETTLED, (pages.c.not_before <= now) | ahead)
        .order_by(pages.c.wanted_at, stories.c.arrival)
    )
    return tuple(
        WantedPage(rows.story(row), row.page, row.why, row.attempts) for row in connection.execute(query)
    )


def begin(connection: Connection, page: WantedPage, now: datetime, again_at: datetime) -> None:
    """Note that a page is being asked for, before it is."""
    begun = {"tried_at": now, "attempts": page.attempts + 1, "not_before": again_at}
    connection.execute(update(pages).where(pages.c.story == page.story.id).values(begun))


def put_off(connection: Connection, page: WantedPage, detail: str, until: datetime) -> None:
    """Note why a page has to be asked for again, and when."""
    values = {"detail": detail, "not_before": until}
    connection.execute(update(pages).where(pages.c.story == page.story.id).values(values))


def settle(connection: Connection, page: WantedPage, visit: Visit, told: Story | None) -> None:
    """Keep what became of a page; `told` is the story as it tells it, which is then unread again."""
    settled = {
        "outcome": visit.outcome.value,
        "detail": visit.detail,
        "article": None if visit.article is None else _document(visit.article),
    }
    connection.execute(update(pages).where(pages.c.story == page.story.id).values(settled))
    if told is not None and _is_reworded(connection, page.story):
        reopen(connection, page.story.id)  # its feed worded it anew meanwhile: the page goes with those words
    elif told is not None:
        values = {
            "article": told.text,
            "language": told.language,
            "instant": told.instant,
            "day": told.day,
            "dated": told.dated,
            "verdict": None,
        }
        connection.execute(update(stories).where(stories.c.id == told.id).values(values))


def _is_reworded(connection: Connection, story: Story) -> bool:
    text = func.coalesce(stories.c.article, stories.c.text)
    same = (stories.c.id == story.id) & (stories.c.title == story.title) & (text == story.text)
    return connection.execute(select(stories.c.id).where(same)).first() is None


def reopen(connection: Connection, story: str) -> None:
    """Let what its page told go with a story's new words: it is due again, and known without being asked."""
    read = (pages.c.story == story) & (pages.c.outcome == PageOutcome.READ.value)
    connection.execute(update(pages).where(read).values(outcome=None, not_before=pages.c.wanted_at))


def seen(connection: Connection, url: str) -> Visit | None:
    """Give what an address gave before; None where nothing has been settled."""
    settled = pages.c.outcome.is_not(None) & (pages.c.outcome != PageOutcome.TOO_OLD.value)
    known = settled | pages.c.article.is_not(None)
    query = select(pages).where(pages.c.url == url, known).order_by(pages.c.tried_at.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    article = None if row.article is None else _article(row.article)
    return Visit(PageOutcome.READ if article else PageOutcome(row.outcome), row.detail, article)


def record(connection: Connection, story: str) -> PageRecord | None:
    """Give what is remembered of a story's page; None where none was wanted."""
    row = connection.execute(select(pages).where(pages.c.story == story)).one_or_none()
    if row is None:
        return None
    outcome = None if row.outcome is None else PageOutcome(row.outcome)
    return PageRecord(row.why, row.wanted_at, outcome, row.detail)


def _document(article: Article) -> dict[str, str | None]:
    return {
        "title": article.title,
        "text": article.text,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
    }


def _article(document: dict[str, str | None]) -> Article:
    published = document["published"]
    return Article(
        title=document["title"] or "",
        text=document["text"] or "",
        published=date.fromisoformat(published) if published else None,
        language=document["language"],
    )
