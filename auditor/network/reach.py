"""Which addresses we connect to: only those that anybody on the internet can reach."""

from __future__ import annotations

import ipaddress
from typing import Final

_EMBEDDING: Final = (
    # Prefix, and the bit at which the IPv4 address embedded in it starts.
    (ipaddress.IPv6Network("::ffff:0:0/96"), 96),
    (ipaddress.IPv6Network("::/96"), 96),
    (ipaddress.IPv6Network("64:ff9b::/96"), 96),
    (ipaddress.IPv6Network("2002::/16"), 16),
)


def is_reachable(text: str, *, loopback: bool = False) -> bool:
    """Whether we may connect to the address *text*.

    A name of the audited party may lead anywhere, to the machine next to ours
    for instance.  *loopback* also allows this machine itself, for tests.
    """
    address = ipaddress.ip_address(text.partition("%")[0])
    if address.is_loopback:
        return loopback
    if isinstance(address, ipaddress.IPv6Address):
        number = int(address)
        for network, start in _EMBEDDING:
            if address in network:
                embedded = ipaddress.IPv4Address(number >> (96 - start) & 0xFFFFFFFF)
                return is_reachable(str(embedded))
    return address.is_global and not address.is_multicast and not address.is_reserved
