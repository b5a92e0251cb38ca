"""The third way to use an open database: a trial that writes, of which nothing stays."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from inclusion_desk.domain.refus import EcritureRefusee, Refus
from inclusion_desk.services import edition, verification
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one


def noms(session: Session) -> list[str]:
    return list(session.execute(select(tables.structure.c.nom).order_by(tables.structure.c.id)).scalars())


def rename(session: Session, nom: str) -> list[str]:
    version = read_one(session, tables.structure, 1)["version"]
    edition.update(session, "structures", 1, version, {"nom": nom})
    return noms(session)


def test_a_trial_gives_what_it_found_and_leaves_nothing(amendable: Desk) -> None:
    avant, journal = amendable.read(noms), amendable.read(verification.tete_du_journal)
    assert "Essayée" in amendable.essayer(rename, "Essayée")
    assert amendable.read(noms) == avant
    assert amendable.read(verification.tete_du_journal) == journal
    assert amendable.read(verification.anomalies) == ()


def test_a_trial_refused_leaves_nothing_either(amendable: Desk) -> None:
    avant = amendable.read(noms)
    with pytest.raises(Refus, match="à renseigner"):
        amendable.essayer(rename, "")
    assert amendable.read(noms) == avant


def test_a_base_that_can_only_be_read_takes_no_trial(conventionnee: str) -> None:
    desk = ouvrir(conventionnee, lecture_seule=True)
    with pytest.raises(EcritureRefusee, match="lecture seule"):
        desk.essayer(rename, "Essayée")
    desk.close()
