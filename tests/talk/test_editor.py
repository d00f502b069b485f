"""What editors may do, by command and by button, in the operators' chat or privately."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.model.alert import EntryState, OutboxEntry
from bot.model.channel import Channel
from bot.model.contact import Contact
from bot.model.feed import FeedState
from bot.model.ruling import Ruling, Slot, Switch, Wrong
from bot.runners.talking import Talking
from tests.talk.stage import EDITOR, JULY, JUNE, READER, Stage, stage


def _rulings(talk: Stage, *contacts: Contact) -> Sequence[Ruling]:
    with talk.store.ledger() as ledger:
        return ledger.rulings([contact.id for contact in contacts])


def _due(talk: Stage) -> tuple[OutboxEntry, ...]:
    return talk.store.outbox_due(talk.clock.now() + timedelta(days=400))


def test_no_contact_is_ruled_and_taken_back(talk: Stage) -> None:
    """One press corrects, one more takes it back."""
    contact = talk.entered("june", JUNE)
    talk.told(contact)
    talk.asks(EDITOR, "/why", talk.ops)
    talk.pushes(EDITOR, talk.ops, "Kein Kontakt")
    assert talk.last(talk.ops).text == "Berichtigt: kein Kontakt."
    (ruling,) = _rulings(talk, contact)
    assert (ruling.wrong, ruling.by) == (Wrong.CONTACT, "Erika (42)")
    talk.pushes(EDITOR, talk.ops, "Zurücknehmen")
    assert talk.last(talk.ops).text == "Zurückgenommen."
    assert _rulings(talk, contact) == ()


def test_a_duplicate_is_ruled_by_picking_the_elder(talk: Stage) -> None:
    """The latest posts are offered, the contact's own is not."""
    june, july = talk.entered("june", JUNE), talk.entered("july", JULY)
    talk.told(june, number=5)
    talk.told(july, number=6)
    talk.asks(EDITOR, "/why 1")
    home = talk.home[EDITOR.id]
    talk.pushes(EDITOR, home, "Dublette")
    labels = [button.label for button in talk.world.keyboard(home, talk.last(home))]
    assert [("2024-06-25" in label, "2024-07-12" in label) for label in labels] == [(True, False)]
    talk.pushes(EDITOR, home, "2024-06-25")
    assert talk.last(home).text.startswith("Berichtigt: wiederholt 🔴 25. Juni 2024")
    (ruling,) = _rulings(talk, july)
    assert (ruling.wrong, ruling.value) == (Wrong.DUPLICATE, june.id)


def test_a_wrong_slot_is_ruled_by_slot_and_value(talk: Stage) -> None:
    """What is told is offered, and that it is not known."""
    contact = talk.entered("june", JUNE)
    talk.told(contact)
    home = talk.home[EDITOR.id]
    for slot, label, ruled in (
        ("Initiative", "USA", (Slot.INITIATIVE, "US")),
        ("Art", "Videogespräch", (Slot.MEDIUM, "video")),
        ("Tag", "25. Juni 2024", (Slot.DAY, "2024-06-25")),
        ("Ort", "nicht bekannt", (Slot.PLACE, None)),
    ):
        talk.clock.advance(timedelta(minutes=1))
        talk.asks(EDITOR, "/why 1")
        talk.pushes(EDITOR, home, "Angabe falsch")
        talk.pushes(EDITOR, home, slot)
        labels = [button.label for button in talk.world.keyboard(home, talk.last(home))]
        assert labels[-1] == "nicht bekannt"
        talk.pushes(EDITOR, home, label)
        told = _rulings(talk, contact)[-1]
        assert (told.slot, told.value) == ruled
        assert label in talk.last(home).text


def test_pause_and_resume_turn_the_switch(talk: Stage) -> None:
    """The book says who, and the state of things says so too."""
    assert "Erika (42)" in talk.asks(EDITOR, "/pause")
    switch = talk.store.switch("pause")
    assert switch is not None
    assert switch.by == "Erika (42)"
    assert "Angehalten von Erika (42)" in talk.asks(EDITOR, "/status")
    talk.asks(EDITOR, "/resume")
    assert talk.store.switch("pause") is None


def test_mute_lasts_as_long_as_was_asked(talk: Stage) -> None:
    """Two hours where nothing is said, a month at most; a length that is none is refused."""
    talk.asks(EDITOR, "/mute")
    first = talk.store.switch("mute")
    talk.asks(EDITOR, "/mute 9999d")
    longest = talk.store.switch("mute")
    assert isinstance(first, Switch)
    assert isinstance(longest, Switch)
    assert first.until is not None
    assert longest.until is not None
    assert longest.until - first.until == timedelta(days=30) - timedelta(hours=2) + timedelta(seconds=2)
    assert talk.asks(EDITOR, "/mute soon").startswith("Diese Dauer verstehe ich nicht")
    assert talk.store.switch("mute") == longest


def test_held_posts_are_listed_and_let_out_by_their_number(talk: Stage) -> None:
    """One by one, or all of them."""
    for name, day in (("june", JUNE), ("july", JULY)):
        talk.told(talk.entered(name, day), held=True)
    assert talk.asks(EDITOR, "/approve").startswith("Es warten auf Freigabe: 2\n\n1. 🔴")
    assert talk.asks(EDITOR, "/approve 2") == "Freigegeben: 1"
    assert [entry.number for entry in _due(talk)] == [2]
    assert talk.asks(EDITOR, "/approve 2") == "Nichts wartet auf Freigabe."
    assert talk.asks(EDITOR, "/approve all") == "Freigegeben: 1"
    assert talk.store.archive.held() == ()


def test_a_rejected_post_is_ruled_and_may_wait_again(talk: Stage) -> None:
    """It is never made, and labels its stories; taken back, it waits for an editor as before."""
    watchlist = replace(talk.wire.desk.watchlist, channels=(Channel("", "de", approve=True),))
    talk.wire = replace(talk.wire, desk=replace(talk.wire.desk, watchlist=watchlist))
    contact = talk.entered("june", JUNE)
    alert = talk.told(contact, held=True)
    talk.presses(EDITOR, f"r:{alert.id}", talk.ops, talk.ops.foreign("card").id)
    talk.hears()
    assert talk.store.archive.held() == ()
    (ruling,) = _rulings(talk, contact)
    assert ruling.wrong is Wrong.CONTACT
    talk.presses(EDITOR, f"u:{ruling.id}", talk.ops)
    talk.hears()
    assert [one.alert.id for one in talk.store.archive.held()] == [alert.id]
    assert _rulings(talk, contact) == ()
    assert _due(talk) == ()


def test_the_state_of_things_is_told(talk: Stage) -> None:
    """Version, figures, what waits and what went wrong last."""
    alert = talk.told(talk.entered("june", JUNE), held=True)
    with talk.store.ledger() as ledger:
        ledger.tell(replace(alert, id="f" * 20, held=False), talk.clock.now())
    (entry,) = _due(talk)
    talk.store.save_entry(replace(entry, state=EntryState.REFUSED, error="the bot may not post in <b>@x</b>"))
    said = talk.asks(EDITOR, "/status")
    assert "Draht 1.2.3" in said
    assert "Ausgang: wartend 0, zur Freigabe 1, abgewiesen 1" in said
    assert "Letzter Fehler: the bot may not post in <b>@x</b>" in said


def test_the_watch_list_in_force_is_told_and_what_keeps_another_from_it(talk: Stage) -> None:
    """By its revision and since when; the fault of a file that was saved later stands until it is mended."""
    assert "Watch-Liste" not in talk.asks(EDITOR, "/status")
    talk.store.force.enter("a1b2c3d4", [], talk.clock.now())
    assert "Watch-Liste a1b2c3d4, in Kraft seit " in talk.asks(EDITOR, "/status")
    talk.store.force.broken("watchlist.yaml:3:5: error: <b>\nwatchlist.yaml:4:1: error: no", talk.clock.now())
    said = talk.asks(EDITOR, "/status")
    assert "nicht brauchbar:\nwatchlist.yaml:3:5: error: <b>\nwatchlist.yaml:4:1: error: no" in said
    talk.store.force.enter("a1b2c3d4", [], talk.clock.now())
    assert "nicht brauchbar" not in talk.asks(EDITOR, "/status")


def test_editors_are_told_which_watch_list_made_a_post(talk: Stage) -> None:
    """Below the evidence; readers, and posts of before it was written down, go without."""
    alert = talk.told(talk.entered("june", JUNE))
    assert "Watch-Liste" not in talk.asks(EDITOR, "/why")
    with talk.store.ledger() as ledger:
        (known,) = ledger.alerts([alert.subject])
        ledger.tell(replace(known, revision="a1b2c3d4"), talk.clock.now())
    assert talk.asks(EDITOR, "/why").endswith("\nNach Watch-Liste a1b2c3d4")
    assert "Watch-Liste" not in talk.asks(READER, "/why")


def test_feeds_that_are_not_heard_are_named() -> None:
    """As `draht feeds health` does: with what is wrong, and what can be done."""
    gone, well = "https://gone.example/", "https://well.example/"
    with stage({gone: [], well: []}) as talk:
        now = talk.clock.now()
        fault = "gone: https://gone.example/ is gone for good (410)"
        gone_state = FeedState(gone, checked_at=now, failures=3, fault=fault)
        talk.store.save_look(gone_state, ())
        talk.store.save_look(FeedState(well, checked_at=now, first_read_at=now, entries=2, newest=now), ())
        said = talk.asks(EDITOR, "/health")
        assert said.startswith("Quellen: 1 von 2 zu hören")
        assert "gone.example/ (gone): https://gone.example/ is gone for good (410)" in said
        assert "remove it from feeds.yaml" in said
        assert "Nicht zu hören: gone.example/" in talk.asks(EDITOR, "/status")


def test_the_operators_chat_sees_new_posts_and_what_waits(talk: Stage) -> None:
    """Each once, silently, with the buttons that fit; what was made before the start is not shown."""
    talk.told(talk.entered("may", JUNE - timedelta(days=40)), number=4)

    async def story(talking: Talking) -> None:
        await talking.cards.show()
        talk.told(talk.entered("june", JUNE), number=5)
        talk.told(talk.entered("july", JULY), held=True)
        await talking.cards.show()
        await talking.cards.show()
        (waiting,) = talk.store.archive.held()
        with talk.store.ledger() as ledger:
            ledger.tell(replace(waiting.alert, held=False), talk.clock.now())
        await talking.cards.show()
        (entry,) = _due(talk)
        talk.store.save_entry(replace(entry, state=EntryState.SENT, message_id=8))
        await talking.cards.show()
        await talking.cards.show()

    talk.run(story)
    cards = talk.world.answers(talk.ops)
    assert [card.text.partition("\n")[0] for card in cards] == [
        "Gemeldet:",
        "Wartet auf Freigabe: 3",
        "Gemeldet:",
    ]
    assert all(card.silent for card in cards)
    below = [[button.label for button in talk.world.keyboard(talk.ops, card)] for card in cards]
    assert below[0] == ["Kein Kontakt", "Dublette", "Angabe falsch"]
    assert below[1][:2] == ["Freigeben", "Ablehnen"]
    assert "Die Minister telefonierten." in cards[1].text
    assert 'href="https://t.me/draht/8"' in cards[2].html


def test_a_post_that_waited_at_the_start_is_shown(talk: Stage) -> None:
    """A restart loses no question to the editors."""
    talk.told(talk.entered("june", JUNE), held=True)
    talk.run(lambda talking: talking.cards.show())
    assert talk.last(talk.ops).text.startswith("Wartet auf Freigabe: 1")
    talk.pushes(EDITOR, talk.ops, "Freigeben")
    assert talk.last(talk.ops).text.endswith("Freigegeben.")
    assert [entry.number for entry in _due(talk)] == [1]


def test_in_the_operators_chat_others_are_told_how_to_become_editors(talk: Stage) -> None:
    """With the number that the setting wants; the refused command has done nothing."""
    said = talk.asks(READER, "/pause@draht_test_bot", talk.ops)
    assert "Ihre Nummer ist 77" in said
    assert talk.store.switch("pause") is None
