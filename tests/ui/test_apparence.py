"""Light and dark: contrast, icons, French typography of every text the interface holds, and the bar of consumption."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

import inclusion_desk.ui
from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.resources import resource
from inclusion_desk.ui.apparence import CLAIR, SOMBRE, Apparence, Couleurs, Mode, couleurs_de, palette
from inclusion_desk.ui.barre import bulle, largeurs
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.presse_papiers import cellule, nombre

SOURCES = sorted(Path(inclusion_desk.ui.__file__).parent.rglob("*.py"))


def luminance(couleur: str) -> float:
    def lineaire(canal: float) -> float:
        return canal / 12.92 if canal <= 0.03928 else ((canal + 0.055) / 1.055) ** 2.4

    c = QColor(couleur)
    return 0.2126 * lineaire(c.redF()) + 0.7152 * lineaire(c.greenF()) + 0.0722 * lineaire(c.blueF())


def contraste(texte: str, fond: str) -> float:
    clair, sombre = sorted((luminance(texte), luminance(fond)), reverse=True)
    return (clair + 0.05) / (sombre + 0.05)


@pytest.mark.parametrize("couleurs", [CLAIR, SOMBRE], ids=["clair", "sombre"])
def test_tout_texte_se_lit(couleurs: Couleurs) -> None:
    for fond in (couleurs.fenetre, couleurs.fond, couleurs.alterne):
        for texte in (couleurs.texte, couleurs.doux, couleurs.bloquant, couleurs.attention, couleurs.information):
            assert contraste(texte, fond) >= 4.5, (texte, fond)
    for texte in (couleurs.texte, couleurs.attention, couleurs.bloquant, couleurs.information):
        assert contraste(texte, couleurs.selection) >= 4.5, texte
    assert contraste(couleurs.sur_accent, couleurs.accent) >= 4.5
    assert contraste(couleurs.accent, couleurs.fond) >= 4.5


def test_les_modes_se_reconnaissent_et_se_changent(qapp: QApplication) -> None:
    assert couleurs_de(palette(SOMBRE)) is SOMBRE
    apparence = Apparence(qapp, Mode.CLAIR)
    apparence.choose(Mode.SOMBRE)
    assert couleurs_de(qapp.palette()) is SOMBRE
    apparence.choose(Mode.SYSTEME)
    apparence.choose(Mode.CLAIR)
    assert couleurs_de(qapp.palette()) is CLAIR


def test_une_icone_suit_la_palette(qapp: QApplication) -> None:
    apparence = Apparence(qapp, Mode.CLAIR)
    claire = icone("ajouter").pixmap(QSize(24, 24)).toImage()
    apparence.choose(Mode.SOMBRE)
    assert icone("ajouter").pixmap(QSize(24, 24)).toImage() != claire
    apparence.choose(Mode.CLAIR)


def test_chaque_icone_est_dessinee_en_couleur_courante() -> None:
    for chemin in resource("icones").glob("*.svg"):
        dessin = chemin.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in dessin
        assert ("currentColor" in dessin) != chemin.stem.startswith(("fleche-", "coche-"))


def _textes(chemin: Path) -> list[str]:
    """List the texts of a module that a user may read: those with a space or a capital, docstrings left out."""
    arbre = ast.parse(chemin.read_text(encoding="utf-8"))
    dits = {id(n.value) for n in ast.walk(arbre) if isinstance(n, ast.Expr)}
    nus = [n for n in ast.walk(arbre) if isinstance(n, ast.Constant) and id(n) not in dits]
    return [n.value for n in nus if isinstance(n.value, str) and "QPushButton" not in n.value and n.value[:1] != "&"]


@pytest.mark.parametrize("chemin", SOURCES, ids=lambda c: c.stem)
def test_la_typographie_est_francaise(chemin: Path) -> None:
    for texte in _textes(chemin):
        assert not re.search(r"[a-zéè]'[a-zéèh]", texte), texte
        assert "..." not in texte, texte
        assert not re.search(r"\w[!?;]$", texte), texte


def ligne(anterieur: int, proposition: int, ae: int = 100_000_00) -> LigneBudgetaire:
    return LigneBudgetaire(1, 1, "C02-446A05", "6568/93446", "Ligne", ae, anterieur, anterieur, proposition)


def test_la_barre_remplit_sa_largeur_et_montre_les_petites_parts() -> None:
    for cas in (ligne(0, 0), ligne(50_000_00, 1), ligne(99_999_99, 1), ligne(30_000_00, 70_000_00)):
        parts = largeurs(cas, 160)
        assert sum(parts) == 160
        assert all(large > 0 for large, part in zip(parts, cas.consommation, strict=True) if part)
    assert sum(largeurs(replace(ligne(0, 0), ae=0), 160)) == 160


def test_la_bulle_de_la_barre_donne_les_chiffres() -> None:
    assert bulle(ligne(50_000_00, 20_000_00)).splitlines() == [
        "Déjà engagé\u00a0: 50\u00a0000,00\u00a0€ (50,0\u00a0% de l’AE)",
        "Proposé\u00a0: 20\u00a0000,00\u00a0€ (20,0\u00a0% de l’AE)",
        "Solde\u00a0: 30\u00a0000,00\u00a0€ (30,0\u00a0% de l’AE)",
    ]


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r"])
def test_le_presse_papiers_ne_porte_pas_de_formule(debut: str) -> None:
    assert cellule(f"{debut}cmd|calc").startswith("'")


def test_le_presse_papiers_porte_des_nombres_simples() -> None:
    assert nombre("1\u00a0234\u202f567,50") == "1234567,50"
    assert nombre("\u221210\u00a0000,00") == "-10000,00"
    assert nombre("-10+2") == "'-10+2"
    assert cellule("deux\nlignes\tici") == "deux lignes ici"
