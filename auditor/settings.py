"""The limits of an audit: how long, how much, how often.

Everything read from the network is written by the audited party; none of it may
cost more than what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an audit may cost.  Times are seconds, sizes bytes.

    Attributes:
        dns_waits: How long to wait for each try of a DNS question before the
            next; as many tries as there are waits, the resolvers taking turns.
        dns_deadline: From the first packet of a DNS question to giving up,
            TCP included.
        dns_in_flight: DNS questions on their way at once; more wait their turn.
        dns_rounds: Rounds of questions that one probe may put about one subject.
        kept: Of replies remembered, so that no question is put twice in a run.
        kept_largest: Larger replies are not remembered.
        http_deadline: From the first packet of an HTTP request to the last byte
            of the body; of a TLS handshake likewise.
        http_connect: For a connection to one address.
        http_body: Of a body, decompressed.
        http_head: Of the status line and fields.
        http_in_flight: HTTP requests at once.
        http_interval: Between two requests to one host.
        http_addresses: Addresses of one host to try.
        web_redirects: From the front page of a site to wherever it stands.
        web_hosts: Different hosts that a page draws from and that are noted.
        rdap_redirects: Redirects between registries (RFC 7480, section 5.2) to follow.
        subjects: Looked at in one audit; the rest becomes a gap.
        hosts_per_domain: Hosts followed for one domain.
        spf_depth: Of `include` and `redirect` below the domain's own record.
        spf_lookups: Asked for the SPF tree of one domain.  A receiver stops at
            10 (RFC 7208, section 4.6.4); we go on to see who else is named.
        cname_depth: Of a chain of aliases over several exchanges.
        text_shown: Characters of a TXT record that are kept for display.
        audit_deadline: Of the survey of one target; what is then open becomes a gap.
    """

    dns_waits: tuple[float, ...] = (1.0, 1.5, 2.5, 4.0)
    dns_deadline: float = 10.0
    dns_in_flight: int = 100
    dns_rounds: int = 64
    kept: int = 32 * 2**20
    kept_largest: int = 2**20
    http_deadline: float = 15.0
    http_connect: float = 5.0
    http_body: int = 2 * 2**20
    http_head: int = 64 * 2**10
    http_in_flight: int = 16
    http_interval: float = 0.25
    http_addresses: int = 3
    web_redirects: int = 5
    web_hosts: int = 200
    rdap_redirects: int = 3
    subjects: int = 2000
    hosts_per_domain: int = 400
    spf_depth: int = 20
    spf_lookups: int = 100
    cname_depth: int = 16
    text_shown: int = 255
    audit_deadline: float = 300.0


INTERACTIVE: Final = Limits()
"""For one organisation, whose resolver is somebody's desk."""

BATCH: Final = Limits(dns_in_flight=1000)
"""For a portfolio, with a resolver of its own."""
