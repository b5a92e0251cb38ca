"""Where a finding leads that names no row: the part of the tabs in which what it says is put right."""

from __future__ import annotations

from dataclasses import dataclass

from inclusion_desk.domain.constats import Constat


@dataclass(frozen=True, slots=True)
class Rubrique:
    """A part of a tab, and how the panel calls it."""

    titre: str
    onglet: str
    partie: str


_SEANCE = Rubrique("Séance", "seance", "seance")
_PRESENCES = Rubrique("Présences", "seance", "presences")
_VOTE = Rubrique("Vote", "seance", "vote")
_ACTE = Rubrique("Délibération", "seance", "deliberation")
_ARTICLES = Rubrique("Articles", "seance", "articles")
_BUDGET = Rubrique("Budget", "budget", "budget")
_PROPOSITIONS = Rubrique("Propositions", "propositions", "")
_FAMILLES = {
    "SOM": _PROPOSITIONS, "LIG": _PROPOSITIONS, "PER": _PROPOSITIONS, "ACT": _PROPOSITIONS, "RAT": _PROPOSITIONS,
    "BUD": _BUDGET, "DIS": Rubrique("Dispositifs", "dispositifs", ""), "STR": Rubrique("Structures", "structures", ""),
    "SEA": _VOTE, "POU": _PRESENCES, "DEL": _ACTE, "ART": _ARTICLES, "FIG": _ARTICLES,
    "AVI": Rubrique("Avis", "seance", "avis"), "VIS": Rubrique("Visas", "seance", "visas"),
    "ANX": Rubrique("Annexes jointes", "seance", "annexes"), "TXT": Rubrique("Textes", "seance", "textes"),
}  # fmt: skip
_REGLES = {
    "SEA-01": _PRESENCES, "SEA-04": _PRESENCES, "SEA-06": _SEANCE, "SEA-07": _PRESENCES, "SEA-08": _PRESENCES,
    "SEA-09": Rubrique("Textes", "seance", "textes"), "SEA-10": _SEANCE,
    "SEA-15": _PRESENCES, "SEA-16": _PRESENCES, "SEA-17": _PRESENCES, "SEA-18": _SEANCE, "SOM-03": _ARTICLES,
    "ACT-06": _ACTE,
    "DEL-04": Rubrique("Étapes", "seance", "etapes"),
}  # fmt: skip
"""Rules that are put right elsewhere than the others of their family."""


def rubrique(constat: Constat) -> Rubrique:
    """Give the part of the tabs in which a finding is put right."""
    return _REGLES.get(constat.code) or _FAMILLES.get(constat.code[:3], _SEANCE)
