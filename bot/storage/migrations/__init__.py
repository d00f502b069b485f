"""The history of the schema, run in code and shipped in the wheel."""

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, text

from bot.errors import NewerSchemaError
from bot.storage.tables import metadata

# The revision that tables.py describes; a test holds it against versions/.
HEAD = "v0007"

# Alembic's own table, as it makes it.
_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def revision(connection: Connection) -> str | None:
    """Give the revision that a database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection, place: str) -> None:
    """Bring the database to HEAD within the connection's transaction.

    Call it under the write lock: two programs may start at once. Raises
    `NewerSchemaError` for a revision that this Draht does not know. A database
    that is at HEAD already costs one look, and an empty one is made at once from
    tables.py: Alembic itself takes 0.3 s and 10 MB, for as long as Draht runs.
    """
    present = revision(connection)
    if present is None:
        _make(connection)
    elif present != HEAD:
        migrate(connection, present, place)


def _make(connection: Connection) -> None:
    metadata.create_all(connection, checkfirst=False)
    _VERSION.create(connection, checkfirst=True)  # one that names no revision may be there
    connection.execute(_VERSION.insert().values(version_num=HEAD))


def migrate(connection: Connection, present: str | None, place: str) -> None:
    """Go through the revisions from the present one (None: the first) to HEAD, as `upgrade` does."""
    from alembic import command  # noqa: PLC0415  only a new version's first start pays for it
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    configuration = Config(attributes={"connection": connection})
    configuration.set_main_option("script_location", "bot.storage:migrations")
    configuration.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(configuration).walk_revisions()}
    if present is not None and present not in known:
        raise NewerSchemaError(
            f"{place} was made by a newer Draht (its schema is {present}, this one knows up to {HEAD}): "
            "install that version again, or give this one another database"
        )
    command.upgrade(configuration, "head")
