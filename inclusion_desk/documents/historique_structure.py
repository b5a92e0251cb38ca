"""The history of one structure as PDF or DOCX: who it is, every campaign, its conventions, payments and bilans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Literal

from inclusion_desk.documents import lecture
from inclusion_desk.documents.blocks import (
    Alignment,
    Block,
    FieldRow,
    Fields,
    Heading,
    KeepTogether,
    Paragraph,
    Run,
    Section,
    Style,
    Table,
)
from inclusion_desk.documents.modeles import bind
from inclusion_desk.documents.pdf import PdfMeta, render_pdf
from inclusion_desk.domain.departements import du_departement
from inclusion_desk.domain.historique_annees import annees
from inclusion_desk.domain.historique_releves import identite, releve_bilans, releve_conventions, releve_versements
from inclusion_desk.domain.historique_releves_annees import (
    alerte,
    methode,
    phrase_annees,
    regle,
    releve_annees,
    releve_lignes,
)
from inclusion_desk.domain.historique_structure import HistoriqueStructure
from inclusion_desk.domain.identifiants import format_siret
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.releves import Releve
from inclusion_desk.domain.text import format_date_longue

Format = Literal["pdf", "docx"]
TITRE = "Historique de la structure"
_COURT = 4
"""A table of so many rows is not parted from its heading, nor cut."""


def sections(historique: HistoriqueStructure) -> tuple[Section, ...]:
    """Give the pages of the history landscape."""
    return (Section(tuple(_blocks(historique)), landscape=True, footer=_pied(historique)),)


def _pied(historique: HistoriqueStructure) -> str:
    return bind(f"{TITRE} {historique.structure.nom} – situation au {format_date_longue(historique.jour)}")


def _blocks(historique: HistoriqueStructure) -> Iterator[Block]:
    yield Paragraph((Run(bind(f"Département {du_departement(historique.departement)}"), bold=True),), Style.LETTERHEAD)
    if historique.direction:
        yield Paragraph((Run(bind(historique.direction)),), Style.LETTERHEAD)
    yield Heading(1, (Run(bind(f"{TITRE}\n{historique.structure.nom}")),))
    yield Paragraph((Run(f"Situation au {format_date_longue(historique.jour)}"),), Style.CENTRED)
    yield Fields(tuple(_identite(historique)), 0.26)
    lues = annees(historique)
    yield from _part(releve_annees(historique), phrase_annees(historique), alerte(lues))
    yield from (Paragraph((Run(bind(phrase)),)) for phrase in (regle(historique), methode(lues)) if phrase)
    for annee in lues:
        if annee.lignes:
            yield from _part(releve_lignes(annee), level=3)
    yield from _part(releve_conventions(historique))
    yield from _part(releve_versements(historique))
    yield from _part(releve_bilans(historique))


def _identite(historique: HistoriqueStructure) -> Iterator[FieldRow]:
    for nom, texte in identite(historique).items():
        yield FieldRow(nom, (Paragraph((Run(bind(texte)),)),))


def _part(releve: Releve, *phrases: str, level: int = 2) -> Iterator[Block]:
    """Give a heading, what is said under it, and the table, kept together while it is short."""
    suite: list[Block] = [Heading(level, (Run(bind(releve.titre)),))]
    suite += [Paragraph((Run(bind(phrase)),)) for phrase in phrases if phrase]
    if releve.rangees:
        suite.append(_table(releve))
    elif not phrases:
        suite.append(Paragraph((Run(bind(releve.vide)),)))
    if len(releve.rangees) <= _COURT:
        yield KeepTogether(tuple(suite))
    else:
        yield from suite


def _table(releve: Releve) -> Table:
    colonnes = releve.colonnes
    return Table(
        tuple(bind(colonne.titre) for colonne in colonnes),
        tuple(tuple(bind(case) for case in rangee) for rangee in releve.rangees),
        tuple(Alignment.RIGHT if colonne.chiffres else Alignment.LEFT for colonne in colonnes),
        tuple(colonne.part for colonne in colonnes),
        releve.totaux,
        releve.groupes,
        compact=True,
    )


def render(
    historique: HistoriqueStructure, format_: Format, progress: Callable[[int, int], None] | None = None
) -> bytes:
    """Make the history; the same bytes for the same history, the day being part of it.

    Raises:
        Refus: a character that cannot be printed, or ``progress`` interrupts.
    """
    content, meta = sections(historique), _meta(historique)
    if format_ == "pdf":
        return render_pdf(content, meta, progress)
    from inclusion_desk.documents.docx import render_docx  # noqa: PLC0415 - python-docx is loaded on first use

    return render_docx(content, meta)


def _meta(historique: HistoriqueStructure) -> PdfMeta:
    return PdfMeta(
        title=bind(f"{TITRE} {historique.structure.nom}"),
        author=bind(f"Département {du_departement(historique.departement)}"),
        subject=bind(f"Attributions, conventions, versements et bilans au {format_date_longue(historique.jour)}"),
        date=historique.jour,
        footer=_pied(historique),
        landscape=True,
    )


def verify(content: bytes, historique: HistoriqueStructure, format_: Format) -> None:
    """Read the document back: every amount must be there, exactly as often as it must be.

    Raises:
        Refus: naming what is missing or printed too often, or a file that cannot be read.
    """
    lu = lecture.read_pdf(content) if format_ == "pdf" else lecture.read_docx(content)
    lecture.require(lu, Counter(_expected(historique)))
    lecture.compare(lu, sections(historique))


def _expected(historique: HistoriqueStructure) -> Iterator[str]:
    if historique.structure.siret:
        yield format_siret(historique.structure.siret)
    yield from (format_montant(ligne.montant, symbole=False) for ligne in historique.lignes)
    for annee in annees(historique):
        yield str(annee.annee)
        yield from (format_montant(m, symbole=False) for m in (annee.conventionne, annee.paye, annee.montant))
    for une in historique.conventions:
        yield une.convention.numero
        yield from (format_montant(acte.cumul, symbole=False) for acte in une.actes)
        yield from (format_montant(versement.montant, symbole=False) for versement in une.versements)
