"""What a probe is, and which there are.

A probe is a generator that decides what to ask and never does the asking: it
yields questions and is sent the exchanges, so that it is pure.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType, ModuleType
from typing import Any, TypeVar

import auditor.probes
from auditor.model.exchange import Exchange, Question
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Subject

_T = TypeVar("_T")
_S = TypeVar("_S", bound=Subject)

Asking = Generator[tuple[Question, ...], tuple[Exchange, ...], _T]
"""Yields questions, is sent their exchanges in the same order, returns a result."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Something the probe looked for and cannot tell although nothing failed on the way.

    The survey makes a gap of it, as it does of every exchange without a reply.

    Attributes:
        exchange: The reply that does not tell; None when nothing was asked.
        why: A word of the gaps: `unreadable`, `status`, `limit`, `blocked`, `static`.
        opens: The roles it leaves open, when they are fewer than the probe's.
    """

    exchange: Exchange | None
    why: str
    opens: tuple[str, ...] = ()


Seen = Iterable[Observation | Unsettled]


@dataclass(frozen=True, slots=True)
class Probe:
    """A way to look at one type of subject.

    Attributes:
        name: What sightings and gaps are called by.
        takes: The type of subject.
        opens: The roles in which its facts can name somebody, and that a gap
            leaves open; a subject that states its role needs none.
        tells: The roles of which its facts only tell how they are kept.
        medium: The medium without which it has nothing to say.
        asn_source: The source of routes it asks; empty when it asks none.
        look: Given a subject, what to ask and what was seen.
    """

    name: str
    takes: type[Any]
    opens: tuple[str, ...]
    tells: tuple[str, ...]
    medium: str
    asn_source: str
    look: Callable[[Any], Asking[Seen]]


def probe(
    *,
    takes: type[_S],
    opens: tuple[str, ...] = (),
    tells: tuple[str, ...] = (),
    name: str = "",
    medium: str = "dns",
    asn_source: str = "",
) -> Callable[[Callable[[_S], Asking[Seen]]], Probe]:
    """Make a `Probe` of the generator function below; its name serves unless *name* is given."""

    def made(look: Callable[[_S], Asking[Seen]]) -> Probe:
        return Probe(name or look.__name__, takes, opens, tells, medium, asn_source, look)

    return made


def ask(question: Question) -> Asking[Exchange]:
    """Ask one question."""
    (exchange,) = yield (question,)
    return exchange


def ask_all(questions: Iterable[Question]) -> Asking[tuple[Exchange, ...]]:
    """Ask several questions at once; the exchanges come in the same order."""
    return (yield tuple(questions))


def installed(asn_source: str = "ris", without: Collection[str] = ()) -> tuple[Probe, ...]:
    """Every probe, by name.

    Args:
        asn_source: `ris`, `cymru` or `file`: who tells which network announces an address.
        without: Media that are not to be asked, or first words of names: `web` leaves
            out whatever visits the web site.

    Raises:
        ValueError: *asn_source* is none of the three.
    """
    return _chosen(asn_source, frozenset(without))


@lru_cache(maxsize=64)
def _chosen(asn_source: str, without: frozenset[str]) -> tuple[Probe, ...]:
    sources = {found.asn_source for found in _all()} - {""}
    if asn_source not in sources:
        raise ValueError(f"{asn_source!r} is not a source of routes; there are {sorted(sources)}")
    return tuple(
        found
        for found in _all()
        if found.asn_source in ("", asn_source)
        and found.medium not in without
        and found.name.partition(".")[0] not in without
    )


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, type[Value]]:
    """The kinds of value that probes can yield."""
    classes = {
        item.kind: item
        for module in _modules()
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Value) and item is not Value
    }
    return MappingProxyType(dict(sorted(classes.items())))


@lru_cache(maxsize=1)
def _all() -> tuple[Probe, ...]:
    probes = {
        item.name: item
        for module in _modules()
        for item in vars(module).values()
        if isinstance(item, Probe)
    }
    return tuple(probes[name] for name in sorted(probes))


def _modules() -> list[ModuleType]:
    path = auditor.probes.__path__
    names = sorted(module.name for module in pkgutil.iter_modules(path))
    return [importlib.import_module(f"{auditor.probes.__name__}.{name}") for name in names]
