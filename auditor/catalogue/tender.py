"""Read a call for tenders, strictly: each word is looked up, each weight counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Final

from auditor.catalogue.catalogue import Catalogue
from auditor.catalogue.framework_questions import decimal
from auditor.catalogue.said import Said
from auditor.catalogue.scenarios import known_to, may_exclude
from auditor.catalogue.source import Entry, probably
from auditor.errors import SourceError
from auditor.model.tender import (
    AnswersWith,
    Award,
    Bid,
    Buyer,
    FrameworkScore,
    HoldsQualification,
    KnockOut,
    Measure,
    MeetsRule,
    Price,
    ReachesLevel,
    Reply,
    RuleScore,
    Tender,
    Test,
    WithstandsScenario,
)
from auditor.model.text import Text

TESTS: Final = ("framework", "rule", "qualification", "scenario")
"""What a knock-out criterion can be about."""
MEASURES: Final = ("framework", "rules", "price")
"""What an award criterion can weigh."""

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_CONTRADICTION: Final = re.compile(r"c\d+\Z")
_CURRENCY: Final = re.compile(r"[A-Z]{3}\Z")


def tender(entry: Entry, catalogue: Catalogue, digest: Callable[[str], str]) -> Tender:
    """The call for tenders in *entry*, a whole file.

    *digest* gives the SHA-256 of the document at a path relative to the file, and raises
    ValueError when there is none to be had.

    Raises:
        SourceError: A key, a word, a number or a document is not one.
    """
    return _Reader(catalogue, digest).read(entry)


class _Reader:
    """Reads one tender."""

    def __init__(self, catalogue: Catalogue, digest: Callable[[str], str]) -> None:
        self._catalogue = catalogue
        self._said = Said(catalogue, digest)
        self._roles: tuple[str, ...] = ()
        self._titles: dict[str, Text] = {}

    def read(self, entry: Entry) -> Tender:
        day = entry.day("as_of")
        if day is None:
            raise SourceError(entry.place, "'as_of' is missing: the day on which bids are compared")
        self._roles = entry.words("roles", self._catalogue.roles, required=True)
        if not self._roles:
            raise SourceError(entry.place_of("roles"), "no role is bought")
        knock_outs = tuple(map(self._knock_out, entry.entries("knock_outs")))
        awards = tuple(map(self._award, entry.entries("awards")))
        _weighed(entry, awards)
        _one_weight_set(entry, awards)
        currency = entry.string("currency", "")
        priced = any(isinstance(award.measure, Price) for award in awards)
        if (currency or priced) and not _CURRENCY.match(currency):
            raise SourceError(
                entry.place_of("currency"), "'currency' must be a code of ISO 4217, such as EUR"
            )
        bids = self._bids(entry, priced)
        read = Tender(
            name=_filled(entry, "name"),
            reference=entry.string("reference", ""),
            as_of=day,
            buyer=self._buyer(entry.entry("buyer")),
            roles=self._roles,
            currency=currency,
            knock_outs=knock_outs,
            awards=awards,
            bids=bids,
        )
        entry.close()
        return read

    def _buyer(self, entry: Entry) -> Buyer:
        buyer = Buyer(
            name=_filled(entry, "name"),
            home=entry.word("home", self._catalogue.jurisdictions),
            organisation=self._said.organisation(entry.entry("organisation")),
        )
        entry.close()
        return buyer

    def _knock_out(self, entry: Entry) -> KnockOut:
        id_, title = self._named(entry)
        read: Mapping[str, Callable[[Entry], Test]] = {
            "framework": self._framework,
            "rule": self._rule,
            "qualification": self._qualification,
            "scenario": self._scenario,
        }
        knock_out = KnockOut(id_, title, read[_only(entry, TESTS)](entry))
        entry.close()
        return knock_out

    def _award(self, entry: Entry) -> Award:
        id_, title = self._named(entry)
        weight = decimal(entry, "weight")
        if not weight:
            raise SourceError(entry.place_of("weight"), "a criterion of weight 0 decides nothing")
        award = Award(id_, title, weight, self._measure(entry))
        entry.close()
        return award

    def _named(self, entry: Entry) -> tuple[str, Text]:
        """The id, which no criterion has yet, and the title, in one language or in each."""
        id_ = _id(entry, self._titles)
        if _CONTRADICTION.match(id_):
            raise SourceError(
                entry.place_of("id"), f"'{id_}' is how contradictions are numbered; choose another"
            )
        title = entry.text("title") if entry.is_mapping("title") else None
        if title is None:
            words = _filled(entry, "title")
            title = Text(words, words)
        self._titles[id_] = title
        return id_, title

    def _framework(self, entry: Entry) -> Test:
        """A level of a framework, or an answer to one of its questions."""
        known = self._catalogue.frameworks
        framework = known[entry.word("framework", known)]
        if self._roles and framework.roles.isdisjoint(self._roles):
            raise SourceError(
                entry.place_of("framework"),
                f"'{framework.id}' assesses none of the roles bought; it assesses "
                f"{', '.join(sorted(framework.roles))}",
            )
        if entry.has("question"):
            items = {item.id: item for item in framework.items}
            item = items[entry.word("question", items)]
            values = tuple(choice.value for choice in item.choices)
            return AnswersWith(framework.id, item.id, entry.word("at_least", values, values[-1]))
        scale = tuple(level.id for level in framework.levels)
        groups = tuple(group.id for group in framework.groups)
        return ReachesLevel(
            framework.id,
            entry.word("group", groups, ""),
            scale.index(entry.word("level", scale, scale[-1] if len(scale) == 2 else None)),
        )

    def _rule(self, entry: Entry) -> Test:
        rule = entry.word("rule", self._catalogue.rules)
        self._judges(entry, "rule", rule)
        return MeetsRule(rule)

    def _judges(self, entry: Entry, key: str, id_: str) -> None:
        rule = self._catalogue.rules[id_]
        if not rule.whole and set(rule.roles).isdisjoint(self._roles):
            raise SourceError(
                entry.place_of(key),
                f"'{id_}' judges none of the roles bought; it judges {', '.join(rule.roles)}",
            )

    def _qualification(self, entry: Entry) -> Test:
        schemes = entry.words(
            "qualification", sorted(known_to(self._catalogue).schemes), required=True
        )
        on = entry.day("held_on")
        if on is None:
            raise SourceError(entry.place, "'held_on' is missing: the day on which it must be held")
        return HoldsQualification(schemes, on)

    def _scenario(self, entry: Entry) -> Test:
        known = self._catalogue.scenarios
        id_ = entry.word("scenario", known)
        if not may_exclude(known[id_]):
            others = sorted(other.id for other in known.values() if may_exclude(other))
            raise SourceError(
                entry.place_of("scenario"),
                f"'{id_}' supposes that a supplier is bought, and to exclude by a supposed owner "
                "is to exclude by nationality; use a scenario on law, technology or places: "
                f"{', '.join(others)}",
            )
        return WithstandsScenario(id_)

    def _measure(self, entry: Entry) -> Measure:
        match _only(entry, MEASURES):
            case "framework":
                known = self._catalogue.frameworks
                framework = known[entry.word("framework", known)]
                if not framework.weight_sets:
                    raise SourceError(
                        entry.place_of("framework"),
                        f"'{framework.id}' has no score, only a minimum: make it a knock-out",
                    )
                if framework.roles.isdisjoint(self._roles):
                    raise SourceError(
                        entry.place_of("framework"),
                        f"'{framework.id}' assesses none of the roles bought",
                    )
                sets = [each.id for each in framework.weight_sets]
                return FrameworkScore(framework.id, entry.word("weights", sets))
            case "rules":
                rules = entry.words("rules", self._catalogue.rules, required=True)
                for rule in rules:
                    self._judges(entry, "rules", rule)
                return RuleScore(tuple(dict.fromkeys(rules)))
            case _:
                entry.word("price", ("lowest",))
                return Price()

    def _bids(self, entry: Entry, priced: bool) -> tuple[Bid, ...]:
        taken: dict[str, Text] = {}
        bids = []
        for each in entry.entries("bids", required=True):
            bid = self._bid(each, priced, taken)
            taken[bid.id] = Text(bid.bidder, bid.bidder)
            bids.append(bid)
        if not bids:
            raise SourceError(entry.place_of("bids"), "there is no bid")
        return tuple(bids)

    def _bid(self, entry: Entry, priced: bool, taken: Collection[str]) -> Bid:
        price = decimal(entry, "price") if priced or entry.has("price") else None
        if price is not None and not price:
            raise SourceError(entry.place_of("price"), "a price of 0 cannot be compared by ratio")
        source = _only(entry, ("dossier", "bundle"))
        bid = Bid(
            id=_id(entry, taken),
            bidder=_filled(entry, "bidder"),
            dossier=_filled(entry, "dossier") if source == "dossier" else "",
            bundle=_filled(entry, "bundle") if source == "bundle" else "",
            line=entry.place.line,
            price=price,
            replies=tuple(map(self._reply, entry.entries("replies"))),
        )
        entry.close()
        return bid

    def _replied(self, entry: Entry) -> str:
        """What a reply is about: a criterion, or a contradiction as the comparison numbers it."""
        if _CONTRADICTION.match(entry.string("criterion")):
            return entry.string("criterion")
        return entry.word("criterion", self._titles)

    def _reply(self, entry: Entry) -> Reply:
        on = entry.day("received")
        if on is None:
            raise SourceError(entry.place, "'received' is missing: the day of the reply")
        reply = Reply(
            criterion=self._replied(entry),
            on=on,
            text=_filled(entry, "text"),
            documents=self._said.documents(entry),
        )
        entry.close()
        return reply


def _only(entry: Entry, keys: tuple[str, ...]) -> str:
    """The one of *keys* that *entry* has."""
    found = [key for key in keys if key in entry.written]
    if len(found) != 1:
        wrong = next((w for w in entry.written if w not in keys and probably(w, keys)), "")
        hint = probably(wrong, keys) if wrong else ""
        raise SourceError(entry.place, f"exactly one of these is needed: {', '.join(keys)}{hint}")
    return found[0]


def _id(entry: Entry, taken: Collection[str]) -> str:
    id_ = entry.string("id")
    if not _ID.match(id_):
        raise SourceError(
            entry.place_of("id"), f"'{id_}' is no id: small letters, digits and hyphens, as in k-1"
        )
    if id_ in taken:
        raise SourceError(entry.place_of("id"), f"'{id_}' stands here twice")
    return id_


def _filled(entry: Entry, key: str) -> str:
    text = entry.string(key).strip()
    if not any(character.isalnum() for character in text):
        raise SourceError(entry.place_of(key), f"'{key}' says nothing")
    return text


def _weighed(entry: Entry, awards: tuple[Award, ...]) -> None:
    total = sum((award.weight for award in awards), Decimal(0))
    if awards and total != 100:
        raise SourceError(entry.place_of("awards"), f"the weights add up to {total}, not to 100")
    if not awards and not entry.has("knock_outs"):
        raise SourceError(entry.place, "there is no criterion: 'knock_outs', 'awards', or both")


def _one_weight_set(entry: Entry, awards: tuple[Award, ...]) -> None:
    """A framework is scored once: by two weight sets, one would weigh what the other weighs."""
    met: set[str] = set()
    for award in awards:
        if isinstance(award.measure, FrameworkScore):
            if award.measure.framework in met:
                raise SourceError(
                    entry.place_of("awards"), f"'{award.measure.framework}' is scored twice"
                )
            met.add(award.measure.framework)
