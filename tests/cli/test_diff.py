"""`auditor diff`: each cause established by replay, and none claimed that is not."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dns.rcode
import pytest

from tests import knowledge
from tests.cli.running import ALONE, CITY, Ran, assessment, process, start
from tests.cli.test_check import HOME
from tests.cli.test_waivers import WAIVERS
from tests.servers import Behaviour, dns_server, rcode

Call = Callable[..., Ran]
Make = Callable[..., Path]

FINDING = ("mailbox-foreign-order", "city.example mail.mailbox")
LAPSED = (
    knowledge.FILES["laws/ol-access.yaml"]
    .replace('to: "2026-06-12"', 'to: "2026-01-31"')
    .replace('from: "2026-06-13", to: "2026-12-31"', 'from: "2026-02-01", to: "2026-02-02"')
    .replace('from: "2027-01-01"', 'from: "2026-02-03"')
)
DOSSIER = """\
name: City
domains: [city.example]
services:
  - {role: mail.mailbox, offering: OFFERING}
"""
SOLD = knowledge.FILES["providers/world.yaml"].replace(
    "capital: 100, control: true,", 'capital: 100, control: true, to: "2026-01-31",', 1
)
NO_MAIL = "\n".join(line for line in HOME.splitlines() if " MX " not in line)
MILD = knowledge.FILES["criteria/mail.yaml"].replace("severity: high", "severity: low")


@pytest.fixture
def report(auditor: Call, rules: Path, tmp_path: Path) -> Make:
    """Reports the bundle of another directory again, and keeps the bundle beside it."""

    def reported(of: Path, name: str, *options: str | Path, by: Path = rules) -> Path:
        out = tmp_path / name
        words = ("--format", "json", "-q", "--rules", by)
        day = () if "--as-of" in options else ("--as-of", "2026-01-01")
        assert auditor("report", of / "bundle", "-o", out, *words, *day, *options).code == 0
        shutil.copytree(of / "bundle", out / "bundle")
        return out

    return reported


@pytest.fixture
def look(auditor: Call, rules: Path, tmp_path: Path) -> Make:
    """Audits the city as a zone describes it."""

    def looked(
        name: str,
        zone: str,
        *options: str,
        whom: str | Path = CITY,
        behaviours: dict[str, Behaviour] | None = None,
    ) -> Path:
        with dns_server(zone, behaviours) as server:
            words = ("--resolver", str(server.resolver), *ALONE, "--rules", rules, "-q")
            day = ("--as-of", "2026-01-01", "--format", "json")
            ran = auditor("audit", whom, "-o", tmp_path / name, *words, *day, *options)
        assert ran.code == 0, ran.err
        return tmp_path / name

    return looked


@pytest.fixture
def diff(auditor: Call, rules: Path) -> Callable[..., dict[str, Any]]:
    """What differs, as programs read it."""

    def compared(before: Path, after: Path, *options: str | Path) -> dict[str, Any]:
        by = () if "--rules" in options else ("--rules", rules)
        ran = auditor("diff", before, after, "--format", "json", *by, *options)
        assert (ran.code, ran.err) == (0, "")
        found: dict[str, Any] = json.loads(ran.out)
        return found

    return compared


def _of(document: dict[str, Any], thing: str, *key: str) -> dict[str, Any]:
    """The difference of one thing."""
    names = {"finding": ("rule", "subject"), "service": ("role", "service")}[thing]
    (found,) = [
        each
        for each in document["differences"]
        if each["thing"] == thing and tuple(each[name] for name in names) == key
    ]
    return dict(found)


def _why(document: dict[str, Any]) -> tuple[list[str], bool]:
    """The causes of what became of the mailbox, and whether they are established."""
    found = _of(document, "finding", *FINDING)
    return found["causes"], found["established"]


Diff = Callable[..., dict[str, Any]]


def test_nothing_differs(auditor: Call, audited: Path, rules: Path) -> None:
    ran = auditor("diff", audited, audited, "--rules", rules, "--lang", "en")

    assert (ran.code, ran.err) == (0, "")
    assert "No difference." in ran.out


def test_the_target(diff: Diff, look: Make, audited: Path) -> None:
    """It moved its mail."""
    found = diff(audited, look("home", HOME))

    assert found["may_differ"] == ["target", "look-ups", "declared"]
    finding = _of(found, "finding", *FINDING)
    assert (finding["before"]["verdict"], finding["after"]["verdict"]) == ("fail", "pass")
    assert _why(found) == (["target"], True)
    assert _of(found, "service", "mail.mailbox", "homemail")["change"] == "new"
    assert _of(found, "service", "mail.mailbox", "overcloud-mail")["change"] == "gone"


def test_a_time_out_is_no_move(diff: Diff, look: Make, audited: Path) -> None:
    """The same mail, of which nobody told this time; and the way back."""
    silent = look("silent", "", behaviours={CITY: rcode(dns.rcode.SERVFAIL)})

    there, back = diff(audited, silent), diff(silent, audited)

    assert _why(there) == (["look-ups"], True)
    assert _why(back) == (["look-ups"], True)


def test_what_is_declared(diff: Diff, look: Make, tmp_path: Path) -> None:
    made = []
    for offering in ("overcloud-mail", "homemail"):
        dossier = tmp_path / f"{offering}.yaml"
        dossier.write_text(DOSSIER.replace("OFFERING", offering))
        made.append(look(offering, NO_MAIL, whom=dossier))

    assert _why(diff(*made)) == (["declared"], True)


def test_the_day(diff: Diff, report: Make, audited: Path) -> None:
    """The law lapsed."""
    found = diff(audited, report(audited, "later", "--as-of", "2027-06-01"))

    assert found["may_differ"] == ["day"]
    assert _why(found) == (["day"], True)


def test_the_waivers(diff: Diff, report: Make, audited: Path, tmp_path: Path) -> None:
    (tmp_path / "waivers.yaml").write_text(WAIVERS, encoding="utf-8")
    after = report(audited, "after", "--waivers", tmp_path / "waivers.yaml")

    assert _why(diff(audited, after)) == (["waivers"], True)


@pytest.mark.parametrize(
    ("cause", "changed"),
    [
        ("law", {"laws_ol_access": LAPSED}),
        ("knowledge", {"providers_world": SOLD}),
        ("rules", {"criteria_mail": MILD}),
    ],
)
def test_what_is_known(
    cause: str,
    changed: dict[str, str],
    diff: Diff,
    report: Make,
    audited: Path,
    rules: Path,
    tmp_path: Path,
) -> None:
    """With the rules of then at hand the part that differs is told; without, the three are."""
    others = knowledge.write(tmp_path / "others", **changed)
    before = report(audited, "before", "--as-of", "2026-03-01")
    after = report(audited, "after", "--as-of", "2026-03-01", by=others)

    told = diff(before, after, "--rules", others, "--rules-before", rules)
    untold = diff(before, after, "--rules", others)

    assert _why(told) == ([cause], True)
    assert _why(untold) == (["knowledge", "law", "rules"], False)


def test_the_tool(diff: Diff, audited: Path, tmp_path: Path) -> None:
    """An older one, by its digest, came to another verdict from the same evidence."""
    then = shutil.copytree(audited, tmp_path / "then")
    document = assessment(then)
    document["digests"]["tool"] = "auditor 0.0.1 0000"
    document["findings"][0]["verdict"] = "unknown"
    (then / "assessment.json").write_text(json.dumps(document))

    assert _why(diff(then, audited)) == (["tool"], True)
    assert _why(diff(audited, then)) == (["tool"], True)


def test_two_made_by_one_older_tool(diff: Diff, look: Make, audited: Path, tmp_path: Path) -> None:
    """Ours replays both, and says as they do: what it says between them explains them."""
    made = []
    for number, of in enumerate((audited, look("home", HOME))):
        then = shutil.copytree(of, tmp_path / f"then{number}")
        document = assessment(then)
        document["digests"]["tool"] = "auditor 0.0.1 0000"
        (then / "assessment.json").write_text(json.dumps(document))
        made.append(then)

    assert _why(diff(*made)) == (["target"], True)


def test_two_causes_of_which_either_would_do(
    diff: Diff, look: Make, report: Make, audited: Path
) -> None:
    """The mail moved, and the law lapsed: the order of telling must not choose between them."""
    after = report(look("home", HOME), "after", "--as-of", "2027-06-01")

    assert _why(diff(audited, after)) == (["target", "day"], True)


def test_without_the_evidence_the_digests_alone_speak(
    diff: Diff, look: Make, report: Make, audited: Path, tmp_path: Path
) -> None:
    home = look("home", HOME) / "assessment.json"
    later = report(audited, "later", "--as-of", "2027-06-01") / "assessment.json"
    alone = [
        Path(shutil.copyfile(file, tmp_path / f"{number}.json"))
        for number, file in enumerate((audited / "assessment.json", home, later))
    ]

    moved, lapsed = diff(alone[0], alone[1]), diff(alone[0], alone[2])

    assert moved["replayed"] == {"before": False, "after": False}
    assert _why(moved) == (["target", "look-ups", "declared"], False)
    assert _why(lapsed) == (["day"], True)


def test_the_evidence_of_one_side_narrows_the_rest(
    diff: Diff, look: Make, report: Make, audited: Path, tmp_path: Path
) -> None:
    """What the day alone did to the evidence of the one is known; the rest is not told apart."""
    after = report(look("home", HOME), "after", "--as-of", "2025-12-31")
    alone = Path(shutil.copyfile(after / "assessment.json", tmp_path / "alone.json"))

    there, back = diff(audited, alone), diff(alone, audited)

    assert there["may_differ"] == ["target", "look-ups", "declared", "day"]
    assert (there["replayed"], back["replayed"]) == (
        {"before": True, "after": False},
        {"before": False, "after": True},
    )
    assert _why(there) == (["target", "look-ups", "declared"], False)
    assert _why(back) == (["target", "look-ups", "declared"], False)


@pytest.mark.slow
def test_a_pdf_brings_its_evidence_along(
    auditor: Call, diff: Diff, look: Make, audited: Path, rules: Path, tmp_path: Path
) -> None:
    words = ("--format", "pdf", "--as-of", "2026-01-01", "--rules", rules, "-q")
    assert auditor("report", audited / "bundle", "-o", tmp_path / "pdf", *words).code == 0

    found = diff(tmp_path / "pdf" / "report.fr.pdf", look("home", HOME))

    assert found["replayed"] == {"before": True, "after": True}
    assert _why(found) == (["target"], True)


def test_an_assessment_that_does_not_follow_from_its_evidence(
    auditor: Call, audited: Path, rules: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(audited, tmp_path / "copy")
    document = assessment(copy)
    document["findings"][0]["verdict"] = "pass"
    (copy / "assessment.json").write_text(json.dumps(document))

    ran = auditor("diff", audited, copy, "--rules", rules)

    assert (ran.code, ran.out) == (2, "")
    assert "does not follow from the evidence beside it" in ran.err


def test_an_altered_assessment_without_evidence(diff: Diff, audited: Path, tmp_path: Path) -> None:
    """Equal inputs, other results: nothing can be its cause."""
    document = assessment(audited)
    document["findings"][0]["verdict"] = "pass"
    (tmp_path / "copy.json").write_text(json.dumps(document))
    plain = Path(shutil.copyfile(audited / "assessment.json", tmp_path / "plain.json"))

    assert _why(diff(plain, tmp_path / "copy.json")) == ([], False)


def test_a_bundle_that_is_not_its_own_is_left_aside(
    auditor: Call, look: Make, audited: Path, rules: Path
) -> None:
    home = look("home", HOME)
    shutil.rmtree(home / "bundle")
    shutil.copytree(audited / "bundle", home / "bundle")

    ran = auditor("diff", audited, home, "--rules", rules)

    assert ran.code == 0
    assert "the bundle beside it is not the one that it was made from; left aside" in ran.err


def test_another_organisation(auditor: Call, audited: Path, rules: Path, tmp_path: Path) -> None:
    document = assessment(audited)
    document["subject"].update(name="other.example", domains=["other.example"])
    (tmp_path / "other.json").write_text(json.dumps(document))

    ran = auditor("diff", audited, tmp_path / "other.json", "--rules", rules)

    assert (ran.code, ran.out) == (2, "")
    assert "is about city.example, and" in ran.err


@pytest.mark.parametrize("content", ["{}", "[]", "no JSON", '{"format": 1}', '{"format": 99}'])
def test_what_is_no_assessment(
    content: str, auditor: Call, audited: Path, rules: Path, tmp_path: Path
) -> None:
    (tmp_path / "none.json").write_text(content)

    ran = auditor("diff", tmp_path / "none.json", audited, "--rules", rules)

    assert (ran.code, ran.out, "Traceback" in ran.err) == (2, "", False)


def test_rules_that_it_was_not_made_with(
    auditor: Call, audited: Path, rules: Path, tmp_path: Path
) -> None:
    others = knowledge.write(tmp_path / "others", criteria_mail=MILD)

    ran = auditor("diff", audited, audited, "--rules", rules, "--rules-before", others)

    assert (ran.code, "was made with other rules than these" in ran.err) == (2, True)


@pytest.mark.parametrize(("level", "code"), [("high", 1), ("critical", 0), ("never", 0)])
def test_a_pipeline_can_fail_on_what_is_new(
    level: str, code: int, auditor: Call, look: Make, audited: Path, rules: Path
) -> None:
    home = look("home", HOME)

    new = auditor("diff", home, audited, "--rules", rules, "--fail-on-new", level)
    gone = auditor("diff", audited, home, "--rules", rules, "--fail-on-new", level)

    assert (new.code, gone.code) == (code, 0)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "fr",
            ("Cause établie\u00a0:", "~ [high] mailbox-foreign-order", "- Overcloud Mail\u00a0:"),
        ),
        ("en", ("Cause established:", "~ [high] mailbox-foreign-order", "- Overcloud Mail:")),
    ],
)
def test_it_is_told_to_people(
    language: str,
    told: tuple[str, ...],
    auditor: Call,
    look: Make,
    audited: Path,
    rules: Path,
) -> None:
    ran = auditor("diff", audited, look("home", HOME), "--rules", rules, "--lang", language)

    assert (ran.code, ran.err) == (0, "")
    for words in told:
        assert words in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


@pytest.mark.parametrize(
    ("ending", "starts"),
    [
        ("pdf", b"%PDF-"),
        ("html", b"<!DOCTYPE html>"),
        ("json", b"{"),
        ("txt", b"city.example: what changed"),
    ],
)
def test_it_is_written_as_its_file_ends(
    ending: str,
    starts: bytes,
    auditor: Call,
    look: Make,
    audited: Path,
    rules: Path,
    tmp_path: Path,
) -> None:
    """Whole or not at all, and stderr says where; the exit code is the same as without."""
    file = tmp_path / f"drift.{ending}"
    words = ("--rules", rules, "--lang", "en", "--fail-on-new", "high", "-o", file)
    ran = auditor("diff", look("home", HOME), audited, *words)

    assert (ran.code, ran.out, ran.err) == (1, "", f"  {file}\n")
    assert file.read_bytes().startswith(starts)
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [file.name]


def test_the_format_wins_over_the_ending(
    auditor: Call, look: Make, audited: Path, rules: Path, tmp_path: Path
) -> None:
    file = tmp_path / "drift.pdf"
    words = ("--rules", rules, "--format", "html", "-o", file)

    assert auditor("diff", audited, look("home", HOME), *words).code == 0
    assert file.read_bytes().startswith(b"<!DOCTYPE html>")


def test_the_document_says_what_the_program_says(
    auditor: Call, diff: Diff, look: Make, audited: Path, rules: Path
) -> None:
    home = look("home", HOME)
    ran = auditor("diff", audited, home, "--rules", rules, "--format", "html", "--lang", "en")
    found = diff(audited, home)

    (finding,) = [each for each in found["differences"] if each["thing"] == "finding"]
    assert (finding["outcome"], finding["origin"]) == ("met", "organisation")
    assert (ran.code, ran.err) == (0, "")
    assert "The result got better: 1 finding became met" in ran.out


def test_a_pdf_is_nothing_for_a_terminal(audited: Path, rules: Path) -> None:
    reader, terminal = os.openpty()
    try:
        words = ("--rules", rules, "--format", "pdf")
        ran = process("diff", audited, audited, *words, stdout=terminal)
    finally:
        os.close(terminal)
        os.close(reader)

    assert (ran.code, "a PDF is nothing for a terminal" in ran.err) == (2, True)


def test_an_ending_that_says_nothing(
    auditor: Call, audited: Path, rules: Path, tmp_path: Path
) -> None:
    ran = auditor("diff", audited, audited, "--rules", rules, "-o", tmp_path / "drift.docx")

    assert (ran.code, "which format?" in ran.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_document_that_cannot_be_written(
    auditor: Call, audited: Path, rules: Path, tmp_path: Path
) -> None:
    file = tmp_path / "nowhere" / "drift.html"
    ran = auditor("diff", audited, audited, "--rules", rules, "-o", file)

    assert (ran.code, ran.out, f"cannot write {file}" in ran.err) == (2, "", True)


@pytest.mark.parametrize("format_", ["html", "pdf"])
@pytest.mark.parametrize("part", ["observed", "score", "subject", "footprint"])
def test_an_assessment_that_is_not_whole_gives_no_document(
    part: str, format_: str, auditor: Call, audited: Path, rules: Path, tmp_path: Path
) -> None:
    document = assessment(audited)
    document[part] = {"domains": [CITY], "name": CITY} if part == "subject" else {}
    (tmp_path / "half.json").write_text(json.dumps(document))
    file = tmp_path / "drift"
    words = ("--rules", rules, "--format", format_, "-o", file)

    ran = auditor("diff", audited / "assessment.json", tmp_path / "half.json", *words)

    assert (ran.code, ran.out, "is not whole" in ran.err) == (2, "", True)
    assert not file.exists()


def test_a_reader_that_has_read_enough(audited: Path, rules: Path, look: Make) -> None:
    words = ("--rules", rules, "--fail-on-new", "high")
    running = start("diff", look("home", HOME), audited, *words)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()

    assert (running.wait(60), said) == (1, "")
