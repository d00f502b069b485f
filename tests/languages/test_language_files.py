"""Language files are data that people edit: each is whole, and says nothing of any story."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot import languages
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


def lists(node: dict[str, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Give every list of phrases of a language file with its kind, as they are written."""
    for key, value in node.items():
        kind = f"{path}{key}"
        if isinstance(value, dict):
            yield from lists(value, f"{kind}.")
        elif isinstance(value, list) and path:
            parts = [one for one in value if isinstance(one, list)] or [value]
            yield from ((kind, [one for one in part if isinstance(one, str)]) for part in parts)


@cache
def written(code: str) -> tuple[tuple[str, list[str]], ...]:
    """Give the lists of phrases of one language file."""
    file = Path(languages.__file__).with_name(f"{code}.toml")
    return tuple(lists(tomllib.loads(file.read_text("utf-8"))))


@pytest.mark.parametrize("code", codes())
def test_no_phrase_is_told_by_others_of_its_list(code: str) -> None:
    """What is written twice is mended in one place and not in the other."""
    for kind, patterns in written(code):
        told = Counter(form for pattern in patterns for form in set(expand(pattern)))
        assert not [p for p in patterns if all(told[form] > 1 for form in expand(p))], kind


@pytest.mark.parametrize("code", codes())
def test_a_phrase_has_one_gap_at_most(code: str) -> None:
    """Of "rief ... Kollegen ... an" the last two words would be sought side by side with the dots."""
    assert not [p for _, patterns in written(code) for p in patterns if p.count(" ... ") > 1]


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
