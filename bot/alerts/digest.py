"""What several contacts come to in one post: those of a week, and those of a quiet night.

As many as fit, the first ones first; how many others there are is said.
"""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from types import MappingProxyType

from bot.alerts.budget import TARGET, clip, cost_of, units
from bot.alerts.markup import Bold, Line, Link, Plain, safe_url
from bot.alerts.markup import html as written
from bot.alerts.post import headline
from bot.alerts.press import Press
from bot.model.contact import Contact

WEEK, NIGHT = "🗓", "🔴"
LONGEST_HEAD = 120
NO_LINKS: Mapping[str, str] = MappingProxyType({})
_TAG = re.compile("<[^>]*>")


def render_digest(
    contacts: Sequence[Contact],
    since: date,
    until: date,
    press: Press,
    links: Mapping[str, str] = NO_LINKS,
) -> str:
    """Write the contacts of the days from `since` to `until` as Telegram HTML, a line each, by day.

    `links` leads from a contact's id to its post, where that is known. Contacts
    without a day come last. Where there are none, that is said.
    """
    words = press.words
    shown_until = words.long_day(until)
    shown_since = words.short_day(since) if since.year == until.year else words.long_day(since)
    title = words.overviews.digest.format(since=shown_since, until=shown_until)
    head = Line((Plain(f"{WEEK} "), Bold(title)))
    if not contacts:
        return written([[head], [Line((Plain(words.overviews.nothing),))]])
    in_order = sorted(contacts, key=lambda one: (one.day is None, one.day or one.by, one.id))
    lines = [_entry(one, press, links) for one in in_order]
    days = [_day(one, press) for one in in_order]
    titles = [0 if index and days[index - 1] == day else units(day) + 2 for index, day in enumerate(days)]
    kept = _fitting([cost_of(line) for line in lines], titles, head, press)
    paragraphs: list[list[Line]] = [[head]]
    for day, group in groupby(range(kept), key=days.__getitem__):
        paragraphs.append([Line((Bold(day),)), *(lines[index] for index in group)])
    return written([*paragraphs, *_left_out(len(lines) - kept, press)])


def render_summary(heads: Sequence[str], press: Press) -> str:
    """Write what rings once for several posts of a night, as Telegram HTML.

    `heads` are the first lines of those posts, as they stand in them.
    """
    count = press.words.number(len(heads))
    head = Line((Plain(f"{NIGHT} "), Bold(press.words.overviews.summary.format(count=count))))
    lines = [Line((Plain(clip(_plain(one), LONGEST_HEAD)),)) for one in heads]
    kept = _fitting([cost_of(line) for line in lines], [0] * len(lines), head, press)
    shown = [line for line in lines[:kept] if line.text]
    return written([[head], shown, *_left_out(len(lines) - kept, press)])


def _entry(contact: Contact, press: Press, links: Mapping[str, str]) -> Line:
    text, url = clip(headline(contact, press), LONGEST_HEAD), safe_url(links.get(contact.id))
    return Line((Link(text, url) if url else Plain(text),))


def _day(contact: Contact, press: Press) -> str:
    return press.words.short_day(contact.day) if contact.day else press.words.labels.undated


def _fitting(costs: Sequence[int], titles: Sequence[int], head: Line, press: Press) -> int:
    """Say how many of the lines fit, the first ones first, beside the word that more are left out.

    Never all but one: what says that one is missing takes its place as well.

    `titles` is what the headings cost that stand over them, 0 for a line below another one of its day.
    """
    room = TARGET - cost_of(head) - units(press.words.overviews.more.format(count=len(costs))) - len("\n\n")
    used = 0
    for index, cost in enumerate(costs):
        used += cost + titles[index]
        if used > room:
            return min(index, len(costs) - 2)
    return len(costs)


def _left_out(count: int, press: Press) -> list[list[Line]]:
    more = press.words.overviews.more.format(count=press.words.number(count))
    return [[Line((Plain(more),))]] if count else []


def _plain(line: str) -> str:
    """Read the words of a line of a post."""
    return html.unescape(_TAG.sub("", line))
