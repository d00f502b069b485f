"""Which names are meant as persons, and who of one name.

A full name is meant as one; a surname alone needs an office, a counterpart or
another minister beside it, and after "in" it is a place. A name that somebody
in another office bears that day needs the office of defence beside it, unless
its bearer is fully named and holds both.
"""

import re
from datetime import date, timedelta

from bot.model.office import Holder
from bot.recognition.belonging import words_of
from bot.recognition.bystanders import PERSON
from bot.recognition.token import Scan, Sentence, Token
from bot.register.names import Strength

# Reports call a minister by his office some days before and after his term.
_GRACE = timedelta(days=30)
_TELLING = 5  # letters from which a doubtful surname means a minister beside another one
NAME_REACH = 4  # words between an office and its holder's name: "General a.D. Lloyd J."


def known_persons(scan: Scan, today: date | None) -> frozenset[str]:
    """Give everyone whom a story names in full or beside his office: his surname alone then is he."""
    known = _fully_named(scan, today)
    return known | _vouched_for(scan, known, today)


def serving(holder: Holder, today: date | None) -> bool:
    """Whether the person may be called by the office that day."""
    if today is None:
        return True
    return holder.held_on(today) or holder.held_on(today - _GRACE) or holder.held_on(today + _GRACE)


def _fully_named(scan: Scan, today: date | None) -> frozenset[str]:
    """Who is named with more than a surname anywhere in the story, and is in no other office only."""
    return frozenset(
        h.person
        for s in scan.sentences
        for t in s.of("name")
        if t.full
        for h in t.holders
        if not _is_shared(s, t) or (today is not None and h.held_on(today))
    )


def _is_shared(sentence: Sentence, name: Token) -> bool:
    """Whether somebody in another office bears the name too, that day."""
    return any((t.start, t.end) == (name.start, name.end) for t in sentence.of(PERSON))


def _vouched_for(scan: Scan, known: frozenset[str], today: date | None) -> frozenset[str]:
    """Who is named beside his office somewhere in the story, and so is meant wherever his name stands."""
    return frozenset(
        holder.person
        for sentence in scan.sentences
        for _, holder in believed_names(scan, sentence, known, today)
    )


def believed_names(
    scan: Scan, sentence: Sentence, known: frozenset[str], today: date | None
) -> list[tuple[Token, Holder]]:
    """Give the names that are meant as persons, each with its holder."""
    believed = []
    tokens = sentence.of("name")
    for token in tokens:
        holder = _meant(token, known, today)
        if holder is None:
            continue
        if _is_shared(sentence, token):
            meant = holder.person in known or _beside_defence(scan, sentence, token)
        else:
            meant = token.full or holder.person in known or _supported(scan, sentence, token, tokens)
        if meant:
            believed.append((token, holder))
    return believed


def moved_on(sentence: Sentence, today: date | None) -> list[tuple[Token, Holder]]:
    """Give who is named in full, was a minister once and is in another office by now."""
    shared = (t for t in sentence.of("name") if t.full and _is_shared(sentence, t))
    meant = ((token, _meant(token, frozenset(), today)) for token in shared)
    return [(token, holder) for token, holder in meant if holder and not serving(holder, today)]


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
    if _has_another_given_name(scan, sentence, token) or any(t.start == token.end + 1 for t in tokens):
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


def _beside_defence(scan: Scan, sentence: Sentence, name: Token) -> bool:
    """Whether an office of defence stands beside a name, and nobody between them."""
    return any(
        _close(scan, t, name)
        and not sentence.of_within(_between(t, name), "office", "name", "contact", "grammar.list_and")
        for t in sentence.of("office.defence", "country.title")
    )


def _between(first: Token, second: Token) -> tuple[int, int]:
    return min(first.end, second.end), max(first.start, second.start)


def _has_another_given_name(scan: Scan, sentence: Sentence, token: Token) -> bool:
    """Whether what may be a given name stands before a surname: its holder's own makes it a full name."""
    start = scan.text.rfind(" ", sentence.start, token.start - 1) + 1
    if not start or start not in scan.capitals or not scan.text[start : token.start - 1].isalpha():
        return False
    return not any(t.start <= start < t.end for t in sentence.tokens)


def _close(scan: Scan, first: Token, second: Token) -> bool:
    left, right = (first, second) if first.start <= second.start else (second, first)
    gap = scan.gap(left, right) if left.end <= right.start else ""
    return len(words_of(gap)) <= NAME_REACH and not re.search(r"[;:]|\.\s", gap)
