"""The follow-up through its widgets: what one pays, receives, judges, exports, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMessageBox
from sqlalchemy import delete

from inclusion_desk.documents import lecture
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.suivi import BilanSuivi, VersementSuivi
from inclusion_desk.domain.text import format_date
from inclusion_desk.services import demonstration, exports_suivi, phases, suivi
from inclusion_desk.services import desk as desks
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.store import bilans as store_bilans
from inclusion_desk.store import conventions, tables
from inclusion_desk.store import versements as store
from inclusion_desk.store.engine import Session
from inclusion_desk.ui.actions import Actions
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.contexte import Contexte
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.reglages import Reglages
from inclusion_desk.ui.sections.besoins import Besoins
from inclusion_desk.ui.sections.calendrier import Calendrier
from inclusion_desk.ui.sections.service_fait import ServiceFait
from inclusion_desk.ui.sections.suivi import Bilans
from inclusion_desk.ui.sections.versements import Versements
from inclusion_desk.ui.taches import Taches
from inclusion_desk.ui.vues import Vue
from tests.ui.gestes import colonne, texte

V = TypeVar("V", bound=Vue)
Montrer = Callable[[Callable[[Contexte], V]], V]
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chemin = tmp_path_factory.mktemp("suivi") / "base.sqlite"
    demonstration.creer(chemin)
    return chemin


@pytest.fixture
def contexte(qapp: QApplication, modele: Path, tmp_path: Path) -> Iterator[Contexte]:
    copie = tmp_path / "base.sqlite"
    copie.write_bytes(modele.read_bytes())
    desk = desks.ouvrir(copie)
    fait = Contexte(desk, Actions(desk, qapp), Reglages(), Taches(qapp))
    yield fait
    fait.taches.fermer()
    desk.close()


@pytest.fixture
def montrer(contexte: Contexte) -> Iterator[Montrer[V]]:
    fenetre = QMainWindow()
    fenetre.resize(1366, 700)

    def ouvrir(creer: Callable[[Contexte], V]) -> V:
        vue = creer(contexte)
        fenetre.setCentralWidget(vue)
        contexte.actions.changed.connect(lambda changes: vue.appliquer(changes.ids))
        vue.ouvrir(contexte.desk.read(phases.liste)[0])
        fenetre.show()
        assert attendre(vue.isVisible)
        return vue

    yield ouvrir
    contexte.actions.changed.disconnect()
    fenetre.close()
    fenetre.deleteLater()


def choisir(page: Page, dit: Callable[[VersementSuivi], bool] | Callable[[BilanSuivi], bool]) -> int:
    lignes = page.modele.lignes
    rang = next(n for n in range(len(lignes)) if dit(lignes.row(n)))  # type: ignore[arg-type]
    page.table.selectRow(rang)
    return rang


def refus_lu() -> list[str]:
    """Close the next message, once it is shown; the list then holds its sentence."""
    phrases: list[str] = []

    def fermer() -> None:
        boite = QApplication.activeModalWidget()
        if isinstance(boite, QMessageBox):
            phrases.append(boite.text())
            next(bouton for bouton in boite.buttons() if bouton.text() == "Fermer").click()
        else:
            QTimer.singleShot(20, fermer)

    QTimer.singleShot(20, fermer)
    return phrases


def choisir_premiere(vue: Calendrier) -> None:
    groupe = vue.arbre.topLevelItem(0)
    ligne = groupe.child(0) if groupe is not None else None
    assert ligne is not None
    vue.arbre.setCurrentItem(ligne)


def lus(desk: Desk, numero: str = "2024-01213") -> list[VersementSuivi]:
    identifiant = desk.read(conventions.by_numbers, [numero])[numero].id
    return desk.read(store.load, aujourdhui(), convention_id=identifiant)


def test_a_payment_is_recorded_by_one_click_and_undone(contexte: Contexte, montrer: Montrer[Versements]) -> None:
    vue = montrer(Versements)
    rang = choisir(vue.page, lambda v: v.convention_numero == "2024-01213" and v.rang == 1)
    assert texte(vue.page, rang, "etat_libelle").startswith("En retard de ")
    vue.volet.boutons["payer"].click()
    assert texte(vue.page, rang, "etat_libelle") == "Payé"
    assert texte(vue.page, rang, "montant_paye") == f"145{NBSP}437,50"
    assert lus(contexte.desk)[0].paye_le == aujourdhui()
    assert list(vue.volet.boutons) == ["annuler", "redater"]
    contexte.actions.undo()
    assert lus(contexte.desk)[0].paye_le is None


def test_what_is_not_signed_is_not_paid(contexte: Contexte, montrer: Montrer[Versements]) -> None:
    vue = montrer(Versements)
    rang = choisir(vue.page, lambda v: v.acte_rang == 1)
    assert texte(vue.page, rang, "etat_libelle") == "Acte à signer"
    phrases = refus_lu()
    vue.volet.boutons["payer"].click()
    assert "n’est pas signé" in phrases[0]
    assert contexte.actions.pile.count() == 0


def test_an_amount_typed_in_its_cell_moves_the_remainder(contexte: Contexte, montrer: Montrer[Versements]) -> None:
    vue = montrer(Versements)
    rang = choisir(vue.page, lambda v: v.convention_numero == "2024-01213" and v.rang == 2)
    modele = vue.page.modele
    assert modele.setData(modele.index(rang, colonne(vue.page, "montant")), "100 000")
    assert [v.montant for v in lus(contexte.desk)[:3]] == [14_543_750, 10_000_000, 9_278_924]
    assert texte(vue.page, rang + 1, "montant") == f"92{NBSP}789,24"
    assert not modele.setData(modele.index(rang, colonne(vue.page, "montant")), "900 000")
    assert "dépassent" in str(modele.refus)
    contexte.actions.undo()
    assert lus(contexte.desk)[1].montant == 10_823_256


def test_a_date_typed_alone_pays_the_whole_instalment(contexte: Contexte, montrer: Montrer[Versements]) -> None:
    vue = montrer(Versements)
    rang = choisir(vue.page, lambda v: v.convention_numero == "2024-01213" and v.rang == 1)
    modele = vue.page.modele
    index = modele.index(rang, colonne(vue.page, "paye_le"))
    assert modele.setData(index, "20/09/2024")
    assert lus(contexte.desk)[0].montant_paye == 14_543_750
    assert modele.setData(index, "")
    assert lus(contexte.desk)[0].montant_paye is None


def test_a_schedule_is_seen_before_it_is_written(contexte: Contexte, montrer: Montrer[Versements]) -> None:
    vue = montrer(Versements)
    choisir(vue.page, lambda v: v.acte_rang == 1)
    vue.etablir.click()
    formulaire = vue.formulaire
    assert formulaire is not None
    assert f"47{NBSP}910" in formulaire.apercu.text()  # type: ignore[attr-defined]
    formulaire.rubriques["modele"].saisie.poser("equilibre")
    assert formulaire.apercu.text() == (  # type: ignore[attr-defined]
        f"Saisissez l’avance{NBSP}: un pourcentage (40{NBSP}%) ou un montant (50{NBSP}000)."
    )
    assert formulaire.remplace.text() == f"Remplace les 2{NBSP}versements déjà prévus."  # type: ignore[attr-defined]
    assert attendre(lambda: formulaire._zone.maximumHeight() == formulaire.champs.sizeHint().height() + 2)
    assert not formulaire._zone.verticalScrollBar().isVisible()
    formulaire.accept()
    assert "vide" in formulaire.rubriques["premier"].phrase
    formulaire.rubriques["premier"].saisie.setText("70 %")  # type: ignore[union-attr]
    formulaire.accept()
    assert [v.montant for v in lus(contexte.desk)[3:]] == [5_589_500, 2_395_500]
    assert vue.formulaire is None


def vider(contexte: Contexte, *noms: str) -> None:
    """Take away all the rows of some tables, whatever stands in the way of a user."""

    def retirer(session: Session) -> Changes:
        for nom in noms:
            session.execute(delete(getattr(tables, nom)))
        return Changes("Vider", {})

    contexte.desk.do(retirer)


def test_where_there_is_no_instalment_the_page_leads_to_a_schedule(
    contexte: Contexte, montrer: Montrer[Versements]
) -> None:
    vider(contexte, "versement")
    vue = montrer(Versements)
    bouton = vue.page._vide.bouton
    assert bouton.isVisible()
    assert bouton.text() == "Établir un échéancier…"
    bouton.click()
    assert vue.formulaire is not None
    assert vue.formulaire.remplace.isHidden()  # type: ignore[attr-defined]
    vue.formulaire.reject()


def test_where_no_act_brings_money_the_amounts_are_asked_for_first(
    contexte: Contexte, montrer: Montrer[Versements]
) -> None:
    vider(contexte, "versement", "tranche")
    vue = montrer(Versements)
    phrases = refus_lu()
    vue.etablir.click()
    assert phrases[0].startswith("Aucune convention n’apporte de montant")


def test_where_there_is_no_bilan_the_page_draws_them_up(contexte: Contexte, montrer: Montrer[Bilans]) -> None:
    vider(contexte, "bilan")
    vue = montrer(Bilans)
    bouton = vue.page._vide.bouton
    assert bouton.text() == "Établir les bilans"
    bouton.click()
    assert contexte.desk.read(store_bilans.load, aujourdhui())


def test_an_instalment_names_its_avenant(montrer: Montrer[Versements]) -> None:
    vue = montrer(Versements)
    vue.page.edition.ajouter()
    formulaire = vue.page.edition.formulaire
    assert formulaire is not None
    assert formulaire.rubriques["avenant_id"].champ.sujet == "avenants"
    formulaire.reject()


def test_an_empty_calendar_offers_nothing(montrer: Montrer[Calendrier]) -> None:
    vue = montrer(Calendrier)
    assert attendre(lambda: bool(vue.echeances))
    assert vue.nature.isEnabled()
    vue._on_read(aujourdhui(), ())
    assert vue.manque.isVisible()
    assert not any(element.isEnabled() for element in (vue.nature, vue.fait, vue._exporter))


def test_a_bilan_received_by_one_click_frees_its_instalment(contexte: Contexte, montrer: Montrer[Bilans]) -> None:
    vue = montrer(Bilans)
    rang = choisir(vue.page, lambda b: b.nature == "intermediaire" and b.convention_numero == "2024-00901")
    assert texte(vue.page, rang, "etat_libelle").startswith("En retard de ")
    vue.volet.boutons["recevoir"].click()
    assert lus(contexte.desk, "2024-00901")[1].piece_recue_le == aujourdhui()
    assert lus(contexte.desk, "2024-00901")[1].statut == "exigible"
    choisir(vue.page, lambda b: b.recu_le is not None)
    vue.volet.boutons["annuler"].click()
    assert lus(contexte.desk, "2024-00901")[1].piece_recue_le is None


def test_a_receipt_typed_in_its_cell_does_the_same(contexte: Contexte, montrer: Montrer[Bilans]) -> None:
    vue = montrer(Bilans)
    rang = choisir(vue.page, lambda b: b.nature == "intermediaire" and b.convention_numero == "2024-00902")
    modele = vue.page.modele
    assert modele.setData(modele.index(rang, colonne(vue.page, "recu_le")), "31/03/2025")
    assert lus(contexte.desk, "2024-00902")[1].piece_recue_le == date(2025, 3, 31)
    contexte.actions.undo()
    assert lus(contexte.desk, "2024-00902")[1].piece_recue_le is None


def test_the_values_of_the_indicators_are_kept(contexte: Contexte, montrer: Montrer[Bilans]) -> None:
    vue = montrer(Bilans)
    choisir(vue.page, lambda b: b.nature == "final" and len(b.resultats) == 7)
    identifiant = vue.choisis()[0].id
    vue.resultats.saisies[0].setText("4 650")
    vue.resultats.bouton.click()
    relu = contexte.desk.read(store_bilans.load, aujourdhui(), [identifiant])[0]
    assert [r.mesure for r in relu.resultats if r.mesure] == ["4 650"]
    assert vue.resultats.saisies[0].text() == "4 650"


def test_everything_owed_is_drawn_up_once(montrer: Montrer[Bilans]) -> None:
    vue = montrer(Bilans)
    phrases = refus_lu()
    vue.etablir.click()
    assert "déjà tous" in phrases[0]


def test_the_letter_of_a_late_bilan_is_written(
    contexte: Contexte, montrer: Montrer[Bilans], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vue = montrer(Bilans)
    rang = choisir(vue.page, lambda b: b.nature == "intermediaire")
    assert texte(vue.page, rang, "lettre") == "Relance à envoyer"
    demandes: list[tuple[str, ...]] = []

    def choisir_fichier(_parent: object, *args: str) -> tuple[str, str]:
        demandes.append(args)
        return str(tmp_path / Path(args[1]).name), "Documents Word modifiables (*.docx)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choisir_fichier)  # the system's own dialogue
    dits = refus_lu()
    vue.volet.boutons["lettre"].click()
    assert attendre(lambda: bool(dits))
    assert [p.suffix for p in tmp_path.glob("relance-*")] == [".docx"]
    du_jour = f"Relance du {format_date(aujourdhui())}"
    assert texte(vue.page, rang, "lettre") == du_jour  # that it went out is kept, and undone
    contexte.actions.undo()
    assert texte(vue.page, rang, "lettre") == "Relance à envoyer"
    contexte.actions.redo()
    vue.volet.boutons["recevoir"].click()
    assert "lettre" not in vue.volet.boutons


def test_the_letters_of_a_selection_are_written_in_one_file(
    contexte: Contexte, montrer: Montrer[Bilans], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vue = montrer(Bilans)
    vue.page.table.selectAll()
    appeles = [b for b in vue.choisis() if b.niveau]
    assert vue.volet.boutons["lettre"].text() == f"{len(appeles)} lettres de rappel…".replace(" ", NBSP, 1)
    cible = tmp_path / "lettres.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(cible), ""))  # the system's own dialogue
    dits = refus_lu()
    vue.volet.boutons["lettre"].click()
    assert attendre(lambda: bool(dits))
    notees = contexte.desk.read(store_bilans.load, aujourdhui(), [b.id for b in appeles])
    assert {b.lettres[-1][1] for b in notees} == {aujourdhui()}
    assert {b.a_envoyer(aujourdhui()) for b in notees} == {None}
    assert contexte.actions.pile.count() == 1
    lu = lecture.read_pdf(cible.read_bytes())
    assert all(b.convention_numero in lu for b in appeles)


def test_the_calendar_shows_what_is_late_first_then_month_by_month(montrer: Montrer[Calendrier]) -> None:
    vue = montrer(Calendrier)
    assert attendre(lambda: bool(vue.echeances))
    groupes = [vue.arbre.topLevelItem(n).text(0) for n in range(vue.arbre.topLevelItemCount())]  # type: ignore[union-attr]
    assert groupes[0].startswith("En retard (")
    assert vue.resume()[0].endswith("échéances")
    vue.nature.setCurrentIndex(vue.nature.findData("publication"))
    assert {e.nature for e in vue.montrees} == {"publication"}


def test_a_publication_is_recorded_from_the_calendar(contexte: Contexte, montrer: Montrer[Calendrier]) -> None:
    vue = montrer(Calendrier)
    assert attendre(lambda: bool(vue.echeances))
    vue.nature.setCurrentIndex(vue.nature.findData("publication"))
    avant = len(vue.montrees)
    choisir_premiere(vue)
    vue.fait.click()
    assert attendre(lambda: len(vue.montrees) == avant - 1)
    contexte.actions.undo()
    assert attendre(lambda: len(vue.montrees) == avant)


def test_a_payment_recorded_alone_from_the_calendar_says_what_was_paid(montrer: Montrer[Calendrier]) -> None:
    vue = montrer(Calendrier)
    assert attendre(lambda: bool(vue.echeances))
    vue.nature.setCurrentIndex(vue.nature.findData("versement"))
    dits: list[str] = []
    vue.message.connect(dits.append)
    choisir_premiere(vue)
    vue.fait.click()
    assert dits[0].startswith("Payer – Avance, 2024-01213 (145")


def test_the_end_of_a_convention_is_not_ticked(montrer: Montrer[Calendrier]) -> None:
    vue = montrer(Calendrier)
    assert attendre(lambda: bool(vue.echeances))
    vue.nature.setCurrentIndex(vue.nature.findData("fin"))
    choisir_premiere(vue)
    assert not vue.fait.isEnabled()


def test_the_calendar_is_exported(contexte: Contexte, montrer: Montrer[Calendrier], tmp_path: Path) -> None:
    vue = montrer(Calendrier)
    assert attendre(lambda: bool(vue.echeances))
    dits = refus_lu()
    cible, montrees = tmp_path / "echeances.ics", vue.montrees
    vue.export.ecrire(cible, lambda c: exports_suivi.exporter_calendrier(contexte.desk, montrees, c))
    assert attendre(lambda: bool(dits))
    assert cible.read_bytes().count(b"BEGIN:VEVENT") == len(montrees)


def test_the_credits_by_year_add_up(contexte: Contexte, montrer: Montrer[Besoins]) -> None:
    vue = montrer(Besoins)
    assert attendre(lambda: bool(vue.besoins))
    tous = contexte.desk.read(store.load, aujourdhui())
    assert sum(barre.paye for barre in vue.histogramme.barres) == sum(v.montant_paye or 0 for v in tous)
    derniere = vue.table.rowCount() - 1
    total, prevu = vue.table.item(derniere, 0), vue.table.item(derniere, 2)
    assert total is not None
    assert prevu is not None
    assert total.text() == "Total"
    assert prevu.text() == format_montant(sum(b.prevu for b in vue.besoins), symbole=False)
    libre = sum(b.reste for b in vue.besoins if not b.echelonne)
    assert sum(b.prevu for b in vue.besoins) == sum(v.montant for v in tous) + libre
    vue.grab()


def test_what_fell_due_in_earlier_years_is_said_under_the_chart(
    contexte: Contexte, montrer: Montrer[Besoins], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inclusion_desk.ui.sections.besoins.aujourdhui", lambda: date(2031, 1, 2))
    vue = montrer(Besoins)
    assert attendre(lambda: bool(vue.besoins))
    echus = sum(v.reste for v in contexte.desk.read(store.load, date(2031, 1, 2)) if v.echeance)
    assert vue.report.text() == (
        f"Le reste à payer de 2031 comprend {format_montant(echus)} échus les années précédentes et non payés."
    )
    monkeypatch.setattr("inclusion_desk.ui.sections.besoins.aujourdhui", lambda: date(2020, 1, 2))
    vue.besoins = ()
    vue.relire()
    assert attendre(lambda: bool(vue.besoins))
    assert vue.report.isHidden()


def test_a_service_fait_is_worked_out_as_each_field_is_left(contexte: Contexte, montrer: Montrer[ServiceFait]) -> None:
    vue = montrer(ServiceFait)
    identifiant = contexte.desk.read(conventions.by_numbers, ["2024-00901"])["2024-00901"].id
    assert vue.liste.choisir(identifiant)
    assert vue.montants["definitif"]._valeur.text() == "–"
    verse = contexte.desk.read(suivi.executer, identifiant).verse
    assert verse
    assert vue.montants["verse"]._valeur.text() == format_montant(verse), "known before anything is judged"
    for nom, valeur in (("quantitatif", "80"), ("qualitatif", "105")):
        vue.fiche.champs.rubriques[nom].saisie.setText(valeur)  # type: ignore[union-attr]
        vue.fiche.enregistrer(nom)
    assert vue.montants["definitif"]._valeur.text() == f"239{NBSP}760,00{NBSP}€"
    assert "retenue à 100" in vue._detail.text()
    contexte.actions.undo()
    assert vue.montants["definitif"]._valeur.text() == "–"


def test_a_penalty_that_cannot_be_read_stays_at_its_field(montrer: Montrer[ServiceFait]) -> None:
    vue = montrer(ServiceFait)
    champ = vue.fiche.champs.rubriques["penalites"]
    champ.saisie.setPlainText("Retard")  # type: ignore[union-attr]
    vue.fiche.enregistrer("penalites")
    assert "ligne 1 est incomplète" in champ.phrase
    assert vue.suspens == "Service fait"


def test_too_much_paid_is_to_be_taken_back(contexte: Contexte, montrer: Montrer[ServiceFait]) -> None:
    vue = montrer(ServiceFait)
    identifiant = contexte.desk.read(conventions.by_numbers, ["2024-00901"])["2024-00901"].id
    contexte.actions.do(suivi.juger, identifiant, {}, {"poids": 0, "qualitatif": 1_000})
    assert vue.liste.choisir(identifiant)
    assert vue.montants["a_recouvrer"]._valeur.text() == f"79{NBSP}920,00{NBSP}€"
    assert vue.montants["a_recouvrer"]._valeur.property("faute") == "true"
