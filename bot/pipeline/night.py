"""Tells channels with regard to their quiet hours, in an open ledger.

    first post ─▶ quiet? ─▶ waits for the morning ─▶ how many do? ─▶ one rings as itself
                    └─ no: at once                        └─▶ several: silent, and a summary that rings

A summary is queued anew whenever a post joins it, so that it goes out behind
all of them. A post that waits and turns out to tell of nothing that took place
is withdrawn: nobody has read of it, so there is nothing to put right. Should the
contact stand again, so does its post.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.alerts.night import listed, morning, stands, subject_of, urgent_contact, waits
from bot.alerts.ringing import first_alert
from bot.model.alert import Alert, Reply
from bot.pipeline.desk import Desk
from bot.ports import Ledger


@dataclass(frozen=True, slots=True)
class Night:
    """Writes alerts as `Ledger.tell` does, each at its time; `urgent` ones at any."""

    ledger: Ledger
    desk: Desk
    now: datetime

    def first(self, alert: Alert, *, urgent: bool) -> Alert:
        """Tell of something for the first time; give the alert as it was written."""
        timed = replace(alert, due_at=self._until(alert, urgent=urgent))
        self.ledger.tell(timed, self.now)
        self._settle(timed)
        return timed

    def let_out(self, alert: Alert) -> Alert:
        """Tell of something for which an editor has given his word; at night it waits like any other."""
        contacts, watchlist = self.ledger.contacts([alert.subject]), self.desk.watchlist
        urgent = any(urgent_contact(contact, watchlist, alert.channel) for contact in contacts)
        return self.first(replace(alert, held=False), urgent=urgent)

    def tell(self, alert: Alert, reply: Reply | None = None, *, urgent: bool) -> Alert:
        """Tell an alert's newest state, and the reply to it; give the alert as it was written."""
        if alert.due_at is None:
            self.ledger.tell(alert, self.now, self._timed(alert, reply, urgent=urgent))
            return alert
        written = self._waiting(alert, urgent=urgent) if self._unread(alert) else alert
        self.ledger.tell(written, self.now, self._timed(alert, reply, urgent=urgent))
        self._settle(alert)
        return written

    def _until(self, alert: Alert, *, urgent: bool) -> datetime | None:
        channel = self.desk.watchlist.channel(alert.channel)
        return waits(channel, self.now, self._zone, urgent=urgent)

    def _timed(self, alert: Alert, reply: Reply | None, *, urgent: bool) -> Reply | None:
        """Let a reply that would ring wait for the morning as well."""
        if reply is None or reply.silent:
            return reply
        return replace(reply, due_at=self._until(alert, urgent=urgent))

    def _unread(self, alert: Alert) -> bool:
        """Whether nobody has read an alert of a night, surely."""
        return alert.merged_into is None and not self.ledger.standing(alert.id).begun

    def _waiting(self, alert: Alert, *, urgent: bool) -> Alert:
        """Say how an alert that nobody has read stands: withdrawn, let out at once, or waiting on."""
        if not stands(alert):
            return replace(alert, merged_into=alert.id)
        if urgent and alert.due_at is not None and alert.due_at > self.now:
            # Its post is queued for the morning: that one is taken back.
            self.ledger.tell(replace(alert, merged_into=alert.id), self.now)
            return replace(alert, due_at=None, silent=False)
        return alert

    def _settle(self, told: Alert) -> None:
        """Bring the night of an alert into order: what rings in the morning, and what the summary lists."""
        if told.due_at is None:
            return
        alerts = self.ledger.due_together(told.channel, told.due_at)
        if told.due_at <= self.now:
            self._sum_up(told, listed(alerts))
            return
        found = morning(alerts)
        for alert in found.changed:
            self.ledger.tell(alert, self.now)
        self._sum_up(told, found.heads)

    def _sum_up(self, told: Alert, heads: Sequence[Alert]) -> None:
        """Let the summary list these alerts; none where there are fewer than two."""
        if told.due_at is None:
            return
        subject = subject_of(told.due_at, self._zone)
        before = next((a for a in self.ledger.alerts([subject]) if a.channel == told.channel), None)
        over = told.due_at <= self.now
        if over and (before is None or not heads):
            return
        if not heads:
            self._withdraw(before)
            return
        body = self.desk.writer.summary([alert.body.partition("\n")[0] for alert in heads], told.channel)
        new = before or first_alert(subject, told.channel, body, self.now, self.desk.watchlist.revision)
        if new.body == body and before is not None and before.merged_into is None:
            return
        if not over:
            self._withdraw(before)
        self.ledger.tell(replace(new, body=body, due_at=told.due_at, merged_into=None), self.now)

    def _withdraw(self, summary: Alert | None) -> None:
        if summary is not None and summary.merged_into is None:
            self.ledger.tell(replace(summary, merged_into=summary.id), self.now)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.desk.watchlist.timezone)
