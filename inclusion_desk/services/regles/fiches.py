"""Rules of action sheets: a published one never changes, one that an act annexes stays."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.domain import fiches as domaine
from inclusion_desk.services.regles.base import Ligne, Regles, column, together, used
from inclusion_desk.store import fiches, tables
from inclusion_desk.store.engine import Session


def _check_fiche(_session: Session, _ligne: Ligne, avant: Ligne | None) -> None:
    if avant is not None and avant["publiee_le"] is not None:
        raise domaine.refus_publiee(avant["titre"])


def _check_unpublished(_session: Session, lignes: Sequence[Ligne]) -> None:
    for ligne in lignes:
        if ligne["publiee_le"] is not None:
            raise domaine.refus_publiee(ligne["titre"])


FICHES = Regles(
    table=tables.fiche,
    champs=domaine.CHAMPS,
    article="la fiche",
    pluriel="fiches action",
    nommer=column("titre"),
    touche=lambda ligne: {"fiches": (ligne["id"],) if "id" in ligne else ()},
    check=_check_fiche,
    completer=lambda session, ligne: {"rang": fiches.last_rank(session, ligne["dispositif_id"]) + 1},
    check_suppression=together(_check_unpublished, used(tables.fiche_annexee, "fiche_id", "La fiche", "titre", "acte")),
)
