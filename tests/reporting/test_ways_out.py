"""The ways out, in words and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.reporting.ways_out import account, as_json
from tests.engine.test_scenarios import assessed, dependency
from tests.engine.test_ways_out import market, planned


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_open_is_named_and_of_whom_after_what_was_examined(
    tmp_path: Path, language: str
) -> None:
    catalogue, service = market(tmp_path), dependency("overcloud-mail")
    proposed = planned(catalogue, service)
    told = " ".join(account(proposed, assessed(catalogue, service), language, 100).split())
    examined, open_ = proposed.ways[0].alternatives
    own = told[told.index(open_.name) :]
    assert examined.name in told
    assert examined.name not in own
    for text in open_.unexamined:
        assert " ".join(text.in_language(language).split()) in own


def test_a_program_can_tell_the_two_apart(tmp_path: Path) -> None:
    catalogue, service = market(tmp_path), dependency("overcloud-mail")
    proposed = planned(catalogue, service)
    document = json.loads(as_json(proposed, assessed(catalogue, service)))
    examined, open_ = document["ways"][0]["alternatives"]
    assert examined["unexamined"] == []
    assert [text["en"] for text in open_["unexamined"]] == [
        text.en for text in proposed.ways[0].alternatives[1].unexamined
    ]
