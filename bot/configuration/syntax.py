"""What YAML's own complaints mean for a person."""

from typing import NamedTuple

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from bot.configuration.quote import quoted
from bot.configuration.tree import Place

_QUOTES = "put the text in quotes"
_WHOLE = "put it all in single quotes, or behind >- on lines of its own"
_CLOSING = "remove it, or put the text in quotes"
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
    ("found character '`'", '"`" cannot begin a value', _QUOTES),
    ("could not find expected ':'", 'a ":" is missing after this key', "write key: value"),
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
    if problem.startswith("expected <block end>, but found '<scalar>'") and not before.strip():
        hint = "indent it as the lines before, or begin it with a key"
        return Fault(place, "this line is indented less than the text before, and is no key", hint)
    if problem.startswith("expected ',' or") and before.rstrip().endswith(("'", '"')):
        hint = "put a comma between, or the whole in the other kind of quotes"
        return Fault(place, "the text in quotes ends before this", hint)
    return None


def _misplaced_colon(place: Place, before: str, text: str) -> Fault:
    """Tell a second ":" in a line from one that the line before lacks."""
    above = [line.split(" #")[0].strip() for line in text.split("\n")[: place.line - 1]]
    last = next((line for line in reversed(above) if line and not line.startswith("#")), "")
    if ": " in before or not last or ":" in last:
        message = 'a second ":" in one line'
        return Fault(place, message, 'put a text with ": " in it in quotes; each key has its own line')
    number = max(at for at, line in enumerate(above, 1) if line == last)
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
