"""Draws up the bilans that conventions owe, by the rules of their sheets and by law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.actions import Action, en_cours
from inclusion_desk.domain.bilans import COMPTE_RENDU, REGLES_BILAN, Bilan, prevoir_bilans
from inclusion_desk.domain.conventions import CLOSES, SIGNEES, Convention
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
    """One bilan owed by rule, its action's sheet and dispositif; neither for what the law asks for."""

    bilan: Bilan
    fiche_id: int | None = None
    dispositif_id: int | None = None

    def est(self, autre: BilanSuivi) -> bool:
        """Tell whether a bilan of the list is this one; one added by hand counts by its end."""
        if self.bilan.nature != autre.nature:
            return False
        if self.bilan.nature == "financier":
            return self.bilan.fin.year == autre.fin.year
        return self.bilan.fin == autre.fin and (autre.dispositif_id or self.dispositif_id) == self.dispositif_id

    def devient(self, autre: BilanSuivi) -> bool:
        """Tell whether a bilan of the list, not come yet, is this one with older dates: its period was changed."""
        return (
            self.bilan.nature == autre.nature != "financier"
            and autre.recu_le is None
            and self.dispositif_id == autre.dispositif_id
            and autre.debut <= self.bilan.fin
            and self.bilan.debut <= autre.fin
        )


def prevus(convention: Convention, actions: Iterable[Action], forme: str) -> tuple[BilanPrevu, ...]:
    """List the bilans that a convention owes, by due date: those of its actions as signed, then what the law asks for.

    Each action is reported on over its own period, not that of the convention (the case, l.1316-1319: an action of six
    months in a convention of two years).

    Sources: the sheets of the case (l.641-659, l.1316-1319, l.3286-3288); loi 2000-321, art. 10.
    """
    dus = [prevu for action in en_cours(a for a in actions if a.engagee) for prevu in of_action(action)]
    if forme in DROIT_PRIVE:
        terme = (convention.debut, convention.terme or convention.fin)
        dus += [BilanPrevu(b) for b in prevoir_bilans((COMPTE_RENDU,), *terme, convention.id)]
    return tuple(sorted(dus, key=lambda prevu: prevu.bilan.echeance))


def of_action(action: Action) -> Iterator[BilanPrevu]:
    """List the bilans that one action owes by the rules of its sheet."""
    regles = REGLES_BILAN.get(action.suivi, ())
    for bilan in prevoir_bilans(regles, action.debut, action.fin, action.convention_id):
        yield BilanPrevu(bilan, action.fiche_id, action.dispositif_id)


def etablir(session: Session, ids: Sequence[int] = ()) -> Changes:
    """Draw up the bilans owed by some conventions, or by all that are signed and not closed; again changes nothing.

    A bilan not received follows the period of its action when an avenant moves it; a due date put off stays so while
    the period does.

    Raises:
        Refus: none of the conventions is signed, or none owes a bilan that is not in the list already.
    """
    suivies = [c for c in conventions.load(session, ids or None) if c.etat in SIGNEES and c.etat not in CLOSES]
    if not suivies:
        raise Refus("Aucune convention signée à suivre : enregistrez d’abord les signatures, à l’onglet Conventions.")
    actions = bilans.load_actions(session, [c.id for c in suivies])
    formes = bilans.load_formes(session, [c.id for c in suivies])
    connus: dict[int, list[BilanSuivi]] = {}
    for bilan in bilans.load(session, date.min):
        connus.setdefault(bilan.convention_id, []).append(bilan)
    appels = [
        appel
        for convention in suivies
        for appel in _missing(
            prevus(convention, actions.get(convention.id, []), formes[convention.id]), connus.get(convention.id, [])
        )
    ]
    if not appels:
        raise Refus("Les bilans prévus par les fiches et par la loi sont déjà tous dans la liste.")
    return ensemble(session, f"Établir {compter(len(appels), 'bilan')}", appels)


def _missing(dus: Sequence[BilanPrevu], connus: Sequence[BilanSuivi]) -> Iterator[Call]:
    libres = [b for b in connus if not any(prevu.est(b) for prevu in dus)]
    for prevu in dus:
        if any(prevu.est(b) for b in connus):
            continue
        ancien = next((b for b in libres if prevu.devient(b)), None)
        if ancien is None:
            yield Call(_add, (prevu,))
        else:
            libres.remove(ancien)
            dates = {nom: getattr(prevu.bilan, nom) for nom in ("debut", "fin", "echeance")}
            yield Call(edition.update, ("bilans", ancien.id, ancien.version, dates))


def _add(session: Session, prevu: BilanPrevu) -> Changes:
    bilan = prevu.bilan
    valeurs = {nom: getattr(bilan, nom) for nom in ("convention_id", "nature", "debut", "fin", "echeance")}
    action = {"fiche_id": prevu.fiche_id, "dispositif_id": prevu.dispositif_id}
    identifiant = insert_row(session, tables.bilan, {**valeurs, **action})
    return Changes("", {"bilans": (identifiant,)}, Call(edition.delete, ("bilans", (identifiant,))))
