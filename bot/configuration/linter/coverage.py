"""Whether one word of a watch finds all that another one finds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.matching.inflection import endings_of
from bot.matching.meaning import inflected
from bot.matching.phrases import Phrase, Word
from bot.matching.query import Subjects
from bot.model.office import Holder
from bot.register.names import Strength, spellings
from bot.text.fold import fold


class Doubled(NamedTuple):
    """A word of a list, by its number, that another one finds; `languages` are those, empty for all."""

    number: int
    by: int
    languages: tuple[str, ...]


class Coverage:
    """Compares words by the persons that they name, and by their forms in the languages that are heard."""

    def __init__(self, subjects: Subjects, languages: Iterable[str | None]) -> None:
        """Take what knows the persons, and the languages of the feeds; None stands for any."""
        self.subjects = subjects
        self._languages = tuple(languages)
        self._endings = {language: _by_rule(language) for language in self._languages}
        self._known: dict[str, Phrase] = {}
        self._lists: dict[tuple[str, ...], _Words] = {}
        self._forms: dict[tuple[Word, str | None], frozenset[str]] = {}

    def phrase(self, word: str) -> Phrase:
        """Give the words of a word, each with its stems."""
        return self._known.get(word) or self._known.setdefault(word, inflected(word))

    def covers(self, wide: str, narrow: str) -> bool:
        """Whether every story that holds the narrow one holds the wide one too, in every language."""
        found = self.found_in(wide, narrow)
        return found is not None and not found

    def found_in(self, wide: str, narrow: str) -> tuple[str, ...] | None:
        """Give the languages in whose stories the wide one finds the narrow one.

        Empty for all languages, None where it is so in none. What is a form of
        a word is taken to have no other forms than that word.
        """
        ours, theirs = self.subjects.named(wide), self.subjects.named(narrow)
        if theirs:
            same = _persons(theirs) <= _persons(ours) and _trust(wide, ours) <= _trust(narrow, theirs)
            return () if same else None
        outer, inner = self.phrase(wide), self.phrase(narrow)
        heard = [language for language in self._languages if self._holds(inner, outer, language)]
        if len(heard) == len(self._languages):
            return ()
        return tuple(language for language in heard if language) or None

    def signs(self, word: str) -> Iterable[str]:
        """Give by what a word may find others: the persons whom it names, and its first stems."""
        return {*self.who(word), *(stem.text for first in self.phrase(word)[:1] for stem in first)}

    def signs_of_wider(self, word: str) -> Iterable[str]:
        """Give signs of which whatever finds a word has one."""
        if who := self.who(word):
            return who
        texts = (part[0].text for part in self.phrase(word))
        return {text[:end] for text in texts for end in range(1, len(text) + 1)}

    def covered_by(self, words: tuple[str, ...], word: str) -> str | None:
        """Give the first word of a list that covers another one."""
        found = (words[number] for number in self._list(words).finding(word))
        return next((one for one in found if self.covers(one, word)), None)

    def doubled(self, words: tuple[str, ...]) -> Iterator[Doubled]:
        """Find the words of a list that another of them finds; of two that find each other the later one."""
        for number, word in enumerate(words):
            for other in self._list(words).finding(word):
                languages = None if other == number else self.found_in(words[other], word)
                if languages is None or (other > number and self.found_in(word, words[other]) is not None):
                    continue
                yield Doubled(number, other, languages)
                break

    def who(self, word: str) -> frozenset[str]:
        """Give the persons whom a word names, each in the office held."""
        return _persons(self.subjects.named(word))

    def _list(self, words: tuple[str, ...]) -> "_Words":
        if words not in self._lists:
            self._lists[words] = _Words(words, self)
        return self._lists[words]

    def _holds(self, inner: Phrase, outer: Phrase, language: str | None) -> bool:
        """Whether the words of one stand side by side within the other, in some form."""
        size = len(outer)
        return size > 0 and any(
            all(self._is_form(a, b, language) for a, b in zip(inner[at : at + size], outer, strict=True))
            for at in range(len(inner) - size + 1)
        )

    def _is_form(self, word: Word, of: Word, language: str | None) -> bool:
        return word == of or word[0].text in self._forms_of(of, language)

    def _forms_of(self, word: Word, language: str | None) -> frozenset[str]:
        key = (word, language)
        if key not in self._forms:
            endings = self._endings[language]
            forms = (stem.text + ending for stem in word for ending in endings.get(stem.rule, ()))
            self._forms[key] = frozenset(forms)
        return self._forms[key]


class _Words:
    """A list of words, and which of them may find another one, without comparing each with each."""

    def __init__(self, words: Sequence[str], coverage: Coverage) -> None:
        self._coverage = coverage
        self._by_sign: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(words):
            for sign in coverage.signs(word):
                self._by_sign[sign].append(number)

    def finding(self, word: str) -> list[int]:
        """Give those that may find a word, in order."""
        signs = self._coverage.signs_of_wider(word)
        return sorted({number for sign in signs for number in self._by_sign.get(sign, ())})


def _by_rule(language: str | None) -> dict[str, tuple[str, ...]]:
    endings: dict[str, list[str]] = defaultdict(list)
    for ending, rules in endings_of(language).rules.items():
        for rule in rules:
            endings[rule].append(ending)
    return {rule: tuple(each) for rule, each in endings.items()}


def _persons(holders: Iterable[Holder]) -> frozenset[str]:
    return frozenset(f"{holder.person}/{holder.office}" for holder in holders)


def _trust(word: str, holders: Iterable[Holder]) -> Strength:
    """How sure a spelling must be that the word finds: the surer it is itself, the fewer are found."""
    folded = " ".join(fold(word).split())
    named = [s.strength for holder in holders for s in spellings(holder) if s.text == folded]
    return min((Strength.SURNAME, *named))
