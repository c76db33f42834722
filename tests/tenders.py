"""A call for tenders in the made-up world, written as a buyer writes it, and its bids compared."""

from __future__ import annotations

import hashlib
import textwrap
from pathlib import Path

from auditor.catalogue.catalogue import Catalogue, load
from auditor.cli.bids import Assessing
from auditor.cli.compare import opened
from auditor.engine.tender import compare
from auditor.model.compared import Compared, Comparison
from auditor.probes import probe
from tests import knowledge

HEAD = """\
name: Mail of the city
reference: "2026-117"
as_of: "2026-03-01"
currency: EUR
buyer:
  name: City
  home: HL
  organisation: {kind: state, data: [health]}
roles: [mail.mailbox]
"""
BOUGHT = """\
id: bought
title: {fr: Rachat, en: Bought}
story: {fr: Quelqu’un achète., en: Somebody buys.}
changes:
  - acquired: {entity: homemail-sa, country: OL, buyer: {fr: Un acheteur, en: A buyer}}
questions:
  - {fr: Que prévoit le contrat ?, en: What does the contract provide?}
source: ours
checked: "2026-11-24"
verified: true
"""
STOPPED = """\
id: stopped
title: {fr: Arrêt des mises à jour, en: Updates that stop}
story: {fr: Quelqu’un ordonne l’arrêt., en: Somebody orders them to stop.}
changes:
  - ordered: {effect: interruption, relations: technology}
questions:
  - {fr: Que prévoit le contrat ?, en: What does the contract provide?}
source: ours
checked: "2026-11-24"
verified: true
"""
QUALIFIED = """\
            regions: [HL]
            qualifications:
              - {scheme: Seal, scope: {fr: courrier, en: mail}, decision: "1", from: "2025-01-01",
                 to: "2027-06-30", source: s, checked: "2026-11-01", verified: true}
"""
OVERCLOUD = "overcloud-mail"
HOMEMAIL = "homemail"


def world(directory: Path) -> Path:
    """The made-up world, in which Homemail holds a seal, may be bought, and may be stopped."""
    providers = knowledge.FILES["providers/world.yaml"]
    assert providers.count("            regions: [HL]\n") == 1
    qualified = providers.replace("            regions: [HL]\n", QUALIFIED)
    knowledge.write(directory, providers_world=qualified)
    (directory / "scenarios").mkdir(exist_ok=True)
    (directory / "scenarios" / "bought.yaml").write_text(BOUGHT, encoding="utf-8")
    (directory / "scenarios" / "stopped.yaml").write_text(STOPPED, encoding="utf-8")
    return directory


def catalogue(directory: Path) -> Catalogue:
    """That world, read."""
    return load(world(directory), probe.kinds())


def dossier(directory: Path, name: str, offering: str, more: str = "") -> str:
    """A bid that offers *offering* for mailboxes and says *more* of it; the name of its file."""
    service = f"name: {offering}" if " " in offering else f"offering: {offering}"
    text = (
        f"name: {name}\ndomains: [{name}.example]\nservices:\n"
        f"  - role: mail.mailbox\n    {service}\n{more}"
    )
    (directory / f"{name}.yaml").write_text(text, encoding="utf-8")
    return f"{name}.yaml"


def written(directory: Path, text: str) -> Path:
    """A tender with *text* after its head; the file."""
    file = directory / "tender.yaml"
    file.write_text(HEAD + textwrap.dedent(text), encoding="utf-8")
    return file


def compared(directory: Path, text: str, known: Catalogue) -> Comparison:
    """The bids of the tender with *text*, compared."""
    file = written(directory, text)
    content, tender = opened(file, known)
    assessing = Assessing(tender, file, known)
    bids = [assessing.bid(bid) for bid in tender.bids]
    return compare(tender, hashlib.sha256(content).hexdigest(), bids, known)


def one(comparison: Comparison, id_: str) -> Compared:
    """The bid with that id."""
    return next(each for each in comparison.bids if each.bid.id == id_)
