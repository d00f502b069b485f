"""The storage suite runs on both databases: `url` and `store` come once for each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from bot.storage import SqlStore, open_store
from bot.storage.migrations import HEAD
from bot.storage.tables import metadata
from tests.fakes.postgres import PostgresServer, postgres

__all__ = ["postgres"]

# Seconds that a test waits for a lock that will not be let go.
IMPATIENCE = 0.1


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an SQLite database that holds the empty schema, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "draht.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def migrated(postgres: PostgresServer) -> str:
    """Give the URL of a PostgreSQL database that holds the schema, to be wiped for each test."""
    url = postgres.url(postgres.database())
    open_store(url).close()
    return url


def _wiped(url: str) -> str:
    """Empty the database after an earlier test: many times faster than making a new one."""
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
        for table in reversed(metadata.sorted_tables):
            owner.execute(SQL("DELETE FROM {}").format(Identifier(table.name)))
        owner.execute("UPDATE alembic_version SET version_num = %s", [HEAD])
    return url


@pytest.fixture
def postgres_url(migrated: str) -> str:
    """Give the URL of a PostgreSQL database with the empty schema."""
    return _wiped(migrated)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database that nobody else has, with the empty schema."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("migrated_file"), tmp_path)
        return f"sqlite:///{copy}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """Open a fresh store."""
    opened = open_store(url, patience=IMPATIENCE)
    yield opened
    opened.close()
