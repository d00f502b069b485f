"""Which contact a story counts the one that it reports as."""

from datetime import date

import pytest

from bot.model.claim import Tally
from tests.recognition.reading import read


def tally(text: str, language: str) -> Tally | None:
    """Give the count of the only claim of a story of Friday 15 March 2024."""
    (claim,) = read(text, language=language).claims
    return claim.tally


@pytest.mark.parametrize(
    ("language", "text", "number", "since"),
    [
        ("en", "Lloyd Austin spoke by phone with Sergei Shoigu on Thursday, their second call in three days.", 2, "2024-03-12"),
        ("en", "Lloyd Austin phoned Sergei Shoigu. It was the third conversation between the ministers this month.", 3, "2024-03-01"),
        ("en", "Lloyd Austin phoned Sergei Shoigu, their third call in as many weeks.", 3, "2024-02-23"),
        ("en", "Lloyd Austin spoke by phone with Sergei Shoigu for the first time since May.", 1, "2023-06-01"),
        ("de", "Boris Pistorius telefonierte mit Rustem Umerow, zum zweiten Mal innerhalb einer Woche.", 2, "2024-03-08"),
        ("de", "Boris Pistorius hat mit Rustem Umerow telefoniert. Es war das erste Gespräch der beiden seit dem 3. Februar.", 1, "2024-02-04"),
        ("fr", "Sébastien Lecornu s'est entretenu par téléphone avec Rustem Umerov, leur deuxième appel en moins d'une semaine.", 2, "2024-03-08"),
        ("ru", "Ллойд Остин провёл телефонный разговор с Рустемом Умеровым, это второй разговор за три дня.", 2, "2024-03-12"),
        ("uk", "Ллойд Остін поговорив телефоном із Рустемом Умєровим, це вже друга розмова за тиждень.", 2, "2024-03-08"),
        ("es", "Margarita Robles habló por teléfono con Rustem Umerov por segunda vez en una semana.", 2, "2024-03-08"),
        ("it", "Guido Crosetto ha sentito al telefono Rustem Umerov per la terza volta in un mese.", 3, "2024-02-14"),
        ("pl", "Władysław Kosiniak-Kamysz rozmawiał telefonicznie z Rustemem Umierowem po raz drugi w ciągu tygodnia.", 2, "2024-03-08"),
        ("tr", "Yaşar Güler, Rustem Umerov ile telefonda görüştü. Bu, iki bakanın bir hafta içinde ikinci görüşmesi oldu.", 2, "2024-03-08"),
        ("nl", "Kajsa Ollongren belde met Rustem Oemerov, voor de tweede keer binnen een week.", 2, "2024-03-08"),
    ],
)  # fmt: skip
def test_a_count_with_its_time_is_read(language: str, text: str, number: int, since: str) -> None:
    """A number counts from the first day of the time that it is told of; "since May" from 1 June."""
    assert tally(text, language) == Tally(number, date.fromisoformat(since))


@pytest.mark.parametrize(
    "text",
    [
        "Lloyd Austin spoke by phone with Sergei Shoigu for a second time.",
        "Lloyd Austin phoned Sergei Shoigu on Thursday, ahead of his second trip to Asia in three weeks.",
        "Lloyd Austin met Sergei Shoigu in Geneva, on the first visit by a Pentagon chief since 2021.",
        "Lloyd Austin phoned Sergei Shoigu in the first week of the exercise.",
    ],
)
def test_a_number_without_time_or_of_something_else_counts_nothing(text: str) -> None:
    """A second time may be of any time; a journey and a visit may be the first of anybody."""
    assert tally(text, "en") is None
