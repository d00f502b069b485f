"""A driver's error turned, once and at the edge, into a sentence about the database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import LedgerBusyError, StateError

_DAMAGED = "is damaged: put a backup in its place"

# SQLite's result codes by name (sqlite.org/rescode.html); extended codes begin with these.
_SQLITE: tuple[tuple[str, type[StateError], str], ...] = (
    ("SQLITE_BUSY", LedgerBusyError, "is held by another program: end that one, or try again later"),
    ("SQLITE_LOCKED", LedgerBusyError, "is held by another program: end that one, or try again later"),
    ("SQLITE_FULL", StateError, "cannot grow, the disk is full: free some space; nothing stored is lost"),
    ("SQLITE_READONLY", StateError, "cannot be written: give this user the right to write it and its folder"),
    ("SQLITE_CANTOPEN", StateError, "cannot be opened: give this user the right to write it and its folder"),
    ("SQLITE_PERM", StateError, "cannot be opened: give this user the right to write it and its folder"),
    ("SQLITE_NOTADB", StateError, "is not a database: move that file away, or name another one"),
    ("SQLITE_CORRUPT", StateError, _DAMAGED),
    ("SQLITE_IOERR", StateError, "cannot be read or written, the disk reports a fault: look at the disk"),
)

# PostgreSQL's SQLSTATEs (its manual, appendix A); a class of two characters stands for all of it.
_POSTGRESQL: tuple[tuple[str, type[StateError], str], ...] = (
    ("55P03", LedgerBusyError, "is held by another program: end that one, or try again later"),
    ("40", LedgerBusyError, "could not take this change beside another program's: try again"),
    ("53100", StateError, "cannot grow, its disk is full: free some space; nothing stored is lost"),
    ("53", StateError, "is out of resources: look at its log"),
    ("25006", StateError, "can only be read: connect to the server that takes writes"),
    ("42501", StateError, "refuses this user: grant it the right to create and write tables"),
    ("28", StateError, "refuses this user: look at name and password in DRAHT_DATABASE"),
    ("3D000", StateError, "has no database of that name: create it"),
    ("57", StateError, "ended the connection: look whether the server runs"),
)


@contextmanager
def told_about(place: str) -> Iterator[None]:
    """Let no driver error out: each becomes a StateError that names the database.

    `place` is what the operator knows the database by, without secrets. Errors
    of this program (an instant without zone) stay what they are.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise LedgerBusyError(f"{place} is busy: Draht itself holds all connections to it") from error
    except DBAPIError as error:
        raise _sentence(place, error.orig) from error
    except sqlite3.Error as error:  # from the statements that prepare a new connection
        raise _sentence(place, error) from error
    except (UnicodeDecodeError, JSONDecodeError) as error:  # no driver's error, but a text that nobody wrote
        raise StateError(f"{place} {_DAMAGED}") from error


def _sentence(place: str, fault: BaseException | None) -> StateError:
    """Find the sentence for a driver's error; an unforeseen one tells its own first line."""
    name = getattr(fault, "sqlite_errorname", None)
    state = getattr(fault, "sqlstate", None)
    for code, kind, words in _SQLITE if name else _POSTGRESQL:
        if (name or state or "").startswith(code):
            return kind(f"{place} {words}")
    first_line = str(fault).partition("\n")[0]
    if type(fault).__module__.startswith("psycopg") and state is None:
        return StateError(f"{place} cannot be reached, look whether the server runs ({first_line})")
    return StateError(f"{place} cannot be used: {first_line}")
