"""What can be looked at: canonical values, built by `parse`.

Names are kept as lower-case A-labels without the final dot (RFC 5890, section
2.3.2.1).  Names read from the wire may hold underscores (RFC 8552); names typed
by people may not.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import idna

_NAME = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9_*](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z"
)
_LDH_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")


def canonical_name(text: str) -> str:
    """*text* as a lower-case A-label name without the final dot.

    Raises:
        ValueError: It is not a name of a host or of a service.
    """
    name = text.strip().removesuffix(".").lower()
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii").lower()
        except idna.IDNAError as error:
            raise ValueError(f"{text!r} is not a domain name: {error}") from None
    if not _NAME.match(name):
        raise ValueError(f"{text!r} is not a domain name")
    return name


def is_under(name: str, suffix: str) -> bool:
    """Whether *name* is *suffix* or lies below it, label by label."""
    return name == suffix or name.endswith("." + suffix)


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of the organisation."""

    name: str

    @classmethod
    def parse(cls, text: str) -> Domain:
        """The domain that a person typed: `ville.example`, `Évry.example`, `ville.example.`.

        Raises:
            ValueError: With a sentence that says what is wrong.
        """
        stripped = text.strip()
        if "://" in stripped or "/" in stripped or "@" in stripped or " " in stripped:
            raise ValueError(
                f"{text!r} is not a domain; give the part after “@” in an address of the "
                "organisation, such as ville.example"
            )
        try:
            ipaddress.ip_address(stripped)
        except ValueError:
            pass
        else:
            raise ValueError(f"{text!r} is an address, not a domain")
        name = canonical_name(stripped)
        labels = name.split(".")
        if len(labels) < 2 or not all(map(_LDH_LABEL.match, labels)):
            raise ValueError(f"{text!r} is not a domain; give one such as ville.example")
        return cls(name)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Host:
    """A name that stands for one or more addresses."""

    name: str

    @classmethod
    def parse(cls, text: str) -> Host:
        """The host named *text*.

        Raises:
            ValueError: *text* is no name.
        """
        return cls(canonical_name(text))

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Address:
    """An IPv4 or IPv6 address, in the text form of RFC 5952."""

    text: str

    @classmethod
    @lru_cache(maxsize=8192)
    def parse(cls, text: str) -> Address:
        """The address written *text*.

        Raises:
            ValueError: *text* is no address.
        """
        return cls(str(ipaddress.ip_address(text)))

    def is_public(self) -> bool:
        """Whether the address is one that anybody on the internet can reach."""
        return ipaddress.ip_address(self.text).is_global

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Url:
    """An absolute http or https URL without fragment."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Url:
        """The URL written *text*.

        Raises:
            ValueError: *text* is no absolute http or https URL.
        """
        parts = urlsplit(text.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{text!r} is not an http or https URL")
        return cls(urlunsplit(parts._replace(fragment="")))

    @property
    def host(self) -> str:
        """The host name, without port."""
        return urlsplit(self.text).hostname or ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Selector:
    """A DKIM selector of a domain (RFC 6376, section 3.1)."""

    domain: str
    name: str

    def __str__(self) -> str:
        return f"{self.name}._domainkey.{self.domain}"


@dataclass(frozen=True, slots=True)
class Selectors:
    """The DKIM selectors to look for under a domain.

    Attributes:
        domain: The organisation's domain.
        names: Those that customers of known services publish.
    """

    domain: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"_domainkey.{self.domain}"


# Final, and not frozen: some twenty for every domain, and a frozen one takes three times as long.
@dataclass(slots=True, unsafe_hash=True)
class ServiceName:
    """A name under a domain at which a kind of service is usually found.

    Attributes:
        domain: The organisation's domain.
        label: `www`, `autodiscover`, `_sip._tls` … relative to the domain.
        role: The role of whatever answers there.
        srv: Whether SRV records (RFC 2782) stand there, rather than addresses.
    """

    domain: Final[str]
    label: Final[str]
    role: Final[str]
    srv: Final[bool] = False

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.label}.{self.domain}"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class TenantName:
    """A name that exists only when the domain has an account at some service.

    Attributes:
        domain: The organisation's domain.
        name: The name to ask for, below the service's own domain.
        role: The role in which the account is a dependency.
    """

    domain: str
    name: str
    role: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Site:
    """A web site that the organisation names beside its domains.

    Attributes:
        domain: The organisation's domain.
        name: The host of the site.
    """

    domain: str
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Prefix:
    """A range of addresses, in CIDR notation."""

    text: str

    def __str__(self) -> str:
        return self.text


Subject = (
    Domain | Host | Address | Url | Selector | Selectors | ServiceName | TenantName | Site | Prefix
)
