"""Brings the alerts in the ledger up to what the contacts in it now say."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.alerts.ringing import Call, Edit, Hold, Post, Scene, calls, first_alert, pointer
from bot.contacts.novelty import Merge
from bot.model.alert import Alert
from bot.model.contact import Contact
from bot.model.office import Office
from bot.pipeline.desk import Desk
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
    """Renders and queues, in an open ledger; nothing is queued whose words have not changed."""

    ledger: Ledger
    desk: Desk
    now: datetime

    def tell(self, contact: Contact, entered_at: datetime, scope: Scope) -> tuple[Telling, ...]:
        """Do what is to be done about a contact in every channel, within the scope."""
        alerts = self.ledger.alerts([contact.id])
        since = self.ledger.watches_since(watch.key for watch in self.desk.watchlist.watches)
        found = calls(contact, self.desk.watchlist, alerts, Scene(self.now, entered_at, since))
        due = (call for call in found if scope.may_post or isinstance(call, Edit))
        return tuple(self._do(call, contact, scope) for call in due)

    def refresh(self, contact: Contact) -> None:
        """Rewrite the posts on a contact whose surroundings changed."""
        for alert in self.ledger.alerts([contact.id]):
            if alert.merged_into is None:
                self._rewrite(alert, self._body(contact, alert.channel))

    def refresh_after(self, changed: Iterable[Contact]) -> None:
        """Rewrite the posts on the contacts that follow the changed ones (DESIGN.md §4.6)."""
        places: set[tuple[frozenset[Office], date]] = {(c.offices, c.day or c.by) for c in changed}
        after = [c for offices, day in places for c in self.ledger.held_after(offices, day)]
        following = {contact.id: contact for contact in after}
        for name in sorted(following):
            self.refresh(following[name])

    def point(self, merge: Merge) -> None:
        """Let the posts on a contact that proved to be another one point to those on that one."""
        living = {alert.id: alert for alert in self.ledger.alerts([merge.elder])}
        for alert in self.ledger.alerts([merge.younger]):
            if alert.merged_into in living:
                self._rewrite(alert, pointer(living[alert.merged_into]))

    def _do(self, call: Call, contact: Contact, scope: Scope) -> Telling:
        match call:
            case Post(channel):
                alert = first_alert(contact.id, channel, self._body(contact, channel), self.now)
                self.ledger.tell(alert, self.now)
                return Telling(alert, posted=True)
            case Edit(alert) if not scope.may_edit:
                return Telling(alert)
            case Edit(alert):
                edited = self._rewrite(alert, self._body(contact, alert.channel))
                return Telling(edited, edited=edited.body != alert.body)
            case Hold(_, reason):
                return Telling(held_back=reason)

    def _rewrite(self, alert: Alert, body: str) -> Alert:
        """Tell an alert's new words, if they are new."""
        rewritten = replace(alert, body=body)
        if body != alert.body:
            self.ledger.tell(rewritten, self.now)
        return rewritten

    def _body(self, contact: Contact, channel: str) -> str:
        day = contact.day or contact.by
        return self.desk.render(contact, self.ledger.held_before(contact.offices, day, contact.id), channel)
