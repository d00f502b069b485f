"""Who is meant by a name, however it is written."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.register.load import load
from bot.register.people import NameIndex
from bot.register.sound import keys_of, sound_key
from bot.text.fold import fold

REGISTER = load()
NAMES = NameIndex(REGISTER.holders)

ONE_NAME = [
    ["Beloussow", "Belousow", "Belousov", "Biełousow", "Belooussov", "Béloousov", "Белоусов", "Бєлоусов"],
    ["Schoigu", "Shoigu", "Choïgou", "Szojgu", "Șoigu", "Шойгу"],
    ["Umjerow", "Umerov", "Umierow", "Oumerov", "Умеров", "Умєров"],
    ["Reznikov", "Resnikow", "Rieznikow", "Резников", "Резніков"],
    ["Hegseth", "Хегсет", "Гегсет"],
    ["Kosiniak-Kamysz", "Kosinjak-Kamysch", "Косиняк-Камыш", "Косіняк-Камиш"],
]


def persons(name: str) -> set[str]:
    """Give who is meant by a name."""
    return {holder.person for holder in NAMES.find(name)}


@pytest.mark.parametrize("spellings", ONE_NAME, ids=lambda names: names[0])
def test_the_same_name_sounds_the_same_in_every_romanisation(spellings: list[str]) -> None:
    """German, English, French, Polish, Romanian, Russian and Ukrainian ears agree."""
    assert len({sound_key(name) for name in spellings}) == 1


@pytest.mark.parametrize("spellings", ONE_NAME, ids=lambda names: names[0])
def test_every_spelling_finds_the_same_one_person(spellings: list[str]) -> None:
    """Also a spelling that the register does not hold."""
    found = {frozenset(persons(name)) for name in spellings}
    assert len(found) == 1
    assert len(found.pop()) == 1


@pytest.mark.parametrize(
    ("asked", "other"),
    [("Austin", "Justin"), ("Fedorov", "Fedotov"), ("Umerov", "Umarov"), ("Reznikov", "Resnick")],
)
def test_names_that_only_look_alike_are_kept_apart(asked: str, other: str) -> None:
    """One differing sound makes another person."""
    assert sound_key(asked) != sound_key(other)
    assert persons(asked)
    assert not persons(other)


@pytest.mark.parametrize("word", ["Telefonat", "Tomahawk", "Texas", "Pentagon", "Kiew", "минобороны", ""])
def test_ordinary_words_are_nobodys_name(word: str) -> None:
    """A keyword that is no name stays a word."""
    assert persons(word) == set()


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Остином", "Lloyd Austin"),
        ("pete hegseth", "Pete Hegseth"),
        ("von der Leyen", "Ursula von der Leyen"),
        ("Nakatani Gen", "Gen Nakatani"),
        ("  Lloyd   Austin ", "Lloyd Austin"),
        ("Andrej Bjeloussow", "Andrei Belousov"),
    ],
)
def test_a_person_is_found_by_part_case_and_order(name: str, person: str) -> None:
    """Surname alone, other cases, other order, odd blanks."""
    assert persons(name) == {person}


def test_several_persons_of_one_name_are_all_meant() -> None:
    """Who asks for a Salman gets every Salman."""
    assert persons("bin Salman") >= {"Khalid bin Salman", "Mohammed bin Salman"}


def test_all_terms_of_a_person_are_given() -> None:
    """Gen Nakatani was minister twice."""
    assert len(NAMES.find("Nakatani")) == 2


def test_sounds_join_spellings_and_keep_persons_apart() -> None:
    """Of all whole names 70 in 100 share the most common key of their person; no key has two persons."""
    keys: dict[str, Counter[str]] = defaultdict(Counter)
    owners: dict[str, set[str]] = defaultdict(set)
    for holder in REGISTER.holders:
        for name in filter(lambda name: " " in name, holder.all_names()):
            keys[holder.person][sound_key(name)] += 1
            owners[sound_key(name)].add(holder.person)
    shared = sum(max(counts.values()) for counts in keys.values())
    assert shared / sum(sum(counts.values()) for counts in keys.values()) >= 0.70
    assert [people for people in owners.values() if len(people) > 1] == []


def test_surnames_that_sound_alike_are_the_same_name() -> None:
    """No more than three keys join surnames that no spelling shares (such as Lopes and López)."""
    surnames: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for holder in REGISTER.holders:
        for name in holder.all_names():
            last = name.rsplit(maxsplit=1)[-1]
            surnames[sound_key(last)][holder.person].add(fold(last))
    joined = [key for key, owners in surnames.items() if not set.intersection(*owners.values())]
    assert len(joined) <= 3


_LETTERS = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ -"


@given(st.lists(st.text(alphabet=_LETTERS + "éčßł’'", max_size=20)))
def test_many_names_sound_as_each_does(names: list[str]) -> None:
    """Keys are made of all names of a person at once; what stands beside a name does not change its own."""
    assert keys_of(names) == [sound_key(name) for name in names] or not names


@given(st.text(alphabet=_LETTERS, max_size=40))
def test_capitals_do_not_change_the_sound(text: str) -> None:
    """A headline in capitals names the same persons."""
    assert sound_key(text.upper()) == sound_key(text)


def test_everybody_is_found_by_the_name_of_the_register() -> None:
    """Also with a "Jr." or "Sir" that no spelling keeps, one by one and all at once."""
    holders = REGISTER.holders
    assert [h.person for h in holders if h not in NAMES.find(h.person)] == []
    found = NAMES.find_all([holder.person for holder in holders])
    assert all(holder in told for holder, told in zip(holders, found, strict=True))
