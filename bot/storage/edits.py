"""What was changed in the files of the configuration from the operators' chat, and what was not wanted."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.model.change import Edit
from bot.storage.engine import Database, insert_into, put
from bot.storage.rows import AnyRow
from bot.storage.tables import edits, vetoes

KEPT = 50
"""Edits that can be taken back; each is kept with the whole file before and after it."""


class Edits:
    """The book of edits and vetoes; each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, edit: Edit) -> None:
        """Write an edit, or that it was taken back; of all but the newest nothing is kept."""
        values = {
            "id": edit.id,
            "file": edit.file,
            "before": edit.before,
            "after": edit.after,
            "what": edit.what,
            "by": edit.by,
            "at": edit.at,
            "undone_by": edit.undone_by,
        }
        with self._database.write() as connection:
            put(connection, edits, values, "id")
            numbers = select(edits.c.number).order_by(edits.c.number.desc())
            old = connection.execute(numbers.offset(KEPT)).scalars().all()
            connection.execute(delete(edits).where(edits.c.number.in_(old)))

    def forget(self, name: str) -> None:
        """Take an edit out of the book: its file could not be written."""
        with self._database.write() as connection:
            connection.execute(delete(edits).where(edits.c.id == name))

    def edit(self, name: str) -> Edit | None:
        """Give an edit by its id; None where it is not known any more."""
        with self._database.read() as connection:
            row = connection.execute(select(edits).where(edits.c.id == name)).one_or_none()
            return None if row is None else _edit(row)

    def undone(self, by: str) -> Edit | None:
        """Give the edit that was taken back by this request."""
        with self._database.read() as connection:
            row = connection.execute(select(edits).where(edits.c.undone_by == by)).first()
            return None if row is None else _edit(row)

    def newest(self) -> Edit | None:
        """Give the newest edit that was not taken back."""
        standing = select(edits).where(edits.c.undone_by.is_(None))
        with self._database.read() as connection:
            row = connection.execute(standing.order_by(edits.c.number.desc()).limit(1)).first()
            return None if row is None else _edit(row)

    def veto(self, suggestion: str, by: str, at: datetime) -> None:
        """Write that a suggestion is not wanted."""
        with self._database.write() as connection:
            row = insert_into(connection, vetoes).values(id=suggestion, by=by, at=at)
            connection.execute(row.on_conflict_do_nothing())

    def vetoed(self) -> frozenset[str]:
        """Give every suggestion that is not wanted."""
        with self._database.read() as connection:
            return frozenset(connection.execute(select(vetoes.c.id)).scalars())


def _edit(row: AnyRow) -> Edit:
    return Edit(row.id, row.file, row.before, row.after, row.what, row.by, row.at, row.undone_by)
