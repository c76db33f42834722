"""A service under a framework, as the tests of the engine ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from auditor.catalogue.catalogue import Catalogue
from auditor.engine.frameworks_service import Assessing, assess_service
from auditor.exposure.grasps import Grasps
from auditor.exposure.parties import World
from auditor.model.assessed import Answered, ServiceResult
from auditor.model.framework import Scope
from auditor.model.target import Answer, Declared


def service(
    catalogue: Catalogue,
    framework: str,
    offering: str,
    answers: Mapping[str, str] | None = None,
    said: tuple[Declared, ...] = (),
    home: str = "FR",
    on: date = date(2026, 11, 24),
    scope: Scope = Scope.SERVICE,
) -> ServiceResult:
    """*offering* under *framework*; each answer stands on a line of its own, from 1."""
    grasps = Grasps(catalogue, on)
    world = World(catalogue.entities, catalogue.jurisdictions, on, catalogue.words)
    told = {
        question: Answer(framework, question, value, line)
        for line, (question, value) in enumerate((answers or {}).items(), 1)
    }
    return assess_service(
        catalogue.frameworks[framework],
        scope,
        offering,
        offering,
        said,
        told,
        home,
        Assessing(catalogue.offerings, catalogue.laws, world, grasps),
    )


def answer(result: ServiceResult, question: str) -> Answered:
    """The answer to *question*."""
    return next(each for each in result.answers if each.item == question)
