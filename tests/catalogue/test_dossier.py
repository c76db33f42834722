"""Dossiers as people write them, and as a recording gives them back."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.dossier import dossier, recorded
from auditor.catalogue.source import compose_text
from auditor.errors import BundleError, SourceError
from auditor.model.exchange import Exchange, Question, Reply
from auditor.model.subject import Domain
from auditor.model.target import Contract, Exit, Organisation, Target
from auditor.model.text import Period
from auditor.network.declared import DeclaredNetwork, digest
from auditor.probes.declared import declared
from auditor.probes.look import Look
from tests import knowledge

NOW = datetime(2026, 11, 23, tzinfo=UTC)
CONTRACT = b"%PDF- the contract"
WHOLE = """\
name: Ville d’Exemple
domains: [city.example, town.example]
organisation:
  kind: local-authority
  sector: public-administration
  data: [personal, tax]
  sensitivity: sensitive
  hosted_in: [HL]
contract: {from: "2025-01-01", to: "2028-12-31", notice: 90}
exhaustive: true
services:
  - role: mail.mailbox
    offering: homemail
    domains: [city.example]
    operator: homemail-sa
    regions: [HL, SL]
    keys: customer
    support: [HL]
    subprocessors: []
    exit: {formats: [mbox, CalDAV], assistance: yes, days: 60}
    certificates:
      - {scheme: Seal, decision: "12", scope: mail, from: "2026-01-01", to: "2028-12-31"}
    contract: {to: "2027-06-30"}
    documents:
      - {path: signed/mail.pdf, title: Marché 2025-12}
  - role: collaboration
    name: Suite maison
    operator: Éditeur SAS
    subprocessors: [overcloud-inc, Infogérance SARL]
answers:
  some-framework:
    q1: yes
    q2: {value: "3", note: voir l’annexe, documents: [{path: signed/mail.pdf}]}
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return knowledge.catalogue(tmp_path_factory.mktemp("rules"))


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    (tmp_path / "signed").mkdir()
    (tmp_path / "signed" / "mail.pdf").write_bytes(CONTRACT)
    return tmp_path


def _read(text: str, catalogue: Catalogue, directory: Path) -> Target:
    return dossier(
        compose_text(text, directory / "dossier.yaml"), catalogue, partial(digest, directory)
    )


def test_a_whole_dossier(catalogue: Catalogue, beside: Path) -> None:
    target = _read(WHOLE, catalogue, beside)

    assert target.organisation == Organisation(
        "local-authority", "public-administration", ("personal", "tax"), "sensitive", ("HL",)
    )
    assert target.contract == Contract(date(2025, 1, 1), date(2028, 12, 31), 90)
    assert target.exhaustive
    mail, suite = target.declared
    assert (mail.offering, mail.domains, mail.operator, mail.line) == (
        "homemail", ("city.example",), "homemail-sa", 12,
    )  # fmt: skip
    assert (mail.regions, mail.keys, mail.support) == (("HL", "SL"), "customer", ("HL",))
    assert mail.exit == Exit(("mbox", "CalDAV"), assistance=True, days=60)
    assert mail.contract == Contract(None, date(2027, 6, 30), None)
    (seal,) = mail.certificates
    assert (seal.scheme, seal.decision, seal.line) == ("Seal", "12", 22)
    assert seal.period == Period(date(2026, 1, 1), date(2028, 12, 31))
    (paper,) = mail.documents
    assert paper.sha256 == hashlib.sha256(CONTRACT).hexdigest()
    assert (suite.offering, suite.label, suite.operator) == ("", "Suite maison", "Éditeur SAS")
    assert suite.subprocessors == ("overcloud-inc", "Infogérance SARL")
    assert [(a.framework, a.question, a.value, a.line) for a in target.answers] == [
        ("some-framework", "q1", "yes", 32),
        ("some-framework", "q2", "3", 33),
    ]
    assert target.documents == (paper,)


def test_none_said_is_not_the_same_as_said_none(catalogue: Catalogue, tmp_path: Path) -> None:
    said = (
        "domains: city.example\nservices:\n  - {role: web, offering: homemail, subprocessors: []}"
    )
    silent = said.replace(", subprocessors: []", "")

    assert _read(said, catalogue, tmp_path).declared[0].subprocessors == ()
    assert _read(silent, catalogue, tmp_path).declared[0].subprocessors is None


def _recorded(text: str, target: Target) -> list[Exchange]:
    """What the door gives of the dossier to the probe that asks for it."""

    async def ask() -> list[Exchange]:
        network = DeclaredNetwork(text.encode(), NOW, target.documents)
        look = Look(declared, Domain("city.example"), [None], 0, lambda _: None)
        look.step(network, 16)
        return look.asked

    return asyncio.run(ask())


def test_a_recording_gives_back_all_that_was_declared(catalogue: Catalogue, beside: Path) -> None:
    """Nothing declared comes past the door, so a replay knows as much as the audit did."""
    target = _read(WHOLE, catalogue, beside)
    bare = Target(target.name, target.domains, home=target.home)

    assert recorded(bare, _recorded(WHOLE, target)) == target


def test_a_recording_is_read_whatever_the_catalogue_knows_by_now(tmp_path: Path) -> None:
    section = b"services: [{role: gone, offering: renamed, regions: [XX]}]"
    exchange = Exchange(Question("declared", "services"), Reply(section), NOW, 0.0, "dossier")

    (service,) = recorded(Target("x", (Domain("city.example"),)), [exchange]).declared

    assert (service.role, service.offering, service.regions) == ("gone", "renamed", ("XX",))


def test_a_recording_with_another_dossier_than_we_read() -> None:
    exchange = Exchange(Question("declared", "services"), Reply(b"services: 3"), NOW, 0.0, "d")

    with pytest.raises(BundleError, match="'services' must be a list"):
        recorded(Target("x", (Domain("city.example"),)), [exchange])


@pytest.mark.parametrize(
    ("line", "place", "told"),
    [
        ("organisation: {kind: hopital}", "2:22", "'hopital'; did you mean 'hospital'?"),
        ("organisation: {data: [perso]}", "2:23", "unknown data 'perso'; did you mean 'personal'?"),
        ("organisation: {notice: {fr: Projet}}", "2:24", "'en' is missing"),
        (f"organisation: {{notice: {{fr: a, en: {'x' * 161}}}}}", "2:24", "at most 160 characters"),
        ("organisation: {hosted_in: [FRA]}", "2:28", "unknown hosted_in 'FRA'"),
        ("organisaton: {kind: state}", "2:1", "did you mean 'organisation'?"),
        ("contract: {to: 2028}", "2:16", "'to' must be a day, such as 2026-11-23"),
        ('contract: {from: "2028-01-01", to: "2027-01-01"}', "2:36", "'to' lies before 'from'"),
        ("contract: {notice: soon}", "2:20", "'notice' must be a whole number"),
        ("contract: {notice: 36501}", "2:20", "'notice' must be at most 36500"),
        (f"contract: {{notice: {'9' * 5000}}}", "2:20", "'notice' must be at most 36500"),
        ("services: [{role: web}]", "2:12", "'offering' is missing, an id of the catalogue"),
        ("services: [{role: web, offering: homemail, keys: mine}]", "2:50", "unknown keys 'mine'"),
        (
            "services: [{role: web, offering: homemail, operator: homemail-as}]",
            "2:54",
            "unknown entity 'homemail-as'; did you mean 'homemail-sa'?",
        ),
        (
            "services: [{role: web, offering: homemail, domains: [towm.example]}]",
            "2:53",
            "'towm.example' is not among the domains of this dossier",
        ),
        (
            "services: [{role: web, offering: homemail, documents: [{path: no.pdf}]}]",
            "2:63",
            "the document 'no.pdf' cannot be read: No such file or directory",
        ),
        (
            "services: [{role: web, offering: homemail, documents: [{path: ../no.pdf}]}]",
            "2:63",
            "lies beside the dossier or below it",
        ),
        ("answers: {a: 3}", "2:14", "a mapping of keys and values was expected here"),
    ],
)  # fmt: skip
def test_a_mistake_is_shown_where_it_stands(
    line: str, place: str, told: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    with pytest.raises(SourceError) as mistake:
        _read(f"domains: city.example\n{line}\n", catalogue, tmp_path)

    assert str(mistake.value).startswith(f"{tmp_path / 'dossier.yaml'}:{place}: ")
    assert told in mistake.value.message
