"""Makes databases: the demonstration base of the real case, and an empty one ready for work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from inclusion_desk.domain.refus import BaseRefusee
from inclusion_desk.services import actes
from inclusion_desk.services.cas import TOUT, charger_cas, frame, lire_cas
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import phases, tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, insert_rows


def creer(chemin: str | Path) -> None:
    """Make the demonstration base: deliberation N° 2024-587 adopted as in the case, and phase 2025/1 in preparation.

    A base that holds a phase is kept as it is.

    Raises:
        Refus: the database cannot be created there.
    """
    from inclusion_desk.services import adoption, bilans, cas_actes, cas_suivant, preparation_actes  # noqa: PLC0415 - none for one’s own

    horloge = _Horloge(_VOTE)
    desk = ouvrir(chemin, creer=True, horloge=horloge)
    desk.auteur = "Démonstration"
    try:
        if desk.read(phases.load_all):
            return
        desk.do(charger_cas, lire_cas())
        phase = desk.read(phases.load_all)[0]
        adoption.adopter(desk, phase.id, lire_cas()["deliberation"]["issue"], lambda _fait, _total: None)
        desk.do(cas_actes.charger, lire_cas(), phase.id)
        cles = [propose.cle for propose in desk.read(preparation_actes.examiner, phase.id) if propose.pret]
        desk.do(preparation_actes.preparer, phase.id, cles)
        desk.do(cas_actes.echelonner)
        desk.do(bilans.etablir)
        horloge.moment = _ANNEE_SUIVANTE
        cas_suivant.charger(desk, lire_cas("2025-1"), lire_cas())
    finally:
        desk.close()


@dataclass
class _Horloge:
    """A clock that stands still: two demonstrations are alike, to the byte of their documents."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment


_VOTE = datetime(2024, 12, 9, 18, 30)  # noqa: DTZ001 - the local time of the sitting
_ANNEE_SUIVANTE = datetime(2025, 3, 18, 9, 0)  # noqa: DTZ001 - idem


def creer_cas(chemin: str | Path) -> None:
    """Make a base of the real case alone, phase 2024/6 on the agenda; one that holds a phase is kept as it is.

    Raises:
        Refus: the database cannot be created there.
    """
    desk = ouvrir(chemin, creer=True)
    try:
        if not desk.read(phases.load_all):
            desk.do(charger_cas, lire_cas())
    finally:
        desk.close()


def ouvrir_ou_creer(chemin: str | Path) -> Desk:
    """Open the user's own base, made on first use with a campaign of the year, its first phase and the territories.

    Raises:
        BaseRefusee: it cannot be opened or created.
    """
    desk = ouvrir(chemin, creer="://" not in str(chemin))
    try:
        if desk.locale and not desk.lecture_seule and not desk.read(phases.load_all):
            desk.do(preparer_campagne, lire_cas(), desk.maintenant().year)
    except BaseException:
        desk.close()
        raise
    return desk


def creer_base(chemin: Path) -> Desk:
    """Make a new base where nothing stands yet, ready for work like the user's own, and open it.

    Raises:
        BaseRefusee: something already stands there, or it cannot be created.
    """
    if chemin.exists():
        raise BaseRefusee(
            f"Le fichier {chemin} existe déjà : il n’a pas été touché. Choisissez un autre nom, ou ouvrez-le."
        )
    return ouvrir_ou_creer(chemin)


def preparer_campagne(session: Session, cas: Mapping[str, Any], annee: int) -> Changes:
    """Fill an empty base with what any year starts from: département, territories, thématiques, a first phase.

    The library of references holds the codes and the règlement intérieur that every deliberation cites.
    """
    label = f"Préparer la campagne {annee}"
    if phases.load_all(session):  # another window, opened at the same moment, was first
        return Changes(label, {})
    campagne_id = frame(session, {**cas, "annee": annee, "date_rapport_cadre": None})[0]
    permanentes = [v for v in cas["deliberation"]["visas"] if v["nature"] != "deliberation"]
    references = [{**v, "jour": None, "par_defaut": True, "ordre": n} for n, v in enumerate(permanentes, start=1)]
    insert_rows(session, tables.reference, references)
    titre = f"Appels à projets des politiques d’inclusion durable {annee} – Phase 1"
    phase_id = insert_row(session, tables.phase, {"campagne_id": campagne_id, "numero": 1, "titre": titre})
    actes.preparer(session, phase_id)
    return Changes(label, TOUT)
