"""Instructs applications: each move checked, recorded, and undone as a whole; a proposed one becomes a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inclusion_desk.domain.campagnes import SITUATIONS, TRANSITIONS_CANDIDATURE, check_transition, situer
from inclusion_desk.domain.champs import Valeurs
from inclusion_desk.domain.etats import Transition, trouver
from inclusion_desk.domain.phases import refus_fermee
from inclusion_desk.domain.refus import ConflitDeVersion, Refus, SaisieRefusee
from inclusion_desk.domain.text import compter
from inclusion_desk.services import edition
from inclusion_desk.services.changes import Call, Changes, ensemble
from inclusion_desk.services.evenements import consigner
from inclusion_desk.services.regles import REGLES
from inclusion_desk.services.regles.candidatures import phase_of
from inclusion_desk.store import phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import delete_rows, insert_rows, read_one, update_row

_EFFET = "Annulation"
_CHAMPS = {"montant": "montant_propose", "volume": "volume_propose"}
"""The fields of an application behind those of the line proposed: what is refused is shown where it is typed."""


@dataclass(frozen=True, slots=True)
class _Ligne:
    """The line that a move adds to a phase, or takes away; ``ajournee``: even from a phase put off."""

    creee: int | None = None
    retiree: Mapping[str, Any] | None = None
    ajournee: bool = False


def deplacer(session: Session, identifiant: int, version: int, code: str, phase_id: int, motif: str = "") -> Changes:
    """Make an application move; proposing it adds a line to the phase given, withdrawing that takes it away.

    One presented again leaves its line in an act rejected, which does not change, and takes it out of a phase put off,
    where it would still weigh on the budget.

    Raises:
        SaisieRefusee: what the move asks for is missing, one refusal per field.
        Refus: the state does not allow it, or the line is refused.
        ConflitDeVersion: the application was changed since it was read.
    """
    avant = read_one(session, tables.candidature, identifiant)
    phase = phase_of(session, avant)
    situation = situer(avant["etat"], phase.etat if phase else None)
    transition = trouver(TRANSITIONS_CANDIDATURE, code, situation, SITUATIONS)
    check_transition(code, avant)
    if code in {"proposer", "ecarter"}:  # what the opinion asks for may have been taken away since it was given
        check_transition("instruire", avant)
    creee = _propose(session, avant, phase_id) if code == "proposer" else None
    update_row(session, tables.candidature, identifiant, version, {"etat": transition.vers, "proposition_id": creee})
    if code == "representer" and phase is not None:
        motif = f"{SITUATIONS[situation]} à la phase {phase.reference}"
    consigner(session, "candidatures", identifiant, avant["etat"], transition, motif)
    ajournee = situation == "ajourne"
    part = code == "retirer_proposition" or ajournee
    retiree = _withdraw(session, avant["proposition_id"], ajournee=ajournee) if part else None
    return _told(session, avant, transition, _Ligne(creee, retiree, ajournee))


def deplacer_tous(
    session: Session, dossiers: Sequence[tuple[int, int]], code: str, phase_id: int, motif: str = ""
) -> Changes:
    """Make the same move with several applications, given as ids and versions: all of them, or none.

    Raises:
        Refus: as ``deplacer``, naming the application at fault.
    """
    if len(dossiers) == 1:
        return deplacer(session, *dossiers[0], code, phase_id, motif)
    appels = [Call(_named_move, (identifiant, version, code, phase_id, motif)) for identifiant, version in dossiers]
    geste = next(t.geste for t in TRANSITIONS_CANDIDATURE if t.code == code)
    return ensemble(session, f"{geste} – {compter(len(dossiers), 'dossier')}", appels)


def _named_move(session: Session, identifiant: int, version: int, code: str, phase_id: int, motif: str) -> Changes:
    try:
        return deplacer(session, identifiant, version, code, phase_id, motif)
    except (Refus, SaisieRefusee) as erreur:
        nom = REGLES["candidatures"].nommer(session, read_one(session, tables.candidature, identifiant))
        raise Refus(f"{nom} : {erreur} Aucun dossier n’a été changé.") from erreur


def _told(session: Session, avant: Mapping[str, Any], transition: Transition, ligne: _Ligne) -> Changes:
    nom = REGLES["candidatures"].nommer(session, avant)
    inverse = Call(_remettre, (avant["id"], transition.vers, dict(avant), ligne))
    return Changes(f"{transition.geste} – {nom}", _touched(avant["id"]), inverse)


def _touched(identifiant: int) -> dict[str, tuple[int, ...]]:
    return {
        "candidatures": (identifiant,), "periodes": (), "propositions": (), "budget": (), "structures": (),
        "dispositifs": (), "phases": (),
    }  # fmt: skip


def _propose(session: Session, avant: Mapping[str, Any], phase_id: int) -> int:
    """Add the line of an application to a phase, by the rules of propositions."""
    noms = ("dispositif_id", "structure_id", "territoire_id", "ligne_budgetaire_id", "debut", "fin")
    valeurs: Valeurs = {
        **{nom: avant[nom] for nom in noms},
        "montant": avant["montant_propose"],
        "volume": avant["volume_propose"],
        "acte": "convention",
    }
    try:
        fait = edition.create(session, "propositions", phase_id, valeurs)
    except SaisieRefusee as erreur:
        refus = tuple(Refus(r.phrase, _CHAMPS.get(r.champ or "", r.champ)) for r in erreur.refus)
        raise SaisieRefusee(refus) from erreur
    return fait.ids["propositions"][0]


def _withdraw(session: Session, proposition_id: int, *, ajournee: bool) -> Mapping[str, Any]:
    """Take the line of an application away from its phase; gives it back for undo."""
    ligne = read_one(session, tables.proposition, proposition_id)
    _check_phase(session, ligne["phase_id"], ajournee=ajournee)
    delete_rows(session, tables.proposition, [proposition_id])
    return ligne


def _check_phase(session: Session, phase_id: int, *, ajournee: bool) -> None:
    """Check that a line may come and go: the phase is open, or put off as when the step was made."""
    vue = phases.load(session, phase_id)
    if vue.fermee and not (ajournee and vue.etat == "ajournee"):
        raise refus_fermee(vue)


def _remettre(session: Session, identifiant: int, attendu: str, anciennes: Mapping[str, Any], faite: _Ligne) -> Changes:
    """Put an application back as it was before a move, with its line; gives back the move as it can be redone."""
    actuelle = read_one(session, tables.candidature, identifiant)
    if actuelle["etat"] != attendu:
        raise ConflitDeVersion(
            "Ce dossier a changé d’état depuis cette étape : elle ne peut plus être annulée. Actualisez l’affichage."
        )
    if faite.retiree is not None:
        _check_phase(session, faite.retiree["phase_id"], ajournee=faite.ajournee)
        insert_rows(session, tables.proposition, [faite.retiree])
    valeurs = {"etat": anciennes["etat"], "proposition_id": anciennes["proposition_id"]}
    update_row(session, tables.candidature, identifiant, actuelle["version"], valeurs)
    retiree = _withdraw(session, faite.creee, ajournee=faite.ajournee) if faite.creee is not None else None
    _record_undo(session, identifiant, attendu, anciennes["etat"])
    nom = REGLES["candidatures"].nommer(session, actuelle)
    rendue = faite.retiree["id"] if faite.retiree is not None else None
    ligne = _Ligne(rendue, retiree, faite.ajournee)
    refaire = Call(_remettre, (identifiant, anciennes["etat"], dict(actuelle), ligne))
    return Changes(f"{_EFFET} – {nom}", _touched(identifiant), refaire)


def _record_undo(session: Session, identifiant: int, de: str, vers: str) -> None:
    consigner(session, "candidatures", identifiant, de, Transition("annuler", frozenset({de}), vers, _EFFET))
