"""What a web server shows when its front page is asked for.

The texts leave out at which URL: the evidence of the fact says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from auditor.model.sighting import Value
from auditor.model.subject import Subject
from auditor.probes.names import host, leads_to

WEB: Final = "web"
EMBEDDED: Final = "web.embedded"
ANALYTICS: Final = "analytics"


@dataclass(frozen=True, slots=True)
class Answered(Value):
    """A page that a server answered with.

    Attributes:
        url: Where it stands.
        scheme: `https`, or `http`, which anybody on the path can read and alter.
        status: Of the response (RFC 9110, section 15).
    """

    kind: ClassVar[str] = "http.page"
    url: str
    scheme: str
    status: int

    def roles(self) -> tuple[str, ...]:
        return (WEB,)

    def text(self) -> str:
        return f"GET {self.url} {self.status}"


@dataclass(frozen=True, slots=True)
class Redirect(Value):
    """Another host that visitors are sent to.

    Attributes:
        host: The other host.
        at: The URL that sends them.
        leads_on: Whether to look at where the other host stands; its names may be known already.
    """

    kind: ClassVar[str] = "http.redirect"
    key_field: ClassVar[str] = "host"
    layer: ClassVar[str | None] = "service"
    host: str
    at: str
    leads_on: bool

    def roles(self) -> tuple[str, ...]:
        return (WEB,)

    def leads(self) -> tuple[Subject, ...]:
        return _lead(self.host) if self.leads_on else ()

    def text(self) -> str:
        return f"GET {self.at} → {self.host}"


@dataclass(frozen=True, slots=True)
class Header(Value):
    """A header field that no standard defines, or by which a server says what it is.

    Attributes:
        name: In lower case.
        line: Name and value, printable, as fingerprints compare them: `server: nginx`.
        at: The URL that was asked for.
    """

    kind: ClassVar[str] = "http.header"
    key_field: ClassVar[str] = "line"
    layer: ClassVar[str | None] = "service"
    speaks: ClassVar[bool] = False
    name: str
    line: str
    at: str

    def roles(self) -> tuple[str, ...]:
        return (WEB,)

    def text(self) -> str:
        return self.line


@dataclass(frozen=True, slots=True)
class Cookie(Value):
    """A cookie that the server sets; its value tells of a visit, and is no fact.

    Attributes:
        name: Printable.
        at: The URL that was asked for.
    """

    kind: ClassVar[str] = "http.cookie"
    key_field: ClassVar[str] = "name"
    layer: ClassVar[str | None] = "service"
    speaks: ClassVar[bool] = False
    name: str
    at: str

    def roles(self) -> tuple[str, ...]:
        return (WEB,)

    def text(self) -> str:
        return f"set-cookie: {self.name}"


@dataclass(frozen=True, slots=True)
class ScriptHost(Value):
    """A host whose script the page runs.

    Attributes:
        host: The host.
        element: Of the page, and its attribute: `script src`.
        at: The page.
        own: Whether the host is a name of the organisation's, which may be an alias of anybody.
    """

    kind: ClassVar[str] = "web.script"
    key_field: ClassVar[str] = "host"
    layer: ClassVar[str | None] = "service"
    host: str
    element: str
    at: str
    own: bool

    def roles(self) -> tuple[str, ...]:
        return (EMBEDDED,)

    def leads(self) -> tuple[Subject, ...]:
        return _lead(self.host) if self.own else ()

    def text(self) -> str:
        return f"{self.element} {self.host}"


@dataclass(frozen=True, slots=True)
class ResourceHost(ScriptHost):
    """A host that the page draws something else from, or sends a form to."""

    kind: ClassVar[str] = "web.resource"


@dataclass(frozen=True, slots=True)
class NamedHost(ScriptHost):
    """A host that a script in the page names: it may load something there, or only mention it."""

    kind: ClassVar[str] = "web.inline"
    speaks: ClassVar[bool] = False


def _lead(name: str) -> tuple[Subject, ...]:
    found = host(name)
    return leads_to(found) if found else ()
