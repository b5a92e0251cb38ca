"""How a département is named after « Département »: « du Pas-de-Calais », « de l’Aisne », « des Landes »."""

from __future__ import annotations

import unicodedata

_DU = frozenset({
    "Bas-Rhin", "Calvados", "Cantal", "Cher", "Doubs", "Finistère", "Gard", "Gers", "Haut-Rhin", "Jura", "Loiret",
    "Lot", "Morbihan", "Nord", "Pas-de-Calais", "Puy-de-Dôme", "Rhône", "Tarn", "Territoire de Belfort",
    "Val-de-Marne", "Val-d’Oise", "Var",
})  # fmt: skip
_DES = frozenset({
    "Alpes-de-Haute-Provence", "Alpes-Maritimes", "Ardennes", "Bouches-du-Rhône", "Côtes-d’Armor", "Deux-Sèvres",
    "Hautes-Alpes", "Hautes-Pyrénées", "Hauts-de-Seine", "Landes", "Pyrénées-Atlantiques", "Pyrénées-Orientales",
    "Vosges", "Yvelines",
})  # fmt: skip
_SANS_ARTICLE = frozenset({
    "Eure-et-Loir", "Ille-et-Vilaine", "Indre-et-Loire", "La Réunion", "Loir-et-Cher", "Lot-et-Garonne",
    "Maine-et-Loire", "Mayotte", "Meurthe-et-Moselle", "Paris", "Saône-et-Loire", "Seine-et-Marne",
    "Tarn-et-Garonne", "Vaucluse",
})  # fmt: skip
_VOYELLES = frozenset("AEIOUYH")


def du_departement(nom: str) -> str:
    """Name a département after « Département »; the others take « de la », or « de l’ » before a vowel."""
    cle = nom.strip().replace("'", "’")
    if cle in _DU:
        return f"du {cle}"
    if cle in _DES:
        return f"des {cle}"
    voyelle = unicodedata.normalize("NFD", cle)[:1].upper() in _VOYELLES
    if cle in _SANS_ARTICLE:
        return f"d’{cle}" if voyelle else f"de {cle}"
    return f"de l’{cle}" if voyelle else f"de la {cle}"
