"""Who holds the mailboxes: not always whoever accepts the mail.

Mail may enter through a filtering gateway, or through a name of the
organisation's own, and be kept elsewhere.  Signs of where it is kept, strongest
first: the mail exchanger itself, when it belongs to a mailbox service; where
clients are sent (autodiscover, SRV); who signs (DKIM); a tenant that exists;
who may send (SPF); a verification token, which only proves a past claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditor.attribution.clues import Clue, Clues, confidence
from auditor.attribution.dependencies import RANK, Drafts, draft_networks, label
from auditor.catalogue.index import Match
from auditor.model.party import Offering
from auditor.model.rule import Confidence
from auditor.model.sighting import Gap, Observation

INBOUND = "mail.inbound"
MAILBOX = "mail.mailbox"

Accepts = tuple[Match, Observation, Clue]
"""An offering that accepts mail, the observation that betrayed it, and the mail exchanger."""

_SENDING = frozenset({"dns.spf.include", "dns.spf.host"})
"""Kinds that show who may send: one may send for a domain without keeping its mail."""


def draft_mailbox(clues: Clues, drafts: Drafts) -> tuple[Gap, ...]:
    """Draft who holds the mailboxes of the domain; return the gaps that bear on it."""
    exchangers = [clue for clue in clues.by_role.get(INBOUND, ()) if clue.name]
    gaps = tuple(clues.gaps.get(INBOUND, ()))
    if not exchangers:
        return gaps
    plain, both = _mailbox_exchangers(exchangers)
    if plain:
        _draft_exchangers(plain, Confidence.HIGH, drafts)
        return gaps
    relayed = all(clue.matches for clue in exchangers)
    clear, hints = _elsewhere(clues)
    for offering, signs in clear.items():
        only_sends = all(match[1].on in _SENDING for match, _ in signs)
        if only_sends and (both or not relayed):
            hints[offering] += signs
            continue
        for match, clue in signs:
            sure = max(confidence(match), Confidence.MODERATE, key=RANK.__getitem__)
            drafts.identified(MAILBOX, "service", match, _seen(match, clue), clue, sure)
    gaps += tuple(gap for role in (MAILBOX, "mail.outbound") for gap in clues.gaps.get(role, ()))
    found = any(not draft.declared for draft in drafts.of(MAILBOX))
    if found:
        for match, seen, clue in both:
            drafts.identified("mail.gateway", "service", match, (clue.observation, seen), clue)
    elif both:
        _draft_exchangers(both, Confidence.MODERATE, drafts)
    else:
        _draft_nobody_known(exchangers, clues, drafts, relayed)
        for signs in hints.values():
            for match, clue in signs:
                drafts.identified(
                    MAILBOX, "service", match, _seen(match, clue), clue, Confidence.LOW
                )
    return gaps


def _mailbox_exchangers(exchangers: list[Clue]) -> tuple[list[Accepts], list[Accepts]]:
    """The mailbox services among those that accept mail: those that keep it, and those
    that are known to filter for others as well, so that what they accept may be kept elsewhere."""
    plain: list[Accepts] = []
    both: list[Accepts] = []
    for clue in exchangers:
        for match, seen in zip(clue.matches, clue.via, strict=True):
            if MAILBOX in match[0].roles and confidence(match) is not Confidence.LOW:
                (both if "mail.gateway" in match[0].roles else plain).append((match, seen, clue))
    return plain, both


def _draft_exchangers(accepting: list[Accepts], most: Confidence, drafts: Drafts) -> None:
    for match, seen, clue in accepting:
        sure = min(confidence(match), most, key=RANK.__getitem__)
        drafts.identified(MAILBOX, "service", match, (clue.observation, seen), clue, sure)
        draft_networks(MAILBOX, clue, drafts)


def _elsewhere(
    clues: Clues,
) -> tuple[dict[str, list[tuple[Match, Clue]]], dict[str, list[tuple[Match, Clue]]]]:
    """Signs of mailbox services beside the mail exchangers: clear ones, and mere hints."""
    clear: dict[str, list[tuple[Match, Clue]]] = defaultdict(list)
    hints: dict[str, list[tuple[Match, Clue]]] = defaultdict(list)
    for role in (MAILBOX, "mail.outbound", "account", "identity", "collaboration"):
        for match, clue in _mailbox_matches(clues.by_role.get(role, ())):
            sure = confidence(match)
            speaks = role in (MAILBOX, "mail.outbound") or MAILBOX in match[1].roles
            own = speaks and sure is not Confidence.LOW and not _named_by_another(clue)
            (clear if own else hints)[match[0].id].append((match, clue))
    for offering in clear:
        hints.pop(offering, None)
    return clear, hints


def _named_by_another(clue: Clue) -> bool:
    """Whether the name stands in a record of somebody else, whose own supplier it may be."""
    return getattr(clue.observation.value, "depth", 1) > 1


def _mailbox_matches(clues: Iterable[Clue]) -> Iterator[tuple[Match, Clue]]:
    for clue in clues:
        for match in clue.matches:
            offering: Offering = match[0]
            if MAILBOX in offering.roles:
                yield match, clue


def _draft_nobody_known(
    exchangers: list[Clue], clues: Clues, drafts: Drafts, relayed: bool
) -> None:
    """The mailboxes are where clients are sent, else where mail enters, else behind the relay."""
    clients = [c for c in clues.by_role.get(MAILBOX, ()) if c.name and not c.matches]
    for clue in clients or ([] if relayed else exchangers):
        if not clue.matches:
            name = label(clue.name, drafts.domain)
            drafts.unidentified(
                MAILBOX, "service", name, (clue.observation,), clue, Confidence.MODERATE
            )
            draft_networks(MAILBOX, clue, drafts)
    if all(draft.declared for draft in drafts.of(MAILBOX)):
        clue = exchangers[0]
        drafts.unidentified(
            MAILBOX, "service", drafts.domain, (clue.observation,), clue, Confidence.LOW
        )


def _seen(match: Match, clue: Clue) -> tuple[Observation, ...]:
    return (clue.observation, clue.via[clue.matches.index(match)])
