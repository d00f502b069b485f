"""Who may do what, and how often."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum

from bot.talk.request import Request


class Rank(IntEnum):
    """What somebody is to the bot where he speaks: to NOBODY it does not answer."""

    NOBODY = 0
    READER = 1
    EDITOR = 2


@dataclass(frozen=True, slots=True)
class Access:
    """The user numbers of the editors, and the operators' chat (a number or @name, None for none)."""

    editors: frozenset[int] = frozenset()
    ops_chat: str | None = None

    def is_ops(self, request: Request) -> bool:
        """Whether this is said in the operators' chat."""
        names = {str(request.chat), request.place.lower()} - {""}
        return bool(self.ops_chat) and str(self.ops_chat).lower() in names

    def rank(self, request: Request) -> Rank:
        """Say what somebody is: in a group that is not the operators', nobody is anything."""
        if not request.private and not self.is_ops(request):
            return Rank.NOBODY
        return Rank.EDITOR if request.user in self.editors else Rank.READER


@dataclass(frozen=True, slots=True)
class Bucket:
    """Answers that are left, as of an instant; they come back with time."""

    left: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many answers at once, and one more every so many seconds."""

    most: int
    seconds: float

    def refilled(self, bucket: Bucket, now: datetime) -> Bucket:
        """Give a bucket as it is now; a clock set back takes nothing away."""
        passed = max((now - bucket.at).total_seconds(), 0.0)
        return Bucket(min(bucket.left + passed / self.seconds, float(self.most)), now)


# A person who reads, and everybody who is no editor together; an editor works through a list.
EACH_READER = Allowance(6, 5.0)
ALL_READERS = Allowance(30, 0.5)
EACH_EDITOR = Allowance(40, 0.5)
# Of more people than this the buckets are not kept: full ones go first, they say nothing.
MOST_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Buckets:
    """The buckets of all who asked lately; `shared` is that of all readers."""

    each: Mapping[int, Bucket] = field(default_factory=dict)
    shared: Bucket | None = None


def taken(buckets: Buckets, user: int, rank: Rank, now: datetime) -> tuple[Buckets, bool]:
    """Take one answer; say whether there was one left, for this person and for all readers.

    Editors share no bucket with readers: a flood of strangers never shuts them out.
    """
    allowance = EACH_EDITOR if rank is Rank.EDITOR else EACH_READER
    own = allowance.refilled(buckets.each.get(user, Bucket(allowance.most, now)), now)
    shared = ALL_READERS.refilled(buckets.shared or Bucket(ALL_READERS.most, now), now)
    free = own.left >= 1 and (rank is Rank.EDITOR or shared.left >= 1)
    if not free:
        return replace(buckets, each=_kept(buckets.each, user, own, now), shared=shared), False
    spent = replace(own, left=own.left - 1)
    if rank is not Rank.EDITOR:
        shared = replace(shared, left=shared.left - 1)
    return Buckets(_kept(buckets.each, user, spent, now), shared), True


def _kept(each: Mapping[int, Bucket], user: int, bucket: Bucket, now: datetime) -> Mapping[int, Bucket]:
    """Note a person's bucket; where there are too many, those that filled up again are forgotten."""
    noted = {**each, user: bucket}
    if len(noted) <= MOST_KEPT:
        return noted
    old = EACH_READER.most * EACH_READER.seconds
    lately = {who: one for who, one in noted.items() if (now - one.at).total_seconds() < old}
    return lately if len(lately) <= MOST_KEPT else dict(list(lately.items())[math.ceil(MOST_KEPT / 2) :])
