"""Whole posts, as a subscriber reads them."""

from datetime import date

import pytest

from bot.alerts.post import render
from bot.model.claim import Bound, Duration, Initiative, Medium, Participant, Place, Statement, Status
from bot.model.contact import Contact
from bot.model.office import Office, Role
from tests.alerts.newsroom import (
    AFP,
    AUSTIN,
    DE,
    PENTAGON,
    PL,
    RU,
    TAGESSCHAU,
    TASS,
    US,
    Outlet,
    call,
    desk,
    july_call,
    june_call,
    press,
)
from tests.servers.telegram_html import assert_valid_post


def post(contact: Contact, previous: Contact | None = None, language: str = "de") -> str:
    """Render a post and let Telegram's parser judge it."""
    written = render(contact, previous, press(language))
    assert_valid_post(written, limit=900)
    return written


def test_the_call_of_june_in_german() -> None:
    """Head, day, initiative by both sides, topics, the contact before by its source, both sides' words."""
    assert post(june_call()) == (
        "🔴 <b>Austin und Beloussow telefonieren – Anruf aus Washington</b>\n"
        "Die Verteidigungsminister der USA und Russlands telefonierten am 25. Juni 2024.\n"
        "\n"
        "<b>Bestätigt:</b> Pentagon · Moskau\n"
        "<b>Initiative:</b> USA, laut Pentagon und Moskau\n"
        "<b>Themen:</b> Gesprächskanäle, Waffenlieferungen, Eskalationsrisiko, Krieg in der Ukraine\n"
        "<b>Zuvor laut prosieben.de:</b> 15. März 2023\n"
        "\n"
        "<blockquote expandable><b>Pentagon:</b> "
        "Austin habe betont, wie wichtig offene Gesprächskanäle seien.\n"
        "<b>Moskau:</b> "
        "Beloussow habe vor einer Eskalation durch weitere Waffenlieferungen gewarnt.</blockquote>\n"
        "\n"
        '<b>Quellen:</b> <a href="https://www.defense.gov/News/Releases/1/">Pentagon</a> · '
        '<a href="https://www.prosieben.de/newstime/396324?a=1&amp;b=2">prosieben.de</a> · '
        '<a href="https://tass.ru/armiya/1">TASS</a>\n'
        "#Telefonat #USA #Russland"
    )


def test_the_call_of_june_in_english() -> None:
    """The same contact for readers of English: the German sentences are marked as such."""
    assert post(june_call(), language="en") == (
        "🔴 <b>Austin and Belousov speak by phone – call from Washington</b>\n"
        "The defence ministers of the United States and Russia spoke by phone on 25 June 2024.\n"
        "\n"
        "<b>Confirmed:</b> Pentagon · Moscow\n"
        "<b>Initiative:</b> United States, per the Pentagon and Moscow\n"
        "<b>Topics:</b> lines of communication, arms deliveries, risk of escalation, war in Ukraine\n"
        "<b>Previously, per prosieben.de:</b> 15 March 2023\n"
        "\n"
        "<blockquote expandable><b>Pentagon (German):</b> "
        "Austin habe betont, wie wichtig offene Gesprächskanäle seien.\n"
        "<b>Moscow (German):</b> "
        "Beloussow habe vor einer Eskalation durch weitere Waffenlieferungen gewarnt.</blockquote>\n"
        "\n"
        '<b>Sources:</b> <a href="https://www.defense.gov/News/Releases/1/">Pentagon</a> · '
        '<a href="https://www.prosieben.de/newstime/396324?a=1&amp;b=2">prosieben.de</a> · '
        '<a href="https://tass.ru/armiya/1">TASS</a>\n'
        "#PhoneCall #UnitedStates #Russia"
    )


def test_a_day_that_no_story_tells_is_not_made_up() -> None:
    """The call of July is "reported on" its first report's day, and the misdated call before is shown."""
    assert post(july_call(with_day=False), june_call()) == (
        "🔴 <b>Austin und Beloussow telefonieren – Anruf aus Moskau</b>\n"
        "Die Verteidigungsminister der USA und Russlands haben telefoniert. "
        "Gemeldet am 13. Juli 2024; der Tag des Telefonats ist nicht genannt.\n"
        "\n"
        "<b>Bestätigt:</b> Pentagon · Moskau\n"
        "<b>Initiative:</b> Russland, laut tagesschau.de\n"
        "<b>Themen:</b> Eskalationsrisiko, Gesprächskanäle\n"
        "<b>Zuvor:</b> 25. Juni 2024, Telefonat (tagesschau.de nennt den 26. Juni)\n"
        "\n"
        "<blockquote expandable><b>Pentagon (engl.):</b> "
        "Secretary Austin emphasized the importance of maintaining lines of communication.\n"
        "<b>Moskau:</b> "
        "Es sei darum gegangen, das Risiko einer Eskalation zu verringern.</blockquote>\n"
        "\n"
        '<b>Quellen:</b> <a href="https://www.defense.gov/News/Releases/1/">Pentagon</a> · '
        '<a href="https://www.tagesschau.de/ausland/telefonat-102.html">tagesschau.de</a>\n'
        "#Telefonat #USA #Russland"
    )


def test_a_later_story_fills_the_day_in() -> None:
    """Once a story tells the day, the sentence tells it, and how long after the call before it was."""
    lines = post(july_call(with_day=True), june_call()).split("\n")
    assert lines[:7] == [
        "🔴 <b>Austin und Beloussow telefonieren – Anruf aus Moskau</b>",
        "Die Verteidigungsminister der USA und Russlands telefonierten am 12. Juli 2024.",
        "",
        "<b>Bestätigt:</b> Pentagon · Moskau",
        "<b>Initiative:</b> Russland, laut tagesschau.de",
        "<b>Themen:</b> Eskalationsrisiko, Gesprächskanäle",
        "<b>Zuvor:</b> 25. Juni 2024, Telefonat (17 Tage davor; tagesschau.de nennt den 26. Juni)",
    ]


def test_a_later_story_fills_the_day_in_for_readers_of_english() -> None:
    """The call of July in English, with and without its day."""
    without = post(july_call(with_day=False), june_call(), "en").split("\n")
    filled = post(july_call(with_day=True), june_call(), "en").split("\n")
    assert without[1] == (
        "The defence ministers of the United States and Russia have spoken by phone. "
        "Reported on 13 July 2024; the day of the call is not given."
    )
    assert without[6] == "<b>Previously:</b> 25 June 2024, phone call (tagesschau.de says 26 June)"
    assert (
        filled[1] == "The defence ministers of the United States and Russia spoke by phone on 12 July 2024."
    )
    assert filled[6] == (
        "<b>Previously:</b> 25 June 2024, phone call (17 days earlier; tagesschau.de says 26 June)"
    )


def warsaw() -> Contact:
    """Tell of a meeting whose place and length a German story gives, and which another dates a day later."""
    meeting = call(
        medium=Medium.MEETING,
        participants=(Participant(DE, "Boris Pistorius"), Participant(PL, "Władysław Kosiniak-Kamysz")),
        day=date(2024, 7, 1),
        by=date(2024, 7, 1),
    )
    later = date(2024, 7, 2)
    return (
        desk(meeting)
        .file(TAGESSCHAU, place=Place("Warsaw", "PL"), duration=Duration(120))
        .file(AFP, day=later, by=later, place=Place("Cracovie"), duration=Duration(90, Bound.ABOUT))
        .contact()
    )


def test_a_meeting_tells_its_place_and_every_day_that_is_told() -> None:
    """Place and length stand in the reader's language; a source with another day is named."""
    assert post(warsaw()) == (
        "🔴 <b>Kosiniak-Kamysz und Pistorius treffen sich</b>\n"
        "Die Verteidigungsminister Polens und Deutschlands trafen sich am 1. Juli 2024.\n"
        "\n"
        "<b>Tag:</b> 1. Juli 2024 (AFP: 2. Juli)\n"
        "<b>Ort:</b> Warschau\n"
        "<b>Dauer:</b> 2 Stunden\n"
        "\n"
        '<b>Quellen:</b> <a href="https://www.tagesschau.de/ausland/telefonat-102.html">tagesschau.de</a> · '
        '<a href="https://www.afp.com/fr/1">AFP</a>\n'
        "#Treffen #Polen #Deutschland"
    )


def test_a_capital_and_a_length_are_told_in_any_language() -> None:
    """The English post of the same meeting has no German words in it."""
    assert post(warsaw(), language="en") == (
        "🔴 <b>Kosiniak-Kamysz and Pistorius meet</b>\n"
        "The defence ministers of Poland and Germany met on 1 July 2024.\n"
        "\n"
        "<b>Day:</b> 1 July 2024 (AFP: 2 July)\n"
        "<b>Place:</b> Warsaw\n"
        "<b>Length:</b> 2 hours\n"
        "\n"
        '<b>Sources:</b> <a href="https://www.tagesschau.de/ausland/telefonat-102.html">tagesschau.de</a> · '
        '<a href="https://www.afp.com/fr/1">AFP</a>\n'
        "#Meeting #Poland #Germany"
    )


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place("Brussels", "BE"), "Brüssel"),
        (Place("Pentagon", "US"), "Pentagon"),
        (Place("Kremlin", "RU"), "Kreml"),
        (Place("Dubai", "AE"), "Dubai"),
        (Place("Cracovie"), None),
    ],
)
def test_a_place_is_named_for_its_readers_or_not_at_all(place: Place, shown: str | None) -> None:
    """A house of the register has a word in each language; a town that only a French story names has none."""
    told = post(desk(call(medium=Medium.MEETING)).file(AFP, place=place).contact())
    assert (f"<b>Ort:</b> {shown}\n" in told) if shown else ("Ort:" not in told)


@pytest.mark.parametrize(
    ("duration", "german", "english"),
    [
        (Duration(50), "50 Minuten", "50 minutes"),
        (Duration(60), "1 Stunde", "1 hour"),
        (Duration(90, Bound.ABOUT), "rund 90 Minuten", "about 90 minutes"),
        (Duration(150), "2,5 Stunden", "2.5 hours"),
        (Duration(60, Bound.OVER), "mehr als 1 Stunde", "more than 1 hour"),
        (Duration(120, Bound.UNDER), "fast 2 Stunden", "almost 2 hours"),
    ],
)
def test_a_length_is_told_as_exactly_as_it_was(duration: Duration, german: str, english: str) -> None:
    """Minutes and hours stand in the language of the post; "about" only where it was said."""
    contact = desk(call()).file(TASS, duration=duration).contact()
    assert f"<b>Dauer:</b> {german}\n" in post(contact)
    assert f"<b>Length:</b> {english}\n" in post(contact, language="en")


def test_a_second_opinion_turns_neither_place_nor_length() -> None:
    """Who told it first stays shown, however many say otherwise later."""
    meeting = call(medium=Medium.MEETING)
    first = desk(meeting).file(TASS, place=Place("Moscow", "RU"), duration=Duration(60))
    later = first.file(AFP, place=Place("Paris", "FR"), duration=Duration(45)).file(
        TAGESSCHAU, place=Place("Paris", "FR"), duration=Duration(45)
    )
    assert "<b>Ort:</b> Moskau\n<b>Dauer:</b> 1 Stunde\n" in post(later.contact())


def test_where_a_caller_was_is_not_where_they_met() -> None:
    """A place from a story that tells of a call is not the place of the meeting that others tell of."""
    meeting = call(medium=Medium.MEETING)
    filed = (
        desk(meeting).file(TASS, medium=Medium.PHONE, place=Place("Moscow", "RU")).file(AFP).file(PENTAGON)
    )
    assert "Ort:" not in post(filed.contact())
    assert "<b>Ort:</b> Brüssel\n" in post(filed.file(TAGESSCHAU, place=Place("Brussels", "BE")).contact())


def test_who_is_quoted_or_denies_is_linked() -> None:
    """However many told it before, a sentence and a denial have their sources among the six."""
    filed = desk(call())
    for number in range(8):
        filed.file(Outlet(f"Blatt {number}", url=f"https://blatt{number}.example/"))
    said = Statement("US", "Pentagon", "Austin habe offene Gesprächskanäle angemahnt.", "de")
    filed.file(TAGESSCHAU, statements=(said,)).file(TASS, status=Status.DENIED)
    sources = post(filed.contact()).split("\n")[-2]
    assert ">tagesschau.de</a>" in sources
    assert ">TASS</a>" in sources
    assert sources.count("<a ") == 6


def many(*codes: str, initiative: Initiative | None = None) -> Contact:
    """Tell of a meeting of these countries' ministers."""
    seats = tuple(Participant(Office(code)) for code in codes)
    claim = call(medium=Medium.MEETING, participants=seats)
    return desk(claim).file(TAGESSCHAU, initiative=initiative).contact()


def test_a_big_table_is_counted_and_listed() -> None:
    """From three countries on, the headline counts them and a line lists them with their flags."""
    assert post(many("GB", "DE", "FR", "IT", "PL", initiative=Initiative("DE"))) == (
        "🔴 <b>Verteidigungsminister von fünf Ländern treffen sich</b>\n"
        "Die Verteidigungsminister von fünf Ländern trafen sich am 25. Juni 2024.\n"
        "\n"
        "<b>Beteiligt:</b> 🇩🇪 Deutschland, 🇫🇷 Frankreich, 🇬🇧 Großbritannien, 🇮🇹 Italien, 🇵🇱 Polen\n"
        "<b>Initiative:</b> Deutschland, laut tagesschau.de\n"
        "\n"
        '<b>Quelle:</b> <a href="https://www.tagesschau.de/ausland/telefonat-102.html">tagesschau.de</a>\n'
        "#Treffen #Deutschland #Frankreich #Großbritannien #Italien #Polen"
    )


def test_a_very_big_table_is_not_listed_to_its_end() -> None:
    """Of thirty countries, told in figures, the first are listed and the rest counted."""
    codes = [country.code for country in press().register.countries[:30]]
    lines = post(many(*codes)).split("\n")
    assert lines[0] == "🔴 <b>Verteidigungsminister von 30 Ländern treffen sich</b>"
    assert lines[3].startswith("<b>Beteiligt:</b> 🇦🇱 Albanien, 🇧🇪 Belgien, ")
    assert lines[3].endswith(" und 16 weitere")


def test_countries_without_their_persons_are_listed_by_name() -> None:
    """Where persons are too many to be named, the order is not that of their surnames."""
    named = (("US", "Ash Carter"), ("GB", "Michael Fallon"), ("NL", "Jeanine Hennis-Plasschaert"))
    more = (("FR", "Jean-Yves Le Drian"), ("AU", "Marise Payne"), ("IT", "Roberta Pinotti"), ("DE", "A B"))
    seats = tuple(Participant(Office(code), person) for code, person in named + more)
    contact = desk(call(medium=Medium.MEETING, participants=seats)).file(TAGESSCHAU).contact()
    lines = post(contact).split("\n")
    assert lines[3] == (
        "<b>Beteiligt:</b> 🇦🇺 Australien, 🇩🇪 Deutschland, 🇫🇷 Frankreich, 🇬🇧 Großbritannien, "
        "🇮🇹 Italien, 🇳🇱 Niederlande, 🇺🇸 USA"
    )
    assert lines[-1] == "#Treffen #Australien #Deutschland #Frankreich #Großbritannien #Italien"


def test_persons_at_a_small_big_table_are_named() -> None:
    """With up to six, the persons stand behind their countries."""
    seats = (AUSTIN, Participant(DE, "Boris Pistorius"), Participant(PL))
    contact = desk(call(participants=seats, medium=Medium.VIDEO)).file(TAGESSCHAU).contact()
    lines = post(contact).split("\n")
    assert lines[0] == "🔴 <b>Verteidigungsminister von drei Ländern beraten per Video</b>"
    assert lines[3] == "<b>Beteiligt:</b> 🇺🇸 USA (Austin), 🇩🇪 Deutschland (Pistorius), 🇵🇱 Polen"


def test_one_voice_cited_for_two_initiators_gives_way_to_the_outlets() -> None:
    """Nothing would be said by "USA (per the Pentagon), Russia (per the Pentagon)"."""
    contact = (
        desk(call())
        .file(TAGESSCHAU, initiative=Initiative("US", "Pentagon"))
        .file(TASS, initiative=Initiative("RU", "Pentagon-Sprecherin"))
        .contact()
    )
    assert "<b>Initiative:</b> USA (laut tagesschau.de) · Russland (laut TASS)\n" in post(contact)


def test_nobody_is_named_where_no_story_names_a_person() -> None:
    """Offices stand in for persons, an unknown medium stays unknown, and two initiators are both shown."""
    seats = (Participant(US), Participant(RU))
    contact = (
        desk(call(participants=seats, day=None, medium=Medium.UNKNOWN))
        .file(TAGESSCHAU, initiative=Initiative("US", "Pentagon"))
        .file(TASS, initiative=Initiative("RU", "Минобороны РФ"))
        .contact()
    )
    assert post(contact) == (
        "🔴 <b>Verteidigungsminister der USA und Russlands sprechen miteinander</b>\n"
        "Die Verteidigungsminister der USA und Russlands haben miteinander gesprochen. "
        "Gemeldet am 26. Juni 2024; der Tag des Gesprächs ist nicht genannt.\n"
        "\n"
        "<b>Unvollständig, noch offen:</b> Namen, Tag und Art des Kontakts\n"
        "<b>Bestätigt:</b> Pentagon · Moskau\n"
        "<b>Initiative:</b> USA (laut Pentagon) · Russland (laut Moskau)\n"
        "\n"
        '<b>Quellen:</b> <a href="https://www.tagesschau.de/ausland/telefonat-102.html">tagesschau.de</a> · '
        '<a href="https://tass.ru/armiya/1">TASS</a>\n'
        "#Gespräch #USA #Russland"
    )
    assert post(contact, language="en").startswith(
        "🔴 <b>Defence ministers of Russia and the United States speak</b>\n"
        "The defence ministers of Russia and the United States have spoken with each other. "
        "Reported on 26 June 2024; the day of the conversation is not given.\n"
        "\n"
        "<b>Incomplete, not known yet:</b> names, day and kind of contact\n"
        "<b>Confirmed:</b> Moscow · Pentagon\n"
        "<b>Initiative:</b> United States (per the Pentagon) · Russia (per Moscow)\n"
    )


def test_a_country_with_a_preposition_stands_last() -> None:
    """A "von" before the first country would govern the genitive of the second."""
    seats = (Participant(Office("BY"), "Viktor Khrenin"), Participant(Office("VE"), "Vladimir Padrino López"))
    contact = desk(call(participants=seats)).file(TAGESSCHAU).contact()
    assert post(contact).split("\n")[:2] == [
        "🔴 <b>Chrenin und Padrino telefonieren</b>",
        "Die Verteidigungsminister Venezuelas und von Belarus telefonierten am 25. Juni 2024.",
    ]
    assert post(contact, language="en").split("\n")[1] == (
        "The defence ministers of Belarus and Venezuela spoke by phone on 25 June 2024."
    )


def test_the_one_known_person_stands_in_the_sentence() -> None:
    """Where only one person is known, the headline names offices and the sentence that person."""
    contact = desk(call(participants=(AUSTIN, Participant(RU)))).file(TAGESSCHAU).contact()
    lines = post(contact).split("\n")
    assert lines[0] == "🔴 <b>Verteidigungsminister der USA und Russlands telefonieren</b>"
    assert lines[1] == (
        "Die Verteidigungsminister der USA (Lloyd Austin) und Russlands telefonierten am 25. Juni 2024."
    )


def test_different_offices_are_told_apart() -> None:
    """A minister and a chief of staff are not called ministers."""
    seats = (Participant(US), Participant(Office("RU", Role.CHIEF_OF_STAFF)))
    contact = desk(call(participants=seats, medium=Medium.MEETING)).file(TAGESSCHAU).contact()
    assert post(contact).split("\n")[:2] == [
        "🔴 <b>Verteidigungsminister der USA und Generalstabschef Russlands treffen sich</b>",
        "Der Verteidigungsminister der USA und der Generalstabschef Russlands trafen sich am 25. Juni 2024.",
    ]
    assert post(contact, language="en").split("\n")[0] == (
        "🔴 <b>Chief of staff of Russia and defence minister of the United States meet</b>"
    )


@pytest.mark.parametrize(
    ("medium", "head", "sentence"),
    [
        (Medium.PHONE, "telefonieren", "telefonierten am 25. Juni 2024."),
        (Medium.VIDEO, "sprechen per Video", "sprachen am 25. Juni 2024 per Video."),
        (Medium.MEETING, "treffen sich", "trafen sich am 25. Juni 2024."),
        (Medium.LETTER, "haben Briefkontakt", "hatten am 25. Juni 2024 brieflich Kontakt."),
        (Medium.UNKNOWN, "sprechen miteinander", "sprachen am 25. Juni 2024 miteinander."),
    ],
)
def test_every_medium_has_its_verb(medium: Medium, head: str, sentence: str) -> None:
    """What was done stands in the headline's and the sentence's grammar; only a call comes from somewhere."""
    contact = desk(call(medium=medium)).file(TAGESSCHAU, initiative=Initiative("RU", "Moskau")).contact()
    lines = post(contact).split("\n")
    caller = " – Anruf aus Moskau" if medium is Medium.PHONE else ""
    assert lines[0] == f"🔴 <b>Austin und Beloussow {head}{caller}</b>"
    assert lines[1] == f"Die Verteidigungsminister der USA und Russlands {sentence}"
    assert lines[3:5] == [
        "<b>Bisher nur von einer Seite bestätigt:</b> Moskau",
        "<b>Initiative:</b> Russland, laut Moskau",
    ]


def test_one_letter_is_not_told_as_an_exchange() -> None:
    """A letter is not said to have been answered, in either language, with or without its day."""
    contact = desk(call(medium=Medium.LETTER)).file(TAGESSCHAU).contact()
    undated = desk(call(medium=Medium.LETTER, day=None)).file(TAGESSCHAU).contact()
    assert post(undated).split("\n")[1] == (
        "Die Verteidigungsminister der USA und Russlands hatten brieflich Kontakt. "
        "Gemeldet am 26. Juni 2024; der Tag des Briefs ist nicht genannt."
    )
    assert post(contact, language="en").split("\n")[:2] == [
        "🔴 <b>Austin and Belousov in contact by letter</b>",
        "The defence ministers of the United States and Russia were in contact by letter on 25 June 2024.",
    ]
    assert post(undated, language="en").split("\n")[1] == (
        "The defence ministers of the United States and Russia have been in contact by letter. "
        "Reported on 26 June 2024; the day of the letter is not given."
    )


def test_a_denial_stands_beside_the_report() -> None:
    """Who denies a contact that others report is named above all other lines, and linked."""
    contact = (
        desk(call())
        .file(TAGESSCHAU)
        .file(TASS, status=Status.DENIED)
        .file(PENTAGON, place=Place("x"))
        .contact()
    )
    assert contact.status is Status.HELD
    lines = post(contact).split("\n")
    assert lines[3:5] == [
        "<b>Dementiert:</b> laut TASS",
        "<b>Bisher nur von einer Seite bestätigt:</b> Pentagon",
    ]
    assert ">TASS</a>" in lines[6]


@pytest.mark.parametrize(
    ("status", "day", "head", "sentence"),
    [
        (
            Status.PLANNED,
            date(2024, 7, 1),
            "🟡 <b>Austin und Beloussow: Telefonat geplant</b>",
            "Ein Telefonat der Verteidigungsminister der USA und Russlands ist für den 1. Juli 2024 geplant.",
        ),
        (
            Status.CANCELLED,
            None,
            "⚪ <b>Austin und Beloussow: Telefonat abgesagt</b>",
            "Ein Telefonat der Verteidigungsminister der USA und Russlands ist abgesagt.",
        ),
        (
            Status.DENIED,
            date(2024, 6, 25),
            "⚪ <b>Austin und Beloussow: Telefonat dementiert</b>",
            "Ein Telefonat der Verteidigungsminister der USA und Russlands am 25. Juni 2024 wird dementiert.",
        ),
    ],
)
def test_what_did_not_take_place_is_not_told_as_news(
    status: Status, day: date | None, head: str, sentence: str
) -> None:
    """A plan, a cancellation and a denial are told as what they are."""
    contact = desk(call(status=status, day=day)).file(TASS).contact()
    assert post(contact).split("\n")[:2] == [head, sentence]


def test_the_same_contact_gives_the_same_bytes() -> None:
    """A post rendered again, from a contact put together again, is the same."""
    assert post(july_call(with_day=True), june_call()) == post(july_call(with_day=True), june_call())
