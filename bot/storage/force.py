"""Which configuration acts, and which watches have been known since when."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.model.force import InForce
from bot.storage.engine import Database, insert_into, put
from bot.storage.tables import in_force, watches

_NAME = "watch-list"


class Force:
    """The row that says which configuration acts; each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def present(self) -> InForce | None:
        """Give the configuration that acts, or acted last; None where none ever did."""
        with self._database.read() as connection:
            return _present(connection)

    def enter(self, revision: str, keys: Iterable[str], now: datetime) -> InForce:
        """Let a watch-list act, whose watches have these keys; what was wrong with the files is over.

        One that acts already does so since when it did.
        """
        with self._database.locked() as connection:
            know(connection, keys, now)
            before = _present(connection)
            since = before.since if before and before.revision == revision and before.since <= now else now
            entered = InForce(revision, since)
            _keep(connection, entered)
        return entered

    def broken(self, fault: str, now: datetime) -> None:
        """Note why files that were saved are not taken up; the configuration that acts goes on."""
        with self._database.write() as connection:
            told = update(in_force).where(in_force.c.name == _NAME)
            connection.execute(told.values(fault=fault, fault_at=now))


def know(connection: Connection, keys: Iterable[str], now: datetime) -> None:
    """Note the watches in force; those already known keep their first day.

    A first day that lies ahead, noted by a clock that was wrong, becomes `now`.
    """
    noted = [{"key": key, "since": now} for key in dict.fromkeys(keys)]
    connection.execute(update(watches).where(watches.c.since > now).values(since=now))
    if noted:
        connection.execute(insert_into(connection, watches).on_conflict_do_nothing(), noted)


def _present(connection: Connection) -> InForce | None:
    row = connection.execute(select(in_force).where(in_force.c.name == _NAME)).one_or_none()
    return None if row is None else InForce(row.revision, row.since, row.fault, row.fault_at)


def _keep(connection: Connection, entered: InForce) -> None:
    values = {"revision": entered.revision, "since": entered.since, "fault": None, "fault_at": None}
    put(connection, in_force, {"name": _NAME, **values}, "name")
