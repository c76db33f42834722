"""What nothing names is forgotten, and a signature is under the text that was signed."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.catalogue.signing import find
from tests import knowledge
from tests.catalogue.lint.looking import place, said

PROVIDERS = knowledge.FILES["providers/world.yaml"]
LAW = knowledge.FILES["laws/ol-access.yaml"]


def test_an_entity_that_nothing_names_is_told(tmp_path: Path) -> None:
    alone = PROVIDERS.replace("offerings:", f"""\
  - {{id: alone-sa, name: Alone SA, {knowledge.READ}}}
        offerings:""")  # fmt: skip
    (line,) = said(tmp_path, providers_world=alone)

    at = place("providers/world.yaml", alone, "alone-sa")
    assert line == f"{at}: warning: nothing names the entity 'alone-sa'"


@pytest.mark.parametrize("changed", [False, True])
def test_a_text_changed_after_it_was_signed_is_told(changed: bool, tmp_path: Path) -> None:
    digest = find(knowledge.write(tmp_path / "as it is"), "ol-access").content_sha256
    review = f'review: {{by: Mme X, on: "2026-11-02", content_sha256: {digest}}}'
    signed = LAW.replace("id: ol-access\n", f"id: ol-access\n        {review}\n")
    law = signed.replace("section 1", "section 2") if changed else signed
    lines = said(tmp_path, laws_ol_access=law)

    assert bool(lines) is changed
    for line in lines:
        assert line.startswith(place("laws/ol-access.yaml", law, "{by: Mme X"))
        assert "warning: 'ol-access' was changed after Mme X signed it on 2026-11-02" in line
