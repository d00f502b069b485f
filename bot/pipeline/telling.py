"""Brings the alerts in the ledger up to what the contacts in it now say.

contact ─▶ ruled on? ─▶ rings, is announced, or has a post
                          post ─▶ its new words ─▶ edit ─▶ material? ─▶ reply
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.alerts.changes import TURNS, Change, changes
from bot.alerts.night import urgent_contact
from bot.alerts.ringing import (
    Call,
    Edit,
    Hold,
    Post,
    Scene,
    calls,
    first_alert,
    living,
    ruled_out,
    too_old,
)
from bot.contacts.novelty import Merge
from bot.contacts.ruled import Ruled, ruled
from bot.model.alert import Alert, Reply, Standing
from bot.model.contact import Contact
from bot.model.office import Office
from bot.model.ruling import Slot
from bot.pipeline.desk import Desk
from bot.pipeline.night import Night
from bot.ports import Ledger


@dataclass(frozen=True, slots=True)
class Telling:
    """What one channel was told of a contact, or why it was not.

    `alert` is None where there is no post; `edited` says that its words changed.
    """

    alert: Alert | None = None
    posted: bool = False
    edited: bool = False
    held_back: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a story may move the channels about a contact.

    No first post of a contact that it does not speak of; no edit where it adds
    nothing (DESIGN.md §4.7: sources beyond six do not edit).
    """

    may_post: bool
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Teller:
    """Renders and queues, in an open ledger; nothing is queued whose words have not changed.

    Whatever is told, editors' rulings are laid over it first (`_ruled`).
    """

    ledger: Ledger
    desk: Desk
    now: datetime

    def tell(self, contact: Contact, entered_at: datetime, scope: Scope) -> tuple[Telling, ...]:
        """Do what is to be done about a contact in every channel, within the scope."""
        told = self._ruled(contact)
        due = (call for call in self._calls(told, entered_at) if scope.may_post or isinstance(call, Edit))
        return tuple(self._do(call, told, scope) for call in due)

    def refresh(self, contact: Contact) -> None:
        """Rewrite the posts on a contact whose surroundings changed, or on which an editor ruled."""
        told = self._ruled(contact)
        for alert in living(self.ledger.alerts([contact.id])).values():
            self._update(alert, told)

    def refresh_after(self, changed: Iterable[Contact]) -> None:
        """Rewrite the posts on the contacts that follow the changed ones (DESIGN.md §4.6)."""
        places: set[tuple[frozenset[Office], date]] = {(c.offices, c.day or c.by) for c in changed}
        after = [c for offices, day in places for c in self.ledger.held_after(offices, day)]
        following = {contact.id: contact for contact in after}
        for name in sorted(following):
            self.refresh(following[name])

    def point(self, merge: Merge) -> None:
        """Let the posts on a contact that proved to be another one point to those on that one."""
        posts = {alert.id: alert for alert in self.ledger.alerts([merge.elder])}
        for alert in self.ledger.alerts([merge.younger]):
            if alert.merged_into in posts:
                self._point(alert, posts[alert.merged_into])

    def _ruled(self, contact: Contact) -> Ruled:
        return ruled(contact, self.ledger.rulings([contact.id]))

    def _calls(self, told: Ruled, entered_at: datetime) -> tuple[Call, ...]:
        watchlist, alerts = self.desk.watchlist, self.ledger.alerts([told.contact.id])
        if not told.stands:
            return ruled_out(told.contact, watchlist, alerts)
        since = self.ledger.watches_since(watch.key for watch in watchlist.watches)
        return calls(told.contact, watchlist, alerts, Scene(self.now, entered_at, since))

    def _do(self, call: Call, told: Ruled, scope: Scope) -> Telling:
        match call:
            case Post():
                first = self._first(call, told)
                alert = self._night.first(first, urgent=self._urgent(told, call.channel))
                return Telling(alert, posted=True)
            case Edit(alert) if not scope.may_edit:
                return Telling(alert)
            case Edit(alert):
                edited = self._update(alert, told)
                return Telling(edited, edited=edited.body != alert.body)
            case Hold(_, reason):
                return Telling(held_back=reason)

    def _first(self, call: Post, told: Ruled) -> Alert:
        """Make the first post; it waits for an editor where the channel wants his word."""
        channel = call.channel
        watchlist, body = self.desk.watchlist, self._body(told, channel)
        alert = first_alert(told.contact.id, channel, body, self.now, watchlist.revision)
        held = watchlist.channel(channel).approve
        return replace(alert, silent=call.silent, held=held, shown=self.desk.writer.shown(told, channel))

    def _update(self, alert: Alert, told: Ruled) -> Alert:
        """Bring a post up to what is told now, and answer it where that is material."""
        elder = self._elder(told, alert.channel)
        if elder is not None:
            return self._point(alert, elder)
        standing = self.ledger.standing(alert.id)
        shown = self.desk.writer.shown(told, alert.channel)
        before = alert.told if standing.unsaid else alert.shown
        found = self._material(told.contact, changes(before, shown)) if standing.begun else ()
        new = replace(
            alert,
            body=self._body(told, alert.channel),
            merged_into=None,
            shown=shown,
            told=before if found else None,
            held=self._held(alert, told, standing),
        )
        reply = self._reply(new, told.contact, found, standing)
        return self._tell(alert, new, reply, urgent=self._urgent(told, alert.channel))

    def _held(self, alert: Alert, told: Ruled, standing: Standing) -> bool:
        """Say whether a post waits for an editor: one that he ruled to be wrong before it was made does."""
        was_retracted = alert.shown is not None and alert.shown.retracted
        if told.retracted:
            return alert.held or not standing.begun
        return self.desk.watchlist.channel(alert.channel).approve if was_retracted else alert.held

    def _material(self, contact: Contact, found: tuple[Change, ...]) -> tuple[Change, ...]:
        """Keep what a post is answered for: of a contact long past only what turns the post as a whole."""
        late = too_old(contact.day or contact.by, self.desk.watchlist, self.now)
        return tuple(change for change in found if change in TURNS) if late else found

    def _reply(
        self, alert: Alert, contact: Contact, found: tuple[Change, ...], standing: Standing
    ) -> Reply | None:
        """Answer a post where something material changed; take back what changed back before it was said."""
        if not found or alert.told is None:
            return Reply("") if standing.unsaid else None
        late = too_old(contact.day or contact.by, self.desk.watchlist, self.now)
        rings = Change.TOOK_PLACE in found and not late
        return Reply(self.desk.writer.follow_up(contact, alert.told, found, alert.channel), silent=not rings)

    def _point(self, alert: Alert, elder: Alert) -> Alert:
        """Let a post say nothing but where the contact was told before."""
        pointing = replace(
            alert, body=self.desk.writer.pointer(elder), merged_into=elder.id, shown=None, told=None
        )
        reply = Reply("") if self.ledger.standing(alert.id).unsaid else None
        return self._tell(alert, pointing, reply)

    def _tell(self, before: Alert, after: Alert, reply: Reply | None, *, urgent: bool = False) -> Alert:
        """Queue an alert's new words, if there are any, stamped with the time of the change."""
        if after.body != before.body:
            after = replace(after, stamp=self.desk.writer.stamp(before, self.now))
        if after != before or reply is not None:
            self._night.tell(after, reply, urgent=urgent)
        return after

    @property
    def _night(self) -> Night:
        return Night(self.ledger, self.desk, self.now)

    def _urgent(self, told: Ruled, channel: str) -> bool:
        return urgent_contact(told.contact, self.desk.watchlist, channel)

    def _elder(self, told: Ruled, channel: str) -> Alert | None:
        """Give the post in a channel that a duplicate has to point to; None where there is no other."""
        if told.same_as is None or told.retracted:
            return None
        posts = (a for a in self.ledger.alerts([told.same_as]) if a.channel == channel)
        return next((alert for alert in posts if alert.merged_into is None), None)

    def _body(self, told: Ruled, channel: str) -> str:
        return self.desk.writer.post(told, self._previous(told), channel)

    def _previous(self, told: Ruled) -> Contact | None:
        """Give the contact before this one as it is to be told; None where an editor took it out."""
        contact = told.contact
        day = contact.day or contact.by
        if told.corrects(Slot.PREVIOUS) or told.retracted:
            return None
        known = self.ledger.held_before(contact.offices, day, contact.id)
        if known is None:
            return None
        right = self._ruled(known).contact
        return right if right.day is None or right.day < day else None
