"""How far a name is known, and nothing better than the least that is known of it."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.exposure.coverage import Covered, Known, Seen, coverage
from tests import knowledge

TODAY = date(2026, 11, 24)
ROLES = "            roles: [mail.mailbox]\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    providers = knowledge.FILES["providers/world.yaml"]
    for name, seen in (("sold", "out.sold"), ("rumour", "rumour"), ("closed", "closed")):
        operator = f"operator: {name}-sa\n            category: [mailbox]\n{ROLES}"
        assert operator in providers
        prints = f"            fingerprints: [{{on: dns.mx, under: {seen}.example}}]\n"
        providers = providers.replace(operator, operator + prints)
    providers = (
        providers.rstrip(" ")
        + """\
          - id: named-only
            name: Named Only
            category: [cloud]
            roles: [mail.outbound]
            fingerprints:
              - {on: dns.mx, under: in.named.example}
              - {on: dns.mx, under: in.sold.example}
            source: s
            checked: "2026-11-01"
            verified: true
"""
    )
    return knowledge.catalogue(tmp_path_factory.mktemp("rules"), providers_world=providers)


def one(world: Catalogue, name: str, kind: str = "dns.mx") -> Covered:
    (covered,) = coverage([Seen(kind, name, 1)], world, TODAY)
    return covered


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("mx1.homemail.example", Known.DECIDED),
        ("mx.overcloud.example", Known.DECIDED),
        ("rumour.example", Known.BELIEVED),
        ("closed.example", Known.OPERATOR),
        ("in.named.example", Known.NAME),
        ("elsewhere.example", Known.NOTHING),
        ("nothomemail.example", Known.NOTHING),
    ],
)
def test_how_far_a_name_is_known(name: str, known: Known, world: Catalogue) -> None:
    assert one(world, name).known is known


def test_a_name_seen_for_something_else_is_not_recognised(world: Catalogue) -> None:
    assert one(world, "homemail.example", "dns.ns").known is Known.NOTHING


def test_a_domain_is_recognised_by_longer_names_under_it(world: Catalogue) -> None:
    assert one(world, "named.example").offerings == ("named-only",)
    assert one(world, "example").known is Known.NOTHING


def test_where_offerings_share_a_domain_the_least_known_counts(world: Catalogue) -> None:
    shared = one(world, "sold.example")
    assert (shared.offerings, shared.known) == (("named-only", "sold-mail"), Known.NAME)


def test_the_most_frequent_come_first(world: Catalogue) -> None:
    seen = [Seen("dns.mx", "a.example", 1), Seen("dns.mx", "b.example", 7)]
    assert [c.seen.count for c in coverage(seen, world, TODAY)] == [7, 1]
