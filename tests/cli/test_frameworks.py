"""`auditor frameworks`: what is asked, what a dossier can answer, and what becomes of answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.running import Ran, assessment

Call = Callable[..., Ran]
DOSSIER = """\
name: City
domains: city.example
home: HL
organisation: {kind: state, data: [health]}
answers:
  some-framework:
    q1: yes
    q2: "3"
"""


def test_list_is_a_line_each(auditor: Call, rules: Path) -> None:
    done = auditor("frameworks", "list", "--rules", rules, "--lang", "en")
    assert done.code == 0
    assert done.out.split() == ["some-framework", "gate+score", "2", "Small", "framework"]


def test_show_tells_what_a_dossier_can_answer(auditor: Call, rules: Path) -> None:
    done = auditor("frameworks", "show", "some-framework", "--rules", rules, "--lang", "en")
    assert done.code == 0
    for told in (
        "Small framework",
        "skew  skew: A 90, B 10",
        "tender  L1, tender",
        "q1  At home?",
        "yes                L2, 10  yes",
        "< controlled-from within=EU: no → no",
        "layer.compute  compute  [followed, not-followed]",
    ):
        assert told in done.out


def test_another_word_is_refused_with_what_was_meant(auditor: Call, rules: Path) -> None:
    done = auditor("frameworks", "show", "some-framwork", "--rules", rules)
    assert done.code == 2
    assert "there is no framework 'some-framwork'; did you mean 'some-framework'?" in done.err


def test_what_a_dossier_answers_is_kept_and_comes_out_the_same_again(
    auditor: Call, audit: Call, rules: Path, tmp_path: Path
) -> None:
    """Declared q1 is excluded by who controls the mailbox; q2 counts as declared, with its line."""
    dossier = tmp_path / "dossier.yaml"
    dossier.write_text(DOSSIER, encoding="utf-8")
    done = audit(tmp_path / "out", "--as-of", "2026-03-01", whom=dossier)
    assert done.code == 0, done.err
    (found,) = assessment(tmp_path / "out")["frameworks"]
    assert found["bound"] == "bound"
    (service,) = [s for s in found["services"] if s["offering"] == "overcloud-mail"]
    q1, q2 = service["answers"]
    assert (q1["declared"], q1["contradicted"]) == (["no"], "yes")
    assert (q2["declared"], q2["grounds"][0]["line"]) == (["3"], 8)
    assert service["evidence"]

    again = auditor(
        "report", tmp_path / "out" / "bundle", "-o", tmp_path / "again", "--rules", rules,
        "--format", "json", "--as-of", "2026-03-01",
    )  # fmt: skip
    assert again.code == 0, again.err
    assert assessment(tmp_path / "again")["frameworks"] == [found]


def test_an_answer_that_is_none_stops_before_anything_is_asked(audit: Call, tmp_path: Path) -> None:
    dossier = tmp_path / "dossier.yaml"
    dossier.write_text(DOSSIER.replace("q1: yes", "q1: maybe"), encoding="utf-8")
    done = audit(tmp_path / "out", whom=dossier)
    assert done.code == 2
    assert f"{dossier}:7:9: unknown answer to some-framework q1 'maybe'; known: no, yes" in done.err
    assert not (tmp_path / "out").exists()
