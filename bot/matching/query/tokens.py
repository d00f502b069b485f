"""A query cut into operators, parentheses and terms, each with its place.

Every piece that cannot be read is told as a fault and stands as a term all the
same, so that what follows is read too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from bot.matching.query.faults import Fault
from bot.model.query import Kind, Step, Term
from bot.text.fold import fold

FIELDS = ("title", "source", "lang", "person", "office")
MOST_WORDS = 100
"""The widest NEAR; title and text lie farther apart."""
SHORTEST_PREFIX = 2

Operator: TypeAlias = Literal["AND", "OR", "NOT", "NEAR", "(", ")", "title", "end"]

_PIECE = re.compile(r'[()]|"[^"]*"?|[^\s()"]+')
_FIELD = re.compile(r"([^\W\d_]+):")
_NEAR = re.compile(r"NEAR/([0-9]{1,9})(f?)")
_QUOTES = "„“”‟«»‚‘"
_SPELT = {
    "and": "AND", "&": "AND", "&&": "AND", "+": "AND", "or": "OR", "|": "OR", "||": "OR",
    "not": "NOT", "!": "NOT",
}  # fmt: skip
# Operators as German editors write them; in small letters they may be words of a keyword.
_GERMAN = {"UND": "AND", "ODER": "OR", "NICHT": "NOT", "ANDNOT": "NOT"}
_DASHES = ("-", "–", "—")
_NEAR_MISSPELT = re.compile(r"near(?:(/.*)|([0-9]+f?))", re.IGNORECASE)
_JOKER = re.compile(r"[^\W\d_]\?[^\W\d_]")
_LISTED = re.compile(r"[^\W\d_]([,;|])[^\W\d_]")
_SEPARATORS = {",": "comma", ";": "semicolon", "|": "bar"}
_SIGNED = {"-": "NOT", "!": "NOT"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: an operator, or a term; a NEAR has its step.

    `start` counts from 0. Without term an operand could not be read.
    """

    start: int
    text: str
    operator: Operator | None = None
    term: Term | None = None
    step: Step | None = None

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    def fault(self, message: str, hint: str | None = None) -> Fault:
        """Give a fault of this piece."""
        return Fault(self.start + 1, max(1, len(self.text)), message, hint)


class _UnreadableError(Exception):
    """A piece is none of a query: what is wrong, and the operator that was meant."""

    def __init__(self, message: str, hint: str | None = None, meant: Operator | None = None) -> None:
        super().__init__(message)
        self.message, self.hint, self.meant = message, hint, meant


def tokens(text: str) -> tuple[list[Token], list[Fault]]:
    """Cut a query into its pieces, an "end" behind them, and tell what cannot be read."""
    cut: list[Token] = []
    faults: list[Fault] = []
    for piece in _pieces(text):
        try:
            cut.append(_read(piece))
        except _UnreadableError as why:
            faults.append(piece.fault(why.message, why.hint))
            step = Step(1) if why.meant == "NEAR" else None
            cut.append(Token(piece.start, piece.text, why.meant, step=step))
    cut.append(Token(len(text.rstrip()), "", "end"))
    return cut, faults


def _pieces(text: str) -> Iterator[Token]:
    """Give the pieces of a text; a field is one with the value that stands right behind it."""
    at = 0
    while found := _PIECE.search(text, at):
        start, at = found.span()
        field = _FIELD.fullmatch(found[0])
        # title:(…) stays apart: its value is a part of the query.
        if field and field[1] in FIELDS and at < len(text) and text[at] == '"':
            value = _PIECE.match(text, at)
            at = value.end() if value else at
        yield Token(start, text[start:at])


def _read(piece: Token) -> Token:
    text = piece.text
    if text in ("(", ")"):
        return Token(piece.start, text, "(" if text == "(" else ")")
    if text in ("AND", "OR", "NOT"):
        return Token(piece.start, text, _operator(text))
    if text.startswith("NEAR") and not text[4:5].isalnum():
        return Token(piece.start, text, "NEAR", step=_step(text))
    _refuse_misspelt_operator(text)
    if text == "title:":
        return Token(piece.start, text, "title")
    kind, value, title = _term(text)
    return Token(piece.start, text, term=Term(kind, value, title, piece.start, len(text)))


def _operator(name: str) -> Operator:
    match name:
        case "AND":
            return "AND"
        case "OR":
            return "OR"
        case _:
            return "NOT"


def _step(text: str) -> Step:
    told = _NEAR.fullmatch(text)
    if told is None:
        hint = "write NEAR/5, or NEAR/5f for in this order"
        if text in ("NEAR", "NEAR/"):
            raise _UnreadableError("NEAR lacks its number of words", hint, "NEAR")
        raise _UnreadableError(f"{text} is no operator", hint, "NEAR")
    words = int(told[1])
    if not 1 <= words <= MOST_WORDS:
        message = f"NEAR takes a number of words from 1 to {MOST_WORDS}, not {told[1]}"
        raise _UnreadableError(message, None, "NEAR")
    return Step(words, ordered=bool(told[2]))


def _refuse_misspelt_operator(text: str) -> None:
    """Refuse what is an operator elsewhere, and operators in small letters."""
    if text in _DASHES:
        hint = 'leave it out between words side by side, write NOT for "without"'
        raise _UnreadableError(f"{text} is no operator", hint, "NOT" if text == "-" else None)
    # "Not" is a German word.
    spelt = text.casefold() if text in ("And", "Or") else text
    if (meant := _GERMAN.get(text)) is not None:
        hint = f'write {meant}, or "{text}" in quotes for the word'
        raise _UnreadableError(f"{text} is no operator", hint, _operator(meant))
    if (meant := _SPELT.get(spelt)) is not None:
        if text.isalpha():
            hint = f'write {meant}, or "{text}" in quotes for the word'
            raise _UnreadableError("operators are written in capitals", hint, _operator(meant))
        raise _UnreadableError(f"{text} is no operator", f"write {meant}", _operator(meant))
    if near := _NEAR_MISSPELT.fullmatch(text):
        small = "operators are written in capitals"
        message = f"{text} is no operator" if text.startswith("NEAR") else small
        raise _UnreadableError(message, f"write NEAR{near[1] or f'/{near[2]}'}", "NEAR")
    if len(text) > 1 and text[0] == "+":
        raise _UnreadableError("+ before a word is no operator", "leave it out, and join words with AND")
    if len(text) > 1 and (meant := _SIGNED.get(text[0])) is not None:
        raise _UnreadableError(f"{text[0]} before a word is no operator", f"write {meant} {text[1:]}")


def _term(text: str) -> tuple[Kind, str, bool]:
    """Read a term: kind, value, and whether it is asked of the title."""
    if field := _FIELD.match(text):
        name, value = field[1], text[field.end() :]
        if name not in FIELDS:
            raise _UnreadableError(f"there is no field {name}:", _hint_for_field(name, text))
        if not value:
            raise _UnreadableError(f"{name}: lacks its value", f'write {name}:word or {name}:"some words"')
        if name == "title":
            return (*_sought(value), True)
        return Kind(name), _value(value), False
    return (*_sought(text), False)


def _hint_for_field(name: str, text: str) -> str:
    near = get_close_matches(name.casefold()[:20], FIELDS, n=1)
    if near:
        return f"did you mean {near[0]}:?"
    return f'there are {", ".join(f"{field}:" for field in FIELDS)}; for the words themselves write "{text}"'


def _value(text: str) -> str:
    """Read the value of a field: a word, or words in quotes."""
    value = _unquoted(text) if text.startswith('"') else text
    if "*" in value:
        raise _UnreadableError("the value of this field is whole: * cannot stand in it")
    return _worded(" ".join(value.split()), text)


def _sought(text: str) -> tuple[Kind, str]:
    """Read what is sought in a text: a word, a phrase, a prefix*, a =Word."""
    if text.startswith('"'):
        return Kind.PHRASE, _worded(" ".join(_unquoted(text).split()), text)
    _refuse_foreign_signs(text)
    if text.startswith("="):
        if "*" in text:
            raise _UnreadableError("= and * cannot stand together", "=Word is the word just as it is written")
        if len(text) == 1:
            raise _UnreadableError("= lacks its word", "write =Word, without a blank or quotes")
        return Kind.CASED, _worded(text[1:], text)
    if "*" in text:
        return Kind.PREFIX, _prefix(text)
    return Kind.WORDS, _worded(text, text)


def _refuse_foreign_signs(text: str) -> None:
    """Refuse signs that other languages and lists have: typographic quotes, commas, a second field."""
    if field := _FIELD.match(text):
        raise _UnreadableError(f"{field[0]} cannot stand behind another field")
    if any(sign in text for sign in _QUOTES) and (text[0] in _QUOTES or text[-1] in _QUOTES):
        raise _UnreadableError("these quotes mark no phrase", 'write straight ones: "…"')
    if _JOKER.search(text):
        raise _UnreadableError("? stands for no letter", "write the beginning of the word and *")
    listed = _LISTED.search(text)
    sign = listed[1] if listed else text[-1] if len(text) > 1 else ""
    if sign in _SEPARATORS:
        raise _UnreadableError(f"a {_SEPARATORS[sign]} separates nothing", "write OR or AND")


def _prefix(text: str) -> str:
    if text.find("*") < len(text) - 1 or len(text) == 1:
        raise _UnreadableError("* can only stand at the end of a word", "write the beginning of a word and *")
    prefix = _worded(text[:-1], text)
    if not prefix[-1].isalnum():
        raise _UnreadableError("* can only stand right behind a letter or digit")
    if len(fold(prefix)) < SHORTEST_PREFIX:
        raise _UnreadableError(f"before * there must be at least {SHORTEST_PREFIX} letters")
    return prefix


def _unquoted(text: str) -> str:
    if len(text) == 1 or not text.endswith('"'):
        raise _UnreadableError("this quote is not closed", 'write " at its end')
    return text[1:-1]


def _worded(value: str, text: str) -> str:
    """Insist on something that can be found."""
    if not any(sign.isalnum() for sign in fold(value)):
        what = (
            "nothing stands between the quotes" if value == "" else f"{text} holds neither letter nor digit"
        )
        raise _UnreadableError(what)
    return value
