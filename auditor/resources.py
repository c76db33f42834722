"""Where the files are that people who do not program edit.

`rules/` and `reports/templates/` stand at the top of the repository and are
installed as `auditor/rules` and `auditor/templates`.  Neither holds Python, so
neither is a package that `importlib.resources` would find in every kind of
installation: the installed package is looked in first, the checkout second.
"""

from __future__ import annotations

from pathlib import Path

from auditor.errors import AuditorError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def rules() -> Path:
    """The directory of rule files: installed, or in the checkout beside us."""
    return _first(_PACKAGE / "rules", _CHECKOUT / "rules")


def templates() -> Path:
    """The directory of report templates, style sheets and fonts, found likewise."""
    return _first(_PACKAGE / "templates", _CHECKOUT / "reports" / "templates")


def _first(*places: Path) -> Path:
    for place in places:
        if place.is_dir():
            return place
    tried = " nor ".join(map(str, places))
    raise AuditorError(f"The installation is incomplete: there is neither {tried}. Install again.")
