"""What the recording's own labels say, in the words of our catalogue, and how far we agree.

A label is another tool's classification of the same records, not truth: see
docs/accuracy.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from auditor.catalogue.catalogue import Catalogue
from auditor.model.assessment import Assessment
from auditor.model.footprint import Part

SETS = {"municipalities": "peers-agree", "companies": "peer"}
"""Which labels of each set are compared: those on which two tools agree, where there are two."""

CLASSES = {"microsoft": "microsoft", "google": "google", "amazon": "aws", "aws": "aws"}
"""The labels know three vendors; everything else is `other`.  By the start of the operator's id."""

KEEPERS = {
    "microsoft": ("microsoft-365",),
    "google": ("google-workspace",),
    "asp_bgld": ("asp-bgld",),
    "cnv": ("cnv",),
    "a1": ("a1-mail",),
    "agenturserver": ("mittwald",),
    "kas": ("all-inkl",),
    "telia": ("telia",),
}
"""Labels that name whoever keeps or accepts the mail (`label`, `label_operator`), as offerings."""

GATEWAYS = {
    "abxsec": ("abxsec",),
    "antispameurope": ("hornetsecurity",),
    "barracuda": ("barracuda",),
    "cisco": ("cisco-secure-email",),
    "cisco-ironport": ("cisco-secure-email",),
    "cleanmail": ("cleanmail", "cleanmail-safecenter"),
    "fortimail": ("fortimail-cloud",),
    "hornetsecurity": ("hornetsecurity",),
    "mailanyone": ("vipre",),
    "mimecast": ("mimecast",),
    "proofpoint": ("proofpoint", "proofpoint-essentials"),
    "seppmail": ("seppmail-cloud",),
    "sophos": ("sophos",),
    "spamexperts": ("n-able-mail-assure",),
    "staysecure": ("stay-secure",),
    "trendmicro": ("trend-micro",),
}
"""Labels of filters before the mailbox (`label_gateway`), as offerings."""


@dataclass(slots=True)
class Agreement:
    """How often an offering was named by the labels, by us, and by both, in rows."""

    labelled: int = 0
    ours: int = 0
    both: int = 0

    def add(self, *, labelled: bool, ours: bool) -> None:
        """Count one row."""
        self.labelled += labelled
        self.ours += ours
        self.both += labelled and ours

    def __str__(self) -> str:
        return (
            f"labelled {self.labelled:>5}  named by us {self.ours:>5}"
            f"  recall {_share(self.both, self.labelled)}"
            f"  precision {_share(self.both, self.ours)}"
        )


@dataclass(slots=True)
class Labels:
    """The comparison with the labels of one source.

    Attributes:
        compared: What the source of a label says when it is compared with ours.
        pairs: (label, ours), in the classes of the labels.
        offerings: The comparison for each offering that a label can name.
    """

    compared: str
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    offerings: dict[str, Agreement] = field(default_factory=lambda: defaultdict(Agreement))
    disagreements: list[str] = field(default_factory=list)

    def add(self, row: dict[str, Any], assessment: Assessment, catalogue: Catalogue) -> None:
        """Compare the label of *row* with ours, if it is one of those compared."""
        if row.get("label") is None or self.compared not in (row.get("label_source") or ""):
            return
        self._add_offerings(row, assessment)
        ours = label_of(assessment, catalogue)
        self.pairs[row["label"], ours] += 1
        if ours != row["label"]:
            mailbox = [
                f"{d.label} ({d.confidence})"
                for d in assessment.footprint.dependencies
                if d.role == "mail.mailbox" and d.layer == "service"
            ]
            self.disagreements.append(
                f"{row['d']:<32} label {row['label']:<10} ours {ours:<10} {', '.join(mailbox)}"
            )

    def _add_offerings(self, row: dict[str, Any], assessment: Assessment) -> None:
        parts = {part.role: part for part in assessment.footprint.parts}
        keeps = _named([parts["mail.mailbox"], parts["mail.inbound"]])
        accepts = _named([parts["mail.inbound"], parts["mail.gateway"]])
        said = {row.get("label"), row.get("label_operator")}
        for offerings, labels in _by_offering(KEEPERS).items():
            self._add_one(offerings, not said.isdisjoint(labels), keeps)
        for offerings, labels in _by_offering(GATEWAYS).items():
            self._add_one(offerings, row.get("label_gateway") in labels, accepts)

    def _add_one(self, offerings: tuple[str, ...], labelled: bool, named: set[str]) -> None:
        ours = not named.isdisjoint(offerings)
        self.offerings[" or ".join(offerings)].add(labelled=labelled, ours=ours)

    def lines(self) -> Iterable[str]:
        """The figures, for people."""
        total = sum(self.pairs.values())
        agreed = sum(n for (label, ours), n in self.pairs.items() if label == ours)
        yield f"agreement            {_share(agreed, total)} of {total} labelled rows"
        classes = sorted({label for label, _ in self.pairs})
        for label in classes:
            rows = {ours: n for (theirs, ours), n in self.pairs.items() if theirs == label}
            ours = sum(n for (_, named), n in self.pairs.items() if named == label)
            count = sum(rows.values())
            yield (
                f"  {label:<22} {Agreement(count, ours, rows.get(label, 0))}"
                f"  unknown {_share(rows.get('unknown', 0), count)}"
            )
        yield ""
        yield "by offering, where a label can name one:"
        for offering, agreement in sorted(self.offerings.items(), key=lambda i: -i[1].labelled):
            if agreement.labelled or agreement.ours:
                yield f"  {offering:<40} {agreement}"


def unknown_offerings(catalogue: Catalogue) -> list[str]:
    """The offerings named above that *catalogue* does not know: their figures would be wrong."""
    named = [id_ for ids in (*KEEPERS.values(), *GATEWAYS.values()) for id_ in ids]
    return [id_ for id_ in named if id_ not in catalogue.offerings]


def label_of(assessment: Assessment, catalogue: Catalogue) -> str:
    """Who keeps the mail, in the classes of the labels.

    `unknown` when nothing but a weak sign, or a failed look-up, says so.  A
    service that accepts mail and has no mailboxes of its own counts when the
    labels know its vendor: that is what they are made of.
    """
    parts = {part.role: part for part in assessment.footprint.parts}
    for dependency in parts["mail.inbound"].dependencies:
        offering = catalogue.offerings.get(dependency.offering or "")
        if offering and "mail.mailbox" not in offering.roles and dependency.layer == "service":
            for start, label in CLASSES.items():
                if (offering.operator or "").startswith(start):
                    return label
    for role in ("mail.mailbox", "mail.inbound"):
        served = [d for d in parts[role].dependencies if d.layer == "service"]
        sure = [d for d in served if d.confidence != "low"]
        named = [d.offering for d in sure if d.offering]
        for id_ in named:
            operator = catalogue.offerings[id_].operator or ""
            for start, label in CLASSES.items():
                if operator.startswith(start):
                    return label
        if role == "mail.mailbox" and named:
            return "other"
    mailbox = parts["mail.mailbox"]
    if any("mail.inbound" in gap.roles for gap in parts["mail.inbound"].gaps):
        return "unknown"
    sure = [d for d in mailbox.dependencies if d.confidence != "low"]
    if sure:
        return "other"
    return "unknown" if mailbox.dependencies else "none"


def _named(parts: Iterable[Part]) -> set[str]:
    """The services that *parts* name by more than a hint."""
    return {
        d.offering
        for part in parts
        for d in part.dependencies
        if d.offering and d.layer == "service" and d.confidence != "low"
    }


def _by_offering(names: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, ...], set[str]]:
    """The labels that mean the same offerings, together."""
    labels: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for label, offerings in names.items():
        labels[offerings].add(label)
    return labels


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.2f} %" if whole else "     – %"
