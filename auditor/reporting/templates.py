"""The templates of the reports, and what becomes of the text that they print."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import jinja2
from jinja2.bccache import Bucket, bc_magic
from markupsafe import Markup

from auditor import resources
from auditor.kept import Shelf
from auditor.reporting.printable import printable


class _Compiled(jinja2.BytecodeCache):
    """Templates as Python compiled them: that takes longer than to fill them in."""

    _shelf = Shelf("template-*.bytecode", most=100)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill *bucket* with what is kept for its template and this very source of it."""
        body = self._shelf.read(_key(bucket))
        if body is not None:
            bucket.bytecode_from_string(bytes(body))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in *bucket*."""
        self._shelf.write(_key(bucket), bucket.bytecode_to_string())


@cache
def environment(drawable: Callable[[str], bool]) -> jinja2.Environment:
    """The templates; what they print is made printable, and drawn with what *drawable* has."""

    def finalize(value: object) -> object:
        """Everything that is printed passes here; only our own drawings come as markup."""
        if isinstance(value, str) and not isinstance(value, Markup):
            return printable(value, drawable)
        return value

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.templates()),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(),
    )


def _key(bucket: Bucket) -> str:
    """Which template it is, its source, and who compiled it."""
    return f"{jinja2.__version__} {bc_magic.hex()} {bucket.key} {bucket.checksum}"
