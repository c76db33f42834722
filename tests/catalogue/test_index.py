"""Names are compared label by label, never by substring."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.catalogue.index import FingerprintIndex
from auditor.model.party import Fingerprint, Offering
from auditor.model.text import Provenance

READ = Provenance("https://vendor.example/", date(2026, 11, 1), verified=True)


def offering(id_: str, *patterns: tuple[str, str, str]) -> Offering:
    return Offering(
        id=id_,
        name=id_,
        operator=None,
        category=(),
        roles=frozenset(),
        cannot=frozenset(),
        technology=(),
        subprocessors=(),
        subprocessors_known=False,
        regions=(),
        keys="unknown",
        qualifications=(),
        provenance=READ,
        fingerprints=tuple(
            Fingerprint(on, how, pattern, "use", "strong", (), READ)
            for on, how, pattern in patterns
        ),
    )


INDEX = FingerprintIndex(
    {
        each.id: each
        for each in (
            offering(
                "mail",
                ("dns.mx", "under", "mail.vendor.example"),
                ("dns.txt", "prefix", "vendor-verify="),
                ("route.origin", "is", "64500"),
            ),
            offering("hosting", ("dns.mx", "under", "vendor.example")),
            offering("ranges", ("dns.spf.range", "within", "192.0.2.0/24")),
        )
    }
)


@pytest.mark.parametrize(
    ("kind", "key", "expected"),
    [
        ("dns.mx", "mail.vendor.example", "mail"),
        ("dns.mx", "a.b.MAIL.vendor.example", "mail"),
        ("dns.mx", "web.vendor.example", "hosting"),
        ("dns.mx", "mail.vendor.example.evil.test", None),
        ("dns.mx", "notvendor.example", None),
        ("dns.txt", "vendor-verify=abc", "mail"),
        ("dns.txt", "x vendor-verify=abc", None),
        ("route.origin", "64500", "mail"),
        ("route.origin", "645001", None),
        ("dns.spf.range", "192.0.2.128/25", "ranges"),
        ("dns.spf.range", "192.0.2.7", "ranges"),
        ("dns.spf.range", "192.0.0.0/16", None),
        ("dns.spf.range", "nonsense", None),
        ("dns.ns", "mail.vendor.example", None),
    ],
)
def test_the_most_specific_pattern_of_the_kind_wins(
    kind: str, key: str, expected: str | None
) -> None:
    assert [o.id for o, _ in INDEX.matches(kind, key)] == ([expected] if expected else [])
