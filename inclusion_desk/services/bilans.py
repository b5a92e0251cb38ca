"""Draws up the bilans that conventions owe, by the rules of their sheets and by law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.bilans import COMPTE_RENDU, REGLES_BILAN, Bilan, prevoir_bilans
from inclusion_desk.domain.conventions import CLOSES, SIGNEES, Convention
from inclusion_desk.domain.fiches import FicheAction
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.structures import DROIT_PRIVE
from inclusion_desk.domain.suivi import BilanSuivi
from inclusion_desk.domain.text import compter
from inclusion_desk.services import edition
from inclusion_desk.services.changes import Call, Changes, ensemble
from inclusion_desk.store import bilans, conventions, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row


@dataclass(frozen=True, slots=True)
class BilanPrevu:
    """One bilan owed by rule, and the sheet that asks for it; None for what the law asks for."""

    bilan: Bilan
    fiche_id: int | None = None
    dispositif_id: int = 0

    def est(self, autre: BilanSuivi) -> bool:
        """Tell whether a bilan of the list is this one, be its dates older; one added by hand counts by its end."""
        if self.bilan.nature != autre.nature:
            return False
        if self.bilan.nature == "financier":
            return self.bilan.fin.year == autre.fin.year
        return self.dispositif_id == autre.dispositif_id or (autre.fiche_id is None and self.bilan.fin == autre.fin)


def prevus(convention: Convention, sheets: Sequence[FicheAction], forme: str) -> tuple[BilanPrevu, ...]:
    """List the bilans that a convention owes over its term, by due date.

    Sources: the sheets of the case (l.641-659, l.1316-1319, l.3286-3288); loi 2000-321, art. 10.
    """
    dus = [prevu for fiche in sheets for prevu in _of_sheet(convention, fiche)]
    if forme in DROIT_PRIVE:
        dus += [BilanPrevu(b) for b in prevoir_bilans((COMPTE_RENDU,), *_term(convention), convention.id)]
    return tuple(sorted(dus, key=lambda prevu: prevu.bilan.echeance))


def _of_sheet(convention: Convention, fiche: FicheAction) -> Iterator[BilanPrevu]:
    for bilan in prevoir_bilans(REGLES_BILAN.get(fiche.suivi, ()), *_term(convention), convention.id):
        yield BilanPrevu(bilan, fiche.id, fiche.dispositif_id)


def _term(convention: Convention) -> tuple[date, date]:
    return convention.debut, convention.terme or convention.fin


def etablir(session: Session, ids: Sequence[int] = ()) -> Changes:
    """Draw up the bilans owed by some conventions, or by all that are signed and not closed; again changes nothing.

    A bilan not received follows the term of its convention when an avenant moves it; a due date put off stays so
    while the term does.

    Raises:
        Refus: none of the conventions is signed, or none owes a bilan that is not in the list already.
    """
    suivies = [c for c in conventions.load(session, ids or None) if c.etat in SIGNEES and c.etat not in CLOSES]
    if not suivies:
        raise Refus("Aucune convention signée à suivre : enregistrez d’abord les signatures, à l’onglet Conventions.")
    sheets = bilans.load_sheets(session, [c.id for c in suivies])
    formes = bilans.load_formes(session, [c.id for c in suivies])
    connus: dict[int, list[BilanSuivi]] = {}
    for bilan in bilans.load(session, date.min):
        connus.setdefault(bilan.convention_id, []).append(bilan)
    appels = [
        appel
        for convention in suivies
        for appel in _missing(
            prevus(convention, sheets.get(convention.id, []), formes[convention.id]), connus.get(convention.id, [])
        )
    ]
    if not appels:
        raise Refus("Les bilans prévus par les fiches et par la loi sont déjà tous dans la liste.")
    return ensemble(session, f"Établir {compter(len(appels), 'bilan')}", appels)


def _missing(dus: Sequence[BilanPrevu], connus: Sequence[BilanSuivi]) -> Iterator[Call]:
    for prevu in dus:
        connu = next((b for b in connus if prevu.est(b)), None)
        if connu is None:
            yield Call(_add, (prevu,))
        elif connu.recu_le is None and (connu.debut, connu.fin) != (prevu.bilan.debut, prevu.bilan.fin):
            dates = {nom: getattr(prevu.bilan, nom) for nom in ("debut", "fin", "echeance")}
            yield Call(edition.update, ("bilans", connu.id, connu.version, dates))


def _add(session: Session, prevu: BilanPrevu) -> Changes:
    bilan = prevu.bilan
    valeurs = {nom: getattr(bilan, nom) for nom in ("convention_id", "nature", "debut", "fin", "echeance")}
    identifiant = insert_row(session, tables.bilan, {**valeurs, "fiche_id": prevu.fiche_id})
    return Changes("", {"bilans": (identifiant,)}, Call(edition.delete, ("bilans", (identifiant,))))
