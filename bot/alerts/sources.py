"""Who tells it: outlets with their links, official ones first, and who speaks for which side."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from bot.alerts.budget import clean, clip
from bot.alerts.markup import Line, Link, Piece, Plain, labelled, safe_url
from bot.alerts.press import Press
from bot.model.claim import Status
from bot.model.contact import Contact, Report
from bot.model.office import Country
from bot.text.find import Finder
from bot.text.fold import fold

# Sources beyond these do not change a post (DESIGN.md §4.7).
MOST_SOURCES = 6
LONGEST_SOURCE = 30
# A shorter stem of an adjective begins other words as well ("US" in "used").
SHORTEST_STEM = 4
SEPARATOR = " · "
# Names under which only authorities publish, alone ("defense.gov") or below a country ("gov.uk").
_STATE_TOP = frozenset({"gov", "mil"})
_STATE_SECOND = _STATE_TOP | {"go", "gob", "gouv", "govt", "gub", "gv"}
_STATE_SITES = (
    "admin.ch", "bmvg.de", "bund.de", "bundesheer.at", "bundesregierung.de", "bundeswehr.de", "canada.ca",
    "defensie.nl", "defmin.fi", "difesa.it", "europa.eu", "fmn.dk", "forsvaret.no", "government.se",
    "honvedelem.hu", "kaitseministeerium.ee", "kam.lt", "kremlin.ru", "nato.int",
    "regeringen.se", "regjeringen.no",
)  # fmt: skip


def telling(contact: Contact) -> tuple[Report, ...]:
    """Give the reports that tell the contact as the post does; all where none does."""
    agreeing = tuple(report for report in contact.reports if report.claim.status == contact.status)
    return agreeing or contact.reports


def sources_line(contact: Contact, press: Press) -> Line | None:
    """Link the first outlets that told of the contact, the authorities among them first."""
    denying = [report for report in contact.reports if report.claim.status == Status.DENIED]
    reports: dict[str, Report] = {}
    for report in dict.fromkeys([*telling(contact), *denying]):
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
    publisher = press.register.country(report.country or "")
    return (
        _is_state_site(_host(report.url))
        or _ministry_in(fold(clip(report.source, LONGEST_SOURCE)), publisher) > 0
    )


def _is_state_site(host: str) -> bool:
    *_, second, top = ["", "", *host.split(".")]
    below_country = second in _STATE_SECOND and len(top) == len("uk")
    return top in _STATE_TOP or below_country or f"{second}.{top}" in _STATE_SITES


def voice(written: str, countries: Iterable[str], press: Press) -> str | None:
    """Name the side that a story cites, in the language of the post: "Pentagon", "Moskau".

    The country in the words decides ("russisches Ministerium"); without one, whose
    ministry fits best ("Минобороны РФ"). None where no side does, or more than one.
    """
    folded = fold(clean(written))
    for measure in (_country_in, _ministry_in):
        found = {code: measure(folded, press.register.country(code)) for code in countries}
        longest = max(found.values(), default=0)
        best = [code for code, length in found.items() if length == longest]
        if longest and len(best) == 1:
            return house(written, best[0], press)
    return None


def house(written: str, country: str, press: Press) -> str | None:
    """Name the house of a country that the words name ("Pentagon"), else its capital."""
    folded = fold(clean(written))
    known = (name for name in press.country_words(country).metonyms if " " not in name)
    named = next((name for name in known if _longest(folded, [name])), None)
    return clip(named, LONGEST_SOURCE) if named else press.capital(country)


def _country_in(folded: str, country: Country) -> int:
    """Say whether the words name a country: 1 or 0, as none is named better than another."""
    every = [words for _, words in country.words]
    stems = _folded(tuple(s for words in every for s in words.adjectives if len(s) >= SHORTEST_STEM))
    begins = any(word.startswith(stems) for word in folded.split())
    return int(begins or _longest(folded, (name for w in every for name in (*w.metonyms, *w.nouns))) > 0)


@lru_cache(maxsize=512)
def _folded(stems: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, stems))


def _ministry_in(folded: str, country: Country) -> int:
    return _longest(folded, (name for _, words in country.words for name in words.ministries))


def _longest(folded: str, phrases: Iterable[str]) -> int:
    return max((hit.end - hit.start for hit in _finder(tuple(phrases)).find(folded)), default=0)


@lru_cache(maxsize=512)
def _finder(phrases: tuple[str, ...]) -> Finder[str]:
    """Keep what finds a country's words: a contact of hundreds of reports asks for the same few."""
    return Finder((fold(phrase), phrase) for phrase in phrases)


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
