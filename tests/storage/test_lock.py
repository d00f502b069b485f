"""One instance acts, and its lock ends with it."""

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.errors import StateError
from bot.storage.lock import HeldBy, InstanceLock, acquire

_HOLDING = """
import sys
from pathlib import Path
from bot.storage.lock import acquire
lock = acquire(sys.argv[1], Path(sys.argv[2]), "the first, on kiste")
print("held", flush=True)
sys.stdin.read()
"""


def _taken(url: str, state: Path, who: str = "the second") -> InstanceLock:
    lock = acquire(url, state, who)
    assert not isinstance(lock, HeldBy)
    return lock


def test_a_second_instance_hears_who_holds_the_lock(url: str, tmp_path: Path) -> None:
    """While one instance acts, another is told who that is."""
    first = _taken(url, tmp_path, "draht run, process 4711 on kiste")
    assert acquire(url, tmp_path, "the second") == HeldBy("draht run, process 4711 on kiste")
    first.check()
    first.release()
    _taken(url, tmp_path).release()


def test_the_lock_dies_with_its_holder(url: str, tmp_path: Path) -> None:
    """After kill -9 the lock is free, without any time-out."""
    command = [sys.executable, "-c", _HOLDING, url, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert acquire(url, tmp_path, "the second") == HeldBy("the first, on kiste")
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    lock = acquire(url, tmp_path, "the second")
    while isinstance(lock, HeldBy):  # the server takes a moment to see that its client is gone
        lock = acquire(url, tmp_path, "the second")
    lock.release()


def test_two_databases_have_two_locks(url: str, tmp_path: Path) -> None:
    """Another state folder is another instance, on SQLite; PostgreSQL's lock belongs to the database."""
    lock = _taken(url, tmp_path / "one")
    other = acquire(url, tmp_path / "two", "the second")
    assert isinstance(other, HeldBy) == url.startswith("postgresql")
    for held in (lock, other):
        if not isinstance(held, HeldBy):
            held.release()


def test_a_lock_lost_with_its_server_session_is_noticed(postgres_url: str, tmp_path: Path) -> None:
    """When the server ends the session, the holder hears at its next check that it must not act."""
    lock = _taken(postgres_url, tmp_path)
    with closing(psycopg.connect(postgres_url, autocommit=True)) as owner:
        owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'the second'"
        )
    with pytest.raises(StateError, match=r"ended the connection|cannot be reached"):
        lock.check()
    lock.release()


def test_a_folder_that_cannot_hold_the_lock_is_named(tmp_path: Path) -> None:
    """A state folder that is a file, or lies below one, is told so: no right to write would help."""
    (tmp_path / "state").write_text("a file")
    for folder in (tmp_path / "state", tmp_path / "state" / "deeper"):
        with pytest.raises(StateError, match=r"draht\.lock cannot be made: .*/state is a file; set"):
            acquire("sqlite://", folder, "the second")
