"""What the organisation says that it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from auditor.model.exchange import Question, Reply
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain
from auditor.network.door import Unreadable
from auditor.probes.probe import Asking, Seen, ask, probe

SERVICES = Question("declared", "services")


@dataclass(frozen=True, slots=True)
class DeclaredService(Value):
    """A service that the organisation says it uses.

    Attributes:
        offering: Id of an offering of the catalogue.
        role: The role it serves in.
        line: Where the dossier says so, from 1.
    """

    kind: ClassVar[str] = "declared.service"
    key_field: ClassVar[str] = "offering"
    layer: ClassVar[str | None] = "service"
    offering: str
    role: str
    line: int

    def roles(self) -> tuple[str, ...]:
        return (self.role,)

    def text(self) -> str:
        return f"{self.role}: {self.offering}"


@probe(takes=Domain, medium="declared")
def declared(domain: Domain) -> Asking[Seen]:
    """Read the services that the dossier names; a dossier need not name any."""
    exchange = yield from ask(SERVICES)
    if not isinstance(exchange.result, Reply):
        return []
    return [Observation(domain, value, (exchange,)) for value in _services(exchange.result.content)]


def _services(section: bytes) -> list[DeclaredService]:
    """The services in *section*, YAML of the form `services: [{offering: …, role: …}]`.

    Raises:
        Unreadable: It is of another form.
    """
    # A dossier is rare, and the reader of YAML slow to load.
    import yaml

    try:
        root: Any = yaml.compose(section, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        items = next(value for key, value in root.value if key.value == "services").value
        return [_service(item) for item in items]
    except (yaml.YAMLError, AttributeError, KeyError, StopIteration, TypeError, ValueError):
        raise Unreadable("not a list of services with `offering` and `role`") from None


def _service(item: Any) -> DeclaredService:
    fields = {key.value: value.value for key, value in item.value}
    offering, role = fields["offering"], fields["role"]
    if not isinstance(offering, str) or not isinstance(role, str):
        raise TypeError("not words")
    return DeclaredService(offering, role, item.start_mark.line + 1)
