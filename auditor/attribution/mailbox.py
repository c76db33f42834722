"""Who holds the mailboxes: not always whoever accepts the mail.

Mail may enter through a filtering gateway, or through a name of the
organisation's own, and be kept elsewhere.  Signs of where it is kept, strongest
first: the mail exchanger itself, when it belongs to a mailbox service; where
clients are sent (autodiscover, SRV); who signs (DKIM); a tenant that exists;
who may send (SPF); a verification token, which only proves a past claim.

What a failed look-up may have hidden must not decide: where the mail exchangers
might still turn out to keep the mail, other signs than the clients' are hints.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from auditor.attribution.clues import Clue, Clues, confidence
from auditor.attribution.dependencies import RANK, Drafts, draft_networks, label, weaker
from auditor.catalogue.index import Match
from auditor.model.party import Offering
from auditor.model.rule import Confidence
from auditor.model.sighting import Gap, Observation
from auditor.model.subject import Address, Host, ServiceName, Subject

INBOUND = "mail.inbound"
GATEWAY = "mail.gateway"
MAILBOX = "mail.mailbox"

Accepts = tuple[Match, Observation, Clue]
"""An offering that accepts mail, the observation that betrayed it, and the mail exchanger."""

_OUTBOUND = "mail.outbound"
_SENDING = frozenset({"dns.spf.include", "dns.spf.host"})
"""Kinds that show who may send: one may send for a domain without keeping its mail."""

Signs = dict[str, list[tuple[Match, Clue]]]
"""Signs of mailbox services, by offering."""


@dataclass(slots=True)
class _Entry:
    """Where mail enters.

    Attributes:
        plain: Mailbox services that keep what they accept.
        both: Mailbox services known to filter for others as well, so that what
            they accept may be kept elsewhere.
        relayed: Every mail exchanger is somebody's we know.
        gaps: What could not be followed behind those of which it would say more.
        open: Somebody we do not see may yet stand behind one of them.
    """

    plain: list[Accepts] = field(default_factory=list)
    both: list[Accepts] = field(default_factory=list)
    relayed: bool = True
    gaps: tuple[Gap, ...] = ()
    open: bool = False


def draft_mailbox(clues: Clues, drafts: Drafts) -> dict[str, tuple[Gap, ...]]:
    """Draft who holds the mailboxes of the domain, and which of them only filter.

    Returns the gaps that bear on either role.
    """
    exchangers = [clue for clue in clues.by_role.get(INBOUND, ()) if clue.name]
    gaps = tuple(clues.gaps.get(INBOUND, ()))
    if not exchangers:
        return {MAILBOX: gaps, GATEWAY: gaps}
    entry = _entry(exchangers)
    gaps += entry.gaps
    if entry.plain:
        _draft_exchangers(entry.plain, Confidence.HIGH, drafts)
        _draft_others(clues, drafts)
        clients = [gap for gap in clues.gaps.get(MAILBOX, ()) if _is_for_clients(gap.subject)]
        return {MAILBOX: (*gaps, *clients), GATEWAY: gaps}
    clear, hints = _elsewhere(clues)
    bearing = (*gaps, *_beside(MAILBOX, clues), *_beside(_OUTBOUND, clues))
    deciding = _deciding(clear, entry, _hides_names(bearing))
    for offering, signs in clear.items():
        if offering not in deciding:
            hints[offering] += signs
            continue
        for match, clue in signs:
            sure = max(confidence(match), Confidence.MODERATE, key=RANK.__getitem__)
            drafts.identified(MAILBOX, "service", match, _seen(match, clue), clue, sure)
    if deciding:
        _draft_clients(clues, drafts)
        for match, seen, clue in entry.both:
            drafts.identified(GATEWAY, "service", match, (clue.observation, seen), clue)
    else:
        # Nothing seen elsewhere tells something only when nothing there failed.
        sure = Confidence.LOW if _hides_names(bearing) else Confidence.MODERATE
        if entry.both:
            _draft_exchangers(entry.both, sure, drafts)
            _draft_clients(clues, drafts)
        else:
            _draft_nobody_known(exchangers, clues, drafts, entry.relayed, sure)
            _draft_hints(hints, drafts)
    return {MAILBOX: bearing, GATEWAY: bearing if entry.both else gaps}


def _entry(exchangers: list[Clue]) -> _Entry:
    entry = _Entry(relayed=all(clue.matches for clue in exchangers))
    for clue in exchangers:
        keeps = False
        for match, seen in zip(clue.matches, clue.via, strict=True):
            if MAILBOX in match[0].roles and confidence(match) is not Confidence.LOW:
                keeps = True
                kept = entry.both if GATEWAY in match[0].roles else entry.plain
                kept.append((match, seen, clue))
        # A name that betrays somebody itself needs nothing behind it to do so.
        named = any(seen is clue.observation for seen in clue.via)
        if keeps or not named:
            entry.gaps += tuple(clue.trail.gaps)
            entry.open |= _hides_names(clue.trail.gaps) and not named
    return entry


def _hides_names(gaps: Iterable[Gap]) -> bool:
    """Whether a name may be missing: an address tells of machines, and not of services."""
    return any(not isinstance(gap.subject, Address) for gap in gaps)


def _beside(role: str, clues: Clues) -> Iterator[Gap]:
    """What hides names in *role*: its own look-ups, and those of the hosts behind its clues."""
    yield from clues.gaps.get(role, ())
    for clue in clues.by_role.get(role, ()):
        yield from (gap for gap in clue.trail.gaps if isinstance(gap.subject, Host))


def _deciding(clear: Signs, entry: _Entry, hidden: bool) -> set[str]:
    """The offerings of *clear* whose signs tell where the mail is kept, given where it enters.

    One may send for a domain without keeping its mail.  Who may send tells
    something only of a single one, behind a gateway, when no other sign speaks
    and none is *hidden*.
    """
    if entry.open:
        return {
            offering
            for offering, signs in clear.items()
            if any(_is_for_clients(clue.observation.subject) for _, clue in signs)
        }
    telling = {
        offering
        for offering, signs in clear.items()
        if any(match[1].on not in _SENDING for match, _ in signs)
    }
    if telling or hidden or entry.both or not entry.relayed or len(clear) > 1:
        return telling
    return set(clear)


def _draft_exchangers(accepting: list[Accepts], most: Confidence, drafts: Drafts) -> None:
    for match, seen, clue in accepting:
        sure = weaker(confidence(match), most)
        drafts.identified(MAILBOX, "service", match, (clue.observation, seen), clue, sure)
        draft_networks(MAILBOX, clue, drafts, most)


def _draft_others(clues: Clues, drafts: Drafts) -> None:
    """Draft where clients are sent although the mail exchangers are another mailbox service."""
    for match, clue in _mailbox_matches(clues.by_role.get(MAILBOX, ())):
        sure = weaker(confidence(match), Confidence.MODERATE)
        if sure is Confidence.MODERATE and _is_for_clients(clue.observation.subject):
            drafts.identified(MAILBOX, "service", match, _seen(match, clue), clue, sure)


def _is_for_clients(subject: Subject) -> bool:
    """Whether only programs that look for a mailbox ask for the name.

    Other names below a domain are often left over from a host's defaults.
    """
    return isinstance(subject, ServiceName) and "autodiscover" in subject.label


def _draft_clients(clues: Clues, drafts: Drafts) -> None:
    """Draft where clients are sent when that is nobody we know, beside what other signs show."""
    asked = [
        clue
        for clue in clues.by_role.get(MAILBOX, ())
        if clue.name and _is_for_clients(clue.observation.subject)
    ]
    if any(clue.matches for clue in asked):
        return
    for clue in asked:
        _draft_unknown(clue, drafts, Confidence.MODERATE)


def _draft_unknown(clue: Clue, drafts: Drafts, sure: Confidence) -> None:
    name = label(clue.name, drafts.domain)
    drafts.unidentified(MAILBOX, "service", name, (clue.observation,), clue, sure)
    draft_networks(MAILBOX, clue, drafts, sure)


def _draft_hints(hints: Signs, drafts: Drafts) -> None:
    for signs in hints.values():
        for match, clue in signs:
            drafts.identified(MAILBOX, "service", match, _seen(match, clue), clue, Confidence.LOW)


def _elsewhere(clues: Clues) -> tuple[Signs, Signs]:
    """Signs of mailbox services beside the mail exchangers: clear ones, and mere hints."""
    clear: Signs = defaultdict(list)
    hints: Signs = defaultdict(list)
    for role in (MAILBOX, _OUTBOUND, "account", "identity", "collaboration"):
        for match, clue in _mailbox_matches(clues.by_role.get(role, ())):
            sure = confidence(match)
            speaks = role in (MAILBOX, _OUTBOUND) or MAILBOX in match[1].roles
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
    exchangers: list[Clue], clues: Clues, drafts: Drafts, relayed: bool, sure: Confidence
) -> None:
    """The mailboxes are where clients are sent, else where mail enters, else behind the relay."""
    clients = [c for c in clues.by_role.get(MAILBOX, ()) if c.name and not c.matches]
    for clue in clients or ([] if relayed else exchangers):
        if not clue.matches:
            _draft_unknown(clue, drafts, sure)
    if all(draft.declared for draft in drafts.of(MAILBOX)):
        clue = exchangers[0]
        drafts.unidentified(
            MAILBOX, "service", drafts.domain, (clue.observation,), clue, Confidence.LOW
        )


def _seen(match: Match, clue: Clue) -> tuple[Observation, ...]:
    return (clue.observation, clue.via[clue.matches.index(match)])
