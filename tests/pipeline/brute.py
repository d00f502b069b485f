"""What a backtest is held against: two whole replays on SQL, and their plain difference."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.model.alert import Alert
from bot.model.story import Story
from bot.pipeline.backtest import Change
from bot.pipeline.desk import Desk
from bot.pipeline.replay import replay
from bot.storage import open_store

Alerts = Mapping[str, Alert]


@dataclass(frozen=True)
class Difference:
    """Ids of alerts: those made only with the new list, only with the old one, and with both but unlike."""

    gained: frozenset[str]
    lost: frozenset[str]
    changed: frozenset[str]


def alerts(stories: Iterable[Story], desk: Desk) -> Alerts:
    """Replay stories with a watch-list; give every alert that was posted, as it stands at the end."""
    store = open_store("sqlite://")
    try:
        posted = [
            decision.alert
            for one in replay(stories, desk, store)
            for decision in one.decisions
            if decision.posted and decision.alert
        ]
        with store.ledger() as ledger:
            told = {name: ledger.alert(name) for name in posted}
        return {name: comparable(alert) for name, alert in told.items() if alert}
    finally:
        store.close()


def difference(old: Alerts, new: Alerts) -> Difference:
    """Compare the alerts of two replays by id, and those of one id field by field."""
    both = old.keys() & new.keys()
    return Difference(
        frozenset(new.keys() - old.keys()),
        frozenset(old.keys() - new.keys()),
        frozenset(name for name in both if _told(old[name]) != _told(new[name])),
    )


def named(changes: Iterable[Change]) -> Difference:
    """Give what a backtest names, in the same terms."""
    gained, lost, changed = set[str](), set[str](), set[str]()
    for change in changes:
        before, after = change.before, change.after
        if before and after and before.id == after.id:
            changed.add(before.id)
            continue
        gained |= {after.id} if after else set()
        lost |= {before.id} if before else set()
    return Difference(frozenset(gained), frozenset(lost), frozenset(changed))


def comparable(alert: Alert) -> Alert:
    """Leave out the number of the message, and what a night's other posts do to the sound of one."""
    silent = alert.silent if alert.due_at is None else False
    return replace(alert, message_id=None, silent=silent)


def _told(alert: Alert) -> tuple[object, ...]:
    """Give what a reader notices: words, time, sound, and where it points."""
    sound = "held" if alert.held else (alert.due_at is not None, alert.silent)
    if not alert.held and alert.due_at is not None:
        sound = "morning"
    return alert.body, alert.created_at, alert.merged_into, alert.subject, sound
