"""The JSON Schema of a tender, for editors: with the words that the catalogue knows.

Draft 7, which every editor reads.  It helps to write; what counts is the reader
in `tender`, which also counts the weights.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.catalogue import dossier_schema
from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.json_schema import Json, listed, mapping, one_of
from auditor.catalogue.scenarios import known_to, may_exclude
from auditor.model.text import LANGUAGES

_TEXT: Json = {"type": "string", "minLength": 1}
_ID: Json = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_DAY: Json = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_AMOUNT: Json = {"type": ["string", "number"]}


def schema(catalogue: Catalogue) -> Json:
    """The schema of a tender that can be read with *catalogue*."""
    organisation = dossier_schema.schema(catalogue)["properties"]["organisation"]
    frameworks = catalogue.frameworks.values()
    scored = [each for each in frameworks if each.weight_sets]
    title = {"anyOf": [_TEXT, mapping(dict.fromkeys(LANGUAGES, _TEXT), *LANGUAGES)]}
    documents = listed(mapping({"path": _TEXT, "title": _TEXT}, "path"))
    knock_out = {
        "id": _ID,
        "title": title,
        "framework": one_of(catalogue.frameworks),
        "level": one_of({level.id for each in frameworks for level in each.levels}),
        "group": one_of({group.id for each in frameworks for group in each.groups}),
        "question": one_of({item.id for each in frameworks for item in each.items}),
        # A YAML 1.1 editor reads yes and no as booleans.
        "at_least": {"type": ["string", "number", "boolean"]},
        "rule": one_of(catalogue.rules),
        "qualification": _some_of(known_to(catalogue).schemes),
        "held_on": _DAY,
        "scenario": one_of(s.id for s in catalogue.scenarios.values() if may_exclude(s)),
    }
    award = {
        "id": _ID,
        "title": title,
        "weight": _AMOUNT,
        "framework": one_of(each.id for each in scored),
        "weights": one_of({weights.id for each in scored for weights in each.weight_sets}),
        "rules": _some_of(catalogue.rules),
        "price": one_of(["lowest"]),
    }
    reply = {"criterion": _ID, "received": _DAY, "text": _TEXT, "documents": documents}
    bid = {
        "id": _ID,
        "bidder": _TEXT,
        "dossier": _TEXT,
        "bundle": _TEXT,
        "price": _AMOUNT,
        "replies": listed(mapping(reply, "criterion", "received", "text")),
    }
    buyer = {
        "name": _TEXT,
        "home": one_of(catalogue.jurisdictions),
        "organisation": organisation,
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Call for tenders, for auditor compare",
        **mapping(
            {
                "name": _TEXT,
                "reference": _TEXT,
                "as_of": _DAY,
                "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
                "buyer": mapping(buyer, *buyer),
                "roles": _some_of(catalogue.roles),
                "knock_outs": listed(mapping(knock_out, "id", "title")),
                "awards": listed(mapping(award, "id", "title", "weight")),
                "bids": listed(mapping(bid, "id", "bidder")),
            },
            "name",
            "as_of",
            "buyer",
            "roles",
            "bids",
        ),
    }


def _some_of(words: Iterable[str]) -> Json:
    """One word, or a list of them."""
    one = one_of(words)
    return {"anyOf": [one, listed(one)]}
