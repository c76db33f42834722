"""Fields of a response that any server may send, and that therefore name nobody.

Those of the registry of field names (RFC 9110, section 18.4) in common use, and
a few that browsers made common before anybody registered them.
"""

from __future__ import annotations

from typing import Final

ORDINARY: Final = frozenset((
    "accept-ch", "accept-ranges", "access-control-allow-credentials",
    "access-control-allow-headers", "access-control-allow-methods",
    "access-control-allow-origin", "access-control-expose-headers", "access-control-max-age",
    "age", "allow", "alt-svc", "cache-control", "clear-site-data", "connection",
    "content-disposition", "content-language", "content-location", "content-security-policy",
    "content-security-policy-report-only", "content-type", "cross-origin-embedder-policy",
    "cross-origin-opener-policy", "cross-origin-resource-policy", "date", "etag", "expires",
    "feature-policy", "keep-alive", "last-modified", "link", "location", "nel",
    "origin-agent-cluster", "permissions-policy", "pragma", "referrer-policy", "report-to",
    "reporting-endpoints", "retry-after", "server-timing", "set-cookie",
    "strict-transport-security", "timing-allow-origin", "upgrade", "vary", "www-authenticate",
    "x-content-type-options", "x-dns-prefetch-control", "x-frame-options",
    "x-permitted-cross-domain-policies", "x-robots-tag", "x-ua-compatible", "x-xss-protection",
))  # fmt: skip
