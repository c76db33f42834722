"""Where the links of a path were read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from auditor import reporting
from auditor.model.party import LegalEntity
from auditor.model.text import Provenance
from auditor.reporting.chains import chains
from auditor.reporting.reading import Reading
from auditor.reporting.sources import LONGEST, source, sources
from tests.reporting import sample

OFFICE = "examplecloud-office"
TO_OWNER = next(
    x.grasp.path
    for x in sample.EXPOSURES
    if [s.entity for s in x.grasp.path] == ["examplecloud-ireland", "examplecloud-inc"]
)


def _reading(stake: Provenance = sample.READ, owner: Provenance = sample.READ) -> Reading:
    """The sample, with *stake* and *owner* as the reasons for the last link of `TO_OWNER`."""
    whole = sample.assessment()
    held, holder = (whole.knowledge.entities[step.entity] for step in TO_OWNER[:2])
    changed: dict[str, LegalEntity] = {
        held.id: replace(held, stakes=tuple(replace(s, provenance=stake) for s in held.stakes)),
        holder.id: replace(holder, provenance=owner),
    }
    known = replace(whole.knowledge, entities={**whole.knowledge.entities, **changed})
    return Reading(replace(whole, knowledge=known), "fr")


def test_equal_sources_are_told_once() -> None:
    (read,) = sources(_reading(), [OFFICE], TO_OWNER)
    assert (read.checked, read.verified) == (sample.READ.checked, True)
    assert [each.url for each in read.sources] == [sample.READ.source]


def test_the_share_is_told_with_its_own_source_and_day() -> None:
    register = Provenance("https://parts.example/registre", date(2026, 11, 20), verified=True)
    first, second = sources(_reading(stake=register), [OFFICE], TO_OWNER)
    assert (first.checked, [each.name for each in first.sources]) == (
        register.checked,
        ["parts.example/registre"],
    )
    assert second.checked == sample.READ.checked


def test_what_nobody_read_stands_apart_and_last() -> None:
    told = sources(_reading(owner=sample.MEMORY), [OFFICE], TO_OWNER)
    assert [read.verified for read in told] == [True, False]
    assert [each.name for each in told[1].sources] == [sample.MEMORY.source]


def test_an_address_is_shortened_and_leads_to_the_whole() -> None:
    address = "https://www.registre.example/" + "extrait/" * 30
    told = source(_reading(), f"{address} (pièce 4)")
    assert told.url == address
    assert re.fullmatch(r"registre\.example/[a-z/]+… \(pièce 4\)", told.name)
    assert len(told.name) == LONGEST + len(" (pièce 4)")


def test_a_source_at_two_addresses_is_no_link() -> None:
    told = source(_reading(), "https://un.example/a; https://deux.example/b")
    assert (told.name.count(".example/"), told.url) == (2, "")


@pytest.mark.parametrize(("language", "read"), [("fr", "lu le"), ("en", "read on")])
def test_each_path_of_the_report_says_where_it_was_read(language: str, read: str) -> None:
    page = reporting.render("html", sample.assessment(), language).decode("utf-8")
    drawn = re.findall(r'<div class="chain">\n<h3>.*?</div>\n<p.*?</div>', page, re.DOTALL)
    assert len(drawn) == len(chains(Reading(sample.assessment(), language)))
    for path in drawn:
        assert "<b>Sources</b>" in path
        assert read in path
