"""Which network addresses a feed may live at.

A feed's URL, and every redirect, is written by somebody else. Without this
rule it could make Draht ask its own machine, its neighbours, or the cloud's
metadata service.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# All that IANA has given to the internet of today; IPv4 addresses in IPv6 clothes (compatible,
# translated, NAT64) and the old site-local range lie outside.
_UNICAST = ip_network("2000::/3")
# Global to Python, private in effect: 6to4 and its relays, documentation, the networks of
# protocols (among them Oracle's metadata host, 192.0.0.192), and Azure's metadata host.
_DISGUISED = tuple(
    ip_network(network)
    for network in ("2002::/16", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")
)
# An interface by ISATAP (RFC 5214): the IPv4 address of a tunnel's end, within any network.
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """Public addresses, and those in the networks that the configuration allows."""

    allow_private: tuple[str, ...] = ()

    @classmethod
    def of(cls, networks: Sequence[str]) -> "AddressPolicy":
        """Take networks in CIDR form, as `allow_private` has them."""
        return cls(tuple(networks))

    def permits(self, address: str) -> bool:
        """Say whether a connection to this literal address may be made."""
        return _permits(self.allow_private, address)


# Asked for every connection, and hosts come again with every round.
@lru_cache(maxsize=4096)
def _permits(allow_private: tuple[str, ...], address: str) -> bool:
    ip = _unmapped(ip_address(address))
    if any(ip in ip_network(network, strict=False) for network in allow_private):
        return True
    disguised = any(ip in network for network in _DISGUISED)
    return ip.is_global and not ip.is_multicast and not disguised and not _is_odd(ip)


def _is_odd(ip: IPv4Address | IPv6Address) -> bool:
    """Say whether this is an IPv6 address at which no public host can be."""
    return isinstance(ip, IPv6Address) and (ip not in _UNICAST or (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP)


def _unmapped(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return mapped or ip
