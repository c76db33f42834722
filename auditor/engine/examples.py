"""Run the worked examples of the rules: a rule that does not do what it says is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.judge import judge
from auditor.engine.situation import Reader
from auditor.exposure.grasps import Grasps
from auditor.model.footprint import Dependency, Fact, Footprint, Location, Part
from auditor.model.rule import Confidence, Example, Rule, Verdict
from auditor.model.sighting import Gap
from auditor.model.subject import Domain

_DOMAIN = "ville.example"
_DAY = "2026-11-23"


def failures(catalogue: Catalogue) -> Iterator[str]:
    """A line for each example with another verdict than expected, and each verdict untried."""
    for rule in catalogue.rules.values():
        for example in rule.examples:
            verdict = run(rule, example, catalogue)
            if verdict is not example.expect:
                yield (
                    f"{example.place}: the rule '{rule.id}' says {verdict} for "
                    f"'{example.name}', the example expects {example.expect}"
                )
        tried = {example.expect for example in rule.examples}
        for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN):
            # What is not transparent may only be so to us: such a rule need not fail.
            excused = verdict is Verdict.FAIL and rule.family == "transparency"
            if verdict not in tried and not excused:
                yield f"{rule.examples[0].place}: no example of '{rule.id}' expects {verdict}"


def run(rule: Rule, example: Example, catalogue: Catalogue) -> Verdict:
    """The verdict of *rule* on the situation that *example* describes."""
    given = {key: words for key, words in example.given if key != "fact"}
    role = given.get("role", rule.roles[:1])[0]
    domain = given.get("domain", (_DOMAIN,))[0]
    facts: list[Fact] = []
    for key, words in example.given:
        if key == "fact":
            fields = dict(word.split("=", 1) for word in words)
            kind = fields.pop("kind")
            facts.append(
                Fact(domain, role, kind, domain, tuple(fields.items()), kind, ("example",))
            )
    day = date.fromisoformat(given.get("on", (_DAY,))[0])
    home = given.get("home", (catalogue.assumed_home,))[0]
    grasps = Grasps(catalogue, day)
    footprint = Footprint(tuple(_parts(rule, domain, role, given, tuple(facts), catalogue)))
    reader = Reader(catalogue, grasps, home)
    findings = judge([rule], footprint, domain, reader)
    judged = [f for f in findings if rule.whole or f.role == role]
    return judged[0].verdict


def _parts(
    rule: Rule,
    domain: str,
    role: str,
    given: dict[str, tuple[str, ...]],
    facts: tuple[Fact, ...],
    catalogue: Catalogue,
) -> Iterator[Part]:
    """Every role of the rule; one where it applies is served by somebody unless nothing is."""
    pairs = [
        (word.partition("=")[0], word.partition("=")[2]) for word in given.get("offerings", ())
    ]
    pairs += [(role, offering) for offering in given.get("offering", ())]
    if (role, "none") not in pairs and not {r for r, _ in pairs} & set(rule.where):
        pairs += [(where, "unidentified") for where in rule.where[:1]]
    gap = Gap(Domain(domain), "example", None, "timeout", (role,))
    gaps = (gap,) if given.get("gap", ("false",))[0] == "true" else ()
    for served in dict.fromkeys([role, *(r for r, _ in pairs), *rule.roles, *rule.where]):
        dependencies = tuple(
            _dependency(domain, served, offering, number, given, catalogue)
            for number, (r, offering) in enumerate(pairs)
            if r == served and offering != "none"
        )
        own = served == role
        yield Part(domain, served, dependencies, facts if own else (), gaps if own else ())


def _dependency(
    domain: str,
    role: str,
    offering: str,
    number: int,
    given: dict[str, tuple[str, ...]],
    catalogue: Catalogue,
) -> Dependency:
    known = catalogue.offerings.get(offering)
    layer = given.get("layer", ("service",))[0]
    return Dependency(
        id=f"{domain}/{role}/{layer}/{offering}/{number}",
        domain=domain,
        role=role,
        layer=layer,
        subject=f"host.{domain}",
        offering=known.id if known else None,
        label=known.name if known else f"host{number}.{domain}",
        location=(
            *(Location(region, "region") for region in (known.regions if known else ())),
            *(Location(country, "declared") for country in given.get("location", ())),
        ),
        confidence=Confidence(given.get("confidence", ("high",))[0]),
        because=("example",),
        evidence=("example",),
        keys=given.get("keys", ("",))[0],
    )
