"""One HTTP request on one connection to an address that was checked, in a thread."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import requests.adapters
import urllib3.connection
import urllib3.exceptions

from auditor.model.exchange import Failure, Reason, Reply, Result
from auditor.network.http import compose
from auditor.settings import Limits

_CHUNK = 64 * 2**10
_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length", "trailer"})

# The first that fits the error or one that caused it.
_REASONS: tuple[tuple[type[Exception], Reason], ...] = (
    (requests.exceptions.SSLError, Reason.TLS),
    (urllib3.exceptions.SSLError, Reason.TLS),
    (requests.exceptions.Timeout, Reason.TIMEOUT),
    (urllib3.exceptions.TimeoutError, Reason.TIMEOUT),
    (TimeoutError, Reason.TIMEOUT),
    (ConnectionRefusedError, Reason.REFUSED),
    (ConnectionError, Reason.UNREACHABLE),
    (urllib3.exceptions.DecodeError, Reason.MALFORMED),
    (http.client.HTTPException, Reason.MALFORMED),
    (requests.exceptions.ConnectionError, Reason.UNREACHABLE),
    (requests.exceptions.RequestException, Reason.MALFORMED),
    (urllib3.exceptions.HTTPError, Reason.MALFORMED),
    (OSError, Reason.UNREACHABLE),
    (ValueError, Reason.MALFORMED),
)
_TROUBLES = tuple(trouble for trouble, _ in _REASONS)


class Fetch:
    """A GET of one URL.

    No session: no cookies, no redirects, and no proxy, netrc or certificate
    store from the environment.  A proxy would look up the name again, and the
    check of the address would be worth nothing.

    Attributes:
        address: The one that took the connection; empty before.
    """

    def __init__(
        self,
        url: str,
        addresses: Sequence[str],
        fields: Mapping[str, str],
        limits: Limits,
        authorities: Path | None,
    ) -> None:
        """Prepare to get *url* from one of *addresses*, trying them in order.

        Args:
            authorities: A file of certificates to trust instead of the usual ones.
        """
        self.address = ""
        self._url = url
        self._addresses = addresses
        self._fields = fields
        self._limits = limits
        self._verify: str | bool = str(authorities) if authorities else True
        self._lock = threading.Lock()
        self._guard: socket.socket | None = None
        self._aborted: Reason | None = None

    def abort(self, reason: Reason) -> None:
        """Cut the connection, from another thread; the result will be a failure for *reason*.

        A time-out of the socket alone would start anew with each byte of a slow drip.
        """
        with self._lock:
            self._aborted = self._aborted or reason
            if self._guard is not None:
                with contextlib.suppress(OSError):
                    self._guard.shutdown(socket.SHUT_RDWR)

    def run(self) -> Result:
        """Do it; blocks."""
        try:
            result = self._run()
        except _TROUBLES as error:
            result = _failure(error)
        finally:
            with self._lock:
                if self._guard is not None:
                    self._guard.close()
                    self._guard = None
        return Failure(self._aborted) if self._aborted else result

    def _run(self) -> Result:
        limits = self._limits
        request = requests.Request("GET", self._url, headers=dict(self._fields)).prepare()
        adapter = _Adapter(self._connect)
        try:
            response = adapter.send(
                request,
                stream=True,
                timeout=(limits.http_connect, limits.http_deadline),
                verify=self._verify,
            )
            raw = response.raw
            fields = [
                (name, value) for name, value in raw.headers.items() if name.lower() not in _UNDONE
            ]
            head = sum(len(name) + len(value) for name, value in fields)
            if head > limits.http_head:
                return Failure(Reason.TOO_LARGE, f"header fields of {head} bytes")
            body = bytearray()
            while chunk := raw.read(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > limits.http_body:
                    return Failure(
                        Reason.TOO_LARGE, f"a body of more than {limits.http_body} bytes"
                    )
            return Reply(compose(response.status_code, response.reason or "", fields, bytes(body)))
        finally:
            adapter.close()

    def _connect(self, port: int) -> socket.socket:
        """A connection to the first address that takes one."""
        end = time.monotonic() + self._limits.http_connect
        error: OSError = OSError("no address")
        for address in self._addresses:
            wait = end - time.monotonic()
            if wait <= 0 or self._aborted:
                break
            try:
                connection = socket.create_connection((address, port), wait)
            except OSError as caught:
                error = caught
                continue
            self.address = address
            with self._lock:
                # Wrapping in TLS takes the socket over; this other handle stays ours.
                self._guard = connection.dup()
            if self._aborted:
                self.abort(self._aborted)
            return connection
        raise error


class _Adapter(requests.adapters.HTTPAdapter):
    """Connects through *connect* instead of looking the name up; TLS still verifies the name."""

    def __init__(self, connect: Any) -> None:
        super().__init__(max_retries=0)

        class Plain(urllib3.connection.HTTPConnection):
            def _new_conn(self) -> socket.socket:
                connection: socket.socket = connect(self.port)
                return connection

        class Secure(urllib3.connection.HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                connection: socket.socket = connect(self.port)
                return connection

        self._classes: dict[str, Any] = {"http": Plain, "https": Secure}

    def get_connection_with_tls_context(
        self, request: Any, verify: Any, proxies: Any = None, cert: Any = None
    ) -> Any:
        """The pool for *request*, making our connections."""
        pool: Any = super().get_connection_with_tls_context(request, verify, proxies, cert)
        pool.ConnectionCls = self._classes[urlsplit(request.url).scheme]
        return pool


def _failure(error: Exception) -> Failure:
    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) and cause not in chain:
        chain.append(cause)
    reason = next(
        reason for trouble, reason in _REASONS if any(isinstance(link, trouble) for link in chain)
    )
    # The first cause speaks of the wire; what wraps it, of objects in our memory.
    return Failure(reason, f"{type(chain[-1]).__name__}: {chain[-1]}".removesuffix(": "))
