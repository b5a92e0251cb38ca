"""Follows conventions once signed: bilans received, indicators, service fait, publications, and what falls due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from inclusion_desk.domain.actions import Action
from inclusion_desk.domain.calendrier import Echeance, echeances
from inclusion_desk.domain.champs import Valeurs, check_valeurs
from inclusion_desk.domain.codes import NATURES_BILAN
from inclusion_desk.domain.conventions import SIGNEES, Convention
from inclusion_desk.domain.refus import ConflitDeVersion, Refus
from inclusion_desk.domain.service_fait import ServiceFait
from inclusion_desk.domain.suivi import (
    CHAMPS_SERVICE_FAIT,
    BilanSuivi,
    Resultat,
    SuiviConvention,
    VersementSuivi,
    write_mesures,
)
from inclusion_desk.domain.text import compter, format_date
from inclusion_desk.services import edition
from inclusion_desk.services.changes import Call, Changes, ensemble
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.store import bilans, conventions, service_fait, tables, versements
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, read_one, update_row


def modifier(session: Session, identifiant: int, version: int, valeurs: Valeurs) -> Changes:
    """Change a bilan; the instalments that wait for it follow its receipt.

    Raises:
        SaisieRefusee: one refusal per field at fault.
        Refus: its receipt cannot be taken back, as an instalment was paid on it.
        ConflitDeVersion: it was changed since it was read.
    """
    avant = bilans.load(session, date.min, [identifiant])
    fait = edition.update(session, "bilans", identifiant, version, valeurs)
    apres = bilans.load(session, date.min, [identifiant])
    if not avant or not apres or avant[0].recu_le == apres[0].recu_le:
        return fait
    suite = ensemble(session, fait.label, _follow(session, avant[0], apres[0].recu_le))
    inverses = tuple(c.inverse for c in (suite, fait) if c.inverse is not None)
    return Changes(fait.label, {**fait.ids, **suite.ids}, Call(ensemble, (fait.label, inverses)))


def _follow(session: Session, avant: BilanSuivi, recu_le: date | None) -> list[Call]:
    """List what a receipt, moved or taken back, changes in the instalments that wait for the bilan.

    An instalment waits for the last of the bilans of its kind about the action it pays; for the last of them all where
    it names no action.
    """
    siens = [b for b in bilans.load(session, date.min, convention_id=avant.convention_id) if b.nature == avant.nature]
    actions = bilans.load_actions(session, [avant.convention_id]).get(avant.convention_id, [])
    appels = []
    for versement in versements.load(session, date.min, convention_id=avant.convention_id):
        if versement.declencheur != f"bilan_{avant.nature}":
            continue
        attendus = [b for b in siens if _awaits(versement, b, actions)]
        if avant.id not in {b.id for b in attendus}:
            continue
        recus = [b.recu_le for b in attendus]
        complets = [jour for jour in recus if jour is not None]
        complet = max(complets) if len(complets) == len(recus) else None
        if _follows(versement, avant, recu_le) and versement.piece_recue_le != complet:
            valeurs = {"piece_recue_le": complet}
            appels.append(Call(edition.update, ("versements", versement.id, versement.version, valeurs)))
    return appels


def _awaits(versement: VersementSuivi, bilan: BilanSuivi, actions: Sequence[Action]) -> bool:
    """Tell whether an instalment waits for a bilan of its kind: one about the action it pays, over its period."""
    if versement.dispositif_id is None or bilan.dispositif_id is None:
        return True
    if versement.dispositif_id != bilan.dispositif_id:
        return False
    payees = [a for a in actions if (a.avenant_id, a.dispositif_id) == (versement.avenant_id, versement.dispositif_id)]
    return not payees or any(a.chevauche(bilan.debut, bilan.fin) for a in payees)


def _follows(versement: VersementSuivi, bilan: BilanSuivi, recu_le: date | None) -> bool:
    if versement.paye_le is None:
        return True
    if recu_le is None:
        raise Refus(
            f"« {versement.libelle} » de la convention {bilan.convention_numero} a été payé le "
            f"{format_date(versement.paye_le)} sur ce bilan : annulez d’abord ce paiement.",
            "recu_le",
        )
    return False


def recevoir(session: Session, ids: Sequence[int], jour: date) -> Changes:
    """Record that bilans came on a day; those received already are left.

    Raises:
        Refus: all of them are received, or the day is still to come or before the period of one begins.
    """
    attendus = [b for b in bilans.load(session, jour, ids) if b.recu_le is None]
    if not attendus:
        raise Refus("Ces bilans sont déjà reçus.")
    appels = [Call(modifier, (b.id, b.version, {"recu_le": jour})) for b in attendus]
    return ensemble(session, f"Enregistrer la réception – {_named(attendus)}", appels)


def annuler_reception(session: Session, ids: Sequence[int]) -> Changes:
    """Take back the receipt of bilans.

    Raises:
        Refus: none of them is received, or an instalment was paid on one.
    """
    recus = [b for b in bilans.load(session, date.min, ids) if b.recu_le is not None]
    if not recus:
        raise Refus("Aucun de ces bilans n’est reçu.")
    appels = [Call(modifier, (b.id, b.version, {"recu_le": None})) for b in recus]
    return ensemble(session, f"Annuler la réception – {_named(recus)}", appels)


def _named(lus: Sequence[BilanSuivi]) -> str:
    return f"{lus[0].libelle}, {lus[0].convention_numero}" if len(lus) == 1 else compter(len(lus), "bilan")


def mesurer(session: Session, identifiant: int, version: int, resultats: Sequence[Resultat]) -> Changes:
    """Save the values that a bilan reports for its indicators.

    Raises:
        ConflitDeVersion: it was changed since it was read.
    """
    return _measure(session, identifiant, version, write_mesures(resultats))


def _measure(session: Session, identifiant: int, version: int, mesures: str) -> Changes:
    avant = read_one(session, tables.bilan, identifiant)
    label = f"Enregistrer les résultats – {NATURES_BILAN[avant['nature']]}"
    if avant["mesures"] == mesures:
        return Changes(label, {})
    update_row(session, tables.bilan, identifiant, version, {"mesures": mesures})
    inverse = Call(_measure, (identifiant, version + 1, avant["mesures"]))
    return Changes(label, {"bilans": (identifiant,)}, inverse)


@dataclass(frozen=True, slots=True)
class Execution:
    """One convention as its service fait is judged; ``maximum`` and ``verse`` in cents."""

    convention: Convention
    suivi: SuiviConvention
    maximum: int
    verse: int
    resultats: tuple[Resultat, ...]
    """The indicators of its final bilans, with the values reported."""

    @property
    def service_fait(self) -> ServiceFait | None:
        """What is finally due; None while a rate is missing."""
        return self.suivi.arreter(self.maximum, self.verse)


def a_juger(session: Session) -> tuple[Convention, ...]:
    """List the conventions that bind both parties and cost something, the latest numbers first."""
    return tuple(c for c in conventions.load(session) if c.etat in SIGNEES and c.montant > 0)


def executer(session: Session, convention_id: int) -> Execution:
    """Read a convention as its service fait is judged.

    Raises:
        Introuvable: it is gone.
    """
    convention = conventions.load_one(session, convention_id)
    finals = [b for b in bilans.load(session, date.min, convention_id=convention_id) if b.nature == "final"]
    return Execution(
        convention,
        bilans.load_suivi(session, convention_id),
        convention.montant,
        bilans.load_verse(session, convention_id),
        tuple(resultat for bilan in finals for resultat in bilan.resultats),
    )


def juger(session: Session, convention_id: int, attendues: Valeurs, valeurs: Valeurs) -> Changes:
    """Save the service fait of a convention; ``attendues`` are the values it was read with.

    Once it is closed, no payment passes the definitive amount; what was paid beyond it before is to be taken back.

    Raises:
        SaisieRefusee: one refusal per field at fault.
        Refus: rates or penalties that cannot be, or it is closed without its rates, or on a day still to come.
        ConflitDeVersion: it was changed since it was read.
    """
    convention = conventions.locked(session, convention_id)
    lues = check_valeurs(CHAMPS_SERVICE_FAIT, valeurs)
    avant = bilans.load_suivi(session, convention_id)
    label = f"{_gesture(avant, lues)} – {convention.numero}"
    return _note(session, convention_id, attendues, lues, label)


def _gesture(avant: SuiviConvention, valeurs: Mapping[str, Any]) -> str:
    arrete_le = valeurs.get("arrete_le", avant.arrete_le)
    if (arrete_le is None) == (avant.arrete_le is None):
        return "Enregistrer le service fait"
    return "Rouvrir le service fait" if arrete_le is None else "Arrêter le service fait"


def _check_judged(session: Session, voulu: SuiviConvention) -> None:
    """Check a service fait as it would stand.

    Raises:
        Refus: as ``juger``.
    """
    montant = conventions.load_one(session, voulu.convention_id).montant
    fait = voulu.arreter(montant, bilans.load_verse(session, voulu.convention_id))
    if voulu.arrete_le is None:
        return
    if fait is None:
        manque = "quantitatif" if voulu.quantitatif is None and voulu.poids else "qualitatif"
        raise Refus("Le taux de réalisation est à renseigner avant d’arrêter le service fait.", manque)
    if voulu.arrete_le > aujourdhui():
        raise Refus("La date d’arrêt du service fait est postérieure à ce jour : corrigez-la.", "arrete_le")


def publier(session: Session, ids: Sequence[int], jour: date | None) -> Changes:
    """Record the day on which the essential data of conventions were published; None takes it back."""
    appels = [
        Call(_note, (c.id, {"publiee_le": bilans.load_suivi(session, c.id).publiee_le}, {"publiee_le": jour}, ""))
        for c in conventions.load(session, ids)
    ]
    quoi = compter(len(appels), "convention")
    return ensemble(session, f"Enregistrer la publication des données essentielles – {quoi}", appels)


def _note(
    session: Session, convention_id: int, attendues: Mapping[str, Any], valeurs: Mapping[str, Any], label: str
) -> Changes:
    """Write what is followed of a convention, provided it still stands as it was read."""
    actuel = bilans.load_suivi(session, convention_id)
    anciennes = {nom: getattr(actuel, nom) for nom in valeurs}
    if any(nom in attendues and attendues[nom] != valeur for nom, valeur in anciennes.items()):
        raise ConflitDeVersion(
            "Le suivi de cette convention a été modifié depuis un autre poste entre-temps : rien n’a été enregistré. "
            "Actualisez l’affichage, puis recommencez."
        )
    if any(champ.nom in valeurs for champ in CHAMPS_SERVICE_FAIT):
        _check_judged(session, replace(actuel, **valeurs))
    if anciennes == dict(valeurs):
        return Changes(label, {})
    table = tables.suivi_convention
    if actuel.version:
        update_row(session, table, actuel.id, actuel.version, dict(valeurs))
    else:
        insert_row(session, table, {"convention_id": convention_id, **valeurs})
    return Changes(label, {"suivi": (convention_id,)}, Call(_note, (convention_id, dict(valeurs), anciennes, label)))


def calendrier(session: Session, jour: date) -> tuple[Echeance, ...]:
    """List what falls due on every convention as seen on a day, by day."""
    dus = service_fait.load_versements(session, jour)
    return echeances(bilans.load_followed(session), dus, bilans.load(session, jour), jour)
