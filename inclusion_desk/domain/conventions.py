"""Conventions and avenants: their states, the chain of a convention, and what it comes to after each avenant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inclusion_desk.domain.actes import Tranche
from inclusion_desk.domain.codes import ETATS_AVENANT, ETATS_CONVENTION
from inclusion_desk.domain.etats import Transition, depuis
from inclusion_desk.domain.modeles_actes import MODELES_ACTE
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.text import format_date

CLOSES = frozenset({"soldee", "resiliee"})
"""The states in which a convention takes no avenant any more."""
SIGNEES = frozenset({"signee", "executoire", "soldee", "resiliee"})
"""The states in which an act binds both parties."""
HORS_OUTIL = "Hors de l’outil"

_SIGNATURE = (
    Transition("envoyer", depuis("projet"), "a_signer", "Mettre à la signature"),
    Transition("reprendre", depuis("a_signer"), "projet", "Reprendre le projet", motive=True),
    Transition(
        "signer", depuis("a_signer"), "signee", "Enregistrer les signatures",
        saisies=("signee_structure", "signee_departement"),
    ),
    Transition("executer", depuis("signee"), "executoire", "Rendre exécutoire", saisies=("executoire_le",)),
)  # fmt: skip
TRANSITIONS_CONVENTION = (
    *_SIGNATURE,
    Transition("solder", depuis("executoire"), "soldee", "Solder"),
    Transition(
        "resilier", depuis("signee", "executoire"), "resiliee", "Résilier", motive=True, saisies=("resiliee_le",)
    ),
    Transition("rouvrir", depuis("soldee"), "executoire", "Rouvrir", motive=True),
)
TRANSITIONS_AVENANT = _SIGNATURE
"""The moves of an avenant; it ends with its convention."""


@dataclass(frozen=True, slots=True)
class Convention:
    """One convention; ``montant`` in cents and ``terme`` are those it has come to after its avenants in force."""

    id: int
    version: int
    numero: str
    structure_id: int
    structure_nom: str
    objet: str
    debut: date
    fin: date
    etat: str
    externe: bool
    """Whether it was born outside the program: recorded, never written by it."""
    signee_structure: date | None
    signee_departement: date | None
    executoire_le: date | None
    phase_id: int | None
    observations: str
    phase_reference: str = ""
    avenants: int = 0
    montant: int = 0
    terme: date | None = None
    deliberation_numero: str = ""
    """The deliberation that allows it: that of its phase, else the one typed."""
    deliberation_le: date | None = None
    resiliee_le: date | None = None
    """The day its termination takes effect."""

    @property
    def signee_le(self) -> date | None:
        """When the second of the two parties signed; None until both have."""
        return derniere_signature(self.signee_structure, self.signee_departement)

    @property
    def deliberation(self) -> str:
        """The deliberation that allows it, as shown."""
        return dire_deliberation(self.deliberation_numero, self.deliberation_le)

    @property
    def etat_libelle(self) -> str:
        """The state as shown."""
        return ETATS_CONVENTION[self.etat]

    @property
    def origine(self) -> str:
        """Where it comes from: a phase, or outside."""
        return HORS_OUTIL if self.externe else self.phase_reference

    @property
    def libelle(self) -> str:
        """Number and structure, as picked in a list."""
        return f"{self.numero} – {self.structure_nom}"


@dataclass(frozen=True, slots=True)
class Avenant:
    """One avenant of a convention; ``rang`` is its number, ``montant`` what it brings in cents.

    ``debut`` and ``fin`` are the new term of the convention, None where it does not change it.
    """

    id: int
    version: int
    convention_id: int
    convention_numero: str
    structure_nom: str
    rang: int
    modele: str
    objet: str
    debut: date | None
    fin: date | None
    etat: str
    signee_structure: date | None
    signee_departement: date | None
    executoire_le: date | None
    phase_id: int | None
    observations: str
    phase_reference: str = ""
    montant: int = 0
    externe: bool = False
    """Whether it was born outside the program: recorded, never written by it."""
    deliberation_numero: str = ""
    """The deliberation that allows it: that of its phase, else the one typed."""
    deliberation_le: date | None = None

    @property
    def signee_le(self) -> date | None:
        """When the second of the two parties signed; None until both have."""
        return derniere_signature(self.signee_structure, self.signee_departement)

    @property
    def deliberation(self) -> str:
        """The deliberation that allows it, as shown."""
        return dire_deliberation(self.deliberation_numero, self.deliberation_le)

    @property
    def origine(self) -> str:
        """Where it comes from: a phase, or outside."""
        return HORS_OUTIL if self.externe else self.phase_reference

    @property
    def etat_libelle(self) -> str:
        """The state as shown."""
        return ETATS_AVENANT[self.etat]

    @property
    def titre(self) -> str:
        """« N° 1 »: the number as shown."""
        return f"N° {self.rang}"

    @property
    def articles(self) -> str:
        """The articles of the convention that it amends: « 1, 4, 8, 12 »."""
        modele = MODELES_ACTE.get(self.modele)
        return ", ".join(map(str, modele.articles)) if modele else ""


@dataclass(frozen=True, slots=True)
class AnnexeActe:
    """A sheet that an act annexes: its number and title, and the version carried, None for one born outside."""

    numero: int
    titre: str
    fiche_id: int | None
    rang: int
    """The act: 0 for the convention, else the number of the avenant."""
    territoire: str = ""
    """Where the action takes place, for a sheet born outside; else the lines say it."""


@dataclass(frozen=True, slots=True)
class Consolidation:
    """What a convention has come to after one of its acts: term, amounts, annexes in force."""

    rang: int
    debut: date
    fin: date
    tranches: tuple[Tranche, ...]
    annexes: tuple[AnnexeActe, ...]

    @property
    def montant(self) -> int:
        """The maximum amount, in cents."""
        return sum(tranche.montant for tranche in self.tranches)


def dire_deliberation(numero: str, jour: date | None) -> str:
    """Name a deliberation: « n° 2024-587 du 09/12/2024 »; nothing while it is not known whole."""
    return f"n°{INSECABLE}{numero} du {format_date(jour)}" if numero and jour else ""


def derniere_signature(structure: date | None, departement: date | None) -> date | None:
    """Give the day an act is signed by both parties, None until then."""
    return max(structure, departement) if structure and departement else None


def consolider(
    convention: Convention, avenants: Sequence[Avenant], tranches: Iterable[Tranche], annexes: Iterable[AnnexeActe]
) -> tuple[Consolidation, ...]:
    """Follow a convention act by act: its state as first signed, then after each avenant, in their order.

    An annexe replaces the one of the same number; those that a model replaces without renewing fall.
    """
    toutes, siennes = tuple(tranches), tuple(annexes)
    lues = [
        Consolidation(
            0, convention.debut, convention.fin, tuple(t for t in toutes if t.rang == 0),
            tuple(a for a in siennes if a.rang == 0),
        )
    ]  # fmt: skip
    for avenant in sorted(avenants, key=lambda a: a.rang):
        lues.append(_amended(lues[-1], avenant, toutes, siennes))
    return tuple(lues)


def _amended(
    avant: Consolidation, avenant: Avenant, tranches: tuple[Tranche, ...], annexes: tuple[AnnexeActe, ...]
) -> Consolidation:
    nouvelles = tuple(a for a in annexes if a.rang == avenant.rang)
    modele = MODELES_ACTE.get(avenant.modele)
    parties = {a.numero for a in nouvelles} | set(modele.remplacees if modele and nouvelles else ())
    gardees = (a for a in avant.annexes if a.numero not in parties)
    return replace(
        avant,
        rang=avenant.rang,
        debut=avenant.debut or avant.debut,
        fin=avenant.fin or avant.fin,
        tranches=(*avant.tranches, *(t for t in tranches if t.rang == avenant.rang)),
        annexes=tuple(sorted((*gardees, *nouvelles), key=lambda a: a.numero)),
    )


def numero(annee: int, rang: int) -> str:
    """Write the number of a convention: ``2024-01213``.

    ``annee`` is that in which the act is drawn up, as registers number, never that in which it begins: the convention
    2024-01213 of the case runs from July 2023 and was signed in 2024. For the acts of a phase it is the year of its
    campaign; for one drawn up by hand, that of the deliberation that allows it, else the current one.
    """
    return f"{annee}-{rang:05d}"
