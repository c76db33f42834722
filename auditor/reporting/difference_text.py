"""What changed between two assessments, and why, in plain text for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from auditor.model.difference import Change, Comparison
from auditor.model.text import Text
from auditor.reporting.difference_telling import Line, Part, Telling
from auditor.reporting.printable import printable

_SIGNS: Mapping[Change, str] = {"new": "+", "gone": "-", "changed": "~"}
_LISTED = 25
"""Lines with one cause that a person is shown."""
_NARROWEST = 40


def as_text(
    comparison: Comparison,
    language: str,
    width: int,
    words: Mapping[str, Text],
    roles: Mapping[str, Text],
) -> str:
    """*comparison* in plain text; *words* and *roles* label the closed vocabularies."""
    telling = Telling(comparison, language, words, roles)
    wide = max(width, _NARROWEST)
    return "".join(f"{line}\n" for line in _lines(telling, wide))


def _lines(telling: Telling, width: int) -> Iterator[str]:
    """The whole, in lines of *width* columns."""
    comparison, say = telling.comparison, telling.say
    heading = [say("difference.title", name=comparison.after["subject"]["name"])]
    seen, day = telling.when(comparison.before)
    heading.append(say("difference.before", seen=seen, day=day))
    seen, day = telling.when(comparison.after)
    heading.append(say("difference.after", seen=seen, day=day))
    heading += telling.basis()
    for effect, then, now in telling.scores():
        if then != now:
            before, after = telling.interval(then), telling.interval(now)
            heading.append(say("difference.score", effect=effect, before=before, after=after))
    for line in heading:
        yield from _wrapped(line, width, "")
    if not comparison.explained:
        yield from ("", say("difference.none"))
    for part in telling.parts(_LISTED, _LISTED):
        yield from _part(telling, part, width)


def _part(telling: Telling, part: Part, width: int) -> Iterator[str]:
    yield from ("", *_wrapped(part.title, width, ""))
    for group in part.groups:
        yield from _wrapped(group.told, width, "  ")
        for line in group.lines:
            yield from _wrapped(_told(telling, line), width, "    ")
    if part.hidden:
        yield from _wrapped(telling.say("difference.more", part.hidden), width, "  ")


def _told(telling: Telling, line: Line) -> str:
    say, sign = telling.say, _SIGNS[line.change]
    if line.rule:
        severity = telling.word("severity", line.severity)
        where = f"{line.subject}, " if line.subject else ""
        label = f"{sign} [{severity}] {line.rule} ({where}{line.name})"
    else:
        label = f"{sign} {line.name}, {line.effect}" if line.effect else f"{sign} {line.name}"
    told = say("colon", label=label, text=line.became)
    if line.silent:
        told = f"{told}. {say('difference.silent', questions=say.listing(line.silent))}"
    about = (*line.laws, *line.roles)
    return f"{told} ({say('semicolon').join(about)})" if about else told


def _wrapped(line: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        printable(line),
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
