"""What the keywords and queries of watches stand for."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.cli import output
from bot.cli.answers import Answer
from bot.cli.summary import languages
from bot.configuration import Configuration
from bot.configuration.quote import closest, quoted
from bot.errors import UsageError
from bot.languages.load import codes
from bot.matching.expansion import Expansion, expanded, keyword
from bot.model.query import Kind, Term
from bot.model.watchlist import Watch, WatchList

_SHOWN = 12  # forms and spellings for a person; programs get all
_WHOLE = {
    Kind.LANGUAGE: "stories in this language",
    Kind.SOURCE: "stories of the outlet of this name or site",
    Kind.CASED: "just so, with capitals and accents",
}


class Asked(NamedTuple):
    """A term of a watch with all that it finds; `key` is where it stands: keyword, query or exclude."""

    key: str
    expansion: Expansion


def chosen(watchlist: WatchList, name: str | None) -> tuple[Watch, ...]:
    """Give the watch of a name, or all; raises UsageError where there is none."""
    if name is None:
        return watchlist.watches
    names = {watch.name.casefold(): watch for watch in watchlist.watches}
    if found := names.get(" ".join(name.split()).casefold()):
        return (found,)
    option = closest(name.casefold(), names)
    hint = f"did you mean {quoted(names[option].name)}?" if option else f"there are {_listed(names.values())}"
    raise UsageError(f"there is no watch {quoted(name)}: {hint}")


def _listed(watches: Iterable[Watch]) -> str:
    return ", ".join(quoted(watch.name) for watch in watches)


def asked(watch: Watch, configuration: Configuration) -> tuple[Asked, ...]:
    """Give each term of a watch once, with what it finds in the languages of the feeds."""
    told: dict[tuple[str, Term], None] = dict.fromkeys(
        (
            *(("keyword", keyword(word)) for word in watch.keywords),
            *(("query", term) for term in (watch.query.terms if watch.query else ())),
            *(("exclude", keyword(word)) for word in watch.exclude),
        )
    )
    heard = sorted(languages(configuration) or codes())
    expansions = expanded((term for _, term in told), configuration.register, heard)
    return tuple(Asked(key, expansion) for (key, _), expansion in zip(told, expansions, strict=True))


def tell(watch: Watch, configuration: Configuration, *, as_json: bool) -> None:
    """Write what a watch asks for."""
    terms = asked(watch, configuration)
    if as_json:
        output.answer(answer(watch, terms))
        return
    for line in lines(watch, terms):
        output.say_folded(line)


def answer(watch: Watch, terms: Sequence[Asked]) -> Answer:
    """Shape what a watch asks for for programs, one object a watch."""
    return {
        "watch": watch.name,
        "query": str(watch.query) if watch.query else None,
        "terms": [
            {
                "term": str(one.term),
                "key": key,
                "persons": list(one.persons),
                "titles": list(one.titles),
                "spellings": list(one.spellings),
                "sounds": list(one.sounds),
                "forms": {forms.language: [list(word) for word in forms.words] for forms in one.forms},
            }
            for key, one in terms
        ],
    }


def lines(watch: Watch, terms: Sequence[Asked]) -> Iterator[str]:
    """Tell a person what a watch asks for."""
    yield watch.name
    if not terms:
        yield "  neither keywords nor a query: every story is listened to"
    for key, one in terms:
        yield f"  {one.term} ({key})"
        yield from (f"    {line}" for line in _stands_for(one))


def _stands_for(one: Expansion) -> Iterator[str]:
    if as_a_whole := _WHOLE.get(one.term.kind):
        yield f"{as_a_whole}: {one.term.text}"
    if one.persons:
        yield f"{'persons' if len(one.persons) > 1 else 'person'}: {', '.join(one.persons)}"
    if one.titles:
        yield f"titles, in all their forms: {_some(one.titles)}"
    yield from _forms(one)
    if one.spellings:
        yield f"spelt: {_some(sorted(one.spellings, key=lambda text: (text.count(' '), len(text), text)))}"
    if one.sounds:
        yield "and what sounds like it, with a capital letter"


def _forms(one: Expansion) -> Iterator[str]:
    """Write the forms of a term's words, once for the languages that have the same."""
    alike: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for forms in one.forms:
        alike.setdefault(forms.words, []).append(forms.language)
    for words, spoken in alike.items():
        yield f"{', '.join(spoken)}: {' + '.join(map(_written, words))}"


def _written(forms: Sequence[str]) -> str:
    """Write a word and its forms, of which only the ending is shown where the word stays whole."""
    word, *others = forms
    return _some([word, *(f"-{one[len(word) :]}" if one.startswith(word) else one for one in others)])


def _some(words: Sequence[str]) -> str:
    more = len(words) - _SHOWN
    return ", ".join(words[:_SHOWN]) + (f" … and {more} more (--json)" if more > 0 else "")
