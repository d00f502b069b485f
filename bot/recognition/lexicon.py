"""One pass over a story: every phrase of its language and every country."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

from bot.languages.language import Language, Phrase
from bot.model.office import Country
from bot.recognition import sentences
from bot.recognition.countries import TITLE, Countries, words_by_country
from bot.recognition.counts import Counts
from bot.recognition.persons import NAME, Persons
from bot.recognition.token import COUNTERPART, OFFICES, Scan, Sentence, Token, indexed
from bot.text.find import Finder, Hit, is_word
from bot.text.fold import Folded

# A story without any of these is about something else.
_GATE = frozenset({*OFFICES, COUNTERPART})
_SENTENCE_ENDS = re.compile(r"[^\W\d][.!?]\s")
_NARROW = ("office.", "initiative.within")
_OFFICE_GAP = 3  # words inside an office: "les ministres russe et turc de la Défense"
_GAP_REACH = 140  # how far the second part of "rief ... an" may stand, in characters
_SOON = "status.time_future"
_FOREMOST = "status.foremost"  # "above all", where a word in it is one of memory elsewhere
_MARKS = ("initiative.loose", "initiative.happened")  # on longer phrases and beside them
_TOGETHER = ("office.both", "office.three")
_TOLD_IN_DAYS = ("time.ago", "time.earlier", "time.later", "time.yesterday", "time.before_yesterday")
# Inside one family the longest phrase is meant: "deputy defence minister" holds no defence minister.
_FAMILIES = ("office", "name", "contact", "country", "status.past_anchor", "initiative")


class Lexicon:
    """Finds a language's phrases and its words for countries in stories."""

    def __init__(self, language: Language, countries: Iterable[Country]) -> None:
        """Build one finder over the language's phrases and its words for countries."""
        # The phrases are in the finder now; only the facts of the grammar are still asked for.
        self.language = replace(language, phrases={}, counted=(), countries=())
        self._counts = Counts(language)
        told = words_by_country(language, countries)
        self._countries = Countries(told, language.endings)
        self.capitals = {code: words.metonyms[0] for code, words in told.items() if words.metonyms}
        self._finder = Finder(_phrases(language))
        gate = chain(
            ((words, p) for p, every in language.phrases.items() if p.kind in _GATE for words in every),
            ((form, Phrase(TITLE)) for form in self._countries.titles()),
        )
        self._gate = Finder(gate)

    def may_concern(self, text: str, persons: Persons) -> bool:
        """Whether a folded text names a defence office, two of its holders, or one and a counterpart.

        Beside a counterpart every name counts, else only those that mean a holder by themselves.
        """
        kinds = {hit.value.kind for hit in self._gate.find(text) if hit.value.tail in text}
        if kinds - {COUNTERPART}:
            return True
        return persons.countries(text, weak=bool(kinds)) + len(kinds) > 1

    def scan(self, whole: str, folded: Folded, names: Iterable[Token]) -> Scan:
        """Find everything, add the names found already, and lay it out by sentence."""
        # A surname that is a small word of the language is that word: "Leș" in "Les ministres".
        common = self.language.stopwords
        persons = (n for n in names if n.full or folded.text[n.start : n.end] not in common)
        found = [
            *self._tokens(whole, folded),
            *self._countries.find(whole, folded),
            *self._counts.find(folded.text),
            *persons,
        ]
        tokens = _outside_names(_longest(sorted(_parted(found), key=lambda t: (t.start, -t.end, t.kind))))
        spans = sentences.spans(whole, self.language.abbreviations, ordinal_dots=self.language.ordinal_dots)
        if folded.starts is not None:
            starts = (*folded.starts, len(folded.text))
            spans = [(starts[a], starts[b]) for a, b in spans]
        laid_out = tuple(_lay_out(folded.text, tokens, spans))
        return Scan(folded.text, laid_out, self.language.bare_genitive, _capitals(whole, folded))

    def _tokens(self, whole: str, folded: Folded) -> Iterator[Token]:
        for hit in self._finder.find(folded.text):
            if self._is_meant(whole, folded, hit):
                yield from _phrase_token(folded.text, hit)

    def _is_meant(self, whole: str, folded: Folded, hit: Hit[Phrase]) -> bool:
        """Whether the story's own letters are those of the phrase, where folding made two words one."""
        if hit.value.accented:
            small = hit.value.kind != _SOON or not self.language.nouns_capitalised
            return _is_exact(whole, folded, hit) and (small or _is_small(whole, folded, hit))
        if hit.value.capital and whole[folded.span(hit.start, hit.end)[0]].islower():
            return False
        return not self.language.nouns_capitalised or _is_cased(whole, folded, hit)


def _phrases(language: Language) -> Iterator[tuple[str, Phrase]]:
    return ((words, phrase) for phrase, every in language.phrases.items() for words in every)


def _is_cased(whole: str, folded: Folded, hit: Hit[Phrase]) -> bool:
    """Whether a noun is written as one, and a verb as one unless it begins a sentence."""
    if not hit.value.kind.startswith("contact."):
        return True
    start = folded.span(hit.start, hit.end)[0]
    if hit.value.kind.endswith(".noun"):
        return whole[start].isupper()
    return _is_small(whole, folded, hit)


def _is_small(whole: str, folded: Folded, hit: Hit[Phrase]) -> bool:
    """Whether a word is no noun: written small, or at the head of a sentence ("morgen", not "am Morgen")."""
    start = folded.span(hit.start, hit.end)[0]
    return whole[start].islower() or whole[:start].rstrip(' "„“»«')[-1:] in {"", "\n", ".", "!", "?", ":"}


def _is_exact(whole: str, folded: Folded, hit: Hit[Phrase]) -> bool:
    """Whether a small word is written with just its accents ("hatten", not "hätten")."""
    start, end = folded.span(hit.start, hit.end)
    accents = hit.value.exact or folded.text[hit.start : hit.end]
    return whole[start:end].casefold().replace("’", "'") == accents


def _phrase_token(text: str, hit: Hit[Phrase]) -> Iterator[Token]:
    if hit.value.tail:
        yield from _with_tail(text, hit)
    else:
        yield Token(hit.value.kind, hit.start, hit.end)


def _with_tail(text: str, hit: Hit[Phrase]) -> Iterator[Token]:
    """Give a phrase with a gap where its second part follows in the same sentence."""
    tail, at = hit.value.tail, hit.end
    stop = min(len(text), hit.end + _GAP_REACH)
    line_end = text.find("\n", at, stop)
    stop = line_end if line_end >= 0 else stop
    while (at := text.find(tail, at, stop)) >= 0:
        if hit.value.kind.startswith(_NARROW) and len(text[hit.end : at].split()) > _OFFICE_GAP:
            return
        if is_word(text, at, at + len(tail)) and not _SENTENCE_ENDS.search(text, hit.end, at):
            yield Token(hit.value.kind, hit.start, at + len(tail), gapped=True)
            return
        at += 1


def _parted(tokens: list[Token]) -> Iterator[Token]:
    """Drop offices parted by anything but a country: "ministro … de Defensa" is one with "chileno" in it."""
    countries = {t.start for t in tokens if t.is_a("country")}
    for token in tokens:
        parted = token.gapped and token.is_a("office")
        if not parted or any(start in countries for start in range(token.start, token.end)):
            yield token


@cache
def _family(kind: str) -> str | None:
    """Give the family in which the longest phrase is meant: "the day before yesterday" is no "day before"."""
    if kind.startswith(_TOLD_IN_DAYS):
        return "days"
    if kind == _FOREMOST:
        return "status.past_anchor"
    if kind in _MARKS:
        return None
    if kind in _TOGETHER:  # "the ministers" of two countries stay ministers
        return None
    return next((f for f in _FAMILIES if kind == f or kind.startswith(f + ".")), None)


def _longest(tokens: list[Token]) -> list[Token]:
    """Drop what lies inside a longer token of its own family."""
    kept: list[Token] = []
    reach: dict[str, Token] = {}
    for token in tokens:
        family = _family(token.kind)
        holder = reach.get(family) if family else None
        if (
            holder is not None
            and token.end <= holder.end
            and (token.start, token.end) != (holder.start, holder.end)
        ):
            continue
        if family and not token.gapped:
            reach[family] = token
        kept.append(token)
    return kept


def _outside_names(tokens: list[Token]) -> list[Token]:
    """Drop what lies inside a longer name: the June in "Dong Jun", the country in "Israel Katz"."""
    names = [t for t in tokens if t.full]
    inside = {at for name in names for at in range(name.start, name.end)}
    return [t for t in tokens if t.holders or t.start not in inside or t.end - 1 not in inside]


def _lay_out(text: str, tokens: list[Token], spans: list[tuple[int, int]]) -> Iterator[Sentence]:
    position = 0
    for number, (start, end) in enumerate(spans):
        while position < len(tokens) and tokens[position].start < start:
            position += 1
        first = position
        while position < len(tokens) and tokens[position].start < end:
            position += 1
        inside = tuple(t for t in tokens[first:position] if t.end <= end)
        commas = tuple(at for at in range(start, end) if text[at] in ",;")
        yield Sentence(number, start, end, inside, _cuts(text, start, end, inside), commas, indexed(inside))


def _capitals(whole: str, folded: Folded) -> frozenset[int]:
    """Give the folded offsets of capital letters."""
    large = (at for at, letter in enumerate(whole) if letter.isupper())
    return frozenset(large if folded.starts is None else (folded.starts[at] for at in large))


def _cuts(text: str, start: int, end: int, tokens: tuple[Token, ...]) -> tuple[int, ...]:
    """Where clauses begin: after ";" and ":", at "that", at commas of a side clause or after "said"."""
    openers = {t.start for t in tokens if t.is_a("grammar.subordinate") or t.is_a("grammar.relative")}
    closed = {t.start for t in tokens if t.is_a("office") or t.is_a(NAME) or t.is_a("country")}
    said = {t.end for t in tokens if t.is_a("speech.verbs")}
    phrases = [t for t in tokens if t.is_a("status")]
    bare = {
        t.start
        for t in tokens
        if t.is_a("grammar.clause_opener")
        and t.start > start
        and not any(p.start < t.start < p.end and not p.gapped for p in phrases)
    }
    cuts, inside = set(bare), False
    for at in range(start, end):
        if text[at] in ";:":
            cuts.add(at + 1)
        elif text[at] == ",":
            opens = _opens(text, at + 2, openers, closed)
            if opens or inside or at in said:
                cuts.add(at + 1)
            inside = opens
    return tuple(sorted(cuts))


def _opens(text: str, at: int, openers: set[int], closed: set[int]) -> bool:
    """Whether a clause opens here, not an apposition ("..., der Verteidigungsminister, ...")."""
    if at not in openers:
        return False
    word_end = text.find(" ", at)
    return word_end + 1 not in closed
