"""Looking for a post on a profile: the newest messages of the channel that a user shows there.

Bot API 10.0 gives them whole and without any side effect (DELIVERY.md §4), but
the last twenty only, and maybe from a cache. So an absence is believed only of
a list that is fresh and deep enough to have shown the post.
"""

from bot.model.outcome import Found, LookLater, NotFound, Outcome, RetryLater, Sighting, Unknown
from bot.telegram.api import PROFILE_MESSAGES, BotApi, Line
from bot.telegram.look import Wanted


async def seen(api: BotApi, user: int, wanted: Wanted) -> Sighting | None:
    """Say whether the post stands there; None where the profile cannot tell: another way has to."""
    lines = await api.on_profile(user, wanted.chat)
    if isinstance(lines, RetryLater):
        return LookLater(lines.reason, lines.seconds)
    if isinstance(lines, Unknown):
        return LookLater(lines.reason)
    if isinstance(lines, Outcome) or not _is_deep(lines, wanted) or _is_littered(lines, wanted):
        return None
    return _found(lines, wanted) or (NotFound() if _is_fresh(lines, wanted) else None)


def _found(lines: tuple[Line, ...], wanted: Wanted) -> Found | None:
    above, upto = wanted.above or 0, wanted.upto
    within = (line for line in lines if above < line.message_id and (upto is None or line.message_id <= upto))
    posts = sorted(line.message_id for line in within if wanted.is_said_by(line.text))
    return Found(posts[0], tuple(posts[1:])) if posts else None


def _is_littered(lines: tuple[Line, ...], wanted: Wanted) -> bool:
    """Whether a look within the channel left something behind, which another such look has to clear."""
    above = (line for line in lines if line.message_id > (wanted.above or 0))
    return any(wanted.is_litter(line.message_id, line.text, line.origin) for line in above)


def _is_deep(lines: tuple[Line, ...], wanted: Wanted) -> bool:
    """Whether the list reaches down to the floor; a longer past may hide an earlier copy."""
    return len(lines) < PROFILE_MESSAGES or any(line.message_id <= (wanted.above or 0) for line in lines)


def _is_fresh(lines: tuple[Line, ...], wanted: Wanted) -> bool:
    """Whether it shows what is known to stand at the end of the numbers in question, or at their start."""
    known = wanted.above if wanted.upto is None else wanted.upto + 1
    return known is not None and any(line.message_id >= known for line in lines)
