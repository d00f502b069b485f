"""A story and what was recognised in it → the reports that the ledger keeps."""

from collections.abc import Iterable
from datetime import date

from bot.model.claim import Claim, Recognition, Verdict
from bot.model.contact import Report
from bot.model.story import Story, derived_id

# Only these speak of a contact as their news (DESIGN.md §2 "Verdict").
_TELLING = {Verdict.CONTACT, Verdict.PLANNED, Verdict.DENIED}

UNDETERMINED = "und"  # ISO 639-2 for a language not known

# What a story puts outside of these is no contact of anybody in the register, and at the
# calendar's own ends no day can be reckoned with.
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)


def reports_of(story: Story, recognition: Recognition, watches: Iterable[str]) -> tuple[Report, ...]:
    """Make one report of each claim of our time; equal stories and claims give equal ids.

    `watches` are the keys of the watches that the story matches.
    """
    if recognition.verdict not in _TELLING:
        return ()
    keys = frozenset(watches)
    return tuple(
        Report(
            id=report_id(story.id, place),
            story=story.id,
            source=story.source,
            url=story.url,
            language=story.language or UNDETERMINED,
            country=story.country,
            instant=story.instant,
            day=story.day,
            claim=claim.told,
            watches=keys,
            may_ring=story.dated or not story.fresh_feed,
            earlier=_earlier(recognition, claim),
        )
        for place, claim in enumerate(recognition.claims)
        if _EARLIEST <= claim.by <= _LATEST
    )


def report_id(story: str, place: int) -> str:
    """Name the report that a story's claim at a place makes."""
    return derived_id("report", story, str(place))


def _earlier(recognition: Recognition, claim: Claim) -> tuple[str, ...]:
    """Give when the story says that these offices spoke before, each time once."""
    told = (e.when for e in recognition.earlier if e.offices == claim.offices)
    return tuple(dict.fromkeys(when for when in told if when))
