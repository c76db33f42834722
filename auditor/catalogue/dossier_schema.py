"""The JSON Schema of a dossier, for editors: with the words that the catalogue knows.

Draft 7, which every editor reads.  It helps to write; what counts is the reader
in `dossier`, which also sees what no schema can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.json_schema import Json, listed, mapping, one_of
from auditor.catalogue.said import CENTURY, KEYS, NOTICE, words_of
from auditor.model.framework import Framework

_TEXT: Json = {"type": "string", "minLength": 1}
_NOTICE: Json = _TEXT | {"maxLength": NOTICE}
_COUNT: Json = {"type": "integer", "minimum": 0, "maximum": CENTURY}
_DAY: Json = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def schema(catalogue: Catalogue) -> Json:
    """The schema of a dossier that *catalogue* can read."""
    places = _some_of(catalogue.jurisdictions)
    contract = mapping({"from": _DAY, "to": _DAY, "notice": _COUNT})
    documents = listed(mapping({"path": _TEXT, "title": _TEXT}, "path"))
    service = mapping(
        {
            "role": one_of(catalogue.roles),
            "offering": one_of(catalogue.offerings),
            "name": _TEXT,
            "domains": _words(_TEXT),
            "operator": _party(catalogue),
            "regions": places,
            "keys": one_of(KEYS),
            "support": places,
            "subprocessors": _words(_party(catalogue)),
            "exit": mapping(
                {
                    "formats": _words(_TEXT),
                    # A YAML 1.1 editor reads yes and no as booleans.
                    "assistance": {"enum": ["yes", "no", True, False]},
                    "days": _COUNT,
                }
            ),
            "certificates": listed(
                mapping(
                    {"scheme": _TEXT, "decision": _TEXT, "scope": _TEXT, "from": _DAY, "to": _DAY},
                    "scheme",
                )
            ),
            "contract": contract,
            "documents": documents,
        },
        "role",
    ) | {"anyOf": [{"required": ["offering"]}, {"required": ["name"]}]}
    answer = mapping(
        {"value": {"type": ["string", "number", "boolean"]}, "note": _TEXT, "documents": documents},
        "value",
    )
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Dossier of an organisation, for auditor audit",
        **mapping(
            {
                "name": _TEXT,
                "domains": _words(_TEXT),
                "hosts": _words(_TEXT),
                "home": one_of(catalogue.jurisdictions),
                "organisation": mapping(
                    {
                        "kind": _vocabulary(catalogue, "kind"),
                        "sector": _vocabulary(catalogue, "sector"),
                        "data": _words(_vocabulary(catalogue, "data")),
                        "sensitivity": _vocabulary(catalogue, "sensitivity"),
                        "hosted_in": places,
                        "notice": mapping({"fr": _NOTICE, "en": _NOTICE}, "fr", "en"),
                    }
                ),
                "contract": contract,
                "exhaustive": {"type": "boolean"},
                "services": listed(service),
                "answers": mapping(
                    {
                        framework.id: _answers(framework, answer)
                        for framework in catalogue.frameworks.values()
                    }
                ),
            },
            "domains",
        ),
    }


def _answers(framework: Framework, answer: Json) -> Json:
    """The questions of *framework*, each with its values, for all services or for one."""
    given = {
        question: {"anyOf": [{"enum": [*_typed(values)]}, answer]}
        for question, values in framework.questions.items()
    }
    return mapping(given) | {"patternProperties": {"^[a-z0-9-]+/": {}}}


def _typed(values: Iterable[str]) -> Iterator[str | bool | int]:
    """*values*, and what an editor may make of them: yes and no are booleans to YAML 1.1."""
    for value in values:
        yield value
        if value in ("yes", "no"):
            yield value == "yes"
        elif value.isdecimal():
            yield int(value)


def _words(items: Json) -> Json:
    """One word, or a list of them."""
    return {"anyOf": [items, listed(items)]}


def _some_of(words: Iterable[str]) -> Json:
    return _words(one_of(words))


def _party(catalogue: Catalogue) -> Json:
    """A party by its id, or by a name that cannot be taken for one."""
    return {"anyOf": [one_of(catalogue.entities), {"type": "string", "pattern": "[^a-z0-9-]"}]}


def _vocabulary(catalogue: Catalogue, name: str) -> Json:
    vocabulary = f"organisation.{name}"
    words = words_of(catalogue, vocabulary)
    return {
        "anyOf": [
            {"const": word, "description": catalogue.words[f"{vocabulary}.{word}"].en}
            for word in words
        ]
    }
