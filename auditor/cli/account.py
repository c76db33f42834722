"""How whatever bears an id in an assessment came about: a finding, an exposure, evidence …"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from auditor.reporting.reading import capital
from auditor.reporting.wording import Wording

if TYPE_CHECKING:
    from auditor.catalogue.catalogue import Catalogue

Json = dict[str, Any]


class Account:
    """Tells of what stands in an `assessment.json`, in one language."""

    def __init__(self, assessment: Json, language: str, catalogue: Catalogue) -> None:
        """Tell of *assessment*; only the words for its words come from *catalogue*."""
        self._language = language
        self._say = Wording(language)
        self._words = catalogue.words
        self._roles = catalogue.role_names
        self._findings: list[Json] = assessment["findings"]
        self._exposures: dict[str, Json] = {x["id"]: x for x in assessment["exposures"]}
        self._dependencies: dict[str, Json] = {
            d["id"]: {**d, "role": part["role"]}
            for part in assessment["footprint"]
            for d in part["dependencies"]
        }
        self._laws: dict[str, Json] = {law["id"]: law for law in assessment["laws"]}
        self._rules: dict[str, Json] = {rule["id"]: rule for rule in assessment["rules"]}
        self._contradictions: dict[str, Json] = {c["id"]: c for c in assessment["contradictions"]}
        # An assessment made before facts were numbered in it has none to tell of.
        self._points: dict[str, Json] = {p["id"]: p for p in assessment.get("points", ())}
        self._waivers: dict[str, Json] = {w["id"]: w for w in assessment["waivers"]}
        self.evidence: dict[str, Json] = {look["id"]: look for look in assessment["lookups"]}

    def ids(self) -> list[str]:
        """Everything that can be told of."""
        findings = [finding["id"] for finding in self._findings]
        others = (
            self._points,
            self._contradictions,
            self._rules,
            self._exposures,
            self._dependencies,
            self._waivers,
        )
        return [*findings, *(id_ for each in others for id_ in each), *self.evidence]

    def of(self, id_: str) -> list[str]:
        """The lines that tell of *id_*; none when nothing is called so."""
        findings = [f for f in self._findings if id_ in (f["id"], f["rule"])]
        if findings:
            return [line for finding in findings for line in self._finding(finding)]
        if id_ in self._points:
            return self._point(self._points[id_])
        if id_ in self._contradictions:
            return self._contradiction(self._contradictions[id_])
        if id_ in self._rules:
            return self._rule(self._rules[id_])
        if id_ in self._exposures:
            return self._exposure(self._exposures[id_])
        if id_ in self._dependencies:
            return self._dependency(self._dependencies[id_], with_evidence=True)
        if id_ in self.evidence:
            return self._evidence(self.evidence[id_])
        if id_ in self._waivers:
            return self._borne(self._waivers[id_])
        return []

    def _finding(self, finding: Json) -> list[str]:
        rule = self._rules.get(finding["rule"], {})
        say = self._say
        return [
            f"{finding['id']}  {finding['rule']}  {finding['subject']}",
            "  "
            + ", ".join(
                (
                    self._word("verdict", finding["verdict"]),
                    say("finding.severity", word=self._word("severity", finding["severity"])),
                    say("finding.confidence", word=self._word("confidence", finding["confidence"])),
                )
            ),
            f"  {self._text(finding['says'])}",
            *self._under(self._say("waiver.on"), self._waiver(finding)),
            *self._under(self._say("finding.missing"), (self._text(m) for m in finding["missing"])),
            *self._under(self._say("finding.why"), [self._text(rule["why"])] if rule else []),
            *self._under(
                self._say("finding.facts"),
                (
                    line
                    for known in finding["dependencies"]
                    for line in self._dependency(self._dependencies[known])
                ),
            ),
            *self._under(
                self._say("finding.path"),
                (
                    line
                    for reached in finding["exposures"]
                    for line in self._exposure(self._exposures[reached])
                ),
            ),
            *self._under(self._say("finding.evidence"), self._lookups(finding["evidence"])),
            *self._rule_basis(rule),
            "",
        ]

    def _point(self, point: Json) -> list[str]:
        """The fact, whom it concerns, and what hangs on it."""
        open_ = [finding for finding in self._findings if finding["id"] in point["findings"]]
        known = dict.fromkeys(id_ for finding in open_ for id_ in finding["dependencies"])
        return [
            f"{point['id']}  {self._text(point['fact'])}",
            *self._under(
                self._say("questions.about"),
                dict.fromkeys(self._dependencies[id_]["name"] for id_ in known),
            ),
            *self._under(
                self._say("points.findings"), (self._line_of(finding) for finding in open_)
            ),
            "",
        ]

    def _line_of(self, finding: Json) -> str:
        verdict = self._word("verdict", finding["verdict"])
        return f"{finding['id']}  {finding['rule']}  {finding['subject']}: {verdict}"

    def _borne(self, waiver: Json) -> list[str]:
        """What a waiver is about, who decided it, and what it does."""
        about = waiver["subject"] or self._say("waiver.every")
        state = self._word("waiver", waiver["state"])
        borne = [finding for finding in self._findings if finding["id"] in waiver["findings"]]
        return [
            f"{waiver['id']}  {waiver['rule']}  {about}",
            f"  {self._word('decision', waiver['decision'])}, {state}, {waiver['expires_on']}",
            f"  {waiver['justification']} ({waiver['approved_by']}, {waiver['approved_on']})",
            *(f"  {evidence}" for evidence in waiver["evidence"]),
            *self._under(self._say("section.findings"), map(self._line_of, borne)),
            "",
        ]

    def _waiver(self, finding: Json) -> list[str]:
        """Who bears with the finding, why, and until when."""
        waiver = self._waivers.get(finding["waiver"] or "")
        if waiver is None:
            return []
        judged = self._word("verdict", finding["judged"])
        return [
            f"{waiver['id']}, {self._word('waiver', waiver['state'])}, {waiver['expires_on']} "
            f"({self._word('decision', waiver['decision'])}{self._say('semicolon')}{judged})",
            f"{waiver['justification']} ({waiver['approved_by']}, {waiver['approved_on']})",
        ]

    def _contradiction(self, told: Json) -> list[str]:
        role = f", {self._role(told['role'])}" if told["role"] else ""
        one, other = (self._word("between", side) for side in told["between"])
        level = self._word("contradiction", told["level"])
        line = self._say("contradictions.line", line=str(told["line"])) if told["line"] else ""
        return [
            f"{told['id']}  {told['kind']}  {told['subject']}{role}",
            f"  {self._text(told['title'])} ({', '.join(filter(None, (level, line)))})",
            "  " + self._say("colon", label=capital(one), text=self._text(told["one"])),
            "  " + self._say("colon", label=capital(other), text=self._text(told["other"])),
            *self._under(
                self._say("contradictions.effect"),
                [
                    self._say(
                        "contradictions.shaken",
                        names=self._say.listing(
                            dict.fromkeys(self._dependencies[id_]["name"] for id_ in told["shaken"])
                        ),
                    )
                ]
                if told["shaken"]
                else [],
            ),
            *self._under(self._say("finding.question"), [self._text(told["question"])]),
            *self._under(self._say("finding.evidence"), self._lookups(told["evidence"])),
            "",
        ]

    def _rule(self, rule: Json) -> list[str]:
        return [
            f"{rule['id']}  {self._text(rule['title'])}",
            f"  {self._text(rule['why'])}",
            *self._rule_basis(rule),
        ]

    def _rule_basis(self, rule: Json) -> list[str]:
        if not rule:
            return []
        return [
            *self._under(
                self._say("finding.citations"),
                (f"{self._text(c['text'])} <{c['url']}>" for c in rule["citations"]),
            ),
            *self._under(self._say("finding.counter"), [self._text(rule["counter"])]),
        ]

    def _dependency(self, dependency: Json, *, with_evidence: bool = False) -> list[str]:
        sure = self._say(
            "finding.confidence", word=self._word("confidence", dependency["confidence"])
        )
        told = f", {self._word('declared', 'yes')}" if dependency["declared"] else ""
        known = ", ".join(dependency["controlled_from"] or ()) or self._say("not-established")
        if dependency["controlled_from"] and not dependency.get("control_verified", True):
            known = self._say("to-confirm", text=known)
        lines = [
            dependency["id"],
            f"  {dependency['name']}: {self._role(dependency['role'])}, "
            f"{self._word('layer', dependency['layer'])}; {sure}{told}",
            "  " + self._say("colon", label=self._say("matrix.controlled"), text=known),
            *(f"  - {fact}" for fact in dependency["because"]),
        ]
        if with_evidence:
            lines += self._under(
                self._say("finding.evidence"), self._lookups(dependency["evidence"])
            )
        return lines

    def _exposure(self, exposure: Json) -> list[str]:
        law = self._laws.get(exposure["law"])
        name = self._text(law["short"]) if law else exposure["law"]
        path = " → ".join(
            f"{step['name'] or self._say('unnamed-party')} "
            f"[{self._word('relation', step['relation'])}, {step['country'] or '?'}"
            + ("]" if step["verified"] else f", {self._say('unverified')}]")
            for step in exposure["path"]
        )
        return [
            f"{exposure['id']}  {name} ({exposure['jurisdiction']}), "
            f"{self._word('effect', exposure['effect'])}: {self._word('state', exposure['state'])}",
            f"  {exposure['dependency']}",
            f"  {path}",
            f"  {self._word('hook', exposure['hook'])}; {self._word('force', exposure['force'])}",
            *([f"  {self._text(exposure['why'])}"] if exposure["why"] else []),
            *(f"  ? {self._text(missing)}" for missing in exposure["missing"]),
        ]

    def _evidence(self, lookup: Json) -> list[str]:
        known = lookup["id"]
        sealed = f", SHA-256 {lookup['sha256']}" if lookup["sha256"] else ""
        return [
            *self._lookups([known]),
            f"  {lookup['took_ms']} ms, {lookup['bytes']} bytes{sealed}",
            *self._under(
                self._say("matrix.service"),
                (id_ for id_, d in self._dependencies.items() if known in d["evidence"]),
            ),
            *self._under(
                self._say("section.findings"),
                (f"{f['id']}  {f['rule']}" for f in self._findings if known in f["evidence"]),
            ),
        ]

    def _lookups(self, ids: Iterable[str]) -> list[str]:
        lines = []
        for known in ids:
            if known not in self.evidence:
                continue
            look = self.evidence[known]
            told = f"{look['asked_at']}, {look['via']}"
            if look["outcome"] != "reply":
                why = self._word("gap", look["reason"] or look["outcome"])
                detail = f" ({look['detail']})" if look["detail"] else ""
                told = f"{why}{detail}; {told}"
            lines.append(f"{known}  {look['medium']} {look['question']}  [{told}]")
        return lines

    def _under(self, heading: str, lines: Iterable[str]) -> list[str]:
        """*lines* below their heading; nothing when there are none."""
        below = [f"    {line}" for line in lines]
        return [f"  {heading}", *below] if below else []

    def _text(self, text: Json) -> str:
        return str(text[self._language])

    def _word(self, vocabulary: str, word: str) -> str:
        known = self._words.get(f"{vocabulary}.{word}")
        return known.in_language(self._language) if known else word

    def _role(self, role: str) -> str:
        known = self._roles.get(role)
        return known.in_language(self._language) if known else role
