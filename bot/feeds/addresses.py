"""Which network addresses a feed may live at.

A feed's URL, and every redirect, is written by somebody else. Without this
rule it could make Draht ask its own machine, its neighbours, or the cloud's
metadata service.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Global by the registry, private in effect: an IPv4 address in IPv6 clothes
# (compatible, NAT64, 6to4), the old site-local range, and Azure's metadata host.
_DISGUISED = tuple(
    ip_network(network)
    for network in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fec0::/10", "168.63.129.16/32")
)


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
    return ip.is_global and not ip.is_multicast and not disguised


def _unmapped(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return mapped or ip
