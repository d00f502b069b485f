"""The history of the schema, run in code and shipped in the wheel."""

from sqlalchemy import Connection, inspect, text

from bot.errors import NewerSchemaError

# The revision that tables.py describes; a test holds it against versions/.
HEAD = "v0007"


def revision(connection: Connection) -> str | None:
    """Give the revision that a database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection, place: str) -> None:
    """Bring the database to HEAD within the connection's transaction.

    Call it under the write lock: two programs may start at once. Raises
    `NewerSchemaError` for a revision that this Draht does not know. A database
    that is at HEAD already costs one look (Alembic itself takes 0.3 s to import).
    """
    present = revision(connection)
    if present != HEAD:
        _migrate(connection, present, place)


def _migrate(connection: Connection, present: str | None, place: str) -> None:
    from alembic import command  # noqa: PLC0415  only a first start pays for it
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
