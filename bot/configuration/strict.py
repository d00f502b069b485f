"""What all models of the configuration share, and how their refusals are told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import Any, ClassVar, NamedTuple, NoReturn, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.configuration.quote import closest, quoted, redacted
from bot.configuration.spelt import places_in
from bot.configuration.tree import (
    Document,
    Entry,
    Listing,
    Loc,
    Mapping,
    Node,
    Scalar,
    at,
    is_blank,
    key_place,
    plain,
)
from bot.errors import Problem, Severity

_OWN, _WITHIN = "draht", "draht_within"
# How pydantic marks a fault of a key itself, behind the key.
_KEY = "[key]"


def _noun(model: type) -> str:
    return str(getattr(model, "noun", model.__name__))


class Strict(BaseModel):
    """A mapping of known keys whose values are never converted silently.

    `noun` is what an editor calls it, `example` how one is begun; `entries`
    are the models behind its lists, `may_be_blank` keys that may stand without value,
    `may_be_null` those to which `null` says something.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, model_title_generator=_noun)
    noun: ClassVar[str]
    example: ClassVar[str]
    entries: ClassVar[dict[str, type["Strict"]]] = {}
    may_be_blank: ClassVar[frozenset[str]] = frozenset()
    may_be_null: ClassVar[frozenset[str]] = frozenset()


M = TypeVar("M", bound=Strict)
Sentence: TypeAlias = tuple[str, str | None]


class Within(NamedTuple):
    """A fault of one place within a text, which is counted from its first character, 0."""

    offset: int
    message: str
    hint: str | None = None


def refuse(message: str, hint: str | None = None) -> NoReturn:
    """Refuse a value, inside a validator, with a sentence and a hint."""
    raise PydanticCustomError(_OWN, "{message}", {"message": message, "hint": hint})


def refuse_within(faults: Sequence[Within]) -> NoReturn:
    """Refuse a text, inside a validator, for everything that is wrong in it, each at its place."""
    raise PydanticCustomError(_WITHIN, "{faults}", {"faults": faults})


def validate(
    model: type[M], node: Node, document: Document, context: object = None
) -> tuple[M | None, tuple[Problem, ...]]:
    """Read a tree as a model, or give every problem of it with its place."""
    blank = [entry for entry in _blank_entries(model, node) if not _may_be_blank(model, node, entry)]
    blanks = tuple(_blank(document, entry) for entry in blank)
    try:
        value = model.model_validate(plain(node), context=context)
    except ValidationError as error:
        details = [d for d in error.errors(include_url=False) if not _is_told_already(model, node, d)]
        return None, blanks + tuple(chain.from_iterable(_problems(model, node, document, d) for d in details))
    return (None if blanks else value), blanks


def _blank_entries(model: type[Strict], node: Node) -> list[Entry]:
    if isinstance(node, Mapping):
        own = [entry for entry in node.entries if is_blank(entry.value) or _is_idle_null(model, entry)]
        below = ((model.entries.get(entry.key.text, model), entry.value) for entry in node.entries)
        return own + [blank for here, value in below for blank in _blank_entries(here, value)]
    if isinstance(node, Listing):
        return [blank for item in node.items for blank in _blank_entries(model, item)]
    return []


def _is_idle_null(model: type[Strict], entry: Entry) -> bool:
    """Whether "~" or "null" stands where it would say nothing but that the key is left out."""
    key, value = entry.key.text, entry.value
    is_null = isinstance(value, Scalar) and value.value is None
    return is_null and key in model.model_fields and key not in model.may_be_null | model.may_be_blank


def _may_be_blank(model: type[Strict], root: Node, entry: Entry) -> bool:
    own = isinstance(root, Mapping) and entry in root.entries
    return own and entry.key.text in model.may_be_blank


def _blank(document: Document, entry: Entry) -> Problem:
    message = f"{quoted(entry.key.text)} has no value"
    return document.problem(entry.key.place, message, "write one or remove the line")


def _is_told_already(model: type[Strict], root: Node, detail: ErrorDetails) -> bool:
    """Whether a key is there without a value, or missing since its name is told as misspelt."""
    *path, key = detail["loc"] or ("",)
    parent = at(root, tuple(path))
    if not isinstance(parent, Mapping):
        return False
    if detail["type"] != "missing":
        entry, here = parent.entry(key), _model_at(model, tuple(path))
        return entry is not None and _is_idle_null(here, entry)
    return parent.entry(key) is not None or is_misspelt(_model_at(model, tuple(path)), parent, str(key))


def is_misspelt(model: type[Strict], node: Mapping, key: str) -> bool:
    """Whether an unknown key of a mapping is nearest to this known one."""
    unknown = (entry.key.text for entry in node.entries if entry.key.text not in model.model_fields)
    return any(closest(word, model.model_fields) == key for word in unknown)


def _problems(model: type[Strict], root: Node, document: Document, detail: ErrorDetails) -> Iterable[Problem]:
    if detail["type"] != _WITHIN:
        return (_problem(model, root, document, detail),)
    return within(document, root, detail["loc"], detail["ctx"]["faults"])


def within(
    document: Document,
    root: Node,
    loc: Loc,
    faults: Sequence[Within],
    severity: Severity = Severity.ERROR,
) -> Iterator[Problem]:
    """Give the problems of places within a text; where a place is not sure, the message counts it."""
    node = at(root, loc)
    exact = places_in(node, [fault.offset for fault in faults]) if isinstance(node, Scalar) else []
    for fault, place in zip_longest(faults, exact):
        column = "" if place else f"column {fault.offset + 1} of {_subject(loc)}: "
        yield document.problem(place or node.place, column + fault.message, fault.hint, severity)


def _problem(model: type[Strict], root: Node, document: Document, detail: ErrorDetails) -> Problem:
    # A step "" is none of the file's: a model put it in (bot.configuration.holders).
    loc = tuple(step for step in detail["loc"] if step != "")
    message, hint = _sentence(model, root, detail, loc)
    if loc and loc[-1] == _KEY:
        return document.problem(key_place(root, loc[:-1]), message, hint)
    if detail["type"] == "extra_forbidden":
        return document.problem(key_place(root, loc), message, hint)
    return document.problem(at(root, loc).place, message, hint)


def _sentence(model: type[Strict], root: Node, detail: ErrorDetails, loc: Loc) -> Sentence:
    kind = detail["type"]
    if kind == _OWN:
        context: dict[str, Any] = detail["ctx"]
        return context["message"], context["hint"]
    tell = _SENTENCES.get(kind)
    return tell(model, loc, at(root, loc)) if tell else (f"{_subject(loc)}: {detail['msg']}", None)


def _subject(loc: Loc) -> str:
    """Name what a path leads to: a key, or an entry of the list behind it."""
    if not loc:
        return "the file"
    return f'"{loc[-1]}"' if isinstance(loc[-1], str) else f'an entry of "{loc[-2]}"'


def _model_at(model: type[Strict], loc: Loc) -> type[Strict]:
    for step in loc:
        if isinstance(step, str):
            model = model.entries.get(step, model)
    return model


def _missing(model: type[Strict], loc: Loc, _: Node) -> Sentence:
    return f'this {_model_at(model, loc[:-1]).noun} has no "{loc[-1]}"', f"add the line {loc[-1]}: …"


def _unknown(model: type[Strict], loc: Loc, _: Node) -> Sentence:
    key, here = str(loc[-1]), _model_at(model, loc[:-1])
    message = f"unknown key {quoted(key)}"
    if option := closest(key, here.model_fields):
        return message, f'did you mean "{option}"?'
    for name, below in here.entries.items():
        if key in below.model_fields:
            return message, f'it belongs to an entry of "{name}"'
    if key in model.model_fields:
        return message, "it belongs to the top of the file"
    return message, f"known are: {', '.join(here.model_fields)}"


def _no_text(_: type[Strict], loc: Loc, node: Node) -> Sentence:
    if isinstance(node, Listing):
        return f"{_subject(loc)} must be text, not a list", "remove the brackets or the dash"
    if isinstance(node, Mapping):
        return f"{_subject(loc)} must be text, not keys and values", 'put a text with ": " in it in quotes'
    if node.value is None:
        word = f", or put the word in quotes: '{node.text}'" if node.text.isalpha() else ""
        return f"{_subject(loc)} is empty", f"write a text{word}"
    return misread(node.value, node.text)


def misread(value: object, text: str) -> Sentence:
    """Say that YAML reads a plain word as something else than text."""
    kind = "true or false" if isinstance(value, bool) else "a number"
    return f"{quoted(text)} is read as {kind}, not as text", f"put it in quotes: '{text}'"


def _no_list(_: type[Strict], loc: Loc, node: Node) -> Sentence:
    hint = 'begin each entry with "- "'
    if isinstance(node, Scalar) and "\n" not in node.written:
        hint = f"write [{redacted(node.text.strip('()'))}]"
    return f"{_subject(loc)} must be a list", hint


def _no_truth(_: type[Strict], loc: Loc, node: Node) -> Sentence:
    message = f"{_subject(loc)} must be true or false"
    spelt = node.text.casefold() if isinstance(node, Scalar) else ""
    if spelt in _TRUTHS:
        return message, f"write {spelt} without quotes"
    meant = next((truth for truth, words in _TRUTHS.items() if spelt in words), "one of them")
    return message, f"write {meant}"


_TRUTHS = {"true": {"yes", "on", "y", "ja", "1"}, "false": {"no", "off", "n", "nein", "0"}}


def _no_mapping(model: type[Strict], loc: Loc, _: Node) -> Sentence:
    here = _model_at(model, loc)
    subject = f"a {here.noun}" if loc else "the file"
    return f"{subject} must be made of keys and values", f"begin with {here.example}"


def _too_short(_: type[Strict], loc: Loc, __: Node) -> Sentence:
    return f"{_subject(loc)} is an empty list", "name at least one, or remove the line"


def _unreadable(_: type[Strict], loc: Loc, __: Node) -> Sentence:
    return f"{_subject(loc)} holds a character that cannot be shown", "remove it"


_SENTENCES: dict[str, Callable[[type[Strict], Loc, Node], Sentence]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_type": _no_text,
    "list_type": _no_list,
    "dict_type": _no_list,
    "bool_type": _no_truth,
    "model_type": _no_mapping,
    "model_attributes_type": _no_mapping,
    "too_short": _too_short,
    "string_unicode": _unreadable,
}
