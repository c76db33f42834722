"""What a page draws from elsewhere, as far as its HTML says so without being run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit

from auditor.probes.names import host

SCRIPT: Final = "script"
RESOURCE: Final = "resource"
INLINE: Final = "inline"

_DRAWN: Final[Mapping[str, tuple[str, ...]]] = {
    # Element, and the attributes whose URL a browser fetches, or posts a form to.  A page
    # that waits for consent or for scrolling keeps the URL under `data-src` until then.
    "script": ("src", "data-src"),
    "iframe": ("src", "data-src"),
    "frame": ("src",),
    "img": ("src", "srcset", "data-src"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src", "formaction"),
    "button": ("formaction",),
    "form": ("action",),
}
_LOADING: Final = frozenset(
    {"stylesheet", "preload", "modulepreload", "prefetch", "icon", "apple-touch-icon", "manifest"}
)
"""Relations of a `link` that make a browser fetch it."""

_RUN: Final = re.compile(r"(text|application)/(x-)?(java|ecma)script|module|text/plain|")
"""Types of a `script` that is code; consent tools write `text/plain` until they are answered."""

_IN_CODE: Final = re.compile(
    r"""["'`](?:https?:)?(?:\\?/){2}((?:[a-z0-9_-]{1,63}\.){1,9}[a-z][a-z0-9-]{1,62})(?![a-z0-9.-])""",
    re.IGNORECASE,
)
"""A URL at the start of a text constant: what code needs in order to load something."""

_IN_STYLE: Final = re.compile(
    r"""(?:url\(\s*|@import\s+)["']?((?:https?:)?//[^\s"')]{1,2000})""", re.IGNORECASE
)
_REFRESH: Final = re.compile(r"\s*\d+(?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?([^\"']*)", re.IGNORECASE)
_KEPT_CHARACTERS: Final = "%/:=&?~#+!$,;'@()*[]"
_LONGEST: Final = 2000
"""Characters of a URL."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A host that the page names.

    Attributes:
        how: `script`, `resource`, or `inline`: a URL in the code of the page.
        element: The element and its attribute: `iframe src`.
        host: Canonical.
    """

    how: str
    element: str
    host: str


@dataclass(slots=True)
class Markup:
    """What was read of a page.

    Attributes:
        references: Each host once for each way it is drawn from, in the order of the page.
        refresh: Where the page itself sends the browser at once; empty when it does not.
    """

    references: dict[tuple[str, str], Reference] = field(default_factory=dict)
    refresh: str = ""


def read_markup(body: bytes, content_type: str, url: str) -> Markup:
    """Read the page *body* that stands at *url*."""
    # A hundredth of a second, which an audit of DNS alone need not pay.
    from lxml import etree

    reader = _Reader(url)
    parser = etree.HTMLParser(target=reader, huge_tree=True)
    try:
        parser.feed(_decoded(body, content_type))
        parser.close()
    except etree.LxmlError:
        # A page of nothing, or cut short: what was read until then stays.
        pass
    return reader.markup


def absolute(base: str, reference: str) -> str:
    """*reference*, seen from *base*, as an absolute URL in ASCII; empty when it is no such."""
    reference = reference.strip()
    if not reference or len(reference) > _LONGEST:
        return ""
    try:
        parts = urlsplit(urljoin(base, reference))
        if parts.scheme not in ("http", "https") or host_of(parts.geturl()) == "":
            return ""
        return quote(parts._replace(fragment="").geturl(), safe=_KEPT_CHARACTERS)
    except ValueError:
        return ""


def host_of(url: str) -> str:
    """The host in *url*, canonical; empty when it has none that could be on the internet."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    found = host(name) if "." in name else None
    return found.name if found else ""


def _decoded(body: bytes, content_type: str) -> str:
    """*body* as text.  What we look for is ASCII, which nearly every encoding agrees on."""
    wide = body.startswith((b"\xff\xfe", b"\xfe\xff")) or "utf-16" in content_type.lower()
    # XML has no use for NUL, and the parser stops at it.
    return body.decode("utf-16" if wide else "utf-8", "replace").replace("\0", "\ufffd")


class _Reader:
    """Takes the elements of a page as the parser meets them."""

    def __init__(self, url: str) -> None:
        self.markup = Markup()
        self._base = url
        self._based = False
        self._text: list[str] | None = None
        self._within = ""

    def start(self, tag: Any, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._flush()
        if tag == "base" and not self._based:
            self._based = True
            self._base = absolute(self._base, attributes.get("href", "")) or self._base
        elif tag == "link" and not _LOADING.isdisjoint(attributes.get("rel", "").lower().split()):
            self._note(RESOURCE, "link href", attributes.get("href", ""))
        elif tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            match = _REFRESH.match(attributes.get("content", "")[:_LONGEST])
            self.markup.refresh = self.markup.refresh or (
                absolute(self._base, match[1]) if match else ""
            )
        for name in _DRAWN.get(tag, ()) if isinstance(tag, str) else ():
            how = SCRIPT if tag == "script" else RESOURCE
            value = attributes.get(name, "")
            for reference in _candidates(value) if name == "srcset" else (value,):
                self._note(how, f"{tag} {name}", reference)
        if "style" in attributes:
            self._style(attributes["style"])
        if tag == "style" or (tag == "script" and _is_code(attributes.get("type", ""))):
            self._text, self._within = [], tag

    def end(self, tag: Any) -> None:
        """An element ends."""
        self._flush()

    def data(self, text: str) -> None:
        """Text stands in an element."""
        if self._text is not None:
            self._text.append(text)

    def comment(self, text: str) -> None:
        """A comment stands there; nobody fetches what it names."""

    def close(self) -> None:
        """The page ends."""
        self._flush()

    def _flush(self) -> None:
        """Read the code or the style that has just ended."""
        text, within = "".join(self._text or ()), self._within
        self._text, self._within = None, ""
        if within == "style":
            self._style(text)
        elif within:
            for match in _IN_CODE.finditer(text):
                self._note(INLINE, "script", f"//{match[1]}/")

    def _style(self, text: str) -> None:
        for match in _IN_STYLE.finditer(text):
            self._note(RESOURCE, "style url", match[1])

    def _note(self, how: str, element: str, reference: str) -> None:
        name = host_of(absolute(self._base, reference))
        if name:
            self.markup.references.setdefault((how, name), Reference(how, element, name))


def _candidates(srcset: str) -> Iterator[str]:
    """The URLs of an attribute `srcset`."""
    for candidate in srcset.split(", "):
        yield candidate.strip().partition(" ")[0]


def _is_code(kind: str) -> bool:
    return _RUN.fullmatch(kind.partition(";")[0].strip().lower()) is not None
