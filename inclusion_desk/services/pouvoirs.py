"""Records the proxies of a sitting: one for each holder, none of an interested member (CGCT, art. L.3121-16)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.seances import Presence, Seance
from inclusion_desk.services import seances
from inclusion_desk.services.changes import Changes
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import update_values

_ABSENT = "Cet élu n’est plus sur la feuille de présence : actualisez l’affichage."
_REPRESENTES = frozenset({"excuse", "absent"})


def donner(session: Session, phase_id: int, version: int, elu_id: int, mandataire_id: int | None) -> Changes:
    """Record that a member gave a proxy, and to whom where it is known.

    Raises:
        Refus: the giver is present, or the holder is not, or already holds one, or is interested in the matter.
        ConflitDeVersion: the sheet was changed since it was read.
    """
    _check(seances.lire(session, phase_id).seance, elu_id, mandataire_id)
    return _record(session, phase_id, version, elu_id, {"pouvoir": True, "mandataire_id": mandataire_id})


def reprendre(session: Session, phase_id: int, version: int, elu_id: int) -> Changes:
    """Record that a member gave no proxy.

    Raises:
        Refus: the member is not on the sheet.
        ConflitDeVersion: the sheet was changed since it was read.
    """
    return _record(session, phase_id, version, elu_id, {"pouvoir": False, "mandataire_id": None})


def _record(session: Session, phase_id: int, version: int, elu_id: int, valeurs: Mapping[str, Any]) -> Changes:
    def changer(session: Session, _seance_id: int, avant: seances.Lignes) -> None:
        ligne = next((ligne for ligne in avant if ligne["elu_id"] == elu_id), None)
        if ligne is None:
            raise Refus(_ABSENT)
        update_values(session, tables.presence, ligne["id"], valeurs)

    return seances.change_sheet(session, phase_id, version, "Enregistrer un pouvoir", changer)


def _check(seance: Seance, elu_id: int, mandataire_id: int | None) -> None:
    par_id = {presence.elu_id: presence for presence in seance.presences}
    mandant = par_id.get(elu_id)
    if mandant is None:
        raise Refus(_ABSENT)
    if mandant.statut not in _REPRESENTES:
        raise Refus(
            f"{mandant.nom_complet} n’est ni {mandant.accorder('excusé')} ni {mandant.accorder('absent')} : un pouvoir "
            "n’a pas lieu d’être.",
            "pouvoir",
        )
    if mandant.interesse:
        raise Refus(
            f"{mandant.nom_complet} est {mandant.accorder('intéressé')} à l’affaire : aucun pouvoir ne vaut pour ce "
            "vote.",
            "pouvoir",
        )
    if mandataire_id is not None:
        _check_holder(par_id.get(mandataire_id), elu_id, seance)


def _check_holder(mandataire: Presence | None, elu_id: int, seance: Seance) -> None:
    if mandataire is None or mandataire.statut != "present" or mandataire.elu_id == elu_id:
        raise Refus("Un pouvoir se donne à un autre membre, présent à la séance : choisissez-en un.", "mandataire_id")
    if mandataire.interesse:
        raise Refus(
            f"{mandataire.nom_complet} est {mandataire.accorder('intéressé')} à l’affaire et ne peut user d’un "
            "pouvoir : choisissez un autre membre.",
            "mandataire_id",
        )
    if any(p.mandataire == mandataire.elu_id and p.elu_id != elu_id for p in seance.presences):
        raise Refus(
            f"{mandataire.nom_complet} détient déjà un pouvoir, et n’en reçoit qu’un (CGCT, art. L.3121-16) : "
            "choisissez un autre membre.",
            "mandataire_id",
        )
