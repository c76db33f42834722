"""One walk through the program: from a question on a socket to a PDF, and back to the bytes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pikepdf
import pypdf
import pytest

from tests import knowledge
from tests.cli.running import CITY, THEN, Ran, process
from tests.servers import nsd

pytestmark = pytest.mark.slow

ZONE = """
city.example. 300 IN MX 10 city.mx.overcloud.example.
city.example. 300 IN TXT "v=spf1 include:spf.overcloud.example -all"
city.example. 300 IN A 127.0.0.80
www.city.example. 300 IN CNAME city.example.
autodiscover.city.example. 300 IN CNAME clients.overcloud.example.
clients.overcloud.example. 300 IN A 127.0.0.25
city.mx.overcloud.example. 300 IN A 127.0.0.25
spf.overcloud.example. 300 IN TXT "v=spf1 ip4:127.0.0.0/8 -all"
"""
DOSSIER = f"""\
name: Ville d’Exemple
domains: [{CITY}]
services:
  - role: collaboration
    offering: homemail
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return knowledge.write(tmp_path_factory.mktemp("rules"))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, rules: Path) -> tuple[Path, Ran]:
    """The directory that an audit over a real socket wrote, and how the audit ended."""
    place = tmp_path_factory.mktemp("walk")
    dossier = place / "dossier.yaml"
    dossier.write_text(DOSSIER, encoding="utf-8")
    with nsd(ZONE, place / "nsd") as server:
        ran = process(
            *("audit", dossier, "-o", place / "city", "--lang", "fr,en", "--rules", rules),
            *("--resolver", str(server), "--asn-source", "cymru", "--without", "rdap,http,tls"),
            *THEN,
        )
    return place / "city", ran


def test_the_audit(city: tuple[Path, Ran]) -> None:
    directory, ran = city

    assert (ran.code, ran.out) == (0, ""), ran.err
    assert "Ville d’Exemple" in ran.err
    assert sorted(path.name for path in directory.iterdir()) == [
        "assessment.json",
        "bundle",
        "report.en.html",
        "report.en.pdf",
        "report.fr.html",
        "report.fr.pdf",
    ]


def test_the_pdf_says_who_can_be_ordered_and_how_we_know(city: tuple[Path, Ran]) -> None:
    reader = pypdf.PdfReader(city[0] / "report.en.pdf")

    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    assert "Overcloud Mail can be ordered (Access, Overland)" in text
    assert "city.mx.overcloud.example" in text
    assert "Overcloud Inc." in text


def test_a_report_of_the_bundle_gives_the_same_bytes(
    city: tuple[Path, Ran], rules: Path, tmp_path: Path
) -> None:
    directory, _ = city

    ran = process(
        *("report", directory / "bundle", "-o", tmp_path / "again", "--lang", "fr,en"),
        *("--rules", rules, *THEN),
        env={"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"},
    )

    assert ran.code == 0, ran.err
    for file in directory.glob("*.*"):
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes(), file.name


@pytest.mark.parametrize("name", ["bundle", "report.fr.pdf"])
def test_what_was_recorded_is_verified(name: str, city: tuple[Path, Ran], rules: Path) -> None:
    ran = process("verify", city[0] / name, "--rules", rules)

    assert (ran.code, ran.err) == (0, "")
    assert "the assessment follows from it, byte for byte" in ran.out


def test_a_pdf_alone_is_enough(city: tuple[Path, Ran], rules: Path, tmp_path: Path) -> None:
    shutil.copy(city[0] / "report.en.pdf", tmp_path / "received.pdf")

    ran = process("verify", tmp_path / "received.pdf", "--rules", rules)

    assert ran.code == 0, ran.out + ran.err
    assert "so do the pages, byte for byte" in ran.out


def test_a_pdf_with_other_pages_is_not_confirmed(
    city: tuple[Path, Ran], rules: Path, tmp_path: Path
) -> None:
    """What it carries is untouched, and what a reader sees is not."""
    writer = pypdf.PdfWriter(clone_from=city[0] / "report.en.pdf")
    writer.remove_page(1)
    writer.write(tmp_path / "forged.pdf")

    ran = process("verify", tmp_path / "forged.pdf", "--rules", rules)

    assert ran.code == 3
    assert "the pages are not those that are laid out here" in ran.out


def test_a_pdf_of_another_version_is_not_confirmed(
    city: tuple[Path, Ran], rules: Path, tmp_path: Path
) -> None:
    """Its pages cannot be made again here, so that nobody knows what they say."""
    with pikepdf.open(city[0] / "report.en.pdf") as pdf:
        carried = json.loads(pdf.attachments["assessment.json"].get_file().read_bytes())
        carried["digests"]["tool"] = "auditor 0.0.1"
        written = json.dumps(carried, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        pdf.attachments["assessment.json"] = pikepdf.AttachedFileSpec(pdf, written.encode())
        pdf.save(tmp_path / "older.pdf")

    ran = process("verify", tmp_path / "older.pdf", "--rules", rules)

    assert ran.code == 3, ran.out + ran.err
    assert "every verdict is the same; the wording and the pages were not compared" in ran.out


def test_an_altered_bundle_is_refused(city: tuple[Path, Ran], rules: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(city[0] / "bundle", tmp_path / "bundle")
    exchanges = copy / "exchanges.jsonl"
    content = exchanges.read_bytes()
    exchanges.write_bytes(content.replace(b"A", b"B", 1))

    verified = process("verify", copy, "--rules", rules)
    reported = process("report", copy, "-o", tmp_path / "out", "--rules", rules)

    assert (verified.code, reported.code) == (2, 2)
    assert "altered" in verified.err
    assert not (tmp_path / "out").exists()


def test_a_finding_is_explained_down_to_the_bytes(city: tuple[Path, Ran]) -> None:
    directory, _ = city
    assessment = json.loads((directory / "assessment.json").read_bytes())
    failed = next(f for f in assessment["findings"] if f["verdict"] == "fail")

    told = process("explain", failed["id"], "--in", directory, "--lang", "en").out
    (known,) = re.findall(r"^ *([0-9a-f]{12})  dns city.example MX", told, re.MULTILINE)
    evidence = process("explain", known, "--in", directory, "--lang", "en").out

    assert "Overcloud Europe Ltd [operator, SL] → Overcloud Inc. [owner, OL]" in told
    assert "in mx 10 city.mx.overcloud.example." in evidence.lower()
    dumped = re.findall(r"^[0-9a-f]{4}  ((?:[0-9a-f]{2} ?)+)$", evidence, re.MULTILINE)
    assert b"\x09overcloud" in bytes.fromhex("".join(dumped)).lower()


def test_what_is_declared_is_told_as_declared(city: tuple[Path, Ran]) -> None:
    assessment = json.loads((city[0] / "assessment.json").read_bytes())

    found = {
        d["offering"]: (d["declared"], d["confidence"])
        for part in assessment["footprint"]
        if part["role"] == "collaboration"
        for d in part["dependencies"]
    }

    assert found == {"homemail": (True, "moderate")}
