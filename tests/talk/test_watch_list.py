"""The watch-list edited from the operators' chat: over real HTTP, in a real file, after the real check."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assembly import desk as made
from bot.configuration.load import load
from bot.model.article import Article, PageOutcome, Visit
from bot.model.feed import FeedState
from bot.model.office import Office
from bot.model.story import derived_id
from bot.pipeline.recognise import recognise
from bot.register.load import load as shipped
from bot.runners.evidence import hint
from bot.runners.parley import Files, Parley
from bot.runners.talking import Talking
from bot.talk.access import Access
from bot.telegram.conversation import TelegramConversation
from tests.pipeline.script import story
from tests.servers.bot_api import TOKEN
from tests.servers.telegram_people import Person
from tests.talk.stage import EDITOR, OPS, READER, Stage, stage

WATCHES = """\
# our list
watches:
  - name: Berlin
    contacts: [DE defence minister]
    keywords: [Taurus, Leopard]  # weapons
    # exclude: [Texas]
  - name: Alle
    contacts: [any defence minister]
"""
ONE_LINE = "keywords: [Austin, Beloussow]\n"


class Desk:
    """A talk about a real watch-list."""

    def __init__(self, talk: Stage, folder: Path) -> None:
        self.talk = talk
        self.path = folder / "watchlist.yaml"
        (folder / "feeds.yaml").write_text("feeds:\n  - url: https://one.example/rss\n", encoding="utf-8")
        self.write(WATCHES)
        talk.files = Files(folder)

    @property
    def text(self) -> str:
        """Give what the file says."""
        return self.path.read_text(encoding="utf-8")

    def write(self, text: str) -> None:
        """Edit the file by hand."""
        self.path.write_text(text, encoding="utf-8")

    def says(self, text: str, who: Person = EDITOR) -> str:
        """Let somebody say something in the operators' chat; give the answer."""
        self.talk.clock.advance(timedelta(minutes=1))
        return self.talk.asks(who, text, self.talk.ops)


@pytest.fixture
def desk(talk: Stage, tmp_path: Path) -> Desk:
    """Give a talk about a real watch-list."""
    return Desk(talk, tmp_path)


def test_words_are_put_in_with_who_and_when(desk: Desk) -> None:
    """The file keeps its order and comments and is good; the answer says that it will be in force."""
    said = desk.says("/watch add Berlin: Iris-T, Gepard")
    assert said.splitlines()[0] == "Berlin: + Iris-T, Gepard"
    assert "in wenigen Sekunden in Kraft" in said
    line = (
        "    keywords: [Taurus, Leopard, Iris-T, Gepard]  # weapons; + Iris-T, Gepard: Erika (42), 2024-07-13"
    )
    lines = desk.text.splitlines()
    assert lines[4].startswith(line)
    assert [*lines[:4], WATCHES.splitlines()[4], *lines[5:]] == WATCHES.splitlines()
    assert load(desk.path.parent, shipped()).watchlist.watches[0].keywords[-1] == "Gepard"


@pytest.mark.parametrize(
    ("said", "keywords"),
    [
        ("/watch add Gepard to Berlin", ["Gepard"]),
        ("/watch add Gepard, Puma zu berlin", ["Gepard", "Puma"]),
        ("/watch add Gepard to Ber", ["Gepard"]),
        ("/watch add Berlin: Gepard; Puma", ["Gepard", "Puma"]),
        ("/watch add Berlin:\nGepard\nPuma", ["Gepard", "Puma"]),
        ("/watch add “Road to war, II” to Berlin", ["Road to war, II"]),
        ("/watch ADD Berlin: taurus, Gepard", ["Gepard"]),
        ("/watch@draht_test_bot add Gepard to Berlin", ["Gepard"]),
    ],
)
def test_words_are_read_as_a_phone_writes_them(desk: Desk, said: str, keywords: list[str]) -> None:
    """Either way round, in either language, below each other, in typographic quotes."""
    desk.says(said)
    watch = load(desk.path.parent, shipped()).watchlist.watches[0]
    assert list(watch.keywords) == ["Taurus", "Leopard", *keywords]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/watch add Gepard", "Welcher Eintrag? Es gibt: Berlin, Alle."),
        ("/watch exclude Gepard", "Zum Beispiel: /watch exclude Gepard zu Berlin"),
        ("/watch contact Boris Pistorius", "Zum Beispiel: /watch contact Boris Pistorius zu Berlin"),
        ("/watch add Gepard to Paris", "Kein Eintrag heißt „Paris“."),
        ("/watch add Berlni: Gepard", "„Berlni“ ist beinahe „Berlin“."),
        ("/watch add Taurus to Berlin", "„Taurus“ steht schon in Berlin."),
        ("/watch add Berlin:", "Es fehlt ein Wort."),
        ("/watch add Alle: Gepard", "Mit „Gepard“ würde Alle weniger melden"),
        ("/watch contact Boris Pistorius to Berlin", "Mit „Boris Pistorius“ würde Berlin weniger melden"),
        ("/watch exclude Paris: x", "Kein Eintrag heißt „Paris“."),
        ("/watch remove Gepard", "„Gepard“ steht in keiner Liste"),
        ("/watch remove Taurus, Leopard", "Bitte ein Wort auf einmal"),
        ("/watch remove DE defence minister", "Ohne „DE defence minister“ würde Berlin weit mehr melden"),
        ("/watch undo", "Von hier aus wurde nichts geändert"),
        ("/watch nonsense", "/watch – die Watch-Liste"),
        ("/watch add " + "x" * 101 + " to Berlin", "Das ist zu viel auf einmal"),
        ("/watch add Berlin: " + ", ".join(f"w{n}" for n in range(21)), "Das ist zu viel auf einmal"),
        ("/watch add Berlin: " + "ab, " * 1_000, "Das ist zu viel auf einmal"),
        ("/watch add Berlin: !!!", "has no letter or digit"),
    ],
)
def test_what_cannot_be_done_ends_in_one_clear_answer(desk: Desk, said: str, answer: str) -> None:
    """And in a file that is as it was."""
    assert answer in desk.says(said)
    assert desk.text == WATCHES


def test_a_word_is_taken_out_and_the_last_one_is_not(desk: Desk) -> None:
    """A list that a watch rests on never becomes empty by a message."""
    assert desk.says("/watch remove leopard").startswith("Berlin: − Leopard")
    assert "keywords: [Taurus]  # weapons; − Leopard: Erika (42), " in desk.text
    assert "Ohne „Taurus“ würde Berlin weit mehr melden" in desk.says("/watch remove Taurus aus Berlin")
    assert desk.says("/watch exclude Texas to Berlin").startswith("Berlin: + exclude: Texas")
    assert desk.says("/watch remove Texas").startswith("Berlin: − exclude: Texas")
    assert load(desk.path.parent, shipped()).watchlist.watches[0].exclude == ()


def test_a_word_in_several_watches_is_asked_about(desk: Desk) -> None:
    """Where it is named, only that one loses it."""
    desk.says("/watch add Kiew: Taurus, Patriot")
    assert "„Taurus“ steht in mehreren Einträgen: Berlin, Kiew." in desk.says("/watch remove Taurus")
    assert desk.says("/watch remove Taurus from Kiew").startswith("Kiew: − Taurus")
    watches = load(desk.path.parent, shipped()).watchlist.watches
    assert [watch.keywords for watch in watches] == [("Taurus", "Leopard"), (), ("Patriot",)]


def test_a_new_watch_is_made_at_the_end(desk: Desk) -> None:
    """Behind the last one, written as that one is, with who made it."""
    assert desk.says("/watch add Moskau: Beloussow, Schoigu").startswith(
        "Moskau: + watch: Beloussow, Schoigu"
    )
    head, made = desk.text[: len(WATCHES)], desk.text[len(WATCHES) :].splitlines()
    assert head == WATCHES
    assert made[0].startswith("  - name: Moskau  # + watch: Beloussow, Schoigu: Erika (42), 2024-07-13 ")
    assert made[1:] == ["    keywords: [Beloussow, Schoigu]"]


def test_one_line_of_keywords_takes_words_and_no_watch(desk: Desk) -> None:
    """Without a name, since there is one watch only."""
    desk.write(ONE_LINE)
    assert desk.says("/watch add Hegseth").startswith("watch-list: + Hegseth")
    assert desk.text.startswith("keywords: [Austin, Beloussow, Hegseth]  # + Hegseth: Erika (42), ")
    assert "hat keinen Platz für einen zweiten Eintrag" in desk.says("/watch add Moskau: Schoigu")


def test_undo_takes_back_what_stands_change_after_change(desk: Desk) -> None:
    """Byte for byte; by command or by the button under the answer, whichever way round never twice."""
    desk.says("/watch add Gepard to Berlin")
    first = desk.text
    desk.says("/watch add Puma to Berlin")
    desk.talk.pushes(EDITOR, desk.talk.ops, "Zurücknehmen")
    assert desk.talk.last(desk.talk.ops).text.startswith("Zurückgenommen: Berlin: + Puma (Erika (42))")
    assert desk.text == first
    assert desk.says("/watch undo").startswith("Zurückgenommen: Berlin: + Gepard")
    assert desk.text == WATCHES
    assert desk.says("/watch undo").startswith("Von hier aus wurde nichts geändert")


def test_undo_leaves_what_was_edited_by_hand(desk: Desk) -> None:
    """It says so, and names what it would have taken back; an older button names the later change."""
    desk.says("/watch add Gepard to Berlin")
    button = desk.talk.button(desk.talk.ops, "Zurücknehmen")
    desk.says("/watch add Puma to Berlin")
    desk.talk.presses(EDITOR, button.data, desk.talk.ops)
    desk.talk.hears()
    assert "ist nicht die letzte Änderung" in desk.talk.last(desk.talk.ops).text
    edited = desk.text + "# by hand\n"
    desk.write(edited)
    assert "watchlist.yaml wurde seit „Berlin: + Puma“ geändert" in desk.says("/watch undo")
    assert desk.text == edited


def test_a_message_that_comes_again_changes_nothing_more(desk: Desk) -> None:
    """Neither an addition nor an undo is made twice after a kill, and one cut short is completed."""
    talk = desk.talk
    desk.says("/watch add Gepard to Berlin")
    talk.writes(EDITOR, "/watch add Puma to Berlin", talk.ops)
    talk.run(lambda talking: talking.talk())
    added = desk.text
    talk.run(lambda talking: talking.talk())
    assert desk.text == added
    edit = talk.store.edits.newest()
    assert edit is not None
    assert edit.before is not None
    desk.path.write_bytes(edit.before)
    talk.run(lambda talking: talking.talk())
    assert desk.text == added
    talk.hears()
    talk.writes(EDITOR, "/watch undo", talk.ops)
    talk.run(lambda talking: talking.talk())
    talk.run(lambda talking: talking.talk())
    assert "Gepard" in desk.text
    assert "Puma" not in desk.text


def test_what_was_taken_back_is_not_written_again(desk: Desk) -> None:
    """Not for the moment either, where both messages come again after a kill."""
    talk = desk.talk
    for said in ("/watch add Puma to Berlin", "/watch undo"):
        talk.writes(EDITOR, said, talk.ops)
    talk.run(lambda talking: talking.talk())
    written = desk.path.stat().st_mtime_ns
    talk.run(lambda talking: talking.talk())
    assert "Puma" not in desk.text
    assert desk.path.stat().st_mtime_ns == written


def test_a_file_that_is_not_to_be_written_says_why(desk: Desk) -> None:
    """Read-only, Draht's own, full of errors, or changed while it is being checked."""
    desk.path.chmod(0o444)
    assert "Der Bot darf die Konfiguration nur lesen" in desk.says("/watch add Gepard to Berlin")
    desk.path.chmod(0o644)
    desk.talk.files = Files(desk.path.parent, lent=True)
    assert "is what Draht ships" in desk.says("/watch add Gepard to Berlin")
    desk.talk.files = None
    assert "ohne Konfigurationsordner" in desk.says("/watch")
    desk.talk.files = Files(desk.path.parent)
    desk.write("watches:\n  - nmae: Berlin\n")
    said = desk.says("/watch add Gepard to Berlin")
    assert "Nichts geändert. draht check würde sagen:" in said
    assert "watchlist.yaml:2: " in said
    assert desk.talk.store.edits.newest() is None


def test_a_warning_comes_with_the_change(desk: Desk) -> None:
    """What is allowed and rarely meant is done, and told."""
    said = desk.says("/watch exclude Taurus to Berlin")
    assert "draht check warnt:" in said
    assert '"Taurus" is a keyword and excluded too' in said


def test_the_list_is_shown_as_it_is_saved(desk: Desk) -> None:
    """Each watch with its words, contacts and channel, and the revision in force."""
    watchlist = replace(desk.talk.wire.desk.watchlist, revision="0123abcd")
    desk.talk.wire = replace(desk.talk.wire, desk=replace(desk.talk.wire.desk, watchlist=watchlist))
    said = desk.says("/watch list")
    assert said.splitlines()[0] == "Die Watch-Liste · in Kraft: 0123abcd"
    assert "Berlin\nWörter: Taurus, Leopard\nKontakte: DE defence minister\nKanal: Standard" in said
    assert "Alle\njeder Kontakt von Verteidigungsministern" in said
    assert desk.says("/watch") == said


def test_a_long_list_says_how_many_more_there_are(desk: Desk) -> None:
    """What a message holds is shown, the rest is counted."""
    many = "".join(f"  - name: Eintrag {n}\n    keywords: [Wort{n}, Nochmal{n}]\n" for n in range(200))
    desk.write(f"watches:\n{many}")
    said = desk.says("/watch")
    shown = said.count("Eintrag ")
    assert 20 < shown < 200
    assert said.endswith(f"und {200 - shown} weitere")
    assert len(said) <= 4_096


STORY = """\
Pistorius telefoniert mit Austin
Verteidigungsminister Boris Pistorius hat am Freitag mit US-Verteidigungsminister Lloyd Austin telefoniert. \
Es ging um den Taurus, teilte das Ministerium mit.
"""


def test_a_text_is_tried(desk: Desk) -> None:
    """Which watches listen and for which word, which do not and why, what is recognised; nothing is kept."""
    said = desk.says(f"/watch test {STORY}")
    assert said.splitlines()[0] == "Pistorius telefoniert mit Austin"
    assert "🔔 Berlin: Taurus" in said
    assert "🔔 Alle: hört auf alles" in said
    assert "Erkannt:\n🔴 12. Juli 2024 · Telefonat · Austin – Pistorius" in said
    assert desk.talk.store.history.counts().stories == 0
    other = desk.says("/watch test In Texas regnet es.")
    assert "🔕 Berlin: enthält keines seiner Wörter (Taurus, Leopard)" in other
    assert "🔕 Alle: hört zu, aber hier fand kein Kontakt statt" in other
    assert "Erkannt: kein Kontakt." in other


@pytest.mark.parametrize(
    ("announce", "sign"), [("true", "🔔 Berlin: Taurus"), ("false", "🔕 Berlin: hört zu")]
)
def test_a_plan_is_told_by_a_watch_that_announces(desk: Desk, announce: str, sign: str) -> None:
    """Any other one listens and stays silent."""
    desk.write(WATCHES.replace("Leopard]", f"Leopard]\n    announce: {announce}"))
    plan = (
        "Verteidigungsminister Boris Pistorius wird am Montag mit US-Verteidigungsminister Lloyd Austin "
        "telefonieren. Es soll um den Taurus gehen."
    )
    assert sign in desk.says(f"/watch test {plan}")


class Pages:
    """Gives the same page for every address, and notes what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def visit(self, url: str, now: object, feed: str) -> Visit:
        """Read a page."""
        del now
        self.asked.append((url, feed))
        if "private" in url:
            return Visit(PageOutcome.FAILED, "127.0.0.1 is a private address")
        title, _, text = STORY.partition("\n")
        return Visit(PageOutcome.READ, article=Article(title, text, None, "de"))


def test_a_page_is_tried_a_few_times_a_minute(desk: Desk) -> None:
    """By the client that reads the pages of stories, as one of no feed: no private network is reached."""
    assert "Diese Instanz liest keine Seiten" in desk.says("/watch test https://one.example/a")
    pages = Pages()
    desk.talk.wire = replace(desk.talk.wire, articles=pages)
    assert "🔔 Berlin: Taurus" in desk.says("/watch test https://one.example/a")
    assert "is a private address" in desk.says("/watch test http://private.example/")
    assert pages.asked == [("https://one.example/a", ""), ("http://private.example/", "")]

    async def four(talking: Talking) -> None:
        for number in range(4):
            desk.talk.writes(EDITOR, f"/watch test https://one.example/{number}", desk.talk.ops)
        await talking.talk()

    desk.talk.run(four)
    assert "viele Seiten in kurzer Zeit" in desk.talk.last(desk.talk.ops).text
    assert len(pages.asked) == 5


def test_nobody_else_changes_anything(desk: Desk) -> None:
    """Strangers are refused politely; bots, forwarded messages and other groups are not heard at all."""
    talk = desk.talk
    assert "Das dürfen nur die Redakteure" in desk.says("/watch add Gepard to Berlin", READER)
    assert "Das dürfen nur die Redakteure" in desk.says("/watch", READER)
    before = len(talk.world.answers(talk.ops))
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "x"}
    talk.writes(EDITOR, "/watch add Gepard to Berlin", talk.ops, forward_origin=origin)
    talk.writes(EDITOR, "/watch add Gepard to Berlin", talk.world.group(-100555))
    talk.writes(
        EDITOR,
        "/watch add Gepard to Berlin",
        talk.ops,
        sender_chat={"id": -1, "type": "channel", "title": "x"},
    )
    for data in ("k:" + "0" * 20, "j:" + "0" * 20, "v:" + "0" * 20):
        talk.presses(READER, data, talk.ops)
    talk.hears()
    assert len(talk.world.answers(talk.ops)) == before
    assert desk.text == WATCHES
    assert talk.store.edits.vetoed() == frozenset()
    desk.says("/watch add Gepard to Berlin")
    changed = desk.text
    talk.presses(READER, talk.button(talk.ops, "Zurücknehmen").data, talk.ops)
    talk.hears()
    assert desk.text == changed


def test_the_list_is_changed_where_all_operators_see_it(desk: Desk) -> None:
    """In his own chat an editor may look and try, not change."""
    assert "nur im Chat der Betreiber" in desk.talk.asks(EDITOR, "/watch add Gepard to Berlin")
    assert "Berlin" in desk.talk.asks(EDITOR, "/watch")
    assert desk.text == WATCHES


def test_the_words_are_english_for_whoever_reads_english(desk: Desk) -> None:
    """The same answers, from the other file of words."""
    english = Person(EDITOR.id, "Ann", "en")
    assert desk.says("/watch add Gepard to Berlin", english).endswith("Written; in force within seconds.")
    assert "Which watch? There are: Berlin, Alle." in desk.says("/watch add Puma", english)
    assert "/watch test TEXT" in desk.says("/watch help", english)


BERLIN = """\
watches:
  - name: Berlin
    contacts: [DE defence minister]
    keywords: [Taurus]
"""
TOLD = (
    "Verteidigungsminister Boris Pistorius hat am Freitag mit US-Verteidigungsminister Lloyd Austin "
    "telefoniert. Es ging um Munition."
)
NEWCOMER = (
    "Die neue britische Verteidigungsministerin Jane Beispiel hat am Freitag mit Lloyd Austin telefoniert."
)


def _happened(desk: Desk, text: str, count: int = 4) -> None:
    """Let the stories of several outlets be read, as they are in a round."""
    talk = desk.talk
    stories = [
        replace(story(name, date(2024, 7, 12), text), id=derived_id(name, text))
        for name in "abcdefgh"[:count]
    ]
    for one in stories:
        talk.store.save_look(FeedState(one.feed), [one])
    reading = made(load(desk.path.parent, shipped()))
    for one in stories:
        recognise(one, reading, talk.store, talk.clock.now())


def test_words_of_missed_stories_are_suggested_and_accepted(desk: Desk) -> None:
    """With how many stories lacked every term; yes is an edit like any other, no is never asked again."""
    desk.write(BERLIN)
    assert "Kein Vorschlag" in desk.says("/watch suggest")
    _happened(desk, TOLD)
    said = desk.says("/watch suggest")
    first = "1. „Boris Pistorius“ für Berlin: in 4 von 4 Berichten bestätigter Kontakte, die keines Ihrer"
    assert first in said
    assert "· a reports" in said
    button = desk.talk.button(desk.talk.ops, "1 Ja")
    desk.talk.pushes(EDITOR, desk.talk.ops, "1 Ja")
    assert desk.talk.last(desk.talk.ops).text.startswith("Berlin: + Boris Pistorius")
    assert "    keywords: [Taurus, Boris Pistorius]  # + Boris Pistorius: Erika (42), " in desk.text
    assert "Kein Vorschlag" in desk.says("/watch suggest")
    desk.talk.presses(EDITOR, button.data, desk.talk.ops)
    desk.talk.hears()
    assert desk.talk.last(desk.talk.ops).text == "Dieser Knopf gilt nicht mehr."
    assert desk.says("/watch undo").startswith("Zurückgenommen: Berlin: + Boris Pistorius")
    assert desk.text == BERLIN


def test_the_daily_summary_counts_what_may_be_missing(desk: Desk) -> None:
    """One line, where there is anything; without a configuration, or with a broken one, none."""
    desk.write(BERLIN)
    files = desk.talk.files
    access = Access(frozenset({EDITOR.id}), str(OPS))

    def line() -> str | None:
        conversation = TelegramConversation(TOKEN, access, desk.talk.clock, desk.talk.api.url)
        parley = Parley(conversation, access, shipped(), files=files)
        return asyncio.run(hint(replace(desk.talk.wire, parley=parley), desk.talk.clock.now()))

    assert line() is None
    _happened(desk, TOLD)
    assert line() == "1 suggestion for the watch-list, see: /watch suggest"
    desk.write("nonsense: 1\n")
    assert line() is None
    assert asyncio.run(hint(desk.talk.wire, desk.talk.clock.now())) is None


def test_what_was_vetoed_never_returns(desk: Desk) -> None:
    """Whoever asks, and after a restart."""
    desk.write(BERLIN)
    _happened(desk, TOLD)
    desk.says("/watch suggest")
    desk.talk.pushes(EDITOR, desk.talk.ops, "1 Nein")
    assert desk.talk.last(desk.talk.ops).text.startswith("Notiert")
    said = desk.says("/watch suggest")
    assert "Pistorius" not in said
    assert "1. „Lloyd Austin“ für Berlin" in said
    assert desk.text == BERLIN


def test_stories_of_a_contact_that_was_none_are_not_missed(desk: Desk) -> None:
    """What an editor ruled to be no contact is no evidence."""
    desk.write(BERLIN)
    _happened(desk, TOLD)
    (contact,) = desk.talk.store.history.contacts()
    desk.talk.presses(EDITOR, f"n:{contact.id}", desk.talk.ops)
    desk.talk.hears()
    assert "Kein Vorschlag" in desk.says("/watch suggest")


def test_a_new_holder_goes_into_holders_yaml(desk: Desk) -> None:
    """Made where it is not there, with who and when; undo takes the file away again."""
    desk.write("watches:\n  - name: Alle\n")
    _happened(desk, NEWCOMER)
    said = desk.says("/watch suggest")
    assert "1. Jane Beispiel: neu im Amt (GB defence minister)? 4 Berichte von 4 Medien sagen es" in said
    desk.talk.pushes(EDITOR, desk.talk.ops, "1 Ja")
    holders = desk.path.parent / "holders.yaml"
    assert holders.read_text(encoding="utf-8").startswith(
        "holders:\n  - country: GB  # + Jane Beispiel (GB): Erika (42), "
    )
    register = load(desk.path.parent, shipped()).register
    assert any(one.person == "Jane Beispiel" for one in register.holders_of(Office("GB")))
    assert "Kein Vorschlag" in desk.says("/watch suggest")
    assert desk.says("/watch undo").startswith("Zurückgenommen: holders.yaml: + Jane Beispiel (GB)")
    assert not holders.exists()


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "x]\n    contacts: [any defence minister",
            "x\n  - name: Böse\n    keywords: [alles]",
            "*anchor",
            "&anchor x",
            "!!python/object:os.system",
            "- x",
            "? x",
            "x # y",
            "x: y",
            "{a: b}",
            "[a, b]",
            "| x",
            "> x",
            "%YAML 1.1",
            "---",
            "...",
            "'",
            '"',
            '"x',
            "\\",
            "x\\",
            "\u202edaB\u2066",
            "\u2028x",
            "\x85x",
            "\x00x",
            "\ufeffx",
            "null",
            "~",
            "yes",
            "0x10",
            "1e3",
            "2026-11-28",
            "<b>x</b>",
            "x" * 4_000,
            "{word} {0.__class__} %s",
            "; + x: Erika, 2026-11-28 10:00",
            "; rm -rf /; to Alle",
            "\U0001f4a3" * 30,
            "a\u0301" * 50,
        ]
    ),
)


ASKED = [
    "add Berlin: WORD",
    "exclude Berlin: WORD",
    "add WORD",
    "remove WORD",
    "add WORD: neu",
    'add "WORD": neu',
]


@settings(deadline=None, max_examples=60)
@given(word=HOSTILE, name=HOSTILE, asked=st.sampled_from(ASKED))
def test_hostile_words_and_names_are_quoted_or_refused(word: str, name: str, asked: str) -> None:
    """In a message or in its sender's name: the file says what it said, and at most that word more."""
    with TemporaryDirectory() as folder, stage() as talk:
        desk = Desk(talk, Path(folder))
        before = load(desk.path.parent, shipped()).watchlist
        sender = Person(EDITOR.id, name.encode("utf-8", "replace").decode()[:64] or "x")
        said = desk.says("/watch " + asked.replace("WORD", word).encode("utf-8", "replace").decode(), sender)
        assert said
        assert len(said) <= 4_096
        assert not {"\u202e", "\u2066"} & set(said + desk.text)
        after = load(desk.path.parent, shipped()).watchlist
        assert len(after.watches) <= 3
        told = [replace(watch, keywords=(), exclude=()) for watch in after.watches]
        assert told[:2] == [replace(watch, keywords=(), exclude=()) for watch in before.watches]
        assert after.watches[0].keywords[:2] == before.watches[0].keywords
        assert after.watches[1].keywords == ()
        lines, was = desk.text.splitlines(), WATCHES.splitlines()
        assert [one for one in was if one not in lines] in ([], [was[4]])
        desk.says("/watch undo")
        assert desk.text == WATCHES


def test_a_new_watch_without_a_channel_is_not_written(desk: Desk) -> None:
    """Draht would not start where no channel is the default one: the file stays, words still come in."""
    desk.talk.chat = ""
    desk.write("watches:\n  - name: Berlin\n    channel: '@berlin'\n    keywords: [Taurus]\n")
    before = desk.text
    assert "DRAHT_TELEGRAM_CHAT" in desk.says("/watch add Paris: Rafale")
    assert desk.text == before
    assert desk.says("/watch add Berlin: Gepard").startswith("Berlin: + Gepard")


def test_the_connections_of_a_page_that_is_read_are_not_closed_by_a_save(desk: Desk) -> None:
    """The wire it is read with counts as in use until it is answered."""
    used: list[bool] = []

    class Slow(Pages):
        async def visit(self, url: str, now: object, feed: str) -> Visit:
            """Read a page while another configuration comes into force."""
            present = desk.talk.present
            mine = present.wire
            await present.change(replace(mine, articles=None), lambda: None)
            used.append(mine in present.in_use())
            return await super().visit(url, now, feed)

    desk.talk.wire = replace(desk.talk.wire, articles=Slow())
    assert "🔔 Berlin: Taurus" in desk.says("/watch test https://one.example/a")
    assert used == [True]


def test_a_message_of_another_bot_is_another_one(desk: Desk) -> None:
    """A new token numbers the messages of a chat from 1 again: what they ask for is done all the same."""
    desk.says("/watch add Gepard to Berlin")
    first = next(shown.id for shown in desk.talk.ops.messages.values() if not shown.by_bot)
    later = {"message_id": first, "date": 1_900_000_000}
    desk.talk.writes(EDITOR, "/watch add Puma to Berlin", desk.talk.ops, **later)
    desk.talk.hears()
    assert "Puma" in desk.text
