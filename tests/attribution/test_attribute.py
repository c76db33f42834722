"""Roles flow along paths, and what could not be followed is a gap of every role it leaves open."""

from __future__ import annotations

import pytest

from auditor.model.target import Declared
from auditor.network import http
from tests.attribution.surveyed import (
    CITY,
    OVER_CLIENTS,
    OVER_MX,
    OVER_SPF,
    OVER_TOKEN,
    footprint,
    only,
    open_,
    part,
    served,
    world,
)

OTHER = "bourg.example"
WWW = (f"www.{CITY} A 1.1.1.1", f"{CITY} A 1.1.1.2")
ANNOUNCED = '1.1.1.1.origin.asn.cymru.com TXT "64500 | 1.1.1.0/24 | HL | ripencc | 2010-01-01"'
OWN_MX = (f"{CITY} MX 1 mail.{CITY}.", f"mail.{CITY} A 1.1.1.1")


def test_every_role_of_every_domain_is_there() -> None:
    found = footprint(f"{CITY} {OVER_MX}", domains=(CITY, OTHER))

    assert [(p.domain, p.role) for p in found.parts] == [
        (domain, role) for domain in (CITY, OTHER) for role in world().roles
    ]


def test_nothing_seen_and_nothing_missed_is_proof_of_absence() -> None:
    for found in footprint(f"{CITY} MX 0 .").parts:
        assert (found.dependencies, found.gaps) == ((), ())


def test_domains_of_one_organisation_stay_apart() -> None:
    found = footprint(
        f"{CITY} {OVER_MX}", f"{OTHER} MX 1 mx.homemail.example.", domains=(CITY, OTHER)
    )

    assert served(found, "mail.mailbox", CITY) == ["service: overcloud-mail (high)"]
    assert served(found, "mail.mailbox", OTHER) == ["service: homemail (high)"]


def test_the_same_zones_give_the_same_footprint() -> None:
    lines = (f"{CITY} {OVER_MX}", OVER_CLIENTS, OVER_SPF, OVER_TOKEN, *WWW, ANNOUNCED)
    one, other = (footprint(*lines).dependencies for _ in range(2))

    assert [(d.id, d.because) for d in one] == [(d.id, d.because) for d in other]


def test_an_id_names_one_dependency_and_can_be_read() -> None:
    found = footprint(f"{CITY} {OVER_MX}", OVER_CLIENTS, OVER_SPF, OVER_TOKEN, *WWW, ANNOUNCED)
    ids = [dependency.id for dependency in found.dependencies]

    assert len(set(ids)) == len(ids)
    assert f"{CITY}/mail.inbound/service/overcloud-mail" in ids
    assert f"{CITY}/web/network/overcloud-machines" in ids


def test_an_address_is_mail_because_an_exchanger_led_to_it() -> None:
    """The machine serves two roles, and what failed behind one name is a gap of that role."""
    found = footprint(*OWN_MX, *WWW, ANNOUNCED, silent=(f"www.{CITY} AAAA",))

    assert "network: overcloud-machines (high)" in served(found, "mail.inbound")
    assert "network: overcloud-machines (high)" in served(found, "web")
    assert open_(found, "web") == [f"dns www.{CITY} AAAA"]
    assert open_(found, "mail.inbound") == []


def test_a_network_that_nobody_told_leaves_every_role_open_that_stands_on_it() -> None:
    found = footprint(*OWN_MX, silent=("1.1.1.1.origin.asn.cymru.com TXT",))
    question = "dns 1.1.1.1.origin.asn.cymru.com TXT"

    assert open_(found, "mail.inbound") == [question]
    assert open_(found, "mail.mailbox") == [question]
    assert open_(found, "web") == []


def test_the_name_of_an_address_only_supports_what_others_show() -> None:
    found = footprint(*OWN_MX, ANNOUNCED, silent=("1.1.1.1.in-addr.arpa PTR",))

    assert open_(found, "mail.inbound") == []


def test_an_address_that_nobody_announces_is_on_a_network_not_identified() -> None:
    (_, network) = part(footprint(*OWN_MX), "mail.inbound").dependencies

    assert (network.layer, network.offering) == ("network", None)


@pytest.mark.parametrize(
    ("published", "named"), [("1.1.1.0/28", "homefilter"), ("1.1.2.0/24", "overcloud-machines")]
)
def test_a_range_that_is_published_tells_more_than_the_network_that_announces_it(
    published: str, named: str
) -> None:
    filtering = "fingerprints: [{on: dns.mx, under: homefilter.example}"
    ranges = f"{filtering}, {{on: dns.address, within: {published}}}"
    found = footprint(*OWN_MX, ANNOUNCED, known=world(filtering, ranges))

    (_, network) = part(found, "mail.inbound").dependencies
    assert (network.layer, network.offering) == ("network", named)


def test_a_look_up_that_tells_how_a_role_is_kept_leaves_nobody_unnamed() -> None:
    found = footprint(f"{CITY} {OVER_MX}", silent=(f"_mta-sts.{CITY} TXT",))
    inbound = part(found, "mail.inbound")

    assert [gap.probe for gap in inbound.gaps] == ["mta-sts"]
    assert inbound.unnamed == ()


def test_a_name_that_could_have_been_an_alias_leaves_open_what_aliases_speak_of() -> None:
    """Whatever stands at www may be a service of another role: only the answer would say."""
    route = "fingerprints: [{on: route.origin, is: AS64500}]"
    known = world(
        route,
        "fingerprints: [{on: route.origin, is: AS64500}, "
        "{on: dns.cname, under: sites.overcloud.example, roles: [collaboration]}]",
    )
    alias = f"www.{CITY} CNAME ville.sites.overcloud.example."
    seen = footprint(alias, "ville.sites.overcloud.example A 1.1.1.1", known=known)
    unseen = footprint(alias, known=known, silent=(f"www.{CITY} A",))

    assert "service: overcloud-machines (high)" in served(seen, "collaboration")
    assert open_(unseen, "collaboration") == [f"dns www.{CITY} A"]
    assert open_(unseen, "mail.mailbox") == []


def test_an_alias_behind_a_mail_exchanger_speaks_of_mail_alone() -> None:
    """Were it otherwise, a site would be found at an exchanger, and lost with its look-up."""
    known = world(
        "fingerprints: [{on: route.origin, is: AS64500}]",
        "fingerprints: [{on: route.origin, is: AS64500}, "
        "{on: dns.cname, under: sites.overcloud.example, roles: [collaboration]}]",
    )
    found = footprint(
        f"{CITY} MX 10 mx.{CITY}.",
        f"mx.{CITY} CNAME ville.sites.overcloud.example.",
        "ville.sites.overcloud.example A 1.1.1.1",
        known=known,
    )
    assert served(found, "collaboration") == []
    assert [
        d.offering for d in part(found, "mail.inbound").dependencies if d.layer == "service"
    ] == [None]


def test_what_the_organisation_declares_is_marked_so() -> None:
    services = (Declared("collaboration", "homemail", 2),)
    found = footprint(f"{CITY} {OVER_MX}", declared=services)

    assert only(found, "collaboration").declared
    assert served(found, "collaboration") == ["service: homemail (moderate)"]


def test_what_is_declared_and_seen_is_not_only_declared() -> None:
    services = (Declared("mail.inbound", "overcloud-mail", 2),)
    found = footprint(f"{CITY} {OVER_MX}", declared=services)

    assert not only(found, "mail.inbound").declared
    assert served(found, "mail.inbound") == ["service: overcloud-mail (high)"]


def test_who_is_declared_to_hold_the_keys_is_kept_with_the_service() -> None:
    services = (Declared("mail.inbound", "overcloud-mail", 2, keys="operator"),)

    assert only(footprint(f"{CITY} {OVER_MX}", declared=services), "mail.inbound").keys == (
        "operator"
    )
    assert only(footprint(f"{CITY} {OVER_MX}"), "mail.inbound").keys == ""


def test_a_declared_mailbox_does_not_hide_the_one_that_is_seen() -> None:
    services = (Declared("mail.mailbox", "homemail", 2),)
    found = footprint(f"{CITY} {OVER_MX}", declared=services)

    assert served(found, "mail.mailbox") == [
        "service: homemail (moderate)",
        "service: overcloud-mail (high)",
    ]


def test_an_added_host_serves_the_first_domain() -> None:
    found = footprint(
        "shop.elsewhere.example A 1.1.1.1",
        ANNOUNCED,
        domains=(CITY, OTHER),
        hosts=("shop.elsewhere.example",),
    )

    assert served(found, "web") == [
        "service: ~elsewhere.example (high)",
        "network: overcloud-machines (high)",
    ]
    assert served(found, "web", OTHER) == []


def test_an_added_host_that_could_not_be_looked_up_is_a_gap() -> None:
    found = footprint(
        f"{CITY} MX 0 .", hosts=("shop.example",), silent=("shop.example A", "shop.example AAAA")
    )

    assert set(open_(found, "web")) == {"dns shop.example A", "dns shop.example AAAA"}


def test_a_registrar_nobody_knows_is_a_dependency_all_the_same() -> None:
    record = b"""{"objectClassName": "domain", "ldhName": "ville.example", "entities": [
        {"objectClassName": "entity", "roles": ["registrar"],
         "vcardArray": ["vcard", [["version", {}, "text", "4.0"],
                                  ["fn", {}, "text", "Names of Sisterland"]]]}]}"""
    content = http.compose(200, "OK", (("content-type", "application/rdap+json"),), record)
    found = footprint(f"{CITY} MX 0 .", registered=content)

    assert served(found, "registration") == ["service: ~Names of Sisterland (high)"]


def test_an_attribution_from_memory_is_not_verified() -> None:
    line = "{on: dns.mx, under: homefilter.example}"
    believed = line[:-1] + ', source: memory, checked: "2026-11-01", verified: false}'
    found = footprint(f"{CITY} MX 1 mx.homefilter.example.", known=world(line, believed))

    assert not only(found, "mail.inbound").verified


def test_one_sign_that_was_read_in_a_source_verifies_the_attribution() -> None:
    line = "{on: dns.spf.include, under: spf.overcloud.example, strength: moderate}"
    believed = line[:-1] + ', source: memory, checked: "2026-11-01", verified: false}'
    found = footprint(f"{CITY} {OVER_MX}", OVER_SPF, known=world(line, believed))

    assert only(found, "mail.inbound").verified
    assert not only(found, "mail.outbound").verified


def test_names_of_the_organisations_own_are_called_by_its_domain() -> None:
    found = footprint(f"{CITY} MX 1 mx.it.{CITY}.", f"{CITY} MX 2 mx1.node7.hoster.example.")

    assert [d.label for d in part(found, "mail.inbound").dependencies] == [
        CITY,
        "hoster.example",
    ]


def test_sending_from_an_own_name_is_no_dependency_but_its_network_is() -> None:
    found = footprint(
        f'{CITY} TXT "v=spf1 a:mail.{CITY} -all"', f"mail.{CITY} A 1.1.1.1", ANNOUNCED
    )

    assert served(found, "mail.outbound") == []


def test_a_token_that_nobody_knows_names_nobody() -> None:
    assert served(footprint(f'{CITY} TXT "some-verification=1"'), "account") == []


def test_a_dependency_points_at_the_look_ups_that_show_it() -> None:
    dependency = only(footprint(f"{CITY} {OVER_MX}"), "mail.inbound")

    assert dependency.because == (f"{CITY} {OVER_MX[:-1]}",)
    assert len(dependency.evidence) == 1


def test_what_an_offering_fixes_and_what_the_registry_says_are_two_places() -> None:
    found = footprint(
        f"{CITY} MX 1 mx.homemail.example.",
        "mx.homemail.example A 1.1.1.1",
        '1.1.1.1.origin.asn.cymru.com TXT "64501 | 1.1.1.0/24 | SL | ripencc | 2010-01-01"',
    )
    places = part(found, "mail.inbound").dependencies[0].location

    assert [(p.country, p.source, p.address) for p in places] == [
        ("HL", "region", ""),
        ("SL", "registry", "1.1.1.1"),
    ]
