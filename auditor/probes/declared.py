"""What the organisation says of itself and of what it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from auditor.model.exchange import Exchange, Question, Reply
from auditor.model.sighting import Observation, Value
from auditor.model.subject import Domain
from auditor.model.target import SECTIONS, Document
from auditor.network.door import Unreadable
from auditor.probes.probe import Asking, Seen, ask_all, probe

SERVICES = Question("declared", "services")


@dataclass(frozen=True, slots=True)
class DeclaredService(Value):
    """A service that the organisation says it uses.

    Attributes:
        offering: Id of an offering of the catalogue, or the name of one that it lacks.
        role: The role it serves in.
        line: Where the dossier says so, from 1.
        keys: Who holds them: `operator`, `customer`, `third-party`; empty when not said.
    """

    kind: ClassVar[str] = "declared.service"
    key_field: ClassVar[str] = "offering"
    layer: ClassVar[str | None] = "service"
    offering: str
    role: str
    line: int
    keys: str = ""

    def roles(self) -> tuple[str, ...]:
        return (self.role,)

    def text(self) -> str:
        return f"{self.role}: {self.offering}"


@probe(takes=Domain, medium="declared")
def declared(domain: Domain) -> Asking[Seen]:
    """Read the services that the dossier names for the domain, and keep all else that it says."""
    exchanges = yield from ask_all(SECTIONS)
    documents = list(dict.fromkeys(path for e in exchanges for path in _documents(_root(e))))
    yield from ask_all(map(Document.question, documents))
    services = exchanges[SECTIONS.index(SERVICES)]
    return [Observation(domain, value, (services,)) for value in _services(_root(services), domain)]


def _root(exchange: Exchange) -> Any:
    """The YAML of a section; None when it is empty or was never asked for.

    Raises:
        Unreadable: It is no YAML.
    """
    # A dossier is rare, and the reader of YAML slow to load.
    import yaml

    if not isinstance(exchange.result, Reply):
        return None
    try:
        return yaml.compose(
            exchange.result.content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
    except yaml.YAMLError:
        raise Unreadable("a section of the dossier is not YAML") from None


def _documents(root: Any) -> Iterator[str]:
    """The paths of the documents named anywhere below *root*."""
    left = [root]
    met: set[int] = set()
    while left:
        node = left.pop(0)
        # An alias leads to a node again, and may lead in a circle.
        if node is None or isinstance(node.value, str) or id(node) in met:
            continue
        met.add(id(node))
        for item in node.value:
            if not isinstance(item, tuple):
                left.append(item)
            elif item[0].value == "documents" and isinstance(item[1].value, list):
                yield from _paths(item[1].value)
            else:
                left.append(item[1])


def _paths(items: list[Any]) -> Iterator[str]:
    for item in items:
        for key, value in item.value if isinstance(item.value, list) else ():
            if key.value == "path" and isinstance(value.value, str):
                yield value.value


def _services(root: Any, domain: Domain) -> list[DeclaredService]:
    """The services of *domain* in *root*, of the form `services: [{offering: …, role: …}]`.

    Raises:
        Unreadable: It is of another form.
    """
    if root is None:
        return []
    try:
        items = next(value for key, value in root.value if key.value == "services").value
        found = [_service(item, domain) for item in items]
    except (AttributeError, KeyError, StopIteration, TypeError, ValueError):
        raise Unreadable("not a list of services with `offering` and `role`") from None
    return [service for service in found if service is not None]


def _service(item: Any, domain: Domain) -> DeclaredService | None:
    """The service of *item*; None when it serves other domains than *domain*."""
    fields = {key.value: value.value for key, value in item.value}
    offering, role = fields.get("offering") or fields["name"], fields["role"]
    if not isinstance(offering, str) or not isinstance(role, str):
        raise TypeError("not words")
    if not _serves(fields.get("domains") or [], domain):
        return None
    return DeclaredService(offering, role, item.start_mark.line + 1, str(fields.get("keys", "")))


def _serves(domains: Any, domain: Domain) -> bool:
    names = [domains] if isinstance(domains, str) else [name.value for name in domains]
    return not names or domain in [Domain.parse(name) for name in names]
