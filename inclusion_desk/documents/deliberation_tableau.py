"""The table of an act adopted with changes: the lines that the sitting changed, as proposed and as voted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from inclusion_desk.documents import textes_mots as mots
from inclusion_desk.documents.blocks import Alignment, Table
from inclusion_desk.documents.modeles import bind
from inclusion_desk.domain.dossier import DossierSeance, Ligne
from inclusion_desk.domain.modifications import LigneModifiee, lignes_modifiees
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.propositions import ACTES
from inclusion_desk.domain.text import format_date


def tableau(dossier: DossierSeance) -> Table:
    """Set the lines changed side by side, as proposed and as voted, then the total of the phase."""
    propose = dossier.propose if dossier.modifie and dossier.propose else dossier
    lignes = lignes_modifiees(propose, dossier)
    partagees = _shared(propose) | _shared(dossier)
    total = ("Total de la phase", "", format_montant(propose.montant), format_montant(dossier.montant))
    return Table(
        header=("Structure", "Dispositif", "Proposé", "Voté"),
        rows=(*(_row(ligne, partagees) for ligne in lignes), total),
        alignments=(Alignment.LEFT, Alignment.LEFT, Alignment.RIGHT, Alignment.RIGHT),
        widths=(140, 150, 81, 81),
        totals=frozenset({len(lignes)}),
    )


def _shared(dossier: DossierSeance) -> set[tuple[int, int]]:
    """Find the structures that one dispositif funds on several territories: their name alone does not tell a line."""
    comptes = Counter((ligne.dispositif_id, ligne.structure_id) for ligne in dossier.lignes)
    return {cle for cle, nombre in comptes.items() if nombre > 1}


def _row(changee: LigneModifiee, partagees: set[tuple[int, int]]) -> tuple[str, ...]:
    ligne = changee.ligne
    ou = f"\n{ligne.territoire}" if (ligne.dispositif_id, ligne.structure_id) in partagees else ""
    avant, apres = _sides(changee)
    return bind(f"{ligne.structure}{ou}"), bind(changee.dispositifs[1]), avant, apres


def _sides(changee: LigneModifiee) -> tuple[str, str]:
    """Say a line before and after: its amount, then whatever else the vote changed."""
    if changee.avant is None or changee.apres is None:
        return (
            format_montant(changee.avant.montant) if changee.avant else "Non proposé",
            format_montant(changee.apres.montant) if changee.apres else "Retiré",
        )
    ancien, nouveau = changee.dispositifs
    dits = (tuple(_say(changee.avant, ancien)), tuple(_say(changee.apres, nouveau)))
    gardes = [rang for rang, (a, b) in enumerate(zip(*dits, strict=True)) if not rang or a != b]
    avant, apres = ("\n".join(bind(dit[rang]) for rang in gardes) for dit in dits)
    return avant, apres


def _say(ligne: Ligne, dispositif: str) -> Iterator[str]:
    """Say what a vote decides of a line, the amount first."""
    yield format_montant(ligne.montant)
    yield dispositif
    yield ligne.structure
    yield ligne.territoire
    yield mots.volume(ligne.volume, ligne.unite) or "–"
    yield mots.etp(ligne.etp or 0) or "–"
    yield f"du {format_date(ligne.debut)}\nau {format_date(ligne.fin)}"
    yield ACTES.get(ligne.acte, ligne.acte)
    yield ligne.code_operation
