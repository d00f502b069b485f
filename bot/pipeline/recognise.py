"""The second use case: a story → its contacts, and what the channels are told of them.

    hear: read, match │ sit: known reports → settle → enter, merge → render → tell, close
         no lock      │                  one locked transaction

Stories that tell nothing are closed many in a transaction (`pass_over`): nearly
all of the news is such, and each commit waits for the disk.

Safe to run again at any point: before the transaction ends nothing has
happened, afterwards the story's reports are known and nothing happens any more,
unless the story says something else now: then that replaces what it said.
It sends nothing; `bot.pipeline.deliver` does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.alerts import beats
from bot.alerts.night import urgent_story
from bot.alerts.ringing import concerns, first_alert, too_old
from bot.contacts.novelty import Settlement, settle
from bot.contacts.reports import reports_of
from bot.contacts.succession import succeed
from bot.model.article import WantedPage
from bot.model.claim import Recognition, Verdict
from bot.model.contact import Contact, Report
from bot.model.decision import Decision, Novelty
from bot.model.office import Office
from bot.model.story import Story
from bot.pipeline.desk import Desk
from bot.pipeline.night import Night
from bot.pipeline.telling import Scope, Teller, Telling
from bot.pipeline.wanted import near_enough, wanted_for, wanted_near
from bot.ports import Ledger, Stage, Store

# Reports further from each other than this never meet: a contact's own span is at most nine
# days (windows of three days, neighbours of one), or a month where a story tells no more than
# that ("this month"), and so do those it takes them from.
AROUND = timedelta(days=52)

_UNTOLD = {
    Verdict.CONTACT: Novelty.NONE,
    Verdict.BACKGROUND: Novelty.BACKGROUND,
    Verdict.PLANNED: Novelty.PLANNED,
    Verdict.DENIED: Novelty.DENIED,
    Verdict.NONE: Novelty.NONE,
}
_WEIGHT = tuple(Novelty)


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was decided about a story, and the contacts it speaks of as they now are.

    No decision at all: the story had been read before.
    """

    decisions: tuple[Decision, ...]
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A story as it was read: the keys of the watches it concerns, the reports it makes.

    `wants` says why its page is to be read too, None where it is not.
    """

    story: Story
    recognition: Recognition
    watches: frozenset[str] = frozenset()
    reports: tuple[Report, ...] = ()
    wants: str | None = None


def recognise(story: Story, desk: Desk, store: Store, now: datetime) -> tuple[Decision, ...]:
    """Read a story and decide about it; give one decision for each contact and channel.

    A story that speaks of no contact has the one decision `none` or `background`.
    """
    return sit(hear(story, desk), desk, store, now).decisions


def hear(story: Story, desk: Desk) -> Heard:
    """Read a story; equal stories are heard alike."""
    recognition = desk.recogniser.read(story)
    watches = frozenset(match.watch for match in desk.watcher.matches(story))
    reports = reports_of(story, recognition, watches)
    return Heard(story, recognition, watches, reports, _wants(story, recognition, watches, reports, desk))


def _wants(
    story: Story,
    recognition: Recognition,
    watches: frozenset[str],
    reports: tuple[Report, ...],
    desk: Desk,
) -> str | None:
    """Say why the page of a story is to be read."""
    if desk.nearness is None:
        return None
    if near_enough(story, recognition.verdict, watches, desk.watchlist):
        return wanted_near(desk.nearness(story))
    return wanted_for(story, reports, watches, desk.watchlist)


def tells_nothing(heard: Heard, desk: Desk, now: datetime) -> bool:
    """Whether a story can move no contact and no channel, nor is worth another look."""
    quiet = not heard.reports and not heard.wants
    return quiet and not beats.channels(heard.story, heard.watches, desk.watchlist, now)


def pass_over(quiet: Sequence[Heard], store: Store) -> tuple[Decision, ...]:
    """Close unread stories that tell nothing, all at once; give the one decision of each.

    What had been decided about one that was read before stands.
    """
    decisions = tuple(_passed(heard.recognition) for heard in quiet)
    if quiet:
        with store.ledger() as ledger:
            before = ledger.decided([heard.story.id for heard in quiet])
            for heard, decision in zip(quiet, decisions, strict=True):
                ledger.close_story(heard.story, heard.recognition, before.get(heard.story.id, (decision,)))
    return decisions


def sit(heard: Heard, desk: Desk, store: Stage, now: datetime) -> Minutes:
    """Decide about a story that was heard; what it says replaces what it said when it was read before."""
    with store.ledger() as ledger:
        sitting = _Sitting(ledger, desk, now)
        before = ledger.decided([heard.story.id]).get(heard.story.id, ())
        contacts = sitting.settle(heard.story, heard.reports)
        rung = sitting.ring(heard.story, heard.watches, [decision for decision, _ in contacts])
        decisions = (*(decision for decision, _ in contacts), *rung)
        if not before:
            decisions = decisions or (_passed(heard.recognition),)
        # A live ticker is worded anew all day long, and mostly decides what it did.
        new = (one for one in decisions if one not in before)
        ledger.close_story(heard.story, heard.recognition, (*before, *new))
        sitting.want_page(heard)
    return Minutes(decisions, tuple(contact for _, contact in contacts))


def _passed(recognition: Recognition) -> Decision:
    return Decision(_UNTOLD[recognition.verdict])


_Decided = tuple[Decision, Contact]


@dataclass(frozen=True, slots=True)
class _Sitting:
    """One story before the open ledger."""

    ledger: Ledger
    desk: Desk
    now: datetime

    def settle(self, story: Story, reports: Sequence[Report]) -> tuple[_Decided, ...]:
        """Settle what a story says, in place of what it said before."""
        before = self.ledger.told_by(story.id) if reports else ()
        known = self._known((*before, *reports))
        succession = succeed(before, reports, known)
        entered = self.ledger.entered(sorted({report.contact for report in known if report.contact}))
        settlement = settle(known, succession.reports, entered, succession.gone)
        self.ledger.drop(settlement.gone)
        for contact in settlement.touched:
            self.ledger.enter(contact, self.now)
        for merge in settlement.merges:
            self.ledger.merge(merge.younger, merge.elder)
        return self._tell(settlement, entered)

    def ring(self, story: Story, watches: frozenset[str], made: Sequence[Decision]) -> tuple[Decision, ...]:
        """Let a story ring for itself where a beat wants it, and no contact of it is told already."""
        wanting = beats.channels(story, watches, self.desk.watchlist, self.now)
        alerts = self.ledger.alerts([decision.contact for decision in made if decision.contact])
        told = {alert.channel for alert in (*alerts, *self.ledger.alerts([story.id]))}
        return tuple(self._ring_once(story, watches, channel) for channel in wanting if channel not in told)

    def want_page(self, heard: Heard) -> None:
        """Note that the story's page is wanted, unless nobody would hear of what it tells."""
        story, url = heard.story, heard.story.url
        if heard.wants and url and not too_old(story.day, self.desk.watchlist, self.now):
            self.ledger.want_page(WantedPage(story, url, heard.wants), self.now)

    def _known(self, reports: Sequence[Report]) -> tuple[Report, ...]:
        """Give all known reports that these may meet, themselves too where they are known."""
        tables: dict[frozenset[Office], list[Report]] = {}
        for report in reports:
            tables.setdefault(report.claim.offices, []).append(report)
        own = {report.id: report for report in reports if report.contact}
        near = {one.id: one for table in tables.values() for one in self._near(table)}
        return tuple({**near, **own}.values())

    def _near(self, table: Sequence[Report]) -> tuple[Report, ...]:
        """Give the known reports that those of one table may meet; of many by way of any in between."""
        days = [report.claim.by for report in table]
        first, last = min(days) - AROUND, max(days) + AROUND
        offices: frozenset[Office] = frozenset()
        known: tuple[Report, ...] = ()
        wider = table[0].claim.offices
        while wider != offices:
            offices = wider
            known = self.ledger.reports(offices, first, last)
            wider = offices.union(*(report.claim.offices for report in known))
        return known

    def _tell(self, settlement: Settlement, entered: Mapping[str, datetime]) -> tuple[_Decided, ...]:
        teller = Teller(self.ledger, self.desk, self.now)
        novelties = _novelties(settlement)
        decided: list[_Decided] = []
        for contact in _as_told(settlement):
            scope = Scope(may_post=contact.id in novelties, may_edit=not settlement.adds_nothing(contact))
            tellings = teller.tell(contact, entered.get(contact.id, self.now), scope)
            if contact.id in novelties:
                novelty = novelties[contact.id]
                newly = self._newly(novelty, settlement.before(contact.id))
                made = (_decision(contact, novelty, told, newly=newly) for told in tellings or (Telling(),))
                decided += [(decision, contact) for decision in made]
        for merge in settlement.merges:
            teller.point(merge)
        teller.refresh_after([*settlement.touched, *settlement.was, *(m.was for m in settlement.merges)])
        return tuple(decided)

    def _newly(self, novelty: Novelty, before: Contact | None) -> bool:
        """Whether this story is the first for which the contact concerns any watch."""
        return novelty is Novelty.NEW or before is None or not concerns(before, self.desk.watchlist)

    def _ring_once(self, story: Story, watches: frozenset[str], channel: str) -> Decision:
        near = beats.copied_from(story, self.ledger.near_stories(story, beats.WITHIN))
        told = (a for a in self.ledger.alerts([other.id for other in near]) if a.channel == channel)
        copied = next(told, None)
        if copied is not None:
            return Decision(Novelty.KNOWN, alert=copied.id)
        watchlist = self.desk.watchlist
        made = first_alert(story.id, channel, beats.body(story), self.now, watchlist.revision)
        first = replace(made, held=watchlist.channel(channel).approve)
        urgent = urgent_story(watches, watchlist, channel)
        alert = Night(self.ledger, self.desk, self.now).first(first, urgent=urgent)
        return Decision(Novelty.NEW, alert=alert.id, posted=True, text=alert.body)


def _as_told(settlement: Settlement) -> tuple[Contact, ...]:
    """Give the touched contacts in the order in which the story tells them, then the others."""
    places = {joined.contact: place for place, joined in reversed([*enumerate(settlement.joined)])}
    last = len(places)
    return tuple(sorted(settlement.touched, key=lambda contact: places.get(contact.id, last)))


def _novelties(settlement: Settlement) -> dict[str, Novelty]:
    """Say what the story is to each contact it speaks of: the strongest of what its reports are."""
    novelties: dict[str, Novelty] = {}
    for joined in settlement.joined:
        others = novelties.get(joined.contact, joined.novelty)
        novelties[joined.contact] = min(others, joined.novelty, key=_WEIGHT.index)
    return novelties


def _decision(contact: Contact, novelty: Novelty, told: Telling, *, newly: bool) -> Decision:
    changed = told.alert is not None and (told.posted or told.edited)
    return Decision(
        novelty,
        contact=contact.id,
        alert=told.alert.id if told.alert else None,
        countries=contact.countries,
        day=contact.day,
        posted=told.posted,
        edited=told.edited,
        text=told.alert.body if told.alert and changed else None,
        held_back=told.held_back if newly else None,
    )
