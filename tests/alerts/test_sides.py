"""Who speaks: persons, sides and authorities as readers know them."""

import pytest

from bot.alerts.names import surname
from bot.alerts.sources import is_official
from bot.alerts.table import flag, headline_names, table_of
from bot.alerts.voices import voices
from bot.model.claim import Participant
from bot.model.office import Office
from tests.alerts.newsroom import TAGESSCHAU, Outlet, call, desk, press


@pytest.mark.parametrize(
    ("country", "person", "called"),
    [
        ("US", "Lloyd Austin", "Austin"),
        ("RU", "Andrei Belousov", "Beloussow"),
        ("DE", "Ursula von der Leyen", "von der Leyen"),
        ("PL", "Władysław Kosiniak-Kamysz", "Kosiniak-Kamysz"),
        ("FR", "Jean-Yves Le Drian", "Le Drian"),
        ("BR", "Fernando Azevedo e Silva", "Azevedo e Silva"),
        ("SA", "Khalid bin Salman", "bin Salman"),
        ("CN", "Dong Jun", "Dong"),
        ("KR", "Shin Won-sik", "Shin"),
        ("TW", "Wellington Koo", "Koo"),
        ("SG", "Ng Eng Hen", "Ng"),
        ("JP", "Minoru Kihara", "Kihara"),
        ("HU", "Kristóf Szalay-Bobrovniczky", "Szalay-Bobrovniczky"),
        ("VN", "Phan Văn Giang", "Giang"),
        ("ID", "Prabowo Subianto", "Prabowo"),
        ("US", "Somebody New", "New"),
    ],
)
def test_persons_are_called_as_the_press_calls_them(country: str, person: str, called: str) -> None:
    """The register's German spelling, and the part of the name that its country's custom puts first."""
    contact = desk(call(participants=(Participant(Office(country), person),))).file(TAGESSCHAU).contact()
    assert [seat.surname for seat in table_of(contact, press()).seats] == [called]


def test_a_single_name_is_the_surname() -> None:
    """Nothing is taken away from a name of one word, nor from none."""
    assert [surname(name, "CN") for name in ("Li", "")] == ["Li", ""]


def test_two_of_one_surname_are_told_in_full() -> None:
    """A headline of "Li und Li" would say nothing."""
    seats = (Participant(Office("CN"), "Li Shangfu"), Participant(Office("ZZ"), "Jet Li"))
    contact = desk(call(participants=seats)).file(TAGESSCHAU).contact()
    assert headline_names(table_of(contact, press()), press()) == "Li Shangfu und Jet Li"


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("Pentagon", ("Pentagon",)),
        ("Pentagon-Sprecher Pat Ryder", ("Pentagon",)),
        ("Angaben des Pentagons und des russischen Ministeriums", ("Pentagon", "Moskau")),
        ("русское и американское Минобороны", ("Moskau", "Washington")),
        ("Пентагона", ("Washington",)),
        ("российской стороны", ("Moskau",)),
        ("Минобороны РФ", ("Moskau",)),
        ("Минобороны России", ("Moskau",)),
        ("Russian defence ministry", ("Moskau",)),
        ("des Kremls", ("Kreml",)),
        ("Moskaus", ("Moskau",)),
        ("RU", ("Moskau",)),
        ("Ministerium in Moskau", ("Moskau",)),
        ("Pentagon-Sprecher in Moskau", ("Pentagon",)),
        ("in Moscow, a US official", ("Washington",)),
        ("Russian officials in Washington", ("Moskau",)),
        ("Verteidigungsministerium", ()),
        ("beide Seiten", ()),
        ("", ()),
    ],
)
def test_cited_sides_are_named_in_the_readers_language(written: str, named: tuple[str, ...]) -> None:
    """Whatever language and case cites it, a side has one name; words that fit no side name nobody."""
    assert tuple(name for _, name in voices(written, ("RU", "US"), press())) == named


@pytest.mark.parametrize(
    ("outlet", "official"),
    [
        (Outlet("Pentagon", "en", "US", "https://www.defense.gov/a"), True),
        (Outlet("MOD", "en", "GB", "https://www.gov.uk/a"), True),
        (Outlet("Bundesheer", "de", "AT", "https://www.bmlv.gv.at/a"), True),
        (Outlet("BMVg", "de", "DE", "https://www.bmvg.de/a"), True),
        (Outlet("Минобороны РФ", "ru", "RU", None), True),
        (Outlet("ABC", "en", "US", "https://abcnews.go.com/a"), False),
        (Outlet("gov.evil", "en", "US", "https://gov.evil.example/a"), False),
        (Outlet("tagesschau", "de", "DE", "https://www.tagesschau.de/a"), False),
        (Outlet("kaputt", "de", "DE", "https://[::1"), False),
    ],
)
def test_authorities_are_known_by_address_or_name(outlet: Outlet, *, official: bool) -> None:
    """A state's domain or a ministry's name makes a source official, a look-alike does not."""
    report = desk(call()).file(outlet).reports[0]
    assert is_official(report, press()) is official


def test_flags_are_made_of_country_codes_only() -> None:
    """What is no code has no flag."""
    assert [flag(code) for code in ("US", "us", "USA", "", "🇺🇸")] == ["🇺🇸", "", "", "", ""]
