"""What a probe saw: facts with their evidence, and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

from auditor.model.exchange import Exchange, Failure, Reason, Unasked
from auditor.model.subject import Subject

LIMITS: Final = frozenset({"static", "plain", "unverified"})
"""Why of gaps that no repetition closes: the reply came, and cannot tell."""


class Value:
    """A fact about a subject, of one kind.  Subclasses are frozen dataclasses.

    Attributes:
        kind: `dns.mx`: the word by which fingerprints and rules name it.
        key_field: The attribute that fingerprints compare; empty when nobody can be told from it.
        layer: `service` when the value names a service, `network` when it names
            the network beneath one; None when it only leads on.
        speaks: Whether the key names somebody even when no fingerprint knows it: a
            mail exchanger does, a verification token or a header field does not.

    What a kind is called in a report is kept in `rules/words.yaml`.
    """

    kind: ClassVar[str]
    key_field: ClassVar[str] = ""
    layer: ClassVar[str | None] = None
    speaks: ClassVar[bool] = True

    __slots__ = ()

    def roles(self) -> tuple[str, ...]:
        """The roles this fact opens; none when it only continues a path."""
        return ()

    def leads(self) -> tuple[Subject, ...]:
        """The subjects to look at next."""
        return ()

    def text(self) -> str:
        """The fact in the notation of its field: `MX 10 mail.city.example`."""
        raise NotImplementedError(type(self).__name__)


# Final, and not frozen: see `Reply`.
@dataclass(slots=True, unsafe_hash=True)
class Observation:
    """A fact with its evidence; it cannot exist without.

    Attributes:
        subject: What the fact is about.
        value: The fact.
        basis: The exchanges it was read from, at least one.
    """

    subject: Final[Subject]
    value: Final[Value]
    basis: Final[tuple[Exchange, ...]]

    def __post_init__(self) -> None:
        if not self.basis:
            raise ValueError(f"an observation of {self.subject} without evidence")

    def text(self) -> str:
        """`city.example MX 10 mail.city.example`."""
        return f"{self.subject} {self.value.text()}"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something we could not find out.

    Attributes:
        subject: What we were looking at.
        probe: The probe that asked.
        exchange: The exchange without a usable reply; None when the probe
            itself was stopped (a limit, a bug).
        why: `timeout`, `servfail` … or `unasked`, `limit`, `unreadable`, `bug`, or one
            of `LIMITS`.
        roles: The roles in which the missing fact could have named somebody;
            none when it would have continued a path.
        tells: The roles of which the missing fact could only have told how
            they are kept: it leaves open that, and not who serves.
    """

    subject: Subject
    probe: str
    exchange: Exchange | None
    why: str
    roles: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        subject: Subject,
        probe: str,
        exchange: Exchange,
        roles: tuple[str, ...] = (),
        tells: tuple[str, ...] = (),
    ) -> Gap:
        """The gap that an exchange without a usable reply leaves."""
        match exchange.result:
            case Failure(reason=reason):
                why = reason.value
            case Unasked():
                why = "unasked"
            case _:
                why = Reason.MALFORMED.value
        return cls(subject, probe, exchange, why, roles, tells)


class Sighting(NamedTuple):
    """What one probe saw of one subject.

    No observation and no gap is proof of absence.
    """

    probe: str
    subject: Subject
    observations: tuple[Observation, ...]
    gaps: tuple[Gap, ...] = ()
