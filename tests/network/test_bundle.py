from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.errors import BundleError, OutputError
from auditor.model.exchange import Exchange, Failure, Question, Reason, Reply
from auditor.model.subject import Domain, Host
from auditor.model.target import Declared, Target
from auditor.network import manifest
from auditor.network.bundle import (
    DOSSIER,
    EXCHANGES,
    MANIFEST,
    add_timestamp,
    read,
    read_archive,
    write,
)
from auditor.network.exchange_lines import write_lines
from auditor.network.manifest import Circumstances

BEGAN = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)
ENDED = datetime(2026, 11, 23, 10, 0, 1, 1, tzinfo=UTC)
CIRCUMSTANCES = Circumstances(
    target=Target(
        name="Ville d’Exemple",
        domains=(Domain("city.example"), Domain("ville.example")),
        hosts=(Host("shop.city.example"),),
        home="FR",
        home_declared=True,
        declared=(Declared("mail.mailbox", "example-mail", 4),),
    ),
    began=BEGAN,
    ended=ENDED,
    tool="0.1.0",
    resolvers=("192.0.2.53:53",),
    asn_source="cymru",
    vantage="Paris",
)
EXCHANGED = (
    Exchange(Question("dns", "city.example MX"), Reply(b"\0\xff"), BEGAN, 0.01, "udp r"),
    Exchange(Question("dns", "x MX"), Failure(Reason.SERVFAIL, "é", b"\1"), ENDED, 0.5, "udp r"),
)
WRITTEN = b"name: City\nservices: []\n"


def _names(directory: Path) -> list[str]:
    return sorted(file.name for file in directory.iterdir())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "bundle"
    write(path, CIRCUMSTANCES, EXCHANGED, WRITTEN)
    return path


def test_a_bundle_is_read_back_as_it_was_written(path: Path) -> None:
    bundle = read(path)
    assert bundle.circumstances == CIRCUMSTANCES
    assert write_lines(bundle.exchanges) == write_lines(EXCHANGED)
    assert bundle.dossier == WRITTEN


def test_the_same_in_one_file(tmp_path: Path, path: Path) -> None:
    packed = tmp_path / "bundle.zip"
    write(packed, CIRCUMSTANCES, EXCHANGED, WRITTEN)
    assert read(packed).digest == read(path).digest
    assert packed.read_bytes() == read(path).archive()
    assert read_archive(read(path).archive(), "report.pdf").digest == read(path).digest


def test_without_dossier_there_is_none(tmp_path: Path) -> None:
    write(tmp_path / "b", CIRCUMSTANCES, EXCHANGED)
    assert read(tmp_path / "b").dossier is None
    assert _names(tmp_path / "b") == [EXCHANGES, MANIFEST]


def test_the_same_audit_makes_the_same_bytes(tmp_path: Path, path: Path) -> None:
    write(tmp_path / "again", CIRCUMSTANCES, EXCHANGED, WRITTEN)
    for name in (EXCHANGES, DOSSIER, MANIFEST):
        assert (tmp_path / "again" / name).read_bytes() == (path / name).read_bytes()


def test_the_manifest_is_an_in_toto_statement(path: Path) -> None:
    statement = json.loads((path / MANIFEST).read_bytes())
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["format"] == 1
    assert [subject["name"] for subject in statement["subject"]] == [DOSSIER, EXCHANGES]
    assert {len(subject["digest"]["sha256"]) for subject in statement["subject"]} == {64}


def test_the_manifest_says_what_was_dropped(path: Path) -> None:
    statement = json.loads((path / MANIFEST).read_bytes())
    assert "dropped" in statement["predicate"]["personal_data"]


@pytest.mark.parametrize("name", [EXCHANGES, DOSSIER])
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda content: content[:-1], id="cut short"),
        pytest.param(lambda content: content + b" ", id="lengthened"),
        pytest.param(lambda content: bytes([content[0] ^ 1]) + content[1:], id="one bit"),
        pytest.param(lambda content: b"", id="emptied"),
    ],
)
def test_an_altered_bundle_is_refused(
    path: Path, name: str, change: Callable[[bytes], bytes]
) -> None:
    file = path / name
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(BundleError, match=f"{name} is not the file that its manifest describes"):
        read(path)


@pytest.mark.parametrize("name", [EXCHANGES, DOSSIER])
def test_half_a_bundle_is_refused(path: Path, name: str) -> None:
    (path / name).unlink()
    with pytest.raises(BundleError, match=f"{name} is missing"):
        read(path)


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_a_time_stamp_lies_beside_what_is_sealed(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, CIRCUMSTANCES, EXCHANGED, WRITTEN)
    before = read(tmp_path / name)

    add_timestamp(tmp_path / name, before, b"stamp")

    after = read(tmp_path / name)
    assert after.timestamp == b"stamp"
    assert (after.digest, after.files, after.archive()) == (
        before.digest,
        before.files,
        before.archive(),
    )
    assert _names(tmp_path) == [name]


def test_a_file_that_was_added_is_refused(path: Path) -> None:
    (path / "more.jsonl").write_text("")
    with pytest.raises(BundleError, match="was added"):
        read(path)


def test_a_dossier_that_was_added_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "b", CIRCUMSTANCES, EXCHANGED)
    (tmp_path / "b" / DOSSIER).write_bytes(WRITTEN)
    with pytest.raises(BundleError, match="was added"):
        read(tmp_path / "b")


def test_a_directory_without_manifest_is_no_bundle(path: Path) -> None:
    (path / MANIFEST).unlink()
    with pytest.raises(BundleError, match="not a bundle"):
        read(path)


def test_a_missing_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="cannot be read"):
        read(tmp_path / "none")


def _rewrite(path: Path, **changes: object) -> None:
    statement = json.loads((path / MANIFEST).read_bytes())
    (path / MANIFEST).write_text(json.dumps({**statement, **changes}))


def test_a_newer_format_is_refused(path: Path) -> None:
    _rewrite(path, format=2)
    with pytest.raises(BundleError, match="use a newer auditor"):
        read(path)


@pytest.mark.parametrize("number", [0, -1])
def test_a_format_that_never_was_is_refused(path: Path, number: int) -> None:
    _rewrite(path, format=number)
    with pytest.raises(BundleError, match="no auditor ever wrote"):
        read(path)


@pytest.mark.parametrize("number", ["1", 1.0, None, True])
def test_a_format_that_is_no_integer_is_refused(path: Path, number: object) -> None:
    _rewrite(path, format=number)
    with pytest.raises(BundleError, match="no format"):
        read(path)


def test_an_old_format_is_brought_up_step_by_step(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rename(statement: dict[str, object]) -> dict[str, object]:
        return {**statement, "subject": statement["files"]}

    statement = json.loads((path / MANIFEST).read_bytes())
    statement["files"] = statement.pop("subject")
    _rewrite(path, **{**statement, "format": 0})
    monkeypatch.setattr(manifest, "upgrade", {0: rename})
    assert read(path).circumstances == CIRCUMSTANCES


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"_type": "other", "format": 1}'],
)
def test_what_is_no_manifest_is_refused(path: Path, content: bytes) -> None:
    (path / MANIFEST).write_bytes(content)
    with pytest.raises(BundleError, match="manifest"):
        read(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": []},
        {"subject": None},
        {"subject": [{"name": "../../etc/passwd", "digest": {"sha256": "0"}}]},
        {"subject": [{"name": "exchanges.jsonl"}]},
        {"predicate": {}},
        {"predicate": None},
    ],
)
def test_a_manifest_that_lacks_something_is_refused(path: Path, changes: dict[str, object]) -> None:
    _rewrite(path, **changes)
    with pytest.raises(BundleError, match="manifest"):
        read(path)


def _archive(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["../exchanges.jsonl", "/etc/passwd", "a\\b", "sub/manifest.json"])
def test_an_archive_that_points_elsewhere_is_refused(path: Path, name: str) -> None:
    whole = [(file.name, file.read_bytes()) for file in path.iterdir()]
    with pytest.raises(BundleError, match="no place in a bundle"):
        read_archive(_archive(*whole, (name, b"")), "b.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_a_file_twice_is_refused(path: Path) -> None:
    """Two readers might take two different ones."""
    whole = [(file.name, file.read_bytes()) for file in path.iterdir()]
    with pytest.raises(BundleError, match="no place in a bundle"):
        read_archive(_archive(*whole, whole[0]), "b.zip")


def test_an_archive_cut_short_is_refused(path: Path) -> None:
    archive = read(path).archive()
    with pytest.raises(BundleError, match="not a whole zip archive"):
        read_archive(archive[: len(archive) // 2], "b.zip")


def test_an_archive_with_altered_bytes_is_refused(path: Path) -> None:
    archive = bytearray(read(path).archive())
    archive[60] ^= 0xFF
    with pytest.raises(BundleError):
        read_archive(bytes(archive), "b.zip")


def test_a_bundle_that_was_there_is_replaced(path: Path) -> None:
    write(path, CIRCUMSTANCES, EXCHANGED[:1])
    bundle = read(path)
    assert len(bundle.exchanges) == 1
    assert bundle.dossier is None
    assert _names(path.parent) == ["bundle"]


def test_other_people_s_files_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(OutputError, match="other things"):
        write(tmp_path, CIRCUMSTANCES, EXCHANGED)
    assert _names(tmp_path) == ["thesis.tex"]


def test_nothing_is_left_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path / "file" / "bundle", CIRCUMSTANCES, EXCHANGED)
    assert _names(tmp_path) == ["file"]


def test_an_interruption_leaves_nothing_under_the_name(tmp_path: Path) -> None:
    def interrupted() -> object:
        yield EXCHANGED[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "bundle", CIRCUMSTANCES, interrupted())  # type: ignore[arg-type]
    assert _names(tmp_path) == []
