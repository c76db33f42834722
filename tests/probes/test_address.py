from __future__ import annotations

from auditor.model.subject import Address, Host
from auditor.probes.address import address
from tests.probes.world import World, facts, failing, gaps, sight, values

WWW = Host("www.city.example")


def test_aliases_and_addresses() -> None:
    world = """
    www.city.example CNAME edge.cdn.example.
    edge.cdn.example CNAME node.cdn.example.
    node.cdn.example A 192.0.2.2
    node.cdn.example A 192.0.2.1
    node.cdn.example AAAA 2001:db8::1
    """

    assert facts(address, WWW, world) == [
        "CNAME edge.cdn.example", "CNAME node.cdn.example", "A 192.0.2.1", "A 192.0.2.2",
        "AAAA 2001:db8::1",
    ]  # fmt: skip


def test_both_families_are_asked_at_once() -> None:
    world = World()
    look = address.look(WWW)

    assert [question.text for question in next(look)] == [
        "www.city.example A",
        "www.city.example AAAA",
    ]
    assert world.asked == []


def test_an_address_leads_to_itself_and_an_alias_nowhere() -> None:
    found = values(address, WWW, "www.city.example CNAME a.example.\na.example A 192.0.2.1")

    assert [value.leads() for value in found] == [(), (Address("192.0.2.1"),)]


def test_a_loop_of_aliases_ends() -> None:
    world = "www.city.example CNAME a.example.\na.example CNAME www.city.example."

    assert facts(address, WWW, world) == ["CNAME a.example"]


def test_one_family_that_fails_leaves_the_other() -> None:
    world = World("www.city.example A 192.0.2.1", results=failing("www.city.example AAAA"))
    sighting = sight(address, WWW, world)

    assert [o.value.text() for o in sighting.observations] == ["A 192.0.2.1"]
    assert [(gap.why, gap.roles) for gap in sighting.gaps] == [("timeout", ())]
    assert gaps(sighting) == [("address", "timeout")]
