"""The faults of one hop, by their true reason."""

import errno
import os
import ssl

import aiohttp

from bot.feeds.inflate import OversizeError, PackingError
from bot.feeds.markup import one_line
from bot.feeds.network import ForbiddenAddressError
from bot.feeds.page import RefusedError, shown
from bot.model.fetch import Refusal

FAULTS = (aiohttp.ClientError, OversizeError, PackingError, UnicodeError)
_LONGEST = 200


def refused(error: Exception, url: str) -> RefusedError:
    """Give the refusal that one of `FAULTS` means; a time that ran out is the caller's to tell."""
    place = shown(url)
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return _no_tls(place, error.certificate_error)
        case aiohttp.ClientConnectorError():
            return _unconnected(place, error)
        case _:
            refusal, words = _plainly(error)
            return RefusedError(refusal, f"{place} {words}")


def _plainly(error: Exception) -> tuple[Refusal, str]:
    match error:
        case OversizeError():
            return Refusal.TOO_LARGE, "is larger than a feed may be"
        case PackingError():
            return Refusal.BAD_ENCODING, f"cannot be unpacked: {error}"
        case aiohttp.InvalidURL() | UnicodeError():
            return Refusal.BAD_ADDRESS, "is not an address that can be asked"
        case aiohttp.ServerDisconnectedError():
            return Refusal.BROKEN_REPLY, "hung up without an answer"
        case aiohttp.ClientResponseError():
            return Refusal.BROKEN_REPLY, f"answered with broken HTTP: {one_line(error.message, _LONGEST)}"
        case _:
            return Refusal.UNREACHABLE, f"cannot be reached: {_reason(error)}"


def _unconnected(place: str, error: aiohttp.ClientConnectorError) -> RefusedError:
    match error.os_error:
        case ForbiddenAddressError(address=address):
            sentence = (
                f"{_at(error.host, str(address))}; "
                "networks of your own are allowed by allow_private in feeds.yaml"
            )
            return RefusedError(Refusal.PRIVATE_ADDRESS, sentence)
        case ssl.SSLError() as fault:
            return _no_tls(place, fault)
        case fault if isinstance(error, aiohttp.ClientConnectorDNSError):
            reason = f"the name {error.host} cannot be resolved"
        case fault:
            reason = _reason(fault)
    return RefusedError(Refusal.UNREACHABLE, f"{place} cannot be reached: {reason}")


def _at(host: str, address: str) -> str:
    return (
        f"{address} is a private address"
        if host == address
        else f"{host} is at the private address {address}"
    )


def _no_tls(place: str, fault: Exception) -> RefusedError:
    reason = getattr(fault, "verify_message", "") or getattr(fault, "reason", "") or "handshake failed"
    return RefusedError(Refusal.TLS, f"{place} has no valid TLS: {reason}")


def _reason(error: Exception) -> str:
    number = getattr(error, "errno", None)
    # asyncio's own words hold a tuple: "Connect call failed ('192.0.2.1', 443)".
    known = os.strerror(number).lower() if isinstance(number, int) and number in errno.errorcode else None
    words = known or getattr(error, "strerror", None) or "the connection broke off"
    return one_line(str(words), _LONGEST)
