"""TLS handshakes of the live network, with public addresses only."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.model.exchange import Exchange, Failure, Question, Reason, Result
from auditor.network.addresses import addresses_of
from auditor.network.door import Network
from auditor.network.kept import Kept
from auditor.network.once import Once
from auditor.network.tls import HTTPS
from auditor.settings import Limits

if TYPE_CHECKING:
    from auditor.network.handshake import Handshake


class TlsGreeter:
    """Answers questions of the medium `tls`: `www.city.example:443`.

    The name is looked up through the door, as by the web client.
    """

    def __init__(
        self, limits: Limits, *, authorities: Path | None = None, loopback: bool = False
    ) -> None:
        """Greet within *limits*.

        Args:
            authorities: Certificates to trust instead of those of browsers.
            loopback: Also connect to this machine, at any port.  For tests.
        """
        self._limits = limits
        self._authorities = authorities
        self._loopback = loopback
        self._threads = ThreadPoolExecutor(limits.http_in_flight, "tls")
        self._free = asyncio.Semaphore(limits.http_in_flight)
        self._running: set[Handshake] = set()
        self._once = Once(self._look, Kept(limits.kept, limits.kept_largest))
        self._interrupted = False

    def ask(self, question: Question, door: Network) -> asyncio.Future[Exchange]:
        """The certificate shown at the host and port of *question*."""
        return self._once.ask(question, door)

    def interrupt(self) -> None:
        """Cut every connection, and make no other."""
        self._interrupted = True
        for handshake in list(self._running):
            handshake.connection.abort(Reason.INTERRUPTED)
        self._once.interrupt()

    def close(self) -> None:
        """Interrupt, and let the threads go."""
        self.interrupt()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _look(self, question: Question, door: Network) -> Exchange:
        asked_at, started = datetime.now(UTC), time.monotonic()
        result, via = await self._greet(question.text, door)
        return Exchange(question, result, asked_at, round(time.monotonic() - started, 6), via)

    async def _greet(self, text: str, door: Network) -> tuple[Result, str]:
        host, _, digits = text.rpartition(":")
        via = f"tls {host}"
        if not host or not digits.isdecimal() or not 0 < int(digits[:6]) < 2**16:
            return Failure(Reason.MALFORMED, "not a host and a port"), via
        port = int(digits)
        if port != HTTPS and not self._loopback:
            return Failure(Reason.BLOCKED, f"port {port} is not the port of https"), via
        addresses = await addresses_of(
            host, door, self._limits.http_addresses, loopback=self._loopback
        )
        if isinstance(addresses, Failure):
            return addresses, via
        async with self._free:
            if self._interrupted:
                return Failure(Reason.INTERRUPTED), via
            return await self._shake(host, port, addresses, via)

    async def _shake(
        self, host: str, port: int, addresses: list[str], via: str
    ) -> tuple[Result, str]:
        # Costs a sixth of a second, which an audit of DNS alone need not pay.
        from auditor.network.handshake import Handshake

        handshake = Handshake(host, port, addresses, self._limits, self._authorities)
        connection = handshake.connection
        loop = asyncio.get_running_loop()
        self._running.add(handshake)
        deadline = loop.call_later(self._limits.http_deadline, connection.abort, Reason.TIMEOUT)
        try:
            result = await loop.run_in_executor(self._threads, handshake.run)
        except asyncio.CancelledError:
            connection.abort(Reason.INTERRUPTED)
            raise
        finally:
            deadline.cancel()
            self._running.discard(handshake)
        return result, f"tls {connection.address}" if connection.address else via
