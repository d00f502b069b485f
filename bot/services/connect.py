"""The services of a watch-list, connected: addresses and secrets are looked up here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.errors import UsageError
from bot.model.channel import Channel, Service
from bot.ports import Clock
from bot.services.push import PushMessenger
from bot.services.switchboard import Connected
from bot.services.webhook import WebhookMessenger

_VARIABLE = "env:"
_HOOKS = ("http", "https")
_NO_HOOK = "has a secret and is no webhook: remove it, or write an address of https://"

Variable = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Around:
    """What services need of the rest: the environment, the time, and what the store knows of posts.

    `heads` gives the head line of an alert's post, `newest` the highest message number known of a channel.
    """

    variable: Variable
    clock: Clock
    heads: Callable[[str], str | None]
    newest: Callable[[str], int | None]


def connect(channels: Iterable[Channel], around: Around) -> dict[str, Connected]:
    """Make the messenger of each channel that is a service; nothing is sent.

    Raises `UsageError` with a sentence for each that cannot be.
    """
    made: dict[str, Connected] = {}
    faults: list[str] = []
    for channel in channels:
        if channel.service is not None:
            one = _connected(channel.name, channel.service, around)
            if isinstance(one, str):
                faults.append(one)
            else:
                made[channel.name] = one
    if faults:
        raise UsageError("\n".join(faults))
    return made


def _connected(name: str, service: Service, around: Around) -> Connected | str:
    """Give a service's messenger, or a sentence on why there is none; it never repeats an address."""
    unset = [variable for variable in _variables(service) if not around.variable(variable)]
    if unset:
        return f"the channel {name} needs {unset[0]}, which is not set: put its address or secret there"
    address, secret = _told(service.address, around), _told(service.secret or "", around)
    if address.partition("://")[0].lower() not in _HOOKS:
        return _pushed(name, address, around) if not secret else f"the channel {name} {_NO_HOOK}"
    if not secret:
        return f"the channel {name} is a webhook and needs a secret: add secret: env:NAME to it"
    return WebhookMessenger(address, secret, around.clock, around.newest)


def _pushed(name: str, address: str, around: Around) -> Connected | str:
    try:
        return PushMessenger(address, around.heads, around.newest)
    except ValueError:
        return f"Apprise does not know the address of the channel {name}; see https://appriseit.com/services"
    except ImportError:
        return f"the channel {name} needs Apprise, which is not installed: pip install 'draht[services]'"


def _told(value: str, around: Around) -> str:
    named = value.startswith(_VARIABLE)
    return (around.variable(value.removeprefix(_VARIABLE)) or "") if named else value


def _variables(service: Service) -> Iterator[str]:
    for value in (service.address, service.secret or ""):
        if value.startswith(_VARIABLE):
            yield value.removeprefix(_VARIABLE)
