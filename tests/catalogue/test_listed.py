"""A vendor known by name: recognised by its pattern, and nothing else is claimed of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.conditions import evaluate
from auditor.engine.situation import Reader, Situation
from auditor.errors import SourceError, SourceErrors
from auditor.exposure.grasps import Grasps
from auditor.model.rule import Confidence, Distinct, Selection, Verdict
from tests import knowledge as world
from tests.attribution import surveyed
from tests.engine.test_conditions import served_by
from tests.engine.test_judge import dependency, verdict

KNOWN = """
known_by_name:
  category: [mailbox]
  lists:
    tally: "The Tally of Hosts, version 3 (MIT)"
    count: "Counted in the wild (MIT)"
  checked: "2026-11-24"
  verified: false
  signs:
    - on: dns.mx
      proves: use
      strength: strong
      serves: [mail.inbound, mail.gateway, mail.mailbox]
    - {on: dns.spf.include, proves: use, strength: moderate, serves: [mail.outbound]}
    - {on: dns.txt, how: prefix, proves: past-claim, strength: weak, serves: [account]}
  vendors:
    - {id: acme, name: Acme, list: [tally, count], domains: [acme.example, acme-mail.example]}
    - id: bell
      name: Bell
      list: tally
      under: {dns.spf.include: [bell.example]}
      prefix: {dns.txt: ["bell="]}
    - {id: run, name: Run, operator: homemail-sa, list: tally, under: {dns.mx: [run.example]}}
"""


def catalogue(directory: Path, known: str = KNOWN) -> Catalogue:
    file = directory / "providers" / "known-by-name.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(known.lstrip(), encoding="utf-8")
    return world.catalogue(directory)


def said(directory: Path, old: str, new: str) -> str:
    assert old in KNOWN
    with pytest.raises((SourceError, SourceErrors)) as caught:
        catalogue(directory, KNOWN.replace(old, new, 1))
    return str(caught.value)


def test_a_vendor_is_an_offering_without_an_operator(tmp_path: Path) -> None:
    acme = catalogue(tmp_path).offerings["acme"]
    assert (acme.operator, acme.keys, acme.subprocessors_known) == (None, "unknown", False)
    assert acme.roles == {"mail.inbound", "mail.gateway", "mail.mailbox", "mail.outbound"}


def test_each_sign_by_label_suffix_applies_to_the_domains_of_a_vendor(tmp_path: Path) -> None:
    acme = catalogue(tmp_path).offerings["acme"]
    assert {(f.on, f.pattern, f.strength) for f in acme.fingerprints} == {
        ("dns.mx", "acme.example", "strong"),
        ("dns.mx", "acme-mail.example", "strong"),
        ("dns.spf.include", "acme.example", "moderate"),
        ("dns.spf.include", "acme-mail.example", "moderate"),
    }


def test_a_token_proves_a_past_claim_and_opens_no_other_role(tmp_path: Path) -> None:
    bell = catalogue(tmp_path).offerings["bell"]
    (token,) = [f for f in bell.fingerprints if f.on == "dns.txt"]
    assert (token.how, token.pattern, token.proves, token.strength) == (
        "prefix",
        "bell=",
        "past-claim",
        "weak",
    )
    assert bell.roles == {"mail.outbound", "account"}


def test_every_pattern_says_which_lists_it_comes_from(tmp_path: Path) -> None:
    provenance = catalogue(tmp_path).offerings["acme"].provenance
    assert provenance.source == "The Tally of Hosts, version 3 (MIT); Counted in the wild (MIT)"
    assert (provenance.checked, provenance.verified) == (date(2026, 11, 24), False)


def test_an_operator_among_the_entities_may_be_named(tmp_path: Path) -> None:
    assert catalogue(tmp_path).offerings["run"].operator == "homemail-sa"


def test_once_described_the_description_counts_and_the_patterns_stay(tmp_path: Path) -> None:
    described = KNOWN.replace("id: acme, name: Acme", "id: homefilter, name: Acme").replace(
        "[acme.example, acme-mail.example]", "[mx.homefilter.example, acme-mail.example]"
    )
    known = catalogue(tmp_path, described)
    offering = known.offerings["homefilter"]
    assert (offering.name, offering.operator) == ("Homefilter", "homemail-sa")
    assert {f.pattern for f in offering.fingerprints if f.on == "dns.mx"} == {
        "homefilter.example",
        "acme-mail.example",
    }
    ((named, _),) = known.fingerprints.matches("dns.spf.include", "spf.acme-mail.example")
    assert named is offering


def test_it_is_seen_and_named_and_mail_may_be_kept_behind_it(tmp_path: Path) -> None:
    known = catalogue(tmp_path)
    mx = f"{surveyed.CITY} MX 1 mx1.acme.example."
    alone = surveyed.footprint(mx, known=known)
    assert "service: acme (high)" in surveyed.served(alone, "mail.inbound")
    assert surveyed.served(alone, "mail.mailbox") == ["service: acme (moderate)"]
    behind = surveyed.footprint(mx, surveyed.OVER_CLIENTS, known=known)
    assert surveyed.served(behind, "mail.mailbox") == ["service: overcloud-mail (high)"]


def test_every_law_leaves_open_whether_it_reaches_it(tmp_path: Path) -> None:
    grasps = Grasps(catalogue(tmp_path), date(2026, 3, 1))
    standing = list(grasps.on("acme", "mail.mailbox", "service", "HL"))
    assert standing
    assert {s.grasp.state for s in standing} == {"unknown"}
    assert grasps.controllers("acme") is None


def test_the_verdict_is_unknown_and_asks_who_operates_it(tmp_path: Path) -> None:
    finding = verdict(catalogue(tmp_path), dependency("acme"))
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.says.en == "Still to be known: which legal entity operates Acme"
    assert finding.says.fr == "Reste à savoir quelle entité juridique exploite Acme"


def test_a_sign_not_verified_asks_who_operates_it_and_nothing_besides(tmp_path: Path) -> None:
    unverified = dependency("acme")._replace(label="Acme", verified=False)
    finding = verdict(catalogue(tmp_path), unverified)
    assert [t.en for t in finding.missing] == ["which legal entity operates Acme"]


def test_it_neither_holds_a_qualification_nor_lacks_one(tmp_path: Path) -> None:
    """What it holds was read nowhere: an empty list of ours is not a no, of whomever."""
    known = catalogue(tmp_path)
    reader = Reader(known, Grasps(known, date(2026, 3, 1)), "HL")
    held = Selection("dependency", (("qualification", ("HDS",)),))
    assert reader.dependency(held, dependency("acme")) is None
    assert reader.dependency(held, dependency("run")) is None
    assert [t.en for t in reader.missing_of(held, dependency("acme"))] == [
        "which legal entity operates acme"
    ]


def test_two_of_them_may_have_one_operator(tmp_path: Path) -> None:
    known = catalogue(tmp_path)
    reader = Reader(known, Grasps(known, date(2026, 3, 1)), "HL")
    servers = served_by("acme", "bell")
    outcome = evaluate(
        Distinct("operator", 2), Situation("ville.example", "dns", servers, (), ()), reader
    )
    assert outcome.truth is None
    assert [t.en for t in outcome.missing] == [
        "which legal entity operates acme",
        "which legal entity operates bell",
    ]


def test_a_token_is_no_more_than_a_hint(tmp_path: Path) -> None:
    known = catalogue(tmp_path)
    found = surveyed.footprint(f'{surveyed.CITY} TXT "bell=42"', known=known)
    assert surveyed.only(found, "account").confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("list: tally, under", "list: tallly, under", "unknown list 'tallly'; did you mean"),
        ("under: {dns.mx:", "under: {dns.mxx:", "what 'dns.mxx' proves; did you mean 'dns.mx'?"),
        ("domains: [acme.example", "domains: [Acme.example", "a label suffix is lower case"),
        ("[run.example]", "[co.uk]", "'co.uk' is a public suffix"),
        ("on: dns.spf.include,", "on: dns.spf.includes,", "unknown on 'dns.spf.includes'"),
        (", domains: [acme.example, acme-mail.example]", "", "needs a pattern to be seen by"),
        ("domains: [acme", "domain: [acme", "needs a pattern to be seen by"),
        ("operator: homemail-sa", "operator: homemial-sa", "unknown entity 'homemial-sa'"),
        ("serves: [account]", "serves: [acount]", "unknown serves 'acount'"),
        ('  checked: "2026-11-24"\n', "", "'checked' is missing"),
    ],
)
def test_a_mistake_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    told = said(tmp_path, old, new)
    assert message in told
    assert "known-by-name.yaml:" in told
