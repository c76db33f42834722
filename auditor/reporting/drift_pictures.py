"""The pictures of a drift, each with its alternative in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from auditor.model.difference import Origin, Outcome
from auditor.reporting import drift_drawing as drawing
from auditor.reporting.drift_findings import Findings
from auditor.reporting.drift_scores import Reading
from auditor.reporting.reading import inside
from auditor.reporting.wording import Wording

_LOOKS: Mapping[Outcome, str] = {
    Outcome.NOT_MET: "solid",
    Outcome.UNDECIDED: "hatched",
    Outcome.MET: "open",
    Outcome.OTHER: "",
}


class DriftPictures:
    """Draws in the words of *say*; *clean* makes every text one that can be drawn."""

    def __init__(self, say: Wording, clean: Callable[[str], str]) -> None:
        self._say = say
        self._clean = clean

    def scores(self, readings: Sequence[Reading]) -> Markup:
        """The score of each effect, before and after."""
        say, clean = self._say, self._clean
        pairs, titles = [], []
        for each in readings:
            before = drawing.Span(say("drift.before"), each.before, each.told_before)
            after = drawing.Span(say("drift.after"), each.after, each.told_after)
            pairs.append(drawing.Pair(clean(each.effect), before, after))
            titles.append(
                say(
                    "drift.scores-alternative",
                    effect=each.effect,
                    before=each.told_before,
                    after=each.told_after,
                    reading=each.told,
                )
            )
        return drawing.spans(clean(" ".join(titles)), pairs)

    def causes(self, findings: Findings) -> Markup:
        """The findings that differ, by cause and by what became of them."""
        say, clean = self._say, self._clean
        lanes = [drawing.Lane(say(f"drift.lane.{each}"), _LOOKS[each]) for each in Outcome]
        whole = say("drift.whole")
        rows = [drawing.Tally(whole, "", findings.total, self._told(findings.total), whole=True)]
        titles = [self._title(whole, lanes, findings.total)]
        group: Origin | None = None
        for row in findings.rows:
            origin = say(f"drift.origin.{row.origin}")
            heading = "" if row.origin is group else clean(origin)
            told = self._told(row.counts)
            rows.append(drawing.Tally(clean(row.label), heading, row.counts, told))
            called = say("drift.row", origin=origin, cause=inside(row.label))
            titles.append(self._title(called, lanes, row.counts))
            group = row.origin
        title = say("drift.causes-alternative", rows=say("semicolon").join(titles))
        return drawing.lanes(clean(title), lanes, rows)

    def _told(self, counts: Sequence[int]) -> tuple[str, ...]:
        return tuple(map(self._say.number, counts))

    def _title(self, name: str, lanes: Sequence[drawing.Lane], counts: Sequence[int]) -> str:
        say = self._say
        told = [
            f"{number} {inside(lane.name)}"
            for lane, number in zip(lanes, self._told(counts), strict=True)
        ]
        return say("colon", label=name, text=say.listing(told))
