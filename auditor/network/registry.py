"""Asking registries about networks and domains (RDAP, RFC 9082 and 9083).

IANA's bootstrap files (RFC 9224) say which registry to ask; they are asked for
through the door like any page.  The registry's answer loses the personal data
that no finding needs before anybody else sees it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Result
from auditor.network import http
from auditor.network.door import Network, Unreadable
from auditor.network.kept import Kept
from auditor.network.once import Once
from auditor.network.personal import without_personal_data
from auditor.network.rdap import parse_json
from auditor.network.web import WebClient
from auditor.settings import Limits

BOOTSTRAP: Final = "https://data.iana.org/rdap/{}.json"
_ACCEPT: Final = {"Accept": "application/rdap+json, application/json"}
_KEPT_FIELDS: Final = frozenset({"content-type", "date"})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_FOUND_OR_NOT: Final = frozenset({200, 404})


class RdapClient:
    """Answers questions of the medium `rdap`: `ip/192.0.2.1`, `domain/city.example`.

    The reply is the registry's HTTP response, 200 or 404, less personal data.
    """

    def __init__(self, web: WebClient, limits: Limits) -> None:
        self._web = web
        self._limits = limits
        self._once = Once(self._look, Kept(limits.kept, limits.kept_largest))

    def ask(self, question: Question, door: Network) -> asyncio.Future[Exchange]:
        """The registration; the bootstrap file is asked for through *door*."""
        return self._once.ask(question, door)

    def interrupt(self) -> None:
        """End what is open."""
        self._once.interrupt()

    async def _look(self, question: Question, door: Network) -> Exchange:
        asked_at, started = datetime.now(UTC), time.monotonic()
        result, via = await self._registration(question.text, door)
        return Exchange(question, result, asked_at, round(time.monotonic() - started, 6), via)

    async def _registration(self, text: str, door: Network) -> tuple[Result, str]:
        registry = _registry(text)
        if registry is None:
            return Failure(Reason.MALFORMED, "neither ip/… nor domain/…"), ""
        bootstrap = await door.ask(http.question(BOOTSTRAP.format(registry)))
        if not isinstance(bootstrap.result, Reply):
            reason = getattr(bootstrap.result, "reason", Reason.UNREACHABLE)
            return Failure(reason, f"no {bootstrap.question.text}"), bootstrap.via
        status = http.parse(bootstrap.result.content).status
        if status != 200:
            return Failure(Reason.STATUS, f"{bootstrap.question.text}: {status}"), bootstrap.via
        try:
            base = server(bootstrap.result.content, text)
        except Unreadable as error:
            return Failure(Reason.MALFORMED, f"{bootstrap.question.text}: {error}"), bootstrap.via
        if base is None:
            return Failure(Reason.STATUS, "IANA names no RDAP server for it"), bootstrap.via
        return await self._follow(urljoin(base, text), door)

    async def _follow(self, url: str, door: Network) -> tuple[Result, str]:
        """The answer at *url*, or where registries send us on to (RFC 7480, section 5.2)."""
        for _ in range(self._limits.rdap_redirects + 1):
            result, via = await self._web.get(url, _ACCEPT, door)
            if not isinstance(result, Reply):
                return result, via
            response = http.parse(result.content)
            target = response.field("location")
            if response.status not in _REDIRECTS or not target:
                return _kept(response), via
            target = urljoin(url, target)
            if urlsplit(target).scheme != "https":
                return Failure(Reason.BLOCKED, "a redirect away from https"), via
            url = target
        return Failure(Reason.STATUS, "too many redirects"), via


def server(bootstrap: bytes, text: str) -> str | None:
    """The base URL of the server for *text*, per a bootstrap file as an HTTP response.

    None when the file names none over https.

    Raises:
        Unreadable: The response is no bootstrap file.
    """
    kind, _, value = text.partition("/")
    services = _services(bootstrap)
    if kind == "domain":
        labels = value.split(".")
        for start in range(len(labels)):
            for entries, urls in services:
                if ".".join(labels[start:]) in entries:
                    return _https(urls)
        return None
    address = ipaddress.ip_address(value)
    best: tuple[int, tuple[str, ...]] | None = None
    for entries, urls in services:
        for entry in entries:
            try:
                network = ipaddress.ip_network(entry)
            except ValueError:
                continue
            if address in network and (best is None or network.prefixlen > best[0]):
                best = network.prefixlen, urls
    return _https(best[1]) if best else None


@lru_cache(maxsize=4)
def _services(content: bytes) -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """(entries, base URLs) of each service of a bootstrap file."""
    services = parse_json(http.parse(content).body).get("services")
    if not isinstance(services, list):
        raise Unreadable("no list of services")
    return tuple(
        (_words(service[0]), tuple(_words(service[1])))
        for service in services
        if isinstance(service, list) and len(service) == 2
    )


def _words(value: Any) -> frozenset[str]:
    words = value if isinstance(value, list) else []
    return frozenset(word.lower() for word in words if isinstance(word, str))


def _https(urls: tuple[str, ...]) -> str | None:
    secure = sorted(url for url in urls if url.startswith("https://"))
    if not secure:
        return None
    return secure[0] if secure[0].endswith("/") else secure[0] + "/"


def _registry(text: str) -> str | None:
    kind, _, value = text.partition("/")
    if kind == "domain" and value and "/" not in value:
        return "dns"
    if kind == "ip":
        try:
            return f"ipv{ipaddress.ip_address(value).version}"
        except ValueError:
            return None
    return None


def _kept(response: http.Response) -> Result:
    """What is kept of a registry's answer."""
    if response.status not in _FOUND_OR_NOT:
        return Failure(Reason.STATUS, f"status {response.status}")
    try:
        body = without_personal_data(parse_json(response.body))
    except Unreadable as error:
        if response.status == 200:
            return Failure(Reason.MALFORMED, str(error))
        body = {}
    content = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    fields = [field for field in response.fields if field[0] in _KEPT_FIELDS]
    return Reply(http.compose(response.status, "", fields, content))
