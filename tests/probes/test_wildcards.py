from __future__ import annotations

from auditor.model.subject import Domain
from auditor.probes.wildcards import wildcard
from tests.probes.world import facts

CITY = Domain("city.example")


def test_a_wildcard_is_noted_with_where_it_leads() -> None:
    assert facts(wildcard, CITY, "*.city.example CNAME any.example.") == ["* any.example"]
    assert facts(wildcard, CITY, "*.city.example AAAA 2001:db8::1") == ["* 2001:db8::1"]


def test_a_domain_without_one() -> None:
    assert facts(wildcard, CITY, "www.city.example A 192.0.2.1") == []
