"""A prefill of the register of information: what is known, and a list of all that is not."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import cache
from zipfile import ZipFile

import pytest

from auditor import reporting
from auditor.model.assessment import Assessment
from auditor.model.footprint import Footprint
from auditor.model.target import Contract, Declared
from tests.reporting import sample

# As the annexes of Implementing Regulation (EU) 2024/2956 number them.
COLUMNS = {"b_01.01": 6, "b_01.02": 11, "b_02.02": 18, "b_05.01": 12, "b_05.02": 7}
ROOT = "register-prefill.en"

OFFERINGS = dict(sample.OFFERINGS) | {
    "bureau-souverain": sample.replace(sample.OFFERINGS["bureau-souverain"], regions=("FR",)),
    "examplecloud-office": sample.replace(sample.OFFERINGS["examplecloud-office"], regions=("EU",)),
}


def assessment(contract: Contract | None = None) -> Assessment:
    whole = sample.assessment()
    declared = Declared("collaboration", "bureau-souverain", 12, contract=contract)
    return sample.replace(
        whole,
        target=sample.replace(whole.target, declared=(declared,)),
        knowledge=sample.replace(whole.knowledge, offerings=OFFERINGS),
    )


def files(of: Assessment, language: str = "en") -> dict[str, bytes]:
    with ZipFile(io.BytesIO(reporting.render("dora", of, language))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(of: Assessment, template: str) -> list[dict[str, str]]:
    content = files(of)[f"{ROOT}/reports/{template}.csv"].decode()
    return list(csv.DictReader(io.StringIO(content)))


def missing(of: Assessment) -> list[dict[str, str]]:
    content = files(of)[f"{ROOT}/to-complete.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


@cache
def whole() -> Assessment:
    return assessment(Contract(date(2025, 1, 1), date(2028, 12, 31), 90))


@pytest.mark.parametrize(("template", "columns"), COLUMNS.items())
def test_a_template_has_the_columns_of_the_regulation(template: str, columns: int) -> None:
    content = files(whole())[f"{ROOT}/reports/{template}.csv"].decode()
    heading, *lines = csv.reader(io.StringIO(content))
    assert heading == [f"c{10 * number:04}" for number in range(1, columns + 1)]
    assert {len(line) for line in lines} == {columns}


def test_it_could_be_filed_by_nobody() -> None:
    names = set(files(whole()))
    assert not [name for name in names if "filingindicators" in name.lower() or "json" in name]
    assert "cannot be filed as it is" in files(whole())[f"{ROOT}/read-me.txt"].decode()


def test_every_cell_left_empty_is_listed_but_for_those_that_stay_so() -> None:
    listed = {(line["File"], line["Row"], line["Column"]) for line in missing(whole())}
    empty = {
        (f"{template}.csv", str(number), column)
        for template in COLUMNS
        for number, row in enumerate(table(whole(), template), 1)
        for column, cell in row.items()
        if not cell
        # A direct provider receives no sub-contracted service.
        and not (template == "b_05.02" and row["c0050"] == "1" and column in ("c0060", "c0070"))
    }
    assert empty == {place for place in listed if place[1]}
    filled = sum(bool(cell) for template in COLUMNS for row in table(whole(), template)
                 for cell in row.values())  # fmt: skip
    assert filled > 20, "the comparison above is of something"


def test_the_organisation_is_named_only_when_somebody_told_its_name() -> None:
    (row,) = table(whole(), "b_01.01")
    assert (row["c0020"], row["c0030"]) == ("Ville d’Exemple", "eba_GA:FR")
    derived = sample.replace(whole().target, name=str(sample.DOMAIN), home_declared=False)
    (row,) = table(sample.replace(whole(), target=derived), "b_01.01")
    assert set(row.values()) == {""}


def test_a_provider_known_from_memory_fills_no_cell() -> None:
    rows = table(whole(), "b_05.01")
    names = {row["c0050"] for row in rows}
    assert sample.ENTITIES["examplecloud-ireland"].name in names
    assert sample.ENTITIES["filtre-bv"].name not in names, "read in no source"
    office = next(row for row in rows if row["c0050"].startswith("ExampleCloud Operations"))
    assert (office["c0070"], office["c0080"]) == ("eba_CT:x212", "eba_GA:IE")
    assert office["c0010"] == office["c0110"] == ""
    hint = next(
        line["What is known"]
        for line in missing(whole())
        if (line["Column"], line["About"]) == ("c0110", office["c0050"])
    )
    assert hint == "ExampleCloud Inc. (United States)"


def test_a_name_in_another_alphabet_is_not_the_latin_name() -> None:
    greek = sample.DEPENDENCIES[-1]._replace(
        confidence=sample.Confidence.HIGH, because=(), evidence=()
    )
    part = sample.PARTS[-1]._replace(dependencies=(greek,))
    (row,) = table(sample.replace(whole(), footprint=Footprint((part,))), "b_05.01")
    assert row["c0050"] == "Παράδειγμα Αναλυτική Α.Ε."
    assert row["c0060"] == ""


def test_a_contract_gives_its_days_and_a_state_the_place_of_data() -> None:
    rows = table(whole(), "b_02.02")
    (row,) = [row for row in rows if row["c0070"]]
    assert (row["c0070"], row["c0080"]) == ("2025-01-01", "2028-12-31")
    assert row["c0100"] == "", "the dossier does not say whose notice it is"
    assert row["c0150"] == "eba_GA:FR"
    assert {row["c0150"] for row in rows} == {"", "eba_GA:FR"}, "the Union is no state"


def test_what_nothing_establishes_has_no_row_but_a_line() -> None:
    doubtful = [line for line in missing(whole()) if not line["Row"]]
    assert "Παράδειγμα Analytics" in {line["About"] for line in doubtful}
    assert "Παράδειγμα Αναλυτική Α.Ε." not in {r["c0050"] for r in table(whole(), "b_05.01")}


def test_no_cell_is_taken_for_a_formula() -> None:
    hostile = sample.replace(whole().target, name='=HYPERLINK("x")\x1b[31m')
    found = sample.replace(whole(), target=hostile)
    (row,) = table(found, "b_01.01")
    assert row["c0020"] == '\'=HYPERLINK("x")[U+001B][31m'
    assert {line["About"][0] for line in missing(found) if line["File"] == "b_01.01.csv"} == {"'"}
