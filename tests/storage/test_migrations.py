"""The schema's history and the schema are one."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, make_url, text

from bot.storage import open_store
from bot.storage.engine import Database
from bot.storage.migrations import HEAD, migrate, revision
from bot.storage.tables import metadata
from tests.fakes.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'draht.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.url(server.database())


@pytest.fixture(params=["made at once", "by every revision"])
def brought(request: pytest.FixtureRequest, empty: str) -> str:
    """Give the URL of a database that was brought to HEAD in either way."""
    if request.param == "by every revision":
        with closing(Database(make_url(empty))) as database, database.locked() as connection:
            migrate(connection, None, database.place)
    return empty


def test_both_ways_make_what_the_tables_describe(brought: str) -> None:
    """Columns, types, keys and indices of a new and of a migrated database are those of tables.py."""
    with closing(open_store(brought)) as store, store._database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD
        assert _indices(connection) == {
            index.name for table in metadata.tables.values() for index in table.indexes
        }


def _indices(connection: Connection) -> set[object]:
    inspector = inspect(connection)
    every = [index for table in metadata.tables for index in inspector.get_indexes(table)]
    return {index["name"] for index in every if not index.get("duplicates_constraint")}


def test_partial_indices_hold_only_what_is_open(brought: str) -> None:
    """The conditions of the partial indices reached the database."""
    with closing(open_store(brought)) as store, store._database.read() as connection:
        inspector = inspect(connection)
        partial = {
            index["name"]
            for table in metadata.tables
            for index in inspector.get_indexes(table)
            if any(option.endswith("_where") for option in index.get("dialect_options", {}))
        }
    assert partial == {"stories_unread", "reports_of_many", "outbox_unfinished", "pages_unsettled"}


def test_the_head_that_the_code_names_is_the_last_revision() -> None:
    """The quick look at a database's revision compares with the newest script."""
    configuration = Config()
    configuration.set_main_option("script_location", "bot.storage:migrations")
    configuration.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(configuration).get_heads() == [HEAD]


def test_several_programs_may_start_on_an_empty_database(empty: str) -> None:
    """Four at once: one makes the schema, the others wait and find it made."""
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(open_store, [empty] * 4))
    for store in stores:
        assert store.history.counts().stories == 0
        store.close()


def test_a_table_of_versions_without_any_is_that_of_an_empty_database(empty: str) -> None:
    """As Alembic leaves it where it went back to before the first revision."""
    with closing(Database(make_url(empty))) as database, database.locked() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
    with closing(open_store(empty)) as store, store._database.read() as connection:
        assert revision(connection) == HEAD


def test_a_database_in_memory_ends_with_its_store() -> None:
    """`sqlite://` is a store without a file, as `draht replay` needs it."""
    with closing(open_store("sqlite://")) as store:
        assert store.unread(1) == ()
    with closing(open_store("sqlite://")) as store:
        assert store.history.counts().feeds == 0
