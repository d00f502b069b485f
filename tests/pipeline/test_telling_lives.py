"""Whole lives of alerts: which messages go out, what they say, and which of them ring.

A message is written here as what is done and its first line; what does not
begin with "silent" or "edit" rings.
"""

import pytest

from bot.model.channel import Channel as Place
from bot.model.ruling import Slot, Wrong
from bot.model.story import Story
from bot.model.watchlist import Watch
from tests.pipeline.lives import Channel, at, channel, story

CALL = (
    "US-Verteidigungsminister Lloyd Austin hat am Freitag mit seinem russischen Kollegen Andrej Beloussow "
    "telefoniert"
)
HEAD = "🔴 Austin und Beloussow telefonieren"


PLANNED = "🟡 Austin und Beloussow: Telefonat geplant"


def plan(hour: int = 9, day: int = 12, source: str = "vorher.example") -> Story:
    """Announce the call of 12 July two days before, or one for another day."""
    text = (
        f"US-Verteidigungsminister Lloyd Austin will am {day}. Juli 2024 mit seinem russischen Kollegen "
        "Andrej Beloussow telefonieren."
    )
    return story(at(10, hour), source, text)


def held(source: str = "zeit.example", hour: int = 15, more: str = "") -> Story:
    """Tell on 12 July that the call took place."""
    return story(at(12, hour), source, f"{CALL}. {more}".strip())


def pentagon() -> Story:
    """Let the Pentagon tell of it."""
    text = (
        "Secretary of Defense Lloyd J. Austin III spoke by phone with Russian Minister of Defense Andrei "
        "Belousov on July 12, 2024. He emphasized the importance of maintaining lines of communication."
    )
    return story(
        at(12, 16),
        "Pentagon",
        text,
        language="en",
        country="US",
        url="https://www.defense.gov/News/Releases/1/",
    )


def moscow() -> Story:
    """Let the ministry in Moscow tell of it, and who called."""
    text = (
        "Министр обороны России Андрей Белоусов 12 июля провел телефонный разговор с министром обороны США "
        "Ллойдом Остином. Разговор состоялся по инициативе американской стороны."
    )
    return story(at(12, 17), "Минобороны России", text, language="ru", country="RU", url="https://mil.ru/1")


def a_day_early(*sources: str) -> tuple[Story, ...]:
    """Let newspapers date the call a day early."""
    text = (
        "US-Verteidigungsminister Lloyd Austin hat am 11. Juli 2024 mit seinem russischen Kollegen Andrej "
        "Beloussow telefoniert."
    )
    return tuple(story(at(13, 8 + number), source, text) for number, source in enumerate(sources))


def denial(source: str, hour: int = 8) -> Story:
    """Deny the call."""
    text = (
        "Das russische Verteidigungsministerium hat dementiert, dass Verteidigungsminister Andrej Beloussow "
        "am 12. Juli 2024 mit US-Verteidigungsminister Lloyd Austin telefoniert habe."
    )
    return story(at(14, hour), source, text)


def test_the_life_of_an_alert() -> None:
    """Announced, held, told by side A, side B, for two days, denied: one post, one message that rings."""
    with channel() as readers:
        assert readers.hears(plan()) == ["silent post: 🟡 Austin und Beloussow: Telefonat geplant"]
        assert readers.hears(held()) == [f"reply 1: {HEAD}", f"edit 1: {HEAD}"]
        assert readers.hears(pentagon()) == [f"edit 1: {HEAD}"]
        assert "Bisher nur von einer Seite bestätigt: Pentagon" in readers.last
        assert readers.hears(moscow()) == [
            "silent reply 1: 🟡 Austin und Beloussow: von beiden Seiten bestätigt",
            f"edit 1: {HEAD} – Anruf aus Washington",
        ]
        assert "Bestätigt: Pentagon · Moskau" in readers.last
        assert readers.hears(*a_day_early("spiegel.example", "faz.example", "sz.example", "taz.example")) == [
            f"edit 1: {HEAD} – Anruf aus Washington",
        ]
        assert "Tag: 11. Juli 2024 (zeit.example: 12. Juli)" in readers.last
        assert readers.hears(denial("ntv.example")) == [
            "silent reply 1: 🟡 Austin und Beloussow: Telefonat dementiert",
            f"edit 1: {HEAD} – Anruf aus Washington",
        ]
        assert "Dementiert: laut ntv.example" in readers.last
        assert readers.last.splitlines()[-1] == "Stand: 14. Juli 2024, 10:00 Uhr"


def test_the_same_life_in_english() -> None:
    """Other words, the same messages."""
    with channel(language="en") as readers:
        told = [readers.hears(one) for one in (plan(), held(), pentagon(), moscow(), denial("ntv.example"))]
    assert told == [
        ["silent post: 🟡 Austin and Belousov: phone call planned"],
        ["reply 1: 🔴 Austin and Belousov speak by phone", "edit 1: 🔴 Austin and Belousov speak by phone"],
        ["edit 1: 🔴 Austin and Belousov speak by phone"],
        [
            "silent reply 1: 🟡 Austin and Belousov: confirmed by both sides",
            "edit 1: 🔴 Austin and Belousov speak by phone – call from Washington",
        ],
        [
            "silent reply 1: 🟡 Austin and Belousov: phone call denied",
            "edit 1: 🔴 Austin and Belousov speak by phone – call from Washington",
        ],
    ]


def test_the_same_stories_give_the_same_messages() -> None:
    """Byte for byte, on another store."""
    lives = []
    for _ in range(2):
        with channel() as readers:
            readers.hears(plan(), held(), pentagon(), moscow())
            lives.append(readers.messenger.said)
    assert lives[0] == lives[1]


def test_what_was_not_announced_rings_as_a_post() -> None:
    """Without `announce` a plan is only entered; what took place makes the post, and no reply."""
    with channel(Watch("all")) as readers:
        assert readers.hears(plan()) == []
        assert readers.hears(held()) == [f"post: {HEAD}"]


def test_a_post_that_says_it_from_the_start_is_not_answered() -> None:
    """What both sides told before the first post went out stands in it."""
    with channel() as readers:
        assert readers.hears(pentagon(), moscow()) == [f"post: {HEAD} – Anruf aus Washington"]
        assert "Stand" not in readers.last


def test_the_only_source_takes_it_back() -> None:
    """The post becomes a denial, and a silent answer says so; reported again, it stands again."""
    with channel() as readers:
        readers.hears(held("ntv.example"))
        assert readers.hears(denial("ntv.example")) == [
            "silent reply 1: ⚪ Austin und Beloussow: Telefonat dementiert",
            "edit 1: ⚪ Austin und Beloussow: Telefonat dementiert",
        ]
        again = story(at(14, 12), "faz.example", f"{CALL}, wie das Pentagon mitteilte.")
        assert readers.hears(again) == [
            "silent reply 1: 🟡 Austin und Beloussow: Dementi überholt",
            f"edit 1: {HEAD}",
        ]


def test_a_plan_that_is_cancelled_is_answered_silently() -> None:
    """The announcement is put right; nothing took place, nothing rings."""
    text = (
        "Das Telefonat zwischen US-Verteidigungsminister Lloyd Austin und seinem russischen Kollegen Andrej "
        "Beloussow am 12. Juli 2024 wurde abgesagt."
    )
    with channel() as readers:
        readers.hears(plan())
        assert readers.hears(story(at(11, 9), "zeit.example", text, title="Telefonat abgesagt")) == [
            "silent reply 1: ⚪ Austin und Beloussow: Telefonat abgesagt",
            "edit 1: ⚪ Austin und Beloussow: Telefonat abgesagt",
        ]


def test_an_announced_call_that_is_told_too_late_does_not_ring() -> None:
    """Older than `max_age`, that it took place is said without a sound."""
    with channel() as readers:
        readers.hears(plan())
        late = story(at(20, 9), "zeit.example", CALL.replace("am Freitag", "am 12. Juli 2024") + ".")
        assert readers.hears(late) == [f"silent reply 1: {HEAD}", f"edit 1: {HEAD}"]


def test_what_changes_back_before_it_is_said_is_not_said() -> None:
    """While nothing is sent a plan is put off and put back: no answer, the edit says the last."""
    with channel() as readers:
        readers.hears(plan())
        bodies = []
        for one in (plan(11, 13, "spiegel.example"), plan(12, 12, "sz.example")):
            readers.reads(one)
            bodies.append(readers.waiting)
        assert [len(waiting) for waiting in bodies] == [2, 1]
        assert "Bisher: 12. Juli 2024 · nun: 13. Juli 2024" in bodies[0][0]
        assert readers.sends() == [f"edit 1: {PLANNED}"]
        assert "ist für den 12. Juli 2024 geplant." in readers.last


def test_what_was_said_is_said_again_when_it_changes_back() -> None:
    """An answer that went out is put right by another one."""
    with channel() as readers:
        readers.hears(plan())
        said = [readers.hears(plan(11, 13, "spiegel.example")), readers.hears(plan(12, 12, "sz.example"))]
        assert [one[0] for one in said] == ["silent reply 1: 🟡 Austin und Beloussow: neuer Termin"] * 2


def test_a_day_between_two_zones_is_never_corrected() -> None:
    """Whether the second day comes first or last, and however it swings, the post shows both."""
    with channel() as readers:
        readers.hears(held())
        swings = readers.hears(*a_day_early("spiegel.example", "faz.example"), held("sz.example", 18))
        assert swings == [f"edit 1: {HEAD}"]
        assert "Tag: 11. Juli 2024 (zeit.example: 12. Juli)" in readers.last


def first(readers: Channel) -> None:
    """Let the call be told and posted."""
    readers.hears(held(), pentagon())


def test_no_contact_corrects_the_post_and_keeps_it() -> None:
    """An editor's word edits the post visibly; later stories change nothing; taken back, it stands again."""
    with channel() as readers:
        first(readers)
        (contact,) = readers.contacts
        ruling = readers.rules(contact, Wrong.CONTACT)
        assert readers.sends() == [
            "silent reply 1: ⚪ Austin und Beloussow: kein Kontakt",
            "edit 1: ⚪ Korrektur: kein Kontakt",
        ]
        assert "Falsch gemeldet: Austin und Beloussow telefonieren" in readers.last
        assert ">Pentagon</a>" in readers.messenger.said[-1][2]
        assert "⚪ Korrektur: kein Kontakt" in (*readers.hears(moscow()), "⚪ Korrektur: kein Kontakt")
        assert not any("reply" in did for did in readers.hears(denial("ntv.example")))
        assert readers.post(1).startswith("⚪ Korrektur: kein Kontakt")
        readers.takes_back(readers.contacts[0], ruling)
        assert readers.sends() == [
            "silent reply 1: 🟡 Austin und Beloussow: Meldung gilt wieder",
            f"edit 1: {HEAD} – Anruf aus Washington",
        ]


def test_a_contact_that_was_none_rings_nowhere_else_and_precedes_nothing() -> None:
    """Another watch of a later story stays silent, and the next call does not name it as the one before."""
    late = Watch("arms", keywords=("Tomahawk",), channels=("@arms",))
    with channel(Watch("all"), late) as readers:
        readers.hears(held())
        readers.rules(readers.contacts[0], Wrong.CONTACT)
        readers.sends()
        heard = readers.hears(held("faz.example", 17, "Es ging um Tomahawk."))
        assert not any("post" in did for did in heard)
        following = story(at(19, 9), "zeit.example", CALL.replace("am Freitag", "am 18. Juli 2024") + ".")
        assert readers.hears(following) == [f"post: {HEAD}"]
        assert "Zuvor" not in readers.last


def test_the_post_that_named_a_contact_before_is_put_right() -> None:
    """Corrected, the call of 12 July stands corrected in the post on the next; ruled to be none, it goes."""
    with channel() as readers:
        first(readers)
        readers.hears(story(at(19, 9), "zeit.example", CALL.replace("am Freitag", "am 18. Juli 2024") + "."))
        assert "Zuvor: 12. Juli 2024, Telefonat (6 Tage davor)" in readers.last
        day = readers.rules(readers.contacts[0], Wrong.SLOT, Slot.DAY, "2024-07-11")
        readers.sends()
        assert "Zuvor: 11. Juli 2024, Telefonat (7 Tage davor)" in readers.last
        readers.takes_back(readers.contacts[0], day)
        readers.rules(readers.contacts[0], Wrong.CONTACT)
        readers.sends()
        assert "Zuvor" not in readers.last


def test_a_wrong_slot_is_put_right_and_named() -> None:
    """The day is the editor's, whatever stories say later; an answer says what it was."""
    with channel() as readers:
        first(readers)
        readers.rules(readers.contacts[0], Wrong.SLOT, Slot.DAY, "2024-07-11")
        assert readers.sends() == [
            "silent reply 1: ⚪ Austin und Beloussow: Tag berichtigt",
            f"edit 1: {HEAD}",
        ]
        assert "telefonierten am 11. Juli 2024.\n\nKorrektur: Tag berichtigt\n" in readers.last
        assert (
            readers.hears(moscow())[0]
            == "silent reply 1: 🟡 Austin und Beloussow: von beiden Seiten bestätigt"
        )
        assert "telefonierten am 11. Juli 2024." in readers.last


def test_a_duplicate_points_to_the_elder_post() -> None:
    """As where two contacts prove to be one; taken back, the post speaks for itself again."""
    second = CALL.replace("am Freitag", "am 15. Juli 2024") + "."
    with channel() as readers:
        readers.hears(held())
        readers.hears(story(at(15, 18), "faz.example", second))
        elder, younger = readers.contacts
        ruling = readers.rules(younger, Wrong.DUPLICATE, value=elder.id)
        assert readers.sends() == ["edit 2: ⚪ Schon gemeldet: Austin und Beloussow telefonieren"]
        readers.takes_back(younger, ruling)
        assert readers.sends() == [f"edit 2: {HEAD}"]


def test_a_duplicate_of_what_was_posted_nowhere_stays() -> None:
    """Where there is nothing to point to, the post is the only one on the contact."""
    second = CALL.replace("am Freitag", "am 15. Juli 2024") + "."
    with channel(Watch("late", keywords=("Tomahawk",))) as readers:
        readers.hears(held())
        readers.hears(story(at(15, 18), "faz.example", f"{second} Es ging um Tomahawk."))
        elder, younger = readers.contacts
        readers.rules(younger, Wrong.DUPLICATE, value=elder.id)
        assert readers.sends() == []


def test_what_an_editor_rules_out_before_it_is_posted_waits_for_him() -> None:
    """No post says "correction" of what nobody read; taken back, the post is made after all."""
    with channel() as readers:
        readers.reads(held())
        ruling = readers.rules(readers.contacts[0], Wrong.CONTACT)
        assert readers.sends() == []
        readers.takes_back(readers.contacts[0], ruling)
        assert readers.sends() == [f"post: {HEAD}"]


@pytest.mark.parametrize("approve", [True, False])
def test_a_channel_that_wants_an_editors_word_waits_for_it(*, approve: bool) -> None:
    """With `approve` the first post is held, with everything that is told meanwhile."""
    with channel(channels=(Place("", "de", approve=approve),)) as readers:
        assert readers.hears(held()) == ([] if approve else [f"post: {HEAD}"])
        assert readers.hears(pentagon()) == ([] if approve else [f"edit 1: {HEAD}"])
