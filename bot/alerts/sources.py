"""Who tells it: outlets with their links, official ones first, and who speaks for which side."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.alerts.budget import clean, clip
from bot.alerts.markup import Line, Link, Piece, Plain, labelled, safe_url
from bot.alerts.press import Press
from bot.model.contact import Contact, Report
from bot.model.office import CountryWords
from bot.text.find import Finder
from bot.text.fold import fold

# Sources beyond these do not change a post (DESIGN.md §4.7).
MOST_SOURCES = 6
LONGEST_SOURCE = 30
SEPARATOR = " · "
# Second-level and top-level names under which only authorities publish.
_STATE_DOMAINS = frozenset({"gov", "mil", "gouv", "gob", "gub", "govt", "gv", "admin", "go", "bund"})
_STATE_SITES = (
    "bmvg.de", "bundeswehr.de", "bundesregierung.de", "bundesheer.at", "nato.int", "europa.eu", "kremlin.ru",
    "defensie.nl", "difesa.it", "fmn.dk", "defmin.fi", "government.se", "regeringen.se", "regjeringen.no",
    "forsvaret.no", "kam.lt", "kaitseministeerium.ee", "honvedelem.hu", "belta.by", "canada.ca",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """Someone who says something, as the post names them."""

    name: str


def sources_line(contact: Contact, press: Press) -> Line | None:
    """Link the first outlets that told of the contact, the authorities among them first."""
    reports: dict[str, Report] = {}
    for report in contact.reports:
        reports.setdefault(source_name(report), report)
    first = [item for item in reports.items() if item[0]][:MOST_SOURCES]
    first.sort(key=lambda item: not is_official(item[1], press))
    if not first:
        return None
    labels = press.words.labels
    return labelled(labels.source if len(first) == 1 else labels.sources, *_joined(first))


def source_name(report: Report) -> str:
    """Name the outlet of a report; by its host where it has no name."""
    return clip(report.source, LONGEST_SOURCE) or clip(_host(report.url), LONGEST_SOURCE)


def is_official(report: Report, press: Press) -> bool:
    """Whether an authority itself publishes this: by its address, or by the name of its feed."""
    labels = _host(report.url).split(".")
    by_address = bool(_STATE_DOMAINS & set(labels[-2:])) or ".".join(labels[-2:]) in _STATE_SITES
    words = press.register.country(report.country or "").words
    ministries = ((fold(name), "") for _, told in words for name in told.ministries)
    return by_address or bool(Finder(ministries).find(fold(clip(report.source, LONGEST_SOURCE))))


def voice(written: str, countries: Iterable[str], press: Press) -> str | None:
    """Name the side that a story cites, in the language of the post: "Pentagon", "Moskau".

    None where the words fit no side at the table, or more than one.
    """
    folded = fold(clean(written))
    speaking = {code: _house(folded, code, press) for code in countries}
    named = {code: house for code, house in speaking.items() if house}
    return next(iter(named.values())) if len(named) == 1 else None


def _house(folded: str, code: str, press: Press) -> str | None:
    """Give the house in a capital that the words name, the capital where they name only the country."""
    words = press.country_words(code)
    for house in words.metonyms:
        if " " not in house and _names(folded, [house]):
            return clip(house, LONGEST_SOURCE)
    every = (told for _, told in press.register.country(code).words)
    return press.capital(code) if any(_speaks_of(folded, told) for told in every) else None


def _speaks_of(folded: str, words: CountryWords) -> bool:
    begins = any(
        token.startswith(fold(stem)) for token in folded.split() for stem in words.adjectives if len(stem) > 3
    )
    return begins or _names(folded, [*words.metonyms, *words.nouns])


def _names(folded: str, phrases: Iterable[str]) -> bool:
    return bool(Finder((fold(phrase), "") for phrase in phrases).find(folded))


def _joined(reports: Iterable[tuple[str, Report]]) -> Iterable[Piece]:
    for index, (name, report) in enumerate(reports):
        if index:
            yield Plain(SEPARATOR)
        url = safe_url(report.url)
        yield Link(name, url) if url else Plain(name)


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
