from __future__ import annotations

import pytest

from auditor.model.subject import Domain, Host, ServiceName
from auditor.probes.services import service, site
from tests.probes.world import World, facts, failing, gaps, sight, values

WEBMAIL = ServiceName("city.example", "webmail", "mail.mailbox")
AUTODISCOVER = ServiceName("city.example", "autodiscover", "mail.mailbox")
SIP = ServiceName("city.example", "_sip._tls", "collaboration", srv=True)


def test_an_alias_names_a_service_and_leads_on_from_the_name_asked_for() -> None:
    """The answer about the name holds the whole chain, whatever the target is called."""
    (value,) = values(
        service,
        WEBMAIL,
        "webmail.city.example CNAME x.vendor.example.\nx.vendor.example A 192.0.2.1",
    )

    assert (value.kind, value.target, value.roles()) == (
        "dns.service", "x.vendor.example", ("mail.mailbox",),
    )  # fmt: skip
    assert value.leads() == (Host("webmail.city.example"),)


def test_where_mail_clients_are_sent_is_a_kind_of_its_own() -> None:
    (value,) = values(service, AUTODISCOVER, "autodiscover.city.example CNAME a.vendor.example.")

    assert value.kind == "dns.autodiscover"


def test_an_alias_to_nowhere_still_names_a_service() -> None:
    assert facts(service, WEBMAIL, "webmail.city.example CNAME gone.example.") == [
        "CNAME gone.example"
    ]


def test_a_name_with_addresses_only() -> None:
    (value,) = values(service, WEBMAIL, "webmail.city.example AAAA 2001:db8::1")

    assert (value.kind, value.text(), value.leads()) == (
        "dns.name", "AAAA", (Host("webmail.city.example"),),
    )  # fmt: skip


@pytest.mark.parametrize(
    "world",
    [
        "*.city.example A 192.0.2.1",
        "*.city.example CNAME parking.example.\nparking.example A 192.0.2.1",
        "*.city.example CNAME gone.example.",
    ],
)
def test_what_any_name_shows_proves_nothing(world: str) -> None:
    assert facts(service, WEBMAIL, world) == []


def test_a_web_site_is_one_even_if_it_answers_to_any_name() -> None:
    world = "*.city.example A 192.0.2.1"

    assert facts(service, ServiceName("city.example", "www", "web"), world) == ["A"]


def test_a_name_of_its_own_beside_a_wildcard_counts() -> None:
    world = "*.city.example A 192.0.2.1\nwebmail.city.example A 192.0.2.2"

    assert facts(service, WEBMAIL, world) == ["A"]


def test_a_wildcard_nobody_could_ask_for_leaves_a_gap_and_the_fact() -> None:
    world = World("webmail.city.example A 192.0.2.2")
    sight(service, WEBMAIL, world)
    (other,) = (text for text in world.asked if text.startswith("x"))
    broken = World(world.lines, results=failing(other))
    sighting = sight(service, WEBMAIL, broken)

    assert [o.value.text() for o in sighting.observations] == ["A"]
    assert gaps(sighting) == [("service", "timeout")]


def test_a_gap_leaves_the_role_of_the_name_open() -> None:
    sighting = sight(service, WEBMAIL, World(results=failing("webmail.city.example A")))

    assert [gap.roles for gap in sighting.gaps] == [("mail.mailbox",)]


def test_service_records_name_their_target() -> None:
    world = (
        "_sip._tls.city.example SRV 100 1 443 sipdir.vendor.example.\n"
        "_sip._tls.city.example SRV 200 1 443 ."
    )
    (value,) = values(service, SIP, world)

    assert value.text() == "SRV 100 1 443 sipdir.vendor.example"
    assert value.leads() == (Host("sipdir.vendor.example"),)


def test_the_root_as_target_is_no_service() -> None:
    """RFC 2782: the service is decidedly not available at this domain."""
    assert facts(service, SIP, "_sip._tls.city.example SRV 0 0 0 .") == []


def test_the_domain_itself_is_asked_for_ipv6_only_without_ipv4() -> None:
    four, six = World("city.example A 192.0.2.1"), World("city.example AAAA 2001:db8::1")

    assert facts(site, Domain("city.example"), four) == ["A"]
    assert facts(site, Domain("city.example"), six) == ["AAAA"]
    assert four.asked == ["city.example A"]


def test_a_name_that_does_not_exist_is_asked_for_once() -> None:
    """RFC 8020: there is nothing of any type."""
    world = World()

    assert facts(service, WEBMAIL, world) == []
    assert world.asked == ["webmail.city.example A"]


def test_an_alias_no_host_can_have_is_left_open() -> None:
    sighting = sight(service, WEBMAIL, World("webmail.city.example CNAME a\\010b.example."))

    assert gaps(sighting) == [("service", "unreadable")]
