"""What the parts of an OSCAL document share: identifiers, texts, properties, components."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from auditor.model.assessment import Assessment
from auditor.reporting.identifiers import CATALOGUE, Identifiers
from auditor.reporting.printable import printable
from auditor.reporting.reading import Reading
from auditor.reporting.used import Used

Json = dict[str, Any]

NOT_KNOWN = "not-known"
"""The value of a property for a program; never left out, for silence is not absence."""


class Words:
    """One reading, with the identifiers of its document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.assessment: Assessment = reading.assessment
        self.say = reading.say
        self.text = reading.text
        self.title = reading.rule_title
        self.uuid = Identifiers(reading.assessment)

    def line(self, text: str) -> str:
        """*text* on one line that neither begins nor ends with a space, as OSCAL wants it."""
        return printable(text).strip() or self.say("not-told")

    def prop(self, name: str, value: str) -> Json:
        """A property under our own namespace."""
        return {"name": name, "ns": CATALOGUE, "value": self.line(value)}

    def component(self, service: Used) -> Json:
        """A service the organisation uses."""
        declared = all(each.declared for each in service.dependencies)
        roles = [self.reading.role(role) for role in service.roles]
        offering = service.offering.id if service.offering else ""
        controllers = self.reading.controllers(offering) or (NOT_KNOWN,)
        described: Json = {
            "uuid": self.uuid("component", service.key),
            "type": "service",
            "title": self.line(service.label),
            "description": self.line(self.say.listing(roles)),
            "status": {"state": "other" if declared else "operational"},
            "props": [
                self.prop("operator", service.operator.id if service.operator else NOT_KNOWN),
                *(self.prop("controlled-from", place) for place in controllers),
                *(self.prop("dependency", each.id) for each in service.dependencies),
            ],
        }
        if declared:
            described["status"]["remarks"] = self.line(self.say("oscal.declared"))
        if service.operator is not None:
            href = f"#{self.uuid('party', service.operator.id)}"
            described["links"] = [{"href": href, "rel": "provided-by"}]
        return described


def moment(at: datetime) -> str:
    """RFC 3339 in UTC, to the millisecond."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def day_after(day: date) -> str:
    """The moment at which *day* is over."""
    return f"{(day + timedelta(days=1)).isoformat()}T00:00:00Z"
