"""The answers that only tell: help, posts, contacts, evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.alerts.markup import Bold, Line
from bot.alerts.notes import correction_line
from bot.contacts.ruled import Ruled, ruled
from bot.model.archive import Posted
from bot.model.contact import Contact
from bot.model.ruling import Ruling, Wrong
from bot.talk.answer import Answer, Button, Rows, line, lines, linked, rows, sheet
from bot.talk.buttons import Ask, Correct, ShowContact, ShowPost
from bot.talk.evidence import evidence_lines
from bot.talk.paper import Paper, head, retracted, title
from bot.talk.wish import Help, Unclear

_ACROSS = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A contact as stories tell it, with what editors ruled about it."""

    contact: Contact
    rulings: tuple[Ruling, ...] = ()

    @property
    def told(self) -> Ruled:
        """The contact as it is told."""
        return ruled(self.contact, self.rulings)


def help_(wish: Help, paper: Paper, *, editor: bool) -> Answer:
    """Say what can be asked."""
    say = paper.words.say
    first = say.start if wish.first else say.unknown_command if wish.lost else ""
    more = say.help_editor if editor else ""
    return Answer(sheet(lines(first), lines(say.help_reader), lines(more)))


def unclear(wish: Unclear, paper: Paper) -> Answer:
    """Say which part was not understood, and what would be."""
    say = paper.words.say
    text = {
        "who": say.unknown_who.format(who=wish.words),
        "since": say.unknown_since.format(since=wish.words),
        "length": say.unknown_length,
        "button": say.outdated,
    }.get(wish.part, say.no_such_post)
    return plainly(text)


def refused(number: int, paper: Paper, *, here: bool) -> Answer:
    """Refuse politely; in the operators' chat say how to become an editor."""
    say = paper.words.say
    return plainly(say.refused_here.format(number=number) if here else say.refused)


def plainly(text: str) -> Answer:
    """Answer with plain words."""
    return Answer(sheet(lines(text)))


def last_posts(posts: Sequence[Posted], paper: Paper) -> Answer:
    """List posts, each with its link; the buttons below show what each rests on."""
    if not posts:
        return plainly(paper.words.say.no_posts)
    listed = [_listed(number, one, paper) for number, one in enumerate(posts, 1)]
    buttons = (Button(str(number), ShowPost(one.alert.id).data) for number, one in enumerate(posts, 1))
    return Answer(sheet([_heading(paper.words.say.last)], listed), rows(buttons, _ACROSS))


def contacts(found: Sequence[Ruled], paper: Paper) -> Answer:
    """List contacts as editors left them; the buttons below show what each rests on."""
    if not found:
        return plainly(paper.words.say.no_contacts)
    listed = [line(f"{number}. {_titled(one, paper)}") for number, one in enumerate(found, 1)]
    buttons = (Button(str(number), ShowContact(one.contact.id).data) for number, one in enumerate(found, 1))
    return Answer(sheet([_heading(paper.words.say.contacts)], listed), rows(buttons, _ACROSS))


def why(posted: Posted | None, known: Known | None, paper: Paper, *, editor: bool) -> Answer:
    """Show what a post, or a contact without one, rests on; editors may correct it below.

    What the stories tell stands as they tell it, with what an editor put right above it.
    """
    made_by = list(_made_by(posted, paper)) if editor else []
    if known is None:
        return _without_contact(posted, made_by, paper)
    told = known.told
    address = paper.link(posted) if posted else None
    above = line(linked(head(posted), address)) if posted else line(_titled(told, paper))
    right = correction_line(told.corrections, paper.press)
    buttons = corrections(told.contact.id, paper) if editor else ()
    head_lines = [above, *([right] if right else [])]
    return Answer(sheet(head_lines, evidence_lines(known.contact, paper), made_by), buttons)


def corrections(contact: str, paper: Paper) -> Rows:
    """Give the buttons by which an editor corrects a contact."""
    labels = paper.words.labels
    return (
        (
            Button(labels.no_contact, Correct(contact, Wrong.CONTACT).data),
            Button(labels.duplicate, Ask(contact, Wrong.DUPLICATE).data),
            Button(labels.wrong_slot, Ask(contact, Wrong.SLOT).data),
        ),
    )


def _made_by(posted: Posted | None, paper: Paper) -> Iterator[Line]:
    """Name the watch-list that made a post, where that was written down."""
    if posted is not None and posted.alert.revision:
        yield line(paper.words.facts.made_by.format(revision=posted.alert.revision))


def _without_contact(posted: Posted | None, made_by: Sequence[Line], paper: Paper) -> Answer:
    if posted is None:
        return plainly(paper.words.say.no_such_post)
    above = line(linked(head(posted), paper.link(posted)))
    return Answer(sheet([above], lines(paper.words.say.nothing_told), made_by))


def _listed(number: int, posted: Posted, paper: Paper) -> Line:
    return line(f"{number}. ", linked(head(posted), paper.link(posted)), f" · {paper.day_of(posted.at)}")


def _titled(told: Ruled, paper: Paper) -> str:
    return retracted(told.contact, paper) if told.retracted else title(told.contact, paper)


def _heading(text: str) -> Line:
    return Line((Bold(text),))
