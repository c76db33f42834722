"""The end of an audit on one screen of a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from auditor.model.assessment import Assessment
from auditor.model.rule import Severity
from auditor.reporting.frameworks import in_a_line
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading
from auditor.reporting.summary import EffectLine, Summary, summarise

_RESET, _BOLD, _RED, _YELLOW, _GREEN = "\033[0m", "\033[1m", "\033[31m", "\033[33m", "\033[32m"
_LEVELS = {"serious": _RED, "some": _YELLOW, "open": _YELLOW, "clear": _GREEN, "nothing": _YELLOW}
_WORST = 3
_LINES = 2
"""Lines of a finding."""
_NARROWEST = 40
_BAR = 24


def terminal(assessment: Assessment, language: str, width: int, color: bool) -> str:
    """*assessment* in plain text, no line longer than *width* columns (40 at least).

    Escape sequences are ours alone, and only there when *color* is asked for:
    whatever came from the network is made printable first.
    """
    reading = Reading(assessment, language)
    lines = _lines(reading, summarise(reading), max(width, _NARROWEST), color)
    return "\n".join(lines) + "\n"


def _lines(reading: Reading, summary: Summary, width: int, color: bool) -> Iterator[str]:
    say = reading.say

    def paint(text: str, *codes: str) -> str:
        return f"{''.join(codes)}{text}{_RESET}" if color else text

    def fill(text: str, first: str = "  ", rest: str = "  ") -> list[str]:
        """*text* in lines; no-break spaces bind, as they do on paper."""
        return textwrap.wrap(
            printable(text),
            width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )

    def heading(text: str) -> str:
        return paint(text, _BOLD)

    name = reading.assessment.target.name
    yield from fill(reading.notice, "", "")
    for line in fill(say("colon", label=name, text=summary.headline), "", ""):
        yield paint(line, _BOLD, _LEVELS[summary.level])
    yield from fill(" ".join(summary.sentences))
    yield heading(say("terminal.effects"))
    for effect in summary.effects:
        yield from _effect(reading, effect, width)
    frameworks = in_a_line(reading)
    if frameworks:
        first, *rest = fill(frameworks, f"{say('terminal.frameworks')}  ", "  ")
        yield first.replace(say("terminal.frameworks"), heading(say("terminal.frameworks")), 1)
        yield from rest
    if summary.key:
        yield heading(say("terminal.worst"))
    for finding in summary.key[:_WORST]:
        label = f"[{reading.word('severity', finding.severity.value)}]"
        said = f"{label} {', '.join(finding.ids)} {finding.says}"
        loud = finding.severity in (Severity.HIGH, Severity.CRITICAL)
        lines = fill(said, "  ", "    ")
        if len(lines) > _LINES:
            lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1][: width - 2]} …"]
        for line in lines:
            yield paint(line, _RED) if loud and line.lstrip().startswith(label) else line
    left = summary.more_failed + sum(len(finding.ids) for finding in summary.key[_WORST:])
    without = summary.unanswered + summary.unasked
    counts = [
        *([say("terminal.more", left)] if left else []),
        *([say("terminal.unknown", summary.unknown)] if summary.unknown else []),
        *([say("terminal.look-ups", without)] if without else []),
    ]
    yield from fill(say.listing(counts) if counts else say("terminal.nothing-open"))
    yield heading(say("terminal.steps"))
    for number, step in enumerate(summary.steps, 1):
        yield from fill(say("colon", label=step.who, text=step.what), f"  {number}. ", "     ")


def _effect(reading: Reading, line: EffectLine, width: int) -> Iterator[str]:
    names = [reading.word("effect", word) for word in ("disclosure", "interruption", "tampering")]
    label = reading.word("effect", line.effect.value).ljust(max(map(len, names)))
    if line.interval is None:
        yield f"  {label}  {reading.say('summary.not-judged')}"
        return
    low, high = line.interval.low, line.interval.high
    proved = round(_BAR * low / 100)
    possible = max(round(_BAR * high / 100) - proved, int(high > low))
    bar = "█" * proved + "░" * possible + "·" * (_BAR - proved - possible)
    score = reading.score(low, high)
    whole = f"  {label}  {bar}  {score}"
    yield f"{whole}  ({line.counts})" if len(whole) + len(line.counts) + 4 <= width else whole
