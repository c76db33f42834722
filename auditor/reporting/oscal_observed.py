"""The look-ups and the contradictions, as observations of an OSCAL document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model.assessment import Finding
from auditor.model.contradiction import Contradiction
from auditor.model.exchange import Exchange, Failure, Unasked
from auditor.reporting.oscal_words import Json, Words, moment
from auditor.reporting.used import Used

_SAID = "declared"
"""The medium of what the organisation itself was asked."""


class Observed:
    """The observations that findings and services rest on, each once, in the order asked."""

    def __init__(self, words: Words, services: Sequence[Used]) -> None:
        self._words = words
        assessment = words.assessment
        self._subjects: dict[str, list[str]] = {}
        for service in services:
            for id_ in dict.fromkeys(e for each in service.dependencies for e in each.evidence):
                self._subjects.setdefault(id_, []).append(service.key)
        cited = {id_ for finding in assessment.findings for id_ in finding.evidence}
        cited |= {id_ for each in assessment.contradictions for id_ in each.evidence}
        cited |= set(self._subjects)
        self._exchanges = {
            id_: exchange
            for id_, exchange in words.reading.exchanges.items()
            if id_ in cited and not isinstance(exchange.result, Unasked)
        }

    def __iter__(self) -> Iterator[Json]:
        yield from map(self._look_up, self._exchanges.values())
        yield from map(self._contradiction, self._words.assessment.contradictions)

    def related(self, finding: Finding) -> list[Json]:
        """The observations beneath *finding*."""
        ids = [id_ for id_ in dict.fromkeys(finding.evidence) if id_ in self._exchanges]
        return [{"observation-uuid": self._words.uuid("observation", id_)} for id_ in ids]

    def _look_up(self, exchange: Exchange) -> Json:
        words, question = self._words, exchange.question
        told = words.say("table.answered")
        if isinstance(exchange.result, Failure):
            told = words.reading.word("gap", exchange.result.reason.value)
        observation: Json = {
            "uuid": words.uuid("observation", exchange.id),
            "title": words.line(str(question)),
            "description": words.line(words.say("colon", label=str(question), text=told)),
            "methods": ["INTERVIEW" if question.medium == _SAID else "TEST"],
            "types": ["finding"],
            "collected": moment(exchange.asked_at),
            "relevant-evidence": [self._evidence(exchange.id)],
        }
        if subjects := self._subjects.get(exchange.id):
            observation["subjects"] = [
                {"subject-uuid": words.uuid("component", key), "type": "component"}
                for key in subjects
            ]
        return observation

    def _contradiction(self, contradiction: Contradiction) -> Json:
        words = self._words
        told = " ".join(map(words.text, (contradiction.one, contradiction.other)))
        observation: Json = {
            "uuid": words.uuid("contradiction", contradiction.id),
            "title": words.line(f"{words.text(contradiction.title)} ({contradiction.subject})"),
            "description": words.line(told),
            "methods": ["EXAMINE"],
            "types": ["discovery"],
            "collected": moment(words.assessment.ended),
            "props": [words.prop("contradiction", contradiction.level.value)],
            "remarks": words.line(words.text(contradiction.question)),
        }
        evidence = [id_ for id_ in contradiction.evidence if id_ in self._exchanges]
        if evidence:
            observation["relevant-evidence"] = list(map(self._evidence, evidence))
        return observation

    def _evidence(self, id_: str) -> Json:
        """Where the bytes are: in the bundle, under this id."""
        return {
            "href": f"#{self._words.uuid('resource', 'bundle')}",
            "description": self._words.line(f"exchanges.jsonl, {id_}"),
            "props": [self._words.prop("exchange", id_)],
        }
