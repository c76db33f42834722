"""A comparison of bids for programs."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from auditor.model.compared import Checked, Clarification, Compared, Comparison, Points, Rank, Span
from auditor.model.text import LANGUAGES, Text

FORMAT = 1
"""Format of the JSON.  Raised when a reader of the old one would err."""


def render(comparison: Comparison) -> bytes:
    """*comparison*; the same gives the same bytes.  Points are exact fractions, as text."""
    tender = comparison.tender
    first = comparison.bids[0].assessment
    document = {
        "format": FORMAT,
        "name": tender.name,
        "reference": tender.reference,
        "as_of": tender.as_of.isoformat(),
        "buyer": {"name": tender.buyer.name, "home": tender.buyer.home},
        "roles": list(tender.roles),
        "digests": {
            "tender": comparison.digest,
            "rules": first.digests.rules,
            "tool": first.digests.tool,
        },
        "knock_outs": [{"id": k.id, "title": _both(k.title)} for k in tender.knock_outs],
        "awards": [
            {"id": a.id, "title": _both(a.title), "weight": str(a.weight)} for a in tender.awards
        ],
        "bids": [_bid(each) for each in comparison.bids],
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1)
    return text.encode() + b"\n"


def _bid(compared: Compared) -> dict[str, Any]:
    return {
        "id": compared.bid.id,
        "bidder": compared.bid.bidder,
        "price": None if compared.bid.price is None else str(compared.bid.price),
        "basis": {
            "kind": compared.basis.kind,
            "digest": compared.basis.digest,
            "notice": None if compared.basis.notice is None else _both(compared.basis.notice),
            "seen": compared.assessment.ended.isoformat(),
            "set_aside": [
                {"framework": framework, "question": question, "line": line}
                for framework, question, line in compared.basis.set_aside
            ],
        },
        "holes": list(compared.holes),
        "admission": compared.admission.value,
        "knock_outs": [_checked(each) for each in compared.checked],
        "awards": None
        if compared.scored is None
        else [
            {
                "criterion": each.criterion,
                "points": _points(each.points),
                "items": [item.id for item in each.items],
                "missing": [_both(text) for text in each.missing],
            }
            for each in compared.scored
        ],
        "total": None if compared.total is None else _points(compared.total),
        "rank": {
            "proved": _rank(compared.proved_rank),
            "declared": _rank(compared.declared_rank),
        },
        "clarifications": [_clarification(each) for each in compared.clarifications],
        "replies": [
            {
                "criterion": reply.criterion,
                "on": reply.on.isoformat(),
                "text": reply.text,
                "documents": [
                    {"path": d.path, "sha256": d.sha256, "title": d.title} for d in reply.documents
                ],
            }
            for reply in compared.bid.replies
        ],
    }


def _checked(checked: Checked) -> dict[str, Any]:
    return {
        "criterion": checked.knock_out.id,
        "outcome": checked.outcome.value,
        "proved": checked.proved,
        "declared": checked.declared,
        "because": [_both(text) for text in checked.because],
        "missing": [_both(text) for text in checked.missing],
        "items": [item.id for item in checked.items],
    }


def _clarification(clarification: Clarification) -> dict[str, Any]:
    return {
        "criterion": clarification.criterion,
        "purpose": clarification.purpose.value,
        "ask": [_both(text) for text in clarification.ask],
        "items": [item.id for item in clarification.items],
        "points": [_both(text) for text in clarification.points],
    }


def _points(points: Points) -> dict[str, Any]:
    return {"proved": _span(points.proved), "declared": _span(points.declared)}


def _span(span: Span) -> dict[str, str]:
    return {"low": _exact(span.low), "high": _exact(span.high)}


def _exact(number: Fraction) -> str:
    """`100/3`, or `40` when it is whole."""
    return str(number)


def _rank(rank: Rank | None) -> dict[str, int] | None:
    return None if rank is None else {"best": rank.best, "worst": rank.worst}


def _both(text: Text) -> dict[str, str]:
    return {language: text.in_language(language) for language in LANGUAGES}
