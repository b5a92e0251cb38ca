"""The table that sums up the operations of a thématique, with its total."""

from __future__ import annotations

from inclusion_desk.documents import textes_mots as mots
from inclusion_desk.documents.blocks import Alignment, Table
from inclusion_desk.documents.modeles import bind
from inclusion_desk.domain.dossier import Operation, ThematiqueDossier
from inclusion_desk.domain.money import format_montant, format_nombre


def tableau(thematique: ThematiqueDossier) -> Table:
    """Sum up the operations of a thématique, with its total."""
    gauche, droite = Alignment.LEFT, Alignment.RIGHT
    lignes = [_row(rang, une) for rang, une in enumerate(thematique.operations, start=1)]
    total = ("Total de la thématique", "", "", "", "", "", format_montant(thematique.montant, symbole=False))
    return Table(
        header=("Opération", "Acte", "Structures", "Volume", "ETP", "Période", "Montant (€)"),
        rows=(*lignes, total),
        alignments=(gauche, gauche, droite, droite, droite, Alignment.CENTRE, droite),
        widths=(118, 52, 50, 66, 36, 55, 76),
        totals=frozenset({len(lignes)}),
        compact=True,
    )


def _row(rang: int, operation: Operation) -> tuple[str, ...]:
    numero = f" ({operation.numero})" if operation.numero else ""
    return (
        bind(f"{rang}. {operation.intitule}{numero}"),
        mots.libelle_actes(operation),
        format_nombre(operation.structures),
        mots.volume(operation.volume, operation.unite) or "–",
        mots.etp(operation.etp).removesuffix("ETP").strip() or "–",
        mots.periodes_courtes(operation.lignes),
        format_montant(operation.montant, symbole=False),
    )
