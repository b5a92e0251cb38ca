"""Thématiques, dispositifs and territories: the frame of the appel à projets."""

from __future__ import annotations

from dataclasses import dataclass

from inclusion_desk.domain.champs import Champ, Nature, Valeurs
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import fold

UNITES = {
    "diagnostic": "diagnostic",
    "place": "place",
    "personne": "personne",
    "famille": "famille",
    "etp": "ETP",
    "projet": "projet",
}
"""What a dispositif counts, in the singular; ``unite_accordee`` agrees it."""


def unite_accordee(unite: str, volume: int) -> str:
    """Agree a unit with its volume: ``1 place``, ``2 places``; ETP never changes."""
    nom = UNITES.get(unite, unite)
    return nom if volume < 2 or unite == "etp" else f"{nom}s"  # noqa: PLR2004 - plural from 2


@dataclass(frozen=True, slots=True)
class Thematique:
    """A numbered group of dispositifs of one campaign."""

    id: int
    campagne_id: int
    numero: int
    intitule: str
    version: int = 1
    dispositifs: int = 0
    montant: int = 0
    """What the phase read with it proposes in it, in cents."""

    @property
    def libelle(self) -> str:
        """Number and title, as picked in a list."""
        return f"{self.numero} – {self.intitule}"


@dataclass(frozen=True, slots=True)
class Territoire:
    """A part of the département; ``bassin_minier`` decides which European fund applies."""

    id: int
    nom: str
    bassin_minier: bool


@dataclass(frozen=True, slots=True)
class Dispositif:
    """One scheme; counts, volume and ``montant`` (cents) are those of the phase read with it."""

    id: int
    version: int
    thematique_id: int
    thematique_numero: int
    thematique_intitule: str
    numero: str | None
    intitule: str
    unite: str
    cofinancement: str
    propositions: int = 0
    structures: int = 0
    volume: int = 0
    montant: int = 0

    @property
    def libelle(self) -> str:
        """Number (where there is one) and title, as picked in a list."""
        return f"{self.numero} – {self.intitule}" if self.numero else self.intitule


CHAMPS_THEMATIQUE = (
    Champ("numero", "N°", "Le numéro", Nature.ENTIER, obligatoire=True),
    Champ("intitule", "Intitulé", "L’intitulé", obligatoire=True, maximum=250),
)
CHAMPS = (
    Champ("thematique_id", "Thématique", "La thématique", Nature.REFERENCE, obligatoire=True, sujet="thematiques"),
    Champ("numero", "N°", "Le numéro", Nature.NUMERO_DISPOSITIF, aide="Comme 3.14 ; vide pour une expérimentation"),
    Champ("intitule", "Intitulé", "L’intitulé", obligatoire=True, maximum=250),
    Champ("unite", "Unité", "L’unité", Nature.CHOIX, obligatoire=True, choix=UNITES, aide="Ce que le volume compte"),
    Champ("cofinancement", "Cofinancement", "Le cofinancement", maximum=100, aide="FSE+, FTJ ; vide s’il n’y en a pas"),
)


def check_numero(valeurs: Valeurs, thematique_numero: int) -> None:
    """Check that a dispositif's number begins with the number of its thématique.

    Raises:
        Refus: on ``numero``.
    """
    numero = valeurs.get("numero")
    if isinstance(numero, str) and numero and numero.split(".")[0] != str(thematique_numero):
        raise Refus(
            f"Le numéro {numero} ne commence pas par {thematique_numero}, le numéro de la thématique : "
            f"écrivez {thematique_numero}.{numero.split('.')[-1]} ou changez de thématique.",
            "numero",
        )


def refus_campagne(article: str, champ: str) -> Refus:
    """Word the refusal of what is gone, or belongs to another campaign than the row that names it."""
    return Refus(
        f"{article} n’existe plus, ou appartient à une autre campagne : choisissez dans la liste une valeur de la "
        "campagne affichée.",
        champ,
    )


def cle_numero(numero: str | None) -> tuple[int, int, int]:
    """Give the sort key of a dispositif's number: 1.2 before 1.10, without number last."""
    if not numero:
        return (1, 0, 0)
    thematique, rang = numero.split(".")
    return (0, int(thematique), int(rang))


def recherche(numero: str | None, intitule: str, cofinancement: str) -> str:
    """Build the folded text in which a dispositif is searched."""
    return fold(f"{numero or ''} {intitule} {cofinancement}")
