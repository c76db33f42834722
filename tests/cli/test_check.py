"""`auditor check`: each exit code, end to end, and what goes to which stream."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import dns.rcode
import pytest

from auditor.model.exchange import Failure, Reason
from auditor.network import bundle
from tests.checkout import ROOT
from tests.cli.running import (
    ALONE,
    CITY,
    THEN,
    ZONE,
    Everywhere,
    Ran,
    assessment,
    names,
    process,
    start,
)
from tests.cli.test_waivers import WAIVERS
from tests.replay import FIXTURES
from tests.servers import DnsServer, dns_server, drop, rcode

Call = Callable[..., Ran]

HOME = """
city.example. 300 IN SOA ns1.city.example. hostmaster.city.example. 1 3600 600 86400 60
city.example. 300 IN MX 10 mx.homemail.example.
mx.homemail.example. 300 IN TXT "no address, so that nothing is to be known of a network"
"""
"""The same city, its mail with a supplier that no foreign law reaches."""


@pytest.fixture
def check(auditor: Call, rules: Path) -> Call:
    """Checks something by the law of a day on which there is one."""

    def called(target: str | Path, *options: str | Path) -> Ran:
        return auditor("check", target, "--rules", rules, *THEN, "--lang", "en", *options)

    return called


@pytest.fixture
def waivers(tmp_path: Path) -> Path:
    """A file of waivers, in force."""
    path = tmp_path / "waivers.yaml"
    path.write_text(WAIVERS, encoding="utf-8")
    return path


@pytest.fixture
def live(check: Call, city: DnsServer) -> Call:
    """Checks the city by asking its resolver."""

    def called(*options: str | Path) -> Ran:
        return check(CITY, "--resolver", str(city.resolver), *ALONE, *options)

    return called


@pytest.fixture
def at_home(check: Call, tmp_path: Path) -> Path:
    """A bundle of the city when its mail is at home."""
    with dns_server(HOME) as server:
        words = ("--resolver", str(server.resolver), *ALONE, "-o", f"{tmp_path}/ours/", "-q")
        ran = check(CITY, *words)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    return tmp_path / "ours" / "bundle"


def test_0_when_no_threshold_is_reached(check: Call, at_home: Path) -> None:
    ran = check(at_home, "--fail-on", "low", "--fail-on-undetermined", "--fail-on-score", "100")

    assert (ran.code, ran.out) == (0, ""), ran.err


def test_1_by_default_when_a_rule_of_high_severity_is_not_met(live: Call) -> None:
    ran = live()

    assert (ran.code, ran.out) == (1, "")
    assert "1 findings reach --fail-on high: f01" in ran.err


def test_0_when_the_rule_is_less_severe_than_asked_for(check: Call, audited: Path) -> None:
    assert check(audited / "bundle", "--fail-on", "critical").code == 0


def test_0_when_findings_are_only_to_be_told(check: Call, audited: Path) -> None:
    assert check(audited / "bundle", "--fail-on", "never").code == 0


def test_1_when_the_score_is_too_low(check: Call, audited: Path) -> None:
    ran = check(audited / "bundle", "--fail-on", "never", "--fail-on-score", "1")

    assert (ran.code, "the score is too low: proved 0, possible 0" in ran.err) == (1, True)


def test_1_when_a_waiver_has_expired_whatever_the_severity(
    check: Call, audited: Path, waivers: Path
) -> None:
    waivers.write_text(WAIVERS.replace("2026-06-30", "2025-12-31"), encoding="utf-8")

    ran = check(audited / "bundle", "--fail-on", "critical", "--waivers", waivers)

    assert (ran.code, "the waiver W-1 on f01 has expired" in ran.err) == (1, True)


def test_0_when_a_waiver_holds(check: Call, audited: Path, waivers: Path) -> None:
    assert check(audited / "bundle", "--waivers", waivers).code == 0


def test_2_for_a_domain_that_does_not_exist(check: Call, city: DnsServer) -> None:
    ran = check("ctiy.example", "--resolver", str(city.resolver), *ALONE)

    assert (ran.code, ran.out) == (2, "")
    assert "ctiy.example does not exist" in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--new-only",), "name one"),
        (("--format", "sarif,junit"), "several formats need a directory"),
        (("--format", "sarif,junit", "-o", "-"), "stdout takes one format"),
        (("--fail-on-score", "101"), "0<=x<=100"),
        (("--baseline", "/nowhere"), "does not exist"),
        (("--waivers", "/nowhere"), "does not exist"),
        (("--resolver", "192.0.2.1"), "is a bundle: nobody is asked"),
        (("-o", "/proc/nowhere/"), "cannot write to"),
    ],
)
def test_2_for_wrong_options(words: tuple[str, ...], told: str, check: Call, audited: Path) -> None:
    ran = check(audited / "bundle", *words)

    assert (ran.code, ran.out, told in ran.err) == (2, "", True), ran.err


def test_2_for_a_bundle_that_was_altered(check: Call, audited: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(audited / "bundle", tmp_path / "bundle")
    lines = copy / "exchanges.jsonl"
    lines.write_bytes(lines.read_bytes().replace(b"city.example", b"ctiy.example", 1))

    ran = check(copy)

    assert (ran.code, "was altered or cut short" in ran.err) == (2, True)


def test_2_for_a_bundle_that_is_not_there(check: Call, tmp_path: Path) -> None:
    """A path is no domain, and is never looked up."""
    ran = check(tmp_path / "bundle")

    assert (ran.code, "there is no bundle at" in ran.err) == (2, True)


def test_2_when_old_evidence_might_be_taken_for_a_look_of_today(
    check: Call, audited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shutil.copytree(audited, tmp_path / "work" / CITY).parent)

    ran = check(CITY)

    assert (ran.code, f"write ./{CITY} for the bundle" in ran.err) == (2, True)
    assert check(f"./{CITY}").code == 1


def test_2_for_a_file_of_another_kind(
    check: Call, city: DnsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name looks like a domain, and is nobody's business."""
    (tmp_path / "report.fr.pdf").write_bytes(b"%PDF-")
    monkeypatch.chdir(tmp_path)

    ran = check("report.fr.pdf", "--resolver", str(city.resolver), *ALONE)

    assert (ran.code, "is a file, and no bundle" in ran.err) == (2, True)
    assert city.asked == []


def test_2_for_an_address_of_the_web(check: Call) -> None:
    ran = check("https://city.example/")

    assert (ran.code, "is not a domain" in ran.err) == (2, True), ran.err


def test_3_when_nobody_answers(live: Call, city: DnsServer) -> None:
    city.behaviours = Everywhere(rcode(dns.rcode.REFUSED))

    ran = live("--fail-on", "never")

    assert (ran.code, ran.out, "no resolver answered" in ran.err) == (3, "", True)


def test_3_when_nothing_could_be_judged(live: Call, city: DnsServer) -> None:
    """Not even when nothing is to fail: a green light would be taken for good news."""
    city.behaviours[CITY] = rcode(dns.rcode.SERVFAIL)

    ran = live("--fail-on", "never")

    assert (ran.code, "no rule could be decided" in ran.err) == (3, True)


def test_3_when_the_only_finding_hides_behind_a_look_up_that_failed(
    auditor: Call, tmp_path: Path
) -> None:
    """The same evidence passes when its MX is there, and may not when nobody told it."""
    kept = bundle.read(FIXTURES / "swiss-host" / "bundle")
    domain = kept.circumstances.target.domains[0].name
    unanswered = [
        replace(exchange, result=Failure(Reason.TIMEOUT))
        if str(exchange.question) == f"dns {domain} MX"
        else exchange
        for exchange in kept.exchanges
    ]
    bundle.write(tmp_path / "bundle", kept.circumstances, unanswered)

    assert auditor("check", FIXTURES / "swiss-host" / "bundle", "-q").code == 0
    ran = auditor("check", tmp_path / "bundle")

    assert ran.code == 3
    assert "are open because nobody answered a look-up" in ran.err


def test_3_when_the_unknowns_count(auditor: Call) -> None:
    ran = auditor("check", FIXTURES / "swiss-host" / "bundle", "--fail-on-undetermined")

    assert (ran.code, "rules could not be decided (--fail-on-undetermined)" in ran.err) == (3, True)


def test_3_when_the_unknowns_leave_the_score_open(auditor: Call) -> None:
    ran = auditor("check", FIXTURES / "swiss-host" / "bundle", "--fail-on-score", "50")

    assert (ran.code, "could not be established: proved" in ran.err) == (3, True)


def test_4_for_a_mistake_of_ours(audited: Path, rules: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import auditor.engine.gate\nauditor.engine.gate.judge = lambda *_: 1 / 0\n"
    )
    path = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}

    ran = process("check", audited / "bundle", "--rules", rules, *THEN, env=path)

    assert (ran.code, ran.out) == (4, "")
    assert "this is a bug of the auditor" in ran.err


def test_130_when_it_is_interrupted(rules: Path, tmp_path: Path) -> None:
    with dns_server(ZONE) as server:
        server.behaviours = Everywhere(drop, CITY)
        words = ("--resolver", str(server.resolver), *ALONE, "--rules", rules)
        running = start("check", CITY, *words, env={"TMPDIR": str(tmp_path)})
        end = time.monotonic() + 30
        while len(server.asked) < len(ZONE.splitlines()) and time.monotonic() < end:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)

    assert (running.returncode, out) == (130, "")
    assert "nothing was kept, and nothing is said" in err
    assert names(tmp_path) == []


def test_the_one_document_goes_to_stdout_and_the_rest_to_stderr(check: Call, audited: Path) -> None:
    ran = check(audited / "bundle", "--format", "sarif")

    assert ran.code == 1
    assert json.loads(ran.out)["version"] == "2.1.0"
    assert "f01" in ran.err


def test_stdout_is_the_assessment_unless_another_format_is_asked_for(
    check: Call, audited: Path
) -> None:
    ran = check(audited / "bundle", "-o", "-", "-q")

    assert ran.err == ""
    assert json.loads(ran.out) == assessment(audited)


def test_a_file_holds_the_one_document(check: Call, audited: Path, tmp_path: Path) -> None:
    ran = check(audited / "bundle", "-o", tmp_path / "gl.json", "--format", "codequality", "-q")

    assert (ran.code, ran.out, ran.err) == (1, "", "")
    assert len(json.loads((tmp_path / "gl.json").read_bytes())) == 1
    assert names(tmp_path) == ["gl.json"]


def test_a_file_without_a_format_holds_the_assessment(
    check: Call, audited: Path, tmp_path: Path
) -> None:
    assert check(audited / "bundle", "-o", tmp_path / "now.json").code == 1

    assert json.loads((tmp_path / "now.json").read_bytes()) == assessment(audited)


def test_a_directory_holds_the_evidence_too(live: Call, tmp_path: Path) -> None:
    ran = live("-o", tmp_path / "out", "--format", "sarif,junit")

    assert ran.code == 1
    assert names(tmp_path / "out") == [
        "assessment.json",
        "bundle",
        "bundle/exchanges.jsonl",
        "bundle/manifest.json",
        "findings.en.junit.xml",
        "findings.en.sarif",
    ]


def test_only_what_is_new_counts(check: Call, audited: Path, at_home: Path) -> None:
    before = audited / "assessment.json"

    known = check(audited / "bundle", "--baseline", before, "--new-only")
    new = check(audited / "bundle", "--baseline", at_home.parent, "--new-only")

    assert (known.code, "0 new findings, 1 unchanged" in known.err) == (0, True), known.err
    assert (new.code, "1 new findings reach --fail-on high" in new.err) == (1, True), new.err


def test_a_baseline_alone_is_told_and_fails_as_usual(check: Call, audited: Path) -> None:
    assert check(audited / "bundle", "--baseline", audited).code == 1


def test_a_baseline_does_not_hide_that_a_waiver_has_expired(
    check: Call, audited: Path, waivers: Path
) -> None:
    waivers.write_text(WAIVERS.replace("2026-06-30", "2025-12-31"), encoding="utf-8")
    words = ("--baseline", audited, "--new-only", "--waivers", waivers)

    assert check(audited / "bundle", *words).code == 1


def test_a_baseline_of_somebody_else(check: Call, audited: Path, tmp_path: Path) -> None:
    document = assessment(audited)
    document["subject"].update(name="other.example", domains=["other.example"])
    (tmp_path / "other.json").write_text(json.dumps(document))

    ran = check(audited / "bundle", "--baseline", tmp_path / "other.json")

    assert (ran.code, "is about other.example, not about city.example" in ran.err) == (2, True)


@pytest.mark.parametrize("content", ["{}", "[]", "no JSON", '{"format": 1}', '{"format": 99}'])
def test_a_baseline_that_is_none(content: str, check: Call, audited: Path, tmp_path: Path) -> None:
    (tmp_path / "baseline.json").write_text(content)

    ran = check(audited / "bundle", "--baseline", tmp_path / "baseline.json", "--new-only")

    assert (ran.code, "Traceback" in ran.err) == (2, False), ran.err
    assert "auditor report" in ran.err or "is no assessment" in ran.err


def test_colour_is_as_the_environment_says(
    check: Call, audited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = check(audited / "bundle").err
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = check(audited / "bundle").err
    monkeypatch.setenv("NO_COLOR", "1")

    assert ("\x1b[" in plain, "\x1b[" in coloured) == (False, True)
    assert "\x1b[" not in check(audited / "bundle").err


@pytest.mark.parametrize("words", [("--format", "json"), ("--format", "sarif")])
def test_a_reader_that_has_read_enough(words: tuple[str, ...], audited: Path, rules: Path) -> None:
    running = start("check", audited / "bundle", "--rules", rules, *THEN, "-q", *words)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()

    assert (running.wait(60), said) == (1, ""), "a gate that lost its reader still gates"
