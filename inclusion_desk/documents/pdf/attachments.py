"""Files carried inside the document (ISO 19005-3, 6.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

from inclusion_desk.documents.pdf.meta import Attachment
from inclusion_desk.documents.pdf.objects import Raw, name, stream, text_string


def attachment_entries(
    attachments: Sequence[Attachment], date: str, document: PDFDocument, register: Callable[[PDFObject], str]
) -> str:
    """Write the files, and give the entries of the catalogue that name them; ``date`` is the PDF date of all.

    Raises:
        ValueError: two files of the same name.
    """
    if not attachments:
        return ""
    if len({one.name for one in attachments}) < len(attachments):
        raise ValueError("two attachments have the same name")
    written = {one.name: register(_specification(one, date, document, register)) for one in attachments}
    # A name tree is in the order of the bytes of its keys.
    keys = sorted((text_string(key, document), reference) for key, reference in written.items())
    names = "".join(f"{key} {reference} " for key, reference in keys)
    return f"/AF[{' '.join(written.values())}]/Names<</EmbeddedFiles<</Names[{names}]>>>>"


def _specification(one: Attachment, date: str, document: PDFDocument, register: Callable[[PDFObject], str]) -> Raw:
    parameters = Raw(f"<</ModDate({date})/Size {len(one.content)}>>")
    entries = {"Type": "/EmbeddedFile", "Subtype": name(one.mime), "Params": parameters}
    content = register(stream(one.content, entries))
    title = text_string(one.name, document)
    return Raw(
        f"<</Type/Filespec/F {title}/UF {title}/Desc {text_string(one.description, document)}"
        f"/AFRelationship{name(one.relationship)}/EF<</F {content}/UF {content}>>>>"
    )
