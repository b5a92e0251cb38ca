"""Documents from the window: preview, production with progress and Cancel, a held target, and what may be opened."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter

from inclusion_desk.domain.refus import EcritureRefusee, Interrompu
from inclusion_desk.services import natures, production
from inclusion_desk.ui import documents, lancement
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.captures import attendre
from inclusion_desk.ui.fenetre import FenetrePrincipale
from inclusion_desk.ui.taches import Avance, Taches

pytestmark = pytest.mark.usefixtures("qapp")


def test_l_apercu_montre_les_pages(atelier: Atelier) -> None:
    apercu = atelier.montrer_apercu()
    assert apercu is not None
    assert attendre(lambda: apercu.imprimable and len(apercu.feuilles.images) > 0)
    assert apercu.feuilles.nombre >= 2
    assert apercu._pages.text().startswith("Page 1 sur ")
    apercu.feuilles.aller(1)
    assert apercu.feuilles.page == 1
    zoom = apercu.feuilles.zoom
    apercu.feuilles.ajuster("page")
    assert apercu.feuilles.zoom < zoom
    apercu.feuilles.zoomer(2)
    assert attendre(lambda: not atelier.taches.occupe)
    atelier.onglets.fermer_apercu()
    assert atelier.onglets.apercu is None


def test_l_apercu_se_dit_perime_apres_une_modification(atelier: Atelier) -> None:
    apercu = atelier.montrer_apercu()
    assert apercu is not None
    assert attendre(lambda: apercu.imprimable)
    page = atelier.onglets.page("propositions")
    page.rattraper()
    assert page.modele.setData(page.modele.index(0, 4), "12")
    assert not apercu._bandeau.isHidden()
    apercu.actualiser()
    assert attendre(lambda: not atelier.taches.occupe)
    assert apercu._bandeau.isHidden()


def test_l_apercu_s_imprime(atelier: Atelier, tmp_path: Path) -> None:
    apercu = atelier.montrer_apercu()
    assert apercu is not None
    assert attendre(lambda: apercu.imprimable)
    imprimante = QPrinter()
    imprimante.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    imprimante.setOutputFileName(str(tmp_path / "imprime.pdf"))
    assert apercu._document is not None
    apercu._impression.envoyer(apercu._document, imprimante)
    assert attendre(lambda: not atelier.taches.occupe)
    assert (tmp_path / "imprime.pdf").read_bytes().startswith(b"%PDF")


@pytest.fixture
def reponses(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[str, ...]]]:
    """Answer every question by its last choice, and keep what was asked."""
    posees: list[tuple[str, tuple[str, ...]]] = []

    def repondre(_parent: object, _titre: str, phrase: str, boutons: tuple[str, ...]) -> int:
        posees.append((phrase, boutons))
        return len(boutons) - 1

    monkeypatch.setattr(documents, "demander", repondre)
    return posees


@pytest.mark.parametrize(
    ("nature", "extension"), [(n, f) for n, document in natures.DOCUMENTS.items() for f in document.formats]
)
def test_un_document_se_produit_puis_s_ouvre(
    atelier: Atelier,
    tmp_path: Path,
    reponses: list[tuple[str, tuple[str, ...]]],
    nature: natures.Nature,
    extension: str,
) -> None:
    assert atelier.entree.phase is not None
    cible = tmp_path / f"document.{extension}"
    faits: list[Path] = []
    atelier.documents.produit.connect(faits.append)
    atelier.documents.ecrire(nature, atelier.entree.phase, cible)
    assert not atelier.etat.progression.isHidden()
    assert attendre(lambda: bool(faits))
    assert cible.stat().st_size > 1000
    assert reponses[0][1] == ("Ouvrir le fichier", "Ouvrir le dossier", "Fermer")
    assert atelier.etat.progression.isHidden()


def test_annuler_ne_laisse_rien(
    atelier: Atelier, tmp_path: Path, reponses: list[tuple[str, tuple[str, ...]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lent(_desk: object, _nature: str, _phase: int, cible: Path, progress: Avance, *, extension: str) -> Path:
        assert extension == "xlsx"
        for fait in range(500):
            progress(fait, 500)
            time.sleep(0.01)
        cible.write_text("trop tard")
        return cible

    monkeypatch.setattr(production, "produire", lent)
    assert atelier.entree.phase is not None
    dits: list[str] = []
    atelier.documents.message.connect(dits.append)
    atelier.documents.ecrire("classeur", atelier.entree.phase, tmp_path / "c.xlsx")
    assert attendre(lambda: atelier.etat.progression.barre.value() > 2)
    atelier.etat.progression.bouton.click()
    assert attendre(lambda: bool(dits))
    assert "annulée" in dits[0]
    assert not (tmp_path / "c.xlsx").exists()
    assert reponses == []


def test_une_cible_tenue_propose_trois_issues(
    atelier: Atelier, tmp_path: Path, reponses: list[tuple[str, tuple[str, ...]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def tenue(*_arguments: object, **_nommes: object) -> Path:
        raise EcritureRefusee("c.xlsx est ouvert dans un autre programme : fermez-le.")

    monkeypatch.setattr(production, "produire", tenue)
    assert atelier.entree.phase is not None
    atelier.documents.ecrire("classeur", atelier.entree.phase, tmp_path / "c.xlsx")
    assert attendre(lambda: bool(reponses))
    assert reponses[0][1] == ("Réessayer", "Enregistrer sous…", "Annuler")


def test_une_erreur_revient_comme_une_valeur() -> None:
    taches = Taches()
    rendus: list[object] = []

    def fautif(_avance: Avance) -> int:
        raise ZeroDivisionError

    taches.lancer(fautif, rendus.append)
    taches.lancer(lambda _avance: 3, rendus.append)
    assert attendre(lambda: len(rendus) == 2)
    assert isinstance(rendus[0], ZeroDivisionError)
    assert rendus[1] == 3
    taches.fermer()


def test_une_tache_annulee_s_arrete_au_pas_suivant() -> None:
    taches = Taches()
    rendus: list[object] = []

    def longue(avance: Avance) -> None:
        while True:
            avance(0, 1)
            time.sleep(0.001)

    tache = taches.lancer(longue, rendus.append)
    tache.annuler()
    assert attendre(lambda: bool(rendus))
    assert isinstance(rendus[0], Interrompu)


def test_on_n_ouvre_que_nos_fichiers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ouverts: list[str] = []

    def noter(url: QUrl) -> bool:
        ouverts.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", noter)
    programme, extrait = tmp_path / "virus.exe", tmp_path / "e.pdf"
    programme.write_text("x")
    extrait.write_text("x")
    assert not documents.ouvrir_fichier(programme)
    assert not documents.ouvrir_fichier(Path("relatif.pdf"))
    assert not documents.ouvrir_fichier(tmp_path / "absent.pdf")
    assert documents.ouvrir_fichier(extrait)
    assert documents.ouvrir_fichier(tmp_path)
    assert ouverts == [str(extrait), str(tmp_path)]


def test_chaque_ecran_se_capture(fenetre: FenetrePrincipale, atelier: Atelier, tmp_path: Path) -> None:
    captures = lancement.capturer(fenetre, tmp_path / "captures")
    parties = {
        nom if partie.nom == nom else f"{nom}-{partie.nom}"
        for nom, onglet in atelier.onglets.plan.items()
        for partie in onglet.parties
    }
    assert {c.stem for c in captures} == {
        f"{nom}-{mode}" for nom in (*parties, "formulaire", "apercu", "controles") for mode in ("clair", "sombre")
    }
    assert all(c.stat().st_size > 5000 for c in captures)


@pytest.mark.usefixtures("qapp")
def test_a_closed_pool_starts_nothing_and_can_be_destroyed_at_once() -> None:
    """Destroyed with a job under way it would wait for ever: the window closes it, then late timers ask for more."""
    taches = Taches()
    rendus: list[object] = []
    taches.lancer(lambda _avance: time.sleep(0.05), rendus.append)
    taches.fermer()
    taches.lancer(lambda _avance: time.sleep(60), rendus.append)
    assert not taches.occupe or len(rendus) == 0
    del taches
