"""The `channels` of watchlist.yaml: how each place wants to be told."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Annotated, TypeGuard
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, PlainValidator

from bot.configuration import shapes
from bot.configuration.crontab import DAY_WORDS, read_weekly
from bot.configuration.quote import meant, quoted
from bot.configuration.strict import Strict, is_misspelt, refuse
from bot.configuration.tree import Document, Listing, Mapping, Node, Scalar, child
from bot.configuration.values import ChannelName, PostLanguage, is_channel, text_of
from bot.errors import Problem, Severity
from bot.model.channel import Channel, Quiet, Service, is_chat

DEFAULT = "default"
"""How the file calls the channel of DRAHT_TELEGRAM_CHAT, whose name is "" elsewhere."""

_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")
_VARIABLE = re.compile(r"env:([A-Z][A-Z0-9_]{0,63})")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_HOOKS = ("http", "https")


def named(channel: str) -> str:
    """Give a channel's name as the rest of Draht knows it."""
    return "" if channel == DEFAULT else channel


def read_quiet(value: object) -> Quiet:
    """Read "23:00-06:30"."""
    text = text_of(value, "quiet")
    found = _SPAN.fullmatch(text.strip())
    span = _span(*map(int, found.groups())) if found else None
    if span is None:
        refuse(f"{quoted(text)} is not a span of hours", 'write "23:00-06:30"')
    start, end = span
    if start == end:
        refuse(
            f"{quoted(text)} is no time at all", 'write "23:00-06:30"; to tell nothing, remove the channel'
        )
    return Quiet(start, end)


def _span(hour: int, minute: int, end_hour: int, end_minute: int) -> tuple[time, time] | None:
    try:
        return time(hour, minute), time(end_hour, end_minute)
    except ValueError:
        return None


def read_service(value: object) -> str:
    """Read an address, or the name of the variable that holds it; a refusal never repeats it."""
    text = text_of(value, "service").strip()
    if text.startswith("env:"):
        return read_variable(text)
    if not _ADDRESS.fullmatch(text):
        refuse("this is no address of a service", "write env:NAME, an Apprise address or one of https://")
    return text


def read_variable(value: object) -> str:
    """Read "env:NAME"."""
    text = text_of(value, "secret").strip()
    if not _VARIABLE.fullmatch(text):
        refuse("this names no variable of the environment", "write env:NAME in capitals, e.g. env:DRAHT_HOOK")
    return text


QuietHours = Annotated[Quiet, PlainValidator(read_quiet), shapes.QUIET]
Weekly = Annotated[str, PlainValidator(read_weekly), shapes.weekly(DAY_WORDS)]
Address = Annotated[str, PlainValidator(read_service), shapes.SERVICE]
Variable = Annotated[str, PlainValidator(read_variable), shapes.VARIABLE]


class ChannelEntry(Strict):
    """One channel of which more is told than its name."""

    model_config = ConfigDict(json_schema_extra=shapes.CHANNEL_ENTRY)
    noun = "channel"
    example = '"- name: …"'

    name: ChannelName = Field(
        description="As watches name it: a Telegram chat, `default` for that of DRAHT_TELEGRAM_CHAT, or a "
        "name of your own for a service."
    )
    language: PostLanguage | None = Field(None, description="Of its posts; the file's if left out.")
    quiet: QuietHours | None = Field(
        None,
        description="When nothing rings, in the file's zone; what is not urgent waits. In quotes.",
    )
    digest: Weekly | None = Field(
        None, description="When the week's contacts come, silently: a day and a time, or a crontab's fields."
    )
    approve: bool = Field(default=False, description="Whether first posts wait for an editor's /approve.")
    service: Address | None = Field(
        None,
        description="Where a channel that is no Telegram chat goes: env:NAME of the variable that holds an "
        "address, an address of Apprise, or https:// for a webhook.",
    )
    secret: Variable | None = Field(
        None, description="env:NAME of the variable that holds what a webhook's posts are signed with."
    )

    def channel(self, language: str) -> Channel:
        """Give the channel as the rest of Draht knows it; `language` is that of the file."""
        return Channel(
            name=named(self.name),
            language=self.language or language,
            quiet=self.quiet,
            digest=self.digest,
            approve=self.approve,
            service=Service(self.service, self.secret) if self.service else None,
        )


def faults(document: Document, root: Node) -> Iterator[Problem]:
    """Find what is wrong between the entries of `channels`, and between them and the watches."""
    declared: dict[str, Scalar] = {}
    for entry, name in _described(root):
        first = declared.setdefault(str(name.value), name)
        if first is not name:
            message = f"the channel {quoted(name.text)} is already described in line {first.place.line}"
            yield document.problem(name.place, message, "put it all into one entry")
        yield from _service_faults(document, entry, name)
    for used in channels_used(root):
        if not _is_place(str(used.value)) and used.value not in declared:
            message = f'{quoted(used.text)} is no chat, and no entry of "channels" describes it'
            option = meant(used.text, (*declared, DEFAULT))
            hint = option or f"for a Telegram channel write '@{used.text}'"
            yield document.problem(used.place, message, hint)


def _service_faults(document: Document, entry: Node, name: Scalar) -> Iterator[Problem]:
    service, secret = child(entry, "service"), child(entry, "secret")
    chat = _is_place(str(name.value))
    if chat and service is not None:
        message = f"{quoted(str(name.value))} is a Telegram chat and cannot be a service too"
        yield document.problem(service.place, message, "give the service a name of its own, e.g. ntfy")
    misspelt = isinstance(entry, Mapping) and is_misspelt(ChannelEntry, entry, "service")
    if not chat and service is None and not misspelt:
        message = f"{quoted(str(name.value))} is no chat, and no service is told"
        yield document.problem(name.place, message, "add service: env:NAME, or write the chat as '@name'")
    address = service.text if isinstance(service, Scalar) else ""
    if secret is None and address.partition("://")[0] in _HOOKS:
        message = "a webhook needs a secret, with which its posts are signed"
        yield document.problem(name.place, message, "add secret: env:NAME")
    if secret is not None and service is None:
        yield document.problem(
            secret.place, "only a webhook has a secret", "add service: https://… or remove it"
        )


def doubts(document: Document, root: Node) -> Iterator[Problem]:
    """Warn of what is allowed in `channels` and rarely meant."""
    used = {str(node.value) for node in channels_used(root)}
    everywhere = all(child(watch, "channel") for watch in _items(child(root, "watches")))
    used |= set() if everywhere and child(root, "watches") else {DEFAULT}
    for entry, name in _described(root):
        service = child(entry, "service")
        if str(name.value) not in used:
            message = f"no watch rings in the channel {quoted(name.text)}"
            hint = meant(name.text, used) or "name it as channel of a watch, or remove the entry"
            yield document.problem(name.place, message, hint, Severity.WARNING)
        if isinstance(service, Scalar) and _holds_secret(service.text):
            message = "this address holds what should be secret"
            hint = "write service: env:NAME and put it into the environment"
            yield document.problem(service.place, message, hint, Severity.WARNING)


def _holds_secret(address: str) -> bool:
    """Whether an address is more than a place: of nearly every service it opens the door."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    if address.startswith("env:"):
        return False
    if parts.scheme in _HOOKS:
        return "@" in parts.netloc or bool(parts.query)
    return "@" in parts.netloc or bool(parts.path.strip("/") or parts.query)


def channels_used(root: Node) -> Iterator[Scalar]:
    """Give the channels that watches name, each where it stands."""
    for watch in _items(child(root, "watches")):
        node = child(watch, "channel")
        for item in node.items if isinstance(node, Listing) else (node,):
            if _names(item):
                yield item


def _described(root: Node) -> Iterator[tuple[Node, Scalar]]:
    """Give the entries of `channels` whose name can be read, with it."""
    for entry in _items(child(root, "channels")):
        name = child(entry, "name")
        if _names(name):
            yield entry, name


def _names(node: Node | None) -> TypeGuard[Scalar]:
    if not isinstance(node, Scalar) or isinstance(node.value, bool):
        return False
    return isinstance(node.value, str | int) and is_channel(str(node.value))


def _is_place(name: str) -> bool:
    return name == DEFAULT or is_chat(name)


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Listing) else ()
