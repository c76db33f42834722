"""What is said against what is seen: each case with the neighbour in which nothing contradicts."""

from __future__ import annotations

import json
from datetime import date

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.model.contradiction import KINDS, Contradiction
from auditor.model.rule import Verdict
from auditor.network import http
from tests.engine.opposed import CITY, READ, assessed, contradictions, said, world

OVER_MX = f"{CITY} MX 10 a.mx.overcloud.example."
HOME_MX = f"{CITY} MX 10 mx.homemail.example."
FILTER_MX = f"{CITY} MX 10 mx.homefilter.example."
OWN_MX = f"{CITY} MX 10 mail.{CITY}."
BEFORE_THE_SALE = date(2026, 2, 1)
HOME_MAIL = "services: [{role: mail.mailbox, offering: homemail}]"


def _kinds(found: list[Contradiction]) -> list[tuple[str, str]]:
    return [(each.kind, each.level.value) for each in found]


def test_a_service_that_another_is_seen_instead_of() -> None:
    assessment = assessed(HOME_MAIL, OVER_MX)

    (found,) = assessment.contradictions
    assert (found.id, found.kind, found.level) == ("c01", "service-not-seen", "contradicted")
    assert (found.domain, found.role, found.line) == (CITY, "mail.mailbox", 3)
    assert found.one.en == "For “Mailboxes” of city.example, the dossier declares Homemail."
    assert "they point to Overcloud Mail" in found.other.en
    assert said(assessment).id in found.evidence
    assert len(found.evidence) > 1


def test_what_is_declared_and_contradicted_decides_no_verdict() -> None:
    """Alone it would pass; the point it leaves open stands with the finding."""
    text = "services: [{role: mail.mailbox, offering: sold-mail}]"
    alone = assessed(text, day=BEFORE_THE_SALE)
    (finding,) = alone.findings
    assert (alone.contradictions, finding.verdict) == ((), Verdict.PASS)

    assessment = assessed(
        text.replace("sold-mail", "sold-mail, operator: homemail-sa"), day=BEFORE_THE_SALE
    )

    (finding,) = assessment.findings
    (found,) = assessment.contradictions
    assert (found.kind, found.level) == ("operator", "contradicted")
    assert finding.verdict is Verdict.UNKNOWN
    assert "a contradiction was noted" in finding.missing[0].en
    assert finding.dependencies == found.shaken
    assert [d.contradicted for d in assessment.footprint.dependencies] == [True]


def test_what_is_declared_and_called_into_question_decides_as_before() -> None:
    text = "services: [{role: mail.mailbox, offering: sold-mail, operator: Revendeur SARL}]"

    assessment = assessed(text, day=BEFORE_THE_SALE)

    assert _kinds(list(assessment.contradictions)) == [("operator", "to-check")]
    assert [finding.verdict for finding in assessment.findings] == [Verdict.PASS]


def test_what_was_seen_stands_whatever_contradicts_the_dossier() -> None:
    assessment = assessed(HOME_MAIL, OVER_MX)

    (finding,) = assessment.findings
    assert finding.verdict is Verdict.FAIL
    assert "Overcloud Mail" in finding.says.en


@pytest.mark.parametrize(
    ("lines", "silent", "why"),
    [
        ((HOME_MX,), (), "it is seen"),
        ((FILTER_MX,), (), "behind a filter nobody can tell"),
        ((OWN_MX, f"mail.{CITY} A 192.0.2.1"), (), "it may stand behind a name of the city's own"),
        ((OVER_MX,), (f"{CITY} MX",), "the record that would show it was not read"),
    ],
)
def test_a_service_that_need_not_show(
    lines: tuple[str, ...], silent: tuple[str, ...], why: str
) -> None:
    assert _kinds(contradictions(HOME_MAIL, *lines, silent=silent)) == [], why


def test_a_service_of_somebody_we_cannot_name_is_to_be_checked() -> None:
    found = contradictions(HOME_MAIL, f"{CITY} MX 10 mx.stranger.example.")

    assert _kinds(found) == [("service-not-seen", "to-check")]
    assert found[0].shaken == ()


def test_a_service_beside_those_that_the_dossier_names() -> None:
    text = "services: [{role: mail.mailbox, offering: sold-mail}]"

    (found,) = contradictions(text, OVER_MX)

    assert (found.kind, found.level) == ("service-not-declared", "contradicted")
    assert "names only this: Sold Mail" in found.one.en


def test_a_role_of_which_the_dossier_says_nothing() -> None:
    """A dossier tells what the internet does not show: its silence denies nothing."""
    text = "services: [{role: collaboration, offering: homemail}]"

    assert contradictions(text, OVER_MX) == []
    exhaustive = contradictions(f"exhaustive: true\n{text}", OVER_MX)
    assert {found.kind for found in exhaustive} == {"service-not-declared"}
    assert "names only this: none" in exhaustive[0].one.en


def test_hosted_at_home_and_mail_at_an_operator_from_elsewhere() -> None:
    text = "organisation: {hosted_in: [HL]}"

    found = contradictions(text, OVER_MX)

    assert _kinds(found) == [("place-operator", "to-check")]
    assert "For “Incoming and Mailboxes” of city.example" in found[0].other.en
    assert "limits hosting to this: Homeland" in found[0].one.en
    assert "Overcloud Europe Ltd, is incorporated elsewhere (Sisterland)" in found[0].other.en
    assert contradictions("organisation: {hosted_in: [EU]}", OVER_MX) == []
    assert contradictions(text, HOME_MX) == []


def test_a_service_that_the_dossier_places_is_asked_about_and_not_refuted() -> None:
    """A foreign operator can host at home: who says so of its service contradicts nobody."""
    text = "services: [{role: mail.mailbox, offering: overcloud-mail, regions: [HL]}]"

    assert contradictions(text, OVER_MX) == []


def test_a_place_that_the_offering_does_not_keep_to() -> None:
    text = "services: [{role: mail.mailbox, offering: homemail, regions: [SL]}]"

    (found,) = contradictions(text, HOME_MX)

    assert (found.kind, found.level) == ("place-region", "to-check")
    assert "Homeland" in found.other.en
    assert "https://register.example/, read on 1\u00a0November 2026" in found.other.en
    assert "lue le 1er\u00a0novembre 2026" in found.other.fr
    assert contradictions(text.replace("SL", "EU"), HOME_MX) == []


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("homemail-sa", []),
        ("HOMEMAIL S.A.", []),
        ("overcloud-inc", [("operator", "contradicted")]),
        ("Revendeur SARL", [("operator", "to-check")]),
    ],
)
def test_an_operator_that_is_not_the_one_known(
    operator: str, expected: list[tuple[str, str]]
) -> None:
    text = f"services: [{{role: mail.mailbox, offering: homemail, operator: {operator}}}]"

    assert _kinds(contradictions(text, HOME_MX)) == expected


def test_a_parent_that_signs_is_asked_about() -> None:
    text = "services: [{role: mail.mailbox, offering: overcloud-mail, operator: overcloud-inc}]"

    assert _kinds(contradictions(text, OVER_MX)) == [("operator", "to-check")]


@pytest.mark.parametrize("keys", ["customer", "third-party", "operator"])
def test_keys_that_the_operator_is_known_to_hold(keys: str) -> None:
    text = f"services: [{{role: mail.mailbox, offering: homemail, keys: {keys}}}]"

    found = _kinds(contradictions(text, HOME_MX, added="keys: operator"))

    assert found == ([] if keys == "operator" else [("keys", "to-check")])
    assert contradictions(text, HOME_MX) == [], "nothing is known of the keys"


SUPPLY = f"subprocessors: [{{entity: overcloud-inc, what: {{fr: appui, en: support}}, {READ}}}]"


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("", []),
        (", subprocessors: []", [("subprocessor-source", "contradicted")]),
        (", subprocessors: [Overcloud Inc]", []),
        (", subprocessors: [overcloud-europe]", []),
        (", subprocessors: [Autre SARL]", [("subprocessor-source", "contradicted")]),
    ],
)
def test_a_sub_processor_that_the_list_leaves_out(
    listed: str, expected: list[tuple[str, str]]
) -> None:
    """No list says nothing; an empty one says that there is none."""
    text = f"services: [{{role: mail.mailbox, offering: homemail{listed}}}]"

    assert _kinds(contradictions(text, HOME_MX, added=SUPPLY)) == expected


def test_machines_of_somebody_whom_the_list_leaves_out() -> None:
    lines = (
        HOME_MX,
        "mx.homemail.example A 1.1.1.1",
        '1.1.1.1.origin.asn.cymru.com TXT "64500 | 1.1.1.0/24 | OL | ripencc | 2001-01-01"',
        'AS64500.asn.cymru.com TXT "64500 | OL | ripencc | 2001-01-01 | OVER, OL"',
    )
    text = "services: [{role: mail.mailbox, offering: homemail, regions: [HL], subprocessors: []}]"

    found = contradictions(text, *lines)

    assert set(_kinds(found)) == {
        ("place-address", "to-check"),
        ("subprocessor-network", "to-check"),
    }
    assert any("1.1.1.1" in each.other.en for each in found)
    listed = text.replace("[]", "[overcloud-inc]").replace(", regions: [HL]", "")
    assert contradictions(listed, *lines) == []


def _certified(said_: str) -> str:
    return (
        "services: [{role: mail.mailbox, offering: homemail, "
        f"certificates: [{{scheme: Seal 3, {said_}}}]}}]"
    )


HELD = (
    "qualifications: [{scheme: Seal 3, scope: {fr: courrier et agenda, en: mail and calendar}, "
    f'decision: D-12, from: "2026-01-15", to: "2028-01-14", {READ}}}]'
)


@pytest.mark.parametrize(
    ("said_", "expected"),
    [
        ("decision: D12, scope: Mail", []),
        ("decision: D12, scope: Agenda et courrier", []),
        ('from: "2026-02-01", to: "2027-12-31"', []),
        ("decision: D-13", [("certificate-decision", "contradicted")]),
        ('to: "2029-01-01"', [("certificate-dates", "contradicted")]),
        ('from: "2025-01-01"', [("certificate-dates", "contradicted")]),
        ("scope: mail and video", [("certificate-scope", "to-check")]),
        ('to: "2026-02-01"', [("certificate-ended", "contradicted")]),
    ],
)
def test_a_certificate_against_the_one_known(said_: str, expected: list[tuple[str, str]]) -> None:
    assert _kinds(contradictions(_certified(said_), HOME_MX, added=HELD)) == expected


def test_a_scope_that_nobody_read_contradicts_none() -> None:
    unread = HELD.replace("scope: {fr: courrier et agenda, en: mail and calendar}, ", "")

    assert unread != HELD
    assert not contradictions(_certified("scope: mail and video"), HOME_MX, added=unread)


def test_a_certificate_known_to_be_over() -> None:
    found = contradictions(_certified("decision: D-12"), HOME_MX, added=HELD, day=date(2028, 2, 1))

    assert _kinds(found) == [("certificate-dates", "contradicted")]
    assert "from 15\u00a0January 2026 to 14\u00a0January 2028" in found[0].other.en


def test_a_certificate_that_a_source_from_memory_refutes_is_to_be_checked() -> None:
    added = HELD.replace("verified: true", "verified: false")

    found = contradictions(_certified("decision: D-13"), HOME_MX, added=added)

    assert _kinds(found) == [("certificate-decision", "to-check")]


def test_a_certificate_that_is_recorded_for_others_only() -> None:
    text = _certified("decision: D-12").replace("homemail", "overcloud-mail")

    assert _kinds(contradictions(text, OVER_MX, added=HELD)) == [
        ("certificate-not-recorded", "to-check")
    ]
    assert contradictions(text, OVER_MX) == [], "a scheme that nobody tracks"


def test_a_contract_that_is_over() -> None:
    text = 'contract: {to: "2026-02-28"}\n' + HOME_MAIL

    assert _kinds(contradictions(text, HOME_MX)) == [("contract-ended", "to-check")]
    assert contradictions(text, HOME_MX, day=date(2026, 2, 28)) == []


def test_a_null_exchanger_beside_others() -> None:
    (found,) = contradictions("", f"{CITY} MX 0 .", HOME_MX)

    assert (found.kind, found.line, found.shaken) == ("null-exchanger", 0, ())
    assert "mx.homemail.example" in found.other.en
    assert contradictions("", f"{CITY} MX 0 .") == []


def _policy(*admitted: str, mode: str = "enforce") -> dict[str, bytes]:
    lines = [f"mx: {pattern}" for pattern in admitted]
    body = "\n".join(("version: STSv1", f"mode: {mode}", *lines)).encode()
    url = f"GET https://mta-sts.{CITY}/.well-known/mta-sts.txt"
    return {url: http.compose(200, "", [("content-type", "text/plain")], body)}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (_policy("mx.homemail.example"), []),
        (_policy("*.homemail.example"), []),
        (_policy("*.example"), [("transport-policy", "contradicted")]),
        (_policy("homemail.example"), [("transport-policy", "contradicted")]),
        (_policy("homemail.example", mode="none"), []),
        (_policy(), []),
    ],
)
def test_a_transport_policy_that_leaves_out_the_mail_exchanger(
    policy: dict[str, bytes], expected: list[tuple[str, str]]
) -> None:
    record = f'_mta-sts.{CITY} TXT "v=STSv1; id=1"'

    assert _kinds(contradictions("", HOME_MX, record, answers=policy)) == expected


@pytest.mark.parametrize(("registered", "expected"), [("HL", []), ("OL", ["network-country"])])
def test_two_registrations_of_one_network(registered: str, expected: list[str]) -> None:
    content = {
        "objectClassName": "ip network", "handle": "NET-1", "country": registered,
        "startAddress": "1.1.1.0", "endAddress": "1.1.1.255", "ipVersion": "v4", "name": "NET",
    }  # fmt: skip
    headers = [("content-type", "application/rdap+json")]
    answers = {"ip/1.1.1.1": http.compose(200, "", headers, json.dumps(content).encode())}
    lines = (
        HOME_MX,
        "mx.homemail.example A 1.1.1.1",
        '1.1.1.1.origin.asn.cymru.com TXT "64501 | 1.1.1.0/24 | HL | ripencc | 2001-01-01"',
    )

    found = contradictions("", *lines, answers=answers)

    assert [each.kind for each in found] == expected
    assert all(each.subject == "1.1.1.0/24" and len(each.evidence) >= 2 for each in found)


def test_without_a_dossier_nothing_is_contradicted() -> None:
    assert contradictions("", OVER_MX) == []


def test_the_surest_come_first_and_are_numbered_so() -> None:
    text = (
        'contract: {to: "2026-02-28"}\n'
        "services: [{role: mail.mailbox, offering: homemail, operator: overcloud-inc}]"
    )

    found = contradictions(text, OVER_MX)

    assert [each.id for each in found] == ["c01", "c02", "c03"]
    assert [each.level.value for each in found] == ["contradicted", "contradicted", "to-check"]


def test_every_kind_has_its_words() -> None:
    known: Catalogue = world()
    assert known.contradictions.keys() == KINDS.keys()
