"""Who of the defence ministers a sentence speaks of.

Office is not person (DESIGN.md §4.2): a name of the register outweighs the
title beside it; where only a title stands, the title and its country are
believed; a counterpart takes the office of whoever was named before him.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.model.office import Holder, Office
from bot.recognition.belief import NAME_REACH, believed_names, known_persons, moved_on, serving
from bot.recognition.belonging import STOP, countries_of, is_anothers, words_of
from bot.recognition.bystanders import OWNER, PERSON
from bot.recognition.token import COUNTERPART, OFFICES, Scan, Sentence, Token

_OWN_REACH = 12  # characters between an owner and his contact: "Lawrows jüngstes Telefonat"
# "Minister" is one or several of them: where a language has one word, both kinds stand in one place.
_TWO = 2
_OWN = ("office.defence", "office.defence_plural")


@dataclass(frozen=True, slots=True)
class Minister:
    """A defence minister spoken of; `holder` where a name told who, `rule` by what."""

    office: Office
    start: int
    end: int
    rule: str
    holder: Holder | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one sentence.

    `ministers` in order, an office once. `former` are holders out of office.
    `others` are tokens of offices that are not defence ministers. `open` tells
    of a counterpart or minister whose country the sentence leaves open,
    `several` of ministers so left open ("the defence chiefs"), `refers` of a
    word that means somebody named before ("he", "his counterpart").
    """

    ministers: tuple[Minister, ...] = ()
    former: tuple[Minister, ...] = ()
    others: tuple[Token, ...] = ()
    open: bool = False
    several: bool = False
    refers: bool = False

    @property
    def offices(self) -> tuple[Office, ...]:
        """The offices of the ministers, in order."""
        return tuple(m.office for m in self.ministers)


def casts(scan: Scan, today: date | None) -> tuple[Cast, ...]:
    """Tell the people of every sentence of a story."""
    if today is None and not any(scan.all_of(*OFFICES, COUNTERPART)):
        # Without a day nobody can be known to serve, so a name alone means nobody.
        return tuple(Cast() for _ in scan.sentences)
    known = known_persons(scan, today)
    found = tuple(_cast(scan, sentence, known, today) for sentence in scan.sentences)
    seated = frozenset(m.office.country for cast in found for m in cast.ministers)
    return tuple(
        _described(scan, sentence, cast, seated) for sentence, cast in zip(scan.sentences, found, strict=True)
    )


def _described(scan: Scan, sentence: Sentence, cast: Cast, seated: frozenset[str]) -> Cast:
    """Add who is only called a country's minister, or by his nation, where the story has named that minister.

    "The Azerbaijani minister", "dem Ungarn": in a sentence without another
    office of that country he is the one the story speaks of.
    """
    if not seated:
        return cast
    told = [*_by_short_title(scan, sentence), *_by_nation(scan, sentence)]
    present = {m.office.country for m in cast.ministers}
    added = [
        m
        for m in told
        if m.office.country in seated - present and not any(o.start <= m.start < o.end for o in cast.others)
    ]
    return replace(cast, ministers=_once_each([*cast.ministers, *added])) if added else cast


def _by_short_title(scan: Scan, sentence: Sentence) -> Iterator[Minister]:
    for token in sentence.of("office.minister"):
        if any(o.start <= token.start and token.end <= o.end for o in sentence.of("office.other")):
            continue
        yield from _by_office(token, countries_of(scan, sentence, token)[:1])


def _by_nation(scan: Scan, sentence: Sentence) -> Iterator[Minister]:
    adjectives = {(t.start, t.end) for t in sentence.of("country.adjective", "country.noun")}
    articles = {t.end + 1 for t in sentence.of("grammar.one")}
    for token in sentence.of("country.demonym"):
        if (token.start, token.end) not in adjectives and token.start in articles:
            yield Minister(Office(token.country), token.start, token.end, "demonym")
    for token in sentence.of("country.adjective"):
        if token.start in articles and _stands_alone(scan, sentence, token):
            yield Minister(Office(token.country), token.start, token.end, "demonym")


def _stands_alone(scan: Scan, sentence: Sentence, adjective: Token) -> bool:
    """Whether an adjective is a person: "the Canadian said", "the Canadian, a former detective"."""
    if scan.text[adjective.end : adjective.end + 1] in {",", "."}:
        return True
    verbs = sentence.of("speech.verbs", "contact", "status.plan", "status.pluperfect")
    return any(
        t.start == adjective.end + 1 and not t.kind.endswith((".noun", ".adverb", "weak.meeting"))
        for t in verbs
    )


def _cast(scan: Scan, sentence: Sentence, known: frozenset[str], today: date | None) -> Cast:
    names = believed_names(scan, sentence, known, today)
    meant = [(t, h) for t, h in names if serving(h, today) or _called(scan, sentence, t)]
    others = tuple(_others(scan, sentence, names, meant))
    found: list[Minister] = [_by_name(token, holder) for token, holder in meant]
    found += _by_title(scan, sentence)
    is_open = several = False
    for token in sentence.of("office.defence", "office.defence_plural", COUNTERPART):
        if _barred(scan, sentence, token, others):
            continue
        countries = countries_of(scan, sentence, token)
        found += _by_office(token, countries)
        left_open = not (countries or _names_follow(scan, sentence, token, names))
        is_open = is_open or left_open
        several = several or (len(countries) < _TWO and _is_plural(sentence, token))
    left = [*((t, h) for t, h in names if not serving(h, today)), *moved_on(sentence, today)]
    former = tuple(_by_name(token, holder) for token, holder in left)
    refers = bool(sentence.of("office.pronoun"))
    return Cast(_once_each(found), former, others, is_open, several, refers)


def _is_plural(sentence: Sentence, token: Token) -> bool:
    """Whether an office is that of several: a word that also is one minister's does not tell."""
    if not token.is_a("office.defence_plural"):
        return False
    one = {(t.start, t.end) for t in sentence.of("office.defence")}
    return (token.start, token.end) not in one or sentence.is_led(token.start, "grammar.many")


def _others(
    scan: Scan, sentence: Sentence, names: list[tuple[Token, Holder]], meant: list[tuple[Token, Holder]]
) -> Iterator[Token]:
    """Give the titles of other offices that no minister's name outweighs, and the people in them."""
    taken = {(name.start, name.end) for name, _ in meant}
    for token in sentence.of("office.other"):
        if not token.is_a(PERSON):
            if not _names_follow(scan, sentence, token, names):
                yield token
        elif (token.start, token.end) not in taken and _takes_part(scan, sentence, token):
            yield token


def _takes_part(scan: Scan, sentence: Sentence, person: Token) -> bool:
    """Whether somebody in another office may be a party: not called a minister, spoken about or an owner."""
    offices = sentence.of("office.defence", "country.title")
    if any(t.end <= person.start and len(scan.gap(t, person)) <= 1 for t in offices):
        return False
    if any(0 < person.start - t.end <= 1 for t in sentence.of("grammar.about")):
        return False
    return person.kind != OWNER or any(
        0 <= t.start - person.end <= _OWN_REACH for t in sentence.of("contact")
    )


def _called(scan: Scan, sentence: Sentence, name: Token) -> bool:
    """Whether the story itself calls somebody a defence minister who, by the register, is not one now.

    What it tells is then older than it looks; nobody else may be put in his place.
    """
    offices = sentence.of("office.defence", "country.title")
    beside = [t for t in offices if t.end <= name.start and len(scan.gap(t, name)) <= 1]
    return name.full and any(not unseated(scan, sentence, t) for t in beside)


def _by_name(token: Token, holder: Holder) -> Minister:
    return Minister(holder.office, token.start, token.end, "name", holder)


def _by_office(office: Token, countries: list[Token]) -> list[Minister]:
    listed = len(countries) > 1
    return [
        Minister(
            Office(c.country), min(c.start, office.start), max(c.end, office.end), office.kind, listed=listed
        )
        for c in countries
    ]


def _by_title(scan: Scan, sentence: Sentence) -> Iterator[Minister]:
    for token in sentence.of("country.title"):
        if unseated(scan, sentence, token) or is_anothers(scan, sentence, token):
            continue
        yield Minister(Office(token.country), token.start, token.end, "title")
    for head in sentence.of("office.head_of"):
        ministry = next(
            (t for t in sentence.of("country.ministry", "office.ministry") if t.start > head.end), None
        )
        if (
            ministry is None
            or len(words_of(scan.gap(head, ministry))) > NAME_REACH
            or STOP.search(scan.gap(head, ministry))
        ):
            continue
        countries = [ministry] if ministry.country else countries_of(scan, sentence, ministry)
        yield from (Minister(Office(c.country), head.start, ministry.end, "title") for c in countries)


def _once_each(found: list[Minister]) -> tuple[Minister, ...]:
    """Keep one mention an office, in order of first appearance; a named one tells more."""
    merged: dict[Office, Minister] = {}
    for minister in sorted(found, key=lambda m: (m.start, m.end)):
        known = merged.get(minister.office)
        if known is None:
            merged[minister.office] = minister
        elif known.holder is None and minister.holder is not None:
            merged[minister.office] = replace(known, holder=minister.holder, end=max(known.end, minister.end))
    return tuple(merged.values())


def _names_follow(scan: Scan, sentence: Sentence, office: Token, names: list[tuple[Token, Holder]]) -> bool:
    """Whether a minister's name stands right after an office (a wrong title is outweighed)."""
    for name, _ in names:
        if name.start >= office.end:
            gap = scan.gap(office, name)
            return (
                not STOP.search(gap)
                and len(words_of(gap)) <= NAME_REACH
                and not _another_between(sentence, office, name)
            )
    return False


def _another_between(sentence: Sentence, left: Token, right: Token) -> bool:
    between = sentence.of_within((left.end, right.start), "office", "contact", "grammar.list_and")
    other = [t for t in between if not t.is_a("office.head_of")]
    return bool(other) and not _two_offices(left, other)


def _two_offices(left: Token, between: list[Token]) -> bool:
    """Whether one person holds both: "crown prince and defence minister", "deputy premier and …"."""
    joined = between[0].is_a("grammar.list_and") and between[0].start - left.end <= 1
    return joined and len(between) > 1 and all(t.kind in _OWN for t in between[1:])


def unseated(scan: Scan, sentence: Sentence, token: Token) -> bool:
    """Whether a word before an office says that it is not held now."""
    words = sentence.of_within(
        (token.start - 40, token.start), "office.former", "office.future_holder", "office.under"
    )
    if not words or STOP.search(scan.text[words[-1].end : token.start]):
        return False
    return not sentence.of_within((words[-1].end, token.start), "office.other", "grammar.list_and")


def _barred(scan: Scan, sentence: Sentence, token: Token, others: tuple[Token, ...]) -> bool:
    """Whether an office is not held now, or a counterpart is that of another office."""
    if unseated(scan, sentence, token):
        return True
    if not token.is_a(COUNTERPART):
        return any(o.start <= token.start and token.end <= o.end for o in others)
    earlier = [t for t in sentence.of("office", "name", "country.title") if t.end <= token.start]
    offices = [
        t for t in earlier if t.kind in ("name", "country.title") or t.is_a("office.defence") or t in others
    ]
    return bool(offices) and (offices[-1] in others or unseated(scan, sentence, offices[-1]))
