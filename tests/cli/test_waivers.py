"""Waivers from the file to the report, its exit code, and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Ran, assessment

Call = Callable[..., Ran]

SUBJECT = "city.example mail.mailbox"
WAIVERS = f"""\
# Reviewed each quarter.
waivers:
  - id: W-1
    rule: mailbox-foreign-order
    subject: {SUBJECT}
    decision: accepted
    justification: The contract ends next summer.
    approved_by: The mayor
    approved_on: "2025-12-01"
    expires_on: "2026-06-30"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "waivers.yaml"
    path.write_text(WAIVERS, encoding="utf-8")
    return path


@pytest.fixture
def report(auditor: Call, audited: Path, rules: Path, tmp_path: Path) -> Call:
    """Reports the city again, to `again`."""

    def called(*options: str | Path, day: str = "2026-01-01") -> Ran:
        words = ("--rules", rules, "--format", "json", "--as-of", day, "--lang", "en")
        return auditor("report", audited / "bundle", "-o", tmp_path / "again", *words, *options)

    return called


def test_a_finding_is_borne_with_and_does_not_fail_the_check(
    report: Call, file: Path, tmp_path: Path
) -> None:
    assert report("--fail-on", "low").code == 1
    before = assessment(tmp_path / "again")

    ran = report("--fail-on", "low", "--waivers", file)

    assert ran.code == 0, ran.err
    after = assessment(tmp_path / "again")
    (finding,) = after["findings"]
    assert (finding["verdict"], finding["judged"], finding["waiver"]) == ("waived", "fail", "W-1")
    (waiver,) = after["waivers"]
    assert (waiver["state"], waiver["findings"]) == ("in-force", [finding["id"]])
    assert after["score"] == before["score"], "an exposure that is accepted is no smaller"
    assert (before["digests"]["waivers"], len(after["digests"]["waivers"])) == (None, 64)
    assert "Findings under a waiver in force: 1;" in " ".join(ran.err.split())
    assert (tmp_path / "again" / "waivers.applied.yaml").read_bytes() == file.read_bytes()


def test_one_that_ends_soon_is_announced(report: Call, file: Path) -> None:
    ran = report("--fail-on", "low", "--waivers", file, day="2026-06-10")

    assert (ran.code, "auditor: waiver W-1 ends on 2026-06-30" in ran.err) == (0, True)


def test_an_expired_one_brings_the_finding_back_whatever_its_severity(
    report: Call, file: Path, tmp_path: Path
) -> None:
    file.write_text(WAIVERS.replace("2026-06-30", "2025-12-31"), encoding="utf-8")

    assert report("--fail-on", "critical").code == 0
    ran = report("--fail-on", "critical", "--waivers", file)

    assert ran.code == 1
    assert "waiver W-1 expired on 2025-12-31; open again: f01" in ran.err
    (finding,) = assessment(tmp_path / "again")["findings"]
    assert (finding["verdict"], finding["waiver"]) == ("fail", "W-1")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("mailbox-foreign-order", "mailbox-order", ":4:11: unknown rule 'mailbox-order'"),
        ("The contract ends next summer.", '"-"', ":7:20: 'justification' says nothing"),
        (SUBJECT, "city.example mail.box", "judges no 'city.example mail.box'"),
        ('"2025-12-01"', '"2099-01-01"', "expires before it is approved"),
    ],
)
def test_a_file_that_is_wrong(
    old: str, new: str, told: str, report: Call, file: Path, tmp_path: Path
) -> None:
    file.write_text(WAIVERS.replace(old, new), encoding="utf-8")

    ran = report("--waivers", file)

    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert str(file) in ran.err
    assert not (tmp_path / "again" / "assessment.json").exists()


def test_nobody_approves_on_a_day_to_come(report: Call, file: Path) -> None:
    text = WAIVERS.replace("2025-12-01", "2099-01-01").replace("2026-06-30", "2099-12-31")
    file.write_text(text, encoding="utf-8")

    ran = report("--waivers", file)

    assert (ran.code, "a day that has not come, 2099-01-01" in ran.err) == (2, True)


def test_an_audit_takes_them_as_well(audit: Call, file: Path, tmp_path: Path) -> None:
    ran = audit(tmp_path / "out", "--fail-on", "low", "--waivers", file)

    assert ran.code == 0, ran.err
    assert assessment(tmp_path / "out")["findings"][0]["verdict"] == "waived"


@pytest.mark.parametrize("format_", ["json", "pdf"])
def test_what_was_made_with_waivers_can_be_verified(
    format_: str, auditor: Call, audit: Call, rules: Path, file: Path, tmp_path: Path
) -> None:
    audit(tmp_path / "out", "--waivers", file, "--format", format_)
    path = tmp_path / "out" / ("report.fr.pdf" if format_ == "pdf" else "bundle")

    ran = auditor("verify", path, "--rules", rules)

    assert (ran.code, ran.err) == (0, ""), ran.out
    assert "the assessment follows from it, byte for byte" in ran.out
    assert ("so do the pages, byte for byte" in ran.out) == (format_ == "pdf")


def test_other_waivers_than_it_was_made_with(
    auditor: Call, audit: Call, rules: Path, file: Path, tmp_path: Path
) -> None:
    audit(tmp_path / "out", "--waivers", file)
    copy = tmp_path / "out" / "waivers.applied.yaml"
    copy.write_text(WAIVERS.replace("2026-06-30", "2030-06-30"), encoding="utf-8")

    ran = auditor("verify", tmp_path / "out", "--rules", rules)
    assert (ran.code, "holds other waivers than" in ran.err) == (2, True)

    copy.unlink()
    ran = auditor("verify", tmp_path / "out", "--rules", rules)
    assert (ran.code, "does not go with it" in ran.err) == (2, True)


def test_lint(auditor: Call, audited: Path, rules: Path, file: Path) -> None:
    words = ("waivers", "lint", file, "--rules", rules)

    ran = auditor(*words, "--as-of", "2026-01-01", "--in", audited)
    assert (ran.code, "1 waivers: no mistake found" in ran.err) == (0, True)
    assert f"{file}:3:5: 'W-1' expired on 2026-06-30" in auditor(*words).err

    file.write_text(WAIVERS.replace(SUBJECT, "city.example mail.mailboxes"), encoding="utf-8")
    assert auditor(*words).code == 0
    ran = auditor(*words, "--in", audited)
    assert (ran.code, f"did you mean '{SUBJECT}'?" in ran.err) == (2, True)


def test_list(auditor: Call, rules: Path, file: Path) -> None:
    words = ("waivers", "list", file, "--rules", rules, "--lang", "en")

    assert "in-force " in auditor(*words, "--as-of", "2026-01-01").out
    ran = auditor(*words)
    assert "expired " in ran.out
    assert f"2026-06-30  mailbox-foreign-order  {SUBJECT}  (The mayor)" in ran.out


ADD = ("--decision", "mitigated", "--justification", "Chiffré : clés chez nous - n° 3",
       "--approved-by", "DSI", "--expires-on", "2099-01-01")  # fmt: skip


def test_add_leaves_the_rest_as_it_was(
    auditor: Call, audited: Path, rules: Path, file: Path
) -> None:
    words = ("waivers", "add", file, "--rules", rules, *ADD)

    ran = auditor(*words, "--rule", "mailbox-foreign-order", "--subject", "*", "--evidence", "PV 4")

    assert (ran.code, "'w02' added" in ran.err) == (0, True), ran.err
    text = file.read_text("utf-8")
    assert text.startswith(WAIVERS)
    assert "justification: 'Chiffré : clés chez nous - n° 3'" in text
    assert auditor("waivers", "lint", file, "--rules", rules, "--in", audited).code == 0


def test_add_makes_the_file_and_finds_the_finding(
    auditor: Call, audited: Path, rules: Path, tmp_path: Path
) -> None:
    file = tmp_path / "new.yaml"

    ran = auditor(
        "waivers", "add", file, "--rules", rules, *ADD, "--finding", "f01", "--in", audited
    )

    assert (ran.code, file.exists()) == (0, True), ran.err
    assert f"subject: {SUBJECT}" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--rule", "none", "--subject", "*"), "unknown rule 'none'"),
        (("--rule", "mailbox-foreign-order"), "give --rule and --subject"),
        (("--rule", "mailbox-foreign-order", "--subject", "city.*"), "'*' alone stands for"),
        (("--rule", "mailbox-foreign-order", "--subject", SUBJECT), "waives what 'W-1' waives"),
        (("--rule", "mailbox-foreign-order", "--subject", "*", "--id", "W-1"), "stands here twice"),
        (("--finding", "f01"), "is found --in DIR"),
        (
            ("--rule", "mailbox-foreign-order", "--subject", "*", "--justification", " "),
            "'justification' says nothing",
        ),
        (
            ("--rule", "mailbox-foreign-order", "--subject", "*", "--expires-on", "2020-01-01"),
            "expires before it is approved",
        ),
    ],
)
def test_add_writes_nothing_that_lint_would_refuse(
    options: tuple[str, ...], told: str, auditor: Call, rules: Path, file: Path
) -> None:
    ran = auditor("waivers", "add", file, "--rules", rules, *ADD, *options)

    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert file.read_text("utf-8") == WAIVERS


@pytest.mark.parametrize("text", ["waivers: []\n", f"{WAIVERS}\n# end\nnote: x\n"])
def test_a_file_to_which_nothing_can_be_added(
    text: str, auditor: Call, rules: Path, file: Path
) -> None:
    file.write_text(text, encoding="utf-8")
    options = ("--rule", "mailbox-foreign-order", "--subject", "*")

    ran = auditor("waivers", "add", file, "--rules", rules, *ADD, *options)

    assert (ran.code, file.read_text("utf-8")) == (2, text)


def test_a_finding_under_a_waiver_is_explained(
    auditor: Call, report: Call, file: Path, tmp_path: Path
) -> None:
    report("--waivers", file)

    ran = auditor("explain", "f01", "--in", tmp_path / "again", "--lang", "en")

    assert "W-1, in force, 2026-06-30 (risk accepted; not met)" in ran.out
    assert "The contract ends next summer. (The mayor, 2025-12-01)" in ran.out
