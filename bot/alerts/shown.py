"""What a post shows of a contact that is worth a reply when it changes."""

from bot.alerts.confirmed import confirmations
from bot.alerts.facts import initiators, other_days
from bot.alerts.press import Press
from bot.alerts.sources import denying
from bot.contacts.ruled import Ruled
from bot.model.alert import Shown
from bot.model.claim import Status


def shown_of(told: Ruled, press: Press) -> Shown:
    """Give what the post on a contact shows."""
    contact = told.contact
    return Shown(
        status=contact.status,
        day=contact.day,
        initiators=initiators(contact),
        confirmed=tuple(side for side, _ in confirmations(contact, press)),
        denied=contact.status is Status.HELD and bool(denying(contact)),
        retracted=told.retracted,
        days=tuple(day for day, _ in other_days(contact)),
    )
