"""What follows the vote, through the window alone: acts prepared, signed, paid, their bilans received."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from inclusion_desk.services import conventions, pieces, verification
from inclusion_desk.store import bilans, versements
from inclusion_desk.store import conventions as store
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.parcours import PageSuivie
from inclusion_desk.ui.sections.actes import ActesAProduire
from inclusion_desk.ui.sections.conventions import Actes
from inclusion_desk.ui.sections.suivi import Bilans
from inclusion_desk.ui.sections.versements import Versements
from tests.fenetre import Ouvrir
from tests.journeys.formes import show, submit
from tests.services.bases import modele_adopte
from tests.services.bases_actes import modele_conventionne

__all__ = ["modele_adopte", "modele_conventionne"]
NUMERO = "2024-01213"


@pytest.fixture
def atelier(ouvrir_fenetre: Ouvrir, modele_conventionne: Path, tmp_path: Path) -> Atelier:
    """Open the adopted case, with its sheets and the conventions that came before."""
    base = tmp_path / "base.sqlite"
    shutil.copy(modele_conventionne, base)
    fenetre = ouvrir_fenetre(base)
    assert fenetre.atelier is not None
    return fenetre.atelier


def choose(page: Page, dit: Callable[[Any], bool]) -> None:
    """Select the first row that a test says."""
    lignes = page.modele.lignes
    page.table.selectRow(next(n for n in range(len(lignes)) if dit(lignes.row(n))))


def suivie(atelier: Atelier, partie: str, dit: Callable[[Any], bool]) -> PageSuivie:
    vue = show(atelier, "conventions", partie)
    assert isinstance(vue, PageSuivie)
    choose(vue.page, dit)
    return vue


def convention_id(atelier: Atelier) -> int:
    return atelier.desk.read(store.by_numbers, [NUMERO])[NUMERO].id


def test_from_the_vote_to_the_last_payment(atelier: Atelier, tmp_path: Path) -> None:
    prepare(atelier)
    sign(atelier, tmp_path)
    pay(atelier)
    receive(atelier)
    assert atelier.desk.read(verification.anomalies) == ()
    chaine = atelier.desk.read(conventions.lire, convention_id(atelier))
    assert chaine.en_vigueur.montant == 41_807_674
    assert [a.fiche_id is not None for a in chaine.annexes] == [True]


def prepare(atelier: Atelier) -> None:
    vue = show(atelier, "conventions", "actes")
    assert isinstance(vue, ActesAProduire)
    vue.preparer.click()
    assert attendre(lambda: not atelier.taches.occupe)
    assert len(atelier.desk.read(store.load_avenants)) == 17


def sign(atelier: Atelier, dossier: Path) -> None:
    """Send the avenant, type both signatures, record them, attach the scan, then make it enforceable."""
    vue = suivie(atelier, "avenants", lambda a: a.convention_numero == NUMERO)
    assert isinstance(vue, Actes)
    vue.parcours.boutons["envoyer"].click()
    vue.parcours.boutons["signer"].click()
    submit(vue.dates, {"signee_structure": "06/01/2025", "signee_departement": "10/01/2025"})
    assert vue.choisis()[0].etat == "signee"
    scan = dossier / "avenant signé.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    vue.joindre(vue.ids(vue.choisis()[0]), scan)
    assert len(atelier.desk.read(pieces.lister, *vue.ids(vue.choisis()[0]))) == 1
    vue.parcours.boutons["executer"].click()
    submit(vue.dates, {"executoire_le": "15/01/2025"})
    assert vue.choisis()[0].etat == "executoire"


def edit(vue: PageSuivie, valeurs: dict[str, str]) -> QWidget:
    vue.page.edition.modifier()
    formulaire = vue.page.edition.formulaire
    submit(formulaire, valeurs)
    assert formulaire is not None
    return formulaire


def pay(atelier: Atelier) -> None:
    """Pay the first instalment of the avenant, dated by its signature."""
    vue = show(atelier, "suivi", "versements")
    assert isinstance(vue, Versements)
    dus = atelier.desk.read(versements.load, atelier.desk.maintenant().date(), convention_id=convention_id(atelier))
    assert [(v.acte_rang, v.montant) for v in dus] == [
        (0, 14_543_750), (0, 10_823_256), (0, 8_455_668), (1, 4_791_000), (1, 3_194_000),
    ]  # fmt: skip
    premier = next(v for v in dus if v.acte_rang == 1)
    assert premier.echeance is not None
    assert premier.echeance.isoformat() == "2025-01-10"
    choose(vue.page, lambda v: v.id == premier.id)
    vue.volet.boutons["payer"].click()
    paye = atelier.desk.read(versements.load, premier.echeance, [premier.id])[0]
    assert paye.montant_paye == 4_791_000


def receive(atelier: Atelier) -> None:
    """Receive the final bilan that the signature has drawn up; the balances that wait for it fall due."""
    dus = [
        b
        for b in atelier.desk.read(bilans.load, atelier.desk.maintenant().date())
        if b.convention_id == convention_id(atelier) and b.nature == "final"
    ]
    assert [b.echeance.isoformat() for b in dus] == ["2026-03-31"]
    vue = show(atelier, "suivi", "bilans")
    assert isinstance(vue, Bilans)
    choose(vue.page, lambda b: b.id == dus[0].id)
    vue.volet.boutons["recevoir"].click()
    lus = atelier.desk.read(versements.load, atelier.desk.maintenant().date(), convention_id=convention_id(atelier))
    assert next(v for v in lus if v.montant == 8_455_668).piece_recue_le is not None


def test_every_part_of_both_tabs_shows_itself_before_any_act_is_prepared(atelier: Atelier) -> None:
    for onglet, parties in (
        ("conventions", ("actes", "conventions", "avenants", "montants", "annexes_actes", "fiches")),
        ("suivi", ("calendrier", "versements", "bilans", "service_fait", "besoins", "cofinancement")),
    ):
        for partie in parties:
            assert show(atelier, onglet, partie).isVisible()
            assert attendre(lambda: not atelier.taches.occupe)
