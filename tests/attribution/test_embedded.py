"""Whom the pages of the site draw from, and how that reads when there are many."""

from __future__ import annotations

import asyncio
from functools import lru_cache

import pytest

from auditor import resources
from auditor.attribution.attribute import attribute
from auditor.audit import knowledge, look
from auditor.catalogue.catalogue import Catalogue
from auditor.model.exchange import Reply
from auditor.model.footprint import Footprint
from auditor.model.subject import Domain, Host
from auditor.model.target import Target
from auditor.network.http import compose
from auditor.network.tls import compose as shown
from auditor.settings import INTERACTIVE
from tests.attribution.surveyed import part, served
from tests.probes.world import World

CITY = "city.example"
EMBEDDED = "web.embedded"


@lru_cache(maxsize=1)
def _known() -> Catalogue:
    return knowledge(resources.rules())


def _found(
    body: str,
    *fields: tuple[str, str],
    lines: tuple[str, ...] = (),
    certificate: bytes = b"",
    at: str = CITY,
) -> Footprint:
    """The footprint of a city whose front page, or that of a site it adds, is *body*."""
    answer = Reply(compose(200, "OK", fields, body.encode()))
    results = {f"GET https://{at}/": answer}
    if certificate:
        results[f"{CITY}:443"] = Reply(certificate)
    network = World("\n".join((f"{CITY} A 1.1.1.1", *lines)), results=results)
    hosts = () if at == CITY else (Host(at),)
    target = Target(CITY, (Domain(CITY),), hosts, home="FR")
    sightings = asyncio.run(look(target, _known(), network, "cymru", INTERACTIVE, ("rdap",)))
    return attribute(target, sightings, _known())


def _services(found: Footprint, role: str) -> list[str]:
    return [line for line in served(found, role, CITY) if line.startswith("service")]


def test_vendors_are_told_by_the_hosts_of_their_scripts() -> None:
    found = _found(
        '<script src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>'
        '<link rel=stylesheet href="https://fonts.googleapis.com/css2?family=X">'
        '<iframe src="https://www.youtube-nocookie.com/embed/1"></iframe>'
    )

    assert _services(found, "analytics") == ["service: google-analytics (high)"]
    assert _services(found, EMBEDDED) == [
        "service: google-fonts (high)", "service: youtube (high)",
    ]  # fmt: skip


def test_a_host_that_a_script_names_is_a_moderate_sign() -> None:
    found = _found(
        "<script>(function(w,d,s,l,i){j.src='https://www.googletagmanager.com/gtm.js?id='+i"
        "})(window)</script>"
    )

    assert _services(found, "analytics") == ["service: google-analytics (moderate)"]


@pytest.mark.parametrize(
    "host",
    ["www.googletagmanager.com.evil.example", "notgoogletagmanager.com", "matomo.cloud.example"],
)
def test_a_host_that_only_looks_like_a_vendor_is_not_that_vendor(host: str) -> None:
    found = _found(f'<script src="https://{host}/x.js"></script>')

    assert _services(found, "analytics") == []
    assert "~" in _services(found, EMBEDDED)[0]


def test_software_of_ones_own_is_no_third_party() -> None:
    """tarteaucitron and Matomo are mostly served by the organisation itself."""
    found = _found(
        '<script src="/tarteaucitron/tarteaucitron.js"></script>'
        '<script src="https://stats.city.example/matomo.js"></script>',
        lines=("stats.city.example A 1.1.1.2",),
    )

    assert _services(found, EMBEDDED) == []
    assert _services(found, "analytics") == []


def test_a_vendor_behind_an_alias_of_ones_own_is_seen() -> None:
    found = _found(
        '<script src="https://stats.city.example/m.js"></script>',
        lines=("stats.city.example CNAME city.matomo.cloud.", "city.matomo.cloud A 1.1.1.2"),
    )

    assert _services(found, "analytics") == ["service: matomo-cloud (high)"]


def test_a_few_strangers_are_named_each() -> None:
    found = _found("".join(f'<script src="https://s{n}.stranger{n}.example/"></script>'
                           for n in range(3)))  # fmt: skip

    assert [d.label for d in part(found, EMBEDDED, CITY).dependencies] == [
        "stranger0.example", "stranger1.example", "stranger2.example",
    ]  # fmt: skip


def test_many_strangers_are_counted_and_listed_in_one_line() -> None:
    found = _found("".join(f'<img src="https://i.stranger{n}.example/">' for n in range(40)))
    (only,) = part(found, EMBEDDED, CITY).dependencies

    assert only.offering is None
    assert only.label == "stranger0.example, stranger1.example, stranger2.example (+37)"
    assert len(only.because) == 40


def test_a_strange_host_that_a_script_only_names_is_nobody() -> None:
    found = _found('<script>var help = "https://docs.stranger.example/";</script>')

    assert part(found, EMBEDDED, CITY).dependencies == ()


def test_the_edge_is_told_by_its_header_and_the_rest_of_the_header_names_nobody() -> None:
    found = _found("", ("Server", "cloudflare"), ("X-Powered-By", "PHP/8.2"))

    assert "service: cloudflare (high)" in _services(found, "web")
    assert not [line for line in _services(found, "web") if "PHP" in line]


def test_a_page_always_leaves_open_what_its_scripts_load() -> None:
    """Also when a European service was found in it: others may be loaded beside it."""
    found = _found('<script src="https://cdn.matomo.cloud/x/matomo.js"></script>')

    for role in (EMBEDDED, "analytics"):
        assert [gap.why for gap in part(found, role, CITY).gaps if gap.why != "unasked"] == [
            "static"
        ]
    assert "static" not in [gap.why for gap in part(found, "web", CITY).gaps]


def test_a_forged_issuer_names_no_authority() -> None:
    der = _known_der()
    genuine = _found("", certificate=shown(der))
    forged = _found("", certificate=shown(der, "self-signed certificate"))

    assert _services(genuine, "certificate") == ["service: lets-encrypt (high)"]
    assert _services(forged, "certificate") == []
    assert "unverified" in [gap.why for gap in part(forged, "certificate", CITY).gaps]


def _known_der() -> bytes:
    import trustme
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    issued = trustme.CA(organization_name="Let's Encrypt").issue_cert(CITY)
    pem = issued.cert_chain_pems[0].bytes()
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


def test_the_page_of_a_site_that_the_user_adds_is_read_as_well() -> None:
    found = _found(
        '<script src="https://cdnjs.cloudflare.com/x.js"></script>',
        at="agenda.portal.example",
        lines=("agenda.portal.example A 1.1.1.9",),
    )

    assert _services(found, EMBEDDED) == ["service: cloudflare (high)"]
