"""The plain text of a document, line by line, as the proof-reading of acts takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inclusion_desk.documents.blocks import (
    Block,
    BulletList,
    Fields,
    Heading,
    KeepTogether,
    Paragraph,
    Section,
    Signatures,
    Table,
    plain,
    title_of,
)


def texte_brut(contenu: Iterable[Block | Section]) -> str:
    """Write each paragraph, title, entry of a list or row of a table on its line, an empty one before titles."""
    return "\n".join(_lignes(contenu))


def _lignes(contenu: Iterable[Block | Section]) -> Iterator[str]:
    for bloc in contenu:
        match bloc:
            case Section(blocks=blocs) | KeepTogether(blocks=blocs):
                yield from _lignes(blocs)
            case Heading():
                yield from ("", title_of(bloc))
            case Paragraph(runs=runs):
                yield from plain(runs).split("\n")
            case BulletList():
                yield from _liste(bloc)
            case Fields(rows=rangs):
                for rang in rangs:
                    yield from ("", rang.label, *_lignes(rang.blocks))
            case Table(header=entete, rows=rangees):
                yield from ("\t".join(cellules) for cellules in (entete, *rangees) if cellules)
            case Signatures():
                yield from _signatures(bloc)


def _liste(liste: BulletList) -> Iterator[str]:
    for rang, item in enumerate(liste.items, start=liste.first or 1):
        puce = "-" if liste.first is None else f"{rang}."
        yield f"{'  ' * item.level}{puce} {plain(item.runs)}"


def _signatures(signatures: Signatures) -> Iterator[str]:
    yield signatures.place
    for signataire in signatures.signatories:
        yield from (*signataire.lines, signataire.name)
