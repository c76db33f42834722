"""One HTTP request on one connection to an address that was checked, in a thread."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import requests.adapters
import urllib3.connection
import urllib3.exceptions

from auditor.model.exchange import Failure, Reason, Reply, Result
from auditor.network.connection import Connection
from auditor.network.http import compose
from auditor.settings import Limits

_CHUNK = 64 * 2**10
_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length", "trailer"})

# The first that fits the error or one that caused it.
_REASONS: tuple[tuple[type[Exception], Reason], ...] = (
    (requests.exceptions.SSLError, Reason.TLS),
    (urllib3.exceptions.SSLError, Reason.TLS),
    (ssl.SSLError, Reason.TLS),
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
TROUBLES = tuple(trouble for trouble, _ in _REASONS)


class Fetch:
    """A GET of one URL.

    No session: no cookies, no redirects, and no proxy, netrc or certificate
    store from the environment.  A proxy would look up the name again, and the
    check of the address would be worth nothing.

    Attributes:
        connection: The one it is made on.
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
        self.connection = Connection(addresses, limits.http_connect)
        self._url = url
        self._fields = fields
        self._limits = limits
        self._verify: str | bool = str(authorities) if authorities else True

    def run(self) -> Result:
        """Do it; blocks."""
        return settled(self.connection, self._run)

    def _run(self) -> Result:
        limits = self._limits
        request = requests.Request("GET", self._url, headers=dict(self._fields)).prepare()
        adapter = _Adapter(self.connection.open)
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


def settled(connection: Connection, work: Callable[[], Result]) -> Result:
    """The result of *work* over *connection*, which is closed; why it failed, if it did."""
    try:
        result = work()
    except TROUBLES as error:
        result = failure(error)
    finally:
        connection.close()
    aborted = connection.aborted
    return Failure(aborted) if aborted else result


def failure(error: Exception) -> Failure:
    """What *error*, one of `TROUBLES`, means: a reason of the closed list, and what was said."""
    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) and cause not in chain:
        chain.append(cause)
    reason = next(
        reason for trouble, reason in _REASONS if any(isinstance(link, trouble) for link in chain)
    )
    # The first cause speaks of the wire; what wraps it, of objects in our memory.
    return Failure(reason, f"{type(chain[-1]).__name__}: {chain[-1]}".removesuffix(": "))
