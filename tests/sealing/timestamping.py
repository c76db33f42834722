"""A time-stamp authority on loopback: HTTP in front of `openssl ts`, which is not our library."""

from __future__ import annotations

import contextlib
import http.server
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from auditor.model.exchange import Reply
from auditor.network import timestamp
from auditor.sealing.authority import Authority
from auditor.settings import INTERACTIVE
from tests.sealing import certified
from tests.sealing.certified import Holder
from tests.servers import LOOPBACK

Answer = Callable[[bytes], tuple[int, bytes]]
"""From a query to the HTTP status and the body."""

_CONFIGURATION = """
[tsa]
default_tsa = test
[test]
serial = {place}/serial
signer_cert = {place}/tsa.pem
signer_key = {place}/tsa.key
certs = {place}/authority.pem
signer_digest = sha256
digests = {digests}
default_policy = 1.2.3.4.1
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass
class TimeStampAuthority:
    """A running authority.

    Attributes:
        url: Where it listens.
        root: The certificate to trust.
        queries: What it was asked, in order.
    """

    url: str
    root: Holder
    queries: list[bytes] = field(default_factory=list)

    @property
    def host(self) -> str:
        """As a message names it."""
        return self.url.removeprefix("http://").rstrip("/")


@contextlib.contextmanager
def openssl_authority(
    place: Path, digests: str = "sha256, sha384, sha512"
) -> Iterator[TimeStampAuthority]:
    """An authority whose files are in the directory *place*."""
    root = certified.authority("Racine d’horodatage")
    with answering(openssl_reply(place, root, digests)) as (url, queries):
        yield TimeStampAuthority(url, root, queries)


def openssl_reply(
    place: Path, root: Holder | None = None, digests: str = "sha256, sha384, sha512"
) -> Answer:
    """How an authority below *root* answers; its files are in the directory *place*."""
    root = root or certified.authority("Racine d’horodatage")
    tsa = certified.time_stamper(root)
    certified.written(place / "authority.pem", root.pem())
    certified.written(place / "tsa.pem", tsa.pem())
    certified.written(place / "tsa.key", tsa.key_pem())
    certified.written(place / "serial", b"01\n")
    configuration = _CONFIGURATION.format(place=place, digests=digests)
    certified.written(place / "tsa.cnf", configuration.encode())

    def reply(query: bytes) -> tuple[int, bytes]:
        certified.written(place / "query.tsq", query)
        subprocess.run(
            ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq",
             "-out", "reply.tsr"],
            cwd=place, check=True, capture_output=True,
        )  # fmt: skip
        return 200, (place / "reply.tsr").read_bytes()

    return reply


def asking(running: TimeStampAuthority) -> Authority:
    """The authority, as the program asks it."""

    def post(query: bytes) -> bytes:
        result = timestamp.ask(running.url, query, INTERACTIVE)
        assert isinstance(result, Reply), result
        return result.content

    return Authority(post, running.host)


@contextlib.contextmanager
def answering(answer: Answer) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers every query with *answer*: its URL, and the queries so far."""
    queries: list[bytes] = []
    turn = threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            with turn:
                queries.append(query)
                status, body = answer(query)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Stay silent: a client may go away."""

    with Server((LOOPBACK, 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_address[1]}/", queries
        finally:
            server.shutdown()
            thread.join()
