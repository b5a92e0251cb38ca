"""The service fait through its widgets: once closed, it says what is left to pay, and leads to where it is paid."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from inclusion_desk.documents import lecture
from inclusion_desk.services import edition, suivi
from inclusion_desk.store import conventions
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.plan import planifier
from inclusion_desk.ui.sections.besoins import Besoins
from inclusion_desk.ui.sections.service_fait import ServiceFait
from inclusion_desk.ui.sections.versements import Versements
from inclusion_desk.ui.volet import Volet
from tests.ui.test_suivi import NBSP, Montrer, choisir, contexte, lus, modele, montrer, refus_lu

__all__ = ["contexte", "modele", "montrer"]
NUMERO = "2024-00927"
ARRETE = {
    "quantitatif": 8_000, "qualitatif": 9_000, "penalites": "Bilan remis hors délai = 10 %",
    "arrete_le": date(2026, 1, 15),
}  # fmt: skip


def convention(contexte: Contexte) -> int:
    return contexte.desk.read(conventions.by_numbers, [NUMERO])[NUMERO].id


def juger(contexte: Contexte, **valeurs: object) -> None:
    contexte.actions.do(suivi.juger, convention(contexte), {}, {**ARRETE, **valeurs})


def recevoir(contexte: Contexte) -> None:
    """Record that the document which the balance waits for has come."""
    solde = lus(contexte.desk, NUMERO)[1]
    contexte.actions.do(edition.update, "versements", solde.id, solde.version, {"piece_recue_le": date(2025, 12, 20)})


def suivre(contexte: Contexte) -> Volet:
    """Build the tab of the follow-up."""
    onglet = next(o for o in planifier(contexte) if o.nom == "suivi")
    volet = onglet.creer()
    assert isinstance(volet, Volet)
    return volet


def test_the_balance_is_offered_once_closed_and_leads_to_its_instalment(
    contexte: Contexte, montrer: Montrer[Volet]
) -> None:
    recevoir(contexte)
    volet = montrer(suivre)
    vue = volet.montrer("service_fait")
    assert isinstance(vue, ServiceFait)
    assert vue.liste.choisir(convention(contexte))
    juger(contexte, arrete_le=None)
    assert vue.montants["a_verser"]._valeur.text() == f"10{NBSP}659,00{NBSP}€"
    assert vue.solde.isHidden()
    juger(contexte)
    assert not vue.solde.isHidden()
    assert vue._detail.text().endswith(f"arrêté le 15/01/2026{NBSP}: aucun paiement ne dépassera ce solde.")
    assert vue.solde.text() == f"Solde à verser{NBSP}: 10{NBSP}659,00{NBSP}€"
    vue.solde.click()
    versements = volet.vue
    assert isinstance(versements, Versements)
    assert [v.libelle for v in versements.choisis()] == ["Solde"]
    dits: list[str] = []
    versements.message.connect(dits.append)
    versements.volet.boutons["payer"].click()
    assert "10 659,00 € sur 25 840,00 €" in dits[0].replace(NBSP, " ")
    assert lus(contexte.desk, NUMERO)[1].montant_paye == 1_065_900
    volet.montrer("service_fait")
    assert vue.solde.isHidden()
    assert vue._detail.text().endswith("aucun paiement n’est plus possible.")


def test_without_an_instalment_to_pay_it_the_balance_leads_to_all_of_them(
    contexte: Contexte, montrer: Montrer[Volet]
) -> None:
    contexte.actions.do(edition.delete, "versements", (lus(contexte.desk, NUMERO)[1].id,))
    juger(contexte)
    volet = montrer(suivre)
    vue = volet.montrer("service_fait")
    assert isinstance(vue, ServiceFait)
    assert vue.liste.choisir(convention(contexte))
    assert vue.solde.toolTip() == "Aucun versement n’attend ce solde"
    vue.solde.click()
    assert isinstance(volet.vue, Versements)


def test_a_payment_shows_what_it_leaves_to_the_others(contexte: Contexte, montrer: Montrer[Versements]) -> None:
    vue = montrer(Versements)
    solde = lus(contexte.desk, NUMERO)[1].id
    rang = choisir(vue.page, lambda v: v.id == solde)
    juger(contexte, quantitatif=1_000, qualitatif=1_000)
    lignes = vue.page.modele.lignes
    ligne = lignes.row(rang)
    assert ligne is not None
    assert ligne.etat_libelle == "Sans suite"
    assert "payer" not in vue.volet.boutons
    dits = [etiquette.text() for etiquette in vue.volet.faits.findChildren(QLabel)]
    assert "Rien : le montant définitif est déjà versé" in [dit.replace(NBSP, " ") for dit in dits]
    contexte.actions.undo()
    ligne = lignes.row(rang)
    assert ligne is not None
    assert ligne.etat_libelle != "Sans suite"


def test_the_certificate_is_written_once_closed(
    contexte: Contexte, montrer: Montrer[ServiceFait], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vue = montrer(ServiceFait)
    assert vue.liste.choisir(convention(contexte))
    assert not vue.certificat.isEnabled()
    juger(contexte)
    assert vue.certificat.isEnabled()
    proposes: list[str] = []

    def choisir_fichier(_parent: object, _titre: str, propose: str, _filtre: str) -> tuple[str, str]:
        proposes.append(Path(propose).name)
        return str(tmp_path / Path(propose).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choisir_fichier)  # the system's own dialogue
    dits = refus_lu()
    vue.certificat.click()
    assert attendre(lambda: bool(dits))
    assert proposes == ["certificat-de-service-fait-2024-00927-structure-exemple-16-lens-lievin-plie.pdf"]
    assert "49\u00a0419\u00a0€" in lecture.read_pdf((tmp_path / proposes[0]).read_bytes())


def test_a_year_of_which_nothing_is_left_has_no_bar(contexte: Contexte, montrer: Montrer[Besoins]) -> None:
    juger(contexte, quantitatif=1_000, qualitatif=1_000)
    vue = montrer(Besoins)
    assert attendre(lambda: bool(vue.besoins))
    vides = {b.periode for b in vue.besoins if b.prevu} - {barre.titre for barre in vue.histogramme.barres}
    assert vides == {"2025"}
    assert all(b.libere == b.prevu for b in vue.besoins if b.periode in vides)
