"""Who is meant by a name."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache

from bot.model.office import Holder
from bot.register.names import SHORTEST_SOUND, bare, is_heard, spellings
from bot.register.sound import keys_of, sound_key
from bot.text.fold import fold


class NameIndex:
    """All persons of a register by their spellings, and by the sound of them; built at the first look-up."""

    def __init__(self, holders: Sequence[Holder]) -> None:
        """Take the persons to be known."""
        self._holders = holders
        self._audible: list[tuple[str, Holder]] = []

    def find(self, name: str) -> tuple[Holder, ...]:
        """Give all terms of office of everyone whom a name may mean; empty where it is nobody's.

        A spelling that the register knows outweighs one that only sounds alike.
        """
        folded = bare(fold(name))
        return tuple(self._spelt.get(folded) or self._heard.get(sound_key(name.strip()), []))

    def find_all(self, names: Sequence[str]) -> list[tuple[Holder, ...]]:
        """Give what `find` gives for each of many names, five times as fast."""
        if not names:
            return []
        lines = [" ".join(name.split()) for name in names]
        texts, keys = fold("\n".join(lines)).split("\n"), keys_of(lines)
        return [
            tuple(self._spelt.get(bare(text)) or self._heard.get(key) or ())
            for text, key in zip(texts, keys, strict=True)
        ]

    @cached_property
    def _spelt(self) -> dict[str, list[Holder]]:
        """Index the spellings, and note which of them are to be heard: working them out takes longest."""
        spelt: dict[str, list[Holder]] = defaultdict(list)
        for holder in self._holders:
            for spelling in spellings(holder):
                spelt[spelling.text].append(holder)
                if is_heard(spelling):
                    self._audible.append((spelling.text, holder))
        return spelt

    @cached_property
    def _heard(self) -> dict[str, list[Holder]]:
        heard: dict[str, list[Holder]] = defaultdict(list)
        told = self._audible if self._spelt else []
        for key, (_, holder) in zip(keys_of(text for text, _ in told), told, strict=bool(told)):
            # Spellings of one holder that sound alike follow each other.
            if len(key) >= SHORTEST_SOUND and not (heard[key] and heard[key][-1] is holder):
                heard[key].append(holder)
        return heard


@lru_cache(maxsize=4)
def index_of(holders: tuple[Holder, ...]) -> NameIndex:
    """Give the index of these persons: one for all who ask, since to build it takes a tenth of a second."""
    return NameIndex(holders)
