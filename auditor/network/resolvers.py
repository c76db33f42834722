"""The resolvers to ask: those that the user names, else the system's."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path

PORT = 53
_CONFIGURATION = Path("/etc/resolv.conf")
_MOST = 3
_BRACKETED = re.compile(r"\[([^\]]+)\](?::(\d+))?")
_WITH_PORT = re.compile(r"([^:]+):(\d+)")


@dataclass(frozen=True, slots=True)
class ResolverAddress:
    """Where a resolver listens.

    Attributes:
        address: IPv4 or IPv6, without brackets; an IPv6 one may name its zone (`%eth0`).
        port: 1 to 65535.
    """

    address: str
    port: int = PORT

    @classmethod
    def parse(cls, text: str) -> ResolverAddress:
        """The resolver that a person typed: `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::53]:53`.

        Raises:
            ValueError: With a sentence that says what to type.
        """
        stripped = text.strip()
        match = _BRACKETED.fullmatch(stripped) or _WITH_PORT.fullmatch(stripped)
        host, port = (match[1], match[2]) if match else (stripped, None)
        if host == "localhost":
            host = "127.0.0.1"
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            raise ValueError(
                f"{text!r} is not a resolver; give its address, such as 192.0.2.53, "
                "192.0.2.53:5353 or [2001:db8::53]:53"
            ) from None
        number = int(port) if port else PORT
        if not 0 < number < 2**16:
            raise ValueError(f"{text!r} has no port between 1 and 65535")
        return cls(str(address), number)

    def __str__(self) -> str:
        return (
            f"[{self.address}]:{self.port}"
            if ":" in self.address
            else (f"{self.address}:{self.port}")
        )


def system_resolvers(configuration: Path = _CONFIGURATION) -> tuple[ResolverAddress, ...]:
    """The resolvers of this machine, at most three; its own port 53 when none is configured.

    As the C library reads them (resolv.conf(5)): one `nameserver ADDRESS` per line.
    """
    try:
        lines = configuration.read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    found = []
    for line in lines:
        words = line.split()
        if len(words) >= 2 and words[0] == "nameserver":
            try:
                found.append(ResolverAddress(str(ipaddress.ip_address(words[1]))))
            except ValueError:
                continue
    return tuple(dict.fromkeys(found))[:_MOST] or (ResolverAddress("127.0.0.1"),)
