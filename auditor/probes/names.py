"""Names as they come from the wire, and names to ask for."""

from __future__ import annotations

import hashlib
import ipaddress
from functools import lru_cache

from auditor.model.subject import Address, Domain, Host, Subject


@lru_cache(maxsize=8192)
def host(name: str) -> Host | None:
    """The host named *name*; None when no host can be called that."""
    try:
        return Host.parse(name)
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def leads_to(target: Host) -> tuple[Subject, ...]:
    """What to look at behind a name: itself, or the address that somebody wrote in its place."""
    if target.name.rpartition(".")[2].isdecimal():
        try:
            return (Address.parse(target.name),)
        except ValueError:
            return ()
    return (target,)


@lru_cache(maxsize=8192)
def is_public(address: Address) -> bool:
    """Whether anybody on the internet can reach *address*."""
    return address.is_public()


@lru_cache(maxsize=8192)
def reverse(address: Address) -> str:
    """The labels of *address* from last to first: `1.2.0.192`, nibbles for IPv6."""
    return ipaddress.ip_address(address.text).reverse_pointer.rpartition(".")[0].rpartition(".")[0]


def with_www(domain: Domain) -> tuple[str, ...]:
    """The names at which people look for the web site of *domain*."""
    return domain.name, f"www.{domain.name}"


@lru_cache(maxsize=8192)
def unlikely(name: str) -> str:
    """A name below *name* that nobody created on purpose, always the same one."""
    return f"x{hashlib.sha256(name.encode()).hexdigest()[:12]}.{name}"
