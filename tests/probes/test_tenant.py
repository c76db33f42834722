from __future__ import annotations

from auditor.model.subject import TenantName
from auditor.probes.tenant import tenant
from tests.probes.world import facts

NAME = TenantName("city.example", "city-example.mail.vendor.example", "mail.mailbox")


def test_a_tenant_exists() -> None:
    assert facts(tenant, NAME, "city-example.mail.vendor.example A 192.0.2.1") == ["A"]


def test_a_tenant_does_not_exist() -> None:
    assert facts(tenant, NAME, "other.mail.vendor.example A 192.0.2.1") == []


def test_a_vendor_that_answers_to_any_name_proves_nothing() -> None:
    assert facts(tenant, NAME, "*.mail.vendor.example A 192.0.2.1") == []
