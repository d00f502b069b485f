"""Who tells it: outlets with their links, authorities first."""

from collections.abc import Iterable

from bot.alerts.budget import clip
from bot.alerts.markup import Line, Link, Piece, Plain, labelled, safe_url
from bot.alerts.press import Press
from bot.alerts.voices import names_ministry
from bot.model.claim import Status
from bot.model.contact import Contact, Report
from bot.text.fold import fold
from bot.text.hosts import site_of

# Sources beyond these do not change a post (DESIGN.md §4.7).
MOST_SOURCES = 6
MOST_DENYING = 2
LONGEST_SOURCE = 30
SEPARATOR = " · "
# Names under which only authorities publish, alone ("defense.gov") or below a country ("gov.uk").
_STATE_TOP = frozenset({"gov", "mil"})
_STATE_SECOND = _STATE_TOP | {"go", "gob", "gouv", "govt", "gub", "gv"}
_TOP_COUNTRIES = {"gov": "US", "mil": "US", "uk": "GB", "int": "NATO"}
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


def denying(contact: Contact) -> tuple[Report, ...]:
    """Give the reports that tell of a denial; one from before the day denies a plan, not the contact."""
    return tuple(
        report
        for report in contact.reports
        if report.claim.status is Status.DENIED
        and (contact.status is not Status.HELD or contact.day is None or report.day >= contact.day)
    )


def sources_line(contact: Contact, press: Press, quoted: Iterable[Report] = ()) -> Line | None:
    """Link the first outlets that told of the contact, the authorities among them first.

    Those that are quoted, or named with a denial, are among them in any case, so
    that what is said has its source.
    """
    told, denied = telling(contact), denying(contact)
    reports: dict[str, Report] = {}
    for report in (*quoted, *denied[:MOST_DENYING], *told, *denied):
        reports.setdefault(source_name(report), report)
    first = [item for item in reports.items() if item[0]][:MOST_SOURCES]
    arrival = {report.id: place for place, report in enumerate((*told, *denied))}
    first.sort(key=lambda item: (not is_official(item[1], press), arrival.get(item[1].id, 0)))
    if not first:
        return None
    labels = press.words.labels
    return labelled(labels.source if len(first) == 1 else labels.sources, *_joined(first))


def source_name(report: Report) -> str:
    """Name the outlet of a report; by its host where it has no name."""
    return clip(report.source, LONGEST_SOURCE) or clip(site_of(report.url), LONGEST_SOURCE)


def is_official(report: Report, press: Press) -> bool:
    """Whether an authority itself publishes this: by its address, or by the name of its feed."""
    publisher = press.register.country(report.country or "")
    by_name = names_ministry(fold(clip(report.source, LONGEST_SOURCE)), publisher) > 0
    return by_name or _is_state_site(site_of(report.url))


def speaks_for(report: Report, press: Press) -> str | None:
    """Give the country whose authority publishes this; None where none does. Its address tells best."""
    host = site_of(report.url)
    if not _is_state_site(host):
        return report.country if is_official(report, press) else None
    top = host.rpartition(".")[2]
    return _TOP_COUNTRIES.get(top, top.upper())


def _is_state_site(host: str) -> bool:
    *_, second, top = ["", "", *host.split(".")]
    below_country = second in _STATE_SECOND and len(top) == len("uk")
    return top in _STATE_TOP or below_country or f"{second}.{top}" in _STATE_SITES


def _joined(reports: Iterable[tuple[str, Report]]) -> Iterable[Piece]:
    for index, (name, report) in enumerate(reports):
        if index:
            yield Plain(SEPARATOR)
        url = safe_url(report.url)
        yield Link(name, url) if url else Plain(name)
