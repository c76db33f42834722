"""What a signer may have put under the signature."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter as Writer

from auditor.sealing import seals
from auditor.sealing.additions import are_seals_only
from auditor.sealing.authority import Authority
from tests.sealing import certified
from tests.sealing.certified import Holder
from tests.sealing.sealed import appended, seal, signed_otherwise


def _page(writer: Writer) -> DictionaryObject:
    page, _ = writer.find_page_for_modification(0)
    found = page.get_object()
    assert isinstance(found, DictionaryObject)
    return found


def other_pages(writer: Writer) -> None:
    """Every page says something else."""
    page = _page(writer)
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=b"0 0 9 9 re f"))
    writer.update_container(page)


def a_note(writer: Writer) -> None:
    """A note on the first page."""
    page = _page(writer)
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Contents"): TextStringObject("pass"),
            NameObject("/Rect"): ArrayObject(map(NumberObject, (0, 0, 99, 99))),
        }
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page)


def other_evidence(writer: Writer) -> None:
    """The attached assessment is another one."""
    file = writer.root["/AF"][1]["/EF"]
    file[NameObject("/F")] = writer.add_object(StreamObject(stream_data=b"{}"))
    writer.update_container(file)


def a_form(writer: Writer) -> None:
    """An XFA form, which some readers show in place of the pages."""
    form = DictionaryObject(
        {
            NameObject("/Fields"): ArrayObject(),
            NameObject("/XFA"): writer.add_object(StreamObject(stream_data=b"<xdp/>")),
        }
    )
    writer.root[NameObject("/AcroForm")] = writer.add_object(form)
    writer.update_root()


def an_action(writer: Writer) -> None:
    """Something that runs when the report is opened."""
    writer.root[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    )
    writer.update_root()


def another_title(writer: Writer) -> None:
    """The title that readers show above the pages is another one."""
    information = writer.trailer["/Info"]
    information[NameObject("/Title")] = TextStringObject("pass")
    writer.update_container(information)


@pytest.mark.parametrize("stamped", [False, True])
def test_our_seal_adds_nothing_else(
    stamped: bool, report: bytes, root: Holder, authority: Authority
) -> None:
    sealed = seal(report, certified.signer(root), authority if stamped else None)

    assert are_seals_only(sealed, report)


@pytest.mark.parametrize(
    "change", [other_pages, a_note, other_evidence, a_form, an_action, another_title]
)
def test_more_than_a_seal_under_a_signature_that_holds(
    change: Callable[[Writer], None], report: bytes, root: Holder
) -> None:
    forged = signed_otherwise(report, certified.signer(root), change)

    assert forged.startswith(report)
    assert len(seals.read(forged, "report.pdf")) == 1
    assert not are_seals_only(forged, report)


def test_a_seal_over_a_verdict(report: bytes, root: Holder) -> None:
    """A signature that is seen may show any picture."""
    forged = signed_otherwise(report, certified.signer(root), box=(0, 0, 300, 300))

    assert len(seals.read(forged, "report.pdf")) == 1
    assert not are_seals_only(forged, report)


def test_the_report_as_dead_bytes_in_front_of_another(report: bytes) -> None:
    """A file may begin with a report to which none of its references lead."""
    forged = appended(report + _pdf_standing_at(len(report)), lambda writer: writer.update_root())

    assert forged.startswith(report)
    assert not are_seals_only(forged, report)


def _pdf_standing_at(offset: int) -> bytes:
    """A whole PDF of no page, whose references count from *offset* bytes before it."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] >> >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
    )
    content, places = b"\n", []
    for number, body in enumerate(objects, 1):
        places.append(offset + len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = offset + len(content)
    content += b"xref\n0 3\n0000000000 65535 f \n"
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
    return content


def test_what_is_no_pdf(report: bytes) -> None:
    assert not are_seals_only(report, report)
    assert not are_seals_only(report + b"\n%%EOF", report)
    assert not are_seals_only(b"", report)
