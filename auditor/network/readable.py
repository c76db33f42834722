"""A reply as a person reads it."""

from __future__ import annotations

from auditor.model.exchange import Exchange, Failure, Reply, Unasked

_SHOWN = 16_000
"""Characters of a reply that are shown at most; the bundle holds all of it."""


def readable(exchange: Exchange) -> list[str]:
    """The lines of what came back: a DNS message as dnspython prints it, the rest as text."""
    match exchange.result:
        case Unasked():
            return ["never asked"]
        case Failure(reason, detail, content):
            return [f"no usable reply: {reason} {detail}".rstrip(), *_lines(exchange, content)]
        case Reply(content):
            return _lines(exchange, content)


def _lines(exchange: Exchange, content: bytes) -> list[str]:
    if not content:
        return []
    if exchange.question.medium == "dns":
        import dns.exception
        import dns.message

        try:
            return str(dns.message.from_wire(content)).splitlines()
        except dns.exception.DNSException:
            return [content.hex()]
    return content.decode("utf-8", "replace")[:_SHOWN].splitlines()
