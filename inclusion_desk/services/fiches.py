"""Publishes the sheets of dispositifs, and opens a new version of one that acts carry."""

from __future__ import annotations

from datetime import date, datetime

from inclusion_desk.domain.fiches import CHAMPS, refus_publiee
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import edition
from inclusion_desk.services.changes import Changes
from inclusion_desk.store import fiches, tables
from inclusion_desk.store.engine import Session, moment_of
from inclusion_desk.store.rows import read_one, update_row

_TOUCHE: dict[str, tuple[int, ...]] = {"fiches": ()}
_RUBRIQUES_UTILES = ("objectifs", "deroulement", "bilan")
"""What no sheet may be published without."""


def publier(session: Session, identifiant: int, version: int) -> Changes:
    """Make a version ready for acts; from then on nothing in it changes.

    Raises:
        Refus: it is published already, or says nothing of what it must.
        ConflitDeVersion: it was changed since it was read.
    """
    fiche = read_one(session, tables.fiche, identifiant)
    if fiche["publiee_le"] is not None:
        raise refus_publiee(fiche["titre"])
    vides = [champ for champ in CHAMPS if champ.nom in _RUBRIQUES_UTILES and not fiche[champ.nom].strip()]
    if vides:
        raise Refus(f"{vides[0].article} est vide : complétez-la avant de publier la fiche.", vides[0].nom)
    jour: date = datetime.fromisoformat(moment_of(session)).date()
    update_row(session, tables.fiche, identifiant, version, {"publiee_le": jour})
    return Changes(f"Publier la fiche « {fiche['titre']} » (version {fiche['rang']})", _TOUCHE)


def renouveler(session: Session, identifiant: int) -> Changes:
    """Open the next version of a published sheet, with its texts to start from.

    Raises:
        Refus: it is not published, or its next version is already under way.
    """
    fiche = read_one(session, tables.fiche, identifiant)
    if fiche["publiee_le"] is None:
        raise Refus(f"La fiche « {fiche['titre']} » n’est pas publiée : modifiez-la directement.")
    if fiches.last_rank(session, fiche["dispositif_id"]) != fiche["rang"]:
        raise Refus(f"La fiche « {fiche['titre']} » a déjà une version plus récente : ouvrez celle-là.")
    valeurs = {champ.nom: fiche[champ.nom] for champ in CHAMPS}
    return edition.create(session, "fiches", 0, valeurs)
