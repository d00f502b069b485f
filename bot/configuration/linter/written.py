"""A watch beside the place where it is written, and what may be said of it."""

from typing import NamedTuple

from bot.configuration.tree import Loc, Node, Place, Scalar, at, child
from bot.model.watchlist import Watch


class Doubt(NamedTuple):
    """What is likely not meant, where it stands, and what to do."""

    place: Place
    message: str
    hint: str


class Written(NamedTuple):
    """A watch and the mapping in which it stands: an entry of `watches`, or the file itself."""

    watch: Watch
    node: Node

    def place(self, *loc: int | str) -> Place:
        """Give the place of what a path leads to."""
        return self.at(loc).place

    def at(self, loc: Loc) -> Node:
        """Give what a path leads to."""
        return at(self.node, loc)

    @property
    def name(self) -> Node:
        """Give where its name stands; the watch itself where it has none."""
        return child(self.node, "name") or self.node

    @property
    def query(self) -> Scalar | None:
        """Give its query as written."""
        node = child(self.node, "query")
        return node if isinstance(node, Scalar) else None
