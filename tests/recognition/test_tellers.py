"""Which sides a story cites as telling of a contact, and whose words a quotation is."""

from datetime import date

import pytest

from tests.recognition.reading import read

FRIDAY = date(2024, 7, 12)
GERMAN = "Lloyd Austin und Andrej Beloussow haben telefoniert"
CALL = "Lloyd Austin spoke by phone with Andrei Belousov on Thursday"


def tellers(text: str, language: str = "en", *, sure: bool = True) -> list[str]:
    """Give the sides cited in the one claim of a story."""
    (claim,) = read(text, language=language, day=FRIDAY).claims
    return [one.side for one in claim.told_by if one.sure or not sure]


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("en", f"{CALL}, the Pentagon said.", "US"),
        ("en", f"{CALL}, said Pentagon spokesman John Miller.", "US"),
        ("en", f"{CALL}. The Russian Defence Ministry said Belousov warned of escalation.", "RU"),
        ("en", "According to the Russian Ministry of Defence, Andrei Belousov called Lloyd Austin.", "RU"),
        ("en", f"{CALL}, the US and Russian defence ministries said.", "RU US"),
        ("de", "Lloyd Austin und Andrej Beloussow haben telefoniert, teilte das Pentagon mit.", "US"),
        ("de", "Lloyd Austin telefonierte mit Andrej Beloussow, sagte ein Sprecher des Pentagons.", "US"),
        ("de", "Wie Moskau mitteilte, telefonierte Andrej Beloussow mit Lloyd Austin.", "RU"),
        ("fr", "Selon le ministère russe de la Défense, Andreï Belooussov a téléphoné à Lloyd Austin.", "RU"),
        ("fr", "Lloyd Austin a téléphoné à Andreï Belooussov, a annoncé le Pentagone.", "US"),
        ("es", "Según el Ministerio ruso de Defensa, Andréi Beloúsov llamó a Lloyd Austin.", "RU"),
        ("es", "Lloyd Austin habló por teléfono con Andréi Beloúsov, informó el Pentágono.", "US"),
        ("it", "Secondo il ministero russo della Difesa, Belousov ha telefonato a Lloyd Austin.", "RU"),
        ("nl", "Lloyd Austin heeft gebeld met Andrej Belooesov, meldt het Pentagon.", "US"),
        ("pl", "Lloyd Austin rozmawiał przez telefon z Andriejem Biełousowem, poinformował Pentagon.", "US"),
        ("ru", "Андрей Белоусов провел телефонный разговор с Остином, сообщили в Минобороны России.", "RU"),
        ("uk", "Рустем Умєров провів телефонну розмову з Ллойдом Остіном, повідомили у Пентагоні.", "US"),
        ("tr", "Rusya Savunma Bakanlığı, Belousov'un Lloyd Austin ile görüştüğünü açıkladı.", "RU"),
        ("de", f"{GERMAN}, hieß es in Moskau.", "RU"),
        ("de", f"{GERMAN}, teilte das Verteidigungsministerium in Moskau mit.", "RU"),
        ("de", f"{GERMAN}. Im Mittelpunkt stand Syrien, wie das Pentagon mitteilte.", "US"),
        ("de", f"{GERMAN}, sagte in Moskau der Abgeordnete Petrow.", ""),
        ("ru", "Андрей Белоусов провел телефонный разговор с Ллойдом Остином, сообщили в Москве.", "RU"),
        ("nl", "Lloyd Austin heeft gebeld met Andrej Belooesov, klonk het in Moskou.", "RU"),
        ("en", f"{CALL}. The talks focused on Syria, the Pentagon said.", "US"),
    ],
)  # fmt: skip
def test_who_tells_of_a_contact_is_known(language: str, text: str, sides: str) -> None:
    """A house beside its word of speech tells of the contact, in every language."""
    assert tellers(text, language) == sides.split()


@pytest.mark.parametrize(
    "text",
    [
        f"{CALL}. Austin told Moscow that the lines must stay open.",
        f"{CALL}. The Kremlin has not confirmed the call.",
        f"{CALL}. Moscow said on Friday that its troops had taken a village.",
        "In Moscow, Lloyd Austin met Andrei Belousov on Thursday, officials said.",
    ],
)
def test_who_is_addressed_silent_or_only_the_scene_is_heard_at_most(text: str) -> None:
    """Whether such a side has told of the contact cannot be known."""
    assert tellers(text) == []
    assert tellers(text, sure=False) == ["RU"]


def test_a_minister_tells_of_his_own_call() -> None:
    """Who says that he has spoken tells of it; who says something to the other one does not."""
    assert tellers("Lloyd Austin said that he spoke by phone with Andrei Belousov.") == ["US"]
    assert tellers(f"{CALL}. Austin told Belousov that they should talk.") == []


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("en", "The Kremlin denied that Belousov had spoken by phone with Lloyd Austin.", "RU"),
        ("en", "Lloyd Austin did not speak by phone with Andrei Belousov, the Pentagon said.", "US"),
        ("de", "Das Pentagon dementierte ein Telefonat zwischen Lloyd Austin und Andrej Beloussow.", "US"),
        ("de", "Andrej Beloussow hat nicht mit Lloyd Austin telefoniert.", ""),
        ("ru", "В Минобороны России опровергли телефонный разговор Белоусова с Остином.", "RU"),
    ],
)
def test_who_denies_is_known(language: str, text: str, sides: str) -> None:
    """Of a denial those are cited who deny, never who is only said to have done nothing."""
    assert tellers(text, language) == sides.split()


def test_who_told_of_it_does_not_deny_it() -> None:
    """Where one side says that they spoke and the other denies it, only the other denies."""
    text = "The Kremlin said Andrei Belousov and Lloyd Austin spoke by phone, but the Pentagon denied it."
    assert [
        one.side
        for claim in read(text, language="en", day=FRIDAY).claims
        for one in claim.told_by
        if one.sure
    ] == ["US"]


def quoted(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Give whom a story quotes: side and speaker."""
    (claim,) = read(text, language=language, day=FRIDAY).claims
    return [(said.side, said.speaker) for said in claim.statements]


@pytest.mark.parametrize(
    "told",
    [
        "The US and Russian defence ministries agreed that escalation must be avoided, spokesman Miller said.",
        "Belousov warned of escalation and new arms deliveries, the Pentagon said.",
        "Austin wrote that he had arrived in Singapore for a long weekend of sightseeing.",
        "The defence ministers of Russia and the United States reported on the risk of escalation.",
        "A newspaper reported why Belousov feared an escalation over arms deliveries to Kyiv.",
    ],
)
def test_no_words_are_put_into_the_wrong_mouth(told: str) -> None:
    """What both say, what one says of the other, and what is about something else is nobody's statement."""
    assert quoted(f"{CALL}. {told}") == []


@pytest.mark.parametrize(
    ("told", "speaker"),
    [
        ("Austin stressed that escalation must be avoided, and that lines must stay open.", "Lloyd Austin"),
        ("Pentagon spokesperson Sabrina Miller said Austin urged to avoid any escalation.", "Pentagon"),
        ("According to the Pentagon, Austin warned Belousov of any further escalation.", "Pentagon"),
    ],
)
def test_whose_words_they_are_is_told(told: str, speaker: str) -> None:
    """A minister who speaks himself, or the house that tells what he said."""
    assert quoted(f"{CALL}. {told}") == [("US", speaker)]
