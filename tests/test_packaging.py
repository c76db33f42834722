"""What an installation holds, whichever way it was made, seen from another directory."""

from __future__ import annotations

import configparser
import json
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.checkout import ROOT, tracked

INSTALLED_AS = {Path("rules"): "auditor/rules", Path("reports/templates"): "auditor/templates"}
WHERE = """
import json
from auditor import resources
places = {"rules": resources.rules(), "templates": resources.templates()}
print(json.dumps({name: sorted(str(path.relative_to(place)) for path in place.rglob("*")
    if path.is_file()) for name, place in places.items()} | {"at": str(places["rules"])}))
"""


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def _files(directory: str) -> list[str]:
    """What the repository holds below *directory*, relative to it."""
    return sorted(str(path.relative_to(directory)) for path in tracked(directory))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tracked files and no others, as a fresh clone has them."""
    target = tmp_path_factory.mktemp("clone") / "auditor-source"
    for path in tracked():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, target / path)
    return target


@pytest.fixture(scope="module")
def wheel(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, built from the source archive, built from the checkout."""
    target = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", target, copy, cwd=target)
    return next(target.glob("*.whl"))


def _environment(directory: Path) -> Path:
    """The interpreter of an empty virtual environment that sees our libraries but not us.

    A path in a .pth file is not searched for .pth files of its own, so an
    editable installation of the auditor stays behind.
    """
    _run(sys.executable, "-m", "venv", "--without-pip", directory, cwd=directory.parent)
    variables = {"base": str(directory), "platbase": str(directory)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=variables))
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return directory / "bin" / "python"


def _install(python: Path, *what: str | Path) -> None:
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    _run(*pip, "--no-deps", "--no-index", "--no-build-isolation", *what, cwd=python.parent)


def test_every_package_is_listed() -> None:
    configuration = configparser.ConfigParser()
    configuration.read(ROOT / "setup.cfg")
    listed = set(configuration["options"]["packages"].split())
    there = {".".join(path.parent.parts) for path in tracked("auditor") if path.suffix == ".py"}
    assert listed == there | {"auditor.rules", "auditor.templates"}


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_what_lawyers_edit(wheel: Path) -> None:
    wanted = {str(path) for path in tracked("auditor")}
    for directory, package in INSTALLED_AS.items():
        wanted |= {f"{package}/{name}" for name in _files(str(directory))}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == wanted


@pytest.mark.slow
def test_an_installed_wheel_finds_its_own_files(wheel: Path, tmp_path: Path) -> None:
    python = _environment(tmp_path / "environment")
    _install(python, wheel)
    found = json.loads(_run(python, "-c", WHERE, cwd=tmp_path))
    assert Path(found["at"]).is_relative_to(tmp_path / "environment")
    assert (found["rules"], found["templates"]) == (_files("rules"), _files("reports/templates"))


@pytest.mark.slow
def test_an_editable_installation_finds_the_checkout(copy: Path, tmp_path: Path) -> None:
    python = _environment(tmp_path / "environment")
    _install(python, "--editable", copy)
    found = json.loads(_run(python, "-c", WHERE, cwd=tmp_path))
    assert Path(found["at"]) == copy / "rules"
    assert (found["rules"], found["templates"]) == (_files("rules"), _files("reports/templates"))


@pytest.mark.slow
def test_a_checkout_works_without_installation(copy: Path, tmp_path: Path) -> None:
    python = _environment(tmp_path / "environment")
    found = json.loads(_run(python, "-c", WHERE, cwd=copy))
    assert Path(found["at"]) == copy / "rules"
    assert (found["rules"], found["templates"]) == (_files("rules"), _files("reports/templates"))


@pytest.mark.slow
def test_a_checkout_that_shadows_an_installed_wheel_uses_its_own_rules(
    wheel: Path, copy: Path, tmp_path: Path
) -> None:
    """`python -m pytest` in a checkout tests the checkout, and so must its rules."""
    python = _environment(tmp_path / "environment")
    _install(python, wheel)
    found = json.loads(_run(python, "-c", WHERE, cwd=copy))
    assert Path(found["at"]) == copy / "rules"


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("--version",), ("rules", "lint")])
def test_the_installed_command_runs(
    wheel: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    python = _environment(tmp_path / "environment")
    _install(python, wheel)
    _run(python.with_name("auditor"), *arguments, cwd=tmp_path)
