"""What is asked every few seconds is answered from an index, however much is stored."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from bot.storage import SqlStore, open_store
from tests.storage.newsday import DE, NOON, PAIR, RU, US
from tests.storage.test_faults import Call

TABLE = frozenset({US, RU, DE})
DAY = date(2024, 7, 12)


def _reports(store: SqlStore) -> None:
    with store.ledger() as ledger:
        ledger.reports(PAIR, DAY, DAY)


def _reports_of_many(store: SqlStore) -> None:
    with store.ledger() as ledger:
        ledger.reports(TABLE, DAY, DAY)


def _before(store: SqlStore) -> None:
    with store.ledger() as ledger:
        ledger.held_before(PAIR, DAY, "")


def _told_by(store: SqlStore) -> None:
    with store.ledger() as ledger:
        ledger.told_by("one")


QUESTIONS: dict[str, Call] = {
    "stories_unread": lambda store: store.unread(10),
    "outbox_unfinished": lambda store: store.outbox_due(NOON),
    "alerts_channel_message_id": lambda store: store.highest_message(""),
    "stories_url": lambda store: store.history.reading("https://one.example/one"),
    "pages_unsettled": lambda store: store.pages_due(NOON),
    "pages_url": lambda store: store.page_seen("https://one.example/one"),
    "reports_offices_by": _reports,
    "reports_story": _told_by,
    "reports_of_many": _reports_of_many,
    "contacts_offices_day": _before,
    "sqlite_autoindex_alerts_1": lambda store: store.archive.posts_after(10, also=[1]),
}


@pytest.mark.parametrize("index", QUESTIONS)
def test_a_frequent_question_uses_its_index(tmp_path: Path, index: str) -> None:
    """SQLite plans each with the index made for it and scans no table."""
    store = open_store(f"sqlite:///{tmp_path / 'draht.db'}")
    plans: list[str] = []

    def explain(
        connection: Connection, _cursor: object, statement: str, parameters: object, *_: object
    ) -> None:
        if statement.startswith("SELECT"):
            # The driver's own connection: this question is not to be explained again.
            driver = connection.connection.driver_connection
            assert driver is not None
            plan = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            plans.extend(row[-1] for row in plan)

    event.listen(store._database._engine, "before_cursor_execute", explain)
    QUESTIONS[index](store)
    store.close()
    assert any(f"INDEX {index}" in step for step in plans), plans
    scans = {step for step in plans if step.startswith("SCAN") and "INDEX" not in step}
    assert scans <= {"SCAN chats"}, plans  # a few rows at most: where chats moved to
