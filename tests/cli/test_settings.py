"""What the environment may say, and what is said about it when it cannot be."""

from pathlib import Path

import pytest

from bot import settings
from bot.errors import UsageError

TOKEN = "123456789:AAbbCCddEEffGGhhIIjj"


def test_an_empty_environment_gives_the_defaults() -> None:
    """Without any variable Draht posts to the terminal and keeps its state where the platform says."""
    read = settings.load({})
    assert (read.telegram_token, read.telegram_chat, read.telegram_api, read.config) == (None,) * 4
    assert read.state.name == "draht"
    assert read.database == f"sqlite:///{read.state}/draht.db"
    assert read.web == settings.WebAddress("127.0.0.1", 8321)
    assert read.log == "info"


def test_an_empty_variable_counts_as_unset() -> None:
    """Compose files pass what is not filled in as empty; that is not a value."""
    assert settings.load({"DRAHT_TELEGRAM_TOKEN": "", "DRAHT_WEB": " ", "DRAHT_LOG": ""}) == settings.load({})


def test_every_variable_is_read() -> None:
    """Each variable of the README's table reaches its field."""
    read = settings.load(
        {
            "DRAHT_TELEGRAM_TOKEN": TOKEN,
            "DRAHT_TELEGRAM_CHAT": "@draht",
            "DRAHT_TELEGRAM_OPS_CHAT": "-1001234567890",
            "DRAHT_TELEGRAM_API": "http://127.0.0.1:8081/",
            "DRAHT_CONFIG": "/etc/draht",
            "DRAHT_DATABASE": "postgresql://draht@/draht",
            "DRAHT_STATE": "/var/lib/draht",
            "DRAHT_WEB": "[::1]:80",
            "DRAHT_LOG": "DEBUG",
            "DRAHT_TELEGRAM_EDITORS": "42, 1234567890,",
        }
    )
    assert read == settings.Settings(
        telegram_token=TOKEN,
        telegram_chat="@draht",
        telegram_ops_chat="-1001234567890",
        telegram_api="http://127.0.0.1:8081",
        config=Path("/etc/draht"),
        database="postgresql://draht@/draht",
        state=Path("/var/lib/draht"),
        web=settings.WebAddress("::1", 80),
        log="debug",
        telegram_editors=frozenset({42, 1234567890}),
    )


@pytest.mark.parametrize("value", ["@anna", "42 43", "-1001", "0", "42;43"])
def test_an_editor_is_a_number(value: str) -> None:
    """Names change hands; a group is no person."""
    with pytest.raises(UsageError, match=r"DRAHT_TELEGRAM_EDITORS holds .* numbers of Telegram users"):
        settings.load({"DRAHT_TELEGRAM_EDITORS": value})


def test_the_web_page_can_be_switched_off() -> None:
    """DRAHT_WEB=off means no web page at all."""
    assert settings.load({"DRAHT_WEB": "Off"}).web is None


def test_the_token_may_lie_in_a_file(tmp_path: Path) -> None:
    """Where secrets are mounted as files, the file's text without its line end is the token."""
    (tmp_path / "token").write_text(TOKEN + "\n")
    assert settings.load({"DRAHT_TELEGRAM_TOKEN_FILE": str(tmp_path / "token")}).telegram_token == TOKEN


def test_secrets_never_show_in_the_repr() -> None:
    """A Settings that ends up in a log line or a traceback gives away neither token nor password."""
    shown = repr(
        settings.load({"DRAHT_TELEGRAM_TOKEN": TOKEN, "DRAHT_DATABASE": "postgresql://a:geheim@h/d"})
    )
    assert TOKEN not in shown
    assert "geheim" not in shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DRAHT_TELEGRAM_TOKEN", "12 34:geheim"),
        ("DRAHT_TELEGRAM_TOKEN_FILE", "/does/not/exist"),
        ("DRAHT_TELEGRAM_CHAT", "draht"),
        ("DRAHT_TELEGRAM_OPS_CHAT", "@"),
        ("DRAHT_TELEGRAM_API", "ftp://example.org"),
        ("DRAHT_TELEGRAM_API", "http://example.org:99999999"),
        ("DRAHT_TELEGRAM_API", "draht:geheim@example.org"),
        ("DRAHT_DATABASE", "draht.db"),
        ("DRAHT_WEB", "8321"),
        ("DRAHT_WEB", "localhost:99999"),
        ("DRAHT_LOG", "loud"),
    ],
)
def test_a_value_that_cannot_be_is_one_sentence_that_names_its_variable(name: str, value: str) -> None:
    """The operator reads which variable to mend; a secret is not repeated."""
    with pytest.raises(UsageError) as caught:
        settings.load({name: value})
    assert str(caught.value).startswith(name + " ")
    assert "\n" not in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_all_bad_variables_are_told_at_once() -> None:
    """Two mistakes take one start to find, not two."""
    with pytest.raises(UsageError) as caught:
        settings.load({"DRAHT_LOG": "loud", "DRAHT_TELEGRAM_CHAT": "x"})
    assert len(str(caught.value).splitlines()) == 2


def test_a_token_given_twice_is_refused(tmp_path: Path) -> None:
    """Of a token and a token file neither silently wins."""
    with pytest.raises(UsageError, match="both set"):
        settings.load({"DRAHT_TELEGRAM_TOKEN": TOKEN, "DRAHT_TELEGRAM_TOKEN_FILE": str(tmp_path)})
