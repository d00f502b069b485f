"""What the watch-list and the register lack, decided from stories alone."""

from dataclasses import replace
from datetime import date, timedelta

from bot.model.change import AddHolder, AddSpelling, AddWords, Part
from bot.model.claim import Claim, Medium, Participant, Status
from bot.model.office import Office
from bot.model.watchlist import Party, Ring, Watch, WatchList
from bot.pipeline.suggestions import (
    FEWEST,
    Evidence,
    NewHolder,
    Spelling,
    Told,
    Word,
    missing_words,
    suggestions,
)
from bot.recognition import Recogniser
from bot.recognition.strangers import Stranger
from bot.register.load import load
from tests.pipeline.script import story

REGISTER = load()
DAY = date(2024, 7, 12)
US, RU, DE = Office("US"), Office("RU"), Office("DE")
CALL = Claim(
    Status.HELD, (Participant(RU, "Andrei Belousov"), Participant(US, "Lloyd Austin")), DAY, DAY, Medium.PHONE
)
TALKS = Watch("Talks", keywords=("Scholz",), parties=(Party(US), Party(RU)))


def told(number: int, text: str, *claims: Claim) -> Told:
    """Write a story of a contact, of an outlet of its own."""
    one = story(f"{'abcdefghij'[number % 10]}{number}", DAY + timedelta(days=number // 10), text)
    return Told(one, claims or (CALL,))


def words(evidence: list[Told], *watches: Watch) -> list[Word]:
    """Give the words that are suggested for these watches."""
    return list(missing_words(evidence, WatchList(watches), REGISTER))


def test_the_words_that_find_most_missed_stories_are_suggested() -> None:
    """Names of those at the table before other words, each with how many stories it would have found."""
    missed = [told(n, f"Es ging um Raketen in {place}.") for n, place in enumerate("KLMNO")]
    named = [told(n, "Beloussow telefonierte mit dem Pentagon.") for n in range(5, 12)]
    found = words([*missed, *named], TALKS)
    assert [(one.word, one.found, one.missed) for one in found] == [
        ("Andrei Belousov", 7, 12),
        ("Raketen", 5, 12),
    ]
    assert found[0].change == AddWords(0, Part.KEYWORDS, ("Andrei Belousov",))
    assert found[1].titles == tuple(one.story.title for one in missed[:3])


def test_what_a_watch_hears_or_does_not_want_is_not_missed() -> None:
    """Neither stories with one of its terms, nor of other offices or with an excluded word, nor plans."""
    heard = [told(n, "Scholz sah Raketen.") for n in range(4)]
    others = [
        told(n, "Raketen.", replace(CALL, participants=(Participant(DE), Participant(US)))) for n in range(4)
    ]
    planned = [told(n, "Raketen.", replace(CALL, status=Status.PLANNED)) for n in range(4)]
    barred = [*(told(n, "Raketen in Texas.") for n in range(4)), *(told(n, "Scholz.") for n in range(9))]
    for evidence in (heard, others, planned):
        assert words(evidence, TALKS) == []
    assert words(barred, replace(TALKS, exclude=("Texas",))) == []
    assert words(barred, TALKS) != []


def test_two_stories_are_too_few_and_a_watch_without_words_misses_nothing() -> None:
    """A suggestion takes three; a beat of stories is no matter of contacts."""
    few = [told(n, "Raketen.") for n in range(FEWEST - 1)]
    many = [told(n, "Raketen.") for n in range(9)]
    assert words(few, TALKS) == []
    assert words(many, replace(TALKS, keywords=())) == []
    assert words(many, replace(TALKS, ring=Ring.STORIES)) == []


def test_what_most_stories_of_contacts_say_is_no_suggestion() -> None:
    """A word like "minister" would let everything through."""
    evidence = [told(n, "Die Minister sprachen.") for n in range(9)]
    assert words(evidence, TALKS) == []


def test_a_vetoed_word_never_returns() -> None:
    """The next best takes its place; what holds no longer is not suggested at all."""
    evidence = Evidence(
        [told(n, "Beloussow sah Raketen.") for n in range(4)] + [told(n, "Scholz.") for n in range(9)]
    )
    first, *rest = suggestions(evidence, WatchList((TALKS,)), REGISTER, frozenset())
    assert isinstance(first, Word)
    assert first.word == "Andrei Belousov"
    assert rest == []
    (then,) = suggestions(evidence, WatchList((TALKS,)), REGISTER, frozenset({first.id}))
    assert isinstance(then, Word)
    assert then.word == "Raketen"
    done = WatchList((replace(TALKS, keywords=("Scholz", "Beloussow")),))
    assert suggestions(evidence, done, REGISTER, frozenset()) == ()


def test_a_new_holder_comes_with_the_day_of_the_first_story() -> None:
    """Whom three stories of two outlets call a minister; in a spelling that sounds alike he is one."""
    seen = [
        (told(n, "x").story, (Stranger("DE", name),))
        for n, name in ((12, "Erika Beispiel"), (3, "Erika Beispiel"), (25, "Erika Beyspiel"))
    ]
    (found,) = suggestions(Evidence((), seen), WatchList((TALKS,)), REGISTER, frozenset())
    assert isinstance(found, NewHolder)
    assert found.change == AddHolder("DE", "Erika Beispiel", DAY)
    assert suggestions(Evidence((), seen), WatchList((TALKS,)), REGISTER, frozenset({found.id})) == ()


def test_a_spelling_that_was_only_heard_is_suggested() -> None:
    """As stories have it, where it is none of the register's; those that it knows are left alone."""
    heard = [told(n, "Minister Bjelousow telefonierte.") for n in range(FEWEST)]
    known = [told(n, "Minister Beloussow telefonierte, Beloussows Sprecher auch.") for n in range(FEWEST)]
    everything = WatchList((replace(TALKS, keywords=()),))
    (found,) = suggestions(Evidence(heard), everything, REGISTER, frozenset())
    assert found == Spelling("RU", "Andrei Belousov", "Bjelousow", 3, 3)
    assert found.change == AddSpelling("RU", "Andrei Belousov", "Bjelousow")
    assert suggestions(Evidence(known), everything, REGISTER, frozenset()) == ()


def test_strangers_of_real_stories_become_a_suggestion() -> None:
    """The recogniser finds the name beside the office, the suggestion tells how often."""
    reader = Recogniser(REGISTER)
    text = "Der neue deutsche Verteidigungsminister Erwin Beispielhuber telefonierte mit Lloyd Austin."
    late = [told(n, text).story for n in range(3)]
    strangers = [(one, reader.strangers(one)) for one in late]
    (found,) = suggestions(Evidence((), strangers), WatchList((TALKS,)), REGISTER, frozenset())
    assert isinstance(found, NewHolder)
    assert (found.newcomer.name, found.newcomer.stories) == ("Erwin Beispielhuber", 3)
