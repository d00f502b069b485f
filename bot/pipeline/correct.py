"""An editor's word → the ledger → the posts.

    rule, take back ─ one locked transaction ─ write the ruling │ rewrite the posts on the contact,
                                                                │ on its elder, and on those that follow

Safe to run again: a ruling is known by its id, and posts are only queued where their words change.
It sends nothing; `bot.pipeline.deliver` does.
"""

from dataclasses import replace
from datetime import datetime

from bot.model.contact import Contact
from bot.model.ruling import Ruling, Wrong
from bot.pipeline.desk import Desk
from bot.pipeline.telling import Teller
from bot.ports import Ledger, Store


def rule(ruling: Ruling, desk: Desk, store: Store, now: datetime) -> bool:
    """Keep an editor's word and let the posts say it; say whether there is such a contact.

    One that proved to be another is ruled on as that one. A ruling that stands
    is left as it was made.
    """
    with store.ledger() as ledger:
        contact = ledger.contact(ruling.contact)
        if contact is None:
            return False
        kept = replace(ruling, contact=contact.id)
        if kept.id not in {one.id for one in ledger.rulings([contact.id])}:
            ledger.rule(kept)
            _refresh(contact, kept, Teller(ledger, desk, now))
        return True


def take_back(ruling: Ruling, desk: Desk, store: Store, now: datetime) -> bool:
    """Take an editor's word back and let the posts say so; say whether it stood.

    A post that was rejected for it waits for an editor again.
    """
    with store.ledger() as ledger:
        if ruling.id not in {one.id for one in ledger.rulings([ruling.contact])}:
            return False
        ledger.rule(replace(ruling, undone_at=ruling.undone_at or now))
        if ruling.wrong is Wrong.CONTACT:
            _let_wait(ledger, ruling.contact)
        contact = ledger.contact(ruling.contact)
        if contact is not None:
            _refresh(contact, ruling, Teller(ledger, desk, now))
        return True


def _refresh(contact: Contact, ruling: Ruling, teller: Teller) -> None:
    teller.refresh(contact)
    elder = ruling.value if ruling.wrong is Wrong.DUPLICATE else None
    other = teller.ledger.contact(elder) if elder else None
    if other is not None:
        teller.refresh(other)
    teller.refresh_after([contact])


def _let_wait(ledger: Ledger, contact: str) -> None:
    for alert in ledger.alerts([contact]):
        ledger.withhold(alert.id, for_good=False)
