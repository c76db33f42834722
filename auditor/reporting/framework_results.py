"""The results of one framework as printed: levels, points, minima."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model.assessed import FrameworkResult, Levels, Passing, Points, PointSpan, Span
from auditor.model.framework import Framework
from auditor.reporting.reading import Reading, distinct

NAMED = 4
"""Names in a list at most; the rest is counted."""
_GRADED = 2
"""Levels of a scale that only tells met from not met."""


class Results:
    """Says results of *framework* in the words of *reading*.

    Attributes:
        graded: Whether the framework has a scale of its own.
    """

    def __init__(self, reading: Reading, framework: Framework) -> None:
        self._reading = reading
        self._say = reading.say
        self._framework = framework
        self.graded = len(framework.levels) > _GRADED

    def levels(self, span: Span) -> str:
        """`SEAL-0 à SEAL-1`; for a scale of two, `satisfait`, `non satisfait` or `non établi`."""
        names = [level.id for level in self._framework.levels]
        if not self.graded:
            if span.low != span.high:
                return self._say("not-established")
            return self._reading.word("level", names[span.low])
        if span.low == span.high:
            return names[span.low]
        return self._say("interval.text", low=names[span.low], high=names[span.high])

    def told(self, levels: Levels) -> str:
        """What holds by declaration, or that it adds nothing."""
        if levels.declared == levels.proved:
            return self._say("frameworks.nothing-declared")
        return self.levels(levels.declared)

    def _points(self, span: PointSpan) -> str:
        low, high = (self._say.number(round(float(value), 1)) for value in span)
        return low if low == high else self._say("interval.text", low=low, high=high)

    def both(self, points: Points) -> tuple[str, str]:
        """The points proved, and those if the declarations hold; the latter empty when alike."""
        told = "" if points.declared == points.proved else self._points(points.declared)
        return self._points(points.proved), told

    def minimum(self, result: FrameworkResult) -> str:
        """What is asked for, and by whom."""
        if result.minimum_by == "framework":
            return self._say("frameworks.minimum-all")
        known = {minimum.id: minimum for minimum in self._framework.minima}
        level = self._framework.levels[result.minimum].id
        if result.minimum_by in known:
            by = self._reading.text(known[result.minimum_by].name)
        else:
            by = self._say("frameworks.by-dossier")
        text = self._say("frameworks.minimum", level=level, by=by)
        if result.minima:
            own = (f"{group} {self._framework.levels[at].id}" for group, at in result.minima)
            text += " " + self._say("frameworks.minimum-groups", names=self._say.listing(own))
        return text

    def passing(self, passing: Passing) -> str:
        """Whether the minimum is reached."""
        said = {True: "yes", False: "no", None: "open"}
        text = self._say(f"frameworks.passing.{said[passing.proved]}")
        if passing.proved is None and passing.declared is not None:
            told = self._say(f"frameworks.passing.{said[passing.declared]}")
            text += f" ({self._say('frameworks.told', text=told)})"
        return text

    def names(self, labels: Sequence[str]) -> str:
        """*labels*, each once, the first few of them."""
        names = distinct(labels)
        if len(names) > NAMED:
            more = self._say("and-more", len(names) - NAMED)
            return f"{', '.join(names[:NAMED])} {more}"
        return ", ".join(names)
