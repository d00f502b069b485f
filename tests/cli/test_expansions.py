"""`draht check --expand`, and what `draht check` and `draht explain` say of queries."""

from pathlib import Path

import pytest

from tests.acceptance.desk import Desk

FEEDS_OF_TWO = """\
feeds:
  - {url: 'https://blatt.example/de.xml', language: de}
  - {url: 'https://blatt.example/en.xml', language: en}
"""
WATCHES = """\
watches:
  - name: Washington
    keywords: [Austin, rote Linie]
    query: office:"US defence minister" AND (telefon* OR "rote Karte") AND lang:de NOT =Texas
    exclude: [Fußball]
  - name: everything
"""
STORY = "Austin spricht\n\nDer US-Verteidigungsminister Lloyd Austin hat am Freitag gesprochen."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a working folder with a watch that has a query, and one that asks for nothing."""
    desk = Desk(tmp_path)
    desk.configure(feeds=FEEDS_OF_TWO, watch_list=WATCHES)
    return desk


def test_every_term_says_what_it_stands_for(desk: Desk) -> None:
    """Names with spellings, forms by the languages of the feeds, titles, and what stands just so."""
    done = desk.draht("check", "--expand")
    assert (done.status, done.err) == (0, "")
    told = done.out.splitlines()
    assert told[0] == "Washington"
    assert "  Austin (keyword)" in told
    assert "    person: Lloyd Austin (US)" in told
    assert any(line.startswith("    spelt: остин, ") for line in told)
    assert any(line.startswith("    de: rote, -e") and " + linie, -e" in line for line in told)
    assert "    en: rote, -d, -ed, -es, -ing, -s, roting + linie, -d, -ed, -es, -ing, -s, liniing" in told
    assert any(line.startswith("    titles, in all their forms: US-Verteidigungsminister, ") for line in told)
    assert "    de, en: telefon…" in told
    assert told[told.index('  "rote Karte" (query)') + 1] == "    spelt: rote karte"
    assert told[told.index("  lang:de (query)") + 1] == "    stories in this language: de"
    assert told[told.index("  =Texas (query)") + 1] == "    just so, with capitals and accents: Texas"
    assert "  Fußball (exclude)" in told
    assert told[-2:] == ["everything", "  neither keywords nor a query: every story is listened to"]


def test_a_program_gets_everything_of_one_watch(desk: Desk) -> None:
    """One JSON line a watch, nothing of it cut; the watch is named as people write it."""
    (answer,) = desk.draht("check", "--expand", "washington", "--json").answers()
    assert answer["watch"] == "Washington"
    terms = answer["terms"]
    assert isinstance(terms, list)
    keyword, words, office, prefix, *_ = terms
    assert (keyword["term"], keyword["key"], keyword["persons"]) == (
        "Austin",
        "keyword",
        ["Lloyd Austin (US)"],
    )
    assert len(keyword["spellings"]) > 30
    assert keyword["sounds"]
    assert [word[0] for word in words["forms"]["de"]] == ["rote", "linie"]
    assert {"Pentagon chief", "Pentagon-Chef"} <= set(office["titles"])
    assert prefix["forms"] == {"de": [["telefon…"]], "en": [["telefon…"]]}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("--expand", "Washingtn"),
            'draht: there is no watch "Washingtn": did you mean "Washington"?\n',
        ),
        (("--expand", "x"), 'draht: there is no watch "x": there are "Washington", "everything"\n'),
        (
            ("Washington",),
            "draht: a watch and --json are for --expand: draht check --expand [WATCH] [--json]\n",
        ),
        (
            ("edited.yaml",),
            "draht: only the files in force are checked; for an edited one: draht backtest edited.yaml\n",
        ),
    ],
)
def test_what_is_called_wrongly_is_said(desk: Desk, arguments: tuple[str, ...], told: str) -> None:
    """A sentence and the exit status of wrong usage."""
    done = desk.draht("check", *arguments)
    assert (done.status, done.out, done.err) == (2, "", told)


def test_check_names_the_query_of_a_watch(desk: Desk) -> None:
    """The summary says in words what a story must hold."""
    assert (
        "  Washington: contacts of any defence ministers in stories with Austin or rote Linie, or that fit "
        'office:"US defence minister" AND (telefon* OR "rote Karte") AND lang:de AND NOT =Texas, '
        "without Fußball"
    ) in desk.draht("check").out.splitlines()


def test_explain_says_what_a_query_found_and_what_it_lacks(desk: Desk) -> None:
    """Of a query that holds, a word with its place; of one that does not, each part for want of which."""
    queries = (
        'watches:\n  - name: heard\n    query: lang:de AND office:"US defence minister"\n'
        "  - name: field\n    query: lang:de\n"
        "  - name: missed\n    query: Austin NEAR/1 Freitag AND Moskau NOT sprech*\n"
    )  # fmt: skip
    desk.write("watchlist.yaml", queries)
    (desk.folder / "story.txt").write_text(STORY, encoding="utf-8")
    told = desk.draht("explain", "story.txt").out.splitlines()
    heard, field, missed = (line for line in told if line.startswith("watch "))
    assert heard.startswith('watch heard: "office:"US defence minister"" in … Austin spricht')
    assert heard.endswith("also lang:de")
    assert field == "watch field: lang:de holds"
    assert missed == (
        "watch missed: Austin NEAR/1 Freitag: all of it stands in the story, but not so near; "
        "Moskau: stands nowhere in the story"
    )
