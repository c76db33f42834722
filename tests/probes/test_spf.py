from __future__ import annotations

from typing import Any

from auditor.model.subject import Address, Domain, Host
from auditor.probes.spf import spf
from tests.probes.world import World, facts, failing, gaps, sight, values

CITY = Domain("city.example")


def _policy(world: World | str) -> Any:
    return values(spf, CITY, world)[-1]


TREE = """
city.example TXT "v=spf1 mx a:relay.example ip4:192.0.2.7 include:1.example ?include:2.example -all"
city.example MX 10 mail.city.example.
relay.example A 192.0.2.2
1.example TXT "v=spf1 ip4:192.0.2.0/24 include:three.example ~all"
2.example TXT "v=spf1 redirect=four.example"
three.example TXT "v=spf1 ip6:2001:db8::/32 ?all"
four.example TXT "v=spf1 a:hidden.example -all"
hidden.example A 192.0.2.9
"""


def test_the_whole_tree_is_read() -> None:
    assert facts(spf, CITY, TREE) == [
        "SPF mx",
        "SPF a:relay.example",
        "SPF ip4:192.0.2.7",
        "SPF include:1.example",
        "SPF include:2.example",
        "SPF include:three.example (1.example)",
        "SPF redirect=four.example (2.example)",
        "SPF -all (7/10, 0/2)",
    ]


def test_each_level_is_asked_at_once() -> None:
    world = World(TREE)
    sight(spf, CITY, world)

    assert world.asked == [
        "city.example TXT",
        "city.example MX", "relay.example A", "1.example TXT", "2.example TXT",
        "three.example TXT", "four.example TXT",
        "hidden.example A",
    ]  # fmt: skip


def test_senders_lead_to_their_machines() -> None:
    leads = [lead for value in values(spf, CITY, TREE) for lead in value.leads()]

    assert leads == [Host("mail.city.example"), Host("relay.example"), Address("192.0.2.7")]


def test_a_loop_ends_and_is_named() -> None:
    world = """
    city.example TXT "v=spf1 include:a.example -all"
    a.example TXT "v=spf1 include:b.example -all"
    b.example TXT "v=spf1 include:a.example include:city.example -all"
    """

    assert _policy(world).errors == "loop"


def test_a_redirect_to_itself_ends() -> None:
    policy = _policy('city.example TXT "v=spf1 redirect=city.example"')

    assert (policy.errors, policy.all) == ("loop", "")


def test_more_than_ten_look_ups_are_counted_over_the_tree() -> None:
    """RFC 7208, section 4.6.4: a record included twice costs twice."""
    records = ['city.example TXT "v=spf1 include:a.example include:b.example -all"']
    records += [
        f'{name}.example TXT "v=spf1 include:shared.example ip4:192.0.2.1 -all"' for name in "ab"
    ]
    records.append(
        'shared.example TXT "v=spf1 a:h1.example a:h2.example a:h3.example a:h4.example"'
    )
    records += [f"h{number}.example A 192.0.2.{number}" for number in range(1, 5)]

    policy = _policy("\n".join(records))

    assert (policy.lookups, policy.errors) == (12, "lookups")


def test_void_look_ups_are_counted() -> None:
    world = 'city.example TXT "v=spf1 a:gone1.example a:gone2.example mx:gone3.example -all"'

    policy = _policy(world)

    assert (policy.void_lookups, policy.errors) == (3, "void-lookups")


def test_an_include_without_record_is_an_error() -> None:
    """RFC 7208, section 5.2."""
    world = 'city.example TXT "v=spf1 include:g1.example -all"'

    assert _policy(world).errors == "missing"


def test_an_include_that_nobody_answers_is_left_open_and_not_called_missing() -> None:
    world = World(
        'city.example TXT "v=spf1 include:slow.example -all"',
        results=failing("slow.example TXT"),
    )
    sighting = sight(spf, CITY, world)

    assert gaps(sighting) == [("spf", "timeout")]
    assert "dns.spf.policy" not in [o.value.kind for o in sighting.observations]


def test_an_unreadable_include_costs_nothing_else() -> None:
    from auditor.model.exchange import Reply

    world = World(
        'city.example TXT "v=spf1 include:bad.example include:good.example -all"\n'
        'good.example TXT "v=spf1 -all"',
        results={"bad.example TXT": Reply(b"\x00\x00\x80\x00\x00\x01\x00\x05\x00\x00\x00\x00")},
    )
    sighting = sight(spf, CITY, world)

    assert gaps(sighting) == [("spf", "unreadable")]
    assert "SPF include:good.example" in [o.value.text() for o in sighting.observations]


def test_several_records_are_an_error_and_all_are_read() -> None:
    """RFC 7208, section 4.5; whoever stands in any of them was meant to send."""
    world = """
    city.example TXT "v=spf1 include:old.example -all"
    city.example TXT "v=spf1 include:new.example -all"
    old.example TXT "v=spf1 -all"
    new.example TXT "v=spf1 -all"
    """

    assert _policy(world).errors == "several"
    assert "SPF include:old.example" in facts(spf, CITY, world)


def test_an_endless_chain_stops_with_a_gap() -> None:
    records = ['city.example TXT "v=spf1 include:i0.example -all"']
    records += [
        f'i{number}.example TXT "v=spf1 include:i{number + 1}.example -all"' for number in range(60)
    ]
    world = World("\n".join(records))

    assert gaps(sight(spf, CITY, world)) == [("spf", "limit")]
    assert len(world.asked) < 30


def test_a_broad_tree_stops_with_a_gap() -> None:
    wide = " ".join(f"include:w{number}.example" for number in range(200))
    strings = " ".join(f'"{wide[at : at + 200]}"' for at in range(0, len(wide), 200))
    world = World(f'city.example TXT "v=spf1 " {strings}')

    assert ("spf", "limit") in gaps(sight(spf, CITY, world))
    assert len(world.asked) <= 101


def test_a_macro_names_whoever_stands_at_its_end() -> None:
    world = 'city.example TXT "v=spf1 exists:%{i}._spf.vendor.example include:%{d}.x.example -all"'

    assert facts(spf, CITY, world) == [
        "SPF exists:_spf.vendor.example",
        "SPF include:x.example",
        "SPF -all (2/10, 0/2)",
    ]


def test_whom_the_record_rejects_is_no_sender() -> None:
    world = """
    city.example TXT "v=spf1 -include:banned.example a -all"
    city.example A 192.0.2.1
    banned.example TXT "v=spf1 -all"
    """

    assert facts(spf, CITY, world) == ["SPF a", "SPF -all (2/10, 0/2)"]


def test_the_qualifier_of_a_redirect_decides() -> None:
    world = """
    city.example TXT "v=spf1 redirect=r.example"
    r.example TXT "v=spf1 ~all"
    """

    assert _policy(world).all == "~"


def test_a_domain_without_record_has_no_policy() -> None:
    assert facts(spf, CITY, "city.example TXT unrelated") == []


def test_a_tree_that_doubles_at_each_level_is_counted_at_once() -> None:
    """A million paths lead through forty records."""
    records = ['city.example TXT "v=spf1 include:a0.example include:b0.example -all"']
    records += [
        f'{name}{n}.example TXT "v=spf1 include:a{n + 1}.example include:b{n + 1}.example -all"'
        for n in range(19)
        for name in "ab"
    ]
    records += [f'{name}19.example TXT "v=spf1 -all"' for name in "ab"]

    assert _policy("\n".join(records)).lookups == 2**21 - 2
