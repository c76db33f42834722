"""Contradictions and waivers as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.reporting.opposed import borne, opposed
from auditor.reporting.reading import Reading

Row = tuple[str | int, ...]


def contradiction_rows(reading: Reading) -> Iterator[Row]:
    """The contradictions, surest first."""
    text, say = reading.text, reading.say
    for each in opposed(reading):
        found = each.contradiction
        yield (
            found.id,
            each.level,
            text(found.title),
            found.subject,
            reading.role(found.role) if found.role else say("whole-organisation"),
            say("colon", label=each.one, text=text(found.one)),
            say("colon", label=each.other, text=text(found.other)),
            text(found.question),
            say("semicolon").join(each.shaken),
            found.line or "",
            found.domain,
            " ".join(found.evidence),
        )


def waiver_rows(reading: Reading) -> Iterator[Row]:
    """The waivers, in the order written, whatever they do."""
    for each in borne(reading):
        waiver = each.use.waiver
        yield (
            waiver.id,
            each.state,
            each.decision,
            each.rule,
            each.subject,
            waiver.justification,
            waiver.approved_by,
            waiver.approved_on.isoformat(),
            waiver.expires_on.isoformat(),
            reading.say("semicolon").join(waiver.evidence),
            " ".join(each.use.findings),
            waiver.rule,
        )


class Beside:
    """What stands beside the findings: the waivers on them, the contradictions behind them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._states = {use.waiver.id: use.state.value for use in reading.assessment.waivers}
        self._shaking: dict[str, list[str]] = {}
        for each in reading.assessment.contradictions:
            for dependency in each.shaken:
                self._shaking.setdefault(dependency, []).append(each.id)

    def waiver(self, id_: str) -> str:
        """`DER-2026-003 (en vigueur)`; empty when there is none."""
        if not id_:
            return ""
        return f"{id_} ({self._reading.word('waiver', self._states.get(id_, ''))})"

    def contradictions(self, dependencies: tuple[str, ...]) -> str:
        """Ids of the contradictions that keep declarations about *dependencies* from deciding."""
        ids = (id_ for each in dependencies for id_ in self._shaking.get(each, ()))
        return " ".join(sorted(set(ids)))
