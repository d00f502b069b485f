"""Who of the defence ministers a sentence speaks of.

Office is not person (DESIGN.md §4.2): a name of the register outweighs the
title beside it; where only a title stands, the title and its country are
believed; a counterpart takes the office of whoever was named before him.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.model.office import Holder, Office
from bot.recognition.token import Scan, Sentence, Token
from bot.register.names import Strength

# Reports call a minister by his office some days before and after his term.
_GRACE = timedelta(days=30)
_OFFICES = (
    "office.counterpart", "office.defence", "office.defence_plural", "office.ministry", "country.title",
)  # fmt: skip
_TELLING = 5  # letters from which a doubtful surname means a minister beside another one
_NAME_REACH = 4  # words between an office and its holder's name: "General a.D. Lloyd J."
_WORD = re.compile(r"[^\s,;:()\"]+")
_STOP = re.compile(r"[,;:()\"]|\.\s")


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
    `refers` of a word that means somebody named before ("he", "his counterpart").
    """

    ministers: tuple[Minister, ...] = ()
    former: tuple[Holder, ...] = ()
    others: tuple[Token, ...] = ()
    open: bool = False
    refers: bool = False

    @property
    def offices(self) -> tuple[Office, ...]:
        """The offices of the ministers, in order."""
        return tuple(m.office for m in self.ministers)


def casts(scan: Scan, today: date | None) -> tuple[Cast, ...]:
    """Tell the people of every sentence of a story."""
    if today is None and not any(scan.all_of(*_OFFICES)):
        # Without a day nobody can be known to serve, so a name alone means nobody.
        return tuple(Cast() for _ in scan.sentences)
    known = _fully_named(scan)
    known |= _vouched_for(scan, known, today)
    return tuple(_cast(scan, sentence, known, today) for sentence in scan.sentences)


def serving(holder: Holder, today: date | None) -> bool:
    """Whether the person may be called by the office that day."""
    if today is None:
        return True
    return holder.held_on(today) or holder.held_on(today - _GRACE) or holder.held_on(today + _GRACE)


def _fully_named(scan: Scan) -> frozenset[str]:
    """Who is named with more than a surname anywhere in the story."""
    return frozenset(h.person for t in scan.all_of("name") if t.full for h in t.holders)


def _vouched_for(scan: Scan, known: frozenset[str], today: date | None) -> frozenset[str]:
    """Who is named beside his office somewhere in the story, and so is meant wherever his name stands."""
    return frozenset(
        holder.person
        for sentence in scan.sentences
        for _, holder in _believed_names(scan, sentence, known, today)
    )


def _cast(scan: Scan, sentence: Sentence, known: frozenset[str], today: date | None) -> Cast:
    names = _believed_names(scan, sentence, known, today)
    others = tuple(t for t in sentence.of("office.other") if not _names_follow(scan, sentence, t, names))
    found: list[Minister] = [
        _by_name(token, holder)
        for token, holder in names
        if serving(holder, today) or _called(scan, sentence, token)
    ]
    found += _by_title(scan, sentence)
    is_open = False
    for token in sentence.of("office.defence", "office.defence_plural", "office.counterpart"):
        if _barred(scan, sentence, token, others):
            continue
        countries = _countries_of(scan, sentence, token)
        listed = len(countries) > 1
        found += [
            Minister(
                Office(c.country), min(c.start, token.start), max(c.end, token.end), token.kind, listed=listed
            )
            for c in countries
        ]
        is_open = is_open or not (countries or _names_follow(scan, sentence, token, names))
    former = tuple(holder for _, holder in names if not serving(holder, today))
    refers = bool(sentence.of("office.pronoun"))
    return Cast(_once_each(found), former, others, is_open, refers)


def _called(scan: Scan, sentence: Sentence, name: Token) -> bool:
    """Whether the story itself calls somebody a defence minister who, by the register, is not one now.

    What it tells is then older than it looks; nobody else may be put in his place.
    """
    offices = sentence.of("office.defence", "country.title")
    beside = [t for t in offices if t.end <= name.start and len(scan.gap(t, name)) <= 1]
    return name.full and any(not _unseated(scan, sentence, t) for t in beside)


def _by_name(token: Token, holder: Holder) -> Minister:
    return Minister(holder.office, token.start, token.end, "name", holder)


def _by_office(office: Token, countries: list[Token]) -> list[Minister]:
    listed = len(countries) > 1
    return [
        Minister(
            Office(c.country), min(c.start, office.start), max(c.end, office.end), office.kind, None, listed
        )
        for c in countries
    ]


def _by_title(scan: Scan, sentence: Sentence) -> Iterator[Minister]:
    for token in sentence.of("country.title"):
        if _unseated(scan, sentence, token) or _anothers(scan, sentence, token):
            continue
        yield Minister(Office(token.country), token.start, token.end, "title")
    for head in sentence.of("office.head_of"):
        ministry = next(
            (t for t in sentence.of("country.ministry", "office.ministry") if t.start > head.end), None
        )
        if (
            ministry is None
            or len(_words(scan.gap(head, ministry))) > _NAME_REACH
            or _STOP.search(scan.gap(head, ministry))
        ):
            continue
        countries = [ministry] if ministry.country else _countries_of(scan, sentence, ministry)
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


def _believed_names(
    scan: Scan, sentence: Sentence, known: frozenset[str], today: date | None
) -> list[tuple[Token, Holder]]:
    """Give the names that are meant as persons, each with its holder."""
    believed = []
    tokens = sentence.of("name")
    for token in tokens:
        holder = _meant(token, known, today)
        if holder is None:
            continue
        if token.full or holder.person in known or _supported(scan, sentence, token, tokens):
            believed.append((token, holder))
    return believed


def _meant(token: Token, known: frozenset[str], today: date | None) -> Holder | None:
    """Choose among persons of one name: who serves, then who is fully named, then the latest."""
    choices = [h for h in token.holders if serving(h, today)] or list(token.holders)
    named = [h for h in choices if h.person in known] or choices
    if len({h.office for h in named}) > 1 and not token.full:
        return None
    return max(named, key=lambda h: h.start or date.min, default=None)


def _supported(scan: Scan, sentence: Sentence, token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether something beside a bare surname says that a minister is meant."""
    before = [t for t in sentence.tokens if t.end <= token.start]
    if any(t.is_a("grammar.place_before") and scan.gap(t, token).strip() == "" for t in before):
        return False
    cues = sentence.of(
        "office.defence", "office.defence_plural", "office.counterpart", "office.minister", "country.title"
    )
    if any(_close(scan, t, token) for t in cues):
        return True
    if token.trust is Strength.WEAK and token.end - token.start < _TELLING:
        return False
    return bool(cues and sentence.of("contact")) or any(
        {h.office for h in t.holders} != {h.office for h in token.holders} for t in tokens
    )


def _close(scan: Scan, first: Token, second: Token) -> bool:
    left, right = (first, second) if first.start <= second.start else (second, first)
    gap = scan.gap(left, right) if left.end <= right.start else ""
    return len(_words(gap)) <= _NAME_REACH and not re.search(r"[;:]|\.\s", gap)


def _names_follow(scan: Scan, sentence: Sentence, office: Token, names: list[tuple[Token, Holder]]) -> bool:
    """Whether a minister's name stands right after an office (a wrong title is outweighed)."""
    for name, _ in names:
        if name.start >= office.end:
            gap = scan.gap(office, name)
            return (
                not _STOP.search(gap)
                and len(_words(gap)) <= _NAME_REACH
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
    return joined and len(between) > 1 and all(t.is_a("office.defence") for t in between[1:])


def _anothers(scan: Scan, sentence: Sentence, title: Token) -> bool:
    """Whether a title that one country has is said of another: "US Defence Secretary", "… Lloyd Austin"."""
    for token in sentence.of("country", "name"):
        country = token.country or token.holders[0].office.country
        before = token.end <= title.start and len(scan.gap(token, title)) <= 1
        after = token.kind == "name" and token.start >= title.end and len(scan.gap(title, token)) <= 1
        if (before or after) and country != title.country:
            return True
    return False


def _unseated(scan: Scan, sentence: Sentence, token: Token) -> bool:
    """Whether a word before an office says that it is not held now."""
    words = sentence.of_within(
        (token.start - 40, token.start), "office.former", "office.future_holder", "office.under"
    )
    return bool(words) and not _STOP.search(scan.text[words[-1].end : token.start])


def _barred(scan: Scan, sentence: Sentence, token: Token, others: tuple[Token, ...]) -> bool:
    """Whether an office is not held now, or a counterpart is that of another office."""
    if _unseated(scan, sentence, token):
        return True
    if not token.is_a("office.counterpart"):
        return any(o.start <= token.start and token.end <= o.end for o in others)
    earlier = [t for t in sentence.of("office", "name", "country.title") if t.end <= token.start]
    offices = [
        t for t in earlier if t.kind in ("name", "country.title") or t.is_a("office.defence") or t in others
    ]
    return bool(offices) and (offices[-1] in others or _unseated(scan, sentence, offices[-1]))


def _countries_of(scan: Scan, sentence: Sentence, office: Token) -> list[Token]:
    """Give the country words that belong to an office: before it, inside it, after it."""
    countries = [
        t for t in sentence.of("country") if not t.is_a("country.ministry") and not _in_a_name(sentence, t)
    ]
    inside = [t for t in countries if t.start < office.end and office.start < t.end]
    inside = [t for t in inside if t.kind != "country.title" or not _anothers(scan, sentence, t)]
    if inside:
        return _each_country(inside) if office.is_a("office.defence_plural") else inside[:1]
    before = _chain_before(scan, sentence, countries, office)
    return before or _chain_after(scan, sentence, countries, office)


def _in_a_name(sentence: Sentence, token: Token) -> bool:
    return any(token.within(n.start, n.end) for n in sentence.of("name"))


def _chain_before(scan: Scan, sentence: Sentence, countries: list[Token], office: Token) -> list[Token]:
    chain: list[Token] = []
    right, reach = office, 2
    for token in reversed([t for t in countries if t.end <= office.start]):
        gap = scan.gap(token, right)
        if _is_place(scan, sentence, token):
            break
        joined = bool(chain) and _is_list(scan, sentence, token, right)
        if not joined and (
            chain
            or _STOP.search(gap)
            or len(_words(gap)) > reach
            or _crosses(sentence, token, right)
            or _opens_anew(sentence, token, right)
        ):
            break
        chain.insert(0, token)
        right = token
    return _each_country(chain)


def _chain_after(scan: Scan, sentence: Sentence, countries: list[Token], office: Token) -> list[Token]:
    chain: list[Token] = []
    left = office
    of_words = {scan.text[t.start : t.end] for t in sentence.of("grammar.of")}
    for token in (t for t in countries if t.start >= office.end):
        gap = scan.gap(left, token)
        if chain and not _is_list(scan, sentence, left, token):
            break
        if not chain and (
            _STOP.search(gap) or not set(_words(gap)) <= of_words or _nominative(scan, token, gap)
        ):
            break
        chain.append(token)
        left = token
    return _each_country(chain)


def _opens_anew(sentence: Sentence, country: Token, office: Token) -> bool:
    """Whether an article between a country and an office parts them: "en Berlín el ministro"."""
    return bool(sentence.of_within((country.end, office.start), "grammar.article"))


def _is_place(scan: Scan, sentence: Sentence, token: Token) -> bool:
    """Whether a country is only where something is: "in Brussels the minister of …"."""
    return not token.is_a("country.adjective") and any(
        t.end <= token.start and not scan.gap(t, token).strip() for t in sentence.of("grammar.place_before")
    )


def _nominative(scan: Scan, token: Token, gap: str) -> bool:
    """Whether a country's own name directly after an office is no genitive: "minister France said"."""
    if scan.bare_genitive or token.kind == "country.adjective" or _words(gap):
        return False
    return not scan.text[token.start : token.end].endswith(("s", "'"))


def _is_list(scan: Scan, sentence: Sentence, left: Token, right: Token) -> bool:
    """Whether two country words are joined by "and" or a comma."""
    gap = scan.gap(left, right)
    joins = sentence.of_within((left.end, right.start), "grammar.list_and")
    extra = set(_words(gap)) - {scan.text[t.start : t.end] for t in (*joins, *sentence.of("grammar.of"))}
    return not extra and (bool(joins) or gap.lstrip().startswith(","))


def _crosses(sentence: Sentence, left: Token, right: Token) -> bool:
    return bool(sentence.of_within((left.end, right.start), "contact", "speech.verbs", "name", "office"))


def _each_country(chain: list[Token]) -> list[Token]:
    return list({t.country: t for t in chain}.values())


def _words(gap: str) -> list[str]:
    return _WORD.findall(gap)
