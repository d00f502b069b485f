"""Where ministers met and how long they spoke: only where the story tells it of their contact."""

import pytest

from bot.model.claim import Bound, Claim, Duration, Place
from tests.recognition.reading import read

PAIR = "Pistorius und sein polnischer Amtskollege Kosiniak-Kamysz"


def _only(text: str, language: str = "de") -> Claim:
    (claim,) = read(text, language=language).claims
    return claim


@pytest.mark.parametrize(
    ("language", "text", "minutes", "bound"),
    [
        ("de", f"{PAIR} haben am Donnerstag 40 Minuten lang telefoniert.", 40, Bound.EXACT),
        ("de", f"{PAIR} haben telefoniert. Das Gespräch dauerte rund eine Stunde.", 60, Bound.ABOUT),
        ("de", f"{PAIR} führten ein 40-minütiges Telefonat.", 40, Bound.EXACT),
        ("de", f"{PAIR} sprachen gut eine halbe Stunde am Telefon.", 30, Bound.ABOUT),
        ("en", "Lloyd Austin and Sergei Shoigu spoke by phone for almost two hours.", 120, Bound.UNDER),
        (
            "en",
            "Lloyd Austin spoke by phone with Sergei Shoigu. It lasted an hour and a half.",
            90,
            Bound.EXACT,
        ),
        ("en", "Lloyd Austin and Sergei Shoigu spoke for two hours and ten minutes.", 130, Bound.EXACT),
        ("ru", "Сергей Шойгу и Ллойд Остин провели часовой телефонный разговор.", 60, Bound.EXACT),
        ("ru", "Сергей Шойгу и Ллойд Остин говорили по телефону в течение часа.", 60, Bound.EXACT),
        ("ru", "Сергей Шойгу позвонил Ллойду Остину. Разговор продлился более часа.", 60, Bound.OVER),
        ("uk", "Рустем Умєров і Ллойд Остін говорили телефоном. Розмова тривала 40 хвилин.", 40, Bound.EXACT),
        ("fr", "Lloyd Austin et Sergueï Choïgou se sont parlé pendant 50 minutes.", 50, Bound.EXACT),
        (
            "es",
            "Lloyd Austin y Sergei Shoigu hablaron por teléfono durante unos 50 minutos.",
            50,
            Bound.ABOUT,
        ),
        ("it", "Lloyd Austin ha telefonato a Sergei Shoigu. La telefonata è durata un'ora.", 60, Bound.EXACT),
        (
            "pl",
            "Minister obrony USA Lloyd Austin i minister obrony Rosji rozmawiali przez 50 minut.",
            50,
            Bound.EXACT,
        ),
        (
            "nl",
            "Kajsa Ollongren heeft gebeld met Boris Pistorius. Het gesprek duurde bijna een uur.",
            60,
            Bound.UNDER,
        ),
        ("tr", "Yaşar Güler ve Lloyd Austin telefonda görüştü. Görüşme 40 dakika sürdü.", 40, Bound.EXACT),
    ],
)
def test_a_length_is_read_in_every_language(language: str, text: str, minutes: int, bound: Bound) -> None:
    """A length beside a word of contact or of lasting is that of the contact, as exactly as told."""
    claim = _only(text, language)
    assert claim.duration == Duration(minutes, bound)
    assert [e.rule for e in claim.evidence if e.slot == "duration"] == [f"{language}.duration.{bound}"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", f"{PAIR} haben vor einer Stunde telefoniert."),
        ("de", f"{PAIR} haben telefoniert. Eine Stunde später meldete sich Warschau."),
        ("de", f"{PAIR} haben telefoniert. Der Flug dauerte zwei Stunden."),
        ("de", f"{PAIR} trafen sich in Berlin. Der Besuch dauerte zwei Tage."),
        ("de", f"{PAIR} haben telefoniert. Der Krieg dauert seit 30 Stunden."),
        ("de", f"{PAIR} werden am Montag eine Stunde lang telefonieren."),
        ("en", "Lloyd Austin and Sergei Shoigu spoke by phone two hours before the attack."),
        ("en", "Lloyd Austin and Sergei Shoigu spoke by phone. The flight lasted two hours."),
        ("ru", "Сергей Шойгу и Ллойд Остин говорили по телефону в 15 часов."),
        ("ru", "Сергей Шойгу и Ллойд Остин говорили по телефону два часа назад."),
        ("fr", "Lloyd Austin et Sergueï Choïgou se sont parlé il y a deux heures."),
    ],
)
def test_what_is_no_length_of_the_contact_is_none(language: str, text: str) -> None:
    """When something was, what else lasts, and what is yet to come tell no length."""
    assert [c.duration for c in read(text, language=language).claims] == [None]


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("de", f"{PAIR} haben sich am Donnerstag in Brüssel getroffen.", Place("Brussels", "BE")),
        ("de", "Pistorius hat im Pentagon seinen Kollegen Austin getroffen.", Place("Pentagon", "US")),
        ("de", f"{PAIR} haben sich am Donnerstag in Posen getroffen.", Place("Posen")),
        (
            "de",
            f"{PAIR} haben sich am Rande der Ramstein-Konferenz getroffen.",
            Place("am Rande der Ramstein-Konferenz"),
        ),
        ("en", "Lloyd Austin met Boris Pistorius at the Pentagon on Thursday.", Place("Pentagon", "US")),
        ("en", "Lloyd Austin met Boris Pistorius on Thursday in New York.", Place("New York")),
        (
            "ru",
            "Министр обороны России Шойгу встретился с турецким коллегой в Москве.",
            Place("Moscow", "RU"),
        ),
        ("uk", "Рустем Умєров зустрівся з Ллойдом Остіном у Брюсселі.", Place("Brussels", "BE")),
        ("fr", "Sébastien Lecornu a rencontré Boris Pistorius à Paris.", Place("Paris", "FR")),
        (
            "pl",
            "Władysław Kosiniak-Kamysz spotkał się z Borisem Pistoriusem w Warszawie.",
            Place("Warsaw", "PL"),
        ),
        ("tr", "Yaşar Güler, Boris Pistorius'la Ankara'da bir araya geldi.", Place("Ankara", "TR")),
    ],
)
def test_a_place_is_read_in_every_language(language: str, text: str, place: Place) -> None:
    """A capital or house is known in any case; another town stands as the story has it."""
    claim = _only(text, language)
    assert claim.place == place
    assert [e.slot for e in claim.evidence].count("place") == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", f"{PAIR} haben am Donnerstag in Brüssel telefoniert."),
        ("de", f"{PAIR} haben sich getroffen, sagte ein Sprecher in Berlin."),
        ("de", "Pistorius hat seinen Kollegen aus Warschau getroffen."),
        ("de", f"{PAIR} trafen sich am Donnerstag in Begleitung von Generälen."),
        ("de", f'{PAIR} trafen sich am Rande der Übung "Wintersturm".'),
        ("pl", "Władysław Kosiniak-Kamysz spotkał się z Borisem Pistoriusem w Poznaniu."),
        ("ru", "Министр обороны России Шойгу встретился с турецким коллегой в Казани."),
    ],
)
def test_what_is_not_where_they_met_is_no_place(language: str, text: str) -> None:
    """A call has no place; who speaks or comes from somewhere, and a bent name, tell none."""
    assert [c.place for c in read(text, language=language).claims] == [None]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Das auf 30 Minuten angesetzte Gespräch dauerte fast eine Stunde."),
        ("de", "Das Gespräch war für 30 Minuten geplant, dauerte aber fast eine Stunde."),
        ("en", "The call was planned for 30 minutes and took a little less than an hour."),
        ("en", "The call, scheduled for half an hour, lasted almost an hour."),
    ],
)
def test_how_long_it_was_to_last_is_not_how_long_it_lasted(language: str, text: str) -> None:
    """The plan's length is passed over for the one that was kept."""
    first = {"de": f"{PAIR} haben telefoniert.", "en": "Boris Pistorius phoned Lloyd Austin."}
    assert _only(f"{first[language]} {text}", language).duration == Duration(60, Bound.UNDER)
