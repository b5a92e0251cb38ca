"""What conventions and avenants check alike: nothing changed once out for signature, days that follow each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inclusion_desk.domain import conventions_dates as jours
from inclusion_desk.domain.conventions import SIGNEES, derniere_signature
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.services.parties import Partie
from inclusion_desk.services.regles.base import Ligne
from inclusion_desk.store import origine, tables
from inclusion_desk.store.engine import Session

_PARTIES = ("tranche", "fiche_annexee", "acte_ligne", "copie_acte", "versement", "piece")


def parts(colonne: str, *autres: str) -> tuple[Partie, ...]:
    """List what an act is made of, and goes with it."""
    return tuple(Partie(getattr(tables, nom), colonne) for nom in (*_PARTIES, *autres))


def changed(ligne: Ligne, avant: Ligne | None, noms: Sequence[str]) -> list[str]:
    """List the fields that a write changes, among some; all of them in a new row."""
    return [nom for nom in noms if avant is None or ligne[nom] != avant[nom]]


def check_sent(ligne: Ligne, avant: Ligne | None, contenu: Sequence[str]) -> None:
    """Check that an act out for signature keeps what it says; one recorded from paper may be put right.

    Raises:
        Refus: on the first field changed.
    """
    if avant is None or avant["etat"] == "projet" or avant["externe"]:
        return
    if touches := changed(ligne, avant, contenu):
        raise Refus(
            "Cet acte est à la signature ou signé : rien n’y change. Reprenez d’abord le projet, ou faites un avenant.",
            touches[0],
        )


def check_days(
    session: Session,
    ligne: Ligne,
    avant: Ligne | None,
    *,
    convention_signee_le: date | None = None,
    avenant_le: date | None = None,
) -> None:
    """Check the days of an act where one of them changes: those recorded before this was checked stay as they are.

    Raises:
        Refus: a signed act would lose one of its signatures, or an act in force its day of effect.
        SaisieRefusee: one refusal per day out of its order, or ahead of today.
    """
    phase_id = ligne.get("phase_id")
    jours.check_deliberation(ligne["deliberation_numero"], ligne["deliberation_le"], de_la_phase=phase_id is not None)
    if not changed(ligne, avant, jours.SAISIES):
        return
    structure, departement = ligne["signee_structure"], ligne["signee_departement"]
    if avant is not None and avant["etat"] in SIGNEES:
        jours.check_signatures("garder", structure, departement)
    siens = jours.Jours(
        structure,
        departement,
        ligne["executoire_le"],
        ligne["deliberation_le"] if phase_id is None else origine.sitting_of(session, phase_id),
        convention_signee_le,
        avenant_le,
    )
    jours.check_jours(siens, aujourdhui(), deja=avant is not None and avant["etat"] in jours.EXECUTOIRES)


def state_on_paper(ligne: Ligne) -> str:
    """Give the state in which an act born outside is recorded: signed at once where both signatures are known."""
    if derniere_signature(ligne["signee_structure"], ligne["signee_departement"]) is None:
        return "projet"
    return "executoire" if ligne["executoire_le"] else "signee"
