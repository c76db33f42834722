"""Sealing a report and time-stamping a bundle, and what `verify` then says."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor.cli import run
from auditor.network import bundle
from tests.checkout import ROOT
from tests.cli.running import Ran, names, process
from tests.sealing import certified
from tests.sealing.certified import PASSWORD, Holder
from tests.sealing.sealed import seal, signed_otherwise
from tests.sealing.test_additions import other_pages
from tests.sealing.timestamping import (
    TimeStampAuthority,
    answering,
    openssl_authority,
    openssl_reply,
)
from tests.servers import LOOPBACK, free_port

Call = Callable[..., Ran]
ANCHOR = "Autorité d’essai, Ville d’Exemple"


@pytest.fixture(scope="module")
def root() -> Holder:
    return certified.authority()


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeStampAuthority]:
    with openssl_authority(tmp_path_factory.mktemp("tsa")) as running:
        yield running


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, audited: Path, rules: Path) -> Path:
    """A report of the city; not to be changed."""
    place = tmp_path_factory.mktemp("made")
    words = ("report", audited, "-o", place, "--rules", rules, "--format", "pdf", "-q")
    assert run([str(word) for word in words]) == 0
    return place / "report.fr.pdf"


@pytest.fixture
def place(tmp_path: Path, made: Path, audited: Path, root: Holder) -> Path:
    """A report, a bundle, a key, and the certificate to trust."""
    shutil.copy(made, tmp_path)
    shutil.copytree(audited / "bundle", tmp_path / "evidence")
    certified.written(tmp_path / "me.p12", certified.signer(root).pkcs12())
    certified.written(tmp_path / "root.pem", root.pem())
    return tmp_path


@pytest.fixture
def sealing(auditor: Call, place: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Seals the report with the key, whose password stands in the environment."""
    monkeypatch.setenv("AUDITOR_SEAL_PASSWORD", PASSWORD)

    def sealed(*options: str | Path) -> Ran:
        return auditor("seal", place / "report.fr.pdf", "--certificate", place / "me.p12", *options)

    return sealed


@pytest.fixture
def verify(auditor: Call, rules: Path) -> Call:
    return lambda *words: auditor("verify", *words, "--rules", rules)


def test_a_sealed_report(sealing: Call, verify: Call, place: Path) -> None:
    before = (place / "report.fr.pdf").read_bytes()

    ran = sealing()

    assert (ran.code, ran.out) == (0, "")
    assert "sealed by Jeanne Martin, Ville d’Exemple" in ran.err
    assert (place / "report.fr.pdf").read_bytes() == before
    told = verify(place / "report.fr.sealed.pdf")
    assert (told.code, told.err) == (0, "")
    assert f"sealed by Jeanne Martin, Ville d’Exemple (certificate issued by {ANCHOR}" in told.out
    assert "the seal holds" in told.out
    assert "this proves that nothing was altered since, not who sealed it" in told.out
    assert "is the signer’s word" in told.out
    assert "byte for byte, as they were before the seal" in told.out


def test_a_sealed_report_by_somebody_trusted(sealing: Call, verify: Call, place: Path) -> None:
    sealing("-o", place / "out.pdf")

    told = verify(place / "out.pdf", "--trust", place / "root.pem")

    assert told.code == 0
    assert f"trusted through {ANCHOR}; whether it was revoked was not asked" in told.out


def test_trust_refuses_another_signer_and_no_signer(
    sealing: Call, verify: Call, place: Path
) -> None:
    sealing()
    other = certified.written(place / "other.pem", certified.authority("Autre").pem())

    stranger = verify(place / "report.fr.sealed.pdf", "--trust", other)
    nobody = verify(place / "report.fr.pdf", "--trust", other)

    assert (stranger.code, nobody.code) == (2, 2)
    assert "not sealed by anybody whom --trust names: Jeanne Martin" in stranger.err
    assert "it carries no seal" in nobody.err


def test_without_a_seal(verify: Call, place: Path) -> None:
    told = verify(place / "report.fr.pdf")

    assert (told.code, "it carries no seal" in told.out) == (0, True)


def test_a_time_stamped_report(
    sealing: Call, verify: Call, place: Path, tsa: TimeStampAuthority
) -> None:
    ran = sealing("--timestamp-url", tsa.url)

    assert f"asking {tsa.host} for a time-stamp" in ran.err
    (place / "root.pem").write_bytes((place / "root.pem").read_bytes() + tsa.root.pem())
    told = verify(place / "report.fr.sealed.pdf", "--trust", place / "root.pem")
    assert told.code == 0
    assert "UTC by Horodateur d’essai, Ville d’Exemple" in told.out
    assert "trusted through Racine d’horodatage" in told.out
    assert "is the signer’s word" not in told.out


def test_a_sealed_report_that_was_altered(sealing: Call, verify: Call, place: Path) -> None:
    sealing()
    file = place / "report.fr.sealed.pdf"
    content = bytearray(file.read_bytes())
    content[content.index(b"/Extensions") - 40] ^= 1
    file.write_bytes(content)

    told = verify(file)

    assert (told.code, "the seal does not hold" in told.err) == (2, True)


def test_other_pages_under_a_seal(verify: Call, place: Path, root: Holder) -> None:
    """The seal holds, the evidence is whole, and the pages are not those that follow from it."""
    report = (place / "report.fr.pdf").read_bytes()
    file = certified.written(
        place / "forged.pdf", signed_otherwise(report, certified.signer(root), other_pages)
    )

    told = verify(file, "--trust", place / "root.pem")

    assert (told.code, "the seal holds" in told.out) == (2, True)
    assert "something else than a seal was added" in told.err


def test_what_was_added_without_a_seal(verify: Call, place: Path) -> None:
    file = place / "report.fr.pdf"
    file.write_bytes(file.read_bytes() + b"\n")

    assert verify(file).code == 2


@pytest.mark.parametrize(
    ("password", "said"), [("wrong", "the password is wrong"), ("", "the password is wrong")]
)
def test_a_wrong_password(
    password: str, said: str, sealing: Call, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDITOR_SEAL_PASSWORD", password)
    before = names(place)

    ran = sealing()

    assert (ran.code, said in ran.err, names(place)) == (2, True, before)


def test_a_password_in_a_file(auditor: Call, place: Path) -> None:
    file = certified.written(place / "secret", f"{PASSWORD}\r\nanother\n".encode())
    words = ("--certificate", place / "me.p12", "--password-file", file)

    assert auditor("seal", place / "report.fr.pdf", *words).code == 0


def test_a_password_through_a_pipe(place: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "auditor", "seal", "report.fr.pdf", "--certificate", "me.p12",
         "--password-file", "-"],
        cwd=place, env={**os.environ, "PYTHONPATH": str(ROOT)}, input=f"{PASSWORD}\n",
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, "sealed by Jeanne Martin" in done.stderr) == (0, True), done.stderr


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\n"])
def test_a_file_without_a_password(content: bytes, auditor: Call, place: Path) -> None:
    file = certified.written(place / "secret", content)
    words = ("--certificate", place / "me.p12", "--password-file", file)

    ran = auditor("seal", place / "report.fr.pdf", *words)

    assert (ran.code, "its first line is no password" in ran.err) == (2, True)


def test_nobody_to_ask_for_the_password(place: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "auditor", "seal", "report.fr.pdf", "--certificate", "me.p12"],
        cwd=place, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, "give --password-file FILE" in done.stderr) == (2, True)


def test_a_password_that_is_typed(place: Path) -> None:
    """It is not shown, and a terminal is where it is asked."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "auditor", "seal", "report.fr.pdf", "--certificate", "me.p12"],
        cwd=place, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=theirs, stdout=theirs,
        stderr=theirs, start_new_session=True,
    ) as started:  # fmt: skip
        os.close(theirs)
        shown = _read(ours, until=b"me.p12: ")
        os.write(ours, f"{PASSWORD}\n".encode())
        shown += _read(ours)
    os.close(ours)

    assert started.returncode == 0, shown
    assert PASSWORD.encode() not in shown


def _read(terminal: int, until: bytes = b"\0") -> bytes:
    """What a program shows, to its end or to some words."""
    shown = b""
    while until not in shown and select.select([terminal], [], [], 60)[0]:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    return shown


def test_a_certificate_that_has_expired(sealing: Call, place: Path, root: Holder) -> None:
    expired = certified.signer(root, days=(-20, -1))
    certified.written(place / "me.p12", expired.pkcs12())
    before = names(place)

    ran = sealing()

    assert (ran.code, "expired on " in ran.err, names(place)) == (2, True, before)


def test_a_time_stamp_authority_that_nobody_reaches(sealing: Call, place: Path) -> None:
    before = names(place)
    url = f"http://{LOOPBACK}:{free_port()}/"

    ran = sealing("--timestamp-url", url)

    assert (ran.code, names(place)) == (3, before)
    assert "gave no time-stamp (refused: " in ran.err
    assert "nothing was written" in ran.err


@pytest.mark.parametrize("answer", [(500, b""), (200, b"<html>"), (200, b"")])
def test_a_time_stamp_authority_that_talks_rubbish(
    answer: tuple[int, bytes], sealing: Call, place: Path
) -> None:
    before = names(place)
    with answering(lambda query: answer) as (url, _):
        ran = sealing("--timestamp-url", url)

    assert (ran.code, names(place), "Traceback" in ran.err) == (3, before, False)


def test_a_time_stamp_that_does_not_hold(
    sealing: Call, auditor: Call, place: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The last bytes of a response are the authority's signature."""
    before = names(place)
    reply = openssl_reply(tmp_path_factory.mktemp("tsa"))

    def spoilt(query: bytes) -> tuple[int, bytes]:
        status, response = reply(query)
        return status, response[:-1] + bytes([response[-1] ^ 1])

    with answering(spoilt) as (url, _):
        report = sealing("--timestamp-url", url)
        evidence = auditor("seal", place / "evidence", "--timestamp-url", url)

    assert (report.code, evidence.code, names(place)) == (2, 2, before)
    assert "the time-stamp authority made does not hold; nothing was written" in report.err
    assert "is no time-stamp of what it goes with" in evidence.err


@pytest.mark.parametrize("url", ["tsa.example", "ftp://tsa.example/", "http://", "http://[::1/"])
def test_a_url_that_is_none(url: str, sealing: Call) -> None:
    ran = sealing("--timestamp-url", url)

    assert (ran.code, f"'{url}' is not a URL" in ran.err) == (2, True)


def test_a_report_is_sealed_once(sealing: Call, auditor: Call, place: Path) -> None:
    sealing()

    ran = auditor("seal", place / "report.fr.sealed.pdf", "--certificate", place / "me.p12")

    assert (ran.code, "is sealed already" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report.fr.pdf",), "say with whose key"),
        (("evidence",), "say who is to time-stamp"),
        (("evidence", "--certificate", "me.p12"), "a bundle is time-stamped, not signed"),
        (("report.fr.pdf", "--certificate", "me.p12", "--pkcs11", "me.p12"), "give one of them"),
        (("root.pem", "--timestamp-url", "http://[::1]/"), "is not a whole zip archive"),
    ],
)
def test_a_command_that_makes_no_sense(
    words: tuple[str, ...], said: str, auditor: Call, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)

    ran = auditor("seal", *words)

    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_a_report_whose_evidence_was_altered_is_not_sealed(sealing: Call, place: Path) -> None:
    import pikepdf

    file = place / "report.fr.pdf"
    with pikepdf.open(file, allow_overwriting_input=True) as document:
        del document.attachments["bundle.zip"]
        document.save(file)

    ran = sealing()

    assert (ran.code, "carries no bundle.zip" in ran.err) == (2, True)


@pytest.mark.parametrize("form", ["evidence", "evidence.zip"])
def test_a_time_stamped_bundle(
    form: str, auditor: Call, verify: Call, place: Path, tsa: TimeStampAuthority
) -> None:
    """Its digest stays, and so does the archive that a report carries."""
    before = bundle.read(place / "evidence")
    certified.written(place / "evidence.zip", before.archive())
    certified.written(place / "tsa.pem", tsa.root.pem())

    ran = auditor("seal", place / form, "--timestamp-url", tsa.url)

    assert ran.code == 0
    assert "UTC by Horodateur d’essai" in ran.err
    after = bundle.read(place / form)
    assert (after.digest, after.archive()) == (before.digest, before.archive())
    unknown, known = verify(place / form), verify(place / form, "--trust", place / "tsa.pem")
    assert (unknown.code, known.code) == (0, 0)
    assert "this proves that nothing was altered since, not when it existed" in unknown.out
    assert "trusted through Racine d’horodatage" in known.out


def test_nothing_else_is_said(place: Path, tsa: TimeStampAuthority) -> None:
    """The libraries would tell of each certificate that they do not trust."""
    stamped = process("seal", place / "evidence", "--timestamp-url", tsa.url)
    sealed = process(
        "seal", place / "report.fr.pdf", "--certificate", place / "me.p12",
        "--timestamp-url", tsa.url, env={"AUDITOR_SEAL_PASSWORD": PASSWORD},
    )  # fmt: skip

    assert (stamped.code, sealed.code) == (0, 0)
    assert (len(stamped.err.splitlines()), len(sealed.err.splitlines())) == (3, 3)


def test_a_bundle_is_time_stamped_once(auditor: Call, place: Path, tsa: TimeStampAuthority) -> None:
    words = ("seal", place / "evidence", "--timestamp-url", tsa.url)

    assert [auditor(*words).code for _ in range(2)] == [0, 2]


def test_the_time_stamp_of_another_bundle(
    auditor: Call, verify: Call, place: Path, tsa: TimeStampAuthority
) -> None:
    auditor("seal", place / "evidence", "--timestamp-url", tsa.url)
    manifest = place / "evidence" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"vantage": ""', b'"vantage": "here"'))

    told = verify(place / "evidence")

    assert (told.code, "no time-stamp of what it goes with" in told.err) == (2, True)


def test_a_bundle_that_nobody_reachable_time_stamps(auditor: Call, place: Path) -> None:
    before = names(place)

    ran = auditor("seal", place / "evidence", "--timestamp-url", f"http://{LOOPBACK}:{free_port()}")

    assert (ran.code, names(place)) == (3, before)


def test_a_bundle_without_time_stamp_is_not_what_trust_asks(verify: Call, place: Path) -> None:
    told = verify(place / "evidence", "--trust", place / "root.pem")

    assert (told.code, "is not time-stamped" in told.err) == (2, True)


def test_a_file_to_trust_that_holds_no_certificate(verify: Call, place: Path) -> None:
    told = verify(place / "report.fr.pdf", "--trust", place / "me.p12")

    assert (told.code, "holds no certificate in PEM or DER" in told.err) == (2, True)


def test_words_of_a_certificate_do_not_act_on_the_terminal(verify: Call, place: Path) -> None:
    report = (place / "report.fr.pdf").read_bytes()
    file = certified.written(
        place / "sealed.pdf", seal(report, certified.signer(None, "\x1b]0;owned\x07"))
    )

    told = verify(file)

    assert (told.code, "\x1b" in told.out, "[U+001B]" in told.out) == (0, False, True)


def test_without_the_extra_a_seal_is_told_and_not_believed(
    sealing: Call, place: Path, rules: Path
) -> None:
    sealing()
    program = (
        "import sys; sys.modules['pyhanko'] = None; from auditor.cli import main; "
        "main(sys.argv[1:])"
    )

    def told(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, *map(str, words)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    verified = told("verify", place / "report.fr.sealed.pdf", "--rules", rules)
    refused = told("seal", place / "report.fr.pdf", "--certificate", place / "me.p12")

    assert (verified.returncode, "cannot be checked here" in verified.stdout) == (3, True)
    assert (refused.returncode, "pip install 'auditor[sign]'" in refused.stderr) == (2, True)
