from __future__ import annotations

from auditor.model.subject import Domain
from auditor.probes.caa import caa
from tests.probes.world import World, facts, failing, gaps, sight, values

WWW = Domain("www.city.example")


def test_the_nearest_records_decide() -> None:
    """RFC 8659, section 3."""
    world = World(
        'city.example CAA 0 issue "near.example; validationmethods=dns-01"\n'
        'example CAA 0 issue "far.example"'
    )

    assert facts(caa, WWW, world) == ['CAA issue "near.example"']
    assert world.asked == ["www.city.example CAA", "city.example CAA"]


def test_the_record_says_where_it_stands() -> None:
    (value,) = values(caa, WWW, 'city.example CAA 0 issuewild "a.example"')

    assert (value.tag, value.at) == ("issuewild", "city.example")


def test_nobody_may_issue() -> None:
    (value,) = values(caa, WWW, 'www.city.example CAA 0 issue ";"')

    assert (value.issuer, value.text()) == ("", 'CAA issue ";"')


def test_a_record_without_issuer_ends_the_climb_all_the_same() -> None:
    world = (
        'www.city.example CAA 0 iodef "mailto:x@city.example"\ncity.example CAA 0 issue "a.example"'
    )

    assert facts(caa, WWW, world) == []


def test_nobody_climbs_past_a_failure() -> None:
    """What stands there decides; a record above would be taken for it."""
    world = World('example CAA 0 issue "a.example"', results=failing("city.example CAA"))
    sighting = sight(caa, WWW, world)

    assert sighting.observations == ()
    assert gaps(sighting) == [("caa", "timeout")]
