"""What a story's count says: "their second call in a month" leaves no room for a third. Pure.

A count is weaker than a day that is surely told: who writes "on Sunday" has
looked it up, and may only not know of the call before.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.contacts.kinship import LOOKING_BACK
from bot.model.claim import Basis, Status
from bot.model.contact import Report

MEMORY = LOOKING_BACK  # how far back a count is believed to mean a contact known
_SURE = (Basis.WRITTEN, Basis.WEEKDAY)


def is_counted_among(report: Report, days: Iterable[date]) -> bool:
    """Whether the contacts of these days are already as many as a report counts, its own among them."""
    tally = report.claim.tally
    if tally is None or report.claim.status is not Status.HELD:
        return False
    known = sum(tally.since <= day <= report.claim.by for day in days)
    return known >= tally.number


def is_miscounted(reports: Sequence[Report], before: Sequence[date]) -> bool:
    """Whether most outlets count a contact among those of the days before, and none is sure of its day."""
    held = [r for r in reports if r.claim.status is Status.HELD]
    if any(r.claim.basis in _SURE for r in held):
        return False
    told = {r.source for r in held}
    counted = {r.source for r in held if is_counted_among(r, before)}
    return 2 * len(counted) > len(told)
