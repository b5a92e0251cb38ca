"""Assembles the file: pages, faces, logical structure, outline and what archiving asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDocument, PDFIndirectObject, PDFObject, PDFPage

from inclusion_desk.documents.pdf.archive import PRODUCER, pdf_date, srgb, writable, xmp
from inclusion_desk.documents.pdf.attachments import attachment_entries
from inclusion_desk.documents.pdf.links import Anchor, Link
from inclusion_desk.documents.pdf.meta import PdfMeta
from inclusion_desk.documents.pdf.objects import Raw, stream, text_string
from inclusion_desk.documents.pdf.outline import outline_entries
from inclusion_desk.documents.pdf.structure import Structure
from inclusion_desk.domain.money import INSECABLE

_VERSION = (1, 7)
_STREAM_END = b"endstream\nendobj\n"


class _TaggedPage(PDFPage):
    """A page that knows its place in the structure."""

    def __init__(self, size: tuple[float, float], content: str, place: int, annotations: str) -> None:
        super().__init__()
        self.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
        if annotations:
            self.Annots = Raw(annotations)
        self.MediaBox = PDFArray([0, 0, *size])
        self.StructParents = place
        self.Tabs = "/S"
        self.Rotate = 0
        # A canvas sets these two on each page; we have none.
        self.ExtGState = None
        self._shadingUsed: dict[str, object] = {}
        self.setCompression(1)
        self.setStream(content)


class TaggedDocument(PDFDocument):
    """A reportlab document whose pages are tagged.

    ``finish`` writes the file itself, for two reasons: the elements of the structure (200 000 for a long table) are
    written in one go, and the catalogue must come last, once their numbers are known.
    """

    def __init__(self, meta: PdfMeta) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=_VERSION)
        self._meta = meta
        self._pages: list[int] = []
        self._links: list[tuple[Link, int, Raw]] = []
        self.setTitle(writable(meta.title))
        self.setAuthor(writable(meta.creator))
        self.setSubject(writable(meta.subject))
        self.setCreator(PRODUCER)
        self.setProducer(PRODUCER)
        self.setDateFormatter(lambda *_: pdf_date(meta))

    def add_content(self, content: str, size: tuple[float, float], links: Iterable[Link] = ()) -> None:
        """Add a page, with the links on it."""
        place, name = len(self._pages), self.thisPageName()
        here = [(link, place, Raw()) for link in links]
        references = " ".join(self._register(annotation) for *_, annotation in here)
        self.addPage(_TaggedPage(size, content, place, references and f"[{references}]"))
        self._links += here
        self._pages.append(self.number(name))

    def number(self, name: str) -> int:
        """Give the number of a registered object."""
        return int(self.idToObjectNumberAndVersion[name][0])

    def _register(self, thing: PDFObject) -> str:
        reference = self.Reference(thing)  # type: ignore[no-untyped-call]
        return f"{self.number(reference.name)} 0 R"

    def finish(self, structure: Structure, anchors: Sequence[Anchor]) -> bytes:
        """Close the document and give its bytes; ``anchors`` are its bookmarks."""
        for face in self.delayedFonts:
            face.addObjects(self)
        info = self._register(self.info)
        catalogue = self._catalogue(anchors)
        self._finish_links(structure)
        bodies = self._formatted()
        first = len(bodies) + 1
        bodies += [
            f"{number} 0 obj\n{text}\nendobj\n".encode("ascii")
            for number, text in enumerate(structure.objects(first, self._pages), start=first)
        ]
        root = len(bodies) + 1
        bodies.append(f"{root} 0 obj\n<<{catalogue}/StructTreeRoot {first} 0 R>>\nendobj\n".encode("ascii"))
        return _file(bodies, root, info)

    def _formatted(self) -> list[bytes]:
        """Write every registered object; writing one may register others, at the end."""
        bodies: list[bytes] = []
        while name := self.numberToId.get(len(bodies) + 1):
            body: bytes = PDFIndirectObject(name, self.idToObject[name]).format(self)
            bodies.append(_ended(body.removesuffix(_STREAM_END)) if body.endswith(_STREAM_END) else body)
        return bodies

    def _catalogue(self, anchors: Sequence[Anchor]) -> str:
        profile = stream(srgb(), {"N": 3})
        metadata = stream(xmp(self._meta).encode(), {"Type": "/Metadata", "Subtype": "/XML"}, packed=False)
        outline = f"/Outlines {self._outline(anchors)}/PageMode/UseOutlines" if anchors else ""
        attached = attachment_entries(self._meta.attachments, pdf_date(self._meta), self, self._register)
        pages = self._register(self.Pages)  # type: ignore[attr-defined]
        return (
            f"/Type/Catalog/Pages {pages}/Lang(fr-FR)/MarkInfo<</Marked true>>"
            f"/ViewerPreferences<</DisplayDocTitle true>>/Metadata {self._register(metadata)}{outline}{attached}"
            "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
            f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {self._register(profile)}>>]"
        )

    def _outline(self, anchors: Sequence[Anchor]) -> str:
        entries = [Raw() for _ in range(len(anchors) + 1)]
        references = [self._register(entry) for entry in entries]
        texts = outline_entries(
            anchors, references, lambda title: text_string(writable(title), self), self._destination
        )
        for entry, text in zip(entries, texts, strict=True):
            entry.text = text
        return references[0]

    def _destination(self, anchor: Anchor) -> str:
        return f"/Dest[{self._pages[anchor.page]} 0 R/XYZ null {anchor.y:.0f} null]"

    def _finish_links(self, structure: Structure) -> None:
        """Write the annotations of links: the pages they lead to are all known by now."""
        for rank, (link, page, annotation) in enumerate(self._links, start=len(self._pages)):
            said = f"Aller à «{INSECABLE}{writable(link.anchor.title)}{INSECABLE}», page {link.anchor.page + 1}"
            box = " ".join(f"{edge:.2f}" for edge in link.box)
            annotation.text = (
                f"<</Type/Annot/Subtype/Link/Rect[{box}]/Border[0 0 0]/F 4/StructParent {rank}"
                f"/Contents {text_string(said, self)}{self._destination(link.anchor)}>>"
            )
            structure.attach(link.element, page, self.number(self.Reference(annotation).name))  # type: ignore[no-untyped-call]


def _ended(stream: bytes) -> bytes:
    """Put the end of line that PDF/A wants after the data of a stream (ISO 19005-2, 6.1.7.1); reportlab does not."""
    # After a carriage return, a line feed alone would be read as one end of line with it.
    return stream + (b"\r\n" if stream.endswith(b"\r") else b"\n") + _STREAM_END


def _file(bodies: list[bytes], root: int, info: str) -> bytes:
    """Put objects, cross-reference table and trailer together; the identifier is drawn from the content."""
    head = b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % _VERSION
    offsets, position = [], len(head)
    for body in bodies:
        offsets.append(b"%010d 00000 n \n" % position)
        position += len(body)
    mark = hashlib.sha256(b"".join(bodies)).hexdigest()[:32].encode("ascii")
    count = len(bodies) + 1
    trailer = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root %d 0 R/Info %s/ID[<%s><%s>]>>\n" % (
        count, b"".join(offsets), count, root, info.encode("ascii"), mark, mark,
    )  # fmt: skip
    return b"".join([head, *bodies, trailer, b"startxref\n%d\n%%%%EOF\n" % position])
