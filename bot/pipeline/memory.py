"""The ledger without a database, for playing stories: the answers of SQL at a sixth of the time.

What a play of thousands of stories would spend most on is statements and JSON
documents that nobody reads afterwards. It lasts as long as the process, locks
nothing and undoes nothing; `tests/pipeline/test_memory.py` holds it against SQL.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.alerts.queue import answered, standing_of, what_follows
from bot.model.alert import Alert, EntryState, Kind, OutboxEntry, Reply, Standing
from bot.model.article import WantedPage
from bot.model.claim import Recognition, Status
from bot.model.contact import Contact, Report
from bot.model.decision import Decision
from bot.model.office import Office
from bot.model.ruling import Ruling, Wrong
from bot.model.story import Story

_PAIR = 2
_HOPS = 20
_ORDER = {Kind.POST: 0, Kind.REPLY: 1, Kind.EDIT: 2}
_UNFINISHED = {EntryState.DUE, EntryState.SENDING, EntryState.UNKNOWN}
_OPEN = {EntryState.HELD, *_UNFINISHED}
_Table = frozenset[Office]


class MemoryStore:
    """All that playing stories asks of a store (`bot.ports.Stage`)."""

    def __init__(self) -> None:
        self._ledger = MemoryLedger()

    @contextmanager
    def ledger(self) -> Iterator["MemoryLedger"]:
        """Hand out the ledger; an error undoes nothing."""
        yield self._ledger

    def know_watches(self, keys: Iterable[str], now: datetime) -> None:
        """Note the watches in force; those already known keep their first day."""
        for key in keys:
            self._ledger.since.setdefault(key, now)

    def outbox_due(self, now: datetime, channels: Iterable[str] | None = None) -> tuple[OutboxEntry, ...]:
        """Give the entries to work on now, in the order in which a sender takes them."""
        wanted = None if channels is None else frozenset(channels)
        due = (entry for entry in self._ledger.due(now) if wanted is None or entry.channel in wanted)
        return tuple(sorted(due, key=lambda entry: (_ORDER[entry.kind], entry.number)))

    def save_entry(self, entry: OutboxEntry) -> None:
        """Keep an entry's new state; a message id made is kept with its alert too."""
        self._ledger.keep(entry)


class MemoryLedger:
    """Decides nothing: remembers what was decided (the Ledger port)."""

    def __init__(self) -> None:
        self.since: dict[str, datetime] = {}
        self._reports: dict[str, Report] = {}
        self._arrival: dict[str, int] = {}
        self._arrivals = 0
        self._of_story: dict[str, dict[str, None]] = defaultdict(dict)
        self._of_table: dict[_Table, dict[str, None]] = defaultdict(dict)
        self._of_many: dict[str, None] = {}
        self._members: dict[str, dict[str, int]] = defaultdict(dict)
        self._contacts: dict[str, Contact] = {}
        self._entered: dict[str, datetime] = {}
        self._merged: dict[str, str] = {}
        self._at_table: dict[_Table, dict[str, None]] = defaultdict(dict)
        self._alerts: dict[str, Alert] = {}
        self._of_subject: dict[str, dict[str, None]] = defaultdict(dict)
        self._entries: dict[str, list[OutboxEntry]] = defaultdict(list)
        self._unfinished: dict[str, str] = {}
        self._number = 0
        self._stories: dict[str, tuple[Story, tuple[Decision, ...]]] = {}
        self._rulings: dict[str, Ruling] = {}

    def reports(self, offices: _Table, first: date, last: date) -> tuple[Report, ...]:
        """Give all reports that may speak of the same contacts, the earliest instant first."""
        ids = self._of_table.get(offices, {}) if len(offices) == _PAIR else self._of_many
        near = (self._reports[one] for one in ids)
        found = [r for r in near if first <= r.claim.by <= last and len(r.claim.offices & offices) >= _PAIR]
        return tuple(sorted(found, key=lambda report: (report.instant, self._arrival[report.id])))

    def told_by(self, story: str) -> tuple[Report, ...]:
        """Give the reports that a story makes, in the order of its words."""
        ids = sorted(self._of_story.get(story, {}), key=self._arrival.__getitem__)
        return tuple(self._reports[one] for one in ids)

    def decided(self, stories: Iterable[str]) -> Mapping[str, tuple[Decision, ...]]:
        """Give what was decided about these stories; those never read are left out."""
        return {name: self._stories[name][1] for name in stories if name in self._stories}

    def entered(self, contacts: Iterable[str]) -> Mapping[str, datetime]:
        """When each of these contacts was entered; unknown ones are left out."""
        return {name: self._entered[name] for name in contacts if name in self._entered}

    def held_before(self, offices: _Table, day: date, other_than: str) -> Contact | None:
        """Give the held contact of exactly these offices with the latest day before `day`."""
        held = ((one.day, one) for one in self._held(offices) if one.id != other_than)
        before = [(told, one) for told, one in held if told is not None and told < day]
        latest = max((told for told, _ in before), default=None)
        return min((one for told, one in before if told == latest), key=lambda one: one.id, default=None)

    def held_after(self, offices: _Table, day: date) -> tuple[Contact, ...]:
        """Give the held contacts of exactly these offices on the nearest day after `day`, or without one."""
        held = list(self._held(offices))
        nearest = min((one.day for one in held if one.day and one.day > day), default=date.max)
        following = (one for one in held if one.day == nearest or (not one.day and day < one.by <= nearest))
        return tuple(sorted(following, key=_by_day))

    def contact(self, name: str) -> Contact | None:
        """Give a contact by its id, or the one that it proved to be; None where there is none."""
        for _ in range(_HOPS):
            if name not in self._merged:
                break
            name = self._merged[name]
        return self._standing(name) if name in self._contacts else None

    def alert(self, name: str) -> Alert | None:
        """Give an alert by its id; None where there is none."""
        return self._alerts.get(name)

    def withhold(self, alert: str, *, for_good: bool) -> bool:
        """Reject the post that waits for an editor, or let a rejected one wait again; say if one did."""
        states = EntryState.HELD, EntryState.REJECTED
        before, after = states if for_good else states[::-1]
        found = [entry for entry in self._entries[alert] if entry.state is before]
        for entry in found:
            self._put(replace(entry, state=after))
        if found:
            self._write(replace(self._alerts[alert], held=True))
        return bool(found)

    def alerts(self, subjects: Iterable[str]) -> tuple[Alert, ...]:
        """Give the alerts about these contacts (or stories), the eldest first."""
        ids = dict.fromkeys(one for subject in subjects for one in self._of_subject.get(subject, {}))
        return _eldest_first(self._alerts[one] for one in ids)

    def due_together(self, channel: str, due_at: datetime) -> tuple[Alert, ...]:
        """Give the alerts of a channel that were to wait until the same instant, the eldest first."""
        every = self._alerts.values()
        return _eldest_first(a for a in every if a.channel == channel and a.due_at == due_at)

    def told_between(self, channel: str, since: datetime, until: datetime) -> tuple[Alert, ...]:
        """Give the alerts of a channel that were made from `since` to before `until`, the eldest first."""
        every = self._alerts.values()
        return _eldest_first(a for a in every if a.channel == channel and since <= a.created_at < until)

    def contacts(self, ids: Iterable[str]) -> tuple[Contact, ...]:
        """Give these contacts as they stand, by their day; those that are none any more are left out."""
        chosen = (self._standing(one) for one in set(ids) & self._contacts.keys() - self._merged.keys())
        return tuple(sorted(filter(None, chosen), key=_by_day))

    def watches_since(self, keys: Iterable[str]) -> Mapping[str, datetime]:
        """Since when each of these watches has been known; unknown ones are left out."""
        return {key: self.since[key] for key in keys if key in self.since}

    def near_stories(self, story: Story, within: timedelta) -> tuple[Story, ...]:
        """Give the stories that already rang for themselves, published within this time of the story."""
        rang = (
            self._stories[one][0] for one, made in self._of_subject.items() if made and one in self._stories
        )
        near = (o for o in rang if o.id != story.id and abs(o.instant - story.instant) <= within)
        places = {name: place for place, name in enumerate(self._stories)}
        return tuple(sorted(near, key=lambda other: (other.instant, places[other.id])))

    def enter(self, contact: Contact, now: datetime) -> None:
        """Write a contact as it now stands, with the assignment of all its reports."""
        self._contacts[contact.id] = contact
        self._at_table[contact.offices][contact.id] = None
        self._entered.setdefault(contact.id, now)
        self._merged.pop(contact.id, None)
        for place, report in enumerate(contact.reports):
            self._assign(replace(report, contact=contact.id), place)

    def drop(self, reports: Iterable[str]) -> None:
        """Take out reports that their story makes no longer."""
        for report in (self._reports.pop(one) for one in reports if one in self._reports):
            for index in (self._of_story[report.story], self._of_table[report.claim.offices], self._of_many):
                index.pop(report.id, None)
            self._members[report.contact or ""].pop(report.id, None)
            del self._arrival[report.id]

    def merge(self, younger: str, elder: str) -> None:
        """Write that two contacts proved to be one: its reports and alerts are the elder's now."""
        self._merged |= dict.fromkeys((n for n, into in self._merged.items() if into == younger), elder)
        self._merged[younger] = elder
        for report, place in list(self._members[younger].items()):
            self._assign(replace(self._reports[report], contact=elder), place)
        of_elder = {alert.channel: alert.id for alert in self.alerts([elder]) if alert.merged_into is None}
        for alert in self.alerts([younger]):
            to = of_elder.get(alert.channel)
            pointed = replace(alert, subject=elder) if to is None else replace(alert, merged_into=to)
            self._write(pointed)
            self._settle(pointed, alert.created_at)

    def tell(self, alert: Alert, now: datetime, reply: Reply | None = None) -> None:
        """Write the alert as it now is and queue what follows from it (see `bot.alerts.queue`)."""
        stored = self._alerts.get(alert.id)
        known = alert if stored is None else replace(alert, message_id=stored.message_id or alert.message_id)
        self._write(known)
        self._settle(known, now)
        if reply and (entry := answered(known, reply, self._entries[alert.id], now, self._number + 1)):
            self._put(entry)

    def standing(self, alert: str) -> Standing:
        """Say how far an alert has been told."""
        return standing_of(self._entries.get(alert, []))

    def rulings(self, contacts: Iterable[str]) -> tuple[Ruling, ...]:
        """Give what editors have ruled on these contacts and not taken back, the earliest first."""
        names = frozenset(contacts)
        mine = (one for one in self._rulings.values() if one.contact in names and one.undone_at is None)
        return tuple(sorted(mine, key=lambda one: (one.at, one.id)))

    def rule(self, ruling: Ruling) -> None:
        """Write a ruling, or that it was taken back; one written before is replaced."""
        self._rulings[ruling.id] = ruling

    def close_story(self, story: Story, recognition: Recognition, decisions: Sequence[Decision]) -> None:  # noqa: ARG002 -- nobody asks again what it said
        """Write what was made of a story; it counts as read."""
        self._stories[story.id] = (story, tuple(decisions))

    def want_page(self, page: WantedPage, now: datetime) -> None:
        """Note nothing: pages are not read in a play."""

    def due(self, now: datetime) -> Iterator[OutboxEntry]:
        """Give what is to be worked on, edits and replies with the number of their post."""
        for number, alert in list(self._unfinished.items()):
            entry = next(one for one in self._entries[alert] if one.id == number)
            posted = self._alerts[alert].message_id
            if entry.not_before > now and entry.created_at <= now and (entry.tried_at or now) <= now:
                continue
            if entry.kind is Kind.POST:
                yield entry
            elif entry.kind is Kind.EDIT and posted is not None:
                yield replace(entry, message_id=posted)
            elif entry.kind is Kind.REPLY and (posted is not None or not self._is_coming(alert)):
                yield replace(entry, reply_to=posted)

    def keep(self, entry: OutboxEntry) -> None:
        """Keep an entry's new state; the number of a post made is kept with its alert."""
        self._put(replace(entry, reply_to=None))
        alert = self._alerts[entry.alert]
        if entry.kind is Kind.POST and entry.state is EntryState.SENT:
            alert = replace(alert, message_id=entry.message_id)
            self._write(alert)
        self._settle(alert, entry.tried_at or entry.not_before)

    def _is_coming(self, alert: str) -> bool:
        return any(one.kind is Kind.POST and one.state in _OPEN for one in self._entries[alert])

    def _settle(self, alert: Alert, now: datetime) -> None:
        for entry in what_follows(alert, self._entries[alert.id], now, self._number + 1):
            self._put(entry)

    def _put(self, entry: OutboxEntry) -> None:
        self._number = max(self._number, entry.number)
        others = [one for one in self._entries[entry.alert] if one.id != entry.id]
        self._entries[entry.alert] = sorted((*others, entry), key=lambda one: one.number)
        if entry.state in _UNFINISHED:
            self._unfinished[entry.id] = entry.alert
        else:
            self._unfinished.pop(entry.id, None)

    def _write(self, alert: Alert) -> None:
        if (before := self._alerts.get(alert.id)) and before.subject != alert.subject:
            del self._of_subject[before.subject][alert.id]
        self._alerts[alert.id] = alert
        self._of_subject[alert.subject][alert.id] = None

    def _assign(self, report: Report, place: int) -> None:
        if before := self._reports.get(report.id):
            self._members[before.contact or ""].pop(report.id, None)
            self._of_table[before.claim.offices].pop(report.id, None)
            self._of_many.pop(report.id, None)
        if report.id not in self._arrival:
            self._arrivals += 1
            self._arrival[report.id] = self._arrivals
        self._reports[report.id] = report
        self._of_story[report.story][report.id] = None
        self._of_table[report.claim.offices][report.id] = None
        if len(report.claim.offices) > _PAIR:
            self._of_many[report.id] = None
        self._members[report.contact or ""][report.id] = place

    def _standing(self, name: str) -> Contact | None:
        """Give a contact with the reports now assigned to it; None where there are none."""
        members = self._members.get(name, {})
        in_order = sorted(members, key=lambda one: (members[one], self._arrival[one]))
        reports = tuple(self._reports[one] for one in in_order)
        return replace(self._contacts[name], reports=reports) if reports else None

    def _held(self, offices: _Table) -> Iterator[Contact]:
        wrong = {r.contact for r in self._rulings.values() if r.undone_at is None and _rules_out(r)}
        names = (name for name in self._at_table.get(offices, {}) if name not in wrong | self._merged.keys())
        held = (name for name in names if self._contacts[name].status is Status.HELD)
        yield from filter(None, (self._standing(n) for n in held if self._contacts[n].offices == offices))


def _rules_out(ruling: Ruling) -> bool:
    return ruling.wrong in {Wrong.CONTACT, Wrong.DUPLICATE}


def _by_day(contact: Contact) -> tuple[date, str]:
    return contact.day or contact.by, contact.id


def _eldest_first(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    return tuple(sorted(alerts, key=lambda alert: (alert.created_at, alert.id)))
