"""HTTP requests of the live network: politely, and to public addresses only."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from auditor import __version__
from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply, Result
from auditor.network import http
from auditor.network.addresses import addresses_of
from auditor.network.door import Network
from auditor.network.kept import Kept
from auditor.network.once import Once
from auditor.settings import Limits

if TYPE_CHECKING:
    from auditor.network.fetch import Fetch

USER_AGENT: Final = (
    f"auditor/{__version__} (data-sovereignty audit; reads published pages and policies)"
)
_PORTS: Final = {"http": 80, "https": 443}
_HOSTS_REMEMBERED: Final = 4096


class WebClient:
    """Answers questions of the medium `http`: `GET https://…`, one exchange per hop.

    The name is looked up through the door, so that the look-up is in the
    evidence and made by the resolver the user chose.
    """

    def __init__(
        self, limits: Limits, *, authorities: Path | None = None, loopback: bool = False
    ) -> None:
        """Fetch within *limits*.

        Args:
            authorities: Certificates to trust instead of the usual ones.
            loopback: Also connect to this machine, at any port.  For tests.
        """
        self._limits = limits
        self._authorities = authorities
        self._loopback = loopback
        self._threads = ThreadPoolExecutor(limits.http_in_flight, "http")
        self._free = asyncio.Semaphore(limits.http_in_flight)
        self._running: set[Fetch] = set()
        self._next: OrderedDict[str, float] = OrderedDict()
        self._once = Once(self._look, Kept(limits.kept, limits.kept_largest), _is_lasting)
        self._interrupted = False

    def ask(self, question: Question, door: Network) -> asyncio.Future[Exchange]:
        """The response at the URL of *question*; its host is looked up through *door*."""
        return self._once.ask(question, door)

    def interrupt(self) -> None:
        """Cut every connection, and make no other."""
        self._interrupted = True
        for fetch in list(self._running):
            fetch.connection.abort(Reason.INTERRUPTED)
        self._once.interrupt()

    def close(self) -> None:
        """Interrupt, and let the threads go."""
        self.interrupt()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _look(self, question: Question, door: Network) -> Exchange:
        method, _, url = question.text.partition(" ")
        asked_at, started = datetime.now(UTC), time.monotonic()
        if method == "GET":
            result, via = await self.get(url, {}, door)
        else:
            result, via = Failure(Reason.MALFORMED, "only GET is asked"), ""
        return Exchange(question, result, asked_at, round(time.monotonic() - started, 6), via)

    async def get(self, url: str, fields: Mapping[str, str], door: Network) -> tuple[Result, str]:
        """The response at *url* as in `Reply.content`, and from whom; redirects are not followed.

        Args:
            fields: To send beside our own.
        """
        try:
            parts = urlsplit(url)
            scheme, host = parts.scheme, parts.hostname or ""
            port = parts.port or _PORTS.get(scheme)
        except ValueError:
            return Failure(Reason.MALFORMED, "not a URL"), ""
        via = f"{scheme} {host}"
        if scheme not in _PORTS or not host or parts.username is not None:
            return Failure(Reason.BLOCKED, "only http and https, and no user in the URL"), via
        if port != _PORTS[scheme] and not self._loopback:
            return Failure(Reason.BLOCKED, f"port {port} is not the port of {scheme}"), via
        addresses = await addresses_of(
            host, door, self._limits.http_addresses, loopback=self._loopback
        )
        if isinstance(addresses, Failure):
            return addresses, via
        await self._take_turn(host)
        async with self._free:
            if self._interrupted:
                return Failure(Reason.INTERRUPTED), via
            return await self._fetch(url, scheme, addresses, fields, via)

    async def _fetch(
        self, url: str, scheme: str, addresses: list[str], fields: Mapping[str, str], via: str
    ) -> tuple[Result, str]:
        # Costs a sixth of a second, which an audit of DNS alone need not pay.
        from auditor.network.fetch import Fetch

        sent = {
            "User-Agent": USER_AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
            **fields,
        }
        fetch = Fetch(url, addresses, sent, self._limits, self._authorities)
        loop = asyncio.get_running_loop()
        self._running.add(fetch)
        deadline = loop.call_later(
            self._limits.http_deadline, fetch.connection.abort, Reason.TIMEOUT
        )
        try:
            result = await loop.run_in_executor(self._threads, fetch.run)
        except asyncio.CancelledError:
            fetch.connection.abort(Reason.INTERRUPTED)
            raise
        finally:
            deadline.cancel()
            self._running.discard(fetch)
        address = fetch.connection.address
        return result, f"{scheme} {address}" if address else via

    async def _take_turn(self, host: str) -> None:
        """Wait until *host* may be asked again."""
        now = time.monotonic()
        turn = max(now, self._next.pop(host, now))
        self._next[host] = turn + self._limits.http_interval
        if len(self._next) > _HOSTS_REMEMBERED:
            self._next.popitem(last=False)
        if turn > now:
            await asyncio.sleep(turn - now)


def _is_lasting(exchange: Exchange) -> bool:
    """Whether the same answer would be given later in the run: not when the server is busy."""
    if not isinstance(exchange.result, Reply):
        return False
    status = http.parse(exchange.result.content).status
    return status < 500 and status != 429
