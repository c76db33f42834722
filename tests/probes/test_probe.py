from __future__ import annotations

import dataclasses

import pytest

from auditor.probes import probe


def test_each_surface_is_found_once_under_its_name() -> None:
    names = [found.name for found in probe.installed()]

    assert len(names) == len(set(names))
    assert {"mx", "spf", "dmarc", "dkim", "service", "caa", "address", "ptr"} <= set(names)


def test_one_source_of_routes_is_asked() -> None:
    origins = [
        [found.name for found in probe.installed(source) if found.asn_source]
        for source in ("ris", "cymru", "file")
    ]

    assert origins == [["origin.ris"], ["origin.cymru"], ["origin.file"]]


def test_a_source_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="not a source of routes"):
        probe.installed("whois")


def test_a_medium_can_be_left_out() -> None:
    left_out = {"rdap", "declared", "http", "tls"}
    media = {found.medium for found in probe.installed("cymru", without=left_out)}

    assert media == {"dns"}


def test_visits_to_the_site_can_be_left_out() -> None:
    """And nothing else: routes and policies are asked over HTTP too."""
    every = {found.name for found in probe.installed()}
    kept = {found.name for found in probe.installed(without={"web"})}

    assert every - kept == {
        "web.page", "web.page-added", "web.certificate", "web.certificate-added",
    }  # fmt: skip


@pytest.mark.parametrize("kind", probe.kinds())
def test_a_kind_is_a_frozen_value_whose_key_is_a_field(kind: str) -> None:
    """Fingerprints compare the key; sets and dictionaries hold the values."""
    value = probe.kinds()[kind]
    fields = {field.name for field in dataclasses.fields(value)}  # type: ignore[arg-type]

    assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert value.key_field in fields | {""}
    assert value.layer in (None, "service", "network")
