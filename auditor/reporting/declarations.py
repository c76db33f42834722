"""What an organisation said of itself, as plain values for `assessment.json`."""

from __future__ import annotations

from datetime import date

from auditor.model.target import Answer, Certificate, Contract, Declared, Document, Exit, Target
from auditor.reporting.references import Json, plain


def subject(target: Target) -> Json:
    """The organisation: who it is, then all that it declared.  What was not said is null."""
    organisation = target.organisation
    return {
        "name": target.name,
        "domains": [domain.name for domain in target.domains],
        "hosts": [host.name for host in target.hosts],
        "home": target.home,
        "home_declared": target.home_declared,
        "organisation": {
            "kind": organisation.kind or None,
            "sector": organisation.sector or None,
            "data": list(organisation.data),
            "sensitivity": organisation.sensitivity or None,
            "hosted_in": list(organisation.hosted_in),
            "notice": plain(organisation.notice),
        },
        "contract": _contract(target.contract),
        "exhaustive": target.exhaustive,
        "declared": [_declared(declared) for declared in target.declared],
        "answers": [_answer(answer) for answer in target.answers],
    }


def _declared(declared: Declared) -> Json:
    subprocessors = declared.subprocessors
    return {
        "role": declared.role,
        "offering": declared.offering or None,
        "name": declared.name or None,
        "line": declared.line,
        "domains": list(declared.domains),
        "operator": declared.operator or None,
        "regions": list(declared.regions),
        "keys": declared.keys or None,
        "support": list(declared.support),
        "subprocessors": None if subprocessors is None else list(subprocessors),
        "exit": _exit(declared.exit),
        "certificates": [_certificate(each) for each in declared.certificates],
        "contract": _contract(declared.contract),
        "documents": [_document(document) for document in declared.documents],
    }


def _contract(contract: Contract | None) -> Json | None:
    if contract is None:
        return None
    return {
        "from": _day(contract.starts),
        "to": _day(contract.ends),
        "notice_days": contract.notice,
    }


def _exit(way: Exit | None) -> Json | None:
    if way is None:
        return None
    return {"formats": list(way.formats), "assistance": way.assistance, "days": way.days}


def _certificate(certificate: Certificate) -> Json:
    return {
        "scheme": certificate.scheme,
        "decision": certificate.decision or None,
        "scope": certificate.scope or None,
        "from": _day(certificate.period.start),
        "to": _day(certificate.period.end),
        "line": certificate.line,
    }


def _answer(answer: Answer) -> Json:
    return {
        "framework": answer.framework,
        "question": answer.question,
        "value": answer.value,
        "line": answer.line,
        "note": answer.note or None,
        "documents": [_document(document) for document in answer.documents],
    }


def _document(document: Document) -> Json:
    return {
        "path": document.path,
        "sha256": document.sha256 or None,
        "title": document.title,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
