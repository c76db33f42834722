"""From a sentence of the report down to the bytes."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor import reporting, resources
from auditor.audit import knowledge
from auditor.cli.account import Account
from auditor.model.assessment import Assessment
from tests.cli.running import Ran, assessment
from tests.replay import replayed
from tests.reporting import sample
from tests.servers import DnsServer

Call = Callable[..., Ran]


@pytest.fixture
def explain(auditor: Call, audited: Path) -> Callable[[str], Ran]:
    """Explains an id of the audited city, in English."""
    return lambda id_: auditor("explain", id_, "--in", audited, "--lang", "en")


@pytest.fixture
def failed(audited: Path) -> dict[str, Any]:
    """The finding on its mailboxes."""
    findings: list[dict[str, Any]] = assessment(audited)["findings"]
    return next(f for f in findings if f["verdict"] == "fail")


def test_a_finding(explain: Call, failed: dict[str, Any]) -> None:
    ran = explain(failed["id"])

    assert (ran.code, ran.err) == (0, "")
    assert failed["says"]["en"] in " ".join(ran.out.split())
    for known in (*failed["dependencies"], *failed["exposures"], *failed["evidence"]):
        assert known in ran.out
    assert "Overcloud Europe Ltd [operator, SL] → Overcloud Inc. [owner, OL]" in ran.out
    assert "dns city.example MX" in ran.out


def test_a_rule(explain: Call, failed: dict[str, Any]) -> None:
    assert failed["id"] in explain(failed["rule"]).out


def test_an_exposure(explain: Call, failed: dict[str, Any]) -> None:
    ran = explain(failed["exposures"][0])

    assert "Access (OL), Disclosure: reached" in ran.out or "Access (OL)" in ran.out


def test_a_dependency(explain: Call, failed: dict[str, Any]) -> None:
    ran = explain(failed["dependencies"][0])

    assert "city.example MX 10 city.mx.overcloud.example" in ran.out


def test_a_piece_of_evidence_down_to_the_reply(explain: Call, failed: dict[str, Any]) -> None:
    ran = explain(failed["evidence"][0])

    assert "dns city.example MX" in ran.out
    assert "SHA-256" in ran.out
    # The names come back with the letters, large and small, in which they were asked for.
    assert "city.example. 300 in mx 10 city.mx.overcloud.example." in ran.out.lower()
    assert failed["id"] in ran.out


def test_a_dns_reply_byte_by_byte(explain: Call, audited: Path, failed: dict[str, Any]) -> None:
    """The dump is that of the very message that the digest seals."""
    id_ = failed["evidence"][0]
    dumped = re.findall(r"^[0-9a-f]{4}  ((?:[0-9a-f]{2} ?)+)$", explain(id_).out, re.MULTILINE)

    content = bytes.fromhex("".join(dumped))

    (look,) = (look for look in assessment(audited)["lookups"] if look["id"] == id_)
    assert hashlib.sha256(content).hexdigest() == look["sha256"]


def test_every_id_can_be_explained(explain: Call, audited: Path) -> None:
    written = assessment(audited)
    known = [
        *(f["id"] for f in written["findings"]),
        *(x["id"] for x in written["exposures"]),
        *(d["id"] for part in written["footprint"] for d in part["dependencies"]),
        *(look["id"] for look in written["lookups"]),
    ]

    assert [id_ for id_ in known if explain(id_).code] == []


def _printed(page: str) -> set[str]:
    """The ids that a report in HTML prints: as targets, as links, and within its text."""
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    numbered = re.findall(r'<[^>]+ class="(?:id|number)"[^>]*>([^<]+)<', page)
    targets = re.findall(r' (?:id|href)="#?([a-z]\d+)"', page)
    # What the network wrote is no id of ours, whatever it looks like.
    told = re.sub(r'<(\w+) class="(?:mono|exchanges|asked)">.*?</\1>', "", page, flags=re.DOTALL)
    return {*numbered, *targets, *re.findall(r"(?<![\w./:-])[cfpx]\d+(?![\w./:-])", told)}


@pytest.mark.parametrize(
    "made", [sample.assessment, lambda: replayed("m365-behind-gateway")], ids=["sample", "fixture"]
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_id_that_the_report_prints_can_be_explained(
    made: Callable[[], Assessment], language: str
) -> None:
    made_of = made()
    document = json.loads(reporting.render("json", made_of, language))
    account = Account(document, language, knowledge(resources.rules()))

    printed = _printed(reporting.render("html", made_of, language).decode())

    assert {"f", "p", "x"} <= {id_[0] for id_ in printed}
    assert [id_ for id_ in sorted(printed) if not account.of(id_)] == []
    assert printed <= set(account.ids())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_fact_to_be_established(auditor: Call, tmp_path: Path, language: str) -> None:
    """The number is that of the report, and the same in every language."""
    (tmp_path / "assessment.json").write_bytes(
        reporting.render("json", sample.assessment(), language)
    )
    page = reporting.render("html", sample.assessment(), language).decode()

    for point in assessment(tmp_path)["points"]:
        told = " ".join(
            auditor("explain", point["id"], "--in", tmp_path, "--lang", language).out.split()
        )
        assert told.startswith(f"{point['id']} {point['fact'][language]}")
        assert all(finding in told for finding in point["findings"])
        assert f'id="{point["id"]}">{point["id"]}</th><td>{point["fact"][language]}</td>' in page


def test_a_waiver() -> None:
    document = json.loads(reporting.render("json", sample.assessment(), "en"))
    account = Account(document, "en", knowledge(resources.rules()))
    waiver = next(each for each in document["waivers"] if each["findings"])

    told = "\n".join(account.of(waiver["id"]))

    assert waiver["justification"] in told
    assert all(finding in told for finding in waiver["findings"])


def test_in_french(auditor: Call, audited: Path, failed: dict[str, Any]) -> None:
    assert failed["says"]["fr"] in auditor("explain", failed["id"], "--in", audited).out


def test_an_id_that_is_none(explain: Call, failed: dict[str, Any]) -> None:
    ran = explain("mailbox-foreign-ordre")

    assert (ran.code, ran.out) == (2, "")
    assert f"did you mean '{failed['rule']}'?" in ran.err


def test_where_the_reply_is_when_the_bundle_is_elsewhere(
    auditor: Call, audited: Path, failed: dict[str, Any], tmp_path: Path
) -> None:
    shutil.copy(audited / "assessment.json", tmp_path)
    id_ = failed["evidence"][0]

    assert "add --bundle PATH" in auditor("explain", id_, "--in", tmp_path).out
    with_it = auditor("explain", id_, "--in", tmp_path, "--bundle", audited / "bundle")
    assert "in mx 10 city.mx.overcloud.example." in with_it.out.lower()


def test_a_reply_of_another_bundle_is_not_shown(
    auditor: Call, audited: Path, failed: dict[str, Any], tmp_path: Path
) -> None:
    shutil.copytree(audited, tmp_path / "out")
    manifest = tmp_path / "out" / "bundle" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")

    ran = auditor("explain", failed["evidence"][0], "--in", tmp_path / "out")

    assert (ran.code, "is not the bundle" in ran.err) == (2, True)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'"x"', b'{"format": 99}', b'{"format": 1}', b"\xff", b"[" * 9999]
)
def test_a_file_that_is_no_assessment(content: bytes, auditor: Call, tmp_path: Path) -> None:
    (tmp_path / "assessment.json").write_bytes(content)

    ran = auditor("explain", "f01", "--in", tmp_path)

    assert (ran.code, "Traceback" in ran.err) == (2, False)
    assert "assessment.json" in ran.err


def test_a_directory_without_one(auditor: Call, tmp_path: Path) -> None:
    ran = auditor("explain", "f01", "--in", tmp_path)

    assert (ran.code, "cannot read" in ran.err) == (2, True)


def test_nothing_of_the_wire_acts_on_the_terminal(
    auditor: Call, audit: Call, city: DnsServer, tmp_path: Path
) -> None:
    city.records.append('city.example. 300 IN TXT "red \\027[31m \\155\\015\\010 \\226\\128\\174"')
    audit(tmp_path)

    shown = [
        auditor("explain", look["id"], "--in", tmp_path).out
        for look in assessment(tmp_path)["lookups"]
        if look["question"].startswith("city.example ")
    ]
    assert "\\027[31m" in "".join(shown)
    for out in shown:
        assert not {"\x1b", "\x9b", "\r", "\b", "\u202e"} & set(out)


def test_a_contradiction(auditor: Call, audit: Call, tmp_path: Path) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_text("domains: city.example\nservices: [{role: mail.mailbox, offering: homemail}]\n")
    audit(tmp_path / "out", whom=file)

    ran = auditor("explain", "c01", "--in", tmp_path / "out", "--lang", "en")

    assert ran.code == 0, ran.err
    assert ran.out.startswith("c01  service-not-declared  Overcloud Mail, city.example, Mailboxes")
    assert "(contradiction, dossier, line 2)" in ran.out
    told = " ".join(ran.out.split())
    assert "For “Mailboxes” of city.example, the dossier names only this: Homemail." in told
    assert "Observation: In this role, Overcloud Mail is seen." in told
    assert "declared services" in ran.out
    assert "dns city.example MX" in ran.out
