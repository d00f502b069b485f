"""Every way in which a database can refuse, as one clear sentence about it."""

import os
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, make_url

from bot.errors import LedgerBusyError, NewerSchemaError, StateError
from bot.model.feed import FeedState
from bot.storage import SqlStore, open_store
from bot.storage.engine import Database, parse_url
from bot.storage.tables import metadata
from tests.fakes.postgres import PostgresServer
from tests.storage.conftest import IMPATIENCE
from tests.storage.newsday import NOON, alert_of, contact_of, recognition_of, story_of

Call = Callable[[SqlStore], object]
SECRET = "hunter2"
_NOBODY = 65534


def _decide(store: SqlStore) -> None:
    with store.ledger() as ledger:
        ledger.enter(contact_of("june", NOON.date()), NOON)
        ledger.close_story(story_of("one"), recognition_of(), [])


def _retell(store: SqlStore) -> None:
    with store.ledger() as ledger:
        ledger.tell(alert_of("june", "another body"), NOON)


def _resave(store: SqlStore) -> None:
    (entry,) = store.outbox_due(NOON)
    store.save_entry(entry)


READS: dict[str, Call] = {
    "feed_states": lambda store: store.feed_states(["u"]),
    "unread": lambda store: store.unread(1),
    "outbox_due": lambda store: store.outbox_due(NOON),
    "highest_message": lambda store: store.highest_message(""),
    "chat_moves": lambda store: store.chat_moves(),
    "last_beat": lambda store: store.last_beat("run"),
    "counts": lambda store: store.history.counts(),
    "contacts": lambda store: store.history.contacts(),
    "entered_unposted": lambda store: store.history.entered_unposted(NOON),
    "reading": lambda store: store.history.reading("one"),
    "in_force": lambda store: store.force.present(),
}
WRITES: dict[str, Call] = {
    "save_look": lambda store: store.save_look(FeedState("u"), [story_of("two")]),
    "ledger": _decide,
    "tell": _retell,
    "know_watches": lambda store: store.know_watches(["a"], NOON),
    "save_entry": _resave,
    "move_chat": lambda store: store.move_chat("a", "b", NOON),
    "speaks_through": lambda store: store.speaks_through("terminal", "", NOON),
    "beat": lambda store: store.beat("run", NOON),
    "enter": lambda store: store.force.enter("a1b2c3d4", ["k"], NOON),
    "broken": lambda store: store.force.broken("no", NOON),
}
EVERY = {**READS, **WRITES}


@pytest.fixture
def used(store: SqlStore) -> SqlStore:
    """Give a store that holds a little of everything."""
    store.save_look(FeedState("u"), [story_of("one")])
    with store.ledger() as ledger:
        ledger.tell(alert_of("june", "a"), NOON)
    return store


@contextmanager
def _held_by_another(url: str) -> Iterator[None]:
    """Hold a database as another program would, readers and all."""
    parsed = make_url(url)
    if parsed.drivername == "sqlite":
        with closing(sqlite3.connect(str(parsed.database), isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            yield
        return
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE " + ", ".join(metadata.tables) + " IN ACCESS EXCLUSIVE MODE")
        yield


@pytest.mark.parametrize("name", EVERY)
def test_a_locked_database_is_told_as_busy(used: SqlStore, url: str, name: str) -> None:
    """Whatever is asked of a database that another program holds too long: which one is busy, and by whom."""
    used._database._engine.dispose()  # SQLite gives no exclusive lock beside an open connection
    with (
        _held_by_another(url),
        pytest.raises(LedgerBusyError, match=r"(?s)database .*(draht\.db|test_\d).* held by another program"),
    ):
        EVERY[name](used)


@pytest.mark.parametrize("name", EVERY)
def test_a_closed_store_says_so(store: SqlStore, name: str) -> None:
    """Nothing opens the database again behind its owner's back."""
    store.close()
    with pytest.raises(StateError, match="has been closed"):
        EVERY[name](store)


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize("name", [*WRITES])
def test_a_database_that_may_only_be_read_is_told(url: str, name: str) -> None:
    """Each write to a read-only database says that it is one; what is stored can still be read."""
    with closing(_reader_of(url)) as reader:
        with pytest.raises(StateError, match=r"cannot be written|can only be read"):
            WRITES[name](reader)
        assert len(reader.unread(10)) == 1


def _reader_of(url: str) -> SqlStore:
    """Open a database so that it can only be read, as on a read-only disk or a standby server."""
    parsed = make_url(url)
    if parsed.drivername == "sqlite":
        return SqlStore(Database(make_url(f"sqlite:///file:{parsed.database}?mode=ro&uri=true")))
    return SqlStore(Database(parse_url(f"{url}&options=-c%20default_transaction_read_only%3Don"), IMPATIENCE))


def test_a_full_disk_is_told_and_nothing_stored_is_lost(tmp_path: Path) -> None:
    """A look that finds the disk full says so; all looks before it are kept."""
    store = open_store(f"sqlite:///{tmp_path / 'draht.db'}")
    engine = store._database._engine
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 60"))
    looks = (store.save_look(FeedState("u"), [story_of(f"{number}-{'x' * 500}")]) for number in count())
    kept: list[int] = []
    with closing(store), pytest.raises(StateError, match="disk is full"):
        kept.extend(looks)
    with closing(open_store(f"sqlite:///{tmp_path / 'draht.db'}")) as again:
        assert len(again.unread(2000)) == len(kept) > 0


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """A file of another kind is left alone."""
    path = tmp_path / "draht.db"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(StateError, match=r"draht\.db is not a database"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes().startswith(b"no database")


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_file_ends_in_a_sentence(migrated_file: Path, tmp_path: Path, seed: int) -> None:
    """Whichever bytes a disk has turned, in the schema too: a sentence, or nothing was noticed."""
    draw, content = random.Random(seed), bytearray(migrated_file.read_bytes())  # noqa: S311  a test's dice
    for _ in range(300):
        content[draw.randrange(100, len(content))] = draw.randrange(256)
    (tmp_path / "draht.db").write_bytes(content)
    with suppress(StateError), closing(open_store(f"sqlite:///{tmp_path / 'draht.db'}")) as store:
        for call in EVERY.values():
            call(store)


def test_a_document_that_nobody_wrote_is_told(used: SqlStore) -> None:
    """Half a document in a column is damage, not a fault of the program."""
    with used._database.write() as connection:
        connection.exec_driver_sql("UPDATE stories SET verdict = 'none', recognition = '{\"verdict\": '")
    with pytest.raises(StateError, match="is damaged: put a backup in its place"):
        used.history.reading(story_of("one").id)


def test_a_database_of_a_newer_draht_is_left_alone(url: str) -> None:
    """A schema that this version does not know is neither used nor changed."""
    with closing(open_store(url)) as store, store._database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'v9999'")
    with pytest.raises(NewerSchemaError, match=r"newer Draht.*v9999"):
        open_store(url)


@contextmanager
def _powerless() -> Iterator[Path]:
    """Give a folder that this user may only read; root, who may write anywhere, is nobody meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="draht-"))
    folder.chmod(0o555)
    user = os.geteuid()
    os.seteuid(user or _NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(user)
        folder.rmdir()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("draht.db", "the database {}/draht.db cannot be"),
        ("deeper/draht.db", "the folder {}/deeper cannot be made"),
    ],
)
def test_a_state_folder_that_may_not_be_written_is_told(path: str, sentence: str) -> None:
    """A user without the right to write the state folder reads which folder it is."""
    with _powerless() as folder, pytest.raises(StateError, match=sentence.format(folder)):
        open_store(f"sqlite:///{folder}/{path}")


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://draht:{SECRET}@127.0.0.1:1/draht",
        f"postgresql://draht:{SECRET}@/draht?host=/nowhere",
        f"mysql://draht:{SECRET}@host/draht",
        f"postgresql://draht:{SECRET}@host:port/draht",
        f"{SECRET}",
    ],
)
def test_no_password_is_ever_told(url: str) -> None:
    """Whatever is wrong with an address, its password stays out of every text of the error and its causes."""
    with pytest.raises(StateError) as caught:
        open_store(url, patience=IMPATIENCE)
    error: BaseException | None = caught.value
    while error is not None:
        assert SECRET not in f"{error!r} {error}"
        error = error.__cause__


def test_a_server_that_is_not_there_is_named(postgres: PostgresServer) -> None:
    """The sentence names host and database, and asks whether the server runs."""
    with pytest.raises(StateError, match=r"database draht at /nowhere cannot be reached.*server runs"):
        open_store("postgresql://draht@/draht?host=/nowhere", patience=IMPATIENCE)
    with pytest.raises(StateError, match=r'database missing at .* "missing" does not exist'):
        open_store(postgres.url("missing"))


def test_a_server_that_restarts_is_found_again(postgres_url: str) -> None:
    """Connections that the server ended are replaced, the next call works."""
    store = open_store(postgres_url)
    store.beat("run", NOON)
    with psycopg.connect(postgres_url, autocommit=True) as owner:
        owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    with closing(store):
        assert store.last_beat("run") == NOON
