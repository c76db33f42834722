"""Ctrl-C, in a real process, at every moment of an audit."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor.model.exchange import Failure, Reason
from auditor.network import bundle
from tests.cli.running import ALONE, CITY, THEN, ZONE, Everywhere, Ran, names, start, verdicts
from tests.servers import DnsServer, dns_server, drop

PATIENCE = 60.0
SILENT = "autodiscover.city.example"
"""A name about which the server says nothing."""


@pytest.fixture
def hesitant() -> Iterator[DnsServer]:
    """A server that answers for the city, and leaves one question open."""
    with dns_server(ZONE, {SILENT: drop}) as server:
        yield server


@pytest.fixture
def silent() -> Iterator[DnsServer]:
    """A server that never answers."""
    with dns_server(ZONE) as server:
        server.behaviours = Everywhere(drop)
        yield server


Begin = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def begin(rules: Path) -> Iterator[Begin]:
    """Begins an audit in a process of its own; none outlives the test."""
    processes: list[subprocess.Popen[str]] = []

    def begun(server: DnsServer, output: Path, *options: str) -> subprocess.Popen[str]:
        words = ("--resolver", str(server.resolver), *ALONE, *THEN, "--rules", rules)
        process = start("audit", CITY, "-o", output, *words, "--format", "html", *options)
        processes.append(process)
        return process

    yield begun
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _await(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def _interrupted(process: subprocess.Popen[str], by: signal.Signals = signal.SIGINT) -> Ran:
    process.send_signal(by)
    out, err = process.communicate(timeout=PATIENCE)
    return Ran(process.returncode, out, err)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_what_was_seen_is_kept(
    by: signal.Signals, hesitant: DnsServer, begin: Begin, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = begin(hesitant, out)
    # Asked a second time: everything else has long been answered.
    _await(lambda: [name for name, _, _ in hesitant.asked].count(SILENT) > 3)

    ran = _interrupted(process, by)

    assert (ran.code, ran.out) == (130, "")
    assert f"auditor: interrupted; what was seen until then is kept in {out / 'bundle'}" in ran.err
    assert f"auditor report {out / 'bundle'} -o {out}" in ran.err
    assert "Traceback" not in ran.err
    assert names(out) == ["bundle", "bundle/exchanges.jsonl", "bundle/manifest.json"]


@pytest.fixture
def half(hesitant: DnsServer, begin: Begin, tmp_path: Path) -> Path:
    """A bundle of an audit that was interrupted."""
    process = begin(hesitant, tmp_path / "half")
    _await(lambda: [name for name, _, _ in hesitant.asked].count(SILENT) > 3)
    assert _interrupted(process).code == 130
    return tmp_path / "half" / "bundle"


def test_half_a_survey_is_reported_as_half(
    half: Path, auditor: Callable[..., Ran], rules: Path, tmp_path: Path
) -> None:
    """What the one open question would have told is unknown; the rest is what it was."""
    out = tmp_path / "out"

    ran = auditor("report", half, "-o", out, "--rules", rules, *THEN, "--format", "json")

    assert ran.code == 0, ran.err
    open_ = [e for e in bundle.read(half).exchanges if SILENT in e.question.text]
    assert {e.result.reason for e in open_ if isinstance(e.result, Failure)} == {Reason.INTERRUPTED}
    gaps = auditor("explain", open_[0].id, "--in", out, "--bundle", half, "--lang", "en").out
    assert "interrupted" in gaps


def test_a_survey_broken_off_early_says_unknown(
    silent: DnsServer, auditor: Callable[..., Ran], begin: Begin, rules: Path, tmp_path: Path
) -> None:
    """One answer came, and the one that decides did not."""
    www = "www.city.example"
    silent.behaviours = Everywhere(drop, www)
    process = begin(silent, tmp_path / "half")
    _await(lambda: (www, "A", False) in silent.asked and len(silent.asked) > 10)
    time.sleep(0.3)
    assert _interrupted(process).code == 130

    words = ("-o", tmp_path / "out", "--rules", rules, *THEN, "--format", "json")
    assert auditor("report", tmp_path / "half" / "bundle", *words).code == 0
    assert verdicts(tmp_path / "out")["mailbox-foreign-order"] == "unknown"


def test_a_whole_bundle_is_not_replaced_by_half_a_one(
    hesitant: DnsServer, audited: Path, begin: Begin, tmp_path: Path
) -> None:
    out = shutil.copytree(audited, tmp_path / "out")
    before = bundle.read(out / "bundle").digest
    process = begin(hesitant, out)
    _await(lambda: [name for name, _, _ in hesitant.asked].count(SILENT) > 3)

    ran = _interrupted(process)

    assert (ran.code, str(out / "bundle.interrupted") in ran.err) == (130, True)
    assert bundle.read(out / "bundle").digest == before
    assert bundle.read(out / "bundle.interrupted").exchanges


def test_before_the_first_answer_there_is_nothing_to_keep(
    silent: DnsServer, begin: Begin, tmp_path: Path
) -> None:
    process = begin(silent, tmp_path / "out")
    _await(lambda: bool(silent.asked))

    ran = _interrupted(process)

    assert ran.code == 130
    assert "interrupted before the first answer; nothing was written" in ran.err
    assert names(tmp_path) == []


@pytest.mark.parametrize("awaited", ["reading the rules", "writing report.fr.pdf"])
@pytest.mark.slow
def test_at_any_other_moment(awaited: str, begin: Begin, tmp_path: Path) -> None:
    """While the rules are read nothing is kept; while the report is laid out, the evidence is."""
    out = tmp_path / "out"
    with dns_server(ZONE) as server:
        process = begin(server, out, "--format", "html,pdf")
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(awaited):
                break
        ran = _interrupted(process)

    assert ran.code == 130
    assert "auditor: interrupted" in ran.err
    assert "Traceback" not in ran.err
    kept = ["bundle", "bundle/exchanges.jsonl", "bundle/manifest.json"]
    assert (names(out) if out.exists() else []) == ([] if "rules" in awaited else kept)


def test_it_ends_at_once(hesitant: DnsServer, begin: Begin, tmp_path: Path) -> None:
    """Whoever presses Ctrl-C does not wait for a resolver that is silent."""
    process = begin(hesitant, tmp_path / "out")
    _await(lambda: (SILENT, "A", False) in hesitant.asked)
    time.sleep(0.2)

    began = time.monotonic()
    assert _interrupted(process).code == 130
    assert time.monotonic() - began < 3
