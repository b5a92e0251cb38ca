"""Instructs applications: each move checked, recorded, and undone as a whole; a proposed one becomes a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inclusion_desk.domain.campagnes import ETATS_CANDIDATURE, TRANSITIONS_CANDIDATURE, check_transition
from inclusion_desk.domain.champs import Valeurs
from inclusion_desk.domain.etats import Transition, trouver
from inclusion_desk.domain.refus import ConflitDeVersion, Refus, SaisieRefusee
from inclusion_desk.domain.text import compter
from inclusion_desk.services import edition
from inclusion_desk.services.changes import Call, Changes, ensemble
from inclusion_desk.services.evenements import consigner
from inclusion_desk.services.regles import REGLES
from inclusion_desk.services.regles.base import check_open
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import delete_rows, insert_rows, read_one, update_row

_EFFET = "Annulation"
_CHAMPS = {"montant": "montant_propose", "volume": "volume_propose"}
"""The fields of an application behind those of the line proposed: what is refused is shown where it is typed."""


def deplacer(session: Session, identifiant: int, version: int, code: str, phase_id: int, motif: str = "") -> Changes:
    """Make an application move; proposing it adds a line to the phase given, withdrawing that takes it away.

    Raises:
        SaisieRefusee: what the move asks for is missing, one refusal per field.
        Refus: the state does not allow it, or the line is refused.
        ConflitDeVersion: the application was changed since it was read.
    """
    avant = read_one(session, tables.candidature, identifiant)
    transition = trouver(TRANSITIONS_CANDIDATURE, code, avant["etat"], ETATS_CANDIDATURE)
    check_transition(code, avant)
    if code in {"proposer", "ecarter"}:  # what the opinion asks for may have been taken away since it was given
        check_transition("instruire", avant)
    proposition_id = avant["proposition_id"]
    if code == "proposer":
        proposition_id = _propose(session, avant, phase_id)
    valeurs = {"etat": transition.vers, "proposition_id": proposition_id if transition.vers == "propose" else None}
    update_row(session, tables.candidature, identifiant, version, valeurs)
    consigner(session, "candidatures", identifiant, avant["etat"], transition, motif)
    retiree = _withdraw(session, proposition_id) if code == "retirer_proposition" else None
    return _told(session, avant, transition, proposition_id, retiree)


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


def _told(
    session: Session, avant: Mapping[str, Any], transition: Transition, proposition_id: int | None,
    retiree: Mapping[str, Any] | None,
) -> Changes:  # fmt: skip
    nom = REGLES["candidatures"].nommer(session, avant)
    cree = proposition_id if transition.vers == "propose" else None
    inverse = Call(_remettre, (avant["id"], transition.vers, dict(avant), cree, retiree))
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


def _withdraw(session: Session, proposition_id: int) -> Mapping[str, Any]:
    """Take the line of an application away from its phase, by the rules of propositions; gives it back for undo."""
    ligne = read_one(session, tables.proposition, proposition_id)
    REGLES["propositions"].check_suppression(session, (ligne,))
    delete_rows(session, tables.proposition, [proposition_id])
    return ligne


def _remettre(
    session: Session, identifiant: int, attendu: str, anciennes: Mapping[str, Any], cree: int | None,
    retiree: Mapping[str, Any] | None,
) -> Changes:  # fmt: skip
    """Put an application back as it was before a move, with its line; gives back the move as it can be redone."""
    actuelle = read_one(session, tables.candidature, identifiant)
    if actuelle["etat"] != attendu:
        raise ConflitDeVersion(
            "Ce dossier a changé d’état depuis cette étape : elle ne peut plus être annulée. Actualisez l’affichage."
        )
    if retiree is not None:
        check_open(session, retiree["phase_id"])
        insert_rows(session, tables.proposition, [retiree])
    valeurs = {"etat": anciennes["etat"], "proposition_id": anciennes["proposition_id"]}
    update_row(session, tables.candidature, identifiant, actuelle["version"], valeurs)
    ligne = _withdraw(session, cree) if cree is not None else None
    _record_undo(session, identifiant, attendu, anciennes["etat"])
    nom = REGLES["candidatures"].nommer(session, actuelle)
    refaire = Call(_remettre, (identifiant, anciennes["etat"], dict(actuelle), anciennes["proposition_id"], ligne))
    return Changes(f"{_EFFET} – {nom}", _touched(identifiant), refaire)


def _record_undo(session: Session, identifiant: int, de: str, vers: str) -> None:
    consigner(session, "candidatures", identifiant, de, Transition("annuler", frozenset({de}), vers, _EFFET))
