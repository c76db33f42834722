"""One bid, seen through the roles that are bought."""

from __future__ import annotations

from auditor.catalogue.catalogue import Catalogue
from auditor.model.assessed import FrameworkResult, Placed
from auditor.model.assessment import Assessment, Finding
from auditor.model.footprint import Dependency
from auditor.model.framework import Item
from auditor.model.rule import Confidence, Verdict
from auditor.model.target import Declared
from auditor.model.text import Text


class Offer:
    """The assessment of a bid, less whatever serves in roles that are not bought.

    Attributes:
        services: The dependencies on services, in order.
        holes: Roles bought in which nothing is offered.
    """

    def __init__(
        self, assessment: Assessment, roles: tuple[str, ...], catalogue: Catalogue
    ) -> None:
        self.assessment = assessment
        self._roles = roles
        self._catalogue = catalogue
        self._bought = {d.id: d for d in assessment.footprint.dependencies if d.role in roles}
        self.services = tuple(d for d in self._bought.values() if d.layer == "service")
        served = {d.role for d in self.services}
        self.holes = tuple(role for role in roles if role not in served)

    def has(self, dependency: str) -> bool:
        """Whether the dependency with that id serves in a role that is bought."""
        return dependency in self._bought

    def dependency(self, id_: str) -> Dependency:
        """The dependency with that id."""
        return self._bought[id_]

    def doubtful(self, dependency: Dependency) -> bool:
        """Whether it is not sure that *dependency* is what is offered."""
        low = dependency.confidence is Confidence.LOW
        return low or not dependency.verified or dependency.contradicted

    def said(self, dependency: Dependency) -> tuple[Declared, ...]:
        """What the bid says of *dependency*, in its role."""
        name = dependency.offering or dependency.label
        return tuple(
            each
            for each in self.assessment.target.declared
            if each.label == name and each.role == dependency.role
        )

    def placed(self, framework: str) -> tuple[Placed, ...]:
        """The results under *framework*: of each service bought, and of the organisation."""
        return tuple(
            each
            for each in self._result(framework).services
            if not each.dependencies or any(id_ in self._bought for id_ in each.dependencies)
        )

    def item(self, framework: str, question: str) -> Item:
        """A question of *framework*."""
        items = self._result(framework).framework.items
        return next(item for item in items if item.id == question)

    def contradicted(self, framework: str, group: str = "") -> tuple[Text, ...]:
        """The answers of the bid to *framework*, or to one group, that evidence excludes."""
        phrase = self._catalogue.words["offer.contradicted"]
        found = []
        for placed in self.placed(framework):
            for answered in placed.result.answers:
                item = self.item(framework, answered.item)
                if answered.contradicted and group in ("", item.group):
                    what = item.choice(answered.contradicted).text
                    found.append(phrase.format(question=item.id, what=what))
        return tuple(dict.fromkeys(found))

    def findings(self, rule: str) -> tuple[Finding, ...]:
        """The findings of *rule* on what is bought.

        In a role in which the rule found something to judge, what it did not judge is left
        out; where it judged nothing, that stands as it is.
        """
        mine = [
            finding
            for finding in self.assessment.findings
            if finding.rule == rule and (not finding.role or finding.role in self._roles)
        ]
        judged = {f.role for f in mine if f.verdict is not Verdict.NOT_APPLICABLE}
        return tuple(
            f for f in mine if f.verdict is not Verdict.NOT_APPLICABLE or f.role not in judged
        )

    def holes_in(self, framework: str) -> tuple[str, ...]:
        """The holes in roles that *framework* assesses."""
        roles = self._result(framework).framework.roles
        return tuple(role for role in self.holes if role in roles)

    def holes_of(self, rule: str) -> tuple[str, ...]:
        """The holes in roles that *rule* judges."""
        return tuple(h for h in self.holes if h in self._catalogue.rules[rule].roles)

    def missing(self, holes: tuple[str, ...]) -> tuple[Text, ...]:
        """What would fill *holes*."""
        names = self._catalogue.role_names
        phrase = self._catalogue.words["missing.offer"]
        return tuple(phrase.format(what=names[role]) for role in holes)

    def _result(self, framework: str) -> FrameworkResult:
        results = self.assessment.frameworks
        return next(result for result in results if result.framework.id == framework)
