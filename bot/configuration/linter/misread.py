"""Words of `keywords` and `exclude` that are written like a query, a list or an office."""

import re
from collections.abc import Iterator, Sequence

from bot.configuration.linter.written import Doubt, Written
from bot.configuration.people import Directory
from bot.configuration.quote import quoted
from bot.configuration.tree import Scalar
from bot.matching.query import QueryError

# Signs and words of a query, which a keyword only drops or seeks as they are.
_QUERY = re.compile(
    r"(?P<star>\*)|(?P<cased>^=)(?=\w)|(?P<field>^(?:title|person|office|source|lang):)(?=\S)"
    r"|(?:^|\S )(?P<operator>NOT|(?<=\S )(?:AND|OR|NEAR(?:/\d+f?)?|UND|ODER|NICHT"
    r"|or|oder|[|]{1,2}|&&))(?= \S)"
    r"|(?:^|(?<=\s))(?P<sign>[-+!])(?=[^\W\d_])"
)
_LIST = re.compile(r"[^\W_]\s*(?P<sign>[,;|])\s*[^\W_]")
_OPERATORS = {
    "or": "OR", "oder": "OR", "ODER": "OR", "|": "OR", "||": "OR", "UND": "AND", "&&": "AND", "NICHT": "NOT",
    "-": "NOT ", "!": "NOT ", "+": "AND ",
}  # fmt: skip
_OTHERWISE = re.compile(r"(?<=\s)(?:(or|oder|ODER|[|]{1,2}|UND|&&|NICHT)(?=\s)|([-+!])(?=[^\W\d_]))")
_BARRED = re.compile(r"(?:NOT |[-!])(?P<word>[^-!]+)")


def doubts(written: Written, key: str, words: Sequence[str], directory: Directory) -> Iterator[Doubt]:
    """Warn of words of which the signs mean something else than is likely thought."""
    for number, word in enumerate(words):
        place = written.place(key, number)
        if found := _QUERY.search(word):
            sign = quoted(found[found.lastgroup or 0])
            message = f"{quoted(word)} is sought as plain words here: {sign} means nothing"
            yield Doubt(place, message, _hint(key, word, directory))
        elif (listed := _LIST.search(word)) and (
            listed["sign"] != "," or not _is_quoted(written, key, number)
        ):
            message = f"{quoted(word)} is one entry, whose words must stand side by side"
            yield Doubt(
                place, message, f'"{listed["sign"]}" separates none: write each as an entry of its own'
            )
        elif office := directory.subjects.office_name(word):
            message = f"{quoted(word)} is sought as plain words here, not as the office"
            hint = f"""write query: office:"{office}" for whoever holds it, or name it in "contacts\""""
            yield Doubt(place, message, hint)


def _is_quoted(written: Written, key: str, number: int) -> bool:
    """Whether an entry stands in quotes: who writes ["Austin, Texas"] means the words together."""
    node = written.at((key, number))
    return isinstance(node, Scalar) and node.written[:1] in {'"', "'"}


def _hint(key: str, word: str, directory: Directory) -> str:
    """Say how a query has what a word seems to ask for; nothing that it would refuse."""
    if key == "keywords" and (barred := _BARRED.fullmatch(word)):
        return f'write {barred["word"]} in "exclude"'
    if word[0] in "-+!" and " " not in word:
        return "remove the sign"
    query = _OTHERWISE.sub(lambda found: _OPERATORS[found[0]], word)
    try:
        directory.query(query)
    except QueryError:
        if "*" in word:
            return "in a query, * stands at the end of a word; nothing finds the ends of words"
        return "write it as a query, or each word as an entry of its own"
    shown = f"query: {_as_yaml(query)}" if key == "keywords" else f"… AND NOT ({query})"
    return f"a query knows it: {shown}"


def _as_yaml(query: str) -> str:
    return f"'{query}'" if query[:1] in "=*&!|>%@`" else query
