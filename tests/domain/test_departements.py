"""The name of a département after « Département »."""

from __future__ import annotations

import pytest

from inclusion_desk.domain.departements import du_departement


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("Pas-de-Calais", "du Pas-de-Calais"),
        ("Nord", "du Nord"),
        ("Somme", "de la Somme"),
        ("Aisne", "de l’Aisne"),
        ("Hérault", "de l’Hérault"),
        ("Landes", "des Landes"),
        ("Côtes-d'Armor", "des Côtes-d’Armor"),
        ("Ille-et-Vilaine", "d’Ille-et-Vilaine"),
        ("Maine-et-Loire", "de Maine-et-Loire"),
        ("Territoire de Belfort", "du Territoire de Belfort"),
        ("Seine-Saint-Denis", "de la Seine-Saint-Denis"),
        ("Exemple", "de l’Exemple"),
    ],
)
def test_each_name_takes_its_preposition(nom: str, dit: str) -> None:
    assert du_departement(nom) == dit
