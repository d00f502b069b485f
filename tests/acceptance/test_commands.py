"""The command line as users meet it."""

import json
import subprocess
from dataclasses import replace

import pytest

from bot.clock import SystemClock
from bot.model.claim import Recognition, Verdict
from bot.storage import open_store
from tests.acceptance.desk import DRAHT, Desk
from tests.storage.newsday import story_of

Fields = dict[str, object]

COMMANDS = (
    "run",
    "poll",
    "recognise",
    "replay",
    "explain",
    "check",
    "backtest",
    "feeds list",
    "feeds add",
    "feeds remove",
    "feeds import",
    "feeds export",
    "feeds discover",
    "telegram check",
    "doctor",
    "demo",
    "version",
)

FIRST: Fields = {
    "id": "erste",
    "lang": "de",
    "published": "2024-06-26T08:00:00+02:00",
    "source": "Blatt",
    "title": "Austin und Beloussow telefonieren",
    "text": "US-Verteidigungsminister Lloyd Austin hat am Dienstag mit seinem russischen Kollegen Andrej "
    "Beloussow telefoniert. Das teilte das Pentagon mit. Das Gespräch fand auf Initiative der USA statt.",
}
AGAIN: Fields = FIRST | {
    "id": "zweite",
    "published": "2024-06-27T08:00:00+02:00",
    "source": "Bote",
    "title": "Telefonat zwischen Austin und Beloussow",
    "text": "Am Dienstag haben US-Verteidigungsminister Lloyd Austin und sein russischer Kollege Andrej "
    "Beloussow miteinander telefoniert, wie das Pentagon mitteilte.",
}
WEATHER: Fields = {
    "id": 3,
    "lang": "de",
    "published": "2024-06-27",
    "title": "Sonne im Süden",
    "text": "Es bleibt trocken und warm.",
}


def test_the_help_names_every_command(desk: Desk) -> None:
    """`draht --help` is the table of contents; commands of later days are absent from it."""
    done = desk.draht("--help")
    assert done.status == 0
    for command in COMMANDS:
        assert command.split()[0] in done.out
    assert "worker" not in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(desk: Desk, command: str) -> None:
    """Whoever asks a command for help sees how it is called."""
    done = desk.draht(*command.split(), "--help")
    assert done.status == 0
    assert f"draht {command}" in done.out.partition("Example:")[2]


def test_the_shipped_configuration_is_sound_and_says_what_it_watches(desk: Desk) -> None:
    """Nothing is wrong with it; one line tells of whom the register itself does not know whether he left."""
    done = desk.draht("check")
    assert done.status == 0
    (doubt,) = done.err.splitlines()
    assert "warning: the register does not know whether these are still in office: " in doubt
    assert "contacts of any defence ministers" in done.out


def test_check_asks_for_a_new_minister_of_whom_stored_stories_tell(desk: Desk) -> None:
    """A database that is there is read; none is made where there is none."""
    assert "a new minister?" not in desk.draht("check").err
    assert not desk.state.exists()
    desk.state.mkdir()
    now = SystemClock().now()
    text = "Der französische Verteidigungsminister Xaver Yz hat mit Boris Pistorius telefoniert."
    store = open_store(f"sqlite:///{desk.state}/draht.db")
    with store.ledger() as ledger:
        for number in range(3):
            told = replace(story_of(str(number), now), text=text, url=f"https://{number % 2}.example/")
            ledger.close_story(told, Recognition(Verdict.CONTACT), [])
    store.close()
    asked = "3 stories of 2 outlets in the last 30 days call Xaver Yz the defence minister of France"
    assert asked in desk.draht("check").err


def test_check_says_in_words_what_is_watched(desk: Desk) -> None:
    """One line of keywords is a whole watch-list, and the summary says what it means."""
    desk.configure()
    done = desk.draht("check")
    assert done.status == 0
    assert done.out.startswith("1 feed in 1 language\n1 watch, posts in de")
    assert "in stories with Austin or Beloussow or Telefonat" in done.out


def test_recognise_answers_every_story_in_the_order_of_the_file(desk: Desk) -> None:
    """One line a story, its id as given; spans point into title, two line ends, text."""
    answers = desk.draht("recognise", "--jsonl", desk.stories(FIRST, WEATHER)).answers()
    assert [(one["id"], one["verdict"]) for one in answers] == [("erste", "contact"), (3, "none")]
    contacts = answers[0]["contacts"]
    assert isinstance(contacts, list)
    (contact,) = contacts
    assert (contact["date"], contact["medium"], contact["initiator"]) == ("2024-06-25", "phone", "US")
    whole = f"{FIRST['title']}\n\n{FIRST['text']}"
    for evidence in contact["evidence"]:
        assert whole[evidence["start"] : evidence["end"]] == evidence["text"]


def test_recognise_reads_standard_input(desk: Desk) -> None:
    """`-` takes the stories from a pipe."""
    done = desk.draht("recognise", "--jsonl", "-", given=json.dumps(FIRST).encode())
    assert [one["verdict"] for one in done.answers()] == ["contact"]


def test_a_bad_line_is_named_and_the_rest_is_answered(desk: Desk) -> None:
    """Two good stories around a broken line: two answers, one sentence with the place, exit status 1."""
    name = desk.stories(FIRST, WEATHER)
    path = desk.folder / name
    path.write_text(path.read_text().replace("\n", "\n{broken\n", 1))
    done = desk.draht("recognise", "--jsonl", name)
    assert [one["id"] for one in done.answers()] == ["erste", 3]
    assert done.err.startswith("draht: stories.jsonl:2: the line is not JSON")
    assert done.status == 1


def test_replay_makes_one_post_for_one_contact_twice_the_same(desk: Desk) -> None:
    """Two stories about one call: one first post; played again, the same bytes. Nothing is left behind."""
    name = desk.stories(AGAIN, FIRST, WEATHER, FIRST | {"id": "undated", "published": None})
    done = desk.draht("replay", "--jsonl", name)
    lines = done.answers()
    assert [line["story"] for line in lines] == ["erste", "zweite", 3]
    assert [d["posted"] for line in lines for d in line["decisions"]] == [True, False, False]  # type: ignore[attr-defined]
    assert "1 undated" in done.err
    assert done.status == 0
    assert desk.draht("replay", "--jsonl", name).out == done.out
    assert not desk.state.exists()


def test_explain_shows_watch_evidence_and_post(desk: Desk) -> None:
    """A page from a file is enough to ask why a story rings; it is judged at the day that it tells."""
    desk.configure(watch_list="max_age: 90h\nkeywords: [Telefonat]\n")
    page = f"""<html><head><title>{AGAIN["title"]}</title><meta property="article:published_time"
        content="2024-06-26T08:00:00+02:00"></head><body><article><p>{AGAIN["text"]}</p></article></body></html>"""
    done = desk.draht("explain", "-", given=page.encode())
    assert done.status == 0
    assert '"Telefonat" in' in done.out
    assert "held phone contact: RU Andrei Belousov, US Lloyd Austin, 2024-06-25" in done.out
    assert (
        "decision: new, rings\ntoday it would be entered and not posted: older than max_age (90h)" in done.out
    )
    assert "Austin und Beloussow telefonieren" in done.out


def test_explain_takes_plain_text(desk: Desk) -> None:
    """The first line is the title; the rest is the text, read as of today, which is said."""
    done = desk.draht("explain", "-", given="Sonne im Süden\nEs bleibt trocken.".encode())
    assert done.out.startswith("Sonne im Süden\n  -, no day told, read as of 20")
    assert "verdict: none" in done.out


@pytest.mark.parametrize("command", ["recognise --jsonl", "replay --jsonl", "explain"])
def test_stories_of_a_file_need_no_feeds(desk: Desk, command: str) -> None:
    """What no feed is asked for works with a watch-list alone; an address to explain asks for feeds.yaml."""
    desk.write("watchlist.yaml", "keywords: [Telefonat]\n")
    done = desk.draht(*command.split(), desk.stories(AGAIN))
    assert (done.status, done.err) == (0, "")
    asked = desk.draht("explain", "https://blatt.example/")
    assert asked.status == 1
    assert "config/feeds.yaml: error: the file is missing" in asked.err


def test_what_is_shown_of_a_story_steers_no_terminal(desk: Desk) -> None:
    """A title may clear the screen or rename the window where it is not shown as text alone."""
    done = desk.draht(
        "explain", "--steps", "-", given="Sonne \x1b[2J\x1b]0;Sturm\x07\nAustin traf \x9b31mtrocken.".encode()
    )
    assert done.out.startswith("Sonne [2J]0;Sturm\n")
    assert not {"\x1b", "\x07", "\x9b"} & set(done.out)
    missing = desk.draht("explain", "\x1b[2Jno file")
    assert missing.err.startswith("draht: [2Jno file cannot be read")


def test_explain_answers_the_good_lines_beside_a_bad_one(desk: Desk) -> None:
    """Of a pile of stories the readable ones are explained, the other line is named, and the status is 1."""
    desk.configure()
    path = desk.folder / desk.stories(FIRST, WEATHER)
    path.write_text(path.read_text().replace("\n", "\n{broken\n", 1))
    done = desk.draht("explain", "--json", path.name)
    assert [one["id"] for one in done.answers()] == ["erste", "3"]
    assert done.err.startswith("draht: stories.jsonl:2: the line is not JSON")
    assert done.status == 1


def test_what_is_shown_of_a_story_turns_no_line_around(desk: Desk) -> None:
    """Signs of direction are not shown; JSON holds them escaped, as it does what a terminal obeys."""
    text = "Sonne \u202eetsiuq\u2066 \x9b31m\nAustin traf \u200fniemanden."
    shown = desk.draht("explain", "--steps", "-", given=text.encode())
    assert shown.out.startswith("Sonne etsiuq 31m\n")
    assert not set("\u202e\u2066\u200f\x9b") & set(shown.out)
    written = desk.draht("explain", "--json", "-", given=text.encode()).out
    assert not set("\u202e\u2066\u200f\x9b") & set(written)
    assert json.loads(written)["title"] == text.partition("\n")[0]


PLANNED: Fields = FIRST | {
    "title": "Pistorius spricht mit Warschau",
    "text": "Boris Pistorius wird am Montag mit seinem polnischen Amtskollegen telefonieren, hieß es.",
}


def test_explain_tells_what_follows_first_then_why(desk: Desk) -> None:
    """Who asks why nothing rang reads the answer on top: verdict, consequence, watch, contact, near miss."""
    desk.configure(watch_list="keywords: [Telefonat]\n")
    done = desk.draht("explain", desk.stories(PLANNED))
    beginnings = (
        "Pistorius spricht",
        "  Blatt, 2024-06-26, de",
        "verdict: planned",
        "decision: planned, no post",
        "watch watch-list: none of Telefonat stands in the story; “telefonieren” comes nearest to Telefonat",
        "planned phone contact: DE Boris Pistorius, PL ",
    )
    for line, beginning in zip(done.out.splitlines(), beginnings, strict=False):
        assert line.startswith(beginning)
    assert (
        "near misses:\n  - Boris Pistorius (DE) and the minister of PL: the contact is only planned"
        in done.out
    )
    assert "steps:" not in done.out


def test_explain_walks_through_the_sentences_on_request(desk: Desk) -> None:
    """`--steps` shows people, words and days of each sentence, of plans ahead, and how a contact stands."""
    desk.configure()
    done = desk.draht("explain", "--steps", desk.stories(PLANNED))
    _, _, steps = done.out.partition("steps:\n")
    assert "  1: Boris Pistorius wird am Montag" in steps
    assert "minister: DE Boris Pistorius by “Boris Pistorius” (de.name)" in steps
    assert "contact: “telefonieren” (de.contact.phone.open)" in steps
    assert "day: 2024-07-01 by “Montag” (weekday)" in steps
    assert "→ DE-PL planned with “wird” (de.status.plan)" in steps


def test_explain_gives_programs_the_steps_and_the_near_misses(desk: Desk) -> None:
    """`--json` holds everything whole; spans point into title, two line ends, text."""
    desk.configure(watch_list="keywords: [Telefonat]\n")
    (told,) = desk.draht("explain", "--json", desk.stories(PLANNED)).answers()
    whole = f"{PLANNED['title']}\n\n{PLANNED['text']}"
    steps = told["steps"]
    assert isinstance(steps, list)
    assert all(whole[step["start"] : step["end"]] == step["text"] for step in steps)
    assert [(one["status"], one["word"]["text"]) for step in steps for one in step["contacts"]] == [
        ("planned", "wird")
    ]
    near = told["near_misses"]
    assert isinstance(near, list)
    assert [(one["kind"], one["watch"]) for one in near] == [("planned", None), ("no keyword", "watch-list")]
    assert (told["language"], told["language_declared"]) == ("de", True)


ANYTHING = {
    "nothing": b"",
    "blanks": b" \n\t\n ",
    "zeros": b"\0" * 99,
    "no text at all": bytes(range(256)) * 9,
    "every plane": "".join(chr(p << 16 | 0x1F00 | n) for p in range(17) for n in range(64)).encode(),
    "right to left": "וזיר ההגנה \u202eשוחח\u2066 עם פיסטוריוס".encode(),
    "a language that is not read": "Försvarsminister Pål Jonson har talat med sin kollega.".encode(),
    "tags alone": b"<div><p><script></script><b",
    "a page without an article": b"<p>Boris Pistorius telefonierte.</p>",
    "a brace": b"{sic} Pistorius telefonierte mit Umerow.",
    "an angle bracket": b"<3 Pistorius telefonierte mit Umerow.",
    "a megabyte in one line": b"Verteidigungsminister Pistorius telefonierte mit " * 20_000,
}


@pytest.mark.parametrize("given", ANYTHING.values(), ids=ANYTHING.keys())
def test_explain_answers_anything(desk: Desk, given: bytes) -> None:
    """Whatever is asked about gets a verdict with a reason, for people and programs, never a traceback."""
    desk.configure()
    done = desk.draht("explain", "--steps", "-", given=given)
    assert (done.status, done.err) == (0, "")
    assert "\nverdict: none\n  " in done.out
    (told,) = desk.draht("explain", "--json", "-", given=given).answers()
    assert told["verdict"] == "none"
    assert told["reasons"]


def test_explain_says_why_a_story_does_not_ring(desk: Desk) -> None:
    """A story without any of the words names that reason."""
    desk.configure(watch_list="keywords: [Gallant]\n")
    done = desk.draht("explain", "--json", desk.stories(FIRST))
    (told,) = done.answers()
    assert told["matches"] == []
    assert [d["posted"] for d in told["decisions"]] == [False]  # type: ignore[attr-defined]


def test_doctor_says_that_nothing_has_run_yet(desk: Desk) -> None:
    """The health check of an instance that never ran fails, says so, and makes no database."""
    done = desk.draht("doctor", "--alive")
    assert done.status == 1
    assert "there is no database" in done.out
    assert not desk.state.exists()


def test_a_reader_that_leaves_early_ends_the_command_quietly(desk: Desk) -> None:
    """`draht recognise … | head -1` leaves no traceback behind."""
    name = desk.stories(*(FIRST | {"id": str(number)} for number in range(300)))
    done = subprocess.run(
        ["/bin/sh", "-c", f"{DRAHT} recognise --jsonl {name} | head -1 | cut -c1-14"],
        cwd=desk.folder,
        env=desk.environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == (b'{"id": "0", "v\n', b"")
