"""Where the mail is kept is not always where it enters."""

from __future__ import annotations

import pytest

from tests.attribution.surveyed import (
    CITY,
    FILTER_MX,
    OVER_CLIENTS,
    OVER_DKIM,
    OVER_MX,
    OVER_SPF,
    OVER_TOKEN,
    footprint,
    open_,
    part,
    served,
    world,
)

_ROLES = "roles: [mail.inbound, mail.mailbox, mail.outbound]\n            technology"
BOTH = (_ROLES, _ROLES.replace("mail.inbound,", "mail.inbound, mail.gateway,"))
"""In this world Homemail filters for others as well as keeping mail."""

HOME_MX = f"{CITY} MX 1 mx1.homemail.example."
OWN_MX = f"{CITY} MX 1 mail.{CITY}."
ON_FOREIGN_GROUND = (
    f"mail.{CITY} A 1.1.1.1",
    '1.1.1.1.origin.asn.cymru.com TXT "64500 | 1.1.1.0/24 | HL | ripencc | 2010-01-01"',
)


def test_the_mail_exchanger_of_a_mailbox_service_keeps_what_it_accepts() -> None:
    found = footprint(f"{CITY} {OVER_MX}")

    assert served(found, "mail.inbound") == ["service: overcloud-mail (high)"]
    assert served(found, "mail.mailbox") == ["service: overcloud-mail (high)"]
    assert served(found, "mail.gateway") == []


@pytest.mark.parametrize(
    ("sign", "sure"), [(OVER_CLIENTS, "high"), (OVER_DKIM, "moderate"), (OVER_SPF, "moderate")]
)
def test_behind_a_gateway_the_mailbox_is_seen_by_other_signs(sign: str, sure: str) -> None:
    found = footprint(FILTER_MX, sign)

    assert served(found, "mail.inbound") == ["service: homefilter (high)"]
    assert served(found, "mail.gateway") == ["service: homefilter (high)"]
    assert served(found, "mail.mailbox") == [f"service: overcloud-mail ({sure})"]


def test_two_kinds_of_moderate_sign_agree() -> None:
    found = footprint(FILTER_MX, OVER_DKIM, OVER_SPF)

    assert served(found, "mail.mailbox") == ["service: overcloud-mail (high)"]


def test_a_token_is_a_hint_beside_somebody_not_identified() -> None:
    """It proves that the domain was once shown to somebody, and no use."""
    found = footprint(FILTER_MX, OVER_TOKEN)

    assert served(found, "mail.mailbox") == [
        f"service: ~{CITY} (low)",
        "service: overcloud-mail (low)",
    ]


def test_a_tenant_is_a_hint() -> None:
    """That an account exists does not say that the mail is kept there."""
    sign = "{on: dns.dkim, under"
    tenant = "{on: dns.tenant, under: tenants.overcloud.example, proves: relation}"
    known = world(sign, f"{tenant}\n              - {sign}")
    found = footprint(FILTER_MX, "ville-example.tenants.overcloud.example A 1.1.1.2", known=known)

    assert served(found, "mail.mailbox") == [
        f"service: ~{CITY} (low)",
        "service: overcloud-mail (low)",
    ]
    assert served(found, "account") == ["service: overcloud-mail (low)"]


def test_behind_a_gateway_without_signs_somebody_keeps_the_mail() -> None:
    assert served(footprint(FILTER_MX), "mail.mailbox") == [f"service: ~{CITY} (low)"]


def test_a_supplier_of_a_supplier_is_no_sign() -> None:
    """The sender that the town names may itself send through somebody else."""
    found = footprint(
        FILTER_MX,
        f'{CITY} TXT "v=spf1 include:sender.example -all"',
        'sender.example TXT "v=spf1 include:spf.overcloud.example -all"',
    )

    assert "service: overcloud-mail (low)" in served(found, "mail.mailbox")
    assert "service: overcloud-mail (moderate)" in served(found, "mail.outbound")


def test_a_home_made_name_on_foreign_ground() -> None:
    """The exchanger is the town's own; the network under it is not, wherever it is registered."""
    found = footprint(OWN_MX, *ON_FOREIGN_GROUND)

    for role in ("mail.inbound", "mail.mailbox"):
        assert [entry.partition(" (")[0] for entry in served(found, role)] == [
            f"service: ~{CITY}",
            "network: overcloud-machines",
        ]


def test_behind_an_own_name_who_may_send_is_only_a_hint() -> None:
    """One may send for a domain without keeping its mail."""
    found = footprint(OWN_MX, OVER_SPF)

    assert served(found, "mail.mailbox") == [
        f"service: ~{CITY} (moderate)",
        "service: overcloud-mail (low)",
    ]


def test_behind_an_own_name_clients_say_where_the_mail_is() -> None:
    assert served(footprint(OWN_MX, OVER_CLIENTS), "mail.mailbox") == [
        "service: overcloud-mail (high)"
    ]


def test_who_may_send_says_no_more_once_clients_are_sent_somewhere() -> None:
    """An IT supplier that relays for the town need not keep its mail."""
    sign = "{on: dns.mx, under: homemail.example}"
    known = world(sign, f"{sign}, {{on: dns.spf.include, under: spf.homemail.example}}")
    record = f'{CITY} TXT "v=spf1 include:spf.homemail.example -all"'

    assert served(footprint(FILTER_MX, record, known=known), "mail.mailbox") == [
        "service: homemail (high)"
    ]
    assert served(footprint(FILTER_MX, record, OVER_CLIENTS, known=known), "mail.mailbox") == [
        "service: overcloud-mail (high)"
    ]


def test_of_several_that_may_send_nobody_can_say_who_keeps_the_mail() -> None:
    sign = "{on: dns.mx, under: homemail.example}"
    known = world(sign, f"{sign}, {{on: dns.spf.include, under: spf.homemail.example}}")
    includes = "include:spf.homemail.example include:spf.overcloud.example"
    found = footprint(FILTER_MX, f'{CITY} TXT "v=spf1 {includes} -all"', known=known)

    assert served(found, "mail.mailbox") == [
        f"service: ~{CITY} (low)",
        "service: homemail (low)",
        "service: overcloud-mail (low)",
    ]


def test_clients_sent_to_a_name_of_the_towns_own_are_kept_beside_other_signs() -> None:
    """Some mailboxes at home, some in the cloud of whoever signs: a common way to move."""
    found = footprint(FILTER_MX, OVER_DKIM, f"autodiscover.{CITY} A 1.1.1.1")

    assert [entry for entry in served(found, "mail.mailbox") if "service" in entry] == [
        "service: overcloud-mail (moderate)",
        f"service: ~{CITY} (moderate)",
    ]


def test_an_operator_that_filters_and_keeps_does_both_unless_something_tells() -> None:
    found = footprint(HOME_MX, known=world(*BOTH))

    assert served(found, "mail.mailbox") == ["service: homemail (moderate)"]
    assert served(found, "mail.gateway") == []


def test_an_operator_that_filters_and_keeps_only_filters_when_clients_go_elsewhere() -> None:
    found = footprint(HOME_MX, OVER_CLIENTS, known=world(*BOTH))

    assert served(found, "mail.mailbox") == ["service: overcloud-mail (high)"]
    assert served(found, "mail.gateway") == ["service: homemail (high)"]


def test_an_operator_that_filters_and_keeps_may_filter_for_a_name_of_the_towns_own() -> None:
    found = footprint(HOME_MX, f"autodiscover.{CITY} A 1.1.1.1", known=world(*BOTH))

    assert [entry for entry in served(found, "mail.mailbox") if "service" in entry] == [
        "service: homemail (moderate)",
        f"service: ~{CITY} (moderate)",
    ]


def test_an_operator_that_filters_and_keeps_is_not_told_by_who_may_send() -> None:
    found = footprint(HOME_MX, OVER_SPF, known=world(*BOTH))

    assert served(found, "mail.mailbox") == ["service: homemail (moderate)"]


def test_contradictory_signs_are_both_kept() -> None:
    """Mail enters at one mailbox service, and clients are sent to another: some may be at each."""
    found = footprint(HOME_MX, OVER_CLIENTS)

    assert served(found, "mail.mailbox") == [
        "service: homemail (high)",
        "service: overcloud-mail (moderate)",
    ]


def test_two_exchangers_of_two_operators() -> None:
    found = footprint(HOME_MX, f"{CITY} MX 2 city.mx.overcloud.example.")

    expected = ["service: homemail (high)", "service: overcloud-mail (high)"]
    assert served(found, "mail.inbound") == expected
    assert served(found, "mail.mailbox") == expected


def test_a_null_mx_leaves_no_mail_and_no_question() -> None:
    found = footprint(f"{CITY} MX 0 .", OVER_SPF)

    for role in ("mail.inbound", "mail.gateway", "mail.mailbox"):
        assert (served(found, role), open_(found, role)) == ([], [])
    assert "dns.null-mx" in [fact.kind for fact in part(found, "mail.inbound").facts]


def test_a_wildcard_is_no_mailbox() -> None:
    """Any name leads there, autodiscover too; nobody put it there for mail."""
    found = footprint(FILTER_MX, f"*.{CITY} CNAME clients.overcloud.example.")

    assert served(found, "mail.mailbox") == [f"service: ~{CITY} (low)"]


@pytest.mark.parametrize("question", [f"autodiscover.{CITY} A", f"over1._domainkey.{CITY} TXT"])
def test_what_could_have_told_of_the_mailbox_leaves_it_open(question: str) -> None:
    found = footprint(FILTER_MX, silent=(question,))

    assert f"dns {question}" in open_(found, "mail.mailbox")
    assert open_(found, "mail.inbound") == []


def test_without_knowing_the_exchangers_nothing_is_known_of_mail() -> None:
    found = footprint(FILTER_MX, OVER_CLIENTS, silent=(f"{CITY} MX",))

    for role in ("mail.inbound", "mail.gateway", "mail.mailbox"):
        assert (served(found, role), open_(found, role)) == ([], [f"dns {CITY} MX"])


def test_a_signing_key_that_may_exist_does_not_hide_a_mailbox_service_at_the_entrance() -> None:
    found = footprint(HOME_MX, silent=(f"over1._domainkey.{CITY} TXT",))

    assert open_(found, "mail.mailbox") == []


def test_an_operator_that_filters_and_keeps_cannot_be_told_when_a_look_up_failed() -> None:
    """Silence elsewhere would have told that it keeps the mail; a failed look-up is no silence."""
    found = footprint(HOME_MX, known=world(*BOTH), silent=(f"autodiscover.{CITY} A",))

    assert served(found, "mail.mailbox") == ["service: homemail (low)"]
    assert open_(found, "mail.gateway") == [f"dns autodiscover.{CITY} A"]


def test_an_exchanger_that_could_not_be_followed_may_be_a_mailbox_service() -> None:
    """A key that somebody signs with must not name who keeps the mail before that is known."""
    found = footprint(OWN_MX, OVER_DKIM, silent=(f"mail.{CITY} A", f"mail.{CITY} AAAA"))

    assert "service: overcloud-mail (low)" in served(found, "mail.mailbox")
    assert f"dns mail.{CITY} A" in open_(found, "mail.mailbox")
