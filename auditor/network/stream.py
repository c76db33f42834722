"""DNS over TCP to one resolver (RFC 7766): one connection, many questions on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from auditor.network.resolvers import ResolverAddress

_IDLE = 10.0
"""Seconds without a question after which we close (RFC 7766, section 6.2.3)."""


class Stream(asyncio.Protocol):
    """Frames of two bytes of length and a message, both ways."""

    def __init__(
        self, received: Callable[[bytes], None], lost: Callable[[OSError | None], None]
    ) -> None:
        """Call *received* with each message, and *lost* once when there will be no more."""
        self._received = received
        self._lost = lost
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self._unsent: list[bytes] = []
        self._closed = False
        self._idle: asyncio.TimerHandle | None = None

    @classmethod
    def open(
        cls,
        resolver: ResolverAddress,
        received: Callable[[bytes], None],
        lost: Callable[[OSError | None], None],
    ) -> tuple[Stream, asyncio.Task[None]]:
        """A stream to *resolver*, and the task that connects it; it may be sent to at once."""
        stream = cls(received, lost)
        return stream, asyncio.get_running_loop().create_task(stream._connect(resolver))

    async def _connect(self, resolver: ResolverAddress) -> None:
        try:
            await asyncio.get_running_loop().create_connection(
                lambda: self, resolver.address, resolver.port
            )
        except OSError as error:
            self._finish(error)

    def send(self, query: bytes) -> None:
        """Send *query*, or keep it until the connection stands."""
        frame = len(query).to_bytes(2, "big") + query
        if self._transport is None:
            self._unsent.append(frame)
        else:
            self._transport.write(frame)
            self._rest()

    def close(self) -> None:
        """End the connection; `lost` is not called any more."""
        self._closed = True
        if self._idle:
            self._idle.cancel()
        if self._transport:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  create_connection makes no other
        if self._closed:
            transport.abort()
            return
        self._transport = transport
        transport.writelines(self._unsent)
        self._unsent.clear()
        self._rest()

    def data_received(self, data: bytes) -> None:
        """Cut what came into messages; at most one of them, 64 KiB, is ever unfinished."""
        buffer = self._buffer
        buffer += data
        start = 0
        while len(buffer) >= start + 2:
            end = start + 2 + int.from_bytes(buffer[start : start + 2], "big")
            if len(buffer) < end:
                break
            message = bytes(buffer[start + 2 : end])
            start = end
            self._received(message)
        del buffer[:start]
        self._rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """The other side, or we, ended it."""
        self._finish(exc if isinstance(exc, OSError) else None)

    def _finish(self, error: OSError | None) -> None:
        if not self._closed:
            self._closed = True
            if self._idle:
                self._idle.cancel()
            self._lost(error)

    def _rest(self) -> None:
        if self._idle:
            self._idle.cancel()
        if self._transport and not self._closed:
            self._idle = asyncio.get_running_loop().call_later(_IDLE, self._transport.close)
