"""config/watchlist.yaml: what rings, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, ConfigDict, Field, PlainValidator, ValidationInfo

from bot.configuration import channels, shapes
from bot.configuration.channels import ChannelEntry, named
from bot.configuration.people import ANYONE, Directory, is_anyone
from bot.configuration.queries import AnyQuery
from bot.configuration.quote import quoted
from bot.configuration.strict import Strict, is_misspelt, validate
from bot.configuration.tree import Document, Listing, Mapping, Node, Scalar, child
from bot.configuration.values import (
    ChannelName,
    Duration,
    Phrase,
    PostLanguage,
    TimeZone,
    Word,
    one_of,
    text_of,
)
from bot.errors import Problem
from bot.model.claim import Medium
from bot.model.watchlist import Party, Ring, Watch, WatchList

ONLY_WATCH = "watch-list"
"""The name of the one watch that `keywords` alone makes."""

_MEDIA = tuple(medium.value for medium in Medium if medium is not Medium.UNKNOWN)
_RINGS = tuple(ring.value for ring in Ring)
_DEFAULT = WatchList(())


@dataclass(frozen=True, slots=True)
class _Anyone:
    """The entry "any defence minister"."""


def _read_medium(value: object) -> Medium:
    return Medium(one_of(value, "a medium", _MEDIA))


def _read_ring(value: object) -> Ring:
    return Ring(one_of(value, "a kind of ring", _RINGS))


def _one_or_more(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _read_party(value: object, info: ValidationInfo) -> Party | _Anyone:
    directory = info.context
    if not isinstance(directory, Directory):
        raise TypeError("contacts are read with a directory of offices and people")
    return directory.party(text_of(value, "an office or a person")) or _Anyone()


Contact = Annotated[Party | _Anyone, PlainValidator(_read_party), shapes.CONTACT]
AnyMedium = Annotated[Medium, PlainValidator(_read_medium), shapes.Words(lambda: _MEDIA)]
AnyRing = Annotated[Ring, PlainValidator(_read_ring), shapes.Words(lambda: _RINGS)]
_Several = Annotated[list[ChannelName], Field(min_length=1)]
Channels = Annotated[_Several, BeforeValidator(_one_or_more, json_schema_input_type=ChannelName | _Several)]


class WatchEntry(Strict):
    """One watch."""

    noun = "watch"
    example = '"- name: …"'

    name: Phrase = Field(
        description="What the editor calls it; each name once.", examples=["Washington – Moskau"]
    )
    contacts: list[Contact] | None = Field(
        None,
        min_length=1,
        description="Defence ministers, as offices or persons: one of them with anyone, or at least two of "
        f'them at one table. "{ANYONE}" stands alone and means any two, as if left out.',
        json_schema_extra=shapes.alone(ANYONE, ANYONE.replace("defence", "defense")),
    )
    keywords: list[Word] | None = Field(
        None,
        min_length=1,
        description="A story must hold one of them. The name of a minister means the person, in every "
        "spelling; any other word is found in all its forms.",
        examples=[["Hegseth", "Telefonat"]],
    )
    query: AnyQuery | None = Field(
        None,
        description="Keywords with operators; one that holds is as good as a keyword. AND, OR, NOT, (…), "
        '"exact phrase", prefix*, =Word as written, NEAR/5 (words apart) and NEAR/5f (in this order), '
        'title:, source:nzz.ch, lang:de, person:"…", office:"US defence minister", '
        'office:"any foreign minister".',
    )
    exclude: list[Word] | None = Field(
        None,
        min_length=1,
        description="A story with one of these words does not count for this watch.",
        examples=[["Texas"]],
    )
    media: list[AnyMedium] | None = Field(
        None,
        min_length=1,
        description="Only contacts by these means, and those of which none is told; all if left out.",
    )
    ring: AnyRing = Field(
        Ring.CONTACTS,
        description="What makes a post: contacts of defence ministers, or every story with the words.",
    )
    channel: Channels | None = Field(
        None,
        description="Where it rings: @name or number of a chat, /17 behind it for a topic, a name from "
        "`channels`, or a list of them. `default`, also if left out, is DRAHT_TELEGRAM_CHAT.",
        examples=["@draht", ["default", "@draht_en"]],
    )
    announce: bool = Field(
        default=False, description="Whether plans are told too, silently; the contact itself rings then."
    )
    urgent: bool = Field(default=False, description="Whether it rings in a channel's quiet hours as well.")

    def watch(self) -> Watch:
        """Give the watch as the rest of Draht knows it."""
        return Watch(
            name=self.name,
            keywords=tuple(self.keywords or ()),
            parties=tuple(party for party in self.contacts or () if isinstance(party, Party)),
            exclude=tuple(self.exclude or ()),
            media=frozenset(self.media or ()),
            ring=self.ring,
            channels=tuple(dict.fromkeys(map(named, self.channel or [channels.DEFAULT]))),
            announce=self.announce,
            urgent=self.urgent,
            query=self.query,
        )


class WatchListFile(Strict):
    """What rings, and where: `keywords` for a watch-list of one line, or `watches`."""

    model_config = ConfigDict(json_schema_extra=shapes.one_of_keys("keywords", "watches"))
    noun = "file"
    example = '"keywords: […]" or "watches:"'
    entries: ClassVar[dict[str, type[Strict]]] = {"watches": WatchEntry, "channels": ChannelEntry}

    language: PostLanguage = Field(
        _DEFAULT.language, description="Language of the posts, where a channel has none of its own."
    )
    timezone: TimeZone = Field(
        _DEFAULT.timezone,
        description="Zone of quiet hours and digests, and of a story's day where its feed tells none.",
    )
    max_age: Duration = Field(
        _DEFAULT.max_age, description="An older contact is entered in the ledger and never rings."
    )
    keywords: list[Word] | None = Field(
        None,
        min_length=1,
        description="A whole watch-list in one line: contacts of any defence ministers of which a story "
        "holds one of the words. Not beside `watches`.",
        examples=[["Hegseth", "Beloussow", "Telefonat"]],
    )
    watches: list[WatchEntry] | None = Field(
        None, min_length=1, description="The watches; each rings for itself, a contact once in each channel."
    )
    channels: list[ChannelEntry] | None = Field(
        None, min_length=1, description="Channels of which there is more to say than their name."
    )

    def watch_list(self) -> WatchList:
        """Give the watch-list as the rest of Draht knows it."""
        watches = tuple(entry.watch() for entry in self.watches or ())
        alone = Watch(ONLY_WATCH, keywords=tuple(self.keywords or ()))
        described = tuple(entry.channel(self.language) for entry in self.channels or ())
        return WatchList(watches or (alone,), self.language, self.timezone, self.max_age, described)


def read_watch_list(document: Document, directory: Directory) -> tuple[WatchList | None, tuple[Problem, ...]]:
    """Read watchlist.yaml; None where it has errors."""
    if document.root is None:
        return None, ()
    file, problems = validate(WatchListFile, document.root, document, directory)
    between = (_either, _doubles, channels.faults)
    problems += tuple(problem for find in between for problem in find(document, document.root))
    if file is None or problems:
        return None, problems
    return file.watch_list(), tuple(channels.doubts(document, document.root))


def _either(document: Document, root: Node) -> Iterator[Problem]:
    """Insist on `keywords` or `watches`, not both."""
    if not isinstance(root, Mapping):
        return
    keywords, watches = root.entry("keywords"), root.entry("watches")
    if keywords and watches:
        hint = "move them into a watch, or remove the watches"
        yield document.problem(keywords.key.place, '"keywords" cannot stand beside "watches"', hint)
    misspelt = any(is_misspelt(WatchListFile, root, key) for key in ("keywords", "watches"))
    if not keywords and not watches and not misspelt:
        hint = "one line is enough: keywords: [Beloussow, Telefonat]"
        yield document.problem(root.place, 'there are neither "keywords" nor "watches"', hint)


def _doubles(document: Document, root: Node) -> Iterator[Problem]:
    """Find names and entries given twice, also where other things are wrong."""
    first: dict[str, int] = {}
    for watch in _items(child(root, "watches")):
        name = child(watch, "name")
        if isinstance(name, Scalar) and isinstance(name.value, str):
            folded = name.value.strip().casefold()
            if folded in first:
                message = f"the name {quoted(name.value)} is already used in line {first[folded]}"
                yield document.problem(name.place, message, "names tell watches apart")
            first.setdefault(folded, name.place.line)
        yield from _anyone_beside_others(document, child(watch, "contacts"))


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Listing) else ()


def _anyone_beside_others(document: Document, contacts: Node | None) -> Iterator[Problem]:
    items = _items(contacts)
    for item in items if len(items) > 1 else ():
        if isinstance(item, Scalar) and isinstance(item.value, str) and is_anyone(item.value):
            message = f"{quoted(item.value)} cannot stand beside other contacts"
            yield document.problem(
                item.place, message, "remove it: one name alone means that one with anyone"
            )
