from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Ran

Call = Callable[..., Ran]
CSV = """\
kind,base_domain,domains_observed,countries_mx
mx,homemail.example,60,hl
mx,overcloud.example,30,"hl, sl"
spf_include,elsewhere.example,10,
"""


@pytest.fixture
def covered(auditor: Call, rules: Path, tmp_path: Path) -> Callable[..., Ran]:
    def called(content: str | bytes, *options: str) -> Ran:
        file = tmp_path / "seen.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return auditor("catalogue", "coverage", file, "--rules", rules, *options)

    return called


def test_shares_are_by_count(covered: Callable[..., Ran]) -> None:
    ran = covered(CSV)

    assert ran.out.startswith("3 names, seen 100 times: 90.0 % recognised\n")
    assert max(map(len, ran.out.splitlines())) <= 80
    rest = ran.out.partition("Not recognised")[2]
    assert "10  dns.spf.include    elsewhere.example" in rest


def test_machines_get_all_of_it(covered: Callable[..., Ran]) -> None:
    document = json.loads(covered(CSV, "--json").out)

    assert (document["names"], document["count"]) == (3, 100)
    assert document["known"]["decided"] == {"names": 2, "count": 90}
    assert document["seen"][1]["offerings"] == ["overcloud-mail"]


@pytest.mark.parametrize(
    "content",
    [
        "mx homemail.example 60\n# a remark\ndns.mx  overcloud.example. 30\n"
        "spf_include x.example 10",
        "\ufeffkind;name;count\r\nmx;homemail.example;60\r\nMX;overcloud.example;30\r\n"
        "spf-include;x.example;10",
        "kind\tpattern\tcount\nmx\thomemail.example\t60\nmx\tovercloud.example\t30\n"
        "spf.include\tx.example\t10",
    ],
    ids=["lines", "semicolons", "tabs"],
)  # fmt: skip
def test_lists_come_in_many_forms(content: str, covered: Callable[..., Ran]) -> None:
    assert covered(content).out.startswith("3 names, seen 100 times: 90.0 % recognised\n")


def test_names_without_a_count_count_once(covered: Callable[..., Ran]) -> None:
    assert covered("mx homemail.example\nmx x.example\n").out.startswith("2 names, seen 2 times")


def test_from_stdin(auditor: Call, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(b"mx homemail.example 5\n")

    monkeypatch.setattr("sys.stdin", Stdin)
    ran = auditor("catalogue", "coverage", "-", "--rules", rules)
    assert ran.out.startswith("1 names, seen 5 times: 100.0 % recognised")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("mmx a.example 1", ":1:1: unknown kind 'mmx'; did you mean 'mx'?"),
        ("kind,nmae\nmx,a.example", ":1:1: the heading has no column 'name or base_domain or "
         "pattern'; did you mean 'name'?"),
        ("name,count\na.example,1", ":1:1: the heading has no column 'kind'"),
        ("kind,name,count\nmx,a.example,many", ":2:1: 'many' is not how often"),
        ("kind,name,count\nmx,a.example", ":2:1: 2 values where the heading has 3"),
        ("kind,name\nmx,", ":2:1: a kind and a name are needed"),
        ("mx", ":1:1: a kind and a name are needed"),
        ("", ":1:1: there is no name in it"),
        ("kind,name\n", ":1:1: there is no name in it"),
        (b"mx a.example\nmx \xe9.example", ":2:1: not UTF-8"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_refused(
    content: str | bytes, said: str, covered: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = covered(content)

    assert (ran.code, ran.out) == (2, "")
    assert f"auditor: {tmp_path / 'seen.csv'}{said}" in ran.err


def test_a_list_that_is_not_there(auditor: Call, rules: Path) -> None:
    assert auditor("catalogue", "coverage", "nowhere.csv", "--rules", rules).code == 2
