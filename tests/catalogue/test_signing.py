"""A signature vouches for what is said, not for how it is laid out, and moves nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.catalogue.content import digest
from auditor.catalogue.signing import find, signed
from auditor.catalogue.source import compose, compose_text
from auditor.errors import SourceError, UsageError
from auditor.model.signature import Review
from tests import knowledge

FILE = Path("rules.yaml")
PLAIN = """
id: a   # the name
version: 1
title: {fr: "Un titre", en: A title}
roles: [mail, web]
why: >-
  Because
  of it.
secrecy:
"""
SAME = """
# The same, by somebody else.
roles:
    - mail
    - "web"
title:
    en: 'A title'
    fr: Un titre
version: "1"
why: Because of it.
review: {by: N, on: "2026-11-24", content_sha256: x}
id: a
"""


def said(text: str) -> str:
    return digest(compose_text(text, FILE).node)


def test_layout_comments_and_the_signature_itself_do_not_count() -> None:
    assert said(PLAIN) == said(SAME)


@pytest.mark.parametrize(
    ("old", "new"),
    [("version: 1", "version: 2"), ("Un titre", "Un Titre"), ("mail, web", "web, mail")],
)
def test_every_word_and_the_order_of_lists_count(old: str, new: str) -> None:
    assert said(PLAIN.replace(old, new)) != said(PLAIN)


def review(content_sha256: str, by: str = 'Mme X, juriste "droit public"') -> Review:
    return Review(by, date(2026, 11, 24), content_sha256)


def written(directory: Path, text: str) -> Path:
    file = directory / "criteria" / "some.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


RULES = """# Rules.\r
rules:\r
  - version: 1\r
    id: first      # in order\r
    title: Été\r
\r
  - {id: second, version: 1}   # short\r
  # The end.\r
"""


@pytest.mark.parametrize("id_", ["first", "second"])
def test_signing_adds_one_line_and_signing_again_replaces_it(id_: str, tmp_path: Path) -> None:
    file = written(tmp_path, RULES)
    entry = find(tmp_path, id_)
    text = signed(entry, review(entry.content_sha256))
    line = (
        'review: {by: "Mme X, juriste \\"droit public\\"", on: "2026-11-24", '
        f'content_sha256: "{entry.content_sha256}"}}'
    )
    added = f"\r\n    {line}" if id_ == "first" else f", {line}"
    assert text.replace(added, "") == RULES

    file.write_bytes(text.encode())
    again = find(tmp_path, id_)
    assert again.content_sha256 == entry.content_sha256
    assert signed(again, review(again.content_sha256)) == text


def test_a_signature_in_several_lines_is_replaced_whole(tmp_path: Path) -> None:
    block = "    review:\n      by: N\n      on: '2026-01-01'\n      content_sha256: 0\n"
    written(tmp_path, f"rules:\n  - id: a\n{block}    # A remark.\n    version: 1\n")
    entry = find(tmp_path, "a")
    text = signed(entry, review(entry.content_sha256))

    assert text.startswith("rules:\n  - id: a\n    review: {by: ")
    assert text.endswith('"}\n    # A remark.\n    version: 1\n')


def test_a_file_without_an_end_of_line_can_be_signed(tmp_path: Path) -> None:
    written(tmp_path, "rules:\n  - id: a")
    entry = find(tmp_path, "a")

    assert signed(entry, review(entry.content_sha256)).startswith("rules:\n  - id: a\n    review:")


def test_a_text_that_changed_after_the_signature_is_recognised(tmp_path: Path) -> None:
    knowledge.write(tmp_path)
    entry = find(tmp_path, "ol-access")
    entry.file.write_text(signed(entry, review(entry.content_sha256)), encoding="utf-8")
    assert not compose(entry.file).signoff().outdated

    changed = entry.file.read_text(encoding="utf-8").replace("section 1", "section 2")
    entry.file.write_text(changed, encoding="utf-8")
    assert compose(entry.file).signoff().outdated


def test_an_id_that_is_none_names_the_nearest(tmp_path: Path) -> None:
    knowledge.write(tmp_path)
    with pytest.raises(UsageError, match="did you mean 'ol-access'"):
        find(tmp_path, "ol-acess")


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("{by: N, content_sha256: abc}", r"law.yaml:1:9: 'on' is missing"),
        ('{by: N, on: "2026-01-01", content_sha256: abc}', r":1:51: a digest has 64"),
        ('{bye: N, on: "2026-01-01", content_sha256: abc}', r":1:10: 'by' is missing; is that"),
    ],
)
def test_a_signature_that_is_none_is_refused(block: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        compose_text(f"review: {block}", Path("law.yaml")).signoff()
