"""What waits for an editor: let out, or never made.

Each is one locked transaction and safe to run again: what waits no longer is left as it is.
"""

from datetime import datetime

from bot.pipeline.desk import Desk
from bot.pipeline.night import Night
from bot.ports import Store


def approve(alert: str, desk: Desk, store: Store, now: datetime) -> bool:
    """Let a post out, at night into the morning; say whether it waited."""
    with store.ledger() as ledger:
        waiting = ledger.alert(alert)
        if waiting is None or not waiting.held:
            return False
        Night(ledger, desk, now).let_out(waiting)
        return True


def reject(alert: str, store: Store) -> bool:
    """Never make a post; say whether it waited. What is told of its contact later makes none either."""
    with store.ledger() as ledger:
        return ledger.withhold(alert, for_good=True)
