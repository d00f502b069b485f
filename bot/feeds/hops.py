"""Where a hop goes: the addresses of feeds and redirects as they may be asked."""

import re
import socket

from yarl import URL

from bot.feeds.page import RefusedError, shown
from bot.model.fetch import Refusal

_RAW = re.compile("[\udc80-\udcff]")  # how a header's bytes come that are not UTF-8


def askable(url: str) -> URL:
    """Read an address; what is none of http or https is refused."""
    try:
        address = URL(url)
        host = address.raw_host
        if address.scheme in {"http", "https"} and host:
            return _canonical(address, host)
    except ValueError:
        pass  # the same sentence as for another scheme
    raise RefusedError(Refusal.BAD_ADDRESS, f"{shown(url)} is not an http or https address")


def _quoted(raw: re.Match[str]) -> str:
    return f"%{ord(raw[0]) - 0xDC00:02X}"


def _canonical(address: URL, host: str) -> URL:
    """Write an IPv4 address in one of its odd forms (`127.1`, `2130706433`, `0177.0.0.1`) in the usual one.

    The client takes no odd form; browsers read them like this.
    """
    if not host.replace(".", "").isdigit():
        return address
    try:
        usual = socket.inet_ntoa(socket.inet_aton(host))
    except OSError as error:
        raise ValueError(host) from error
    return address if usual == host else address.with_host(usual)


def target(origin: URL, location: str) -> URL:
    """Where a redirect leads; raw UTF-8, other raw bytes and blanks are taken as browsers take them.

    Credentials go along within the origin and nowhere else.
    """
    try:
        reached = askable(str(origin.join(URL(_RAW.sub(_quoted, location.strip())))))
    except ValueError as error:
        sentence = f"{shown(str(origin))} redirects to what is not an address"
        raise RefusedError(Refusal.BAD_ADDRESS, sentence) from error
    if origin.raw_user is None or reached.raw_user is not None or reached.origin() != origin.origin():
        return reached
    return reached.with_user(origin.user).with_password(origin.password)
