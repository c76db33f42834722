"""What changed between two assessments as a document, with pictures: on paper and on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from markupsafe import Markup

from auditor.model.difference import Cause, Comparison, Json, Outcome
from auditor.model.text import Text
from auditor.reporting import fonts
from auditor.reporting.difference import as_json
from auditor.reporting.difference_telling import Telling
from auditor.reporting.drift_findings import Findings
from auditor.reporting.drift_pictures import DriftPictures
from auditor.reporting.drift_scores import readings
from auditor.reporting.formats.html import anything, embedded
from auditor.reporting.press import Enclosed, printed, sheets
from auditor.reporting.printable import printable
from auditor.reporting.reading import capital, distinct
from auditor.reporting.templates import environment

LISTED = 20
"""Lines with one cause that the document lists; the JSON has them all."""
OTHERS = 5
"""Of these, on findings that became neither better nor worse nor uncertain."""
_ENCLOSED = "difference.json"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that an assessment is made from, before and after.

    Attributes:
        digest: Whether it is printed as a digest.
    """

    name: str
    before: str
    after: str
    same: bool
    digest: bool = False


class Drift:
    """A comparison in one language, as a document tells it.

    Attributes:
        telling: What the document shares with the text.
        say: The sentences of the language.
        at: When the look-ups of the later of the two had ended: the date of the document.
        name: Of the organisation.
        notices: What its dossiers put on every page.
        tool: That wrote the document.
        scores: What became of the score of each effect.
        findings: Those that differ, counted.
        parts: What differs, listed.
    """

    def __init__(
        self,
        comparison: Comparison,
        language: str,
        words: Mapping[str, Text],
        roles: Mapping[str, Text],
        tool: str,
    ) -> None:
        """Tell of *comparison*; *words* and *roles* label the closed vocabularies.

        Raises:
            AttributeError, KeyError, TypeError, ValueError: One of the two is not whole.
        """
        self.comparison = comparison
        self.telling = Telling(comparison, language, words, roles)
        self.say = self.telling.say
        self.tool = tool
        both = (comparison.before, comparison.after)
        self.at = max(datetime.fromisoformat(each["observed"]["ended"]) for each in both)
        self.name = str(comparison.after["subject"]["name"])
        self.notices = distinct(filter(None, (_notice(each, language) for each in both)))
        self.scores = readings(self.telling)
        self.findings = Findings(self.telling)
        self.parts = tuple(self.telling.parts(LISTED, OTHERS))
        self.inputs = self._inputs()

    @property
    def moved(self) -> list[str]:
        """What is to be said of the scores, beside their picture."""
        say = self.say
        moved = [each for each in self.scores if each.before != each.after]
        if not moved:
            return [say("drift.score.none")]
        return [say("drift.score.of", effect=each.effect, reading=each.told) for each in moved]

    @property
    def idle(self) -> str:
        """The inputs that may differ, and made no finding differ; empty when there is none."""
        active = {cause for row in self.findings.rows if row.why for cause in row.why.causes}
        return self.telling.causes(c for c in self.comparison.possible if c not in active)

    @property
    def other_criteria(self) -> bool:
        """Whether the two may have been held to different criteria."""
        return Cause.RULES in self.comparison.possible

    def _inputs(self) -> tuple[Input, ...]:
        say, before, after = self.say, self.comparison.before, self.comparison.after
        (seen, day), (seen_after, day_after) = map(self._when, (before, after))
        none = say("drift.not-given")
        digests = (before["digests"], after["digests"])
        rows = [
            Input(say("cover.observed"), seen, seen_after, before["observed"] == after["observed"]),
            Input(say("cover.as-of"), day, day_after, before["as_of"] == after["as_of"]),
        ]
        for key, label in (
            ("bundle", say("cover.bundle")),
            ("rules", say("cover.rules")),
            ("waivers", say("drift.waivers")),
            ("tool", say("cover.tool")),
        ):
            then, now = (each[key] for each in digests)
            rows.append(Input(label, then or none, now or none, then == now, digest=True))
        return tuple(rows)

    def _when(self, document: Json) -> tuple[str, str]:
        """When the look-ups began, and the day of the law."""
        began = datetime.fromisoformat(document["observed"]["began"])
        return self.say.moment(began), self.telling.when(document)[1]


def _notice(document: Json, language: str) -> str:
    """What the dossier puts on every page; empty when it says nothing of the kind."""
    notice = document["subject"]["organisation"]["notice"]
    return str(notice[language]) if notice else ""


def pdf(drift: Drift) -> bytes:
    """*drift* as PDF/A-3a and PDF/UA-1, carrying its own data; the same bytes every time."""
    names = ["report.css", "paper.css", *(["notice.css"] if drift.notices else []), "drift.css"]
    data = Enclosed(_ENCLOSED, as_json(drift.comparison), drift.say("attachment.difference"))
    page = _composed(drift, sheets(*names), fonts.drawable, "paper")
    return printed(page, drift.at, [data])


def html(drift: Drift) -> bytes:
    """*drift* as one HTML file, with style sheet and fonts inside."""
    style = "\n".join((embedded(), sheets("report.css", "screen.css", "drift.css")))
    return _composed(drift, style, anything, "screen").encode("utf-8", "replace")


def _composed(drift: Drift, style: str, drawable: Callable[[str], bool], medium: str) -> str:
    clean = partial(printable, drawable=drawable)
    return (
        environment(drawable)
        .get_template("drift.html.j2")
        .render(
            d=drift,
            say=drift.say,
            draw=DriftPictures(drift.say, clean),
            language=drift.say.language,
            medium=medium,
            style=Markup(style),  # noqa: S704 - our own files
            outcomes=tuple(Outcome),
            capital=capital,
        )
    )
