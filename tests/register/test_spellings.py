"""How the names of persons may be written."""

from datetime import date

import pytest

from bot.model.office import Holder, Office
from bot.register.load import load
from bot.register.names import Strength, spellings
from bot.text.fold import fold

REGISTER = load()


def strengths(person: str) -> dict[str, Strength]:
    """Give the spellings of a person of the register with their strengths."""
    holder = next(holder for holder in REGISTER.holders if holder.person == person)
    return {spelling.text: spelling.strength for spelling in spellings(holder)}


def somebody(person: str, country: str = "SE", homonym: str | None = None) -> Holder:
    """Make up a minister."""
    return Holder(Office(country), person, date(2020, 1, 1), None, (), homonym=homonym)


@pytest.mark.parametrize(
    ("person", "surname"),
    [
        ("Ursula von der Leyen", "von der leyen"),
        ("Władysław Kosiniak-Kamysz", "kosiniak-kamysz"),
        ("Jean-Yves Le Drian", "le drian"),
        ("Khalid bin Salman", "bin salman"),
        ("Thabet al-Abbasi", "al-abbasi"),
        ("Thabet al-Abbasi", "abbasi"),
        ("Troels Lund Poulsen", "lund poulsen"),
        ("Joaquim Silva e Luna", "silva e luna"),
        ("Yoav Gallant", "gallant"),
    ],
)
def test_a_compound_surname_stays_together(person: str, surname: str) -> None:
    """Particles, hyphens and double names belong to the surname."""
    assert strengths(person)[surname] is Strength.SURNAME


@pytest.mark.parametrize(
    ("person", "surname", "given"),
    [
        ("Dong Jun", "dong", "jun"),
        ("Shin Won-sik", "shin", "won-sik"),
        ("Wellington Koo", "koo", "wellington"),
    ],
)
def test_the_family_name_comes_first_where_that_is_the_custom(person: str, surname: str, given: str) -> None:
    """Of Chinese and Korean names the first word is the surname, and never sure by itself."""
    known = strengths(person)
    assert known[surname] is Strength.WEAK
    assert given not in known


@pytest.mark.parametrize("form", ["остин", "остином", "остину", "остине", "austin", "austins"])
def test_a_homonym_is_weak_in_every_alphabet_and_case(form: str) -> None:
    """Austin is a city too: the surname alone needs an office beside it."""
    assert strengths("Lloyd Austin")[form] is Strength.WEAK


@pytest.mark.parametrize("form", ["lloyd austin", "lloyd j. austin", "ллоидом остином", "lloydem austinem"])
def test_the_whole_name_is_sure_even_of_a_homonym(form: str) -> None:
    """Given name and surname, bent together, mean the person."""
    assert strengths("Lloyd Austin")[form] is Strength.FULL


@pytest.mark.parametrize(
    ("person", "written"),
    [
        ("Andrei Belousov", "Белоусовым"),
        ("Andrei Belousov", "Бєлоусовим"),
        ("Andrei Belousov", "Beloussows"),
        ("Andrei Belousov", "Belousovem"),
        ("Rustem Umerov", "Умерова"),
        ("Rustem Umerov", "Умєрову"),
        ("Boris Pistorius", "Писториуса"),
        ("Denys Shmyhal", "Шмыгалем"),
        ("Martin Stropnický", "Стропницкого"),
        ("Władysław Kosiniak-Kamysz", "Косиняком-Камышем"),
        ("Władysław Kosiniak-Kamysz", "Косіняком-Камишем"),
    ],
)
def test_surnames_are_known_in_their_cases(person: str, written: str) -> None:
    """Endings of Russian, Ukrainian, Polish and German are part of the spellings."""
    assert fold(written) in strengths(person)


@pytest.mark.parametrize(
    ("person", "written"),
    [
        ("Sergei Shoigu", "Siergiej Szojgu"),
        ("Sergei Shoigu", "Sergey Şoygu"),
        ("Sergei Shoigu", "Sergej Sjojgoe"),
        ("Andrei Belousov", "Andriej Biełousow"),
        ("Rustem Umerov", "Rustem Umierow"),
        ("Rustem Umerov", "Roestem Oemerov"),
        ("Viktor Khrenin", "Viktor Hrenin"),
        ("Viktor Khrenin", "Víktor Jrenin"),
        ("Khalid bin Salman", "Halid bin Selman"),
        ("Ahn Gyu-back", "Ahn Gyu-baek"),
        ("Richard Marles", "Ричард Марлс"),
    ],
)
def test_every_press_spells_a_name_its_own_way(person: str, written: str) -> None:
    """Polish, Turkish, Dutch, Spanish and Korean romanisations are known in full."""
    assert strengths(person)[fold(written)] is Strength.FULL


@pytest.mark.parametrize(
    ("person", "surname"),
    [
        ("Jüri Luik", "luik"),
        ("Elisabetta Trenta", "trenta"),
        ("Chuck Hagel", "hagel"),
        ("Nobuo Kishi", "kisi"),
    ],
)
def test_a_surname_that_is_a_word_elsewhere_is_weak(person: str, surname: str) -> None:
    """Liège is Luik to the Dutch, trenta is thirty in Italian, Hagel is hail in German."""
    assert strengths(person)[surname] is Strength.WEAK


@pytest.mark.parametrize("name", ["no", "li", "ng"])
def test_surnames_of_two_letters_never_stand_alone(name: str) -> None:
    """A word as short as "no" is nobody's name by itself."""
    assert all(name != s.text for holder in REGISTER.holders for s in spellings(holder))


@pytest.mark.parametrize("word", ["hans", "less", "marks", "songs"])
def test_a_short_surname_takes_no_ending_that_makes_a_word(word: str) -> None:
    """Han and Les do not become Hans and less."""
    assert all(word != s.text for holder in REGISTER.holders for s in spellings(holder))


def test_a_note_in_another_alphabet_weakens_only_that_spelling() -> None:
    """Jonson is Boris Johnson in Cyrillic letters alone."""
    known = strengths("Pål Jonson")
    assert known["jonson"] is Strength.SURNAME
    assert known[fold("Джонсон")] is Strength.WEAK


def test_a_note_about_another_office_weakens_nothing() -> None:
    """That somebody is also prime minister makes no homonym of the name."""
    noted = somebody("Maja Lindqvist", homonym="prime minister since 2025")
    assert {s.strength for s in spellings(noted) if s.text == "lindqvist"} == {Strength.SURNAME}


def test_titles_and_suffixes_are_no_names() -> None:
    """Neither "Sir" nor "III" is taken for a part of the name."""
    known = {s.text: s.strength for s in spellings(somebody("Sir Arvid Lindqvist III"))}
    assert known["arvid lindqvist"] is Strength.FULL
    assert known["lindqvist"] is Strength.SURNAME
    assert "iii" not in known


def test_every_holder_can_be_found_by_every_spelling_of_the_register() -> None:
    """No spelling that the register holds is lost on the way."""
    for holder in REGISTER.holders:
        known = {s.text for s in spellings(holder)}
        for name in filter(lambda name: len(name) > 2, holder.all_names()):
            assert any(text in fold(name) for text in known), (holder.person, name)


def test_spellings_are_folded_and_each_given_once() -> None:
    """What is found in folded text has to be folded itself."""
    for holder in REGISTER.holders:
        texts = [s.text for s in spellings(holder)]
        assert texts == [fold(text) for text in texts]
        assert len(texts) == len(set(texts))
