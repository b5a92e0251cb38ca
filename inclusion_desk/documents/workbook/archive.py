"""Puts the streamed rows into the shell's sheets and zips it all again, the same bytes for the same input."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import islice

from inclusion_desk.documents.workbook.cells import letter
from inclusion_desk.documents.workbook.plan import ENTETE
from inclusion_desk.documents.workbook.sheet import Sheet

Progress = Callable[[int, int], None]

_DONNEES = re.compile(r"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_DIMENSION = re.compile(r'<dimension ref="[^"]*"\s*/>')
_CREATION = re.compile(rb"<dcterms:created[^>]*>([^<]*)<")
_MODIFICATION = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_FORMAT_LIBRE = re.compile(rb'(<numFmt formatCode="[^"]*")\s*/>')
_LOT = 256  # rows written, and reported, at a time
_NIVEAU = 5


def weave(shell: bytes, sheets: Sequence[Sheet], progress: Progress | None) -> bytes:
    """Rebuild the shell with the rows of its sheets; what ``progress`` raises goes through."""
    feuilles = {f"xl/worksheets/sheet{numero}.xml": sheet for numero, sheet in enumerate(sheets, start=1)}
    suivi = _Counter(progress, sum(sheet.derniere for sheet in sheets))
    sortie = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(shell)) as source,
        zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED, compresslevel=_NIVEAU) as cible,
    ):
        for nom in source.namelist():
            contenu, sheet = source.read(nom), feuilles.get(nom)
            _write_part(cible, nom, _streamed(contenu, sheet, suivi) if sheet else iter([_settled(contenu)]))
    return sortie.getvalue()


class _Counter:
    """Reports the rows done to whoever watches, and lets it stop the work by raising."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def add(self, rows: int) -> None:
        self._done = min(self._total, self._done + rows)
        if self._progress:
            self._progress(self._done, self._total)


def _write_part(cible: zipfile.ZipFile, nom: str, morceaux: Iterator[bytes]) -> None:
    with cible.open(nom, "w") as partie:  # a name alone takes the zip format's zero for a date: no clock in the bytes
        for morceau in morceaux:
            partie.write(morceau)


def _settled(contenu: bytes) -> bytes:
    """Put right what openpyxl leaves: the clock in the properties, and labels of charts that ignore their format."""
    if creation := _CREATION.search(contenu):
        return _MODIFICATION.sub(rb"\g<1>" + creation[1], contenu)
    return _FORMAT_LIBRE.sub(rb'\1 sourceLinked="0"/>', contenu)


def _streamed(contenu: bytes, sheet: Sheet, suivi: _Counter) -> Iterator[bytes]:
    debut, fin = _DONNEES.split(contenu.decode(), maxsplit=1)
    etendue = f"A1:{letter(len(sheet.columns))}{sheet.derniere}"
    yield _DIMENSION.sub(f'<dimension ref="{etendue}"/>', debut, count=1).encode()
    yield b"<sheetData>"
    rows = iter(sheet.rows)
    while lot := list(islice(rows, _LOT)):
        yield "".join(lot).encode()
        suivi.add(len(lot))
    yield b"</sheetData>"
    yield _without_alerts(fin, f"A{ENTETE}:{letter(len(sheet.columns))}{sheet.derniere}").encode()


def _without_alerts(fin: str, etendue: str) -> str:
    """Spare readers the green corners on SIRET kept as texts and on sub-totals that differ from their neighbours."""
    alertes = (
        f'<ignoredErrors><ignoredError sqref="{etendue}" numberStoredAsText="1" formula="1" formulaRange="1"/>'
        "</ignoredErrors>"
    )
    place = fin.find("<drawing")
    place = place if place >= 0 else fin.rindex("</worksheet>")
    return f"{fin[:place]}{alertes}{fin[place:]}"
