"""What anybody may ask the bot, over real HTTP, each answer read by Telegram's parser."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.contacts.assemble import assemble
from bot.contacts.reports import reports_of
from bot.model.channel import Channel
from bot.model.contact import Contact
from bot.recognition import Recogniser
from bot.register.load import load
from tests.pipeline.script import story
from tests.servers.telegram_people import Person
from tests.talk.stage import EDITOR, JULY, JUNE, OPS, READER, Stage

CALL = (
    "US-Verteidigungsminister Lloyd Austin hat am Freitag mit seinem russischen Kollegen Andrej Beloussow "
    "telefoniert. Das Gespräch fand auf Initiative Russlands statt, teilte das Pentagon mit."
)


def _read() -> Contact:
    """Put a contact together from a story that is really read."""
    told = story("blatt", JULY, CALL)
    return assemble(reports_of(told, Recogniser(load()).read(told), frozenset()))[0]


def test_start_says_what_the_bot_is_for(talk: Stage) -> None:
    """Whoever opens the chat hears what the channel tells and what can be asked."""
    said = talk.asks(READER, "/start")
    assert said.startswith("Guten Tag.")
    assert "/contacts" in said
    assert "/pause" not in said


def test_the_latest_posts_come_with_their_links(talk: Stage) -> None:
    """The newest first, each linked to where it stands, as many as were asked for."""
    talk.told(talk.entered("june", JUNE), number=5)
    talk.told(talk.entered("july", JULY), number=6)
    said = talk.asks(READER, "/last")
    assert said.index("2024-07-12") < said.index("2024-06-25")
    html = talk.last(talk.home[READER.id]).html
    assert 'href="https://t.me/draht/6"' in html
    assert "2024-06-25" not in talk.asks(READER, "/last 1")
    assert talk.asks(READER, "/last 999").count("🔴") == 2


def test_a_number_under_the_latest_posts_shows_what_that_one_rests_on(talk: Stage) -> None:
    """A press is enough; the button comes to rest."""
    talk.told(talk.entered("june", JUNE))
    talk.asks(READER, "/last")
    talk.pushes(READER, talk.home[READER.id], "1")
    assert "Tag: 25. Juni 2024 – Erste Zeitung" in talk.last(talk.home[READER.id]).text
    assert talk.world.notices == [None]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/contacts", 2),
        ("/contacts Russland", 2),
        ("/contacts 2024-07", 1),
        ("/contacts USA seit 2024-07-01", 1),
        ("/contacts США, Moskau", 2),
        ("/contacts Frankreich", 0),
        ("/contacts@draht_test_bot US", 2),
    ],
)
def test_contacts_are_found_by_whom_and_since(talk: Stage, asked: str, found: int) -> None:
    """A country in any of its languages, one or several, and a time."""
    talk.entered("june", JUNE)
    talk.entered("july", JULY)
    said = talk.asks(READER, asked)
    assert said.count("🔴") == found
    assert said.startswith("Kontakte" if found else "Dazu ist kein Kontakt bekannt")


def test_a_minister_is_known_in_any_spelling(talk: Stage) -> None:
    """Also in another script, with a slip, and with the counterpart beside him."""
    with talk.store.ledger() as ledger:
        ledger.enter(_read(), talk.clock.now())
    for name in ("Beloussow", "Белоусов", "Belousov", "Austin Beloussow", "Lloyd Austin und Russland"):
        talk.clock.advance(timedelta(minutes=1))
        assert "Austin – Beloussow (Russland, USA)" in talk.asks(READER, f"/contacts {name}"), name


def test_evidence_says_who_tells_what_in_which_words(talk: Stage) -> None:
    """Each slot names its source, linked, and the words; what nobody tells is said too."""
    contact = _read()
    with talk.store.ledger() as ledger:
        ledger.enter(contact, talk.clock.now())
    talk.told(contact)
    said = talk.asks(READER, "/why")
    assert "Tag: 12. Juli 2024 – blatt „Freitag“" in said
    assert "Initiative: Russland – blatt „auf Initiative Russlands“" in said
    assert "Beteiligte: Austin, Beloussow – blatt" in said
    assert "Nicht belegt: Themen, Ort und Dauer." in said
    assert 'href="https://blatt.example/2024-07-12"' in talk.last(talk.home[READER.id]).html


def test_evidence_is_found_by_number_link_and_deep_link(talk: Stage) -> None:
    """The button under a post leads here by its alert's id, a reader by what he sees in the channel."""
    alert = talk.told(talk.entered("june", JUNE), number=5)
    talk.told(talk.entered("july", JULY), number=6)
    ways = ("/why 2", "/why https://t.me/draht/5", "t.me/Draht/5?single", f"/start why-{alert.id}")
    for way in (*ways, f"/why {alert.id}"):
        talk.clock.advance(timedelta(minutes=1))
        assert "Tag: 25. Juni 2024" in talk.asks(READER, way), way
    for way in ("/why 3", "/why 0", "/why https://t.me/other/5", "/why x", f"/start why-{'0' * 20}"):
        talk.clock.advance(timedelta(minutes=1))
        assert talk.asks(READER, way).startswith("Diese Meldung finde ich nicht."), way


def test_what_is_not_understood_is_named(talk: Stage) -> None:
    """And what would be understood."""
    assert "„Nirgendwo“" in talk.asks(READER, "/contacts Nirgendwo")
    assert "2024-13" in talk.asks(READER, "/contacts USA 2024-13")
    assert talk.asks(READER, "/nonsense").startswith("Diesen Befehl kenne ich nicht.")
    assert "/last" in talk.asks(READER, "Guten Tag!")


def test_a_reader_is_answered_in_his_language(talk: Stage) -> None:
    """Where the bot does not talk it, in that of the watch-list."""
    english, french = Person(90, "Ann", "en-GB"), Person(91, "Anne", "fr")
    for person in (english, french):
        talk.home[person.id] = talk.world.private(person.id)
    assert talk.asks(english, "/last") == "There is no post yet."
    assert talk.asks(french, "/last") == "Es gibt noch keine Meldung."


def test_a_contact_told_in_two_channels_is_listed_once(talk: Stage) -> None:
    """In the channel of the reader's language, and under one number."""
    channels = (Channel("@draht_en", "en"),)
    watchlist = replace(talk.wire.desk.watchlist, channels=channels)
    talk.wire = replace(talk.wire, desk=replace(talk.wire.desk, watchlist=watchlist))
    for number, (name, day) in enumerate((("june", JUNE), ("july", JULY))):
        contact = talk.entered(name, day)
        talk.told(contact, number=5 + number)
        talk.told(contact, channel="@draht_en", number=7 + number)
    english = Person(90, "Ann", "en")
    talk.home[english.id] = talk.world.private(english.id)
    for person, place in ((READER, "draht"), (english, "draht_en")):
        assert talk.asks(person, "/last").count("🔴") == 2
        assert talk.last(talk.home[person.id]).html.count(f'href="https://t.me/{place}/') == 2
        assert "2024-07-12" in talk.asks(person, "/last 1")
        assert "25" in talk.asks(person, "/why 2")


def test_what_an_editor_put_right_is_told_to_whoever_asks(talk: Stage) -> None:
    """A contact that was none is listed as such, one of another day with that, and /why says so."""
    talk.told(talk.entered("june", JUNE), number=5)
    talk.told(talk.entered("july", JULY), number=6)
    home = talk.home[EDITOR.id]
    talk.asks(EDITOR, "/why 1")
    for label in ("Angabe falsch", "Tag", "nicht bekannt"):
        talk.pushes(EDITOR, home, label)
    talk.asks(EDITOR, "/why 2")
    talk.pushes(EDITOR, home, "Kein Kontakt")
    said = talk.asks(READER, "/contacts")
    assert "🔴 gemeldet 12. Juli 2024 · Telefonat · Person – Person (Russland, USA)" in said
    assert "⚪ 25. Juni 2024 · Telefonat · Person – Person (Russland, USA) – kein Kontakt" in said
    assert "Korrektur: Tag gestrichen" in talk.asks(READER, "/why 1")


def test_a_private_channel_is_the_editors_alone(talk: Stage) -> None:
    """Readers neither see its posts in a list nor by their id or number."""
    contact = talk.entered("june", JUNE)
    alert = talk.told(contact, channel="-100777", number=9)
    assert talk.asks(READER, "/last") == "Es gibt noch keine Meldung."
    assert talk.asks(READER, f"/why {alert.id}").startswith("Diese Meldung finde ich nicht.")
    assert talk.asks(READER, "/why https://t.me/c/777/9").startswith("Diese Meldung finde ich nicht.")
    assert "2024-06-25" in talk.asks(EDITOR, "/last")
    assert "Tag: 25. Juni 2024" in talk.asks(EDITOR, "/why https://t.me/c/777/9")


def test_a_default_channel_without_a_name_is_listed_for_editors_alone(talk: Stage) -> None:
    """Who was shown a post may ask why it rang, by the button under it; nobody is led to the channel."""
    talk.chat = "-100777"
    alert = talk.told(talk.entered("june", JUNE), number=9)
    assert talk.asks(READER, "/last") == "Es gibt noch keine Meldung."
    assert talk.asks(READER, "/why 1").startswith("Diese Meldung finde ich nicht.")
    assert "Tag: 25. Juni 2024" in talk.asks(READER, f"/start why-{alert.id}")
    assert "2024-06-25" in talk.asks(EDITOR, "/last")


def test_readers_see_contacts_as_editors_ruled_on_them(talk: Stage) -> None:
    """One that proved to be none is listed as such, as its post says too."""
    june = talk.entered("june", JUNE)
    talk.presses(EDITOR, f"n:{june.id}")
    talk.hears()
    for person in (READER, EDITOR):
        assert talk.asks(person, "/contacts").endswith("– kein Kontakt")


def test_a_contact_whose_post_waits_is_the_editors_alone(talk: Stage) -> None:
    """What readers are not to be told yet they cannot ask for either."""
    asking = Channel("", "de", approve=True)
    watchlist = replace(talk.wire.desk.watchlist, channels=(asking,))
    talk.wire = replace(talk.wire, desk=replace(talk.wire.desk, watchlist=watchlist))
    talk.told(talk.entered("june", JUNE), held=True)
    talk.told(talk.entered("july", JULY))
    assert "Juni" not in talk.asks(READER, "/contacts")
    assert "Juni" in talk.asks(EDITOR, "/contacts")


def test_a_post_that_waits_is_the_editors_alone(talk: Stage) -> None:
    """Nobody reads it before an editor has let it out."""
    alert = talk.told(talk.entered("june", JUNE), held=True)
    assert talk.asks(READER, f"/why {alert.id}").startswith("Diese Meldung finde ich nicht.")
    assert "Tag: 25. Juni 2024" in talk.asks(EDITOR, f"/why {alert.id}")


def test_people_are_shown_what_they_may_ask(talk: Stage) -> None:
    """Everybody sees the readers' commands, editors and the operators' chat all, in each language."""
    talk.hears()
    shown = {
        (one["scope"].get("chat_id", one["scope"]["type"]), one["language"]): len(one["commands"])
        for one in talk.world.commands
    }
    assert shown == {
        ("all_private_chats", None): 5,
        ("all_private_chats", "en"): 5,
        (EDITOR.id, None): 12,
        (EDITOR.id, "en"): 12,
        (OPS, None): 12,
        (OPS, "en"): 12,
    }
