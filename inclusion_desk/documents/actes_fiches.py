"""The sheets that an act annexes, in two columns: what the act says of each, and the texts of its version."""

from __future__ import annotations

from collections.abc import Iterator

from inclusion_desk.documents import textes_mots as mots
from inclusion_desk.documents.actes_rubriques import TITRE, blocs
from inclusion_desk.documents.blocks import Block, BulletList, FieldRow, Fields, Heading, Item, Paragraph, Run
from inclusion_desk.domain.actes import Acte, FicheAnnexee
from inclusion_desk.domain.actions import continue_action
from inclusion_desk.domain.codes import RUBRIQUES
from inclusion_desk.domain.departements import du_departement
from inclusion_desk.domain.fiches import Indicateur
from inclusion_desk.domain.money import INSECABLE, format_montant_acte
from inclusion_desk.domain.text import pluriel, typo

SANS_PARTICIPATION = "Sans participation financière nouvelle"
DERNIERE_AVANT_TERRITOIRE = "deroulement"
"""The territory is printed after what happens there, as in the case (l.3226)."""


def fiche(acte: Acte, annexee: FicheAnnexee) -> Fields:
    """Make the sheet that an act annexes; a label about which nothing is said is left out."""
    lignes = (*_tete(acte, annexee), *_rubriques(acte, annexee), _indicateurs(annexee.fiche.indicateurs))
    return Fields(tuple(FieldRow(label, blocks) for label, blocks in lignes if blocks))


_Ligne = tuple[str, tuple[Block, ...]]


def _tete(acte: Acte, annexee: FicheAnnexee) -> Iterator[_Ligne]:
    duree = mots.periode(annexee.debut, annexee.fin)
    yield "Durée", _texte(f"D{duree[1:]}")
    yield "Coût", _texte(cout(annexee))
    yield "Volume", _texte(volume(annexee, en_plus=acte.avenant and continue_action(acte.modele)))


def cout(annexee: FicheAnnexee) -> str:
    """Say what the sheet costs, act by act: ``338 226,74 € + 79 850 €``."""
    return " + ".join(format_montant_acte(m) for m in annexee.montants if m) or SANS_PARTICIPATION


def volume(annexee: FicheAnnexee, *, en_plus: bool = False) -> str:
    """Say what is to be done and by how many: ``100 places – 1,5 ETP``; nothing for neither.

    ``en_plus`` tells that it comes on top of what the action had: ``1,2 ETP supplémentaire`` (the case, l.3278).
    """
    etp = annexee.etp or 0
    dits = {mots.volume(annexee.volume, annexee.unite) if annexee.volume else "": annexee.volume}
    dits |= {mots.etp(etp): etp // 100}
    return " – ".join(f"{dit}{_added(nombre) if en_plus else ''}" for dit, nombre in dits.items() if dit)


def _added(nombre: int) -> str:
    return f" {pluriel(nombre, 'supplémentaire', 'supplémentaires')}"


def _rubriques(acte: Acte, annexee: FicheAnnexee) -> Iterator[_Ligne]:
    for nom, label in RUBRIQUES.items():
        texte = blocs(getattr(annexee.fiche, nom))
        yield label, (*texte, *_versements(acte, annexee, texte)) if nom == "versement" else texte
        if nom == DERNIERE_AVANT_TERRITOIRE:
            yield "Territoire d’intervention", _texte(annexee.territoire)


def _versements(acte: Acte, annexee: FicheAnnexee, texte: tuple[Block, ...]) -> Iterator[Block]:
    """Add the schedule and the line that pays; what is owed and not scheduled yet is left to be filled in."""
    if any(annexee.montants) or annexee.versements:
        yield from (Heading(TITRE, (Run("Échéancier"),)),) if texte else ()
        dus = tuple(Item((Run(typo(une)),)) for une in annexee.versements)
        yield BulletList(dus) if dus else Paragraph((Run(mots.A_REMPLIR),))
    if annexee.code_operation and any(annexee.montants):
        yield from _texte(
            f"La participation financière est imputée sur {_codes(annexee.code_operation)} du budget du Département "
            f"{du_departement(acte.departement.nom)}."
        )


def _codes(code_operation: str) -> str:
    """Name the operation code; an act whose lines have several joins them: « C02-446A05 et C01-444H02 »."""
    plusieurs = " " in code_operation
    return f"les codes opération {code_operation}" if plusieurs else f"le code opération{INSECABLE}{code_operation}"


def _indicateurs(indicateurs: tuple[Indicateur, ...]) -> _Ligne:
    items = tuple(Item((Run(_indicateur(un)),)) for un in indicateurs)
    return "Indicateurs d’évaluation", (BulletList(items, 1),) if items else ()


def _indicateur(un: Indicateur) -> str:
    return typo(f"{un.libelle} (cible : {un.cible})" if un.cible else un.libelle)


def _texte(texte: str) -> tuple[Block, ...]:
    return (Paragraph((Run(typo(texte)),)),) if texte else ()
