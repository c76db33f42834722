"""One resolver: a connected UDP socket, and a TCP connection when one is needed."""

from __future__ import annotations

import asyncio
import socket
import time
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from auditor.network.resolvers import ResolverAddress
from auditor.network.stream import Stream

_LARGEST_DATAGRAM = 4096
_AT_ONCE = 256
"""Datagrams read before others get their turn."""
_RECEIVE_BUFFER = 4 * 2**20


class Moment(NamedTuple):
    """A time, by both clocks.

    Attributes:
        clock: UTC.
        monotonic: Seconds.
    """

    clock: datetime
    monotonic: float


class Received(Protocol):
    """Called with the number of the resolver, a message, and whether it came over TCP."""

    def __call__(self, number: int, content: bytes, streamed: bool) -> None: ...


class Unreachable(Protocol):
    """Called with the number of the resolver, the error, and whether TCP failed."""

    def __call__(self, number: int, error: OSError, streamed: bool = False) -> None: ...


class Upstream:
    """One resolver.

    The socket is connected: the kernel throws its port (RFC 6056), drops what
    comes from elsewhere, and tells us when nobody listens.
    """

    def __init__(
        self,
        number: int,
        resolver: ResolverAddress,
        received: Received,
        unreachable: Unreachable,
    ) -> None:
        self.resolver = resolver
        self.via_udp = f"udp {resolver}"
        self.via_tcp = f"tcp {resolver}"
        self._number = number
        self._received = received
        self._unreachable = unreachable
        self._loop = asyncio.get_running_loop()
        self._stream: Stream | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._error: OSError | None = None
        self._outgoing: list[bytes] = []
        self._burst = Moment(datetime.now(UTC), time.monotonic())
        self._closed = False
        self._socket = socket.socket(
            socket.AF_INET6 if ":" in resolver.address else socket.AF_INET, socket.SOCK_DGRAM
        )
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        try:
            address = socket.getaddrinfo(
                resolver.address, resolver.port, self._socket.family, socket.SOCK_DGRAM,
                flags=socket.AI_NUMERICHOST,
            )[0][4]  # fmt: skip
            self._socket.connect(address)
        except OSError as error:
            # No route, or no such zone: every question finds out, and goes to the next resolver.
            self._error = error
        else:
            self._loop.add_reader(self._socket, self._drain)

    def send(self, query: bytes) -> Moment:
        """Send *query* with all else of this turn of the loop; the moment of that.

        In one burst, since waking a sleeping receiver costs more than the sending.
        """
        if not self._outgoing:
            self._burst = Moment(datetime.now(UTC), time.monotonic())
            self._loop.call_soon(self._flush)
        self._outgoing.append(query)
        return self._burst

    def send_streamed(self, query: bytes) -> None:
        """Send *query* over TCP."""
        if self._stream is None:
            self._stream, self._connecting = Stream.open(
                self.resolver, self._received_streamed, self._lost
            )
        self._stream.send(query)

    def close(self) -> None:
        """Give the sockets back."""
        self._closed = True
        if self._error is None:
            self._loop.remove_reader(self._socket)
        self._socket.close()
        if self._connecting:
            self._connecting.cancel()
        if self._stream:
            self._stream.close()

    def _flush(self) -> None:
        outgoing, self._outgoing = self._outgoing, []
        if self._closed:
            return
        error = self._error
        if error is None:
            send = self._socket.send
            try:
                for query in outgoing:
                    send(query)
            except (BlockingIOError, InterruptedError):
                # The buffer is full: the rest is as good as lost on the way, and tried again.
                return
            except OSError as caught:
                error = caught
        if error is not None:
            self._unreachable(self._number, error)

    def _drain(self) -> None:
        receive, received, number = self._socket.recv, self._received, self._number
        try:
            for _ in range(_AT_ONCE):
                received(number, receive(_LARGEST_DATAGRAM), False)
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as error:
            self._unreachable(number, error)

    def _received_streamed(self, content: bytes) -> None:
        self._received(self._number, content, True)

    def _lost(self, error: OSError | None) -> None:
        self._stream = None
        self._unreachable(
            self._number, error or ConnectionResetError("the connection was closed"), True
        )
