"""Conventions, avenants, payments and bilans are found by their phase, their days and their state."""

from __future__ import annotations

from datetime import date

from inclusion_desk.domain.recherche import Tri
from inclusion_desk.services import edition
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.sujets import ORDRE_NATUREL, SUJETS
from inclusion_desk.store import versements as store
from tests.services.gestes import PHASE
from tests.services.gestes_actes import avenant_a, creer, nommee, preparer, toutes

CAS = "2024-00901"


def trouves(desk: Desk, sujet: str, filtre: str) -> set[int]:
    """List the rows that a filter keeps."""
    index = desk.read(SUJETS[sujet].index, PHASE, None)
    ordre = desk.read(SUJETS[sujet].ordre, PHASE, Tri(ORDRE_NATUREL), index)
    return {index.ids[p] for p in index.chercher(filtre, ordre).positions}


def test_conventions_and_avenants_are_found_by_phase_date_and_state(amendable: Desk) -> None:
    preparer(amendable)
    cas = nommee(amendable, "2024-01213")
    creer(amendable, "avenants", **avenant_a(cas.id, modele="9", fin=date(2026, 6, 30)))
    toutes = trouves(amendable, "conventions", "")
    phase = trouves(amendable, "conventions", "2024/6")
    assert phase == trouves(amendable, "conventions", "09/12/2024")
    assert 0 < len(phase) < len(toutes)
    assert cas.id in trouves(amendable, "conventions", "14/08/2024 signée")
    assert cas.id not in trouves(amendable, "conventions", "projet")
    assert cas.id in trouves(amendable, "conventions", "31/12/2025")
    assert cas.id in trouves(amendable, "conventions", "hors de l’outil")
    assert len(trouves(amendable, "avenants", "2024/6")) == 17
    assert len(trouves(amendable, "avenants", "30/06/2026")) == 1
    assert trouves(amendable, "avenants", "projet") == trouves(amendable, "avenants", "")
    assert trouves(amendable, "avenants", "signée") == set()


def test_instalments_and_bilans_are_found_by_phase_date_and_state(amendable: Desk) -> None:
    preparer(amendable)
    une = nommee(amendable, CAS).id
    bilan = {"convention_id": une, "nature": "final", "debut": date(2024, 1, 1), "fin": date(2025, 12, 31)}
    amendable.do(edition.create, "bilans", PHASE, {**bilan, "echeance": date(2026, 3, 31)})
    siens = {v.id for v in amendable.read(store.load, date(2025, 6, 2), convention_id=une)}
    assert trouves(amendable, "versements", "22/02/2024 00901") < siens
    assert siens & trouves(amendable, "versements", "30/06/2026")
    de_la_phase = trouves(amendable, "versements", "2024/6")
    assert de_la_phase
    assert not de_la_phase & siens
    assert len(trouves(amendable, "bilans", "31/03/2026")) == 1
    assert len(trouves(amendable, "bilans", "31/12/2025 final")) == 1
    assert trouves(amendable, "bilans", "2024/6") == set()
    de_phase = next(c.id for c in toutes(amendable) if c.phase_id == PHASE)
    amendable.do(edition.create, "bilans", PHASE, {**bilan, "convention_id": de_phase, "echeance": date(2026, 3, 31)})
    assert len(trouves(amendable, "bilans", "2024/6")) == 1
