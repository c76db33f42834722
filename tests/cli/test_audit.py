"""What `auditor audit` leaves behind, whatever comes back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import dns.rcode
import pytest

from auditor.network import bundle
from tests.cli.running import ALONE, CITY, THEN, ZONE, Everywhere, Ran, assessment, names, verdicts
from tests.servers import (
    Behaviour,
    DnsServer,
    dns_server,
    drop,
    edited,
    free_port,
    raw,
    rcode,
)

Audit = Callable[..., Ran]


def _another_name(wire: bytearray) -> None:
    """Answer a question that nobody asked."""
    wire[13] ^= 0x01


def test_the_files_it_leaves(audit: Audit, tmp_path: Path) -> None:
    ran = audit(tmp_path / "out", "--lang", "fr,en", "--format", "html,json")

    assert (ran.code, ran.out) == (0, "")
    assert names(tmp_path / "out") == [
        "assessment.json",
        "bundle",
        "bundle/exchanges.jsonl",
        "bundle/manifest.json",
        "report.en.html",
        "report.fr.html",
    ]


def test_the_summary_and_the_files_are_told_on_stderr(audit: Audit, tmp_path: Path) -> None:
    ran = audit(tmp_path)

    assert "city.example" in ran.err
    assert f"  {tmp_path / 'assessment.json'}\n  {tmp_path / 'bundle'}\n" in ran.err


def test_quiet_says_nothing(audit: Audit, tmp_path: Path) -> None:
    assert audit(tmp_path, "-q") == Ran(0, "", "")


def test_a_domain_with_other_letters_is_asked_by_its_a_label(
    audit: Audit, city: DnsServer, tmp_path: Path
) -> None:
    city.records.append("xn--vry-9la.example. 300 IN MX 10 city.mx.overcloud.example.")

    assert audit(tmp_path, whom="Évry.example").code == 0
    assert assessment(tmp_path)["subject"]["domains"] == ["xn--vry-9la.example"]


def test_a_domain_that_does_not_exist(audit: Audit, city: DnsServer, tmp_path: Path) -> None:
    ran = audit(tmp_path / "below" / "out", whom="ctiy.example")

    assert ran.code == 2
    assert f"ctiy.example does not exist, says udp {city.resolver}; check its spelling" in ran.err
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("behaviour", "word"),
    [
        pytest.param(rcode(dns.rcode.REFUSED), "refused", id="refuses"),
        pytest.param(rcode(dns.rcode.SERVFAIL), "servfail", id="fails"),
        pytest.param(drop, "timeout", id="drops", marks=pytest.mark.slow),
        pytest.param(edited(_another_name), "mismatched", id="lies", marks=pytest.mark.slow),
        pytest.param(raw(b"\xff" * 40), "malformed", id="garbage", marks=pytest.mark.slow),
    ],
)
def test_a_resolver_that_tells_nothing(
    behaviour: Behaviour, word: str, audit: Audit, city: DnsServer, tmp_path: Path
) -> None:
    city.behaviours = Everywhere(behaviour)

    ran = audit(tmp_path / "out")

    assert ran.code == 3
    assert "no resolver answered about city.example" in ran.err
    assert "--resolver" in ran.err
    assert re.search(rf"\b({word}|timeout|mismatched)\b", ran.err)
    assert "Traceback" not in ran.err
    assert names(tmp_path) == []


def test_nobody_listens(auditor: Audit, rules: Path, tmp_path: Path) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    words = ("--resolver", nobody, *ALONE, "--rules", rules)

    assert auditor("audit", CITY, "-o", tmp_path / "out", *words).code == 3
    assert names(tmp_path) == []


@pytest.mark.parametrize("code", [dns.rcode.SERVFAIL, dns.rcode.REFUSED])
def test_a_part_that_fails_is_unknown_and_no_absence(
    code: dns.rcode.Rcode, audit: Audit, city: DnsServer, tmp_path: Path
) -> None:
    audit(tmp_path / "whole")
    city.behaviours[CITY] = rcode(code)

    ran = audit(tmp_path / "half")

    assert ran.code == 0
    assert verdicts(tmp_path / "whole")["mailbox-foreign-order"] == "fail"
    assert verdicts(tmp_path / "half")["mailbox-foreign-order"] == "unknown"


def test_unknown_can_fail_a_pipeline(audit: Audit, city: DnsServer, tmp_path: Path) -> None:
    city.behaviours[CITY] = rcode(dns.rcode.SERVFAIL)

    ran = audit(tmp_path, "--fail-on-unknown")

    assert ran.code == 3
    assert "1 rules could not be decided (--fail-on-unknown)" in ran.err


def test_the_second_resolver_answers_when_the_first_refuses(
    auditor: Audit, rules: Path, tmp_path: Path
) -> None:
    with dns_server(ZONE) as good, dns_server(ZONE) as bad:
        bad.behaviours = Everywhere(rcode(dns.rcode.REFUSED))
        resolvers = ("--resolver", str(bad.resolver), "--resolver", str(good.resolver))
        words = (*resolvers, *ALONE, *THEN, "--rules", rules, "--format", "json")

        assert auditor("audit", CITY, "-o", tmp_path, *words).code == 0

    assert verdicts(tmp_path)["mailbox-foreign-order"] == "fail"


def test_a_medium_left_out_is_not_asked_and_reads_as_unknown(
    audit: Audit, city: DnsServer, tmp_path: Path
) -> None:
    """Not even for what a probe asks there because the DNS said so."""
    city.records.append('_mta-sts.city.example. 300 IN TXT "v=STSv1; id=1"')

    audit(tmp_path)

    asked = bundle.read(tmp_path / "bundle").exchanges
    assert {e.via for e in asked if e.question.medium in ("http", "rdap")} <= {"recording"}
    gaps = [gap for part in assessment(tmp_path)["footprint"] for gap in part["gaps"]]
    assert ("http GET https://mta-sts.city.example/.well-known/mta-sts.txt", "unasked") in [
        (gap["question"], gap["why"]) for gap in gaps
    ]


def test_routes_from_a_file(audit: Audit, city: DnsServer, tmp_path: Path) -> None:
    city.records[:] = [line.replace("192.0.2.", "9.9.9.") for line in city.records]
    routes = tmp_path / "routes.txt"
    routes.write_text("9.9.9.0/24 AS64500 Overcloud OL\n")

    ran = audit(tmp_path / "out", "--asn-source", routes)

    assert ran.code == 0
    assert bundle.read(tmp_path / "out" / "bundle").circumstances.asn_source == "file routes.txt"
    offerings = {
        d["offering"]
        for part in assessment(tmp_path / "out")["footprint"]
        for d in part["dependencies"]
    }
    assert "overcloud-machines" in offerings


def test_a_host_added_is_looked_at(audit: Audit, city: DnsServer, tmp_path: Path) -> None:
    audit(tmp_path, "--add-host", "agenda.city.example")

    assert ("agenda.city.example", "A", False) in city.asked


def test_half_a_survey_does_not_take_the_place_of_a_whole_one(
    audit: Audit, tmp_path: Path, audited: Path
) -> None:
    """An audit into a directory that holds a bundle replaces it, when it is whole."""
    shutil.copytree(audited, tmp_path / "out")
    before = bundle.read(tmp_path / "out" / "bundle").digest

    assert audit(tmp_path / "out").code == 0
    assert bundle.read(tmp_path / "out" / "bundle").digest != before
    assert names(tmp_path / "out") == names(audited)


def test_the_threshold(audit: Audit, tmp_path: Path) -> None:
    ran = audit(tmp_path, "--fail-on", "high")

    assert ran.code == 1
    assert "1 findings reach --fail-on high" in ran.err


def test_a_threshold_that_is_not_reached(audit: Audit, tmp_path: Path) -> None:
    assert audit(tmp_path, "--fail-on", "critical").code == 0


def test_the_law_of_another_day(audit: Audit, tmp_path: Path) -> None:
    """The made-up law lapses with the year 2026."""
    audit(tmp_path / "then", "--as-of", "2026-01-01")
    audit(tmp_path / "later", "--as-of", "2027-06-01")

    assert assessment(tmp_path / "then")["as_of"] == "2026-01-01"
    assert verdicts(tmp_path / "then")["mailbox-foreign-order"] == "fail"
    assert verdicts(tmp_path / "later")["mailbox-foreign-order"] != "fail"
