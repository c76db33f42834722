"""Look at the rule files for what can be read and is wrong all the same.

Whatever cannot be read, an unknown word or a reference to nothing, is refused by
the readers themselves.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.lint.days import days
from auditor.catalogue.lint.holdings import holdings
from auditor.catalogue.lint.remark import Remark
from auditor.catalogue.lint.texts import texts
from auditor.catalogue.lint.uses import signatures, unused
from auditor.catalogue.lint.written import Written


def lint(directory: Path, catalogue: Catalogue | None, today: date) -> list[Remark]:
    """What is to be said of the files under *directory*, in the order of their places.

    *catalogue* is what they hold; None when they cannot be read, and then only
    the texts are looked at.
    """
    written = Written(directory)
    remarks = list(texts(written))
    if catalogue is not None:
        remarks += days(catalogue, written, today)
        remarks += holdings(catalogue, written)
        remarks += unused(catalogue, written)
        remarks += signatures(catalogue, written)
    return sorted(remarks, key=lambda r: (str(r.place.file), r.place.line, r.place.column))
