"""Contacts as a table and as lines of evidence for people, and as lines for programs."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.cli.answers import contact as claimed
from bot.cli.output import tamed
from bot.cli.wording import quoted
from bot.model.alert import Alert
from bot.model.contact import Contact

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.configuration import Watching

_UNBOUNDED = 100_000  # columns of a table that no terminal shows: nothing is wrapped or cut


def table(found: Sequence[Contact]) -> str:
    """Give contacts as a table: folded to fit a terminal, one line each elsewhere."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else _UNBOUNDED, highlight=False)
    rows = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    for name in ("ID", "DAY", "STATUS", "MEDIUM", "COUNTRIES"):
        rows.add_column(name, no_wrap=True)
    rows.add_column("WHO", overflow="fold")
    rows.add_column("STORIES", no_wrap=True)
    for one in found:
        rows.add_row(*(Text(tamed(cell)) for cell in _cells(one)))
    with console.capture() as captured:
        console.print(rows)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _cells(one: Contact) -> tuple[str, ...]:
    day = one.day.isoformat() if one.day else f"by {one.by}"
    people = ", ".join(side.person or str(side.office) for side in one.participants)
    stories = len({report.story for report in one.reports})
    return one.id, day, one.status.value, one.medium.value, " ".join(one.countries), people, str(stories)


def answers(found: Sequence[Contact]) -> Iterator[dict[str, Any]]:
    """Shape contacts as `list --json` prints them, one line each."""
    return map(_answer, found)


def _answer(one: Contact) -> dict[str, Any]:
    return {
        "id": one.id,
        "date": one.day.isoformat() if one.day else None,
        "by": one.by.isoformat(),
        "status": one.status.value,
        "medium": one.medium.value,
        "countries": list(one.countries),
        "participants": [
            {"person": side.person, "country": side.office.country, "office": str(side.office.role)}
            for side in one.participants
        ],
        "initiators": list(dict.fromkeys(told.value.country for told in one.initiatives)),
        "topics": [told.value for told in one.topics],
        "stories": len({report.story for report in one.reports}),
    }


def whole(one: Contact, alerts: Sequence[Alert]) -> dict[str, Any]:
    """Shape a contact with every report, its evidence and its alerts, as `show --json` prints it."""
    reports = [
        {
            "story": report.story,
            "source": report.source,
            "url": report.url,
            "published": report.instant.isoformat(),
            "contact": claimed(report.claim),
        }
        for report in one.reports
    ]
    made = [
        {"channel": alert.channel or None, "made": alert.created_at.isoformat(), "watchlist": alert.revision}
        for alert in alerts
    ]
    return {**_answer(one), "reports": reports, "alerts": made}


def shown(one: Contact, alerts: Sequence[Alert], watched: "Watching") -> str:
    """Tell a contact and, for every part of it, who says so in which words; then its alerts."""
    from zoneinfo import ZoneInfo

    from bot.alerts.press import Press
    from bot.languages import post, talk
    from bot.talk.evidence import facts
    from bot.talk.paper import Paper, title

    words = talk.load("en")
    zone = ZoneInfo(watched.watchlist.timezone)
    paper = Paper(words, Press(post.load("en"), watched.register), zone)
    lines = [title(one, paper), f"id {one.id}"]
    for fact in facts(one, paper):
        label = getattr(words.facts, fact.slot)
        lines.append(f"{label}: {fact.value}".rstrip(": "))
        for voice in fact.voices:
            said = f" {quoted(voice.words)}" if voice.words else ""
            lines.append(f"    {voice.source}{said} {voice.url or ''}".rstrip())
    lines += [_alerted(alert, zone) for alert in alerts]
    return "\n".join(lines)


def _alerted(alert: Alert, zone: "ZoneInfo") -> str:
    """Say where an alert was made, when, and by which watch-list."""
    at = f"{alert.created_at.astimezone(zone):%Y-%m-%d %H:%M}"
    made = f"alert in {alert.channel or 'the default channel'}, {at}"
    return f"{made}, by watch-list {alert.revision}" if alert.revision else made
