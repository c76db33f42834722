"""What pipelines read of this repository names nothing that is not there."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from auditor import __version__, reporting
from auditor.cli.options import LEVELS
from tests.checkout import ROOT
from tests.cli.running import THEN, process
from tests.cli.test_waivers import WAIVERS
from tests.command_pages import commands

COMMANDS = dict(commands())
CHECK = COMMANDS["auditor check"]
VARIABLES = {f"AUDITOR_CHECK_{(p.name or '').upper()}": p for p in CHECK.params}
BASH = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")
GITLAB = re.compile(r"\$\[\[ inputs\.([\w-]+) \]\]")


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


ACTION: dict[str, Any] = yaml.safe_load(_text("action.yml"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
SPEC, JOBS = yaml.safe_load_all(_text("templates/check.yml"))
HOOKS: list[dict[str, Any]] = yaml.safe_load(_text(".pre-commit-hooks.yaml"))
PUBLIC: dict[str, Any] = yaml.safe_load(_text("publiccode.yml"))


def _step(name: str) -> dict[str, Any]:
    (step,) = [step for step in STEPS if step["name"] == name]
    return step


def _job() -> dict[str, Any]:
    (job,) = JOBS.values()
    return dict(job)


@pytest.mark.parametrize(
    ("used", "known"),
    [
        (re.findall(r"inputs\.([\w-]+) (?:\}\}|==)", _text("action.yml")), ACTION["inputs"]),
        (GITLAB.findall(_text("templates/check.yml")), SPEC["spec"]["inputs"]),
    ],
    ids=["action", "component"],
)
def test_every_input_is_there_and_used(used: list[str], known: dict[str, Any]) -> None:
    also = (
        re.findall(r"inputs\.([\w-]+) ==", _text("action.yml")) if known is ACTION["inputs"] else []
    )
    assert {*used, *also} == set(known)


@pytest.mark.parametrize(
    "variables", [_step("Check")["env"], _job()["variables"]], ids=["action", "component"]
)
def test_every_variable_is_an_option_of_check(variables: dict[str, str]) -> None:
    assert {name for name in variables if name.startswith("AUDITOR_CHECK_")} <= set(VARIABLES)


@pytest.mark.parametrize(
    "variables", [_step("Check")["env"], _job()["variables"]], ids=["action", "component"]
)
def test_the_defaults_are_those_of_check(variables: dict[str, str]) -> None:
    """An input that nobody set must not change what `auditor check` does by itself."""
    inputs = ACTION["inputs"] if variables is _step("Check")["env"] else SPEC["spec"]["inputs"]
    usually = CHECK.make_context("check", ["ville.example"]).params
    chosen = {"AUDITOR_CHECK_OUTPUT", "AUDITOR_CHECK_FORMATS"}
    for name, value in variables.items():
        if name in chosen or name not in VARIABLES:
            continue
        (given,) = BASH.findall(value) or GITLAB.findall(value)
        default = inputs[given].get("default")
        usual = usually[VARIABLES[name].name]
        if default == "":
            assert not usual, name
        else:
            assert str(default).lower() == str(usual).lower(), name


def test_the_levels_of_the_component_are_those_of_check() -> None:
    inputs = SPEC["spec"]["inputs"]
    assert tuple(inputs["fail-on"]["options"]) == LEVELS
    assert inputs["lang"]["options"] == ["fr", "en"]


@pytest.mark.parametrize(
    ("variables", "text"),
    [
        (_step("Check")["env"], _text("action.yml")),
        (_job()["variables"], _text("templates/check.yml")),
    ],
    ids=["action", "component"],
)
def test_every_file_that_is_picked_up_is_written(variables: dict[str, str], text: str) -> None:
    formats = variables["AUDITOR_CHECK_FORMATS"].split(",")
    assert set(formats) <= set(reporting.names())
    written = {reporting.file_name(format_, "fr") for format_ in formats}
    language = r"\$(?:\[\[.*?\]\]|\{\{.*?\}\}|\w+)"
    picked = re.findall(rf"(?:findings|summary)\.{language}\.[\w.]*\w", text)
    assert picked
    for name in picked:
        assert re.sub(language, "fr", name) in written, name


def test_the_evidence_goes_to_a_directory() -> None:
    for variables in (_step("Check")["env"], _job()["variables"]):
        assert variables["AUDITOR_CHECK_OUTPUT"].endswith("/")


def test_no_input_is_read_by_a_shell_as_code() -> None:
    """`${{ … }}` in a script is text before it is a script: whoever sets it, writes it."""
    assert [step["name"] for step in STEPS if "${{" in step.get("run", "")] == []


def test_every_step_with_a_script_says_which_shell() -> None:
    assert [step["name"] for step in STEPS if "run" in step and "shell" not in step] == []


@pytest.mark.parametrize("step", [s for s in STEPS if "run" in s], ids=lambda s: str(s["name"]))
def test_a_script_of_the_action_is_one(step: dict[str, Any]) -> None:
    done = subprocess.run(
        ["bash", "-n"], input=step["run"], text=True, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("level", "code"), [("high", "1"), ("never", "0")])
def test_the_action_checks_and_concludes(
    level: str, code: str, audited: Path, rules: Path, tmp_path: Path
) -> None:
    """The scripts themselves, on a bundle, with the variables a runner would set."""
    runner = tmp_path / "runner"
    (runner / "auditor" / "bin").mkdir(parents=True)
    program = runner / "auditor" / "bin" / "auditor"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{_python()}" -m auditor "$@"\n')
    program.chmod(0o755)
    given = {
        "target": str(audited / "bundle"),
        "output": str(tmp_path / "out"),
        "fail-on": level,
        "rules": str(rules),
    }
    inputs = {name: given.get(name, i.get("default", "")) for name, i in ACTION["inputs"].items()}
    environment = {
        name: BASH.sub(lambda found: inputs[found[1]], value)
        for name, value in _step("Check")["env"].items()
    }
    files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    environment |= {name: str(path) for name, path in files.items()}
    environment |= {"RUNNER_TEMP": str(runner), "AUDITOR_CHECK_AS_OF": THEN[1]}

    def ran(script: str, **more: str) -> int:
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            env={"PATH": "/usr/bin:/bin", **environment, **more},
            cwd=tmp_path,
            capture_output=True,
            check=False,
        ).returncode

    assert ran(_step("Check")["run"]) == 0
    assert files["GITHUB_OUTPUT"].read_text() == f"exit-code={code}\n"
    assert files["GITHUB_STEP_SUMMARY"].read_text().startswith("# city.example")
    assert json.loads((tmp_path / "out" / "findings.fr.sarif").read_bytes())["version"] == "2.1.0"
    assert ran(_step("Conclude")["run"], CODE=code) == int(code)


def _python() -> str:
    import sys

    return sys.executable


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_is_a_command(hook: dict[str, Any]) -> None:
    assert hook["entry"] in COMMANDS
    assert re.compile(hook["files"])
    assert hook.get("pass_filenames", True) is any(
        isinstance(p, click.Argument) and p.nargs == -1 for p in COMMANDS[hook["entry"]].params
    )


def _hook(name: str) -> list[str]:
    (hook,) = [hook for hook in HOOKS if hook["id"] == name]
    return [*shlex.split(hook["entry"])[1:], *hook.get("args", [])]


def test_the_hook_for_rules_runs(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "rules").symlink_to(rules)

    assert process(*_hook("auditor-rules"), cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("name", "file", "content", "mistake"),
    [
        ("auditor-waivers", "waivers.yaml", WAIVERS, ("approved_by", "aproved_by")),
        ("auditor-dossier", "dossier.yaml", "domains: city.example\n", ("domains", "domain")),
    ],
)
def test_a_hook_tells_every_file_that_is_wrong(
    name: str, file: str, content: str, mistake: tuple[str, str], tmp_path: Path
) -> None:
    (hook,) = [hook for hook in HOOKS if hook["id"] == name]
    assert re.search(hook["files"], f"towns/{file}")
    right, wrong, worse = (tmp_path / f"{number}-{file}" for number in range(3))
    right.write_text(content)
    wrong.write_text(content.replace(*mistake))
    worse.write_text(content.replace(*mistake))

    assert process(*_hook(name), right).code == 0
    ran = process(*_hook(name), right, wrong, worse)

    assert (ran.code, ran.out) == (2, "")
    assert f"{wrong}:" in ran.err
    assert f"{worse}:" in ran.err
    assert f"{right}: 1 waivers: no mistake" in ran.err or f"{right}: 0 services" in ran.err


def _installed(stage: str) -> set[str]:
    """The system packages that a stage of the image installs."""
    text = stage.replace("\\\n", " ")
    (line,) = re.findall(r"apt-get install (.*?) &&", text)
    return {word for word in line.split() if not word.startswith("-")}


def test_the_image_holds_what_a_report_needs() -> None:
    _, build, final = re.split(r"^FROM ", _text("Dockerfile"), flags=re.MULTILINE)
    (report,) = re.findall(r'^report="(.*)"$', _text(".ci/system-packages"), re.MULTILINE)

    assert _installed(final) == {*report.split(), "ca-certificates", "python3"}
    assert _installed(build) == {"python3", "python3-venv"}
    assert build.split()[0] == final.split()[0]


def test_the_image_runs_as_nobody_in_particular() -> None:
    final = _text("Dockerfile").rpartition("\nFROM ")[2]
    users = re.findall(r"^USER (\d+)$", final, re.MULTILINE)
    assert users
    assert int(users[-1]) > 0
    assert 'ENTRYPOINT ["auditor"]' in final


def test_the_image_is_built_from_what_an_installation_needs() -> None:
    """Everything else is kept out; nothing that setup.cfg names is."""
    lines = _text(".dockerignore").splitlines()
    assert lines[0] == "*"
    taken = {line[1:] for line in lines if line.startswith("!")}
    assert {name for name in taken if not (ROOT / name).exists()} == set()
    assert {"auditor", "rules", "reports", "setup.cfg", "pyproject.toml", "README.md"} <= taken


def test_publiccode_says_what_is_so() -> None:
    """https://yml.publiccode.tools/schema.core.html, but for what whoever publishes it adds."""
    mandatory = {
        "publiccodeYmlVersion", "name", "platforms", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert mandatory <= PUBLIC.keys() <= {*mandatory, "softwareVersion", "categories"}
    assert PUBLIC["softwareVersion"] == __version__
    assert PUBLIC["legal"]["license"] in _text("setup.cfg")
    assert set(PUBLIC["description"]) == set(PUBLIC["localisation"]["availableLanguages"])
    for described in PUBLIC["description"].values():
        assert len(described["shortDescription"]) <= 150
        assert 150 <= len(described["longDescription"]) <= 10_000
        assert described["features"]
