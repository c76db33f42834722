"""Services compared with each other: unknown is never apart, and never different."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.engine.conditions import evaluate
from auditor.engine.situation import Reader, Situation
from auditor.engine.truth import Truth
from auditor.exposure.grasps import Grasps
from auditor.model.footprint import Dependency
from auditor.model.rule import Apart, Confidence, Distinct
from auditor.model.sighting import Gap
from auditor.model.subject import Domain
from tests import knowledge as world

GAP = Gap(Domain("ville.example"), "ns", None, "timeout", ("dns",))


def service(role: str, offering: str | None, layer: str = "service") -> Dependency:
    return Dependency(
        id=f"ville.example/{role}/{layer}/{offering}",
        domain="ville.example",
        role=role,
        layer=layer,
        subject="host.example",
        offering=offering,
        label=offering or "somebody.example",
        location=(),
        confidence=Confidence.HIGH,
        because=("fact",),
        evidence=("abcdefabcdef",),
    )


def reader(tmp_path: Path, day: date = date(2026, 3, 1)) -> Reader:
    catalogue = world.catalogue(tmp_path)
    return Reader(catalogue, Grasps(catalogue, day), "HL")


def truth_of(
    condition: Apart | Distinct, reader: Reader, *services: Dependency, gap: bool = False
) -> Truth:
    situation = Situation("Ville", "", services, (), (GAP,) if gap else ())
    return evaluate(condition, situation, reader).truth


OPERATORS = Apart("operator", ("dns",), ("mail.mailbox",))
GROUPS = Apart("group", ("dns",), ("mail.mailbox",))


@pytest.mark.parametrize(
    ("names", "mail", "expected"),
    [
        ("homefilter", "overcloud-mail", True),
        ("homefilter", "homemail", False),
        ("overcloud-machines", "overcloud-mail", False),
        (None, "overcloud-mail", None),
        ("closed-mail", "overcloud-mail", None),
        ("rumour-mail", "overcloud-mail", None),
    ],
)
def test_two_of_one_group_are_not_apart(
    tmp_path: Path, names: str | None, mail: str, expected: Truth
) -> None:
    """Whose owners nobody knows, or read, may be of any group."""
    services = service("dns", names), service("mail.mailbox", mail)
    assert truth_of(GROUPS, reader(tmp_path), *services) is expected


def test_two_entities_of_one_group_are_two_operators(tmp_path: Path) -> None:
    services = service("dns", "overcloud-machines"), service("mail.mailbox", "overcloud-mail")
    assert truth_of(OPERATORS, reader(tmp_path), *services) is True


def test_a_group_is_read_as_of_the_day(tmp_path: Path) -> None:
    services = service("dns", "sold-mail"), service("mail.mailbox", "overcloud-mail")
    assert truth_of(GROUPS, reader(tmp_path, date(2026, 2, 19)), *services) is True
    assert truth_of(GROUPS, reader(tmp_path, date(2026, 2, 20)), *services) is False


def test_nobody_is_apart_from_somebody_whom_nobody_saw(tmp_path: Path) -> None:
    known = reader(tmp_path)
    mail = service("mail.mailbox", "overcloud-mail")
    assert truth_of(GROUPS, known, mail) is None
    outcome = evaluate(GROUPS, Situation("Ville", "", (mail,), (), ()), known)
    (missing,) = outcome.missing
    assert missing.en.endswith(f": {known.catalogue.role_names['dns'].en}")


def test_a_gap_leaves_open_who_is_apart_and_not_who_is_together(tmp_path: Path) -> None:
    known = reader(tmp_path)
    mail = service("mail.mailbox", "homemail")
    assert truth_of(GROUPS, known, service("dns", "overcloud-machines"), mail, gap=True) is None
    assert truth_of(GROUPS, known, service("dns", "homefilter"), mail, gap=True) is False


def test_a_hint_puts_nobody_together(tmp_path: Path) -> None:
    hinted = service("dns", "homefilter")._replace(confidence=Confidence.LOW)
    assert truth_of(GROUPS, reader(tmp_path), hinted, service("mail.mailbox", "homemail")) is None


def test_networks_are_counted_among_machines_alone(tmp_path: Path) -> None:
    known = reader(tmp_path)
    machines = service("dns", "overcloud-machines", "network")
    services = service("dns", "homemail"), service("dns", "overcloud-mail")
    assert truth_of(Distinct("network", 2), known, machines, *services) is False
