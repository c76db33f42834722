"""In which order differences are told, and which are told at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from auditor.model.difference import (
    Attribution,
    Cause,
    Difference,
    Explained,
    Origin,
    Outcome,
)

_SEVERITIES = ("critical", "high", "medium", "low")


def by_cause(
    explained: Iterable[Explained],
) -> list[tuple[Attribution | None, list[Difference]]]:
    """*explained* gathered by cause: the organisation's first, what could not be told last."""
    gathered: dict[Attribution | None, list[Difference]] = defaultdict(list)
    for each in explained:
        gathered[each.why].append(each.difference)
    return sorted(gathered.items(), key=lambda item: _place(item[0]))


def _place(why: Attribution | None) -> tuple[int, bool, list[int]]:
    origins, causes = tuple(Origin), tuple(Cause)
    if why is None:
        return origins.index(Origin.ALTERED), False, []
    return origins.index(why.origin), not why.established, [causes.index(c) for c in why.causes]


def weight(difference: Difference) -> tuple[int, int]:
    """Worse before better, and then severe before slight; of a finding alone."""
    state = difference.after or difference.before
    if difference.thing != "finding" or state is None:
        return 0, 0
    severity = _SEVERITIES.index(state.detail["severity"])
    return tuple(Outcome).index(difference.outcome), severity


def tells(difference: Difference) -> bool:
    """Whether a person is shown it: an exposure must begin or end to be a reach."""
    if difference.thing != "exposure":
        return True
    before, after = difference.before, difference.after
    reached = [state is not None and state.word == "reached" for state in (before, after)]
    return reached[0] != reached[1]


def indifferent(difference: Difference) -> bool:
    """Whether it is a finding that became neither better nor worse nor uncertain."""
    return difference.thing == "finding" and difference.outcome is Outcome.OTHER
