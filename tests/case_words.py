"""The words of the tables in `docs/the-case.md` and `docs/the-case.en.md`."""

# ruff: noqa: E501 - sentences are long

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "fr": {
        "reached": "atteint",
        "unknown": "non établi",
        "not-reached": "hors d’atteinte",
        "hit": "touché",
        "spared": "non touché",
        "laws": "{} lois",
        "law": "{} loi",
        "nothing": "aucun changement",
        "bound": "s’applique",
        "not-bound": "ne s’applique pas",
        "open": "non établi",
        "voluntary": "volontaire",
        "met": "{yes} oui, {no} non, {open} à établir, sur {all}",
        "none": "rien à quitter : aucun chemin établi n’atteint un service",
        "other": "{} offre non atteinte",
        "others": "{} offres non atteintes",
        "unexamined": "\u202f; en suspens, faute d’examen du droit d’un État qui les tient\u00a0: {}",
        "verdict": "{rule} ({role}) : {before} → {after}",
        "newly": "{law} ({effect}) : {before} → {after}",
        "silent": "sans prise connue",
        "no-path": "aucun chemin établi",
        "against": "Objection",
        "force": "état du texte",
        "own": "{law} atteint désormais le service",
        "contradicted": "aucun résultat, mais la déclaration contredit nos sources ({} contradictions)",
    },
    "en": {
        "reached": "reached",
        "unknown": "not established",
        "not-reached": "out of reach",
        "hit": "hit",
        "spared": "not hit",
        "laws": "{} laws",
        "law": "{} law",
        "nothing": "no change",
        "bound": "applies",
        "not-bound": "does not apply",
        "open": "not established",
        "voluntary": "voluntary",
        "met": "{yes} yes, {no} no, {open} to be established, of {all}",
        "none": "nothing to leave: no established path reaches a service",
        "other": "{} offering not reached",
        "others": "{} offerings not reached",
        "unexamined": "; open, the law of a State behind them not examined: {}",
        "verdict": "{rule} ({role}): {before} → {after}",
        "newly": "{law} ({effect}): {before} → {after}",
        "silent": "no known hold",
        "no-path": "no established path",
        "against": "Counter-argument",
        "force": "state of the text",
        "own": "{law} now reaches the service",
        "contradicted": "no result, but the declaration contradicts our sources ({} contradictions)",
    },
}

HEADS: Final = {
    "fr": {
        "options": ("Option", "Exploitant", "Contrôlé depuis", "Technologie d’un tiers", "Hôte"),
        "columns": ("1. Microsoft", "2. Bleu", "3. Twake, hôte qualifié", "4. Twake, Clever Cloud"),
        "effect": "Effet",
        "criterion": "Critère",
        "framework": "Référentiel",
        "scenario": "Scénario",
        "step": "Pas",
        "variant": ("Si…", "Ce qui change"),
        "own": "Droit français et de l’Union",
    },
    "en": {
        "options": ("Option", "Operator", "Controlled from", "Technology of others", "Host"),
        "columns": (
            "1. Microsoft",
            "2. Bleu",
            "3. Twake, qualified host",
            "4. Twake, Clever Cloud",
        ),
        "effect": "Effect",
        "criterion": "Criterion",
        "framework": "Framework",
        "scenario": "Scenario",
        "step": "Step",
        "variant": ("If…", "What changes"),
        "own": "Law of France and of the Union",
    },
}

SUPPOSED: Final = {
    "qualified": {
        "fr": "une décision de l’ANSSI qualifiant « Microsoft 365 (Bleu) » en SecNumCloud 3.2 était lue (option 2)",
        "en": "a decision of ANSSI qualifying “Microsoft 365 (Bleu)” under SecNumCloud 3.2 were read (option 2)",
    },
    "ended": {
        "fr": "la qualification de l’hôte, dont nous n’avons pas lu les dates, avait pris fin (option 3)",
        "en": "the qualification of the host, of which we did not read the days, had ended (option 3)",
    },
    "transparent-bleu": {
        "fr": "Bleu établissait n’avoir ni autre sous-traitant ni établissement hors de France (option 2)",
        "en": "Bleu showed that it has neither another sub-processor nor an establishment outside France (option 2)",
    },
    "transparent-twake": {
        "fr": "LINAGORA et l’hôte établissaient n’avoir ni autre sous-traitant ni établissement que ceux du catalogue (option 3)",
        "en": "LINAGORA and the host showed that they have no sub-processor and no establishment but those on record (option 3)",
    },
    "sold": {
        "fr": "LINAGORA était rachetée par une société constituée aux États-Unis (option 3)",
        "en": "LINAGORA were bought by a company incorporated in the United States (option 3)",
    },
    "host": {
        "fr": "l’hôte qualifié était OVHcloud au lieu d’Outscale (option 3)",
        "en": "the qualified host were OVHcloud instead of Outscale (option 3)",
    },
    "keys": {
        "fr": "le dossier disait que l’Assemblée détient seule les clés des boîtes aux lettres et des documents (option 1)",
        "en": "the dossier said that the Assembly alone holds the keys to mailboxes and documents (option 1)",
    },
    "personal": {
        "fr": "le dossier déclarait des données à caractère personnel, et elles seules (option 2)",
        "en": "the dossier declared personal data, and these alone (option 2)",
    },
    "state": {
        "fr": "le client était une administration de l’État, avec des données d’une sensibilité particulière (option 2)",
        "en": "the customer were an administration of the State, with data of particular sensitivity (option 2)",
    },
}
