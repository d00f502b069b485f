"""A real PostgreSQL for tests, from the system's own binaries.

It listens on a Unix socket in a temporary folder only, keeps nothing, and ends
with the test session. Under pytest-xdist every worker starts its own.
"""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "log_checkpoints=off")
_QUIET = ("listen_addresses=", "log_min_messages=log", "log_min_error_statement=panic")
_READY = "database system is ready to accept connections"


def binaries() -> Path | None:
    """Find the folder of PostgreSQL's programs, the newest version first."""
    by_version = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    on_path = shutil.which("initdb")
    places = [*reversed(by_version), *([Path(on_path).resolve().parent] if on_path else [])]
    return next((place for place in places if (place / "postgres").exists()), None)


class PostgresServer:
    """A running server; `database` makes an empty database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = (f"test_{number}" for number in itertools.count(1))

    def url(self, database: str) -> str:
        """Give the SQLAlchemy URL of a database of this server."""
        return f"postgresql://draht@/{database}?host={self._folder}"

    def database(self) -> str:
        """Make an empty database and give its name."""
        name = next(self._names)
        with psycopg.connect(self.url("postgres"), autocommit=True) as owner:
            owner.execute(f"CREATE DATABASE {name}".encode())
        return name


def _stand_in_user() -> str | None:
    """PostgreSQL refuses to run as root: name a user to step down to."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _initialise(programs: Path, data: Path, user: str | None) -> None:
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "draht", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"],
        check=True,
        user=user,
        cwd=data.parent,
        capture_output=True,
    )


def _start(programs: Path, data: Path, user: str | None) -> subprocess.Popen[str]:
    settings = [part for setting in (*_FAST, *_QUIET) for part in ("-c", setting)]
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, "-k", data.parent, *settings],
        user=user,
        cwd=data.parent,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    told = [*itertools.takewhile(lambda line: _READY not in line, server.stderr)]
    if server.poll() is not None:
        raise RuntimeError("PostgreSQL did not start: " + "".join(told))
    return server


def _stop(server: subprocess.Popen[str]) -> None:
    server.send_signal(signal.SIGQUIT)  # at once: nothing is to be kept
    server.communicate(timeout=30)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Run a PostgreSQL server for this session, or skip where the system has none."""
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL on this system (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="draht-pg-"))  # short: a socket's path has 107 bytes
    user = _stand_in_user()
    if user is not None:
        shutil.chown(folder, user)
    _initialise(programs, folder / "data", user)
    server = _start(programs, folder / "data", user)
    yield PostgresServer(folder)
    _stop(server)
    shutil.rmtree(folder, ignore_errors=True)
