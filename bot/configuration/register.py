"""The shipped register with the corrections and additions of holders.yaml.

An entry corrects the term of the same country and person; where there are
several, `start` says which, unless only spellings are told: they hold for all.
A start after the end of the only known term, or of none of several, is a new
term. Entries apply in the order of the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.configuration.holders import HolderEntry, HoldersFile
from bot.configuration.quote import quoted
from bot.configuration.strict import validate
from bot.configuration.tree import Document, Listing, Node, child
from bot.errors import Problem, Severity
from bot.model.office import Holder, Register
from bot.text.fold import fold

_NAMED = 3  # people told who were in the office at the time of an entry


@dataclass(frozen=True, slots=True)
class _Told:
    """An entry and where it stands."""

    entry: HolderEntry
    node: Node


def read_register(document: Document, shipped: Register) -> tuple[Register, tuple[Problem, ...]]:
    """Give the shipped register with all good entries of holders.yaml, and what is wrong with the others."""
    if document.root is None:
        return shipped, ()
    _, problems = validate(HoldersFile, document.root, document)
    holders = list(shipped.holders)
    touched: list[tuple[Holder, Node]] = []
    for item in _items(child(document.root, "holders")):
        told, faults = _read(document, item)
        if told is not None:
            changed, more = _apply(document, told, holders)
            touched += [(holder, item) for holder in changed]
            faults += more
        problems += faults
    problems += tuple(_overlaps(document, dict(reversed(touched)), holders))
    return replace(shipped, holders=tuple(holders)), problems


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Listing) else ()


def _read(document: Document, item: Node) -> tuple[_Told | None, tuple[Problem, ...]]:
    entry, problems = validate(HolderEntry, item, document)
    if entry is None:
        return None, problems
    if entry.start and entry.end and entry.start > entry.end:
        message = f"the end {entry.end} lies before the start {entry.start}"
        place = (child(item, "end") or item).place
        return None, (document.problem(place, message, "did you mix them up?"),)
    return _Told(entry, item), ()


def _apply(
    document: Document, told: _Told, holders: list[Holder]
) -> tuple[tuple[Holder, ...], tuple[Problem, ...]]:
    """Change the list of holders by one entry; give the holders that came of it."""
    entry = told.entry
    terms = [holder for holder in holders if _is_same_person(holder, entry)]
    if len(terms) > 1 and entry.start is None and not entry.tells_only_names:
        message = f"{quoted(entry.person)} was {entry.office} {len(terms)} times"
        starts = " or ".join(str(term.start) for term in terms if term.start)
        place = (child(told.node, "person") or told.node).place
        return (), (document.problem(place, message, f"say which by start: {starts}"),)
    corrected = _corrected(terms, entry)
    if not corrected:
        holders.append(entry.holder())
        return (holders[-1],), ()
    changed = tuple(entry.correct(term) for term in corrected)
    for term in changed:
        if term.start and term.end and term.start > term.end:
            message = f"the end {term.end} lies before the start {term.start} that the register knows"
            place = (child(told.node, "end") or told.node).place
            return (), (document.problem(place, message, "correct the end, or tell the start too"),)
    for before, after in zip(corrected, changed, strict=True):
        holders[holders.index(before)] = after
    return changed, ()


def _is_same_person(holder: Holder, entry: HolderEntry) -> bool:
    names = {fold(name) for name in holder.all_names()} if holder.office == entry.office else set()
    return fold(entry.person) in names


def _corrected(terms: list[Holder], entry: HolderEntry) -> list[Holder]:
    """Choose the terms that an entry corrects; none where it is an addition."""
    if entry.start is None:
        return terms
    if same := [term for term in terms if term.start == entry.start]:
        return same[:1]
    returned = len(terms) == 1 and terms[0].end is not None and terms[0].end < entry.start
    return terms if len(terms) == 1 and not returned else []


def _overlaps(document: Document, touched: dict[Holder, Node], holders: list[Holder]) -> Iterator[Problem]:
    """Warn of two people in one office at one time, once for each entry; a common day of handover is none.

    Who is left of `touched` behind a later entry is nobody's term; a pair is told where its later one stands.
    """
    told: set[Holder] = set()
    for holder, node in touched.items():
        if holder not in holders:
            continue
        told.add(holder)
        others = [other for other in reversed(holders) if other not in told and _meet(holder, other)]
        if others:
            yield document.problem(node.place, *_overlap(holder, others), Severity.WARNING)


def _meet(one: Holder, other: Holder) -> bool:
    return one.office == other.office and _begin(one) < _end(other) and _begin(other) < _end(one)


def _overlap(holder: Holder, others: Iterable[Holder]) -> tuple[str, str]:
    names = list(dict.fromkeys(other.person for other in others))
    if len(names) == 1:
        message = f"{holder.person} and {names[0]} hold the office {holder.office} at one time"
        return message, "the one who came last counts; correct an end to say otherwise"
    message = f"{holder.person} holds the office {holder.office} at one time with {len(names)} others: "
    shown = ", ".join(names[:_NAMED]) + (" and more" if len(names) > _NAMED else "")
    untold = "tell the start; a known person is written as in the register"
    return message + shown, untold if holder.start is None else "is the start right?"


def _begin(holder: Holder) -> date:
    return holder.start or date.min


def _end(holder: Holder) -> date:
    return holder.end or date.max
