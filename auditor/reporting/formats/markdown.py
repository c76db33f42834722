"""The summary as Markdown, for the page of a pipeline or a note on a merge request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from auditor.model.assessment import Assessment
from auditor.reporting import NOTHING
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading
from auditor.reporting.summary import summarise

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")


def file_name(language: str) -> str:
    """`summary.fr.md`."""
    return f"summary.{language}.md"


def render(
    assessment: Assessment, language: str, attachments: Mapping[str, bytes] = NOTHING
) -> bytes:
    """What the first page of the report says of *assessment*."""
    return ("\n".join(_lines(Reading(assessment, language))) + "\n").encode()


def _lines(reading: Reading) -> Iterator[str]:
    say, summary, assessment = reading.say, summarise(reading), reading.assessment
    yield f"# {_text(say('colon', label=assessment.target.name, text=summary.headline))}"
    if reading.notice:
        yield from ("", f"> **{_text(reading.notice)}**")
    yield ""
    yield _text(" ".join((*summary.sentences, summary.dealing)).strip())
    yield ""
    titles = ("effect", "answer", "interval", "judged")
    yield f"| {' | '.join(say(f'summary.{title}') for title in titles)} |"
    yield "| --- | --- | --- | --- |"
    for effect in summary.effects:
        score = say("summary.not-judged")
        if effect.interval is not None:
            score = reading.score(effect.interval.low, effect.interval.high)
        name = reading.word("effect", effect.effect.value)
        cells = (name, effect.answer, score, effect.counts)
        yield f"| {' | '.join(map(_text, cells))} |"
    if summary.key:
        yield from ("", f"## {say('summary.key')}", "")
    for finding in summary.key:
        severity = reading.word("severity", finding.severity.value)
        yield f"- **{_text(severity)}** {', '.join(finding.ids)} {_text(finding.says)}"
    if summary.more_failed:
        yield f"- {_text(say('terminal.more', summary.more_failed))}"
    if summary.missing:
        yield from ("", f"## {say('summary.missing')}", "")
    yield from (f"- {_text(point)}" for point in summary.missing)
    yield from ("", f"## {say('summary.steps')}", "")
    for number, step in enumerate(summary.steps, 1):
        yield f"{number}. **{_text(step.who)}** – {_text(step.what)}"
    yield ""
    day = say("running", name=assessment.target.name, day=say.day(assessment.as_of))
    yield f"{_text(day)} · {_text(say('seal', digest=assessment.digests.bundle))}"


def _text(text: str) -> str:
    """*text*, in which nothing is markup."""
    return _SPECIAL.sub(r"\\\1", printable(text))
