"""What YAML's own complaints mean for a person."""

import re
from typing import NamedTuple

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from bot.configuration.quote import quoted, redacted
from bot.configuration.tree import Place
from bot.matching.query.tokens import FIELDS

_QUOTES = "put the text in quotes"
_WHOLE = "put it all in single quotes, or behind >- on lines of its own"
_CLOSING = "remove it, or put the text in quotes"
_DASH = 'begin each entry with "- "'
_QUERY = "put it behind >- on lines of its own, indented"
_OPERATOR = re.compile(r"(?:^| )(?:AND|OR|NOT|NEAR/\w+)(?: |$)")
_SIGNS = ("*", "&")
_NO_ENTRY = re.compile(r"-(?![\s-])|[•·*–—](?=\s)")
_NO_VALUE = re.compile(r"([a-z_]+):(?=[^\s/])")
_KEY = re.compile(r"[a-z_]+: ")
_BLOCK = re.compile(r":\s*[|>][-+]?$")
_COMMENT = re.compile(r"(?<=[\s\[,])#")
_INDENT = "begin the entries of one list or mapping in the same column, with spaces"


class Fault(NamedTuple):
    """A sentence, its place and what to do."""

    place: Place
    message: str
    hint: str | None


# The beginning of what ruamel.yaml says of the problem → our sentence and hint.
_SENTENCES: tuple[tuple[str, str, str | None], ...] = (
    ("found character '\\t'", "a tab cannot indent", "use spaces"),
    ("found character '@'", '"@" cannot begin a value', 'put it in quotes, e.g. "@draht"'),
    ("found character '%'", '"%" cannot begin a value', _QUOTES),
    ("found character '>'", '">" cannot begin a value in a list', _QUOTES),
    ("found character '|'", '"|" cannot begin a value in a list', _QUOTES),
    ("found character '`'", '"`" cannot begin a value', _QUOTES),
    (
        "sequence entries are not allowed here",
        'an entry with "-" begins a line of its own',
        "put it on the next line, or write [a, b]",
    ),
    ("expected a comment or a line break", "the text begins on the line behind this sign", "indent it there"),
    ("expected the node content, but found ','", "nothing stands before this comma", "remove it"),
    ("found unknown escape character", r'"\" means something else in double quotes', "use single quotes"),
    ("found incompatible YAML document", "this version of YAML is not known", "remove the %YAML line"),
    ("found duplicate anchor", "an anchor (&name) is defined twice", "give one of them another name"),
    ("did not find expected <document start>", "there is something before the document", "remove it"),
    ("expected '<document start>'", "there is something after the end of the document", _INDENT),
    (
        "expected <block end>, but found ']'",
        'this "]" closes nothing',
        "remove it, or put the text in quotes",
    ),
    (
        "expected <block end>, but found '}'",
        'this "}" closes nothing',
        "remove it, or put the text in quotes",
    ),
    ("expected <block end>, but found ','", 'a list in one line stands in "[" and "]"', "write [a, b]"),
    ("expected <block end>, but found '<scalar>'", "there is text after the end of a value", _WHOLE),
    ("expected <block end>", "the indentation changes here", _INDENT),
)
# What was being read when the problem came up → a sentence for the place where it began.
_UNCLOSED: tuple[tuple[str, str, str], ...] = (
    (
        "while parsing a flow sequence",
        'this "[" is not closed, or a comma is missing',
        'end the list with "]"',
    ),
    ("while parsing a flow mapping", 'this "{" is not closed, or a comma is missing', 'end it with "}"'),
    (
        "while scanning a quoted scalar",
        "this quotation mark is not closed",
        "end the text with the same mark",
    ),
)


def explain(error: YAMLError, text: str) -> Fault:
    """Turn an error of the YAML reader into a sentence with its place."""
    if isinstance(error, ReaderError):
        place = _place_of_offset(text, error.position)
        return Fault(place, "this character cannot stand in a YAML file", "remove it")
    if isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
        return _torn(error, text) or _explain_marked(error)
    return Fault(Place(), f"this is not YAML: {_first_line(str(error))}", None)


def _torn(error: MarkedYAMLError, text: str) -> Fault | None:
    """Tell of what can be seen only in the line: where a ":" is missing, and where a text really ends."""
    place, problem = place_of(error.problem_mark), str(error.problem or "")
    before = text.split("\n")[place.line - 1][: place.column - 1]
    if problem.startswith("mapping values are not allowed here"):
        return _misplaced_colon(place, before, text)
    if problem.startswith("could not find expected ':'"):
        return _neither_key_nor_entry(place_of(error.context_mark), text)
    if problem.startswith("expected <block end>, but found '<scalar>'") and not before.strip():
        hint = "indent it as the lines before, or begin it with a key"
        return Fault(place, "this line is indented less than the text before, and is no key", hint)
    if problem.startswith("expected <block end>, but found '<scalar>'") and _KEY.match(
        text.split("\n")[place.line - 1][len(before) :]
    ):
        return Fault(place, "a second key begins in this line", "each key has its own line")
    if problem.startswith("expected alphabetic or numeric character") and before[-1:] in _SIGNS:
        return Fault(Place(place.line, place.column - 1), f'"{before[-1]}" begins no entry', _DASH)
    return _torn_list(error, before, text)


def _torn_list(error: MarkedYAMLError, before: str, text: str) -> Fault | None:
    """Tell where a list in brackets ends too early: at a quotation mark, at a "#", at the end of the file."""
    problem = str(error.problem or "")
    if problem.startswith("expected ',' or"):
        if before.rstrip().endswith(("'", '"')):
            hint = "put a comma between, or the whole in the other kind of quotes"
            return Fault(place_of(error.problem_mark), "the text in quotes ends before this", hint)
        return _commented(place_of(error.context_mark), text)
    if problem.startswith("expected the node content, but found '<stream end>'"):
        offset = max(0, text.rfind("["), text.rfind("{"))
        bracket, (_, message, hint) = _place_of_offset(text, offset), _UNCLOSED[text[offset] == "{"]
        return _commented(bracket, text) or Fault(bracket, message, hint)
    return None


def wrapped(place: Place, text: str) -> Fault:
    """Tell of plain words that run over several lines: entries without their dash, or a long text."""
    if fault := _without_blank(place, text.partition(" ")[0] if text[0] == "-" else text):
        return fault
    hint = _QUERY if _OPERATOR.search(text) else "indent every entry alike, or put it in quotes"
    return Fault(place, f"{quoted(text)} runs over several lines", hint)


def _neither_key_nor_entry(place: Place, text: str) -> Fault:
    """Tell what a line lacks that is neither a key nor an entry: a blank, a dash or a colon."""
    lines = text.split("\n")
    line, above = lines[place.line - 1].strip(), lines[: place.line - 1]
    if fault := _without_blank(place, line):
        return fault
    last = next((one.strip() for one in reversed(above) if one.strip()), "")
    if _BLOCK.search(last):
        return Fault(place, "this text is not indented further than its key", "indent it by two blanks more")
    if last.startswith("- "):
        return Fault(
            place, f"{quoted(line)} is neither an entry nor a key", f'{_DASH}, or end a key with ":"'
        )
    return Fault(place, 'a ":" is missing after this key', "write key: value")


def _without_blank(place: Place, line: str) -> Fault | None:
    """Tell of "-Wort" and "key:[…]"."""
    if _NO_ENTRY.match(line):
        if line[0] == "-":
            return Fault(place, 'a blank is missing behind "-"', f"write - {redacted(line[1:].strip())}")
        return Fault(place, f'"{line[0]}" begins no entry', _DASH)
    if (key := _NO_VALUE.match(line)) is not None:
        if key[1] in FIELDS:
            return Fault(place, "this line of a query is not indented", _QUERY)
        return Fault(place, f'a blank is missing behind "{key[1]}:"', f"write {key[1]}: …")
    return None


def _commented(begun: Place, text: str) -> Fault | None:
    """Tell of a list whose rest is a comment: "[Hegseth, #Taurus]"."""
    line = text.split("\n")[begun.line - 1]
    found = _COMMENT.search(line, begun.column - 1)
    if found is None or "]" not in line[found.end() :]:
        return None
    place = Place(begun.line, found.end())
    return Fault(
        place, 'from "#" on this line is a comment, which hides the end of the list', "put the word in quotes"
    )


def _misplaced_colon(place: Place, before: str, text: str) -> Fault:
    """Tell a second ":" in a line from one that the line before lacks."""
    above = [line.split(" #")[0].strip() for line in text.split("\n")[: place.line - 1]]
    last = next((line for line in reversed(above) if line and not line.startswith("#")), "")
    number = max((at for at, line in enumerate(above, 1) if line == last), default=0)
    if ": " not in before and last:
        column = text.split("\n")[number - 1].index(last[0]) + 1
        entry = last.removeprefix("- ").strip()
        place_above = Place(number, column + len(last) - len(entry))
        if fault := _without_blank(place_above, entry):
            return fault
        if _KEY.match(entry) and len(before) - len(before.lstrip()) + 1 != place_above.column:
            return Fault(
                Place(place.line, len(before) - len(before.lstrip()) + 1),
                "the indentation changes here",
                _INDENT,
            )
    if ": " in before or not last or ":" in last:
        message = 'a second ":" in one line'
        return Fault(place, message, 'put a text with ": " in it in quotes; each key has its own line')
    column = text.split("\n")[number - 1].index(last[0]) + 1
    return Fault(Place(number, column), f'a ":" is missing behind {quoted(last)}', "write key: value")


def _explain_marked(error: MarkedYAMLError) -> Fault:
    problem, context = str(error.problem or ""), str(error.context or "")
    for beginning, message, remedy in _UNCLOSED:
        open_end = problem.startswith(("expected ',' or", "found unexpected end of stream"))
        if context.startswith(beginning) and open_end and error.context_mark:
            return Fault(place_of(error.context_mark), message, remedy)
    place = place_of(error.problem_mark)
    for beginning, message, hint in _SENTENCES:
        if problem.startswith(beginning):
            return Fault(place, message, hint)
    return Fault(place, f"this is not YAML: {_first_line(problem)}", None)


def place_of(mark: object) -> Place:
    """Give the place of one of ruamel.yaml's marks, which count from 0."""
    line, column = getattr(mark, "line", -1), getattr(mark, "column", -1)
    return Place(line + 1, column + 1)


def _place_of_offset(text: str, offset: int) -> Place:
    before = text[:offset]
    return Place(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()
