"""The département itself: its name, its seat, who signs its acts; typed once, printed on every act."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from inclusion_desk.domain.champs import Champ, Valeurs, check_valeurs
from inclusion_desk.domain.refus import ConflitDeVersion
from inclusion_desk.services.changes import Call, Changes
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, update_values

CHAMPS = (
    Champ(
        "nom", "Département", "Le nom du département", obligatoire=True, maximum=100,
        aide="Par exemple : Pas-de-Calais",
    ),
    Champ("siege", "Siège", "L’adresse du siège", maximum=250, aide="Tel que les actes l’impriment"),
    Champ("pole", "Pôle", "Le nom du pôle", maximum=150),
    Champ("direction", "Direction", "Le nom de la direction", maximum=150),
    Champ(
        "signataire", "Signataire des actes", "Le nom du signataire", maximum=150, personnel=True,
        aide="Par délégation, pour les conventions et les avenants ; vide, c’est celui de la délibération",
    ),
    Champ(
        "qualite_signataire", "Sa qualité", "La qualité du signataire", maximum=150, aide="Par exemple : Directrice…"
    ),
)  # fmt: skip


def lire(session: Session) -> dict[str, Any]:
    """Read what is known of the département, by field."""
    lue = session.execute(select(tables.collectivite)).mappings().first()
    return {champ.nom: lue[champ.nom] if lue else "" for champ in CHAMPS}


def ecrire(session: Session, avant: Valeurs, valeurs: Valeurs) -> Changes:
    """Change what is known of the département; ``avant`` is what was shown.

    Raises:
        SaisieRefusee: one refusal per field at fault.
        ConflitDeVersion: another station changed it meanwhile.
    """
    actuelles = lire(session)
    if any(actuelles[nom] != (valeur or "") for nom, valeur in avant.items()):
        raise ConflitDeVersion("Ces informations ont changé entre-temps : vérifiez-les, puis reprenez votre saisie.")
    lues = {nom: valeur or "" for nom, valeur in check_valeurs(CHAMPS, valeurs).items()}
    if session.execute(select(tables.collectivite.c.id)).first() is None:
        insert_row(session, tables.collectivite, {"id": 1, **lues})
    else:
        update_values(session, tables.collectivite, 1, lues)
    inverse = Call(ecrire, (lire(session), actuelles))
    return Changes("Modifier le département et son signataire", {"seances": (), "conventions": ()}, inverse)
