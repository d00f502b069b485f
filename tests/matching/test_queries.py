"""What a query finds in stories, and what makes it true."""

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.expansion import expanded, keyword
from bot.matching.meaning import meanings
from bot.matching.missed import missed
from bot.matching.query import Subjects, read
from bot.matching.shortfall import shortfalls
from bot.matching.watch import Watcher
from bot.model.office import Office, Register
from bot.model.query import And, Kind, Near, Node, Not, Or, Query, Step, Term
from bot.model.story import Story
from bot.model.watchlist import Match, Watch, WatchList
from bot.register.load import load
from tests.matching.test_watcher import story

REGISTER = load()
NOBODY = Register()


def evidence(query: str, told: Story, register: Register = REGISTER) -> list[str] | None:
    """Give the words as written that make a query true; None where it is not."""
    watch = Watch("watch", query=read(query, register))
    found = Watcher(WatchList((watch,)), register).matches(told)
    assert {match.watch for match in found} <= {watch.key}
    return [told.whole[match.start : match.end] for match in found] if found else None


def holds(query: str, text: str, language: str | None = "de", title: str = "") -> bool:
    """Whether a query holds of a text."""
    return evidence(query, story(text, language, title)) is not None


CALL = "Lloyd Austin und Andrej Beloussow haben am Freitag miteinander telefoniert. Es ging um rote Linien."


@pytest.mark.parametrize(
    ("query", "words"),
    [
        # The examples of the table and of README.md.
        ("Telefonat OR Linie", ["Linien"]),
        ("Beloussow", ["Beloussow"]),
        ("rote Linie", ["rote Linien"]),
        ("roter Linie", None),
        ('"rote Linie"', None),
        ('"rote Linien"', ["rote Linien"]),
        ('"ROTE LINIEN"', ["rote Linien"]),
        ("telefon*", ["telefoniert"]),
        ("=Freitag", ["Freitag"]),
        ("=freitag", None),
        ("=Linie", None),
        ("Austin AND telefon*", ["Austin", "telefoniert"]),
        ("Austin AND Hegseth", None),
        ("Austin OR Hegseth", ["Austin"]),
        ("Austin NOT Texas", ["Austin"]),
        ("Austin AND NOT telefon*", None),
        ("Austin NEAR/1 Beloussow", None),
        ("Austin NEAR/3 Beloussow", ["Austin", "Beloussow"]),
        ("Beloussow NEAR/3 Austin", ["Austin", "Beloussow"]),
        ("Beloussow NEAR/3f Austin", None),
        ("Austin NEAR/3f Beloussow NEAR/5f telefon*", ["Austin", "Beloussow", "telefoniert"]),
        ("(Hegseth OR Austin) NEAR/3 Beloussow", ["Austin", "Beloussow"]),
        ('person:"Lloyd Austin" AND person:Belousov', ["Austin", "Beloussow"]),
        ('office:"US defence minister"', ["Austin"]),
        ('office:"DE defence minister"', None),
        ("lang:de AND Austin", ["", "Austin"]),
        ("lang:en AND Austin", None),
        ("source:feed.example AND Austin", ["", "Austin"]),
    ],
)
def test_a_query_holds_for_the_words_that_make_it_true(query: str, words: list[str] | None) -> None:
    """Each example, with the words that a match marks."""
    found = evidence(query, story(CALL))
    if words is not None and found is not None:
        found = [word.removeprefix("Lloyd ").removeprefix("Andrej ") for word in found]
        found = list(dict.fromkeys(found))
    assert found == words


def test_a_title_is_asked_for_alone() -> None:
    """A word of the text is not one of the title."""
    assert holds("title:Austin", "Er rief an.", title="Austin telefoniert")
    assert not holds("title:Austin", "Austin rief an.", title="Anruf")
    assert holds("title:(rote Linie OR Hegseth)", "Text", title="Rote Linien gezogen")
    assert not holds('title:"rote Linie"', "rote Linie", title="Rote")


def test_near_does_not_reach_from_the_title_into_the_text() -> None:
    """The last word of a title and the first of the text are no neighbours."""
    assert not holds("Austin NEAR/100 telefon*", "telefoniert", title="Austin")
    assert holds("Austin NEAR/3 telefon*", "ging.\n\nAustin\n\nhat telefoniert")


def test_two_parts_of_near_are_two_places() -> None:
    """A word is not near itself; twice the word is."""
    assert not holds("telefon* NEAR/5 telefoniert", "Sie haben telefoniert")
    assert holds("telefon* NEAR/5 telefoniert", "telefoniert und telefoniert")


def test_words_are_inflected_as_the_story_is_written() -> None:
    """The same word takes the endings of each language, as a keyword does."""
    assert holds("ракета", "О поставках ракет", "ru")
    assert holds("Rakete NEAR/2 Zahl", "Die Zahl der Raketen", "de")
    assert not holds("Panzer", "Neue Panzern", "en")


@pytest.mark.parametrize("text", ["Ллойдом Остином", "Lloydem Austinem", "Austins Anruf"])
def test_a_name_in_a_query_means_its_person(text: str) -> None:
    """In all scripts and cases, by a mere word and by its field."""
    for query in ("Austin", "Lloyd Austin", 'person:"Lloyd Austin"', "Austin AND person:Austin"):
        assert holds(query, f"… {text} …", None)


def test_a_name_is_heard_in_every_place() -> None:
    """Spellings that nobody foresaw count for NEAR too."""
    assert holds("Belousov NEAR/2 Anruf", "Bieloussow kam. Später ein Anruf: Bieloussow sprach.")


def test_any_office_of_a_kind_is_all_of_them_joined_with_or() -> None:
    """The same persons, titles, spellings and sounds as of each country's by itself, in both spellings."""
    every = {h.office for h in (*REGISTER.holders, *REGISTER.others)} | {
        Office(c.code) for c in REGISTER.countries
    }
    for role in {office.role for office in every}:
        subjects = Subjects(REGISTER)
        alone = [Term(Kind.OFFICE, str(office)) for office in every if office.role is role]
        each = {meaning for term in alone for meaning in meanings(term, subjects)}
        assert set(meanings(Term(Kind.OFFICE, f"any {role}"), subjects)) == each
    assert Subjects(REGISTER).offices("Any  Defense Minister") == Subjects(REGISTER).offices(
        "any defence minister"
    )


def test_any_office_holds_of_who_was_in_it_on_the_day() -> None:
    """Of two in one breath both are told; not of those who hold another office, or none any more."""
    query = 'office:"any foreign minister" NEAR/5 office:"any foreign minister"'
    told = story("Tony Blinken rief am Freitag Annalena Baerbock an.", "de")
    assert evidence(query, told) == ["Tony Blinken", "Annalena Baerbock"]
    assert evidence(query, replace(told, day=date(2026, 3, 1))) is None
    assert evidence(query, story("Beloussow rief am Freitag Austin an.", "de")) is None


def test_an_office_means_who_held_it_on_the_day() -> None:
    """Austin in 2024, not any more in 2026; the office's own name at any time."""
    told = story("Lloyd Austin hat telefoniert.")
    later = replace(told, day=date(2026, 3, 1))
    assert evidence('office:"US defence minister"', told)
    assert evidence('office:"US defence minister"', later) is None
    assert evidence('office:"US defence minister"', replace(later, text="Der Pentagon-Chef hat telefoniert."))


@pytest.mark.parametrize("source", ["Neue Zürcher Zeitung", "neue zurcher zeitung", "nzz.ch", "www.nzz.ch"])
def test_an_outlet_is_known_by_its_name_and_its_site(source: str) -> None:
    """The name as readers know it, the host, and the domain around it."""
    told = replace(story("Austin"), source="Neue Zürcher Zeitung", url="https://www.nzz.ch/a")
    assert evidence(f'source:"{source}"', told) == [""]
    assert evidence('source:"zz.ch"', told) is None


def test_keywords_and_query_are_alternatives_and_exclude_silences_both() -> None:
    """A story needs one keyword or the query; what is excluded counts for the whole watch."""
    watch = Watch("w", ("Hegseth",), exclude=("Texas",), query=read("Austin AND telefon*"))
    watcher = Watcher(WatchList((watch,)), REGISTER)
    assert [m.keyword for m in watcher.matches(story("Austin hat telefoniert."))] == ["Austin", "telefon*"]
    assert [m.keyword for m in watcher.matches(story("Hegseth sprach."))] == ["Hegseth"]
    assert watcher.matches(story("Austin schwieg.")) == ()
    assert watcher.matches(story("Austin hat mit Hegseth in Texas telefoniert.")) == ()


def test_a_query_of_fields_alone_still_matches() -> None:
    """What holds for a story as a whole is told with an empty span."""
    watch = Watch("w", query=read("lang:de NOT Texas"))
    watcher = Watcher(WatchList((watch,)), REGISTER)
    assert watcher.matches(story("Wetter")) == (Match(watch.key, "lang:de", 0, 0),)
    assert watcher.matches(story("Wetter", "en")) == ()


def test_the_key_of_a_watch_changes_with_the_meaning_of_its_query() -> None:
    """Blanks and parentheses that say nothing make no new watch; a watch without query keeps its key."""
    assert Watch("a", query=read("a AND (b)")).key == Watch("b", query=read("a  AND b")).key
    assert Watch("a", query=read("a AND b")).key != Watch("a", query=read("a OR b")).key
    assert Watch("watch", ("Austin",)).key == "e1c69afd41b8a956eb23"


@pytest.mark.parametrize(
    ("query", "lacking"),
    [
        ("Austin AND telefon*", []),
        ("Austin AND Hegseth", [("Hegseth", "stands nowhere in the story")]),
        (
            "title:Austin AND lang:en",
            [("title:Austin", "stands nowhere in the title"), ("lang:en", "the story is in de")],
        ),
        ("source:nzz.ch AND Austin", [("source:nzz.ch", "the story is of feed.example")]),
        ("Hegseth OR Texas", [("Hegseth OR Texas", "none of Hegseth, Texas holds")]),
        ("Austin NOT Linie", [("NOT Linie", "Linie holds (“Linien”)")]),
        ("Austin NEAR/1 Linie", [("Austin NEAR/1 Linie", "all of it stands in the story, but not so near")]),
        ("Austin NEAR/1 Texas", [("Texas", "stands nowhere in the story")]),
    ],
)
def test_what_a_story_lacks_is_named(query: str, lacking: list[tuple[str, str]]) -> None:
    """Only the parts that decide, as they are written."""
    told = shortfalls(read(query, REGISTER), story(CALL), REGISTER)
    assert [(one.part, one.why) for one in told] == lacking


def test_an_explanation_names_what_the_query_of_a_watch_lacks() -> None:
    """Beside the keywords, where there are any."""
    query = read("Austin AND Hegseth")
    watchlist = WatchList((Watch("a", query=query), Watch("b", ("Texas",), query=query)))
    told = missed(story(CALL), (), (), watchlist, REGISTER)
    assert [(miss.watch, miss.kind, miss.text) for miss in told] == [
        ("a", "query", "Hegseth: stands nowhere in the story"),
        ("b", "query", "none of Texas stands in the story; Hegseth: stands nowhere in the story"),
    ]


def test_a_language_that_no_feed_declares_is_told_by_the_words() -> None:
    """A story of an undeclared language is asked for what it reads as; what is declared outweighs that."""
    assert evidence("lang:de", story(CALL, None)) == [""]
    assert evidence("lang:en", story(CALL, None)) is None
    assert evidence("lang:en", story(CALL, "en")) == [""]


def test_what_a_term_stands_for_can_be_shown() -> None:
    """Forms of a word in a language, spellings and sounds of a person, beginnings as such."""
    word, name, prefix = expanded(
        (keyword("Rakete"), keyword("Austin"), Term(Kind.PREFIX, "tele")), REGISTER, ("de", "en")
    )
    german, english = word.forms
    assert (german.language, english.language) == ("de", "en")
    assert {"rakete", "raketen"} <= set(german.words[0])
    assert "raketen" not in english.words[0]
    assert (word.persons, word.spellings, word.sounds) == ((), (), ())
    assert name.persons == ("Lloyd Austin (US)",)
    assert {"lloyd austin", "остином"} <= set(name.spellings)
    assert name.sounds
    assert {forms.words for forms in prefix.forms} == {(("tele…",),)}
    phrase, office = expanded(
        (Term(Kind.PHRASE, "rote Linie"), Term(Kind.OFFICE, "US defence minister")), REGISTER, ["de"]
    )
    assert phrase.spellings == ("rote linie",)
    assert {"Pentagon-Chef", "US-Verteidigungsminister"} & set(office.titles)
    assert "Lloyd Austin (US)" in office.persons
    assert office.forms == ()


LETTERS = "abcd"
SMALL: st.SearchStrategy[Term] = st.sampled_from(LETTERS).map(lambda letter: Term(Kind.PHRASE, letter))
PAIR = st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS)).map(
    lambda p: Term(Kind.PHRASE, " ".join(p))
)
PART: st.SearchStrategy[Term | Or] = (
    SMALL | PAIR | st.lists(SMALL, min_size=2, max_size=2).map(lambda p: Or(tuple(p)))
)
NEARS = st.lists(PART, min_size=2, max_size=3).flatmap(
    lambda parts: st.lists(
        st.builds(Step, st.integers(1, 4), st.booleans()), min_size=len(parts) - 1, max_size=len(parts) - 1
    ).map(lambda steps: Near(tuple(parts), tuple(steps)))
)
QUERIES: st.SearchStrategy[Node] = st.recursive(
    SMALL | PAIR | NEARS,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=8,
)


def places(part: Node, words: list[str]) -> list[tuple[int, int]]:
    """Give where a term, or a group of them, stands: first word and last."""
    if isinstance(part, Or):
        return [place for one in part.parts for place in places(one, words)]
    assert isinstance(part, Term)
    sought = part.text.split()
    ends = range(len(sought), len(words) + 1)
    return [(end - len(sought), end - 1) for end in ends if words[end - len(sought) : end] == sought]


def are_near(left: tuple[int, int], right: tuple[int, int], step: Step) -> bool:
    """Whether two places are as near as a step asks."""
    behind, before = right[0] - left[1], left[0] - right[1]
    return 1 <= behind <= step.words or (not step.ordered and 1 <= before <= step.words)


def is_true(node: Node, words: list[str]) -> bool:
    """Try everything."""
    match node:
        case Term():
            return bool(places(node, words))
        case Not(part):
            return not is_true(part, words)
        case And(parts):
            return all(is_true(part, words) for part in parts)
        case Or(parts):
            return any(is_true(part, words) for part in parts)
        case Near(parts, steps):
            chains = [[place] for place in places(parts[0], words)]
            for part, step in zip(parts[1:], steps, strict=True):
                chains = [[*c, p] for c in chains for p in places(part, words) if are_near(c[-1], p, step)]
            return bool(chains)


@given(QUERIES, st.lists(st.sampled_from(LETTERS), max_size=9))
def test_a_query_holds_where_trying_everything_says_so(node: Node, words: list[str]) -> None:
    """Over all small stories, whether the watch waits for a term or is always asked."""
    watch = Watch("w", query=Query(node))
    found = Watcher(WatchList((watch,)), NOBODY).matches(story(" ".join(words)))
    assert bool(found) == is_true(node, words)
    assert bool(shortfalls(Query(node), story(" ".join(words)), NOBODY)) != bool(found)


@given(NEARS, st.lists(st.sampled_from(LETTERS), max_size=9))
def test_what_is_told_of_near_stands_near(node: Near, words: list[str]) -> None:
    """The places of a chain are such as it asks for, one of each part."""
    told = story(" ".join(words))
    text = [
        (m.start, m.end) for m in Watcher(WatchList((Watch("w", query=Query(node)),)), NOBODY).matches(told)
    ]
    for start, end in text:
        word = told.whole[:start].split()
        assert (
            words[len(word) : len(word) + len(told.whole[start:end].split())] == told.whole[start:end].split()
        )


def least(act: Callable[[], object]) -> float:
    """Give the least processor time of four runs."""
    times = []
    gc.disable()
    try:
        for _ in range(4):
            begun = process_time()
            act()
            times.append(process_time() - begun)
    finally:
        gc.enable()
    return min(times)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("a NEAR/100 b NEAR/100 c", "a b c " * 1_000),
        ('"a a a a a a b"', "a " * 3_000),
        ("(aa* OR aaa* OR aaaa*) NEAR/9 b", "aaaa b " * 1_000),
        ("aaaaaaaaaaaa* AND b", "aaaaaaaaaaaaaaab" * 1_000),
        ("=a NEAR/2f =b", "a, b. " * 1_000),
    ],
)
def test_time_grows_with_the_story_alone(query: str, text: str) -> None:
    """Eight times the story takes far less than eight times eight; nothing is tried again and again."""
    watcher = Watcher(WatchList((Watch("w", query=read(query)),)), NOBODY)
    short, long = story(text), story(text * 8)
    small, large = (least(partial(watcher.matches, told)) for told in (short, long))
    assert large < 30 * small


def test_a_hundred_watches_are_not_asked_one_by_one() -> None:
    """A story that holds nothing of them is read once."""
    watches = tuple(Watch(f"w{n}", query=read(f"(wort{n} OR satz{n}) AND und NOT aber")) for n in range(100))
    told = story("Es wird geredet und geredet und geschwiegen. " * 40)
    one, hundred = Watcher(WatchList(watches[:1]), NOBODY), Watcher(WatchList(watches), NOBODY)
    assert least(lambda: hundred.matches(told)) < 4 * least(lambda: one.matches(told))
