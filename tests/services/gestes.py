"""The everyday gestures of a sitting, in one line each, for the tests of the services and of the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.refus import ConflitDeVersion
from inclusion_desk.services import adoption, campagnes, edition, etapes, seances
from inclusion_desk.services.changes import Call, Changes, UseCase
from inclusion_desk.services.deliberations import decrire, voter
from inclusion_desk.services.desk import Desk
from inclusion_desk.store import deliberations, dossiers, phases, rows, tables
from inclusion_desk.store.deliberations import Acte

PHASE = 1
"""The phase of the case, on the agenda."""


def silence(_fait: int, _total: int) -> None:
    """Follow nothing."""


def jouer(desk: Desk, appel: Call | None) -> Changes:
    """Run the call that undoes or redoes a step."""
    assert appel is not None
    return desk.do(appel.use_case, *appel.args)


def vue(desk: Desk, phase_id: int = PHASE) -> Phase:
    """Read a phase."""
    return desk.read(phases.load, phase_id)


def acte(desk: Desk, phase_id: int = PHASE) -> Acte:
    """Read the deliberation of a phase."""
    lu = desk.read(deliberations.find, phase_id)
    assert lu is not None
    return lu


def ligne(desk: Desk, identifiant: int, table: Any = tables.proposition) -> dict[str, Any]:
    """Read one row."""
    return desk.read(rows.read_one, table, identifiant)


def adopter(desk: Desk, phase_id: int = PHASE, issue: str = "adopte") -> Changes:
    """Record the vote of a phase."""
    return adoption.adopter(desk, phase_id, issue, silence)


def rejeter(desk: Desk, phase_id: int = PHASE) -> Changes:
    """Record that a phase was rejected: as many votes against as there were in favour."""
    lus = desk.read(deliberations.load_votes, acte(desk, phase_id).id)
    inverses = {"pour": "contre", "contre": "pour"}
    votes = [replace(v, position=inverses.get(v.position, v.position)) for v in lus]
    desk.do(voter, phase_id, acte(desk, phase_id).version, votes)
    return adopter(desk, phase_id, "rejete")


def lignes_de(desk: Desk, phase_id: int = PHASE) -> list[dict[str, Any]]:
    """Read the propositions of a phase as they are stored."""
    return desk.read(rows.read_parts, tables.proposition, "phase_id", [phase_id])


def deplacer(desk: Desk, code: str, phase_id: int = PHASE, motif: str = "Motif d’essai") -> Changes:
    """Make a phase move."""
    return desk.do(etapes.deplacer, phase_id, vue(desk, phase_id).version, code, motif)


def inscrire_a_nouveau(desk: Desk, phase_id: int = PHASE) -> None:
    """Take a phase off the agenda and put it back, so that its report is kept."""
    for code in ("retirer", "transmettre", "inscrire"):
        deplacer(desk, code, phase_id)


def corriger(desk: Desk, phase_id: int = PHASE) -> int:
    """Open the phase that corrects an adopted act; gives back its id."""
    return desk.do(campagnes.corriger, phase_id).ids["campagnes"][0]


def mettre_a_l_ordre_du_jour(desk: Desk, phase_id: int, numero: str, jour: Any = None) -> None:
    """Bring a phase to the sitting of the case, or of another day, with its number and its vote."""
    seance = {**ligne(desk, 1, tables.seance)}
    seance["jour"] = jour or seance["jour"]
    if vue(desk, phase_id).seance_id is None:
        desk.do(seances.fixer, phase_id, vue(desk, phase_id).version, seance)
    desk.do(decrire, phase_id, acte(desk, phase_id).version, {"numero": numero})
    for code in ("transmettre", "inscrire"):
        deplacer(desk, code, phase_id)
    interesses = [p.elu_id for p in desk.read(dossiers.load, PHASE).seance.interesses]
    if vue(desk, phase_id).seance_id == 1:
        desk.do(seances.interesser, phase_id, acte(desk, phase_id).version, interesses)
    votes = desk.read(deliberations.load_votes, 1)
    desk.do(voter, phase_id, acte(desk, phase_id).version, votes)


def modifier(desk: Desk, identifiant: int, **valeurs: Any) -> Changes:
    """Change a proposition."""
    return desk.do(edition.update, "propositions", identifiant, ligne(desk, identifiant)["version"], valeurs)


def aller_retour(desk: Desk, lire: Callable[[Desk], object], use_case: UseCase, *args: object) -> Changes:
    """Check that a step changes what is read, that undoing it changes it back, and that redoing it does it again."""
    avant = lire(desk)
    fait = desk.do(use_case, *args)
    apres = lire(desk)
    assert apres != avant
    defait = jouer(desk, fait.inverse)
    assert lire(desk) == avant
    refait = jouer(desk, defait.inverse)
    assert lire(desk) == apres
    redefait = jouer(desk, refait.inverse)
    assert lire(desk) == avant
    jouer(desk, redefait.inverse)
    assert lire(desk) == apres
    return fait


def dossier(desk: Desk, phase_id: int = PHASE) -> DossierSeance:
    """Read the dossier of a phase."""
    return desk.read(dossiers.load, phase_id)


def annulation_refusee(desk: Desk, fait: Changes, lire: Callable[[Desk], object]) -> None:
    """Check that a step cannot be undone over what somebody wrote since, and that nothing is lost."""
    ensuite = lire(desk)
    with pytest.raises(ConflitDeVersion, match="ont changé depuis cette étape"):
        jouer(desk, fait.inverse)
    assert lire(desk) == ensuite


def nouvelle_phase(desk: Desk, numero: int = 7, phase_id: int = PHASE) -> int:
    """Open another phase of the campaign."""
    valeurs = {"numero": numero, "titre": f"Phase {numero}"}
    return desk.do(edition.create, "phases", phase_id, valeurs).ids["phases"][0]
