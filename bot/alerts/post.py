"""The post about a contact: one screen of a phone, calm, and nothing in it that no story tells.

    🔴 head: who, how, on whose initiative          the whole message in a push
    a sentence: which offices, on which day

    labelled lines: what is known, with who says so
    what each side says, folded
    sources, then hashtags
    as of when it stands, once it was edited: `bot.alerts.stamp`

A day is written out, not as <tg-time>: that names an instant and is shown in
the reader's zone, and no instant falls on one day in all zones (they span 26
hours), so some readers would see the day before or after.
"""

from collections.abc import Iterable

from bot.alerts.budget import STAMP_ROOM, TARGET, Part, clip, cost_of, fit, units
from bot.alerts.confirmed import confirmed_line
from bot.alerts.denied import denied_line
from bot.alerts.facts import (
    day_line,
    duration_line,
    initiative_line,
    initiators,
    place_line,
    previous_line,
    reported_on,
    table_line,
    topics_line,
)
from bot.alerts.markup import Block, Bold, Line, Plain, Struck, html, labelled
from bot.alerts.notes import correction_line, incomplete_line
from bot.alerts.press import Press
from bot.alerts.sources import sources_line
from bot.alerts.statements import Said, quote, sayings
from bot.alerts.table import Table, headline_names, of_offices_phrase, offices_phrase, table_of
from bot.contacts.ruled import Ruled
from bot.languages.turns import StatusWords
from bot.model.claim import Medium, Status
from bot.model.contact import Contact

# What a lock screen shows of a message (DELIVERY.md §5).
PUSH = 60
LONGEST_HEAD = 120
LONGEST_SENTENCE = 260
MOST_TAGS = 6
_SIGNS = {Status.HELD: "🔴", Status.PLANNED: "🟡", Status.DENIED: "⚪", Status.CANCELLED: "⚪"}


def render(contact: Contact, previous: Contact | None, press: Press) -> str:
    """Write the post about a contact on which no editor ruled."""
    return render_ruled(Ruled(contact), previous, press)


def render_ruled(told: Ruled, previous: Contact | None, press: Press) -> str:
    """Write the post about a contact as Telegram HTML; `previous` is the one before in the ledger.

    The same contact gives the same bytes. Whatever the stories hold, the visible
    text has at most TARGET UTF-16 units with a stamp, and the markup is whole: lines are
    chosen and clipped as plain text, the least important ones left out first.
    """
    contact, room = told.contact, TARGET - STAMP_ROOM
    table = table_of(contact, press)
    if told.retracted:
        return _retracted(contact, table, press)
    chosen = sayings(contact, table, press)
    parts = fit(_parts(told, previous, table, chosen, press), room)
    said = quote(chosen, room - sum(cost_of(part.block) for part in parts) - len("\n\n"))
    blocks: list[list[Block]] = [[part.block for part in parts if part.paragraph == n] for n in range(4)]
    if said:
        blocks[2] = [said]
    return html(blocks)


def _retracted(contact: Contact, table: Table, press: Press) -> str:
    """Write that there was no contact: what was told stays to be seen, struck, and so do its sources."""
    labels = press.words.labels
    head = Line(
        (
            Plain(f"{_SIGNS[Status.DENIED]} "),
            Bold(f"{labels.correction}: {press.words.replies.retracted}"),
        )
    )
    wrongly = labelled(labels.wrongly, Struck(headline(contact, press)))
    lines = (sources_line(contact, press), _tags(contact, table, press))
    return html([[head, wrongly], [line for line in lines if line]])


def headline(contact: Contact, press: Press) -> str:
    """Say in a few words who and how, as the head of a post does."""
    return _head_text(contact, table_of(contact, press), press)


def head_line(contact: Contact, press: Press) -> Line:
    """Write the first line of a post: its sign, and what it stands for in words."""
    return Line((Plain(f"{_SIGNS[contact.status]} "), Bold(headline(contact, press))))


def sentence_line(contact: Contact, press: Press) -> Line:
    """Write the second line of a post: which offices, on which day."""
    return _sentence(contact, table_of(contact, press), press)


def _parts(
    told: Ruled, previous: Contact | None, table: Table, chosen: Iterable[Said], press: Press
) -> Iterable[Part]:
    """Give the lines in the order of the post, each with its paragraph and its rank."""
    contact = told.contact
    lines = (
        (0, 0, head_line(contact, press)),
        (0, 1, _sentence(contact, table, press)),
        (1, 2, correction_line(told.corrections, press)),
        (1, 2, denied_line(contact, press)),
        (1, 2, incomplete_line(contact, table, press)),
        (1, 3, confirmed_line(contact, table, press)),
        (1, 6, table_line(table, press)),
        (1, 4, day_line(contact, press)),
        (1, 5, initiative_line(contact, press)),
        (1, 7, topics_line(contact, press)),
        (1, 9, place_line(contact, press)),
        (1, 10, duration_line(contact, press)),
        (1, 6, previous_line(contact, previous, press)),
        (3, 3, sources_line(contact, press, [said.report for said in chosen])),
        (3, 8, _tags(contact, table, press)),
    )
    return (Part(paragraph, rank, line) for paragraph, rank, line in lines if line)


def _head_text(contact: Contact, table: Table, press: Press) -> str:
    names = headline_names(table, press)
    told = press.words.status(contact.status)
    medium = press.words.medium(contact.medium)
    if told:
        head = told.head.format(who=names, noun=medium.noun)
    else:
        pattern = medium.head_many if table.is_many else medium.head
        head = _with_caller(pattern.format(who=names), contact, table, press)
    return clip(_capitalised(head), LONGEST_HEAD)


def _with_caller(head: str, contact: Contact, table: Table, press: Press) -> str:
    """Add from where the call came, if nobody says otherwise and a lock screen still shows it."""
    callers = initiators(contact)
    undisputed = len(callers) == 1 and callers[0] in contact.countries
    capital = press.capital(callers[0]) if undisputed else None
    if contact.medium != Medium.PHONE or table.is_many or not capital:
        return head
    whole = press.words.patterns.call.format(head=head, capital=capital)
    return whole if units(whole) <= PUSH else head


def _sentence(contact: Contact, table: Table, press: Press) -> Line:
    told = press.words.status(contact.status)
    text = _not_held(contact, told, table, press) if told else _held(contact, table, press)
    return Line((Plain(clip(_capitalised(text), LONGEST_SENTENCE)),))


def _held(contact: Contact, table: Table, press: Press) -> str:
    words, medium = press.words, press.words.medium(contact.medium)
    who = offices_phrase(table, press)
    if contact.day:
        return medium.past.format(who=who, day=words.long_day(contact.day))
    reported = words.patterns.reported.format(
        day=words.long_day(reported_on(contact)), noun_of=medium.noun_of
    )
    return f"{medium.perfect.format(who=who)} {reported}"


def _not_held(contact: Contact, told: StatusWords, table: Table, press: Press) -> str:
    a_noun, whom = press.words.medium(contact.medium).a_noun, of_offices_phrase(table, press)
    if contact.day is None:
        return told.undated.format(a_noun=a_noun, of_whom=whom)
    return told.dated.format(a_noun=a_noun, of_whom=whom, day=press.words.long_day(contact.day))


def _tags(contact: Contact, table: Table, press: Press) -> Line:
    """Give the hashtags by which readers search: the kind of contact and the countries."""
    names = [press.words.medium(contact.medium).tag, *(press.country(code) for code in table.countries)]
    tags = ("".join(filter(str.isalnum, name)) for name in names[:MOST_TAGS])
    return Line((Plain(" ".join(f"#{tag}" for tag in tags if tag)),))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
