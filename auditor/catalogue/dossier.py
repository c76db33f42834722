"""Read a dossier: what an organisation says of itself and of what it uses."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.source import Entry, probably
from auditor.errors import SourceError
from auditor.model.law import Jurisdiction
from auditor.model.subject import Domain, Host
from auditor.model.target import Declared, Target


def dossier(entry: Entry, catalogue: Catalogue) -> Target:
    """The organisation that the dossier in *entry* describes.

    Raises:
        SourceError: A key, a domain, a role or an offering is not one.
    """
    domains = []
    for name in entry.words("domains", required=True):
        try:
            domains.append(Domain.parse(name))
        except ValueError as error:
            raise SourceError(entry.place_of("domains"), str(error)) from None
    if not domains:
        raise SourceError(entry.place_of("domains"), "no domain to audit is named")
    hosts = []
    for name in entry.words("hosts"):
        try:
            hosts.append(Host.parse(name))
        except ValueError as error:
            raise SourceError(entry.place_of("hosts"), str(error)) from None
    home = entry.word("home", catalogue.jurisdictions) if entry.has("home") else None
    declared = tuple(_declared(service, catalogue) for service in entry.entries("services"))
    target = Target(
        name=entry.string("name", domains[0].name),
        domains=tuple(dict.fromkeys(domains)),
        hosts=tuple(dict.fromkeys(hosts)),
        home=home or home_of(domains[0], catalogue.jurisdictions),
        home_declared=home is not None,
        declared=declared,
    )
    entry.close()
    return target


def _declared(service: Entry, catalogue: Catalogue) -> Declared:
    offering = service.string("offering")
    if offering not in catalogue.offerings:
        raise SourceError(
            service.place_of("offering"),
            f"unknown offering '{offering}'{probably(offering, catalogue.offerings)}",
        )
    declared = Declared(service.word("role", catalogue.roles), offering, service.place.line)
    service.close()
    return declared


def home_of(domain: Domain, jurisdictions: Mapping[str, Jurisdiction]) -> str | None:
    """The jurisdiction whose country-code top-level domain *domain* ends in, if there is one."""
    ending = domain.name.rpartition(".")[2]
    for jurisdiction in jurisdictions.values():
        if ending in jurisdiction.domains:
            return jurisdiction.id
    return None
