"""Whether a story's page is to be read, and why. Pure.

A page is asked for where a few lines of a feed tell of a contact that concerns
a watch and leave open when, how or what, or where they come near to one. For
everything else, which is nearly all of the news, no page is.
"""

from collections.abc import Iterable

from bot.matching.parties import fits
from bot.model.claim import Claim, Medium, Status, Verdict
from bot.model.contact import Report
from bot.model.story import Story
from bot.model.trace import NearMiss
from bot.model.watchlist import Ring, Watch, WatchList

# Half of 6,472 stories of 457 feeds have 200 characters of text, three quarters 560, a tenth
# more than 2,200: those hold the article (shared/feeds, decoded).
_WHOLE = 2_000
_TEASER = 600

# What its page may tell of a near miss: the other side, a country, or the word of contact.
_NEAR = frozenset(
    {
        "not between them",
        "no word of contact",
        "never together",
        "counterpart unknown",
        "no second minister",
        "office without country",
    }
)


def wanted_for(
    story: Story, reports: Iterable[Report], watches: frozenset[str], watchlist: WatchList
) -> str | None:
    """Say what a story leaves open of a contact that concerns a watch; None where nothing is."""
    if not _has_page(story) or len(story.text) >= _WHOLE:
        return None
    heard = [watch for watch in watchlist.watches if watch.key in watches and watch.ring is Ring.CONTACTS]
    claims = (report.claim for report in reports if _concerns(report.claim, heard))
    return next((why for claim in claims if (why := _left_open(claim, story))), None)


def near_enough(story: Story, verdict: Verdict, watches: frozenset[str], watchlist: WatchList) -> bool:
    """Whether a story is worth asking how near it came to a contact."""
    hearing = any(watch.key in watches and watch.ring is Ring.CONTACTS for watch in watchlist.watches)
    return verdict is Verdict.NONE and hearing and _has_page(story) and len(story.text) < _TEASER


def wanted_near(misses: Iterable[NearMiss]) -> str | None:
    """Say what a near miss lacks that its page may tell; None where it lacks something else."""
    return next((f"near miss: {miss.text}" for miss in misses if miss.kind in _NEAR), None)


def _has_page(story: Story) -> bool:
    return (story.url or "").lower().startswith(("http://", "https://"))


def _concerns(claim: Claim, watches: Iterable[Watch]) -> bool:
    fitting = any(fits(watch, claim.participants, claim.medium) for watch in watches)
    return claim.status in (Status.HELD, Status.PLANNED) and fitting


def _left_open(claim: Claim, story: Story) -> str | None:
    if claim.day is None:
        return "the day of the contact is not told"
    if claim.medium is Medium.UNKNOWN:
        return "it is not told how they spoke"
    if len(story.text) < _TEASER and not claim.statements and claim.initiative is None:
        return "a teaser that tells neither what was said nor whose initiative it was"
    return None
