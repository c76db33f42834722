"""Who may send mail in the domain's name: the whole tree of its SPF record (RFC 7208)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from auditor.model.exchange import Exchange, Question
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain, Host
from auditor.network import dns
from auditor.network.door import Unreadable
from auditor.probes import spf_record
from auditor.probes.names import host as host_named
from auditor.probes.probe import Asking, Seen, Unsettled, ask, ask_all, probe
from auditor.probes.resolution import replied
from auditor.probes.spf_record import ASKING, SpfRecord, Term
from auditor.probes.spf_values import SpfHost, SpfInclude, SpfPolicy, SpfRange, SpfSelf
from auditor.settings import INTERACTIVE

LOOKUPS: Final = 10
VOID_LOOKUPS: Final = 2
_EXCHANGERS: Final = 10
"""Of one `mx` term (section 4.6.4)."""
_PASSING: Final = frozenset("+~?")
"""A term with `-` names whom the domain does not let send."""


@dataclass(slots=True)
class _Node:
    """A record of the tree, and where it stands."""

    name: str
    depth: int
    exchange: Exchange
    record: SpfRecord


@dataclass(slots=True)
class _Tree:
    """The records read so far, breadth first, and what was noticed."""

    domain: Domain
    nodes: dict[str, _Node] = field(default_factory=dict)
    asked: dict[Question, Exchange] = field(default_factory=dict)
    seen: list[Observation | Unsettled] = field(default_factory=list)
    errors: set[str] = field(default_factory=set)
    incomplete: bool = False

    def add(self, name: str, depth: int, exchange: Exchange) -> _Node | None:
        """Read the record in *exchange*; None when there is none to read."""
        try:
            texts = [text for text in sorted(dns.txt(exchange)) if spf_record.is_spf(text)]
        except Unreadable:
            self.seen.append(Unsettled(exchange, "unreadable"))
            return None
        if not texts:
            if depth and replied(exchange):
                self.errors.add("missing")
            return None
        if len(texts) > 1:
            self.errors.add("several")
        # Several records are an error (section 4.5); whoever stands in any of them was meant.
        records = [spf_record.read(text) for text in texts]
        record = records[0] if len(records) == 1 else _merged(records)
        if record.broken:
            self.errors.add("broken")
        node = self.nodes[name] = _Node(name, depth, exchange, record)
        return node


@probe(takes=Domain, opens=("mail.outbound",))
def spf(domain: Domain) -> Asking[Seen]:
    """Read the SPF record of *domain* and every record that it includes."""
    exchange = yield from ask(dns.question(domain.name, "TXT"))
    tree = _Tree(domain)
    root = tree.add(domain.name, 0, exchange)
    if root is None:
        return tree.seen
    level = [root]
    while level:
        level = yield from _descend(tree, level)
    seen = [*_facts(tree), *tree.seen]
    if _is_whole(tree):
        seen.append(Observation(domain, _policy(tree), _basis(tree)))
    return seen


def _descend(tree: _Tree, level: list[_Node]) -> Asking[list[_Node]]:
    """Ask for all that the records of *level* name; the records found for the next."""
    below: dict[str, None] = {}
    questions: dict[Question, None] = {}
    for node in level:
        for term in node.record.terms:
            if not term.macro and term.name in ("a", "mx"):
                questions[dns.question(term.target or node.name, term.name.upper())] = None
        for term in _branches(node.record):
            if not term.macro and term.target not in tree.nodes:
                below[term.target] = None
                questions[dns.question(term.target, "TXT")] = None
    depth = level[0].depth + 1
    wanted = [question for question in questions if question not in tree.asked]
    allowed = max(0, INTERACTIVE.spf_lookups - len(tree.asked))
    if depth > INTERACTIVE.spf_depth:
        allowed = 0
    if len(wanted) > allowed and not tree.incomplete:
        tree.incomplete = True
        tree.seen.append(Unsettled(None, "limit"))
    if wanted[:allowed]:
        exchanges = yield from ask_all(wanted[:allowed])
        tree.asked.update(zip(wanted, exchanges, strict=False))
    found = []
    for name in below:
        exchange = tree.asked.get(dns.question(name, "TXT"))
        if exchange is not None and (node_below := tree.add(name, depth, exchange)):
            found.append(node_below)
    return found


def _branches(record: SpfRecord) -> Iterator[Term]:
    for term in record.terms:
        if term.name == "include":
            yield term
    if record.redirect:
        yield record.redirect


def _merged(records: list[SpfRecord]) -> SpfRecord:
    return SpfRecord(
        tuple(term for record in records for term in record.terms),
        next((record.all for record in records if record.all), ""),
        next((record.redirect for record in records if record.redirect), None),
        any(record.broken for record in records),
    )


def _facts(tree: _Tree) -> Iterator[Observation]:
    """What each term of the tree says, once, breadth first."""
    said: set[Value] = set()
    for node in tree.nodes.values():
        own = node.depth == 0
        terms = node.record.terms
        for term in (*terms, node.record.redirect) if node.record.redirect else terms:
            if term.qualifier and term.qualifier not in _PASSING:
                continue
            value = _value(tree, node, term, own)
            if value is not None and value not in said:
                said.add(value)
                yield Observation(tree.domain, value, (node.exchange,))


def _value(tree: _Tree, node: _Node, term: Term, own: bool) -> Value | None:
    match term.name:
        case "include" | "redirect":
            if term.target:
                via = "" if own else node.name
                return SpfInclude(term.target, term.name, node.depth + 1, via)
        case "exists":
            # Without macros it names nobody who sends: any name that exists would do.
            if term.macro and term.target:
                via = "" if own else node.name
                return SpfInclude(term.target, term.name, node.depth + 1, via)
        case "ip4" | "ip6":
            if own:
                return SpfRange(term.target)
        case "a" | "mx" | "ptr":
            target = host_named(term.target or node.name)
            if own and target and not term.macro:
                exchangers = _exchangers(tree, target) if term.name == "mx" else ()
                kind = SpfSelf if target.name == tree.domain.name else SpfHost
                return kind(target, term.name, exchangers)
    return None


def _exchangers(tree: _Tree, target: Host) -> tuple[Host, ...]:
    exchange = tree.asked.get(dns.question(target.name, "MX"))
    if exchange is None:
        return ()
    try:
        records = sorted(record.data for record in dns.answers(exchange, "MX"))
    except Unreadable:
        tree.seen.append(Unsettled(exchange, "unreadable"))
        return ()
    hosts = (host_named(name) for _, name in records[:_EXCHANGERS] if name != ".")
    return tuple(exchanger for exchanger in hosts if exchanger)


def _is_whole(tree: _Tree) -> bool:
    """Whether every record was read: what the tree says as a whole, a part of it does not tell."""
    return not tree.seen and all(
        replied(tree.asked[dns.question(term.target, "TXT")])
        for node in tree.nodes.values()
        for term in _branches(node.record)
        if not term.macro and term.target not in tree.nodes
    )


def _policy(tree: _Tree) -> SpfPolicy:
    lookups = _lookups(tree, tree.domain.name, [], {})
    voids = sum(map(_is_void, tree.asked.values()))
    if lookups > LOOKUPS:
        tree.errors.add("lookups")
    if voids > VOID_LOOKUPS:
        tree.errors.add("void-lookups")
    return SpfPolicy(
        all=_all(tree),
        lookups=lookups,
        void_lookups=voids,
        errors=" ".join(sorted(tree.errors)),
        macros=any(term.macro for node in tree.nodes.values() for term in node.record.terms),
    )


def _lookups(tree: _Tree, name: str, path: list[str], known: dict[str, int]) -> int:
    """Terms that cost a look-up in the record of *name* and in those below; loops are noted."""
    node = tree.nodes.get(name)
    if node is None:
        return 0
    if name in path:
        tree.errors.add("loop")
        return 0
    if name not in known:
        path.append(name)
        record = node.record
        known[name] = sum(term.name in ASKING for term in record.terms) + bool(record.redirect)
        for term in _branches(record):
            if not term.macro:
                known[name] += _lookups(tree, term.target, path, known)
        path.pop()
    return known[name]


def _is_void(exchange: Exchange) -> bool:
    try:
        return dns.absent(exchange)
    except Unreadable:
        return False


def _all(tree: _Tree) -> str:
    """The qualifier that decides about everybody else, redirects followed."""
    name, passed = tree.domain.name, set[str]()
    while (node := tree.nodes.get(name)) and name not in passed:
        passed.add(name)
        if node.record.all or not node.record.redirect:
            return node.record.all
        name = node.record.redirect.target
    return ""


def _basis(tree: _Tree) -> tuple[Exchange, ...]:
    return tuple(node.exchange for node in tree.nodes.values())
