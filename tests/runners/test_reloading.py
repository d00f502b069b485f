"""What a running instance takes up when its files are saved, and what stays as it is."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import settings as environment
from bot.assembly import wired
from bot.configuration.vigil import GONE
from bot.errors import StateError
from bot.fitting import Files, reloading
from bot.model.feed import Feed, FeedState
from bot.model.fetch import Failed, Refusal
from bot.runners.present import Present
from bot.runners.reloading import Reloading
from bot.runners.wire import Wire

LIST = "keywords: [Austin]\n"
FEEDS = "articles: false\nfeeds:\n  - url: https://blatt.example/rss\n"
HOLDER = "holders:\n  - country: RU\n    person: Andrei Belousov\n    names: [Belusov]\n"
USABLE = 2  # looks after which a save is taken up: one that sees it, one that finds it still


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a configuration."""
    (tmp_path / "watchlist.yaml").write_text(LIST)
    (tmp_path / "feeds.yaml").write_text(FEEDS)
    return tmp_path


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[tuple[Present, Reloading]]:
    """Put an instance together that speaks to the terminal."""
    settings = environment.load({"DRAHT_CONFIG": str(folder), "DRAHT_STATE": str(folder / "state")})
    files = Files(settings)
    async with (
        wired(settings, files.configuration) as silent,
        reloading(settings, files, silent) as (present, reload),
    ):
        yield present, reload


async def looked(reload: Reloading, times: int = USABLE) -> None:
    """Let some ticks pass."""
    for _ in range(times):
        await reload.reload()


def test_what_is_the_same_is_not_made_anew(folder: Path) -> None:
    """The recogniser has learnt its languages, the pace what was sent, the connections whom they lead to."""

    async def main() -> None:
        async with running(folder) as (present, reload):
            old = present.wire
            (folder / "watchlist.yaml").write_text("language: en\nkeywords: [Austin, Pistorius]\n")
            await looked(reload)
            new = present.wire
            assert (new.desk.watchlist.language, new.desk.watchlist.watches[0].keywords) == (
                "en",
                ("Austin", "Pistorius"),
            )
            assert new.desk.recogniser is old.desk.recogniser
            assert (new.store, new.source, new.messenger, new.tempo, new.clock) == (
                old.store,
                old.source,
                old.messenger,
                old.tempo,
                old.clock,
            )

    asyncio.run(main())


def test_a_holder_that_is_saved_is_known_to_the_next_story(folder: Path) -> None:
    """holders.yaml changes the register, and so who is recognised; it makes another revision."""

    async def main() -> None:
        async with running(folder) as (present, reload):
            old = present.wire
            (folder / "holders.yaml").write_text(HOLDER)
            await looked(reload)
            assert present.wire.desk.recogniser is not old.desk.recogniser
            assert present.wire.desk.watchlist.revision != old.desk.watchlist.revision

    asyncio.run(main())


def test_other_networks_and_pages_are_asked_through_connections_of_their_own(folder: Path) -> None:
    """What was opened for a former list is closed once nobody uses it, never under a look."""
    feed = Feed("http://127.0.0.1:9/", "nobody")

    async def refusal(wire: Wire) -> Refusal:
        told = await wire.source.look(feed, FeedState(feed.url), wire.clock.now())
        assert isinstance(told, Failed)
        return told.refusal

    async def main() -> None:
        async with running(folder) as (present, reload):
            assert await refusal(present.wire) is Refusal.PRIVATE_ADDRESS
            (folder / "feeds.yaml").write_text('allow_private: ["127.0.0.0/8"]\n' + FEEDS)
            await looked(reload)
            second = present.wire
            with present.taken():
                (folder / "feeds.yaml").write_text(FEEDS.replace("false", "true"))
                await looked(reload, 4)
                assert present.wire.articles is not None
                assert present.wire.source is not second.source
                assert len(present.in_use()) == 2
                assert await refusal(second) is Refusal.UNREACHABLE
                assert await refusal(present.wire) is Refusal.PRIVATE_ADDRESS
            await looked(reload, 1)
            assert await refusal(second) is Refusal.FAULT

    asyncio.run(main())


def test_a_save_that_changes_nothing_is_no_reload(folder: Path) -> None:
    """The same bytes again: nothing comes into force, nothing is said."""

    async def main() -> None:
        async with running(folder) as (present, reload):
            old = present.wire
            (folder / "watchlist.yaml").write_text(LIST)
            await looked(reload)
            assert present.wire is old

    with capture_logs() as lines:
        asyncio.run(main())
    assert lines == []


def test_a_storm_of_saves_is_read_once_it_is_over(folder: Path) -> None:
    """A hundred saves, one at every look, are one reload: that of the last."""

    async def main() -> None:
        async with running(folder) as (present, reload):
            for number in range(100):
                (folder / "watchlist.yaml").write_text(f"keywords: [Austin, Wort{number}]\n")
                await looked(reload, 1)
            await looked(reload)
            assert present.wire.desk.watchlist.watches[0].keywords == ("Austin", "Wort99")

    with capture_logs() as lines:
        asyncio.run(main())
    assert len(lines) == 1


def test_a_list_whose_service_cannot_be_connected_is_not_taken_up(folder: Path) -> None:
    """Its variable is not set: the sentence names it, as it does at a start."""
    service = "channels: [{name: phone, service: env:DRAHT_NOT_SET}]\n"

    async def main() -> str | None:
        async with running(folder) as (present, reload):
            old = present.wire
            (folder / "watchlist.yaml").write_text(f"watches: [{{name: w, channel: phone}}]\n{service}")
            await looked(reload)
            assert present.wire is old
            known = old.store.force.present()
            assert known is not None
            return known.fault

    assert "the channel phone needs DRAHT_NOT_SET" in (asyncio.run(main()) or "")


def test_a_file_that_vanishes_is_an_error_only_when_it_stays_away(folder: Path) -> None:
    """Removed and written anew within seconds, it is a save; away for longer, it is missed, once."""

    async def main() -> None:
        async with running(folder) as (present, reload):
            path, text = folder / "watchlist.yaml", LIST + "# anew\n"
            path.unlink()
            await looked(reload, GONE)
            path.write_text(text)
            await looked(reload)
            path.unlink()
            await looked(reload, 3 * GONE)
            assert present.wire.desk.watchlist.watches[0].keywords == ("Austin",)

    with capture_logs() as lines:
        asyncio.run(main())
    assert [line["log_level"] for line in lines] == ["info", "error"]
    assert "the file is missing" in lines[1]["problems"]


def test_a_save_while_the_files_are_read_is_read_too(folder: Path) -> None:
    """What was read meanwhile is thrown away: nobody knows which of the two it was."""

    async def main() -> None:
        async with running(folder) as (present, reload):
            path = folder / "watchlist.yaml"
            path.write_text(LIST + "# one\n")
            await looked(reload, 1)
            reading = asyncio.create_task(reload.reload())
            await asyncio.sleep(0)  # the thread has its order
            path.write_text("keywords: [Austin, Pistorius, Lecornu]\n")
            await reading
            await looked(reload)
            assert present.wire.desk.watchlist.watches[0].keywords == ("Austin", "Pistorius", "Lecornu")

    with capture_logs() as lines:
        asyncio.run(main())
    assert len(lines) == 1


def test_a_database_that_is_held_puts_a_reload_off(folder: Path) -> None:
    """The old list goes on, and the new one is tried again."""

    async def main() -> None:
        async with running(folder) as (present, reload):
            old = present.wire
            (folder / "watchlist.yaml").write_text(LIST + "# one\n")
            await looked(reload, 1)
            old.store.close()
            with pytest.raises(Exception, match="closed"):
                await reload.reload()
            assert present.wire is old
            assert replace(old) == old

    asyncio.run(main())


def test_that_all_is_well_again_is_said_though_the_database_failed_meanwhile(folder: Path) -> None:
    """A broken save is taken back while nothing can be stored: the fault is gone once it can."""

    async def main() -> None:
        async with running(folder) as (present, reload):
            force = present.wire.store.force
            (folder / "watchlist.yaml").write_text("keywrds: [Austin]\n")
            await looked(reload)
            (folder / "watchlist.yaml").write_text(LIST)
            _sql(folder, "ALTER TABLE in_force RENAME TO elsewhere")
            await looked(reload, 1)
            with pytest.raises(StateError):
                await reload.reload()
            _sql(folder, "ALTER TABLE elsewhere RENAME TO in_force")
            assert (known := force.present()) is not None
            assert known.fault is not None
            await looked(reload)
            assert (known := force.present()) is not None
            assert known.fault is None

    asyncio.run(main())


def _sql(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "state" / "draht.db")) as database:
        database.execute(statement)
