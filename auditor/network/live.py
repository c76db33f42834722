"""The world: the only network that opens sockets.

A network trouble ends here.  Above, it is a `Failure` in an exchange.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from auditor.model.exchange import Exchange, Question, Unasked
from auditor.network.door import Network
from auditor.network.greeter import TlsGreeter
from auditor.network.prefixes import PrefixTable
from auditor.network.recorder import Relying
from auditor.network.registry import RdapClient
from auditor.network.resolvers import ResolverAddress, system_resolvers
from auditor.network.transport import DnsTransport
from auditor.network.web import WebClient
from auditor.settings import INTERACTIVE, Limits


class LiveNetwork(Relying):
    """Answers from resolvers, web servers, registries and a local table of prefixes.

    Of a web server it fetches pages, and looks at the certificate.

    Made and used inside one running event loop:

        async with LiveNetwork() as network:
            exchange = await network.ask(dns.question("city.example", "MX"))

    Attributes:
        resolvers: Those that DNS questions go to, the first one first.
    """

    def __init__(
        self,
        resolvers: Sequence[ResolverAddress] = (),
        limits: Limits = INTERACTIVE,
        *,
        prefixes: PrefixTable | None = None,
        authorities: Path | None = None,
        loopback: bool = False,
    ) -> None:
        """Open the sockets.

        Args:
            resolvers: Whom to ask; the system's resolvers when empty.
            prefixes: Answers the medium `prefixes`; without it, those are `Unasked`.
            authorities: Certificates that web servers may be verified by, instead of the usual.
            loopback: Let web requests and TLS handshakes reach this machine.  For tests.
        """
        self.resolvers: Final = tuple(resolvers) or system_resolvers()
        self._dns = DnsTransport(self.resolvers, limits)
        self._web = WebClient(limits, authorities=authorities, loopback=loopback)
        self._tls = TlsGreeter(limits, authorities=authorities, loopback=loopback)
        self._rdap = RdapClient(self._web, limits)
        self._prefixes = prefixes

    def ask(self, question: Question) -> asyncio.Future[Exchange]:
        """Put *question*."""
        if question.medium == "dns":
            return self._dns.ask(question)
        return self.ask_through(question, self)

    def ask_through(self, question: Question, door: Network) -> asyncio.Future[Exchange]:
        """Put *question*; what must be known for it first is asked of *door*."""
        match question.medium:
            case "dns":
                return self._dns.ask(question)
            case "http":
                return self._web.ask(question, door)
            case "tls":
                return self._tls.ask(question, door)
            case "rdap":
                return self._rdap.ask(question, door)
            case _:
                future: asyncio.Future[Exchange] = asyncio.get_running_loop().create_future()
                if question.medium == "prefixes" and self._prefixes:
                    future.set_result(self._prefixes.answer(question))
                else:
                    future.set_result(
                        Exchange(question, Unasked(), datetime.now(UTC), 0.0, "nobody to ask")
                    )
                return future

    def interrupt(self) -> None:
        """End what is open, and all that is asked from now on, with `Failure(interrupted)`."""
        self._dns.interrupt()
        self._rdap.interrupt()
        self._web.interrupt()
        self._tls.interrupt()

    def close(self) -> None:
        """Interrupt, and give sockets and threads back."""
        self._dns.close()
        self._rdap.interrupt()
        self._web.close()
        self._tls.close()

    async def __aenter__(self) -> LiveNetwork:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        # The connections that were cut are taken down in the next turn of the loop.
        await asyncio.sleep(0)
