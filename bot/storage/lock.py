"""One instance acts (DESIGN.md §4.8): a lock that dies with its holder, never by a time-out."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Connection, text
from sqlalchemy.pool import NullPool

from bot.errors import StateError
from bot.storage.engine import INSTANCE_LOCK, PATIENCE, parse_url, place_of, postgresql_engine
from bot.storage.faults import told_about

LOCK_FILE = "draht.lock"

# A holder whose machine vanished is let go by the server after a minute; its own system would take two hours.
_KEEPALIVE = "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"


class InstanceLock(Protocol):
    """The right to act, held until it is released or the program ends, however it ends."""

    def check(self) -> None:
        """Raise `StateError` if the lock was lost, as by a server's restart; then stop acting."""
        ...

    def release(self) -> None:
        """Let another instance act."""
        ...


@dataclass(frozen=True, slots=True)
class HeldBy:
    """Another instance acts; `who` is what it said of itself, or "another instance"."""

    who: str


def acquire(url: str, state: Path, who: str) -> InstanceLock | HeldBy:
    """Take the instance lock of a database if it is free; never waits.

    On SQLite it is a lock on a file in the state folder, on PostgreSQL one of a
    session of its own. `who` tells other instances who holds it ("draht run,
    process 4711 on kiste"). Raises `StateError` where the folder or server
    cannot be used.
    """
    parsed = parse_url(url)
    if parsed.drivername == "sqlite":
        return _acquire_file(state / LOCK_FILE, who)
    return _acquire_session(parsed, who)


class _FileLock:
    def __init__(self, handle: int) -> None:
        self._handle = handle

    def check(self) -> None:
        """Nothing can take a file lock away from a living program."""

    def release(self) -> None:
        """Let go; the file stays, as removing it would let two programs lock two files."""
        os.ftruncate(self._handle, 0)
        os.close(self._handle)


def _acquire_file(path: Path, who: str) -> InstanceLock | HeldBy:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except (FileExistsError, NotADirectoryError) as error:
        raise StateError(
            f"the lock {path} cannot be made: {_file_above(path)} is a file; set DRAHT_STATE to a folder"
        ) from error
    except OSError as error:
        raise StateError(
            f"the lock {path} cannot be made ({error.strerror}): give this user the right to write "
            "that folder, or set DRAHT_STATE to another"
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return HeldBy(path.read_text(encoding="utf-8", errors="replace").strip() or "another instance")
    os.ftruncate(handle, 0)
    os.write(handle, who.encode())
    return _FileLock(handle)


def _file_above(path: Path) -> Path:
    return next((above for above in path.parents if above.is_file()), path.parent)


class _SessionLock:
    def __init__(self, connection: Connection, place: str) -> None:
        self._connection = connection
        self._place = place

    def check(self) -> None:
        """Ask whether the session that holds the lock still lives."""
        with told_about(self._place):
            self._connection.execute(text("SELECT 1"))

    def release(self) -> None:
        """End the session, and the lock with it."""
        self._connection.close()


def _acquire_session(url: URL, who: str) -> InstanceLock | HeldBy:
    place = place_of(url)
    options = f"{url.query.get('options', '')} {_KEEPALIVE}"
    about = {"application_name": who, "options": options, "connect_timeout": round(PATIENCE)}
    own = {"poolclass": NullPool, "isolation_level": "AUTOCOMMIT"}
    engine = postgresql_engine(url, {"connect_args": about, **own})
    with told_about(place):
        connection = engine.connect()
        key = {"key": INSTANCE_LOCK}
        if connection.execute(text("SELECT pg_try_advisory_lock(:key)"), key).scalar():
            return _SessionLock(connection, place)
        holder = connection.execute(text(_HOLDER), key).scalar()
        connection.close()
        return HeldBy(holder or "another instance")


_HOLDER = """
SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 1
AND (classid::bigint << 32 | objid::bigint) = :key
AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
