"""The window: opening, tabs, filter, controls, keyboard, what it remembers, and what it says when empty."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMenu, QWidget

from inclusion_desk.domain.refus import BaseRefusee
from inclusion_desk.domain.text import typo
from inclusion_desk.services import demonstration
from inclusion_desk.ui import incidents, lancement
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.commandes import COMMANDES
from inclusion_desk.ui.fenetre import FenetrePrincipale
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.pages import PAGES
from inclusion_desk.ui.refusee import BaseNonOuverte
from inclusion_desk.ui.reglages import Reglages
from inclusion_desk.ui.vide import Vide
from tests.fenetre import Ouvrir
from tests.ui.gestes import taper, texte, touche

pytestmark = pytest.mark.usefixtures("qapp")


def test_la_fenetre_se_peint_avant_d_ouvrir_la_base(demo: Path) -> None:
    appels: list[str] = []

    def refuser() -> object:
        appels.append("ouverte")
        raise BaseRefusee("Ce fichier n’est pas une base.")

    fenetre = lancement.ouvrir(refuser)  # type: ignore[arg-type]
    assert appels == []
    assert fenetre.isVisible()
    assert attendre(lambda: fenetre.prete)
    accueil = fenetre.centralWidget()
    assert isinstance(accueil, BaseNonOuverte)
    assert accueil.phrase == "Ce fichier n’est pas une base."
    assert [b.text() for b in accueil.boutons] == ["&Choisir une autre base…", "&Quitter"]
    fenetre.changer(str(demo))
    assert fenetre.atelier is not None
    assert fenetre.windowTitle().endswith("Inclusion Desk")
    fenetre.close()
    fenetre.deleteLater()


def test_changer_de_base_refusee_garde_celle_qui_est_ouverte(
    fenetre: FenetrePrincipale, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dits: list[str] = []
    monkeypatch.setattr("inclusion_desk.ui.dialogues.avertir", lambda _p, _t, phrase: dits.append(phrase))
    avant = fenetre.atelier
    fenetre.changer(str(tmp_path / "absente.sqlite"))
    assert len(dits) == 1
    assert fenetre.atelier is avant


def test_changer_de_base(fenetre: FenetrePrincipale, tmp_path: Path) -> None:
    autre = tmp_path / "autre.sqlite"
    demonstration.creer(autre)
    fenetre.changer(str(autre))
    assert fenetre.atelier is not None
    assert fenetre.atelier.entree.selecteur.count() == 2
    assert fenetre.atelier.onglets.montrer("propositions").modele.rowCount() == 5
    assert len(fenetre.menuBar().actions()) == 5


def test_les_onglets_se_font_a_la_demande(fenetre: FenetrePrincipale) -> None:
    assert fenetre.atelier is not None
    onglets = fenetre.atelier.onglets
    assert list(onglets.faits) == ["structures"]
    assert onglets.montrer("budget").modele.rowCount() == 3
    assert list(onglets.faits) == ["structures", "budget"]


def test_la_barre_d_etat_compte_et_additionne(atelier: Atelier, propositions: Page) -> None:
    assert propositions.resume() == ("27\u00a0propositions", "Total\u00a0: 871\u00a0218,00\u00a0€")
    taper(propositions.filtre, "équilibré")
    assert propositions.resume() == ("12 sur 27\u00a0propositions", "Total\u00a0: 567\u00a0150,00\u00a0€")
    propositions.table.selectionner([0, 1])
    assert propositions.resume()[0] == "Sélection\u00a0: 2\u00a0lignes, 80\u00a0692,00\u00a0€"
    assert atelier.etat._cases[0].text() == propositions.resume()[0]


def test_un_filtre_sans_resultat_dit_comment_en_sortir(propositions: Page) -> None:
    taper(propositions.filtre, "œuvre inconnue")
    vide = propositions._pile.currentWidget()
    assert isinstance(vide, Vide)
    assert "Rien ne correspond" in vide._titre.text()
    vide.bouton.click()
    assert propositions._pile.currentWidget() is propositions.table
    assert propositions.filtre.text() == ""


def test_une_base_neuve_dit_par_quoi_commencer(ouvrir_fenetre: Ouvrir, tmp_path: Path) -> None:
    neuve = tmp_path / "neuve.sqlite"
    demonstration.ouvrir_ou_creer(neuve).close()
    fenetre = ouvrir_fenetre(neuve)
    assert fenetre.atelier is not None
    for sujet in PAGES.keys() - {"phases", "thematiques", "references"}:  # those a new base begins with
        page = fenetre.atelier.onglets.montrer(sujet)
        vide = page._pile.currentWidget()
        assert isinstance(vide, Vide), sujet
        assert vide._phrase.text() == typo(page.description.conseil)
        assert vide.bouton.isEnabled()


def test_echap_vide_le_filtre_et_entree_va_au_tableau(propositions: Page) -> None:
    taper(propositions.filtre, "lens")
    touche(propositions.filtre, Qt.Key.Key_Return)
    assert propositions.table.rangs() == [0]
    touche(propositions.filtre, Qt.Key.Key_Escape)
    assert propositions.filtre.text() == ""


def test_un_constat_mene_a_sa_ligne(atelier: Atelier) -> None:
    structures = atelier.onglets.montrer("structures")
    taper(structures.filtre, "calais")
    atelier.onglets.montrer("budget")
    liste = atelier.controles.liste
    rang = next(n for n, c in enumerate(atelier.controles.constats) if c.code == "STR-01")
    item = liste.topLevelItem(rang)
    assert item is not None
    liste.setCurrentItem(item)
    touche(liste, Qt.Key.Key_Return)
    assert atelier.onglets.nom_courant == "structures"
    assert structures.filtre.text() == ""
    assert texte(structures, structures.table.rangs()[0], "nom") == "CCAS de Liévin"


def test_les_controles_suivent_les_modifications(atelier: Atelier) -> None:
    titre = atelier.controles.windowTitle()
    assert titre == f"Contrôles ({len(atelier.controles.constats)})"
    page = atelier.onglets.montrer("structures")
    c = next(n for n, col in enumerate(page.modele.colonnes) if col.attribut == "siret")
    assert page.modele.setData(page.modele.index(0, c), "186 200 093 00083") or page.modele.refus is not None
    avant = len(atelier.controles.constats)
    page.modele.setData(page.modele.index(0, c), "99900002900010") if page.modele.refus else None
    attendre(lambda: len(atelier.controles.constats) != avant, 3000)
    assert len(atelier.controles.constats) <= avant


def test_une_gravite_a_son_icone_son_mot_et_sa_couleur(atelier: Atelier) -> None:
    item = atelier.controles.liste.topLevelItem(0)
    assert item is not None
    assert item.text(0) == "Attention"
    assert not item.icon(0).isNull()


def test_une_avalanche_de_constats_se_resume(atelier: Atelier) -> None:
    constat = atelier.controles.constats[0]
    atelier.controles._show((constat,) * 1500)
    liste = atelier.controles.liste
    assert liste.topLevelItemCount() == 301
    dernier = liste.topLevelItem(300)
    assert dernier is not None
    assert "1\u00a0200\u00a0autres constats" in dernier.text(1)
    assert atelier.controles.windowTitle() == "Contrôles (1\u00a0500)"
    liste.setCurrentItem(dernier)
    touche(liste, Qt.Key.Key_Return)


def test_les_controles_s_effacent_la_ou_ils_ne_servent_pas(atelier: Atelier) -> None:
    panneau, bascule = atelier.controles, atelier.controles.toggleViewAction()
    atelier.onglets.montrer_partie("suivi", "versements")
    assert panneau.isHidden()
    bascule.trigger()
    assert not panneau.isHidden()  # asked for all the same
    atelier.onglets.montrer("budget")
    assert not panneau.isHidden()
    bascule.trigger()
    atelier.onglets.montrer("versements")
    atelier.onglets.montrer("propositions")
    assert panneau.isHidden()  # the user does without
    bascule.trigger()
    assert not panneau.isHidden()


def test_les_controles_ne_prennent_que_la_hauteur_utile(fenetre: FenetrePrincipale, atelier: Atelier) -> None:
    panneau, tout = atelier.controles, atelier.controles.constats
    panneau._show(tout)
    assert attendre(lambda: panneau.height() == panneau.hauteur)
    panneau._show(tout[:1])
    assert attendre(lambda: panneau.height() < panneau.hauteur)
    panneau._show(tout)
    assert attendre(lambda: panneau.height() == panneau.hauteur)
    assert fenetre.height() == 768


def test_f6_passe_d_un_panneau_a_l_autre(fenetre: FenetrePrincipale, atelier: Atelier, propositions: Page) -> None:
    fenetre.activateWindow()
    atelier.entree.selecteur.setFocus()
    vus: list[QWidget | None] = []
    for _ in range(3):
        atelier.commandes["panneau"].trigger()
        vus.append(QApplication.focusWidget())
    assert vus == [propositions.table, atelier.controles.liste, atelier.entree.selecteur]


def test_toute_commande_fait_quelque_chose_et_se_lit_en_francais(atelier: Atelier) -> None:
    assert set(atelier.commandes) == {c.nom for c in COMMANDES}
    assert set(atelier._gestes.par_nom()) == {c.nom for c in COMMANDES}


def test_aucune_touche_de_menu_en_double(fenetre: FenetrePrincipale, atelier: Atelier) -> None:
    touches = [s.toString() for a in fenetre.findChildren(QAction) for s in a.shortcuts() if a.isVisible()]
    doubles = {t for t in touches if touches.count(t) > 1 and t != "Ctrl+C"}
    assert doubles <= {"Alt+Down"}
    for menu in fenetre.menuBar().findChildren(QMenu):
        lettres = [a.text()[a.text().index("&") + 1].lower() for a in menu.actions() if "&" in a.text()]
        assert len(lettres) == len(set(lettres)), menu.title()
    assert atelier.entree.phase is not None


def test_la_fenetre_se_souvient_de_l_onglet_du_tri_et_des_colonnes(
    ouvrir_fenetre: Ouvrir, demo: Path, tmp_path: Path
) -> None:
    fenetre = ouvrir_fenetre(demo)
    assert fenetre.atelier is not None
    page = fenetre.atelier.onglets.montrer("propositions")
    page.table.entete.setSortIndicator(4, Qt.SortOrder.DescendingOrder)
    page.table.entete._show(3, visible=False)
    page.table.entete.moveSection(1, 0)
    page.table.entete.resizeSection(4, 177)
    fenetre.close()
    suivante = ouvrir_fenetre(demo)
    assert suivante.atelier is not None
    assert suivante.atelier.onglets.nom_courant == "propositions"
    revue = suivante.atelier.onglets.page("propositions")
    assert revue.table.isColumnHidden(3)
    assert revue.table.columnWidth(4) == 177
    assert revue.table.entete.visualIndex(1) == 0
    assert texte(revue, 0, "montant") == "79\u00a0850,00"
    memoire = json.loads(next(tmp_path.rglob("fenetre.json")).read_text(encoding="utf-8"))
    assert memoire["table.propositions"]["tri"] == ["montant", True]
    revue.table.entete.retablir()
    assert not revue.table.isColumnHidden(3)


def test_des_reglages_abimes_ne_genent_pas(tmp_path: Path) -> None:
    fichier = tmp_path / "fenetre.json"
    fichier.write_text("{", encoding="utf-8")
    assert Reglages(fichier).texte("onglet", "x") == "x"
    fichier.write_text('{"onglet": 3, "table.x": []}', encoding="utf-8")
    assert Reglages(fichier).texte("onglet") == ""
    assert Reglages(fichier).groupe("table.x") == {}
    Reglages(tmp_path / "absent" / "x.json").retenir("a", 1)
    assert (tmp_path / "absent" / "x.json").exists()


def test_un_incident_se_copie_et_ne_dit_rien_de_personnel(fenetre: FenetrePrincipale) -> None:
    rapport = ""
    try:
        int("Camille EXEMPLE-01")
    except ValueError as erreur:
        rapport = incidents.rapport(erreur)
    assert "Camille" not in rapport
    assert "ValueError" in rapport
    assert "test_fenetre.py" in rapport
    dialogue = incidents.dialogue_rapport(rapport, fenetre)
    dialogue.open()
    next(b for b in dialogue.findChildren(QAbstractButton) if "Copier" in b.text()).click()
    assert QGuiApplication.clipboard().text() == rapport
    dialogue.close()


def test_les_boutons_de_qt_parlent_francais(qapp: QApplication) -> None:
    assert qapp.translate("QPlatformTheme", "Cancel") == "Annuler"


def test_les_etiquettes_de_donnees_sont_du_texte_brut(atelier: Atelier) -> None:
    for case in atelier.etat.findChildren(QLabel):
        if "proposition" in case.text():
            assert case.textFormat() == Qt.TextFormat.PlainText


def test_a_new_base_is_made_where_the_user_says_and_never_over_something(
    fenetre: FenetrePrincipale, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dits: list[str] = []
    monkeypatch.setattr("inclusion_desk.ui.dialogues.avertir", lambda _p, _t, phrase: dits.append(phrase))
    choix = [str(demo), str(tmp_path / "nouvelle")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (choix.pop(0), ""))
    avant = demo.read_bytes()
    fenetre.creer_base()
    assert len(dits) == 1
    assert "existe déjà" in dits[0]
    assert demo.read_bytes() == avant
    fenetre.creer_base()
    assert (tmp_path / "nouvelle.sqlite").exists()
    assert fenetre.windowTitle().startswith("nouvelle.sqlite")
    assert fenetre.atelier is not None
    assert fenetre.atelier.onglets.montrer("structures").modele.rowCount() == 0


def test_filtrer_et_trier_laissent_les_colonnes_suivre_la_fenetre(fenetre: FenetrePrincipale, atelier: Atelier) -> None:
    page = atelier.onglets.montrer("propositions")
    structure = next(n for n, c in enumerate(page.modele.colonnes) if c.attribut == "structure_nom")
    for filtre in ("lens", "rien de tel", ""):
        page.filtre.setText(filtre)
        page.modele.sort(4)
        QApplication.processEvents()
    large = page.table.columnWidth(structure)
    fenetre.resize(1700, 768)
    QApplication.processEvents()
    assert page.table.columnWidth(structure) > large
    assert not fenetre.reglages.groupe("table.propositions").get("largeurs")
