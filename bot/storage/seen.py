"""The digests of item blocks that were kept lately, so that the next look need not ask for them."""

MOST = 8_000_000
"""Bytes: the digests of 20,000 feeds of 50 items."""


class LatelySeen:
    """What each feed held when it was last kept, as far as it fits.

    Another program may have kept something newer: what is told here was kept
    with its stories all the same, and what is new since is read once more.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = 0
        self._seen: dict[str, bytes] = {}

    def get(self, url: str) -> bytes | None:
        """Give the digests of a feed's blocks; None where they have to be asked for."""
        return self._seen.get(url)

    def note(self, url: str, seen: bytes) -> None:
        """Note what was kept; what was noted longest ago is let go where it is too much."""
        self._size += len(seen) - len(self._seen.pop(url, b""))
        self._seen[url] = seen
        while self._size > self._most:
            self._size -= len(self._seen.pop(next(iter(self._seen))))
