"""An assessment as a reader goes through it: by id, by name, in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from auditor.model.assessment import Assessment, Exposure, Finding, State
from auditor.model.exchange import Exchange, Unasked
from auditor.model.footprint import Dependency, Part
from auditor.model.rule import Confidence, Severity, Verdict
from auditor.model.text import Text
from auditor.reporting.points import UNASKED as UNASKED
from auditor.reporting.points import asked as asked
from auditor.reporting.points import look_ups, ranked, uncovered
from auditor.reporting.wording import Wording

SEVERITIES = tuple(reversed(Severity))
SERIOUS = frozenset({Severity.HIGH, Severity.CRITICAL})
NEAR = frozenset({"home", "shared"})
"""Standings of a law that the organisation lives under anyway."""
STANDINGS = ("third", "partly-adequate", "adequate", "shared", "home")
"""From the farthest law to the nearest."""
_BEFORE_A_VOWEL = re.compile(r"\b([Dd])e (?=[AÀÂEÉÈÊIÎOÔUÙ])")
_EUPHONIC = re.compile(r"-t-(?=(?:ils?|elles?|on)\b(?!\.\w))")


@dataclass(frozen=True, slots=True)
class Points:
    """What would settle findings.

    Attributes:
        facts: The facts to be known, each once, as sentences without a stop.
        unanswered: How many look-ups had no usable reply.
        unasked: How many the recording never put.
    """

    facts: tuple[str, ...]
    unanswered: int
    unasked: int


class Reading:
    """One assessment in one language.

    Attributes:
        say: The sentences of the language.
    """

    def __init__(self, assessment: Assessment, language: str) -> None:
        self.assessment = assessment
        self.language = language
        self.say = Wording(language)
        self.dependencies: dict[str, Dependency] = {
            dependency.id: dependency for dependency in assessment.footprint.dependencies
        }
        self.exposures: dict[str, Exposure] = {x.id: x for x in assessment.exposures}
        self.exchanges: dict[str, Exchange] = {}
        for exchange in assessment.lookups:
            self.exchanges.setdefault(exchange.id, exchange)
        self._verdicts = {
            finding.id: self.word("verdict", finding.verdict.value)
            for finding in assessment.findings
        }
        self._one_domain = len(assessment.target.domains) == 1

    @cached_property
    def _look_ups(self) -> Mapping[Text, str]:
        """The points that ask for a reply to one of our own look-ups, and why there is none."""
        return look_ups(self.assessment)

    @cached_property
    def uncovered(self) -> tuple[Part, ...]:
        """The parts of which the recording says nothing: their questions were never put."""
        return uncovered(self.assessment)

    def is_uncovered(self, finding: Finding) -> bool:
        """Whether *finding* is about a part of which the recording says nothing."""
        return (finding.domain, finding.role) in self._uncovered

    @cached_property
    def _uncovered(self) -> frozenset[tuple[str, str]]:
        return frozenset((part.domain, part.role) for part in self.uncovered)

    def points(self, findings: Iterable[Finding]) -> Points:
        """What would settle *findings*: facts to learn apart from look-ups to repeat."""
        points = dict.fromkeys(point for finding in findings for point in finding.missing)
        why = [self._look_ups.get(point) for point in points]
        facts = distinct(
            capital(self.text(point))
            for point, reason in zip(points, why, strict=True)
            if reason is None
        )
        unasked = why.count(UNASKED)
        return Points(tuple(facts), len(why) - why.count(None) - unasked, unasked)

    def look_ups(self, points: Points) -> list[str]:
        """The look-ups among *points*, counted, in words."""
        return [
            *([self.say("points.unanswered", points.unanswered)] if points.unanswered else []),
            *([self.say("points.unasked", points.unasked)] if points.unasked else []),
        ]

    def was_asked(self, exchange: str) -> bool:
        """Whether the exchange with that id was put to anybody."""
        known = self.exchanges.get(exchange)
        return known is not None and not isinstance(known.result, Unasked)

    def doubt(self, dependency: Dependency) -> str:
        """What keeps an attribution from deciding a verdict, in words; empty when nothing does."""
        if dependency.confidence is Confidence.LOW:
            return self.say("doubt.weak")
        return "" if dependency.verified else self.say("doubt.unverified")

    @property
    def notice(self) -> str:
        """What every page is to say by the dossier; empty when nothing."""
        notice = self.assessment.target.organisation.notice
        return notice.in_language(self.language) if notice else ""

    def text(self, text: Text) -> str:
        """*text* in the language.

        The rules write `de {party}` without knowing the name: French elides it before a
        vowel.  Nor does French end a line between a euphonic t and its pronoun.
        """
        said = text.in_language(self.language)
        if self.language != "fr":
            return said
        return _EUPHONIC.sub("-t\u2011", _BEFORE_A_VOWEL.sub(r"\1’", said))

    def word(self, vocabulary: str, word: str) -> str:
        """The label of a word of a closed vocabulary; the word itself when it has none."""
        known = self.assessment.knowledge.words.get(f"{vocabulary}.{word}")
        return self.text(known) if known is not None else word

    def origin(self, source: str) -> str:
        """Where a statement comes from: several sources stand apart by semicolons."""
        known = self.assessment.knowledge.words
        if f"origin.{source}" in known:
            return self.word("origin", source)
        return self.say("semicolon").join(self.word("origin", s) for s in source.split("; "))

    def role(self, role: str, domain: str = "") -> str:
        """What *role* is called; with the domain when the organisation has several."""
        label = self.assessment.knowledge.roles.get(role)
        name = self.text(label) if label is not None else role
        return name if self._one_domain or not domain else f"{name} ({domain})"

    def country(self, jurisdiction: str) -> str:
        """The name of *jurisdiction*; `inconnu` when there is none."""
        if not jurisdiction:
            return self.say("unknown-country")
        known = self.assessment.knowledge.jurisdictions.get(jurisdiction)
        return self.text(known.name) if known else self.say.country(jurisdiction)

    def law(self, law: str) -> str:
        """The short name of *law*."""
        known = self.assessment.knowledge.laws.get(law)
        return self.text(known.short) if known else law

    def verdict(self, finding: str) -> str:
        """The verdict of the finding with that id, in words."""
        return self._verdicts.get(finding, "")

    def rule_title(self, rule: str) -> str:
        """The title of *rule*."""
        known = self.assessment.knowledge.rules.get(rule)
        return self.text(known.title) if known else rule

    def where(self, finding: Finding) -> str:
        """What a finding is about: its role, or the whole organisation."""
        if finding.role:
            return self.role(finding.role, finding.domain)
        return self.say("whole-organisation")

    def controlled_from(self, dependency: Dependency) -> str:
        """From where the operator is controlled in the last resort, or that it is not known."""
        places = self.assessment.controllers.get(dependency.offering or "", ())
        if not places:
            return self.say("not-established")
        countries = self.countries(places)
        return countries if self.is_confirmed(dependency) else self.to_confirm(countries)

    def is_confirmed(self, dependency: Dependency) -> bool:
        """Whether it was read in sources, link by link, from where the operator is controlled."""
        return bool(self.controllers(dependency.offering or ""))

    def controllers(self, offering: str) -> tuple[str, ...]:
        """From where *offering* is controlled in the last resort, if every link was read."""
        known = self.assessment
        return () if offering in known.unconfirmed else known.controllers.get(offering, ())

    def to_confirm(self, text: str) -> str:
        """*text*, marked as what no source was read for."""
        return self.say("to-confirm", text=text)

    def countries(self, jurisdictions: Iterable[str]) -> str:
        """The names of *jurisdictions*, as a list in a sentence."""
        return self.say.listing(map(self.country, jurisdictions))

    def described(self, dependencies: Iterable[Dependency]) -> str:
        """*dependencies* with their roles, as a list in a sentence."""
        return self.say.listing(
            f"{d.label} ({inside(self.role(d.role, d.domain))})" for d in dependencies
        )

    def score(self, low: int, high: int) -> str:
        """`de 5 à 28`, or the one number that it is."""
        if low == high:
            return self.say.number(low)
        return self.say("interval.text", low=self.say.number(low), high=self.say.number(high))

    def findings(self, *verdicts: Verdict) -> list[Finding]:
        """The findings with one of *verdicts*, worst and surest first."""
        return ranked(f for f in self.assessment.findings if f.verdict in verdicts)

    def judged(self, *verdicts: Verdict) -> list[Finding]:
        """The findings that were judged so, before any waiver; worst and surest first."""
        return ranked(f for f in self.assessment.findings if (f.judged or f.verdict) in verdicts)

    def foreign(self, finding: Finding, state: State = State.REACHED) -> list[Exposure]:
        """The exposures of *finding* to laws that the organisation does not live under."""
        return [
            exposure
            for exposure in map(self.exposures.get, finding.exposures)
            if exposure and exposure.grasp.state is state and exposure.standing not in NEAR
        ]

    def suppliers(self, finding: Finding) -> list[str]:
        """The names of the dependencies that *finding* judged, each once."""
        return distinct(
            self.dependencies[name].label
            for name in finding.dependencies
            if name in self.dependencies
        )


def distinct(items: Iterable[str]) -> list[str]:
    """*items*, each once, in the order met."""
    return list(dict.fromkeys(items))


def inside(label: str) -> str:
    """*label* as it stands inside a sentence: without its capital, unless it is an abbreviation."""
    second = label[1:2]
    word = second.islower() or second in ("’", " ")
    return label[:1].lower() + label[1:] if word else label


def in_a_row(labels: Iterable[str]) -> str:
    """*labels* one after the other: only the first keeps its capital."""
    first, *others = [*labels] or [""]
    return ", ".join([first, *map(inside, others)])


def capital(sentence: str) -> str:
    """*sentence* with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]
