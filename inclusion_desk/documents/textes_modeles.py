"""The templates of the texts: their names, ours, and the one to use for a dossier."""

from __future__ import annotations

from functools import cache

from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.resources import resource

NOMS_MODELES = {
    "rapport": "Rapport du Président",
    "annexe": "Annexe d’une thématique",
    "deliberation": "Délibération",
    "page-de-garde": "Page de garde du dossier de séance",
}
"""The templates a user may edit, with their titles."""


@cache
def modele_livre(nom: str) -> str:
    """Give a template as shipped with the program.

    Raises:
        FileNotFoundError: there is none of that name, or the installation is incomplete.
    """
    return resource(f"modeles/{nom}.md").read_text(encoding="utf-8")


def modele_de(dossier: DossierSeance, nom: str) -> str:
    """Give the template a dossier carries, else ours."""
    propre = dossier.modele(nom)
    return modele_livre(nom) if propre is None else propre
