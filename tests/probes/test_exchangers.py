from __future__ import annotations

from auditor.model.subject import Address, Domain, Host
from auditor.probes.exchangers import mx
from tests.probes.world import World, facts, failing, gaps, sight, values

CITY = Domain("city.example")


def test_exchangers_come_by_preference() -> None:
    world = "city.example MX 20 b.mail.example.\ncity.example MX 10 a.mail.example."

    assert facts(mx, CITY, world) == ["MX 10 a.mail.example", "MX 20 b.mail.example"]


def test_an_exchanger_leads_to_its_host() -> None:
    (value,) = values(mx, CITY, "city.example MX 10 Mail.City.Example.")

    assert value.leads() == (Host("mail.city.example"),)


def test_a_null_mx_is_no_exchanger() -> None:
    """RFC 7505: the root as only exchanger says that the domain takes no mail."""
    (value,) = values(mx, CITY, "city.example MX 0 .")

    assert (value.kind, value.key_field, value.leads()) == ("dns.null-mx", "", ())


def test_an_address_in_place_of_a_name_leads_to_the_address() -> None:
    """Against RFC 1035, but mail goes there: the address tells whose machine it is."""
    (value,) = values(mx, CITY, "city.example MX 10 192.0.2.1.")

    assert value.leads() == (Address("192.0.2.1"),)


def test_a_name_no_host_can_have_is_left_open_and_costs_nothing_else() -> None:
    world = World("city.example MX 10 mail.example.\ncity.example MX 20 a\\032b\\000.example.")
    sighting = sight(mx, CITY, world)

    assert [o.value.text() for o in sighting.observations] == ["MX 10 mail.example"]
    assert gaps(sighting) == [("mx", "unreadable")]


def test_without_mx_the_address_is_where_mail_may_go() -> None:
    """RFC 5321, section 5.1."""
    (value,) = values(mx, CITY, "city.example A 192.0.2.1")

    assert value.kind == "dns.mx.implicit"


def test_nothing_at_all_is_proof_of_absence() -> None:
    assert facts(mx, CITY, "city.example TXT x") == []


def test_a_failed_look_up_is_not_absence() -> None:
    sighting = sight(mx, CITY, World(results=failing("city.example MX")))

    assert [(gap.why, gap.roles) for gap in sighting.gaps] == [("timeout", ("mail.inbound",))]
    assert sighting.observations == ()


def test_a_failed_look_up_is_not_followed_by_another() -> None:
    world = World(results=failing("city.example MX"))
    sight(mx, CITY, world)

    assert world.asked == ["city.example MX"]
