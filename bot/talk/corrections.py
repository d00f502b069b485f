"""What editors are told when they correct a post or let it out; each answer bears what is to be done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.alerts.budget import clip
from bot.alerts.markup import Bold, Line
from bot.model.alert import EntryState
from bot.model.archive import Posted
from bot.model.claim import Medium
from bot.model.contact import Contact
from bot.model.ruling import Ruling, Slot, Wrong
from bot.model.story import derived_id
from bot.talk.answer import (
    Answer,
    Approve,
    Button,
    Reject,
    Rows,
    Rule,
    Undo,
    line,
    lines,
    linked,
    rows,
    sheet,
)
from bot.talk.answers import corrections, plainly
from bot.talk.buttons import Ask, Correct, LetOut, TakeBack, TurnDown
from bot.talk.paper import Paper, head, title
from bot.talk.request import Request

LONGEST_LABEL = 60
_MEDIA = tuple(medium for medium in Medium if medium is not Medium.UNKNOWN)


def card(posted: Posted, contact: str | None, paper: Paper) -> Answer:
    """Show the operators' chat a post: one made, or one that waits with all its words."""
    say, waits = paper.words.say, posted.state is EntryState.HELD
    below = corrections(contact, paper) if contact else ()
    if not waits:
        return Answer(sheet([line(say.card_posted)], [line(linked(head(posted), paper.link(posted)))]), below)
    above = sheet([Line((Bold(f"{say.card_held} {posted.number}"),))])
    return Answer(f"{above}\n\n{posted.alert.body}", (*_choice(posted, paper), *below))


def held(posts: Sequence[Posted], paper: Paper) -> Answer:
    """List what waits, each with the number to approve it by."""
    if not posts:
        return plainly(paper.words.say.nothing_held)
    above = Line((Bold(paper.words.say.held.format(count=len(posts))),))
    buttons = (
        Button(f"{paper.words.labels.approve} {one.number}", LetOut(one.alert.id).data) for one in posts
    )
    listed = [line(f"{one.number}. {head(one)}") for one in posts]
    return Answer(sheet([above], listed), rows(list(buttons)[:10], 2))


def approved(posts: Sequence[Posted], paper: Paper) -> Answer:
    """Let posts out."""
    if not posts:
        return plainly(paper.words.say.nothing_held)
    text = paper.words.say.approved.format(count=len(posts))
    return replace(plainly(text), effects=tuple(Approve(one.alert.id) for one in posts))


def let_out(posted: Posted | None, paper: Paper) -> Answer:
    """Let out the one post whose button was pressed."""
    if posted is None or posted.state is not EntryState.HELD:
        return plainly(paper.words.say.not_held)
    text = sheet([line(head(posted))], [line(paper.words.say.approved_one)])
    return Answer(text, effects=(Approve(posted.alert.id),), replaces=True)


def turned_down(posted: Posted | None, contact: Contact | None, request: Request, paper: Paper) -> Answer:
    """Reject the post whose button was pressed; that it tells of no contact is ruled, and can be undone."""
    if posted is None or posted.state not in {EntryState.HELD, EntryState.REJECTED}:
        return plainly(paper.words.say.not_held)
    ruling = contact and _ruling(Correct(contact.id, Wrong.CONTACT), request)
    undo = ((Button(paper.words.labels.undo, TakeBack(ruling.id).data),),) if ruling else ()
    text = sheet([line(head(posted))], [line(paper.words.say.rejected)])
    return Answer(text, undo, (Reject(posted.alert.id, ruling or None),), replaces=True)


def which(ask: Ask, contact: Contact, elder: Iterable[Posted], paper: Paper) -> Answer:
    """Ask which elder post a contact repeats, which slot is wrong, or what is right in it."""
    say = paper.words.say
    if ask.wrong is Wrong.DUPLICATE:
        buttons = tuple(_elders(ask, elder, paper))
        return Answer(sheet([line(say.which_elder if buttons else say.no_elder)]), rows(buttons, 1))
    if ask.slot is None:
        slots = (Button(_name(slot, paper), Ask(ask.contact, Wrong.SLOT, slot).data) for slot in Slot)
        return Answer(sheet([line(title(contact, paper))], [line(say.which_slot)]), rows(slots, 3))
    text = say.which_value.format(slot=_name(ask.slot, paper))
    return Answer(
        sheet([line(title(contact, paper))], [line(text)]),
        rows(_values(ask.contact, ask.slot, contact, paper), 2),
        replaces=True,
    )


def corrected(correct: Correct, elder: Contact | None, request: Request, paper: Paper) -> Answer:
    """Keep an editor's word, and offer to take it back."""
    ruling = _ruling(correct, request)
    undo = ((Button(paper.words.labels.undo, TakeBack(ruling.id).data),),)
    replaces = correct.wrong is not Wrong.CONTACT
    return Answer(sheet(lines(_done(correct, elder, paper))), undo, (Rule(ruling),), replaces=replaces)


def taken_back(ruling: Ruling | None, now: datetime, paper: Paper) -> Answer:
    """Take an editor's word back; one that was taken back stays so."""
    if ruling is None:
        return plainly(paper.words.say.outdated)
    undone = replace(ruling, undone_at=ruling.undone_at or now)
    return Answer(sheet([line(paper.words.say.undone)]), effects=(Undo(undone),), replaces=True)


def _ruling(correct: Correct, request: Request) -> Ruling:
    """Make the ruling: the same button of the same message makes the same one, however often handled."""
    told = (correct.contact, correct.wrong, correct.slot or "", correct.value or "")
    name = derived_id("ruling", *told, str(request.chat), str(request.message))
    return Ruling(name, correct.contact, correct.wrong, request.by, request.at, correct.slot, correct.value)


def _done(correct: Correct, elder: Contact | None, paper: Paper) -> str:
    say = paper.words.say
    match correct.wrong:
        case Wrong.CONTACT:
            return say.no_contact
        case Wrong.DUPLICATE:
            return say.duplicate.format(elder=title(elder, paper) if elder else correct.value)
        case Wrong.SLOT:
            slot = correct.slot or Slot.DAY
            return say.wrong_slot.format(slot=_name(slot, paper), value=_shown(slot, correct.value, paper))


def _choice(posted: Posted, paper: Paper) -> Rows:
    labels, alert = paper.words.labels, posted.alert.id
    return ((Button(labels.approve, LetOut(alert).data), Button(labels.reject, TurnDown(alert).data)),)


def _elders(ask: Ask, elder: Iterable[Posted], paper: Paper) -> Iterator[Button]:
    for one in elder:
        label = clip(f"{paper.day_of(one.at)} {head(one)}", LONGEST_LABEL)
        yield Button(label, Correct(ask.contact, Wrong.DUPLICATE, None, one.alert.subject).data)


def _values(name: str, slot: Slot, contact: Contact, paper: Paper) -> Iterator[Button]:
    """Offer what is told by any source, all media, all sides, and that it is not known."""
    told: Sequence[str] = ()
    match slot:
        case Slot.DAY:
            told = sorted({one.claim.day.isoformat() for one in contact.reports if one.claim.day})
        case Slot.MEDIUM:
            told = _MEDIA
        case Slot.INITIATIVE:
            told = contact.countries
    for value in (*told, None):
        label = clip(_shown(slot, value, paper), LONGEST_LABEL)
        yield Button(label, Correct(name, Wrong.SLOT, slot, value).data)


def _shown(slot: Slot, value: str | None, paper: Paper) -> str:
    match slot, value:
        case _, None:
            return paper.words.labels.unknown
        case Slot.DAY, day:
            return paper.day(date.fromisoformat(day))
        case Slot.MEDIUM, medium:
            return paper.press.words.medium(Medium(medium)).noun
        case _, country:
            return paper.press.country(country)


def _name(slot: Slot, paper: Paper) -> str:
    return str(getattr(paper.words.slots, slot.value))
