"""The front page of the web site, and what it draws from elsewhere (RFC 9110, HTML).

One page, read and not run.  What its scripts load, what another page holds and
what waits for consent stays unseen, so that finding nothing proves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from auditor.model.exchange import Exchange, Failure
from auditor.model.names import is_own, registrable
from auditor.model.sighting import Observation
from auditor.model.subject import Domain, Site, Subject
from auditor.network import http
from auditor.probes.fields import ORDINARY
from auditor.probes.markup import INLINE, RESOURCE, SCRIPT, absolute, host_of, read_markup
from auditor.probes.names import with_www
from auditor.probes.notation import readable
from auditor.probes.probe import Asking, Seen, Unsettled, ask_all, probe
from auditor.probes.resolution import answered, replied, resolve
from auditor.probes.web_values import (
    ANALYTICS,
    EMBEDDED,
    WEB,
    Answered,
    Cookie,
    Header,
    NamedHost,
    Redirect,
    ResourceHost,
    ScriptHost,
)
from auditor.settings import INTERACTIVE

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_OF_PAGE: Final = (EMBEDDED, ANALYTICS)
"""What only the page itself can tell; who serves it shows elsewhere too."""

_SHORT: Final = 80
"""Characters of the name of a field or a cookie."""

_KINDS: Final = {SCRIPT: ScriptHost, RESOURCE: ResourceHost, INLINE: NamedHost}


@dataclass(slots=True)
class _Visit:
    """A visit to the site of one domain.

    Attributes:
        subject: What is looked at.
        domain: The organisation's.
        known: Names whose addresses other probes look up anyway.
        coming: URLs to ask for next, with the hops that led to each.
        met: URLs asked for.
        seen: What was seen so far, by what it says: a second hop repeats the first.
        arrived: Whether any hop was the last of its way, be it a failure.
    """

    subject: Subject
    domain: str
    known: tuple[str, ...]
    coming: dict[str, int] = field(default_factory=dict)
    met: dict[str, int] = field(default_factory=dict)
    seen: dict[object, Observation | Unsettled] = field(default_factory=dict)
    arrived: bool = False

    def note(self, key: object, item: Observation | Unsettled) -> None:
        self.seen.setdefault(key, item)

    def go(self, url: str, hops: int) -> None:
        """Ask for *url* next, unless that was done."""
        if url not in self.met:
            self.coming.setdefault(url, hops)


@probe(takes=Domain, opens=(WEB, EMBEDDED, ANALYTICS), name="web.page", medium="http")
def page(domain: Domain) -> Asking[Seen]:
    """Ask for the front page of *domain* and of its `www`, wherever they send us."""
    return (yield from _visited(_Visit(domain, domain.name, with_www(domain))))


@probe(takes=Site, opens=(WEB, EMBEDDED, ANALYTICS), name="web.page-added", medium="http")
def added_page(site: Site) -> Asking[Seen]:
    """Ask for the front page of *site*, wherever it sends us."""
    return (yield from _visited(_Visit(site, site.domain, (site.name,))))


def _visited(visit: _Visit) -> Asking[Seen]:
    for name in visit.known:
        _, addresses = answered((yield from resolve(name)))
        if addresses:
            visit.go(f"https://{name}/", 0)
    while visit.coming:
        visit.met |= visit.coming
        hops, visit.coming = visit.coming, {}
        exchanges = yield from ask_all(http.question(url) for url in hops)
        for (url, hop), exchange in zip(hops.items(), exchanges, strict=True):
            _take_in(visit, url, hop, exchange)
        if not visit.coming and not visit.arrived:
            # They send us in a circle.
            visit.note("circle", Unsettled(exchanges[-1], "limit"))
    return visit.seen.values()


def _take_in(visit: _Visit, url: str, hop: int, exchange: Exchange) -> None:
    """Note what stands at *url*, and where it sends us."""
    if not replied(exchange):
        visit.arrived = True
        # Without encryption we look for the way only: whatever is there, others may have written.
        if isinstance(exchange.result, Failure) and hop == 0 and url.startswith("https:"):
            visit.go(f"http:{url.removeprefix('https:')}", hop)
        return
    response = http.read(exchange)
    _note_response(visit, url, response, exchange)
    target, is_page = "", False
    if response.status in _REDIRECTS:
        target = absolute(url, _as_written(response.field("location") or ""))
        if not target:
            visit.note(url, Unsettled(exchange, "unreadable"))
    elif response.status != 200:
        visit.note(url, Unsettled(exchange, "status", _OF_PAGE))
    elif url.startswith("https:"):
        target = _read_page(visit, url, response, exchange)
        is_page = True
    else:
        visit.note(url, Unsettled(exchange, "plain", _OF_PAGE))
    visit.arrived |= not target or is_page
    if target and target not in visit.met and hop >= INTERACTIVE.web_redirects:
        visit.note(url, Unsettled(exchange, "limit"))
        visit.arrived = True
    elif target:
        _note_redirect(visit, url, target, exchange)
        if not is_page or host_of(target) != host_of(url):
            visit.go(target, hop + 1)


def _note_response(visit: _Visit, url: str, response: http.Response, exchange: Exchange) -> None:
    subject = visit.subject
    scheme = url.partition(":")[0]
    value = Answered(url, scheme, response.status)
    visit.note(value, Observation(subject, value, (exchange,)))
    for name, content in response.fields:
        if name == "set-cookie":
            cookie = readable(content.partition("=")[0].strip().encode("latin-1"), _SHORT)
            if cookie:
                visit.note(
                    ("cookie", cookie), Observation(subject, Cookie(cookie, url), (exchange,))
                )
        elif name not in ORDINARY:
            line = f"{name[:_SHORT]}: {readable(content.encode('latin-1'))}"
            header = Header(name[:_SHORT], line, url)
            visit.note(("header", line), Observation(subject, header, (exchange,)))


def _note_redirect(visit: _Visit, url: str, target: str, exchange: Exchange) -> None:
    name = host_of(target)
    if name != host_of(url):
        value = Redirect(name, url, name not in visit.known)
        visit.note((host_of(url), value.host), Observation(visit.subject, value, (exchange,)))


def _read_page(visit: _Visit, url: str, response: http.Response, exchange: Exchange) -> str:
    """Note what the page at *url* draws from elsewhere; where it sends us itself, if it does."""
    markup = read_markup(response.body, response.field("content-type") or "", url)
    site = registrable(host_of(url))
    noted = 0
    for reference in markup.references.values():
        own = is_own(reference.host, visit.domain)
        itself = (*visit.known, host_of(url))
        if reference.host in itself or (not own and is_own(reference.host, site)):
            # The site itself, wherever it stands.
            continue
        noted += 1
        if noted > INTERACTIVE.web_hosts:
            visit.note((url, "limit"), Unsettled(exchange, "limit", _OF_PAGE))
            break
        value = _KINDS[reference.how](reference.host, reference.element, url, own)
        visit.note((value.kind, value.host), Observation(visit.subject, value, (exchange,)))
    visit.note((url, "static"), Unsettled(exchange, "static", _OF_PAGE))
    return markup.refresh


def _as_written(location: str) -> str:
    """A field as the server wrote it, in UTF-8 as nearly all do beyond ASCII."""
    return location.encode("latin-1", "replace").decode("utf-8", "replace")
