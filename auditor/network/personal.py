"""Registration data without persons.

RDAP answers name the people who look after a network.  No finding needs them, so
they are dropped before an answer is kept: only what is listed here stays.  A page
of the web site is public and cannot be cut without ceasing to be what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

STATEMENT: Final = (
    "RDAP: contacts of persons, and addresses, telephone numbers, e-mail addresses, remarks and "
    "links of all contacts were dropped before anything was written. HTTP: pages of the web site "
    "are kept as they were published."
)
"""For the manifest of a bundle."""

_TEXTS: Final = (
    "objectClassName", "handle", "startAddress", "endAddress", "ipVersion", "name", "type",
    "country", "parentHandle", "port43", "ldhName", "unicodeName", "lang", "title",
)  # fmt: skip
_ORGANISATIONS: Final = frozenset({"org", "group", "organization", "application"})
_DEEPEST: Final = 4
_MOST: Final = 200
_LONGEST: Final = 1000


def without_personal_data(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of *answer*, the JSON of a registry; every text in it is a `str`."""
    kept = _texts(answer)
    kept["status"] = [word for word in _list(answer, "status") if isinstance(word, str)]
    kept["events"] = [
        {key: _cut(event[key]) for key in ("eventAction", "eventDate") if _is_text(event, key)}
        for event in _objects(answer, "events")
    ]
    kept["nameservers"] = [_texts(server) for server in _objects(answer, "nameservers")]
    secure = answer.get("secureDNS")
    if isinstance(secure, dict):
        kept["secureDNS"] = {
            key: secure[key]
            for key in ("zoneSigned", "delegationSigned")
            if isinstance(secure.get(key), bool)
        }
    if isinstance(answer.get("errorCode"), int):
        kept["errorCode"] = answer["errorCode"]
    kept["entities"] = _entities(answer, 0)
    return {key: value for key, value in kept.items() if value != []}


def _entities(parent: Mapping[str, Any], depth: int) -> list[dict[str, Any]]:
    """The organisations among the entities of *parent*."""
    if depth == _DEEPEST:
        return []
    kept = []
    for entity in _objects(parent, "entities"):
        roles = [role for role in _list(entity, "roles") if isinstance(role, str)]
        card = _card(entity)
        kind = card.get("kind", "").lower()
        # A registrar is a company, and often too sure of it to say so.
        if kind in _ORGANISATIONS or (not kind and "registrar" in roles):
            name, country = card.get("fn") or card.get("org", ""), card.get("country", "")
        elif card.get("org"):
            name, country = card["org"], ""
        else:
            continue
        handle = entity.get("handle")
        kept.append(
            {
                "objectClassName": "entity",
                # The handle of a person who works for the organisation names the person.
                "handle": _cut(handle) if kind != "individual" and isinstance(handle, str) else "",
                "roles": roles,
                "vcardArray": _vcard(name, country),
                "entities": _entities(entity, depth + 1),
            }
        )
    return kept


def _card(entity: Mapping[str, Any]) -> dict[str, str]:
    """`fn`, `kind`, `org` and `country` of the jCard (RFC 7095) of *entity*, as far as present."""
    array = entity.get("vcardArray")
    properties = array[1] if isinstance(array, list) and len(array) > 1 else []
    found: dict[str, str] = {}
    for item in (properties if isinstance(properties, list) else [])[:_MOST]:
        if not isinstance(item, list) or len(item) < 4 or not isinstance(item[0], str):
            continue
        name, parameters, value = item[0].lower(), item[1], item[3]
        if name in ("fn", "kind", "org"):
            text = value[0] if isinstance(value, list) and value else value
            if isinstance(text, str) and text.strip():
                found.setdefault(name, _cut(text.strip()))
        elif name == "adr":
            code = parameters.get("cc") if isinstance(parameters, dict) else None
            last = value[6] if isinstance(value, list) and len(value) > 6 else None
            for country in (code, last):
                if isinstance(country, str) and country.strip():
                    found.setdefault("country", _cut(country.strip()))
    return found


def _vcard(name: str, country: str) -> list[Any]:
    card: list[Any] = [
        ["version", {}, "text", "4.0"],
        ["fn", {}, "text", name],
        ["kind", {}, "text", "org"],
    ]
    if country:
        card.append(["adr", {}, "text", ["", "", "", "", "", "", country]])
    return ["vcard", card]


def _texts(source: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _cut(source[key]) for key in _TEXTS if _is_text(source, key)}


def _is_text(source: Mapping[str, Any], key: str) -> bool:
    return isinstance(source.get(key), str)


def _cut(text: str) -> str:
    return text[:_LONGEST]


def _list(source: Mapping[str, Any], key: str) -> list[Any]:
    value = source.get(key)
    return value[:_MOST] if isinstance(value, list) else []


def _objects(source: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    return [item for item in _list(source, key) if isinstance(item, dict)]
