"""The frameworks of an assessment as plain values for `assessment.json`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from auditor.model.assessed import (
    Answered,
    Depth,
    FrameworkResult,
    Ground,
    Levels,
    Passing,
    Placed,
    Points,
    PointSpan,
    Span,
)
from auditor.model.assessment import Assessment, Exposure, State
from auditor.model.framework import Framework, Item
from auditor.reporting.references import Json, citation, plain, plains, provenance


def frameworks(assessment: Assessment) -> list[Json]:
    """Every framework with its result; the questions of one that was not applied are left out."""
    reached: dict[str, list[Exposure]] = {}
    for exposure in assessment.exposures:
        if exposure.grasp.state is State.REACHED:
            reached.setdefault(exposure.dependency, []).append(exposure)
    evidence = {d.id: d.evidence for d in assessment.footprint.dependencies}
    return [_framework(result, reached, evidence) for result in assessment.frameworks]


def _framework(
    result: FrameworkResult,
    reached: Mapping[str, list[Exposure]],
    evidence: Mapping[str, tuple[str, ...]],
) -> Json:
    framework = result.framework
    names = [level.id for level in framework.levels]
    return {
        "id": framework.id,
        "name": plain(framework.name),
        "issuer": framework.issuer,
        "version": plain(framework.version),
        "kinds": ["gate", "score"] if framework.weight_sets else ["gate"],
        "applicability": plain(framework.applicability.text),
        "bound": result.bound.value,
        "missing": plains(result.missing),
        "levels": [{"id": level.id, "name": plain(level.name)} for level in framework.levels],
        "minimum": {
            "level": names[result.minimum],
            "groups": {group: names[level] for group, level in result.minima},
            "by": result.minimum_by,
        },
        "weights": result.weights or None,
        "weight_sets": [
            {
                "id": each.id,
                "name": plain(each.name),
                "weights": {group: _number(weight) for group, weight in each.weights},
                "provenance": provenance(each.provenance),
            }
            for each in framework.weight_sets
        ],
        **_levels(result.levels, names),
        "passing": _passing(result.passing),
        "services": [
            _placed(placed, framework, names, reached, evidence) for placed in result.services
        ],
        "questions": [_item(item, names) for item in framework.items] if result.services else [],
        "citations": [citation(each) for each in framework.citations],
        "caveats": plains(framework.caveats),
        "provenance": provenance(framework.provenance),
    }


def _item(item: Item, names: list[str]) -> Json:
    return {
        "id": item.id,
        "group": item.group,
        "of": item.scope.value,
        "of_each_entity": item.entities,
        "text": plain(item.text),
        "citation": item.citation or None,
        "answers": [
            {
                "value": choice.value,
                "text": plain(choice.text),
                "points": _number(choice.points),
                "level": names[choice.level],
            }
            for choice in item.choices
        ],
        "provenance": provenance(item.provenance),
    }


def _placed(
    placed: Placed,
    framework: Framework,
    names: list[str],
    reached: Mapping[str, list[Exposure]],
    evidence: Mapping[str, tuple[str, ...]],
) -> Json:
    result = placed.result
    exposures = [x for dependency in placed.dependencies for x in reached.get(dependency, ())]
    items = {item.id: item for item in framework.items}
    return {
        "offering": result.offering or None,
        "name": placed.label,
        "roles": list(placed.roles),
        "dependencies": list(placed.dependencies),
        "evidence": list(
            dict.fromkeys(id_ for known in placed.dependencies for id_ in evidence.get(known, ()))
        ),
        "doubtful": placed.doubtful,
        **_levels(result.levels, names),
        "passing": _passing(placed.passing),
        "groups": [
            {"id": group.group, **_levels(group.levels, names), "points": _points(group.points)}
            for group in result.groups
        ],
        "scores": [{"weights": name, **_points(points)} for name, points in result.scores],
        "depth": _depth(result.depth),
        "answers": [_answer(answer, items[answer.item], exposures) for answer in result.answers],
    }


def _answer(answer: Answered, item: Item, exposures: list[Exposure]) -> Json:
    return {
        "question": item.id,
        "proved": list(answer.proved),
        "declared": list(answer.declared),
        "grounds": [_ground(ground, exposures) for ground in answer.grounds],
        "contradicted": answer.contradicted or None,
        "missing": plains(answer.missing),
    }


def _ground(ground: Ground, exposures: list[Exposure]) -> Json:
    return {
        "kind": ground.kind,
        "says": plain(ground.says),
        "exposures": [x.id for x in exposures if x.grasp.law in ground.laws],
        "line": ground.line or None,
    }


def _depth(depth: Depth | None) -> Json | None:
    if depth is None:
        return None
    return {
        "entities": list(depth.entities),
        "complete": depth.complete,
        "layers_followed": list(depth.followed),
    }


def _levels(levels: Levels | None, names: list[str]) -> Json:
    if levels is None:
        return {"proved": None, "declared": None}
    return {"proved": _span(levels.proved, names), "declared": _span(levels.declared, names)}


def _span(span: Span, names: list[str]) -> Json:
    return {"low": names[span.low], "high": names[span.high]}


def _points(points: Points) -> Json:
    return {"proved": _interval(points.proved), "declared": _interval(points.declared)}


def _interval(span: PointSpan) -> Json:
    return {"low": _number(span.low), "high": _number(span.high)}


def _passing(passing: Passing) -> Json:
    return {"proved": passing.proved, "declared": passing.declared}


def _number(value: Decimal) -> float | int:
    """At most four decimals, and an integer when it is one: JSON knows one way to write 100."""
    rounded = round(float(value), 4)
    return int(rounded) if rounded.is_integer() else rounded
