"""The environment as a frozen value; the only reader of `os.environ`.

An empty variable counts as unset, as compose files and unit files leave them.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from platformdirs import user_state_path

from bot.errors import UsageError

DEFAULT_WEB = "127.0.0.1:8321"
LEVELS = ("debug", "info", "warning", "error")

_TOKEN = re.compile(r"[A-Za-z0-9_:-]+")
_CHAT = re.compile(r"@[A-Za-z][A-Za-z0-9_]*|-?[0-9]+")
_USER = re.compile(r"[1-9][0-9]{0,15}")
_ADDRESS = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[^:\[\]\s]+):(?P<port>[0-9]{1,5})")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where the web page listens."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; secrets never show in its `repr`.

    `telegram_token` is None where posts go to the terminal. `telegram_api` is
    None for Telegram's own servers. `config` is None where the folder is to be
    looked for. `telegram_editors` are the user numbers of those who may correct
    and hold up posts, `telegram_profile` that of the user whose profile shows the
    channel. `database` is an SQLAlchemy URL. `web` is None for no web page.
    `heartbeat` is an address to ask every minute while feeds are heard, None for none.
    """

    telegram_token: str | None = field(repr=False)
    telegram_chat: str | None
    telegram_ops_chat: str | None
    telegram_api: str | None
    config: Path | None
    database: str = field(repr=False)
    state: Path
    web: WebAddress | None
    log: str
    heartbeat: str | None = field(default=None, repr=False)
    telegram_editors: frozenset[int] = frozenset()
    telegram_profile: int | None = None


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the process's environment, or from the mapping given.

    Raises `UsageError` that names every variable with a value that cannot be.
    """
    reader = _Reader(os.environ if environment is None else environment)
    state = reader.read("DRAHT_STATE", _folder) or user_state_path("draht")
    settings = Settings(
        telegram_token=reader.secret("DRAHT_TELEGRAM_TOKEN", _token),
        telegram_chat=reader.read("DRAHT_TELEGRAM_CHAT", _chat),
        telegram_ops_chat=reader.read("DRAHT_TELEGRAM_OPS_CHAT", _chat),
        telegram_api=reader.read("DRAHT_TELEGRAM_API", _base_url),
        config=reader.read("DRAHT_CONFIG", _folder),
        database=reader.read("DRAHT_DATABASE", _database) or f"sqlite:///{state / 'draht.db'}",
        state=state,
        web=_web(reader),
        log=reader.read("DRAHT_LOG", _level) or "info",
        heartbeat=reader.secret("DRAHT_HEARTBEAT_URL", _heartbeat),
        telegram_editors=reader.read("DRAHT_TELEGRAM_EDITORS", _users) or frozenset(),
        telegram_profile=reader.read("DRAHT_TELEGRAM_PROFILE", _user),
    )
    reader.raise_faults()
    return settings


def variable(name: str, environment: Mapping[str, str] | None = None) -> str | None:
    """Read one variable that the configuration names, or the file that `<name>_FILE` names; None where unset.

    Raises `UsageError` where the file cannot be read, or both are set.
    """
    reader = _Reader(os.environ if environment is None else environment)
    value = reader.secret(name, str)
    reader.raise_faults()
    return value or None


class _Reader:
    """Reads variables one by one and keeps what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._faults: list[str] = []

    def read(self, name: str, parse: Callable[[str], _T]) -> _T | None:
        value = self._environment.get(name, "").strip()
        return self._parsed(name, value, parse) if value else None

    def secret(self, name: str, parse: Callable[[str], _T]) -> _T | None:
        path = self._environment.get(f"{name}_FILE", "").strip()
        if not path:
            return self.read(name, parse)
        if self._environment.get(name, "").strip():
            self._faults.append(f"{name} and {name}_FILE are both set; keep one of them")
            return None
        return self._parsed(f"{name}_FILE", path, lambda p: parse(_first_line(p)))

    def raise_faults(self) -> None:
        if self._faults:
            raise UsageError("\n".join(self._faults))

    def _parsed(self, name: str, value: str, parse: Callable[[str], _T]) -> _T | None:
        try:
            return parse(value)
        except ValueError as error:
            self._faults.append(f"{name} {error}")
            return None


def _first_line(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"names a file that cannot be read: {path} ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"names a file that is not text: {path}") from error


def _token(value: str) -> str:
    if not _TOKEN.fullmatch(value):
        # The value itself stays unsaid: it may be most of a secret.
        raise ValueError("does not hold a bot token; BotFather's look like 123456789:AbC-dEf_…")
    return value


def _chat(value: str) -> str:
    if not _CHAT.fullmatch(value):
        raise ValueError(f"is {value!r}; a chat is @name or a number such as -1001234567890")
    return value


def _users(value: str) -> frozenset[int]:
    written = [one.strip() for one in value.split(",") if one.strip()]
    strange = [one for one in written if not _USER.fullmatch(one)]
    if strange:
        raise ValueError(
            f"holds {strange[0]!r}; it lists the numbers of Telegram users, such as 123456789, 987654321 "
            "(the bot says yours to whoever tries an editor's command in DRAHT_TELEGRAM_OPS_CHAT)"
        )
    return frozenset(map(int, written))


def _user(value: str) -> int:
    if not _USER.fullmatch(value):
        raise ValueError(f"is {value!r}; it should be the number of a user, such as 123456789")
    return int(value)


def _base_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        # One with a user may hold a password.
        found = "is no URL" if "@" in value else f"is {value!r}"
        raise ValueError(f"{found}; it should be a base URL such as http://127.0.0.1:8081")
    return value.rstrip("/")


def _heartbeat(value: str) -> str:
    try:
        return _base_url(value)
    except ValueError:
        # The value stays unsaid: whoever knows it could feign life.
        raise ValueError("holds no http or https address") from None


def _database(value: str) -> str:
    if "://" not in value:
        raise ValueError(
            "is no database URL; examples: sqlite:////var/lib/draht/draht.db, postgresql://…/draht"
        )
    return value


def _folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _level(value: str) -> str:
    if value.lower() not in LEVELS:
        raise ValueError(f"is {value!r}; the levels are {', '.join(LEVELS)}")
    return value.lower()


def _web(reader: _Reader) -> WebAddress | None:
    off = reader.read("DRAHT_WEB", str.lower) == "off"
    return None if off else reader.read("DRAHT_WEB", _address) or _address(DEFAULT_WEB)


def _address(value: str) -> WebAddress:
    match = _ADDRESS.fullmatch(value)
    if match is None or int(match["port"]) > 65535:  # noqa: PLR2004  the highest port there is
        raise ValueError(f"is {value!r}; it should be an address such as {DEFAULT_WEB}, or off")
    return WebAddress(match["host"].strip("[]"), int(match["port"]))
