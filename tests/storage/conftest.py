"""The storage suite runs on both databases: `url` and `store` come once for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage import SqlStore, open_store
from tests.fakes.postgres import PostgresServer, postgres

__all__ = ["postgres"]

# Seconds that a test waits for a lock that will not be let go.
IMPATIENCE = 0.2


@pytest.fixture(scope="session")
def migrated(postgres: PostgresServer) -> str:  # noqa: F811
    """Name a PostgreSQL database that holds the empty schema, to be copied."""
    name = postgres.database()
    open_store(postgres.url(name)).close()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database that nobody else has."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state' / 'draht.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.url(server.database(request.getfixturevalue("migrated")))


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """Open a fresh store."""
    opened = open_store(url, patience=IMPATIENCE)
    yield opened
    opened.close()
