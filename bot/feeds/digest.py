"""Whether a body says anything new: its digest without what changes by itself."""

import hashlib
import re

_FIRST_ENTRY = re.compile(rb"<(?:[\w-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
# What servers write anew at every build, in the feed's head and behind its end.
_VOLATILE = re.compile(
    rb"<(lastBuildDate|pubDate|updated|modified|dc:date|generator|ttl|sy:updateBase)\b[^>]*>[^<]*</\1\s*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
_VOLATILE_TAIL = re.compile(rb"(?<=>)\s*<!--[^>]*-->\s*$")
_HEAD = 20_000
_TAIL = 1_000


def digest(body: bytes) -> str:
    """Give a digest that two builds of the same news share."""
    first = _FIRST_ENTRY.search(body)
    head = min(first.start() if first else len(body), _HEAD)
    tail = max(head, len(body) - _TAIL)
    hasher = hashlib.blake2b(_VOLATILE.sub(b"", body[:head]), digest_size=16)
    hasher.update(body[head:tail])
    hasher.update(_VOLATILE_TAIL.sub(b"", body[tail:]))
    return hasher.hexdigest()
