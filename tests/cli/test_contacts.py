"""`draht contacts`: what is known, why, and what editors ruled, for people and programs."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.cli.cases import cases
from bot.contacts.assemble import assemble
from bot.contacts.reports import reports_of
from bot.model.contact import Contact
from bot.model.ruling import Ruling, Slot, Wrong
from bot.model.story import Story
from bot.recognition import Recogniser
from bot.register.load import load
from bot.storage import SqlStore, open_store
from tests.acceptance.desk import Desk
from tests.contacts.wire import noon
from tests.pipeline.script import story
from tests.storage.newsday import NOON

ROOT = Path(__file__).resolve().parents[2]
JUNE, JULY = date(2024, 6, 25), date(2024, 7, 12)
CALL = (
    "US-Verteidigungsminister Lloyd Austin hat am {day} mit seinem russischen Kollegen Andrej Beloussow "
    "telefoniert. Das Gespräch fand auf Initiative Russlands statt, teilte das Pentagon mit."
)


def _read(source: str, on: date, weekday: str) -> tuple[Story, Contact]:
    told = story(source, on, CALL.format(day=weekday))
    return told, assemble(reports_of(told, Recogniser(load()).read(told), frozenset()))[0]


def _known(store: SqlStore) -> tuple[Contact, Contact]:
    """Let two calls be known, each by a story that was really read."""
    recogniser = Recogniser(load())
    found = []
    with store.ledger() as ledger:
        for source, on, weekday in (("blatt", JUNE, "Dienstag"), ("bote", JULY, "Freitag")):
            told, contact = _read(source, on, weekday)
            ledger.close_story(told, recogniser.read(told), ())
            ledger.enter(contact, NOON)
            found.append(contact)
    return found[0], found[1]


def _rule(store: SqlStore, *rulings: Ruling) -> None:
    with store.ledger() as ledger:
        for ruling in rulings:
            ledger.rule(ruling)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a working folder with a database in which two calls are known and one is ruled none."""
    desk = Desk(tmp_path)
    desk.configure()
    desk.state.mkdir()
    store = open_store(f"sqlite:///{desk.state / 'draht.db'}")
    _, july = _known(store)
    _rule(store, Ruling("r" * 20, july.id, Wrong.CONTACT, "Erika (42)", NOON))
    store.close()
    return desk


def _label(store: SqlStore, source: str) -> Any:
    return next(one["label"] for one in cases(store) if one["source"] == source)


def test_contacts_are_listed_and_shown(desk: Desk) -> None:
    """As a table, as JSON lines, by whom and since; one with the words it rests on."""
    table = desk.draht("contacts", "list", "--who", "Остин")
    assert table.status == 0, table.err
    assert [line.split()[1] for line in table.out.splitlines()[1:]] == ["2024-07-12", "2024-06-25"]
    (found,) = desk.draht("contacts", "list", "--since", "2024-07", "--json").answers()
    assert (found["date"], found["countries"], found["initiators"]) == ("2024-07-12", ["RU", "US"], ["RU"])
    shown = desk.draht("contacts", "show", str(found["id"])).out
    assert "Initiative: Russia\n    bote “auf Initiative Russlands” https://bote.example/2024-07-12" in shown
    (whole,) = desk.draht("contacts", "show", str(found["id"]), "--json").answers()
    assert isinstance(whole["reports"], list)
    assert whole["reports"][0]["contact"]["evidence"]


def test_a_wrong_call_is_a_sentence(desk: Desk) -> None:
    """What names nobody, no time or no contact is said, without a traceback."""
    for arguments, status, said in (
        (("list", "--who", "Nirgendwo"), 2, "'Nirgendwo' is neither a country nor a defence minister"),
        (("list", "--since", "soon"), 2, "'soon' is no time"),
        (("show", "nothing"), 1, "there is no contact nothing"),
    ):
        done = desk.draht("contacts", *arguments)
        assert done.status == status
        assert said in done.err
        assert "Traceback" not in done.err


def test_cases_are_gold_that_the_evaluation_reads(desk: Desk) -> None:
    """The story that the recogniser took for a contact is counted as a false alert."""
    done = desk.draht("contacts", "cases")
    (case,) = done.answers()
    assert isinstance(case["label"], dict)
    assert case["label"]["kind"] == "no-contact"
    assert "Erika" not in done.out
    gold = desk.folder / "cases.jsonl"
    gold.write_text(done.out, encoding="utf-8")
    command = [sys.executable, "tests/evaluate.py", str(gold)]
    environment = desk.environment | {"PYTHONPATH": str(ROOT)}
    judged = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=120)
    assert judged.returncode == 0, judged.stderr
    assert "wanted none, got contact: “telefoniert”" in judged.stdout.decode()


def test_a_wrong_slot_is_put_right_in_the_label() -> None:
    """What an editor ruled stands in the gold; the rest stands as it was read, on its own day."""
    store = open_store("sqlite://")
    june, _ = _known(store)
    slots = ((Slot.INITIATIVE, "US"), (Slot.DAY, "2024-06-24"), (Slot.MEDIUM, "video"))
    _rule(*(store,), *(Ruling(s.value, june.id, Wrong.SLOT, "42", NOON, s, value) for s, value in slots))
    label = _label(store, "blatt")
    (contact,) = label["contacts"]
    assert (label["kind"], contact["initiator"], contact["date"], contact["medium"]) == (
        "contact",
        "US",
        "2024-06-24",
        "video",
    )
    assert {one["person"] for one in contact["participants"]} == {"Lloyd Austin", "Andrei Belousov"}
    assert contact["event"] == "2024-06-25/RU-US"
    assert label["note"] == "ruled: day 2024-06-24; ruled: initiative US; ruled: medium video"
    store.close()


def test_a_duplicate_is_labelled_with_the_elders_event() -> None:
    """Both stories tell one event then."""
    store = open_store("sqlite://")
    june, july = _known(store)
    _rule(store, Ruling("r", july.id, Wrong.DUPLICATE, "42", NOON, None, june.id))
    assert [contact["event"] for contact in _label(store, "bote")["contacts"]] == ["2024-06-25/RU-US"]
    store.close()


def test_a_ruling_that_was_taken_back_is_no_case() -> None:
    """Nor is the story of a contact on which nobody ruled."""
    store = open_store("sqlite://")
    june, _ = _known(store)
    _rule(store, Ruling("r", june.id, Wrong.CONTACT, "42", NOON, undone_at=NOON))
    assert [*cases(store)] == []
    store.close()


def test_a_case_is_published_on_its_stories_local_day() -> None:
    """Weekday words resolve against it: shortly before midnight elsewhere, it is another day in UTC."""
    store = open_store("sqlite://")
    told, contact = _read("blatt", JUNE, "Dienstag")
    late = replace(told, instant=noon(JUNE).replace(hour=22, minute=30), day=date(2024, 6, 26))
    with store.ledger() as ledger:
        ledger.close_story(late, Recogniser(load()).read(late), ())
        reports = tuple(replace(report, story=late.id) for report in contact.reports)
        ledger.enter(replace(contact, reports=reports), NOON)
    _rule(store, Ruling("r", contact.id, Wrong.CONTACT, "42", NOON))
    (case,) = cases(store)
    assert case["published"] == "2024-06-26T00:30:00+02:00"
    store.close()
