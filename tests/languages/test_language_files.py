"""Language files are data that people edit: each is whole, and says nothing of any story."""

from functools import cache

import pytest

from bot.languages import topics
from bot.languages.load import codes, expand, load

# What a language may lack: it has no such form, or says it in another way.
OPTIONAL = frozenset({
    "status.pluperfect", "status.reported", "grammar.article", "grammar.on", "grammar.one", "grammar.place",
    "grammar.setting", "grammar.before", "grammar.of_day", "initiative.within", "venue.at", "venue.margin",
    "venue.never",
})  # fmt: skip
# Of a verb a language may have one form for what is, was and will be.
FORMS = (".open", ".present")


@cache
def kinds(code: str) -> frozenset[str]:
    """Give the kinds of a language's phrases, those with a number in them too."""
    language = load(code)
    return frozenset({phrase.kind for phrase in language.phrases} | {one.kind for one in language.counted})


@pytest.mark.parametrize("code", codes())
def test_every_language_tells_the_same_kinds_of_phrases(code: str) -> None:
    """A kind that one language leaves out would be a rule that never works there."""
    missing = kinds("de") - kinds(code) - OPTIONAL
    assert not {kind for kind in missing if not kind.endswith(FORMS)}


def test_what_a_language_may_lack_is_lacked_by_some() -> None:
    """An exception that nobody needs any more would hide the next gap."""
    assert not {kind for kind in OPTIONAL if all(kind in kinds(code) for code in codes())}


@pytest.mark.parametrize("code", codes())
def test_a_language_names_no_person(code: str) -> None:
    """Rules speak of kinds of phrases: no name of the register stands in a language file."""
    from bot.register.load import load as register  # noqa: PLC0415 - only this test needs it
    from bot.register.names import Strength, spellings  # noqa: PLC0415

    names = {s.text for h in register().holders for s in spellings(h) if s.strength is Strength.FULL}
    assert not names & {words for every in load(code).phrases.values() for words in every}


def test_alternatives_are_written_out() -> None:
    """Braces stand for each of their forms."""
    assert expand("Defen{s,c}e Minister{,s}") == (
        "Defense Minister", "Defense Ministers", "Defence Minister", "Defence Ministers",
    )  # fmt: skip


def test_an_unknown_language_is_an_error() -> None:
    """Nothing is silently read as something else."""
    with pytest.raises(KeyError):
        load("xx")


def test_every_topic_has_a_label_in_the_languages_of_posts() -> None:
    """A post never shows a topic's id for want of a word."""
    assert [t.id for t in topics.topics() if not {"de", "en"} <= set(dict(t.labels))] == []
    assert topics.label("escalation risk", "de") == "Eskalationsrisiko"
