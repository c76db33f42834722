"""From an assessment to the bytes of a report.

A format is a module of `auditor.reporting.formats`, found because it is there
and imported only when somebody chooses it.  It says how its file is called and
makes the content:

    def file_name(language: str) -> str
    def render(
        assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
    ) -> bytes

A format that can carry files carries *attachments*, by name; the others leave
them out.  Nothing here asks, attributes or judges: an assessment holds all that a report
says, and the same assessment gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from auditor.errors import UsageError
from auditor.model.text import LANGUAGES
from auditor.reporting import formats

if TYPE_CHECKING:
    # The help of a command names the formats; it needs no assessment for that.
    from auditor.model.assessment import Assessment

NOTHING: Mapping[str, bytes] = MappingProxyType({})
"""No attachment."""


class Format(Protocol):
    """What a module of `auditor.reporting.formats` offers."""

    def file_name(self, language: str) -> str:
        """`report.fr.pdf`; the same for every language when the content is."""

    def render(
        self, assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
    ) -> bytes:
        """The content of the file."""


@cache
def names() -> tuple[str, ...]:
    """The formats there are, in alphabetical order; none is imported to know."""
    return tuple(sorted(module.name.replace("_", "-") for module in iter_modules(formats.__path__)))


def file_name(format: str, language: str) -> str:
    """How the file of *format* in *language* is called: `report.fr.pdf`.

    Raises:
        UsageError: There is no such format, or no such language.
    """
    return _format(format, language).file_name(language)


def render(
    format: str,
    assessment: Assessment,
    language: str,
    attachments: Mapping[str, bytes] = NOTHING,
) -> bytes:
    """*assessment* as *format*, for a reader of *language*.

    *attachments*, file name → content, travel in the file where the format can
    carry any: so a report takes its evidence along.

    Raises:
        UsageError: There is no such format, or no such language.
    """
    return _format(format, language).render(assessment, language, attachments)


def _format(name: str, language: str) -> Format:
    if name not in names():
        raise UsageError(f"There is no format {name!r}; there are: {', '.join(names())}.")
    if language not in LANGUAGES:
        raise UsageError(f"There is no language {language!r}; there are: {', '.join(LANGUAGES)}.")
    return cast("Format", import_module(f"{formats.__name__}.{name.replace('-', '_')}"))
