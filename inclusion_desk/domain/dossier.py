"""The dossier de séance: the frozen tree of one phase from which every document is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.domain.deliberations import AnnexeJointe, Deliberation
from inclusion_desk.domain.seances import Seance
from inclusion_desk.domain.structures import DROIT_PRIVE, FORMES


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of annexe 4; ``montant`` in cents, ``etp`` in hundredths; the texts are those of the day it was read."""

    proposition_id: int
    dispositif_id: int
    structure_id: int
    territoire: str
    structure: str
    forme: str
    siret: str | None
    representant: str
    acte: str
    modele: str | None
    convention_initiale: str | None
    debut: date
    fin: date
    volume: int
    unite: str
    etp: int | None
    montant: int
    cofinancement: str
    code_operation: str
    imputation: str
    commune: str = ""
    engagement_republicain: bool = True
    """Whether the structure signed the contrat d’engagement républicain, where the law asks for it."""
    observations: str = ""

    @property
    def forme_libelle(self) -> str:
        """The legal form as shown."""
        return FORMES.get(self.forme, self.forme)

    @property
    def droit_prive(self) -> bool:
        """Whether the structure is a body under private law."""
        return self.forme in DROIT_PRIVE


def somme(lignes: Iterable[Ligne]) -> int:
    """Add up the amounts of lines, in cents."""
    return sum(ligne.montant for ligne in lignes)


@dataclass(frozen=True, slots=True)
class Operation:
    """What the phase proposes for one dispositif: its lines, and what they add up to."""

    ordre: int
    dispositif_id: int
    numero: str | None
    intitule: str
    unite: str
    cofinancement: str
    lignes: tuple[Ligne, ...]
    texte: str = ""
    """What the annexe of its thématique says of it; figures are tied to their source (see ``figures``)."""

    @property
    def libelle(self) -> str:
        """Number (where there is one) and title."""
        return f"{self.numero} – {self.intitule}" if self.numero else self.intitule

    @property
    def montant(self) -> int:
        """Total of the lines, in cents."""
        return somme(self.lignes)

    @property
    def volume(self) -> int:
        """Total volume, in the dispositif's unit."""
        return sum(ligne.volume for ligne in self.lignes)

    @property
    def etp(self) -> int:
        """Total ETP, in hundredths."""
        return sum(ligne.etp or 0 for ligne in self.lignes)

    @property
    def structures(self) -> int:
        """How many different structures the lines name."""
        return len({ligne.structure_id for ligne in self.lignes})

    @property
    def debut(self) -> date:
        """The earliest start of the lines."""
        return min(ligne.debut for ligne in self.lignes)

    @property
    def fin(self) -> date:
        """The latest end of the lines."""
        return max(ligne.fin for ligne in self.lignes)


@dataclass(frozen=True, slots=True)
class ThematiqueDossier:
    """One thématique of the phase with its operations, in their order."""

    numero: int
    intitule: str
    operations: tuple[Operation, ...]

    @property
    def montant(self) -> int:
        """Total of the operations, in cents."""
        return sum(operation.montant for operation in self.operations)

    @property
    def lignes(self) -> tuple[Ligne, ...]:
        """Every line of the thématique, in order."""
        return tuple(ligne for operation in self.operations for ligne in operation.lignes)


@dataclass(frozen=True, slots=True)
class Modele:
    """A template of a document: its name and its text."""

    nom: str
    source: str


@dataclass(frozen=True, slots=True)
class DossierSeance:
    """The whole of one phase, read in one transaction; every document is a pure function of it."""

    annee: int
    phase: int
    departement: str
    titre: str
    seance: Seance
    deliberation: Deliberation
    thematiques: tuple[ThematiqueDossier, ...]
    budget: tuple[LigneBudgetaire, ...]
    etat: str = "preparation"
    contexte: str = ""
    """The opening of the President’s report."""
    periodes: str = ""
    """The deposit periods that the phase instructs, in words."""
    date_rapport_cadre: date | None = None
    """When the framework report of the campaign was presented."""
    annexes: tuple[AnnexeJointe, ...] = ()
    autres_montants: tuple[tuple[int, int], ...] = ()
    """What the campaign’s other phases give each structure of this one: its id, then cents."""
    modeles: tuple[Modele, ...] = ()
    """The templates that are not those of the program; all of them once the act is frozen."""
    propose: DossierSeance | None = None
    """The phase as put to the vote, where the sitting changed what it proposes or what its act says."""

    @property
    def projet(self) -> bool:
        """Whether nothing is voted yet: the documents are then drafts."""
        return self.deliberation.issue is None

    @property
    def modifie(self) -> bool:
        """Whether it was adopted with changes: what is annexed is then what was voted, no longer what was proposed."""
        return self.deliberation.issue == "modifie"

    @property
    def rapporte(self) -> DossierSeance:
        """The phase as its report puts it to the vote: before any change made at the sitting."""
        if self.propose is None:
            return self
        proposee = self.propose.deliberation
        acte = replace(self.deliberation, titre=proposee.titre, articles=proposee.articles)
        return replace(self.propose, deliberation=acte, modeles=self.modeles, etat=self.etat)

    def modele(self, nom: str) -> str | None:
        """Give the template to use for a document when it is not the program’s own."""
        return next((m.source for m in self.modeles if m.nom == nom), None)

    @property
    def reference(self) -> str:
        """The phase as typed on a command line: ``2024/6``."""
        return f"{self.annee}/{self.phase}"

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Every operation, in the order of annexe 4."""
        return tuple(operation for thematique in self.thematiques for operation in thematique.operations)

    @property
    def lignes(self) -> tuple[Ligne, ...]:
        """Every line, in the order of annexe 4."""
        return tuple(ligne for thematique in self.thematiques for ligne in thematique.lignes)

    @property
    def montant(self) -> int:
        """Grand total of the phase, in cents."""
        return sum(thematique.montant for thematique in self.thematiques)

    @property
    def modeles_avenant(self) -> tuple[str, ...]:
        """The avenant models used by the lines, by number of annexe: ``("5", "6", …)``."""
        return tuple(sorted({li.modele for li in self.lignes if li.acte == "avenant" and li.modele}, key=int))

    def a_des(self, acte: str) -> bool:
        """Tell whether at least one line calls for this act (``convention`` or ``avenant``)."""
        return any(ligne.acte == acte for ligne in self.lignes)


@dataclass(frozen=True, slots=True)
class Cumul:
    """A sub-total by some key of the lines: count, and amount in cents."""

    cle: str
    lignes: tuple[Ligne, ...]

    @property
    def montant(self) -> int:
        """Total of the lines, in cents."""
        return somme(self.lignes)


def par_structure(dossier: DossierSeance) -> tuple[Cumul, ...]:
    """Group the lines by structure, in alphabetical order."""
    return _grouped(dossier, lambda ligne: ligne.structure)


def par_territoire(dossier: DossierSeance) -> tuple[Cumul, ...]:
    """Group the lines by territory, in alphabetical order."""
    return _grouped(dossier, lambda ligne: ligne.territoire)


def _grouped(dossier: DossierSeance, cle: Callable[[Ligne], str]) -> tuple[Cumul, ...]:
    triees = sorted(dossier.lignes, key=cle)
    return tuple(Cumul(nom, tuple(groupe)) for nom, groupe in groupby(triees, cle))
