"""A bot killed between what it did and what it said of it: the update comes again, and changes nothing."""

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.model.alert import Kind
from bot.storage import SqlStore, open_store
from tests.servers.bot_api import Fault, FaultKind
from tests.storage.newsday import NOON
from tests.talk.stage import EDITOR, JULY, JUNE, OPS, Stage

Spoken = Callable[[Stage], None]


def _ran(talk: Stage, database: str, *folder: str) -> int:
    """Run a bot of its own to its end, or to the kill that is planned; give its exit status."""
    command = [sys.executable, "-m", "tests.talk.talker", database, talk.api.url, str(EDITOR.id), str(OPS)]
    command += folder
    with subprocess.Popen(command) as process:
        talk.api.kill = lambda: process.send_signal(signal.SIGKILL)
        return process.wait(60)


def _state(store: SqlStore) -> Any:
    archive = store.archive
    due = store.outbox_due(NOON + timedelta(days=400))
    return archive.rulings(), archive.backlog(), due, store.switch("pause"), store.switch("mute")


def test_what_is_handled_twice_changes_nothing_twice(talk: Stage, tmp_path: Path) -> None:
    """Killed at each answer in turn, it ends with one ruling, one pause, one approval, as if never killed."""
    database = f"sqlite:///{tmp_path / 'draht.db'}"
    store = open_store(database)
    talk.wire = replace(talk.wire, store=store)
    contact = talk.entered("june", JUNE)
    talk.told(contact)
    held = talk.told(talk.entered("july", JULY), held=True)
    talk.presses(EDITOR, f"n:{contact.id}", talk.ops, 7)
    talk.writes(EDITOR, "/mute 2h", talk.ops)
    talk.writes(EDITOR, "/approve all", talk.ops)
    talk.writes(EDITOR, "/pause", talk.ops)
    talk.api.plan.append(Fault(FaultKind.KILL_BEFORE))
    assert _ran(talk, database) == -signal.SIGKILL
    first = store.archive.rulings()
    assert [ruling.contact for ruling in first] == [contact.id]
    for skipped, kind in ((1, FaultKind.KILL_DONE), (2, FaultKind.KILL_REPLIED)):
        talk.api.chance = _after(skipped, kind)
        assert _ran(talk, database) == -signal.SIGKILL
    talk.api.chance = lambda _: None
    assert _ran(talk, database) == 0
    once = _state(store)
    rulings, _, due, pause, mute = once
    assert rulings == first
    assert [entry.alert for entry in due if entry.kind is Kind.POST] == [held.id]
    assert pause is not None
    assert mute is not None
    store.close()


def _after(skipped: int, kind: FaultKind) -> Callable[[Any], Fault | None]:
    """Meet the sending after so many with a fault."""
    left = [skipped]

    def chance(call: Any) -> Fault | None:
        if call.method != "sendMessage":
            return None
        left[0] -= 1
        return Fault(kind) if left[0] == -1 else None

    return chance


def test_the_watch_list_is_changed_once_however_often_killed(talk: Stage, tmp_path: Path) -> None:
    """An addition and an undo, each killed when it is told: the file holds what one run would have left."""
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "feeds.yaml").write_text("feeds:\n  - url: https://one.example/rss\n", encoding="utf-8")
    file = folder / "watchlist.yaml"
    file.write_text("keywords: [Austin]  # one\n", encoding="utf-8")
    database = f"sqlite:///{tmp_path / 'draht.db'}"
    for text in ("/watch add Hegseth", "/watch add Taurus", "/watch undo"):
        talk.writes(EDITOR, text, talk.ops)
    for skipped, kind in ((0, FaultKind.KILL_BEFORE), (1, FaultKind.KILL_DONE), (1, FaultKind.KILL_BEFORE)):
        talk.api.chance = _after(skipped, kind)
        assert _ran(talk, database, str(folder)) == -signal.SIGKILL
    talk.api.chance = lambda _: None
    assert _ran(talk, database, str(folder)) == 0
    line = "keywords: [Austin, Hegseth]  # one; + Hegseth: Erika (42), 2024-07-12 14:00\n"
    assert file.read_text(encoding="utf-8") == line


def test_an_update_that_comes_again_changes_nothing(talk: Stage) -> None:
    """The same press by a bot that was started anew: one ruling, made when it was first made."""
    contact = talk.entered("june", JUNE)
    talk.told(contact)
    talk.presses(EDITOR, f"w:{contact.id}:initiative:US", talk.ops, 7)
    talk.run(lambda talking: talking.talk())
    first = talk.store.archive.rulings()
    talk.clock.advance(timedelta(hours=1))
    talk.run(lambda talking: talking.talk())
    assert talk.store.archive.rulings() == first
    assert len(first) == 1


def test_approve_all_asked_again_lets_out_nothing_newer(talk: Stage) -> None:
    """What came to wait after it was asked waits on, also where the question comes again."""
    talk.told(talk.entered("june", JUNE), held=True)
    talk.writes(EDITOR, "/approve all")
    talk.run(lambda talking: talking.talk())
    contact = talk.entered("july", JULY)
    later = NOON + timedelta(days=1)
    alert = replace(talk.told(contact, held=True), created_at=later)
    with talk.store.ledger() as ledger:
        ledger.withhold(alert.id, for_good=True)
        ledger.tell(replace(alert, id="a" * 20), later)
    talk.run(lambda talking: talking.talk())
    assert [one.alert.id for one in talk.store.archive.held()] == ["a" * 20]
