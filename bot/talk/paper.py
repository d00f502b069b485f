"""What every answer of one language is written with, and how days and heads are told in it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from bot.alerts.budget import clip
from bot.alerts.names import called
from bot.alerts.press import Press
from bot.languages.talk import TalkWords
from bot.model.archive import Posted
from bot.model.claim import Participant, Status
from bot.model.contact import Contact
from bot.talk.links import link

LONGEST_HEAD = 120
LONGEST_NAME = 40
SIGNS = {Status.HELD: "🔴", Status.PLANNED: "🟡", Status.DENIED: "⚪", Status.CANCELLED: "⚪"}
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Paper:
    """The words, the means of naming countries and people, the readers' zone, and the default channel."""

    words: TalkWords
    press: Press
    zone: ZoneInfo
    chat: str = ""

    def link(self, posted: Posted) -> str | None:
        """Give the link to a post, where it has one."""
        return link(posted.channel or self.chat, posted.alert.message_id)

    def day(self, day: date) -> str:
        """Write a day."""
        return self.press.words.long_day(day)

    def day_of(self, at: datetime) -> str:
        """Write the local day of an instant, without its year."""
        return self.press.words.short_day(at.astimezone(self.zone).date())

    def moment(self, at: datetime) -> str:
        """Write an instant in the readers' zone."""
        local, words = at.astimezone(self.zone), self.press.words
        clock = words.patterns.clock.format(time=words.clock(local.time()))
        return words.patterns.day_and_clock.format(day=words.short_day(local.date()), time=clock)

    def length(self, span: timedelta) -> str:
        """Write a length of time in its largest unit."""
        from babel.dates import format_timedelta  # noqa: PLC0415 - slow to import, see bot.languages.post

        return format_timedelta(span, threshold=1.5, locale=self.press.words.locale)

    def name(self, one: Participant) -> str:
        """Name who is at the table: a person by the surname, else the country."""
        country = self.press.country(one.office.country)
        if one.person is None:
            return country
        return clip(called(one.person, one.office, self.press)[1], LONGEST_NAME)


def head(posted: Posted) -> str:
    """Give the first line of a post as plain words."""
    return clip(unescape(_TAG.sub("", posted.alert.body.partition("\n")[0])), LONGEST_HEAD)


def title(contact: Contact, paper: Paper) -> str:
    """Tell a contact in one line: when, how, who."""
    day = (
        paper.day(contact.day)
        if contact.day
        else paper.words.facts.reported.format(day=paper.day(contact.by))
    )
    medium = paper.press.words.medium(contact.medium).noun
    names = " – ".join(sorted(map(paper.name, contact.participants)))
    countries = ", ".join(map(paper.press.country, contact.countries))
    named = any(one.person for one in contact.participants)
    who = f"{names} ({countries})" if named else names
    return f"{SIGNS[contact.status]} {day} · {medium} · {who}"


def retracted(contact: Contact, paper: Paper) -> str:
    """Tell in one line that a contact is none, as an editor ruled."""
    _sign, _, told = title(contact, paper).partition(" ")
    return f"{SIGNS[Status.DENIED]} {told} – {paper.press.words.replies.retracted}"
