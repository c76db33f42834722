from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor.cli import run
from tests import knowledge
from tests.cli.running import ALONE, CITY, THEN, ZONE, Ran
from tests.servers import DnsServer, dns_server


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rules of the made-up world."""
    return knowledge.write(tmp_path_factory.mktemp("rules"))


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, kept: Path) -> None:
    """Nothing of whoever runs the tests: neither their cache nor their colours."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept))
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def auditor(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Calls the program in this process."""

    def called(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return called


@pytest.fixture
def city() -> Iterator[DnsServer]:
    """A resolver that knows the city."""
    with dns_server(ZONE) as server:
        yield server


@pytest.fixture
def audit(auditor: Callable[..., Ran], city: DnsServer, rules: Path) -> Callable[..., Ran]:
    """Audits the city, asking nobody but its resolver."""

    def audited(output: Path, *options: str | Path, whom: str | Path = CITY) -> Ran:
        words = ("--resolver", str(city.resolver), *ALONE, *THEN, "--rules", rules)
        words = (*words, "--format", "json")
        return auditor("audit", whom, "-o", output, *words, *options)

    return audited


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory, rules: Path, kept: Path) -> Path:
    """What an audit of the city left; not to be changed."""
    directory = tmp_path_factory.mktemp("audited") / "city"
    with pytest.MonkeyPatch.context() as monkeypatch, dns_server(ZONE) as server:
        monkeypatch.setenv("XDG_CACHE_HOME", str(kept))
        words = ("--resolver", str(server.resolver), *ALONE, *THEN, "--rules", str(rules))
        assert run(["audit", CITY, "-o", str(directory), *words, "--format", "json", "-q"]) == 0
    return directory
