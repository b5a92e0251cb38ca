"""The sections of the sitting, through their widgets: what they save, refuse, and show."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from inclusion_desk.domain.besoins import PartCp, PeriodeCp
from inclusion_desk.domain.budget import Etape
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.cascade import Cascade, court
from inclusion_desk.ui.fenetre import FenetrePrincipale
from inclusion_desk.ui.histogramme import Histogramme
from inclusion_desk.ui.lexique import ecrire
from inclusion_desk.ui.presences_modele import POUVOIR, STATUT
from inclusion_desk.ui.sections.articles import Articles
from inclusion_desk.ui.sections.chaine import Chaine
from inclusion_desk.ui.sections.deliberation import ActeDeLaPhase
from inclusion_desk.ui.sections.etapes import Etapes, frise
from inclusion_desk.ui.sections.modeles import Modeles
from inclusion_desk.ui.sections.presences import Presences
from inclusion_desk.ui.sections.seance import DateEtLieu
from inclusion_desk.ui.sections.textes import Textes
from inclusion_desk.ui.sections.visas import Visas
from inclusion_desk.ui.sections.vote import VoteDeLaPhase
from inclusion_desk.ui.volet import Volet
from tests.journeys.formes import action, answer, leave, put, show

NBSP = "\u00a0"


def presences(atelier: Atelier) -> Presences:
    vue = show(atelier, "seance", "presences")
    assert isinstance(vue, Presences)
    return vue


def rang(vue: Presences, nom: str) -> int:
    return next(n for n, ligne in enumerate(vue.modele.lignes) if nom in ligne.nom_complet)


def test_la_feuille_compte_a_mesure_qu_on_pointe(atelier: Atelier) -> None:
    vue = presences(atelier)
    assert {nom: c._valeur.text() for nom, c in vue.chiffres.items()} == {
        "membres": "44", "presents": "39", "pouvoirs": "2", "quorum": "41", "interesses": "14", "voix": "29",
    }  # fmt: skip
    vue.modele.setData(vue.modele.index(rang(vue, "CUVILLIER"), STATUT), "absent")
    assert vue.chiffres["presents"]._valeur.text() == "38"
    assert vue.chiffres["voix"]._valeur.text() == "28"
    action(atelier._fenetre, "Annuler").trigger()
    assert vue.chiffres["voix"]._valeur.text() == "29"


def test_une_touche_pointe_les_elus_choisis(atelier: Atelier) -> None:
    vue = presences(atelier)
    vue.table.selectRow(3)
    vue.table.setFocus()
    QTest.keyClick(vue.table, Qt.Key.Key_E)
    assert vue.modele.lignes[3].statut == "excuse"
    assert vue.modele.data(vue.modele.index(3, STATUT)) == "Excusée"


def test_un_pouvoir_se_donne_a_un_present_libre_et_non_interesse(atelier: Atelier) -> None:
    vue = presences(atelier)
    premier, second = rang(vue, "DISSAUX"), rang(vue, "WOZNY")
    libres = dict(vue.modele.mandataires(vue.modele.lignes[premier]))
    interesses = {ligne.elu_id for ligne in vue.modele.lignes if ligne.interesse}
    assert not interesses & libres.keys()
    detenteur = next(cle for cle in libres if cle > 0)
    vue.modele.setData(vue.modele.index(premier, POUVOIR), detenteur)
    assert vue.modele.data(vue.modele.index(premier, POUVOIR)) == libres[detenteur]
    assert detenteur not in dict(vue.modele.mandataires(vue.modele.lignes[second]))
    answer("Fermer")
    vue.modele.setData(vue.modele.index(second, POUVOIR), detenteur)
    assert vue.modele.data(vue.modele.index(second, POUVOIR)) == "Mandataire non précisé"


def test_retirer_de_l_ordre_du_jour_se_motive_et_se_lit_dans_l_historique(atelier: Atelier) -> None:
    show(atelier, "seance", "etapes").boutons["retirer"].click()  # type: ignore[attr-defined]
    formulaires = [w for w in QApplication.topLevelWidgets() if w.windowTitle() == "Retirer de l’ordre du jour"]
    formulaire = formulaires[0]
    put(formulaire.rubriques["motif"].saisie, "Pièce attendue")  # type: ignore[attr-defined]
    formulaire.accept()  # type: ignore[attr-defined]
    assert atelier.entree.phase is not None
    assert atelier.entree.phase.etat == "preparation"
    vue = show(atelier, "seance", "etapes")
    assert isinstance(vue, Etapes)
    assert any("Pièce attendue" in label.text() for label in vue.findChildren(QLabel))


def test_une_date_fausse_reste_avec_sa_phrase_et_retient_la_fermeture(
    fenetre: FenetrePrincipale, atelier: Atelier
) -> None:
    vue = show(atelier, "seance", "seance")
    assert isinstance(vue, DateEtLieu)
    rubrique = vue.fiche.champs.rubriques["jour"]
    put(rubrique.saisie, "32/12/2024")
    QApplication.sendEvent(rubrique.saisie, QFocusEvent(QEvent.Type.FocusOut))
    assert rubrique.saisie.property("faute")
    assert rubrique.saisie.texte() == "32/12/2024"
    leave(vue.fiche, {"lieu": "Béthune"})
    assert rubrique.saisie.texte() == "32/12/2024"  # what is typed stays when the section is read again
    answer("Revenir à la saisie")
    fenetre.close()
    assert fenetre.isVisible()
    put(rubrique.saisie, "09/12/2024")
    QApplication.sendEvent(rubrique.saisie, QFocusEvent(QEvent.Type.FocusOut))
    assert atelier.onglets.suspens == ""


def test_le_decompte_se_verifie_a_chaque_frappe(atelier: Atelier) -> None:
    vue = show(atelier, "seance", "vote")
    assert isinstance(vue, VoteDeLaPhase)
    assert vue._imprime.text().splitlines()[2].startswith(f"Abstention{NBSP}: 12{NBSP}voix")
    vue.en_abstention.click()
    lignes = vue._imprime.text().splitlines()
    assert lignes[3].startswith(f"Ne prennent pas part au vote{NBSP}: 12{NBSP}membres")
    vue.remplir.click()
    assert [total.nombre for total in vue.decompte.totaux.values()] == [29, 0, 0, 12, 3]
    accord = "Le décompte et la feuille de présence s’accordent."
    assert any(label.text() == accord for label in vue.findChildren(QLabel))


def test_une_issue_qui_contredit_le_vote_est_refusee(atelier: Atelier) -> None:
    vue = show(atelier, "seance", "vote")
    assert isinstance(vue, VoteDeLaPhase)
    vue.adoption.choix["rejete"].setChecked(True)
    finis: list[bool] = []
    vue.adoption.enregistre.connect(lambda: finis.append(True))
    answer("Enregistrer le vote")
    answer("Fermer")
    vue.adoption.bouton.click()
    assert attendre(lambda: bool(finis))
    assert atelier.entree.phase is not None
    assert atelier.entree.phase.etat == "seance"


def test_l_acte_se_decrit_champ_par_champ(atelier: Atelier) -> None:
    vue = show(atelier, "seance", "deliberation")
    assert isinstance(vue, ActeDeLaPhase)
    leave(vue.fiche, {"numero": "2024-600", "signataire": ""})
    assert vue.fiche.champs.rubriques["numero"].saisie.texte() == "2024-600"
    action(atelier._fenetre, "Annuler").trigger()
    action(atelier._fenetre, "Annuler").trigger()
    assert vue.fiche.champs.rubriques["numero"].saisie.texte() == "2024-587"


def test_un_visa_passe_d_une_liste_a_l_autre(atelier: Atelier) -> None:
    vue = show(atelier, "seance", "visas")
    assert isinstance(vue, Visas)
    assert (vue.choisis.count(), vue.autres.count()) == (12, 0)
    vue.choisis.setCurrentRow(3)
    premier = vue.choisis.item(3).text()
    vue._gestes["retirer"].click()
    assert (vue.choisis.count(), vue.autres.count()) == (11, 1)
    assert vue.autres.item(0).text() in premier
    vue.autres.setCurrentRow(0)
    QTest.keyClick(vue.autres, Qt.Key.Key_Return)
    assert vue.choisis.item(11).text() == f"12. {premier[3:]}"
    vue.choisis.setCurrentRow(11)
    QTest.keyClick(vue.choisis, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert vue.choisis.item(10).text() == f"11. {premier[3:]}"


def write(vue: Articles | Textes, texte: str) -> None:
    vue.texte.setPlainText(texte)
    QApplication.sendEvent(vue.texte, QFocusEvent(QEvent.Type.FocusOut))


def test_un_article_modifie_garde_ses_chiffres_lies(atelier: Atelier) -> None:
    vue = show(atelier, "seance", "articles")
    assert isinstance(vue, Articles)
    assert "712 000" in vue.texte.brut().replace(NBSP, " ")
    write(vue, "D’attribuer 712 000 € au total, et 5 000 € de plus.")
    assert "1 chiffre suit sa source." in vue._figures.text()
    assert "1\u00a0montant n’est lié à rien" in vue._figures.text()
    propositions = atelier.onglets.montrer("propositions")
    colonne = next(n for n, c in enumerate(propositions.modele.colonnes) if c.attribut == "montant")
    ligne = next(
        n for n in range(27) if propositions.modele.data(propositions.modele.index(n, colonne)) == "65\u00a0000,00"
    )
    propositions.modele.setData(propositions.modele.index(ligne, colonne), "64 000")
    show(atelier, "seance", "articles")
    assert "711 000 €" in vue.texte.brut().replace(NBSP, " ")
    vue.origine.click()
    assert "D’approuver le financement" in vue.texte.brut()


def test_un_article_libre_s_ajoute_se_deplace_et_se_retire(atelier: Atelier) -> None:
    vue = show(atelier, "seance", "articles")
    assert isinstance(vue, Articles)
    vue.liste.setCurrentRow(5)
    vue.gestes["ajouter"].click()
    assert vue.liste.count() == 7
    write(vue, "De charger le Président de l’exécution.")
    vue.gestes["monter"].click()
    assert vue.liste.item(5).text().endswith("Article libre")
    vue.gestes["retirer"].click()
    assert vue.liste.count() == 6
    vue.liste.setCurrentRow(4)
    vue.gestes["retirer"].click()
    assert vue.liste.item(4).text() == "Avenants – retiré"
    assert vue.liste.item(5).text() == f"Article 5{NBSP}: Imputation budgétaire"


def test_un_texte_imprimable_seulement(atelier: Atelier) -> None:
    vue = show(atelier, "seance", "textes")
    assert isinstance(vue, Textes)
    write(vue, "Un <b>contexte</b>")
    assert "balise" in vue._faute.text()
    assert vue.texte.brut() == "Un <b>contexte</b>"
    assert atelier.onglets.suspens == "Textes"
    write(vue, "Un contexte de 871 218 €.")
    assert vue._faute.isHidden()
    assert atelier.onglets.suspens == ""


def test_le_modele_montre_son_resultat_et_refuse_l_inconnu(atelier: Atelier) -> None:
    vue = show(atelier, "seance", "modeles")
    assert isinstance(vue, Modeles)
    assert attendre(lambda: vue.feuilles.nombre > 0)
    vue.source.setPlainText("# {{ titre }}\n\n{{ montant_totl }}")
    vue.enregistrer.click()
    assert "montant_totl" in vue._faute.text()
    vue.source.setPlainText("# {{ titre }}")
    vue.essayer()
    assert attendre(lambda: vue.feuilles.nombre == 1 and vue._faute.isHidden())
    vue.enregistrer.click()
    assert vue._version.text().startswith("Version 1, en vigueur")
    assert not vue.enregistrer.isEnabled()
    answer("Revenir à l’original")
    vue.origine.click()
    assert vue._version.text() == "Modèle d’origine, en vigueur."


@pytest.mark.parametrize(
    ("nom", "ecrit"),
    [
        ("titre", "{{ titre }}"),
        ("articles", "{% for article in articles %}\n\n{% endfor %}\n"),
        ("articles.numero", "{{ article.numero }}"),
        ("quorum.seuil", "{{ quorum.seuil }}"),
    ],
)
def test_le_lexique_ecrit_ce_qui_imprime(nom: str, ecrit: str) -> None:
    variables = {"titre": "Titre", "articles": "Liste des articles", "quorum": "Quorum ; absent parfois"}
    assert ecrire(nom, variables) == ecrit


def reste(vue: Chaine) -> str:
    item = vue.table.item(3, 3)
    assert item is not None
    return item.text()


def test_la_chaine_suit_la_ligne_choisie(atelier: Atelier) -> None:
    vue = show(atelier, "budget", "chaine")
    assert isinstance(vue, Chaine)
    assert [etape.libelle for etape in vue.cascade.suite] == ["AE votée", "Engagé hors outil", "Phase 6", "Reste"]
    assert reste(vue) == f"203{NBSP}067,73"
    vue.liste.setCurrentRow(2)
    assert reste(vue) == f"31{NBSP}280,00"


def test_un_petit_ecran_montre_toute_la_chaine_et_le_modele(atelier: Atelier) -> None:
    atelier.controles._show(atelier.controles.constats)
    chaine = show(atelier, "budget", "chaine")
    assert isinstance(chaine, Chaine)
    QApplication.processEvents()
    assert chaine.table.viewport().height() >= sum(chaine.table.rowHeight(n) for n in range(4))
    assert chaine.table.height() <= chaine.table.maximumHeight() < chaine.height()
    modeles = show(atelier, "seance", "modeles")
    assert isinstance(modeles, Modeles)
    QApplication.processEvents()
    assert modeles.source.viewport().height() >= 10 * modeles.source.fontMetrics().lineSpacing()
    assert modeles.lexique.liste.viewport().height() > 0


@pytest.mark.usefixtures("qapp")
def test_chaque_barre_part_d_ou_finit_la_precedente() -> None:
    cascade = Cascade()
    cascade.resize(800, 300)
    cascade.montrer(
        (
            Etape("AE", "ae", 1000, 1000), Etape("DM", "modification", 500, 1500), Etape("Phase 1", "phase", -900, 600),
            Etape("Reste", "reste", 600, 600),
        )
    )  # fmt: skip
    ae, dm, phase, reste = (cascade.barre(n) for n in range(4))
    assert dm.bottom() == pytest.approx(ae.top())
    assert phase.top() == pytest.approx(dm.top())
    assert phase.bottom() == pytest.approx(reste.top())
    assert "Phase 1" in cascade.accessibleName()


def test_les_graphiques_ne_tronquent_aucun_montant(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    ae, phase, reste = (
        Etape("AE", "ae", 30_000, 30_000), Etape("Phase 6", "phase", -9_627, 20_373),
        Etape("Reste", "reste", 20_373, 20_373),
    )  # fmt: skip
    assert [court(etape) for etape in (ae, phase, reste)] == [f"300{NBSP}€", f"\u221296,27{NBSP}€", f"203,73{NBSP}€"]
    ecrits: list[str] = []
    monkeypatch.setattr(QPainter, "drawText", lambda _painter, _cadre, _mots, texte: ecrits.append(texte))
    histogramme = Histogramme()
    histogramme.montrer((PeriodeCp("2024", (PartCp("C02-446A05", 114_805_560, 0),)),))
    histogramme.grab()
    assert f"1{NBSP}148{NBSP}055,60{NBSP}€" in ecrits
    assert qapp is not None


def test_la_frise_dit_ou_en_est_la_phase() -> None:
    assert [pas.present for pas in frise("commissions")] == [False, True, False, False]
    assert [pas.fait for pas in frise("adoptee")] == [True, True, True, True]
    assert frise("rejetee")[3].refuse
    assert [pas.signe for pas in frise("preparation")] == ["", "", "", ""]
    assert [frise(etat)[3].signe for etat in ("adoptee", "rejetee")] == ["coche", "fermer"]
    assert [pas.signe for pas in frise("ajournee")] == ["coche", "coche", "coche", "pause"]
    assert (frise("ajournee")[3].titre, frise("ajournee")[3].present) == ("Ajournée", True)


def test_la_rubrique_montree_se_retient(fenetre: FenetrePrincipale, atelier: Atelier) -> None:
    show(atelier, "seance", "vote")
    assert atelier.onglets.lieu == "seance/vote"
    atelier.onglets.commencer("budget", "chaine")
    assert isinstance(atelier.onglets.vue, Volet)
    assert atelier.onglets.vue.nom == "chaine"
    fenetre.close()
