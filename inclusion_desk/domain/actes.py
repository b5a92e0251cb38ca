"""An act ready to be written: one convention or avenant with all it says, from which its documents are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.fiches import FicheAction
from inclusion_desk.domain.modeles_actes import MODELES_ACTE, ModeleActe


@dataclass(frozen=True, slots=True)
class Tranche:
    """What one act brings for one period; ``montant`` in cents. ``rang`` is that of the act: 0 for the convention."""

    rang: int
    debut: date
    fin: date
    montant: int
    code_operation: str = ""
    imputation: str = ""


@dataclass(frozen=True, slots=True)
class Beneficiaire:
    """The structure as the act names it."""

    nom: str
    forme: str
    """The legal form in words: « Groupement d’intérêt public »."""
    siret: str
    adresse: str
    code_postal: str
    commune: str
    representant: str
    qualite: str
    """« Présidente », « directeur général »: it gives the gender of the act’s words."""
    date_deliberation: date | None


@dataclass(frozen=True, slots=True)
class Departement:
    """The other party, and who signs for it."""

    nom: str
    president: str
    """First name and name, without civility."""
    qualite_president: str
    signataire: str
    qualite_signataire: str
    siege: str = "Hôtel du Département, rue Ferdinand Buisson, 62018 Arras Cedex 9"
    lieu: str = "Arras"
    pole: str = "Pôle Solidarités"
    direction: str = "Direction des Politiques d’Inclusion Durable"


@dataclass(frozen=True, slots=True)
class Autorisation:
    """The deliberation under which the act is signed."""

    numero: str
    instance: str
    jour: date


@dataclass(frozen=True, slots=True)
class FicheAnnexee:
    """A sheet as one act annexes it: its number, and what the act says in it."""

    annexe: int
    fiche: FicheAction
    debut: date
    fin: date
    montants: tuple[int, ...]
    """In cents, one per act that paid for it: 338 226,74 € then 79 850 € in annexe 10; empty without an amount."""
    territoire: str
    volume: int = 0
    unite: str = ""
    etp: int | None = None
    code_operation: str = ""
    versements: tuple[str, ...] = ()
    """The schedule in words, one instalment each; nothing while it is not set."""


@dataclass(frozen=True, slots=True)
class Acte:
    """One convention (``rang`` 0) or avenant, whole: its documents are a pure function of it.

    ``debut`` and ``fin`` are the term once the act is signed; ``tranches`` what it and those before it bring.
    """

    id: int
    numero: str
    """The number of the convention: ``2024-01213``."""
    rang: int
    modele: str
    objet: str
    departement: Departement
    beneficiaire: Beneficiaire
    autorisation: Autorisation | None
    debut: date
    fin: date
    tranches: tuple[Tranche, ...]
    fiches: tuple[FicheAnnexee, ...]
    convention_signee_le: date | None = None
    """When the convention that an avenant amends was signed."""
    convention_objet: str = ""
    observations: str = ""
    source: str = ""
    """The template it was written with, once it went out for signature; empty for a draft."""

    @property
    def parametres(self) -> ModeleActe:
        """The parameters of its model."""
        return MODELES_ACTE[self.modele]

    @property
    def libelle_modele(self) -> str:
        """« Convention », « Avenant, modèle 5 – accueil seul… »: what kind of act it is."""
        return f"Avenant, modèle {self.parametres.libelle}" if self.avenant else "Convention"

    @property
    def avenant(self) -> bool:
        """Whether it amends a convention."""
        return self.rang > 0

    @property
    def montant(self) -> int:
        """What the convention may cost in all once the act is signed, in cents."""
        return sum(tranche.montant for tranche in self.tranches)

    @property
    def apport(self) -> int:
        """What the act itself brings, in cents."""
        return sum(tranche.montant for tranche in self.tranches if tranche.rang == self.rang)

    @property
    def libelle(self) -> str:
        """« Convention 2025-00001 », « Avenant n° 1 à la convention 2024-01213 »."""
        return f"Avenant n° {self.rang} à la convention {self.numero}" if self.avenant else f"Convention {self.numero}"
