"""The databases that Draht can live in, and how each begins and locks a transaction.

Nothing outside this module (and the instance lock) knows which one it is.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import monotonic, sleep  # noqa: TID251 -- SQLite connects in a thread of its own or at the start
from typing import Any

from sqlalchemy import URL, Connection, Engine, Executable, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from bot.errors import StateError
from bot.storage.faults import told_about

# How long a program waits for another one's transaction (DESIGN.md §8 asks for a limit).
PATIENCE = 10.0
_SWITCHING = 1.0  # s in which another program has made its new file

# "draht" in ASCII with the lock's place after it: advisory locks are numbers.
LEDGER_LOCK = 0x6472616874_01
INSTANCE_LOCK = 0x6472616874_02

# How a transaction begins: it reads, or it writes and its commit outlives a power cut
# at once (LASTING) or soon (SOON). Each outlives the end of the program.
_KIND = "draht_kind"
_READS, _LASTING, _SOON = "reads", "lasting", "soon"


def parse_url(url: str) -> URL:
    """Read a database URL; the text of an error never repeats it, it may hold a password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StateError(f"DRAHT_DATABASE is no database URL; {_EXAMPLES}") from None
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise StateError(f"DRAHT_DATABASE names {parsed.drivername!r}, which Draht cannot use; {_EXAMPLES}")
    return parsed


_EXAMPLES = "examples: sqlite:////var/lib/draht/draht.db, postgresql://user:password@host/draht"


def place_of(url: URL) -> str:
    """Name a database for people, without user and password."""
    if url.drivername == "sqlite":
        return f"the database {url.database or 'in memory'}"
    host = url.host or url.query.get("host", "localhost")
    port = f":{url.port}" if url.port else ""
    return f"the PostgreSQL database {url.database} at {host}{port}"


class Database:
    """One database: read it, write it, or lock it for a decision.

    Every driver error comes out as a `StateError` about `place`. `patience` is
    the number of seconds to wait for a lock.
    """

    def __init__(self, url: URL, patience: float = PATIENCE) -> None:
        self.place = place_of(url)
        self._closed = False
        self._engine = _sqlite(url, patience) if url.drivername == "sqlite" else _postgresql(url, patience)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that only reads: one consistent view."""
        with self._open(_READS) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that writes; it is committed at the end, an error undoes it."""
        with self._open(_LASTING) as connection:
            yield connection

    @contextmanager
    def write_again(self) -> Iterator[Connection]:
        """Open a writing transaction for what can be had again: a power cut may undo it, whole.

        Waiting for the disk makes the look at an unchanged feed three times as
        dear on a good disk (0.9 ms instead of 0.3), and a slow one blocks for more.
        """
        with self._open(_SOON) as connection:
            yield connection

    @contextmanager
    def locked(self) -> Iterator[Connection]:
        """Open a writing transaction beside which no other locked one is open anywhere."""
        with self._open(_LASTING) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LEDGER_LOCK})
            yield connection

    def close(self) -> None:
        """Let go of every connection; the database cannot be used afterwards."""
        self._closed = True
        self._engine.dispose()

    @contextmanager
    def _open(self, kind: str) -> Iterator[Connection]:
        if self._closed:
            raise StateError(f"{self.place} has been closed")
        with told_about(self.place), self._engine.connect() as connection:
            connection.execution_options(**{_KIND: kind})
            with connection.begin():
                yield connection


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that knows ON CONFLICT, which both databases spell alike."""
    return _INSERTS[connection.dialect.name](table)


def put(
    connection: Connection,
    table: Table,
    row: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    key: str,
    once: Collection[str] = (),
) -> None:
    """Write a row, or several of the same columns, over the one with the same `key` if there is one.

    The columns named in `once` are written with a new row only.
    """
    if not row:
        return
    columns = row if isinstance(row, Mapping) else row[0]
    changing = frozenset(columns) - {key, *once}
    connection.execute(_putting(connection.dialect.name, table, key, changing), row)


_INSERTS: Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


@cache
def _putting(dialect: str, table: Table, key: str, changing: frozenset[str]) -> Executable:
    statement = _INSERTS[dialect](table)
    new = {name: statement.excluded[name] for name in sorted(changing)}
    return statement.on_conflict_do_update(index_elements=[key], set_=new)


def _sqlite(url: URL, patience: float) -> Engine:
    in_memory = url.database in {None, "", ":memory:"}
    if not in_memory and not url.query:
        _make_folder(Path(str(url.database)).parent)
    # A database in memory lives and dies with its one connection.
    pool: dict[str, Any] = {"pool_size": 1, "max_overflow": 0, "pool_timeout": patience} if in_memory else {}
    engine = create_engine(
        url,
        poolclass=QueuePool,
        hide_parameters=True,
        connect_args={"timeout": patience, "check_same_thread": False},
        **pool,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(
            f"the folder {folder} cannot be made ({error.strerror}): make it, or set DRAHT_STATE to another"
        ) from error


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver is to begin no transaction by itself: _begin_sqlite does.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; of programs that start on a new file together, SQLite lets none wait."""
    given_up = monotonic() + _SWITCHING
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if monotonic() > given_up:
                raise
            sleep(_SWITCHING / 100)
        else:
            return


# A transaction that reads first and writes later cannot wait for its turn (SQLITE_BUSY at
# once), so whoever is going to write says so at the start. FULL waits for the disk at each
# commit: no message is sent of which a power cut could take the row away. NORMAL leaves
# that to the next FULL one; the program's own end loses nothing either way.
_SQLITE_BEGINS = {
    _READS: ("BEGIN",),
    _LASTING: ("PRAGMA synchronous = FULL", "BEGIN IMMEDIATE"),
    _SOON: ("PRAGMA synchronous = NORMAL", "BEGIN IMMEDIATE"),
}


def _begin_sqlite(connection: Connection) -> None:
    for statement in _SQLITE_BEGINS[connection.get_execution_options()[_KIND]]:
        connection.exec_driver_sql(statement)


def _postgresql(url: URL, patience: float) -> Engine:
    options = f"{url.query.get('options', '')} -c lock_timeout={round(patience * 1000)} -c timezone=UTC"
    connect_args = {"connect_timeout": max(2, round(patience)), "options": options}
    pooling = {"pool_pre_ping": True, "pool_timeout": patience}
    engine = postgresql_engine(url, {"connect_args": connect_args, **pooling})
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def postgresql_engine(url: URL, settings: Mapping[str, Any]) -> Engine:
    """Make an engine for PostgreSQL, or say how to install its driver."""
    try:
        return create_engine(url, hide_parameters=True, **settings)
    except ImportError as error:
        raise StateError("PostgreSQL needs the extra: pip install 'draht[fleet]'") from error


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options()[_KIND] == _SOON:
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
