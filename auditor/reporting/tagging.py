"""What WeasyPrint leaves undone for PDF/UA-1, put right before the file is written."""

from __future__ import annotations

from typing import Any

_UA = (
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" '
    b'pdfuaid:part="1" />'
)
_EXTENSION = (
    b'<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    b'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    b'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


def repair(document: Any, pdf: Any) -> None:
    """Repair *pdf*, a `pydyf.PDF`, in place.

    * The XMP packet says that the file is PDF/UA-1, and describes that property
      as PDF/A asks (ISO 19005-3, 6.6.2.3).
    * Header cells say whether they head a column or a row (ISO 14289-1, 7.5).
    * The box of a figure is in points from the foot of its page.
    * An associated file is listed once.
    * A link's alternative is the text it is set in, not the name of its target.
    """
    _identify(pdf)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    objects: list[Any] = [each for each in pdf.objects if isinstance(each, dict)]
    heights = _heights(objects)
    rows_in_head = _head_rows(objects)
    _name_links(document)
    for element in objects:
        kind = element.get("S")
        if kind == "/TH":
            where = "/Column" if element["P"] in rows_in_head else "/Row"
            element.setdefault("A", {"O": "/Table"})["Scope"] = where
        elif kind == "/Figure" and "A" in element:
            left, top, right, bottom = (0.75 * float(edge) for edge in element["A"]["BBox"])
            height = heights[element["Pg"]]
            element["A"]["BBox"][:] = [left, height - bottom, right, height - top]


def _identify(pdf: Any) -> None:
    for each in pdf.objects:
        if getattr(each, "extra", None) and each.extra.get("Type") == "/Metadata":
            end = b"</rdf:RDF>"
            each.stream = [
                part.replace(end, _UA + _EXTENSION + end) if isinstance(part, bytes) else part
                for part in each.stream
            ]


def _name_links(document: Any) -> None:
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.link_annotation and "Dest" in box.link_annotation:
                box.link_annotation["Contents"].string = "".join(box.element.itertext())


def _heights(objects: list[Any]) -> dict[bytes, float]:
    """The height of each page, by its reference."""
    pages = (each for each in objects if each.get("Type") == "/Page")
    return {page.reference: float(page["MediaBox"][3]) for page in pages}


def _head_rows(objects: list[Any]) -> set[bytes]:
    """References of the rows that stand in a table head."""
    heads = {each.reference for each in objects if each.get("S") == "/THead"}
    return {each.reference for each in objects if each.get("S") == "/TR" and each["P"] in heads}
