"""Conventions and avenants: their states, the chain of a convention, and what it comes to after each avenant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inclusion_desk.domain.actes import Tranche
from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.codes import ETATS_AVENANT, ETATS_CONVENTION
from inclusion_desk.domain.etats import Transition, depuis
from inclusion_desk.domain.modeles_actes import MODELES_ACTE
from inclusion_desk.domain.propositions import MODELES
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import format_date

CLOSES = frozenset({"soldee", "resiliee"})
"""The states in which a convention takes no avenant any more."""
SIGNEES = frozenset({"signee", "executoire", "soldee", "resiliee"})
"""The states in which an act binds both parties."""

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
    Transition("resilier", depuis("signee", "executoire"), "resiliee", "Résilier", motive=True),
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

    @property
    def signee_le(self) -> date | None:
        """When the second of the two parties signed; None until both have."""
        return derniere_signature(self.signee_structure, self.signee_departement)

    @property
    def etat_libelle(self) -> str:
        """The state as shown."""
        return ETATS_CONVENTION[self.etat]

    @property
    def origine(self) -> str:
        """Where it comes from: a phase, or outside."""
        return "Hors de l’outil" if self.externe else self.phase_reference

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

    @property
    def signee_le(self) -> date | None:
        """When the second of the two parties signed; None until both have."""
        return derniere_signature(self.signee_structure, self.signee_departement)

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


def check_tranche(debut: date, fin: date, convention: Consolidation) -> None:
    """Check that the period of an amount lies within the term of the convention.

    Raises:
        Refus: on ``debut`` or ``fin``.
    """
    if fin < debut:
        raise Refus(f"La période finit le {format_date(fin)}, avant de commencer : corrigez l’une des dates.", "fin")
    terme = f"{format_date(convention.debut)} au {format_date(convention.fin)}"
    for jour, champ in ((debut, "debut"), (fin, "fin")):
        if not convention.debut <= jour <= convention.fin:
            raise Refus(
                f"Le {format_date(jour)} est hors de la durée de la convention ({terme}) : corrigez la période, ou "
                "prolongez la convention par cet avenant.",
                champ,
            )


def numero(annee: int, rang: int) -> str:
    """Write the number of a convention: ``2024-01213``."""
    return f"{annee}-{rang:05d}"


_SIGNATURES = (
    Champ("signee_structure", "Signature de la structure", "La date de signature par la structure", Nature.DATE),
    Champ("signee_departement", "Signature du Département", "La date de signature par le Département", Nature.DATE),
    Champ(
        "executoire_le", "Exécutoire le", "La date de caractère exécutoire", Nature.DATE,
        aide="Au plus tôt, le jour de la transmission au contrôle de légalité",
    ),
    Champ("observations", "Observations", "Le texte des observations", Nature.TEXTE_LONG),
)  # fmt: skip
CHAMPS_CONVENTION = (
    Champ(
        "numero", "N°", "Le numéro de la convention", Nature.CONVENTION,
        aide="Celui du papier si elle est née hors de l’outil ; vide, l’outil donne le suivant de l’année",
    ),
    Champ(
        "externe", "Née hors de l’outil", "L’origine", Nature.BOOLEEN, obligatoire=True, defaut=True,
        aide="Convention écrite et signée sur papier, enregistrée ici pour ses avenants et ses paiements",
    ),
    Champ("structure_id", "Structure", "La structure", Nature.REFERENCE, obligatoire=True, sujet="structures"),
    Champ("objet", "Objet", "L’objet", obligatoire=True, maximum=250),
    Champ("debut", "Début", "La date de début", Nature.DATE, obligatoire=True),
    Champ("fin", "Fin", "La date de fin", Nature.DATE, obligatoire=True),
    *_SIGNATURES,
)  # fmt: skip
CHAMPS_AVENANT = (
    Champ("convention_id", "Convention", "La convention", Nature.REFERENCE, obligatoire=True, sujet="conventions"),
    Champ("modele", "Modèle", "Le modèle d’avenant", Nature.CHOIX, obligatoire=True, choix=MODELES),
    Champ("objet", "Objet", "L’objet", obligatoire=True, maximum=250),
    Champ("debut", "Nouveau début", "La nouvelle date de début", Nature.DATE, aide="Vide si la durée ne change pas"),
    Champ("fin", "Nouvelle fin", "La nouvelle date de fin", Nature.DATE, aide="Vide si la durée ne change pas"),
    *_SIGNATURES,
)
