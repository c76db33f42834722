from __future__ import annotations

from auditor.model.subject import Domain
from auditor.probes.dmarc import dmarc
from tests.probes.world import World, facts, failing, gaps, sight

CITY = Domain("city.example")


def test_the_policy_and_its_recipients() -> None:
    world = (
        '_dmarc.city.example TXT "v=DMARC1; p=Reject; sp=none; pct=50; '
        'rua=mailto:a@reports.example!10m,mailto:b@city.example; ruf=mailto:c@forensic.example"'
    )

    assert facts(dmarc, CITY, world) == [
        "_dmarc.city.example TXT v=DMARC1; p=reject; sp=none; pct=50",
        "_dmarc TXT rua=reports.example",
        "_dmarc TXT rua=city.example",
        "_dmarc TXT ruf=forensic.example",
    ]


def test_a_subdomain_without_policy_has_that_of_its_organisation() -> None:
    """RFC 7489, section 6.6.3."""
    world = '_dmarc.city.example TXT "v=DMARC1; p=none"'

    (policy,) = facts(dmarc, Domain("town.hall.city.example"), world)

    assert policy == "_dmarc.city.example TXT v=DMARC1; p=none"


def test_a_failed_look_up_is_not_answered_by_the_organisation() -> None:
    world = World(
        '_dmarc.city.example TXT "v=DMARC1; p=reject"',
        results=failing("_dmarc.www.city.example TXT"),
    )
    sighting = sight(dmarc, Domain("www.city.example"), world)

    assert sighting.observations == ()
    assert gaps(sighting) == [("dmarc", "timeout")]


def test_several_records_count_as_none() -> None:
    world = (
        '_dmarc.city.example TXT "v=DMARC1; p=none"\n_dmarc.city.example TXT "v=DMARC1; p=reject"'
    )

    assert facts(dmarc, CITY, world) == ["dmarc −"]


def test_a_wildcard_record_of_another_kind_is_no_policy() -> None:
    assert facts(dmarc, CITY, '*.city.example TXT "v=spf1 -all"') == ["dmarc −"]


def test_a_recipient_nobody_can_read_is_left_open() -> None:
    world = World('_dmarc.city.example TXT "v=DMARC1; p=none; rua=mailto:x@<b>a</b>,ftp://y"')
    sighting = sight(dmarc, CITY, world)

    assert gaps(sighting) == [("dmarc", "unreadable")]
    assert len(sighting.observations) == 1
