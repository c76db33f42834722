"""Whom the user means, and what is said when nobody can be meant."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Ran, assessment, names
from tests.servers import DnsServer

Audit = Callable[..., Ran]

DOSSIER = """\
name: Ville d’Exemple
home: HL
domains: [city.example, town.example]
hosts: [agenda.city.example]
services:
  - {role: collaboration, offering: homemail}
  - role: mail.mailbox
    offering: overcloud-mail
"""


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "localhost",
        "city",
        "192.0.2.1",
        "2001:db8::1",
        "https://city.example/",
        "mayor@city.example",
        "city .example",
        "city..example",
        "city-.example",
        "_dmarc.city.example",
        "*.city.example",
        "x" * 64 + ".example",
        "x." * 130 + "example",
        "city.example\x1b[31m",
        "xn--\x00.example",
        "\udcff.example",
        "☃\u202e.example",
    ],
)
def test_no_domain(text: str, audit: Audit, tmp_path: Path) -> None:
    ran = audit(tmp_path / "out", whom=text)

    assert ran.code == 2
    assert "is not a domain" in ran.err or "is an address, not a domain" in ran.err
    assert "\x1b" not in ran.err
    assert "Traceback" not in ran.err
    assert names(tmp_path) == []


def test_an_option_is_no_domain(auditor: Audit, tmp_path: Path) -> None:
    ran = auditor("audit", "--resolve", "192.0.2.1", "-o", tmp_path)

    assert ran.code == 2
    assert "--resolver" in ran.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--resolver", "nowhere.example"), "--resolver: 'nowhere.example' is not a resolver"),
        (("--resolver", "127.0.0.1:99999"), "no port between 1 and 65535"),
        (("--asn-source", "rsi"), "--asn-source: 'rsi' is neither ris, nor cymru, nor a file"),
        (("--without", "dns"), "'dns' is not one of rdap, http, tls, web"),
        (("--add-host", "agenda"), "--add-host: give the whole name of 'agenda'"),
        (("--add-host", "agenda..city.example"), "--add-host: "),
        (("--home", "HLL"), "--home: 'HLL' is not a jurisdiction we know; did you mean 'HL'?"),
        (("--format", "docx"), "'docx' is not one of"),
        (("--lang", "de"), "'de' is not one of fr, en"),
        (("--lang", ","), "choose from fr, en"),
        (("--as-of", "2026-13-01"), "'2026-13-01' is not a day such as 2026-11-23"),
        (("--fail-on", "hihg"), "--fail-on"),
        (("--rules", "/nowhere"), "--rules"),
    ],
)
def test_an_option_that_makes_no_sense(
    options: tuple[str, ...], told: str, audit: Audit, tmp_path: Path
) -> None:
    ran = audit(tmp_path / "out", *options)

    assert ran.code == 2
    assert told in ran.err
    assert names(tmp_path) == []


def test_a_file_of_prefixes_with_a_line_that_is_none(audit: Audit, tmp_path: Path) -> None:
    routes = tmp_path / "routes.txt"
    routes.write_text("192.0.2.0/24 AS64500\n192.0.2.0/99 AS64500\n")

    ran = audit(tmp_path / "out", "--asn-source", routes)

    assert ran.code == 2
    assert f"{routes}:2:" in ran.err


def test_the_home_may_be_written_in_small_letters(audit: Audit, tmp_path: Path) -> None:
    audit(tmp_path, "--home", "sl")

    subject = assessment(tmp_path)["subject"]
    assert (subject["home"], subject["home_declared"]) == ("SL", True)


def test_the_home_is_read_from_the_domain(audit: Audit, tmp_path: Path) -> None:
    audit(tmp_path)

    subject = assessment(tmp_path)["subject"]
    assert (subject["home"], subject["home_declared"]) == ("HL", False)


def test_a_dossier(audit: Audit, city: DnsServer, tmp_path: Path) -> None:
    city.records.append("town.example. 300 IN MX 10 mx.homemail.example.")
    file = tmp_path / "dossier.yaml"
    file.write_text(DOSSIER, encoding="utf-8")

    assert audit(tmp_path / "out", whom=file).code == 0
    subject = assessment(tmp_path / "out")["subject"]
    assert subject["name"] == "Ville d’Exemple"
    assert subject["domains"] == ["city.example", "town.example"]
    assert subject["hosts"] == ["agenda.city.example"]
    assert ("collaboration", "homemail") in [
        (d["role"], d["offering"]) for d in subject["declared"]
    ]
    assert (tmp_path / "out" / "bundle" / "dossier.yaml").read_bytes() == file.read_bytes()


def test_a_service_that_is_only_declared(audit: Audit, tmp_path: Path) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_text(DOSSIER.replace(", town.example", ""), encoding="utf-8")

    audit(tmp_path / "out", whom=file)

    (found,) = _dependencies(tmp_path / "out", "collaboration")
    assert (found["offering"], found["declared"], found["confidence"]) == (
        "homemail",
        True,
        "moderate",
    )
    assert found["because"] == ["city.example collaboration: homemail"]


def test_a_service_that_is_declared_and_seen_is_seen(audit: Audit, tmp_path: Path) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_text(DOSSIER.replace(", town.example", ""), encoding="utf-8")

    audit(tmp_path / "out", whom=file)

    (found,) = _dependencies(tmp_path / "out", "mail.mailbox")
    assert (found["offering"], found["declared"]) == ("overcloud-mail", False)


def test_a_mailbox_declared_does_not_hide_a_server_of_ones_own(
    audit: Audit, city: DnsServer, tmp_path: Path
) -> None:
    """Whoever declares one thing and shows another depends on both until somebody explains."""
    city.records[:] = [
        "city.example. 300 IN MX 10 mail.city.example.",
        "mail.city.example. 300 IN A 192.0.2.25",
    ]
    file = tmp_path / "dossier.yaml"
    file.write_text(DOSSIER.replace(", town.example", ""), encoding="utf-8")

    audit(tmp_path / "out", whom=file)

    found = _dependencies(tmp_path / "out", "mail.mailbox")
    assert [(d["offering"], d["name"], d["declared"]) for d in found] == [
        ("overcloud-mail", "Overcloud Mail", True),
        (None, "city.example", False),
    ]


def test_a_dossier_names_what_a_later_catalogue_no_longer_knows(
    audit: Audit, auditor: Audit, rules: Path, tmp_path: Path
) -> None:
    """The evidence of then stays of use with the rules of now."""
    from tests import knowledge

    file = tmp_path / "dossier.yaml"
    file.write_text(DOSSIER.replace(", town.example", ""), encoding="utf-8")
    audit(tmp_path / "then", whom=file)
    providers = knowledge.FILES["providers/world.yaml"].replace("id: homemail\n", "id: renamed\n")
    criteria = knowledge.FILES["criteria/mail.yaml"].replace(": homemail,", ": renamed,")
    later = knowledge.write(tmp_path / "rules", providers_world=providers, criteria_mail=criteria)

    words = ("--rules", later, "--format", "json")
    ran = auditor("report", tmp_path / "then" / "bundle", "-o", tmp_path / "now", *words)

    assert ran.code == 0, ran.err
    (found,) = _dependencies(tmp_path / "now", "collaboration")
    assert (found["offering"], found["name"], found["declared"]) == (None, "homemail", True)


def test_all_that_was_declared_is_in_the_evidence(
    audit: Audit, auditor: Audit, rules: Path, tmp_path: Path
) -> None:
    """A report made from the bundle alone says what the audit said, documents too."""
    (tmp_path / "contract.pdf").write_bytes(b"signed")
    file = tmp_path / "dossier.yaml"
    file.write_text(
        "domains: city.example\n"
        "organisation: {kind: hospital, data: [health], hosted_in: [HL]}\n"
        'contract: {to: "2028-01-01"}\n'
        "services:\n"
        "  - {role: collaboration, name: Our suite, documents: [{path: contract.pdf}]}\n"
        "answers: {some-framework: {q1: yes}}\n",
        encoding="utf-8",
    )
    audit(tmp_path / "then", whom=file)
    (tmp_path / "contract.pdf").unlink()
    file.unlink()

    ran = auditor(
        "report", tmp_path / "then", "-o", tmp_path / "now", "--rules", rules,
        "--format", "json", "--as-of", "2026-01-01",
    )  # fmt: skip

    assert ran.code == 0, ran.err
    subject = assessment(tmp_path / "now")["subject"]
    assert subject == assessment(tmp_path / "then")["subject"]
    assert subject["organisation"]["kind"] == "hospital"
    assert subject["contract"]["to"] == "2028-01-01"
    assert [answer["value"] for answer in subject["answers"]] == ["yes"]
    (document,) = subject["declared"][0]["documents"]
    assert document["sha256"] == hashlib.sha256(b"signed").hexdigest()
    (found,) = _dependencies(tmp_path / "now", "collaboration")
    assert (found["offering"], found["name"]) == (None, "Our suite")


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        (
            "domains: &d [city.example]\nhosts: *d",
            "2:8",
            "not YAML: found undefined alias",
        ),
        ("", "1:1", "the file is empty"),
        ("domains: [", "2:1", "not YAML"),
        ("- city.example", "1:1", "a mapping of keys and values was expected here"),
        ("domain: city.example", "1:1", "'domains' is missing; is that what 'domain' means?"),
        ("domains: []", "1:10", "no domain"),
        ("domains: [city]", "1:10", "'city' is not a domain"),
        ("{domains: [city.example]}", "1:1", "no braces"),
        ("domains: city.example\nhost: [x]", "2:1", "unknown key 'host'; did you mean 'hosts'?"),
        ("domains: city.example\nhome: HLL", "2:7", "unknown home 'HLL'; did you mean 'HL'?"),
        (
            "domains: city.example\nservices:\n  - {role: web, offering: homemial}",
            "3:27",
            "unknown offering 'homemial'; did you mean 'homemail'?",
        ),
        (
            "domains: city.example\nservices:\n  - {role: mail, offering: homemail}",
            "3:12",
            "unknown role 'mail'",
        ),
        ("domains: city.example\nservices: homemail", "2:11", "'services' must be a list"),
        ("domains: city.example\ndomains: town.example", "2:1", "'domains' stands here twice"),
    ],
)
def test_a_dossier_that_is_wrong(
    text: str, place: str, told: str, audit: Audit, tmp_path: Path
) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_text(text)

    ran = audit(tmp_path / "out", whom=file)

    assert ran.code == 2
    assert f"auditor: {file}:{place}: " in ran.err
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "out").exists()


def test_a_dossier_in_another_encoding(audit: Audit, tmp_path: Path) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_bytes("domains: city.example\nname: Évry".encode("latin-1"))

    ran = audit(tmp_path / "out", whom=file)

    assert (ran.code, f"{file}:2:1: not UTF-8" in ran.err) == (2, True)


def test_a_dossier_that_is_not_there(audit: Audit, tmp_path: Path) -> None:
    ran = audit(tmp_path / "out", whom=tmp_path / "dossier.yaml")

    assert ran.code == 2
    assert "dossier.yaml cannot be read: No such file or directory" in ran.err


def test_a_dossier_that_is_called_otherwise(audit: Audit, tmp_path: Path) -> None:
    file = tmp_path / "dossier"
    file.write_text(DOSSIER, encoding="utf-8")

    assert "the name of a dossier ends in .yaml" in audit(tmp_path / "out", whom=file).err


def test_options_that_belong_into_the_dossier(audit: Audit, tmp_path: Path) -> None:
    file = tmp_path / "dossier.yaml"
    file.write_text(DOSSIER, encoding="utf-8")

    ran = audit(tmp_path / "out", "--home", "HL", whom=file)

    assert (ran.code, "into the dossier" in ran.err) == (2, True)


def _dependencies(directory: Path, role: str) -> list[dict[str, object]]:
    return [
        dependency
        for part in assessment(directory)["footprint"]
        for dependency in part["dependencies"]
        if part["role"] == role and dependency["layer"] == "service"
    ]
