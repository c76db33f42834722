"""Read the answers of a dossier to the questions of frameworks."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.catalogue.said import Said
from auditor.catalogue.source import Entry
from auditor.model.target import Answer


def answers(entry: Entry, said: Said) -> tuple[Answer, ...]:
    """The answers in *entry*: framework → question → answer, in the order written.

    An answer is a word, or a mapping of `value`, `documents` and `note`.
    """
    return tuple(answer for framework in entry.written for answer in _of(entry, framework, said))


def _of(entry: Entry, framework: str, said: Said) -> Iterator[Answer]:
    questions = entry.entry(framework)
    for question in questions.written:
        if not questions.is_mapping(question):
            line = questions.place_of(question).line
            answer = Answer(framework, question, questions.string(question), line)
            said.check(answer, questions.place_of(question))
            yield answer
            continue
        told = questions.entry(question)
        answer = Answer(
            framework,
            question,
            told.string("value"),
            told.place_of("value").line,
            said.documents(told),
            told.string("note", ""),
        )
        said.check(answer, told.place_of("value"))
        yield answer
        told.close()
