"""Reads and writes the sitting of the case in one line, for the tests of the sitting."""

from __future__ import annotations

from datetime import date
from typing import Any

from inclusion_desk.domain.seances import Presence
from inclusion_desk.services import edition, seances
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import phases
from tests.services.gestes import PHASE, vue

JOUR = date(2025, 2, 3)
SEANCE = {"jour": JOUR, "instance": "Commission permanente", "lieu": "Lens", "president": "", "secretaire": ""}
PRESENT, AUTRE, INTERESSE, EXCUSE, ABSENT, ABSENT_INTERESSE, SANS_VOIX = 4, 6, 5, 40, 43, 42, 45
"""Councillors of the case, by what they were at its sitting; 40 and 41 gave proxies whose holders are not known."""


def feuille(desk: Desk, phase_id: int = PHASE) -> seances.FeuilleSeance:
    return desk.read(seances.lire, phase_id)


def version(desk: Desk, phase_id: int = PHASE) -> int:
    return feuille(desk, phase_id).version


def presence(desk: Desk, elu_id: int, phase_id: int = PHASE) -> Presence:
    (lue,) = [p for p in feuille(desk, phase_id).seance.presences if p.elu_id == elu_id]
    return lue


def lire(desk: Desk) -> object:
    lues = [feuille(desk, p.id) for p in desk.read(phases.load_all)]
    return [(f.seance, f.phase.seance_id, f.proposes, f.absents) for f in lues]


def fixer(desk: Desk, phase_id: int, **valeurs: Any) -> Changes:
    return desk.do(seances.fixer, phase_id, vue(desk, phase_id).version, {**SEANCE, **valeurs})


def nouvel_elu(desk: Desk, nom: str, **valeurs: Any) -> int:
    complet = {"civilite": "Mme", "prenom": "Essai", "nom": nom, "membre": True, **valeurs}
    return desk.do(edition.create, "elus", PHASE, complet).ids["elus"][0]
