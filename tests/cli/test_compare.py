"""`auditor compare`: from a tender and its bids to files that can be put into the procedure."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from tests import tenders
from tests.cli.running import Ran, names

Call = Callable[..., Ran]

TENDER = """\
knock_outs:
  - {id: k1, title: Orders, rule: mailbox-foreign-order}
  - {id: k2, title: Seal, qualification: Seal, held_on: "2027-01-01"}
awards:
  - {id: a1, title: Score, weight: "60", framework: some-framework, weights: skew}
  - {id: a2, title: Price, weight: "40", price: lowest}
bids:
  - {id: alpha, bidder: Alpha, dossier: alpha.yaml, price: "100"}
  - id: beta
    bidder: "=Beta & <b>Co</b>"
    bundle: beta
    price: "120"
    replies:
      - {criterion: k2, received: "2026-02-20", text: See attached., documents: [{path: seal.pdf}]}
  - {id: gamma, bidder: Gamma, dossier: gamma.yaml, price: "150"}
"""


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tenders.world(tmp_path_factory.mktemp("sealed"))


@pytest.fixture
def tender(tmp_path: Path, audited: Path) -> Path:
    """Two bids by dossier, and one recorded, whose look-ups show Overcloud."""
    tenders.dossier(tmp_path, "alpha", tenders.HOMEMAIL)
    tenders.dossier(tmp_path, "gamma", "Gamma mail")
    shutil.copytree(audited / "bundle", tmp_path / "beta")
    (tmp_path / "seal.pdf").write_bytes(b"a seal")
    return tenders.written(tmp_path, TENDER)


def test_what_it_leaves(auditor: Call, tender: Path, sealed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = auditor("compare", tender, "-o", out, "--rules", sealed, "--lang", "en,fr", "-q")

    assert (ran.code, ran.err) == (0, "")
    assert "Alpha: all knock-out criteria are met" in ran.out
    assert "Gamma: admissibility not established" in ran.out
    assert "\x1b" not in ran.out
    assert names(out) == [
        "comparison.en.pdf", "comparison.en.xlsx", "comparison.fr.pdf", "comparison.fr.xlsx",
        "comparison.json", "questions", "questions/alpha.en.md", "questions/alpha.fr.md",
        "questions/beta.en.md", "questions/beta.fr.md", "questions/gamma.en.md",
        "questions/gamma.fr.md",
    ]  # fmt: skip
    told = json.loads((out / "comparison.json").read_bytes())
    alpha, beta, gamma = told["bids"]
    assert [bid["admission"] for bid in told["bids"]] == ["met", "failed", "open"]
    assert beta["basis"]["kind"] == "bundle"
    assert beta["awards"] is None
    assert beta["replies"][0]["documents"][0]["sha256"] == hashlib.sha256(b"a seal").hexdigest()
    assert alpha["rank"]["proved"] == {"best": 1, "worst": 1}
    assert {asked["purpose"] for asked in gamma["clarifications"]} == {"settle"}


def test_the_same_files_give_the_same_bytes(
    auditor: Call, tender: Path, sealed: Path, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        assert auditor("compare", tender, "-o", tmp_path / name, "--rules", sealed).code == 0
    for name in names(tmp_path / "one"):
        if (tmp_path / "one" / name).is_file():
            assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_pdf_carries_what_it_was_made_from(
    auditor: Call, tender: Path, sealed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    auditor("compare", tender, "-o", out, "--rules", sealed, "--format", "pdf")

    assert names(out) == ["comparison.fr.pdf", "comparison.json"]
    with pikepdf.open(out / "comparison.fr.pdf") as pdf:
        carried = {k: v.get_file().read_bytes() for k, v in pdf.attachments.items()}
    assert carried == {
        "tender.yaml": tender.read_bytes(),
        "comparison.json": (out / "comparison.json").read_bytes(),
    }


def test_the_workbook_holds_numbers_and_no_formula(
    auditor: Call, tender: Path, sealed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    auditor("compare", tender, "-o", out, "--rules", sealed, "--format", "xlsx", "--lang", "en")

    book = openpyxl.load_workbook(BytesIO((out / "comparison.en.xlsx").read_bytes()))
    assert book.sheetnames == [
        "Summary", "Knock-out criteria", "Award criteria", "Questions", "Replies",
    ]  # fmt: skip
    rows = list(book["Summary"].iter_rows(min_row=2))
    assert [row[0].value for row in rows] == ["Alpha", "=Beta & <b>Co</b>", "Gamma"]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert [cell.value for cell in rows[0][6:8]] == [94, 100]
    assert rows[1][6].value is None
    assert [cell.value for cell in rows[1][-2:]] == [120, "EUR"]


def test_a_letter_tells_of_no_other_bid_and_asks_in_the_same_words(
    auditor: Call, tender: Path, sealed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    auditor("compare", tender, "-o", out, "--rules", sealed, "--lang", "en")

    beta, gamma = ((out / f"questions/{name}.en.md").read_text() for name in ("beta", "gamma"))
    assert "Gamma" not in beta
    assert "Alpha" not in beta + gamma
    assert r"=Beta \& \<b\>Co\</b\>" in beta
    assert "Reply received on 20\u00a0February 2026 (declaration): See attached." in beta
    for letter in (beta, gamma):
        assert "a qualification Seal, or equivalent." in letter
        assert "Any equivalent means of proof is admissible." in letter
        assert "\n> Question\n" in letter


def test_no_letter_speaks_of_where_a_bidder_comes_from(auditor: Call, tmp_path: Path) -> None:
    """With the real criteria: what is asked for is a function, or an equivalent of it."""
    auditor("init", tmp_path / "tender.yaml", "--tender", "--lang", "fr")
    for name, offering in (("alpha", "microsoft-365"), ("beta", "infomaniak")):
        tenders.dossier(tmp_path, name, offering)
    text = (
        (tmp_path / "tender.yaml")
        .read_text("utf-8")
        .replace("bundle: beta/bundle", "dossier: beta.yaml")
    )
    (tmp_path / "tender.yaml").write_text(text, "utf-8")

    ran = auditor("compare", tmp_path / "tender.yaml", "-o", tmp_path / "out", "--lang", "fr,en")

    assert ran.code == 0, ran.err
    letters = [file.read_text("utf-8") for file in (tmp_path / "out/questions").iterdir()]
    assert len(letters) == 4
    for letter in letters:
        # What a framework or a law is called may hold the word; nobody is asked to be anything.
        assert not re.search(
            r"(soumissionnaire|prestataire|entreprise|société|bidder|supplier|company) "
            r"(français|européen|étranger|french|european|foreign)",
            letter, re.IGNORECASE,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("rule: mailbox", "rule: mailbx", "did you mean 'mailbox-foreign-order'?"),
        ("alpha.yaml", "omega.yaml", "omega.yaml cannot be read: No such file"),
        ("alpha.yaml", "alpha.txt", "the name of a dossier ends in .yaml"),
        ("bundle: beta", "bundle: delta", "delta"),
        ("criterion: k2", "criterion: c09", "beta replies to 'c09'"),
        ("seal.pdf", "sea.pdf", "the document 'sea.pdf' cannot be read"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_is_written(
    old: str, new: str, told: str, auditor: Call, tender: Path, sealed: Path, tmp_path: Path
) -> None:
    tender.write_text(tender.read_text().replace(old, new))

    ran = auditor("compare", tender, "-o", tmp_path / "out", "--rules", sealed)

    assert ran.code == 2
    assert told in ran.err
    assert not (tmp_path / "out").exists()
