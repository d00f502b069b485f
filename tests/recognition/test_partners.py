"""Who is in contact with whom where a sentence names several."""

from datetime import date

import pytest

from bot.model.claim import Medium, Verdict
from tests.recognition.reading import countries, read


def test_one_who_calls_two_in_turn_makes_two_pairs() -> None:
    """Two calls are two contacts, and the two called are not in contact."""
    read_ = read(
        "The spokesman gave the following readout: Secretary of Defense Lloyd Austin today called Canadian "
        "Defence Minister Bill Blair and, afterwards, U.K. Defence Secretary Grant Shapps. With Minister Blair he "
        "discussed the Arctic; with Secretary Shapps he stressed the alliance.",
        language="en",
    )
    assert countries(read_) == ["CA-US", "GB-US"]
    assert {claim.medium for claim in read_.claims} == {Medium.PHONE}


def test_he_who_is_spoken_about_is_no_partner() -> None:
    """To speak about somebody is not to speak with him."""
    read_ = read(
        "Minister Kajsa Ollongren (Defensie) sluit niets uit. "
        "Ze sprak daarbij over haar Amerikaanse collega Austin.",
        language="nl",
    )
    assert read_.verdict is Verdict.NONE


def test_a_country_that_reads_like_an_adjective_keeps_its_seat_in_a_list() -> None:
    """Syria and Syrian are one word in Spanish; the list goes on behind it."""
    read_ = read(
        "Los ministros de Defensa de Turquía, Siria, Rusia e Irán se reunieron este martes en Moscú.",
        language="es",
    )
    assert countries(read_) == ["IR-RU-SY-TR"]


def test_a_phone_in_a_hand_is_no_call() -> None:
    """The word for the device alone tells no medium."""
    (claim,) = read(
        "Defence Minister Bill Blair met his Ukrainian counterpart Rustem Umerov in Ottawa. "
        '"He showed me pictures on his phone," he said of the conversation.',
        language="en",
    ).claims
    assert claim.medium is Medium.MEETING


@pytest.mark.parametrize(
    ("language", "text", "pair"),
    [
        ("pl", "Szef Pentagonu Lloyd Austin zadzwonił do Hulusiego Akara.", "TR-US"),
        ("pl", "W czwartek doszło do rozmowy ministra obrony Rajnatha Singha z Dong Junem.", "CN-IN"),
        ("uk", "Ллойд Остін уперше поспілкувався з Дун Цзюнем, повідомили в міністерстві оборони.", "CN-US"),
        ("tr", "Milli Savunma Bakanı Yaşar Güler, Rus meslektaşı Sergey Şoygu'yu perşembe akşamı aradı.", "RU-TR"),
        ("pl", "Minister obrony Nikos Dendias zadzwonił do Yasara Gulera.", "GR-TR"),
    ],
)  # fmt: skip
def test_names_are_known_in_their_cases(language: str, text: str, pair: str) -> None:
    """A given name bends with its surname, a Chinese name as one word; who is called may stand before the verb."""
    day = date(2023, 3, 17) if "Akara" in text else date(2024, 3, 15)
    assert countries(read(text, language=language, day=day)) == [pair]
