"""Servers on loopback, shared by all tests: real sockets, real protocols."""

from __future__ import annotations

import contextlib
import http.server
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import trustme

from auditor.network.resolvers import ResolverAddress

LOOPBACK = "127.0.0.1"
_NSD = shutil.which("nsd") or shutil.which("nsd", path="/usr/sbin:/usr/local/sbin")
_PATIENCE = 10.0
"""Seconds for a server to come up."""

Behaviour = Callable[[dns.message.Message, bool], list[bytes]]
"""From a query, and whether it came over TCP, to the messages to send back."""


def free_port() -> int:
    """A port on which neither UDP nor TCP listens just now."""
    while True:
        with (
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
            socket.socket(socket.AF_INET, socket.SOCK_STREAM) as streams,
        ):
            datagrams.bind((LOOPBACK, 0))
            port: int = datagrams.getsockname()[1]
            try:
                streams.bind((LOOPBACK, port))
            except OSError:
                continue
            return port


def nsd_installed() -> bool:
    """Whether an authoritative server can be started on this machine."""
    return _NSD is not None


@contextlib.contextmanager
def nsd(zone: str, directory: Path, origin: str = ".") -> Iterator[ResolverAddress]:
    """An NSD that answers from *zone*, the text of a zone file; its files are in *directory*.

    A zone without SOA gets one.
    """
    assert _NSD is not None, "nsd is not installed"
    directory = directory.resolve()
    directory.mkdir(parents=True, exist_ok=True)
    if " SOA " not in zone:
        dot = origin if origin.endswith(".") else origin + "."
        zone = f"{dot} 60 IN SOA ns.invalid. hostmaster.invalid. 1 3600 600 86400 60\n{zone}"
        zone = zone if " NS " in zone else f"{dot} 60 IN NS ns.invalid.\n{zone}"
    (directory / "zone").write_text(zone)
    port = free_port()
    configuration = directory / "nsd.conf"
    configuration.write_text(
        "server:\n"
        f"  ip-address: {LOOPBACK}@{port}\n"
        "  do-ip6: no\n"
        '  username: ""\n'
        '  chroot: ""\n'
        f'  zonesdir: "{directory}"\n'
        f'  pidfile: "{directory}/nsd.pid"\n'
        f'  logfile: "{directory}/nsd.log"\n'
        f'  xfrdfile: "{directory}/xfrd.state"\n'
        f'  zonelistfile: "{directory}/zone.list"\n'
        '  database: ""\n'
        "  server-count: 1\n"
        "  rrl-ratelimit: 0\n"
        "remote-control:\n"
        "  control-enable: no\n"
        "zone:\n"
        f'  name: "{origin}"\n'
        '  zonefile: "zone"\n'
    )
    process = subprocess.Popen([_NSD, "-d", "-c", str(configuration)])
    try:
        _await_dns(port, process)
        yield ResolverAddress(LOOPBACK, port)
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _await_dns(port: int, process: subprocess.Popen[bytes]) -> None:
    query = dns.message.make_query(".", "SOA").to_wire()
    end = time.monotonic() + _PATIENCE
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(0.05)
        client.connect((LOOPBACK, port))
        while time.monotonic() < end and process.poll() is None:
            try:
                client.send(query)
                client.recv(4096)
            except OSError:
                time.sleep(0.02)
            else:
                return
    raise RuntimeError("nsd did not come up")


@dataclass
class DnsServer:
    """A DNS server whose behaviour is programmed name by name.

    Attributes:
        resolver: Where it listens, UDP and TCP.
        records: Zone lines (`city.example. 300 IN MX 10 mail.city.example.`)
            answered when no behaviour is set for the name; other names do not exist.
        behaviours: By lower-case name without final dot.
        asked: (name, type, over TCP) of every query, in order of arrival.
    """

    resolver: ResolverAddress
    records: list[str]
    behaviours: dict[str, Behaviour]
    asked: list[tuple[str, str, bool]] = field(default_factory=list)

    def messages(self, wire: bytes, streamed: bool) -> list[bytes]:
        """What to send back to *wire*."""
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        self.asked.append((name, dns.rdatatype.to_text(question.rdtype), streamed))
        behaviour = self.behaviours.get(name)
        if behaviour is not None:
            return behaviour(query, streamed)
        return [self.answer(query).to_wire()]

    def answer(self, query: dns.message.Message) -> dns.message.Message:
        """The ordinary answer, CNAMEs followed."""
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        question = query.question[0]
        name = question.name.canonicalize()
        known = [_rrset(line) for line in self.records]
        for _ in range(16):
            at = [rrset for rrset in known if rrset.name == name]
            wanted = [rrset for rrset in at if rrset.rdtype == question.rdtype]
            alias = [rrset for rrset in at if rrset.rdtype == dns.rdatatype.CNAME]
            response.answer.extend(wanted or alias)
            if wanted or not alias:
                if not at:
                    response.set_rcode(dns.rcode.NXDOMAIN)
                break
            name = alias[0][0].target
        return response


def _rrset(line: str) -> dns.rrset.RRset:
    name, ttl, rdclass, rdtype, rdata = line.split(None, 4)
    return dns.rrset.from_text(name.lower(), int(ttl), rdclass, rdtype, rdata)


def drop(query: dns.message.Message, streamed: bool) -> list[bytes]:
    """Say nothing."""
    return []


def rcode(code: dns.rcode.Rcode) -> Behaviour:
    """Answer with *code* and no records."""

    def behaviour(query: dns.message.Message, streamed: bool) -> list[bytes]:
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        response.set_rcode(code)
        return [response.to_wire()]

    return behaviour


def raw(*messages: bytes) -> Behaviour:
    """Answer with *messages*, the identifier of the query put before each."""

    def behaviour(query: dns.message.Message, streamed: bool) -> list[bytes]:
        return [query.id.to_bytes(2, "big") + message for message in messages]

    return behaviour


def edited(*edits: Callable[[bytearray], None], server: DnsServer | None = None) -> Behaviour:
    """Answer once for each of *edits*, having changed the ordinary answer by it."""

    def behaviour(query: dns.message.Message, streamed: bool) -> list[bytes]:
        if server is None:
            response = dns.message.make_response(query)
            response.flags |= dns.flags.RA
        else:
            response = server.answer(query)
        messages = []
        for edit in edits:
            wire = bytearray(response.to_wire())
            edit(wire)
            messages.append(bytes(wire))
        return messages

    return behaviour


def after(seconds: float, behaviour: Behaviour) -> Behaviour:
    """The same, later; meanwhile the server answers nobody else over UDP."""

    def later(query: dns.message.Message, streamed: bool) -> list[bytes]:
        time.sleep(seconds)
        return behaviour(query, streamed)

    return later


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """The first behaviour for the first query, and so on; the last one from then on."""
    left = list(behaviours)

    def behaviour(query: dns.message.Message, streamed: bool) -> list[bytes]:
        return (left.pop(0) if len(left) > 1 else left[0])(query, streamed)

    return behaviour


@contextlib.contextmanager
def dns_server(
    records: str = "", behaviours: Mapping[str, Behaviour] | None = None
) -> Iterator[DnsServer]:
    """A programmable DNS server, on UDP and TCP."""
    lines = [line for line in records.splitlines() if line.strip()]
    port = free_port()
    server = DnsServer(ResolverAddress(LOOPBACK, port), lines, dict(behaviours or {}))

    class Datagram(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            wire, sock = self.request
            for message in server.messages(wire, False):
                sock.sendto(message, self.client_address)

    class Stream(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                while head := self.rfile.read(2):
                    wire = self.rfile.read(int.from_bytes(head, "big"))
                    for message in server.messages(wire, True):
                        self.wfile.write(len(message).to_bytes(2, "big") + message)

    class Streams(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with (
        socketserver.UDPServer((LOOPBACK, port), Datagram) as datagrams,
        Streams((LOOPBACK, port), Stream) as streams,
        _running(datagrams),
        _running(streams),
    ):
        yield server


@contextlib.contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


@dataclass
class WebServer:
    """A web server on loopback.

    Attributes:
        port: Where it listens.
        asked: (path, header fields) of every request.
    """

    port: int
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


Page = Callable[[http.server.BaseHTTPRequestHandler], None]
"""Answers one GET; may do anything to the connection."""


def page(body: bytes, status: int = 200, **fields: str) -> Page:
    """A page with *body*; underscores in the names of *fields* become hyphens."""

    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in fields.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def server_context(authority: trustme.CA, name: str, **details: Any) -> ssl.SSLContext:
    """To serve *name* with a certificate of *authority*; *details* as in `CA.issue_cert`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **details).configure_cert(context)
    return context


@contextlib.contextmanager
def web_server(pages: Mapping[str, Page], tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """A server of *pages* by path; over TLS when given a context (see trustme)."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            web.asked.append((self.path, dict(self.headers)))
            with contextlib.suppress(OSError):
                pages.get(self.path, page(b"no such page", 404))(self)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

        def get_request(self) -> tuple[socket.socket, object]:
            connection, address = super().get_request()
            if tls is not None:
                # The handshake belongs to the connection's own thread.
                connection = tls.wrap_socket(
                    connection, server_side=True, do_handshake_on_connect=False
                )
            return connection, address

    with Server((LOOPBACK, 0), Handler) as server, _running(server):
        web = WebServer(server.server_address[1])
        yield web
