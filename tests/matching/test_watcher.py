"""Which stories concern a watch."""

import unicodedata
from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.watch import Watcher
from bot.model.office import Register
from bot.model.story import Story
from bot.model.watchlist import Match, Watch, WatchList
from bot.register.load import load
from bot.text.fold import fold

REGISTER = load()
NOBODY = Register()


def story(text: str, language: str | None = "de", title: str = "") -> Story:
    """Give a story of a day in July."""
    return Story(
        id="story",
        feed="https://feed.example/rss",
        source="feed.example",
        url=None,
        title=title,
        text=text,
        language=language,
        country=None,
        instant=datetime(2024, 7, 13, 10, tzinfo=UTC),
        day=date(2024, 7, 13),
    )


def watching(*keywords: str, exclude: tuple[str, ...] = (), register: Register = REGISTER) -> Watcher:
    """Give a watcher with one watch."""
    return Watcher(WatchList((Watch("watch", keywords, exclude=exclude),)), register)


def holds(keyword: str, text: str, language: str | None = "de") -> bool:
    """Whether a story matches a watch for a keyword."""
    return bool(watching(keyword).matches(story(text, language)))


@pytest.mark.parametrize(
    "text",
    [
        "Das Telefonat dauerte eine Stunde.",
        "Nach Ende des Telefonats schwiegen beide.",
        "Es gab zwei Telefonate.",
        "In allen Telefonaten ging es um Minen.",
        "Ein US-Telefonat mit Folgen",
        "TELEFONAT ÜBERRASCHT PARTNER",
    ],
)
def test_a_word_is_found_in_its_inflected_forms(text: str) -> None:
    """Endings of the story's language, capitals and a hyphen before it make no difference."""
    assert holds("Telefonat", text)


@pytest.mark.parametrize(
    "text",
    ["The phone call took an hour.", "Die Telefonatgebühr steigt.", "Ein Ferntelefonat", "Das Telefon"],
)
def test_a_word_is_neither_translated_nor_looked_for_inside_others(text: str) -> None:
    """Only the word itself, from its beginning to its end, is found."""
    assert not holds("Telefonat", text)


@pytest.mark.parametrize(
    ("keyword", "language", "text"),
    [
        ("Rakete", "de", "Die Zahl der Raketen wächst."),
        ("call", "en", "Two calls were held."),
        ("ally", "en", "The allies agreed."),
        ("ракета", "ru", "О поставках ракет не говорили."),
        ("переговоры", "ru", "Министр вернулся с переговоров."),
        ("переговор", "ru", "О переговорах не сообщалось."),
        ("Россия", "ru", "По инициативе России"),
        ("розмова", "uk", "Під час розмови йшлося про міни."),
        ("entretien", "fr", "Les entretiens ont duré."),
        ("llamada", "es", "Dos llamadas en un mes."),
        ("colloquio", "it", "I colloqui sono stati lunghi."),
        ("rozmowa", "pl", "W rozmowie padło słowo o minach."),
        ("görüşme", "tr", "İki bakanın görüşmesi bir saat sürdü."),
        ("akkoord", "nl", "De akkoorden zijn oud."),
    ],
)
def test_each_language_has_its_endings(keyword: str, language: str, text: str) -> None:
    """A keyword is inflected as the language of the story does."""
    assert holds(keyword, text, language)


def test_endings_of_one_language_are_not_those_of_another() -> None:
    """A German ending makes no English word."""
    assert holds("Panzer", "Neue Panzern", "de")
    assert not holds("Panzer", "Neue Panzern", "en")


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("Gespraech", "Nach den Gesprächen"),
        ("Gespräch", "Nach den Gespraechen"),
        ("Oesterreich", "Österreichs Minister"),
        ("Marschflugkoerper", "mit Marschflugkörpern"),
        ("Maeuse", "Zwei Mäuse"),
    ],
)
def test_umlauts_may_be_typed_as_two_letters(keyword: str, text: str) -> None:
    """In German ä and ae are one, whichever the editor and the story write; in English nothing is guessed."""
    assert holds(keyword, text)
    assert holds(keyword, text, None)
    assert not holds(keyword, text, "en")


@pytest.mark.parametrize(
    ("keyword", "text"),
    [("Poet", "Ein alter Pot"), ("Feuer", "Die Feur"), ("Quelle", "Die Qulle"), ("Gesprach", "Gespraech")],
)
def test_not_every_e_makes_an_umlaut(keyword: str, text: str) -> None:
    """Short words, diphthongs, a "qu" and letters without dots stay what they are."""
    assert not holds(keyword, text)


@pytest.mark.parametrize("keyword", ["Gespräch", "Москвой", "général"])
def test_an_accent_may_be_a_sign_of_its_own(keyword: str) -> None:
    """A word copied from a PDF or a file name of macOS, its accents beside the letters, is the same word."""
    assert holds(unicodedata.normalize("NFD", keyword), f"Nach {keyword} hier")


def test_a_story_without_language_takes_the_endings_of_all() -> None:
    """Better once too often than a contact lost."""
    assert holds("Telefonat", "Zwei Telefonate", None)
    assert holds("ракета", "много ракет", None)


def test_a_language_without_endings_still_has_its_words() -> None:
    """The word as written is found in any language."""
    assert holds("samtal", "Ett samtal i dag", "sv")
    assert not holds("samtal", "Flera samtalen", "sv")


@pytest.mark.parametrize("keyword", ["Austin", "Остин", "AUSTIN", "остином", "Lloyd Austin"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lloyd Austin rief an.", "de"),
        ("Ллойд Остин позвонил.", "ru"),
        ("С Ллойдом Остином не говорили.", "ru"),
        ("Ллойду Остіну зателефонували.", "uk"),
        ("Rozmowa z Lloydem Austinem", "pl"),
        ("Lloyd Austins Anruf", "de"),
    ],
)
def test_a_name_means_its_person_in_all_spellings(keyword: str, text: str, language: str) -> None:
    """One spelling of a minister stands for every script and case."""
    assert holds(keyword, text, language)


@pytest.mark.parametrize(
    "written", ["Bieloussow", "Belooussov", "Biełousowem", "Béloousov", "Белоусовым", "Бєлоусова"]
)
def test_a_name_is_heard_in_spellings_that_nobody_foresaw(written: str) -> None:
    """A romanisation that the register does not hold is known by its sound."""
    assert holds("Belousov", f"Ein Anruf von {written}, sagte der Sprecher.")


def test_a_name_is_heard_only_from_a_name() -> None:
    """A word in small letters is no person, however it sounds."""
    assert holds("Reznikov", "Es kam Resnnikow.")
    assert not holds("Reznikov", "es kam resnnikow.")


@pytest.mark.parametrize("text", ["Dies ist das Ganze.", "Sie haufen sich; Haufen von Sand."])
def test_short_names_are_not_heard_in_common_words(text: str) -> None:
    """Gantz is not "Ganze", Goffin not "Haufen"."""
    assert not watching("Gantz", "Goffin").matches(story(text))


def test_who_asks_by_full_name_gets_the_surname_alone_too() -> None:
    """Headlines leave the given name out; the recogniser decides who is meant."""
    assert holds("Boris Pistorius", "Pistorius telefoniert mit Kiew")
    assert holds("Lloyd Austin", "Das Festival in Austin beginnt.")


def test_a_family_name_of_millions_counts_only_for_who_asks_for_it() -> None:
    """Kim Yong-hyun is not every Kim; Kim is."""
    told = story("Kim Jong-un besucht eine Fabrik.")
    assert not watching("Kim Yong-hyun").matches(told)
    assert watching("Kim").matches(told)


def test_exclude_keeps_a_homonym_away() -> None:
    """The city goes with its state."""
    texan = watching("Austin", exclude=("Texas",))
    assert not texan.matches(story("In Austin, der Hauptstadt von Texas, regnet es."))
    assert texan.matches(story("Lloyd Austin sprach in Washington."))


def test_exclude_counts_wherever_it_stands() -> None:
    """A word of the title silences one of the text."""
    assert not watching("Austin", exclude=("Texas",)).matches(story("Austin wählt.", title="Texas"))


def test_exclude_drops_a_story_for_its_own_watch_only() -> None:
    """Another watch hears the story all the same."""
    careful = Watch("careful", ("Austin",), exclude=("Texas",))
    eager = Watch("eager", ("Austin",))
    found = Watcher(WatchList((careful, eager)), REGISTER).matches(story("Austin, Texas"))
    assert {match.watch for match in found} == {eager.key}


def test_a_watch_without_keywords_matches_every_story() -> None:
    """The evidence is empty, for nothing was sought."""
    everything = Watch("everything")
    found = Watcher(WatchList((everything,)), REGISTER).matches(story("Wetter: sonnig"))
    assert found == (Match(everything.key, "", 0, 0),)


def test_a_watch_without_keywords_can_still_exclude() -> None:
    """What is excluded is not everything."""
    assert watching(exclude=("Wetter",)).matches(story("Das Wetter wird schön.")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Der Nato-Gipfel beginnt.",
        "Auf Nato Gipfeln wird viel geredet.",
        "beim NATO‑Gipfel",
        "Nato-\nGipfel",
    ],
)
def test_a_phrase_is_its_words_side_by_side(text: str) -> None:
    """Each word may be inflected; blanks and hyphens join them."""
    assert holds("NATO-Gipfel", text)


@pytest.mark.parametrize("text", ["Nato und Gipfel", "Gipfel der Nato", "Nato\n\nGipfel", "Nato Berggipfel"])
def test_a_phrase_is_not_its_words_apart(text: str) -> None:
    """Other words or a paragraph between them, or another order, make no phrase."""
    assert not holds("NATO-Gipfel", text)


def test_phrases_with_a_common_beginning_are_told_apart() -> None:
    """Each is found where it stands, the shorter within the longer."""
    found = watching("rote Linie", "rote Linie der Nato", "rote Karte").matches(
        story("Eine rote Linie der Nato, keine rote Karte")
    )
    assert [match.keyword for match in found] == ["rote Linie", "rote Linie der Nato", "rote Karte"]


def test_an_acronym_takes_no_ending_but_a_genitive() -> None:
    """A "User" is not of the US."""
    assert holds("US", "die US-Armee")
    assert not holds("US", "Jeder User weiß das.")
    assert holds("EU", "Der Rat der EUs")


def test_spans_point_into_the_story_as_written() -> None:
    """What is marked is the word itself, also behind letters that folding lengthens."""
    told = story("Straße, ﬁnster … dann ein Telefonat.", title="Großmächte")
    (match,) = watching("Telefonat").matches(told)
    assert told.whole[match.start : match.end] == "Telefonat"


def test_each_keyword_is_told_once_at_its_first_place() -> None:
    """Three mentions make one match."""
    told = story("Austin, Austin und noch einmal Austin", title="Pentagon")
    (match,) = watching("Austin").matches(told)
    assert match.start == len("Pentagon\n\n")


def test_a_word_is_not_found_across_title_and_text() -> None:
    """The end of the title is the end of a phrase."""
    assert not watching("rote Linie").matches(story("Linie zwei fällt aus", title="Alles auf rote"))


def test_the_order_of_watches_changes_nothing() -> None:
    """The same matches in the same order, however the file is sorted."""
    watches = (Watch("a", ("Austin",)), Watch("b", ("Telefonat", "Austin")), Watch("c"))
    told = story("Telefonat mit Lloyd Austin")
    answers = {Watcher(WatchList(tuple(order)), REGISTER).matches(told) for order in permutations(watches)}
    assert len(answers) == 1
    assert len(answers.pop()) == 4


def test_what_was_heard_before_changes_nothing() -> None:
    """A watcher remembers sounds, but gives the same answer every time."""
    watcher, told = watching("Belousov"), story("Bieloussow rief an.")
    first = watcher.matches(told)
    watcher.matches(story("Von Bieloussow und Umierow"))
    assert watcher.matches(told) == first == watching("Belousov").matches(told)


WORD = st.text(alphabet=st.characters(categories=("Ll", "Lu", "Lo", "Nd")), min_size=1, max_size=12)
PHRASE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


@given(PHRASE, st.sampled_from([None, "de", "en", "ru", "xx"]))
def test_a_keyword_always_finds_itself(keyword: str, language: str | None) -> None:
    """Whatever it is made of, in any language, between blanks and signs."""
    told = story(f"Anfang „{keyword}“ Ende", language)
    found = watching(keyword, register=NOBODY).matches(told)
    assert [match.keyword for match in found] == [keyword]


@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüабвгдежзиклмнопрстуфхцчшщыэюя", min_size=2, max_size=12)
)
def test_the_case_of_a_keyword_in_the_text_makes_no_difference(keyword: str) -> None:
    """Headlines in capitals and names in small letters count alike."""
    watcher = watching(keyword, register=NOBODY)
    assert watcher.matches(story(keyword.upper()))
    assert watcher.matches(story(keyword.title()))


@given(PHRASE.filter(lambda phrase: fold(phrase[0]).isalnum()))
def test_a_keyword_is_not_found_inside_a_longer_word(keyword: str) -> None:
    """Letters right before it make another word of it."""
    assert not watching(keyword, register=NOBODY).matches(story(f"xyz{keyword}", "xx"))
