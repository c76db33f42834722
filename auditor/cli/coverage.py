"""`auditor catalogue coverage`: how much of a list of names is known."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli import options

if TYPE_CHECKING:
    from auditor.exposure.coverage import Covered

_SAYS = {
    "decided": "known up to the top owner, from sources",
    "believed": "known up to the top owner, not all from sources",
    "operator": "operator known, its owner not",
    "name": "known by name only",
    "nothing": "not recognised",
}


@click.command("coverage")
@click.argument(
    "names", metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@options.as_of("Ownership on this day.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help="Names listed of those not recognised, and of those known by name only.",
)
@options.as_json
@options.rules
def coverage(names: str, as_of: date | None, limit: int, as_json: bool, rules: Path | None) -> None:
    """Say how much of the names in FILE is known, by count, and what to add next.

    FILE is CSV with a heading (kind; name, base_domain or pattern; count or domains_observed, if
    any), or one name a line: its kind, the name, and how often it was seen if that is known.  With
    - it is read from stdin.  A kind is mx, spf_include, ns, autodiscover … or as a probe calls it.

    \b
    auditor catalogue coverage seen.csv
    printf 'mx  mx1.vendor.example  12\\n' | auditor catalogue coverage -
    """
    from auditor.cli.seen import read
    from auditor.exposure.coverage import coverage as covered
    from auditor.probes import probe

    catalogue = options.catalogue(rules)
    kinds = [kind for kind, value in probe.kinds().items() if value.key_field]
    content = sys.stdin.buffer.read() if names == "-" else Path(names).read_bytes()
    seen = read(content, Path("stdin" if names == "-" else names), kinds)
    found = covered(seen, catalogue, as_of or options.today())
    click.echo(_json(found) if as_json else "\n".join(_lines(found, limit)))


def _json(found: tuple[Covered, ...]) -> str:
    import json

    document = {
        "names": len(found),
        "count": _count(found),
        "known": {
            known: {"names": len(some), "count": _count(some)}
            for known in _SAYS
            for some in [[each for each in found if each.known == known]]
        },
        "seen": [
            {
                "kind": each.seen.kind,
                "name": each.seen.name,
                "count": each.seen.count,
                "known": each.known,
                "offerings": list(each.offerings),
            }
            for each in found
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _lines(found: tuple[Covered, ...], limit: int) -> Iterable[str]:
    whole = _count(found)
    recognised = _count(each for each in found if each.known != "nothing")
    yield f"{len(found):,} names, seen {whole:,} times: {_share(recognised, whole)} recognised"
    yield ""
    for known, says in _SAYS.items():
        some = [each for each in found if each.known == known]
        share = _share(_count(some), whole)
        yield f"  {says:<49}{_count(some):>8,}{share:>8}{len(some):>6,} names"
    yield ""
    kinds = sorted({each.seen.kind for each in found})
    yield f"  {'by kind':<28}{'count':>8}{'recognised':>12}{'decided':>9}{'by name only':>14}"
    for kind in kinds:
        some = [each for each in found if each.seen.kind == kind]
        total = _count(some)
        shares = [
            _share(_count(each for each in some if each.known in which), total)
            for which in (tuple(_SAYS)[:-1], ("decided",), ("name",))
        ]
        yield f"  {kind:<28}{total:>8,}{shares[0]:>12}{shares[1]:>9}{shares[2]:>14}"
    for heading, known in (("Not recognised", "nothing"), ("Known by name only", "name")):
        some = [each for each in found if each.known == known]
        if some and limit:
            yield ""
            yield f"{heading}, the most frequent first:"
            for each in some[:limit]:
                yield f"  {each.seen.count:>7,}  {each.seen.kind:<18} {each.seen.name}"
            if len(some) > limit:
                yield f"  … and {len(some) - limit:,} more"


def _count(some: Iterable[Covered]) -> int:
    return sum(each.seen.count for each in some)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
