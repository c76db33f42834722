"""Imports point one way: the contracts in setup.cfg, and that they are about the code there is."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT, tracked

CONTRACTS = "importlinter:contract:"
DISTRIBUTIONS = {
    "cyclonedx": "cyclonedx-python-lib",
    "dns": "dnspython",
    "jpype": "jpype1",
    "yaml": "pyyaml",
}


@pytest.fixture(scope="module")
def configuration() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg")
    return parser


def test_the_import_contracts_are_kept() -> None:
    command = str(Path(sys.executable).with_name("lint-imports"))
    done = subprocess.run(
        [command, "--no-cache", "--no-logo", "--config", "setup.cfg"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_layer_is_there_for_nobody(configuration: configparser.ConfigParser) -> None:
    """A layer in parentheses may be absent, so a misspelt one would be kept in silence."""
    layers = set(re.findall(r"\w+", configuration[f"{CONTRACTS}layers"]["layers"]))
    modules = {path.with_suffix("").parts[1] for path in tracked("auditor") if path.suffix == ".py"}
    assert layers == modules - {"__init__"}


def _third_party(path: Path) -> set[str]:
    """The top-level packages that a module imports and neither we nor Python ship."""
    names = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return {name.lower() for name in names} - sys.stdlib_module_names - {"auditor"}


def _required(declaration: str) -> set[str]:
    return {re.split(r"[<>=\[ ]", line)[0].lower() for line in declaration.split("\n") if line}


def _imported(directory: str) -> set[str]:
    """The distributions that the modules below *directory* import."""
    modules = [path for path in tracked(directory) if path.suffix == ".py"]
    names = set().union(*map(_third_party, modules))
    return {DISTRIBUTIONS.get(name, name) for name in names}


def test_what_is_imported_is_declared(configuration: configparser.ConfigParser) -> None:
    """A library that happens to be installed with another one is missing elsewhere."""
    declared = _required(configuration["options"]["install_requires"])
    optional = _required(configuration["options.extras_require"]["mmdb"])
    needed = _imported("auditor")
    assert (needed - declared - optional, declared - needed) == (set(), set())


def test_what_the_tests_import_is_declared(configuration: configparser.ConfigParser) -> None:
    declared = _required(configuration["options"]["install_requires"])
    for_tests = _required(configuration["options.extras_require"]["test"])
    assert _imported("tests") - declared - for_tests - {"tests"} == set()
