"""All reports of kindred offices → their contacts, each under a name that lasts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from types import MappingProxyType

from bot.contacts.grouping import Group, gather
from bot.contacts.kinship import arrival
from bot.contacts.slots import contact_of
from bot.model.contact import Contact, Report
from bot.model.story import derived_id

NEVER_ENTERED: Mapping[str, datetime] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Named:
    """The reports of one contact under its name, in order of arrival."""

    name: str
    reports: Group

    @property
    def members(self) -> frozenset[str]:
        """The ids of its reports."""
        return frozenset(report.id for report in self.reports)

    @property
    def contact(self) -> Contact:
        """What they tell together."""
        return contact_of(self.reports, self.name)


def assemble(
    reports: Iterable[Report], entered: Mapping[str, datetime] = NEVER_ENTERED
) -> tuple[Contact, ...]:
    """Put contacts together from reports, in order of their first report."""
    return tuple(named.contact for named in parted(reports, entered))


def parted(reports: Iterable[Report], entered: Mapping[str, datetime] = NEVER_ENTERED) -> tuple[Named, ...]:
    """Part reports by contacts and name these (DESIGN.md §4.1), in order of their first report.

    Which reports make one contact depends on what they say alone, never on
    their order (`bot.contacts.grouping`). Names last: where a contact parts, its
    name stays with the report that first told its day, else with the first;
    where contacts prove to be one, the name entered first stays.
    """
    groups = gather(reports)
    keepers = keepers_of(tuple(chain.from_iterable(groups)))
    taken = set(keepers)
    found = []
    for group in groups:
        name = _kept(group, keepers, entered) or _fresh(group, taken)
        taken.add(name)
        found.append(Named(name, group))
    return tuple(found)


def keepers_of(reports: Sequence[Report]) -> dict[str, Report]:
    """Find, for each name given before, the report that it stays with."""
    keepers: dict[str, Report] = {}
    for report in sorted(reports, key=lambda r: (r.claim.day is None, arrival(r))):
        if report.contact is not None:
            keepers.setdefault(report.contact, report)
    return keepers


def _kept(group: Group, keepers: Mapping[str, Report], entered: Mapping[str, datetime]) -> str | None:
    members = {report.id for report in group}
    names = [name for name, keeper in keepers.items() if keeper.id in members]

    def age(name: str) -> tuple[datetime, datetime, str]:
        return entered.get(name, keepers[name].instant), *arrival(keepers[name])

    return min(names, key=age, default=None)


def _fresh(group: Group, taken: set[str]) -> str:
    """Name a contact after its offices and its founder: the first report that never had another contact."""
    founder = min(group, key=lambda report: (report.contact is not None, arrival(report)))
    offices = sorted(map(str, founder.claim.offices))
    plain = derived_id("contact", *offices, founder.id)
    again = (derived_id("contact", *offices, founder.id, str(number)) for number in count(2))
    return next(name for name in chain([plain], again) if name not in taken)
