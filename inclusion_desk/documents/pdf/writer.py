"""Assembles the file: pages, faces, logical structure, outline and what archiving asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFIndirectObject,
    PDFObject,
    PDFPage,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from inclusion_desk.documents.pdf.archive import PRODUCER, pdf_date, srgb, xmp
from inclusion_desk.documents.pdf.meta import PdfMeta
from inclusion_desk.documents.pdf.structure import Structure

_VERSION = (1, 7)
_STREAM_END = b"endstream\nendobj\n"


@dataclass(frozen=True, slots=True)
class Target:
    """An entry of the outline: its level, title, page (from 0) and height on it, in points."""

    level: int
    title: str
    page: int
    y: float


class _Entry(PDFObject):
    """An entry of the outline, its dictionary already written."""

    text = ""

    def format(self, document: PDFDocument) -> bytes:
        """Give the dictionary as it stands."""
        del document
        return f"<<{self.text}>>".encode("latin-1")


class _TaggedPage(PDFPage):
    """A page that knows its place in the structure."""

    def __init__(self, size: tuple[float, float], content: str, place: int) -> None:
        super().__init__()
        self.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
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
        self.setTitle(meta.title)
        self.setAuthor(meta.author)
        self.setSubject(meta.subject)
        self.setCreator(PRODUCER)
        self.setProducer(PRODUCER)
        self.setDateFormatter(lambda *_: pdf_date(meta))

    def add_content(self, content: str) -> None:
        """Add a page."""
        name = self.thisPageName()
        self.addPage(_TaggedPage(self._meta.size, content, len(self._pages)))
        self._pages.append(self.number(name))

    def number(self, name: str) -> int:
        """Give the number of a registered object."""
        return int(self.idToObjectNumberAndVersion[name][0])

    def _register(self, thing: PDFObject) -> str:
        reference = self.Reference(thing)  # type: ignore[no-untyped-call]
        return f"{self.number(reference.name)} 0 R"

    def finish(self, structure: Structure, targets: Iterable[Target]) -> bytes:
        """Close the document and give its bytes."""
        for face in self.delayedFonts:
            face.addObjects(self)
        info = self._register(self.info)
        catalogue = self._catalogue(list(targets))
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
            # reportlab leaves out the line feed that PDF/A wants after the data of a stream (ISO 19005-2, 6.1.7.1).
            bodies.append(body.removesuffix(_STREAM_END) + b"\n" + _STREAM_END if body.endswith(_STREAM_END) else body)
        return bodies

    def _catalogue(self, targets: list[Target]) -> str:
        profile = PDFStream(PDFDictionary({"N": 3}), srgb(), [PDFZCompress])
        metadata = PDFStream(PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), xmp(self._meta).encode())
        outline = f"/Outlines {self._outline(targets)}/PageMode/UseOutlines" if targets else ""
        pages = self._register(self.Pages)  # type: ignore[attr-defined]
        return (
            f"/Type/Catalog/Pages {pages}/Lang(fr-FR)/MarkInfo<</Marked true>>"
            f"/ViewerPreferences<</DisplayDocTitle true>>/Metadata {self._register(metadata)}{outline}"
            "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
            f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {self._register(profile)}>>]"
        )

    def _outline(self, targets: list[Target]) -> str:
        entries = [_Entry() for _ in range(len(targets) + 1)]
        references = [self._register(entry) for entry in entries]
        parents = parents_of([target.level for target in targets])
        for rank, (target, entry) in enumerate(zip(targets, entries[1:], strict=True), start=1):
            siblings = [n for n, parent in enumerate(parents, start=1) if parent == parents[rank - 1]]
            place = siblings.index(rank)
            title = PDFString(target.title).format(self).decode("latin-1")
            entry.text = (
                f"/Title {title}/Parent {references[parents[rank - 1]]}"
                f"/Dest[{self._pages[target.page]} 0 R/XYZ null {target.y:.0f} null]"
                + (f"/Prev {references[siblings[place - 1]]}" if place else "")
                + (f"/Next {references[siblings[place + 1]]}" if place + 1 < len(siblings) else "")
            )
        for rank, entry in enumerate(entries):
            children = [n for n, parent in enumerate(parents, start=1) if parent == rank]
            if children:
                entry.text += f"/First {references[children[0]]}/Last {references[children[-1]]}/Count {len(children)}"
        return references[0]


def parents_of(levels: list[int]) -> list[int]:
    """Give the parent of each heading, from 1; 0 is the outline itself. A skipped level is forgiven."""
    parents: list[int] = []
    open_: list[int] = []
    for rank, level in enumerate(levels, start=1):
        while open_ and levels[open_[-1] - 1] >= level:
            open_.pop()
        parents.append(open_[-1] if open_ else 0)
        open_.append(rank)
    return parents


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
