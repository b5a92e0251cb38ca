"""Structures: the organisations funded by the département."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.text import fold

FORMES = {
    "association": "Association",
    "fondation": "Fondation",
    "ccas": "CCAS ou CIAS",
    "collectivite": "Commune ou EPCI",
    "gip": "Groupement d’intérêt public",
    "consulaire": "Chambre consulaire",
    "etablissement_public": "Établissement public",
    "entreprise": "Entreprise",
    "autre": "Autre",
}
DROIT_PRIVE = frozenset({"association", "fondation", "entreprise"})
"""Legal forms under private law: the 23 000 € rule concerns them (loi 2000-321, art. 10)."""


@dataclass(frozen=True, slots=True)
class Structure:
    """One structure; ``montant`` (cents) and ``propositions`` (count) are those of the phase read with it."""

    id: int
    version: int
    nom: str
    forme: str
    siret: str | None
    rna: str | None
    adresse: str
    code_postal: str | None
    commune: str
    representant: str
    qualite: str
    date_deliberation: date | None
    engagement_republicain: bool = False
    propositions: int = 0
    montant: int = 0

    @property
    def droit_prive(self) -> bool:
        """Whether the structure is a body under private law."""
        return self.forme in DROIT_PRIVE


CHAMPS = (
    Champ("nom", "Nom", "Le nom", obligatoire=True, maximum=200),
    Champ("forme", "Forme juridique", "La forme juridique", Nature.CHOIX, obligatoire=True, choix=FORMES),
    Champ("siret", "SIRET", "Le SIRET", Nature.SIRET, aide="14 chiffres, avec ou sans espaces"),
    Champ("rna", "RNA", "Le numéro RNA", Nature.RNA, aide="Associations : W suivi de neuf caractères"),
    Champ("adresse", "Adresse", "L’adresse", maximum=300),
    Champ("code_postal", "Code postal", "Le code postal", Nature.CODE_POSTAL),
    Champ("commune", "Commune", "La commune", maximum=100),
    Champ("representant", "Représentant", "Le nom du représentant", maximum=150, personnel=True),
    Champ("qualite", "Qualité", "La qualité du représentant", maximum=150, aide="Présidente, directeur général…"),
    Champ(
        "date_deliberation",
        "Délibération de la structure",
        "La date de délibération",
        Nature.DATE,
        aide="Date de l’acte qui autorise le représentant à signer",
    ),
    Champ(
        "engagement_republicain",
        "Engagement républicain",
        "La signature du contrat d’engagement républicain",
        Nature.BOOLEEN,
        obligatoire=True,
        defaut=False,
        aide="Associations et fondations : contrat signé (loi 2000-321, art. 10-1)",
    ),
)


def recherche(nom: str, siret: str | None, commune: str, forme: str) -> str:
    """Build the folded text in which a structure is searched."""
    return fold(f"{nom} {siret or ''} {commune} {FORMES.get(forme, '')}")
