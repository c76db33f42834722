"""One TCP connection to an address that was checked, which another thread can cut."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Sequence

from auditor.model.exchange import Reason


class Connection:
    """Connects to the first address that takes it.

    A time-out of the socket alone would start anew with each byte of a slow
    drip; so whoever keeps the clock cuts the connection instead.

    Attributes:
        address: The one that took the connection; empty before.
        aborted: Why it was cut; None as long as it was not.
    """

    def __init__(self, addresses: Sequence[str], patience: float) -> None:
        """Prepare to try *addresses* in their order, *patience* seconds in all."""
        self.address = ""
        self.aborted: Reason | None = None
        self._addresses = addresses
        self._patience = patience
        self._lock = threading.Lock()
        self._guard: socket.socket | None = None

    def abort(self, reason: Reason) -> None:
        """Cut the connection, from another thread, and let no other be made."""
        with self._lock:
            self.aborted = self.aborted or reason
            if self._guard is not None:
                with contextlib.suppress(OSError):
                    self._guard.shutdown(socket.SHUT_RDWR)

    def open(self, port: int) -> socket.socket:
        """A connected socket; a former one is given up.

        Raises:
            OSError: No address takes the connection.
        """
        end = time.monotonic() + self._patience
        error: OSError = OSError("no address")
        for address in self._addresses:
            wait = end - time.monotonic()
            if wait <= 0 or self.aborted:
                break
            try:
                connection = socket.create_connection((address, port), wait)
            except OSError as caught:
                error = caught
                continue
            self.address = address
            self.close()
            with self._lock:
                # Wrapping in TLS takes the socket over; this other handle stays ours.
                self._guard = connection.dup()
            if self.aborted:
                self.abort(self.aborted)
            return connection
        raise error

    def close(self) -> None:
        """Give up the handle by which it can be cut."""
        with self._lock:
            if self._guard is not None:
                self._guard.close()
                self._guard = None
