"""The history of one structure: the lines of every year, its conventions, what was paid, what is still due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from inclusion_desk.domain.codes import ETATS_AVENANT, ETATS_CONVENTION
from inclusion_desk.domain.controles_structures import SEUIL_CONVENTION
from inclusion_desk.domain.conventions import CLOSES, SIGNEES, Avenant, Convention
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.phases import ETATS_PHASE
from inclusion_desk.domain.propositions import ACTES
from inclusion_desk.domain.structures import Structure
from inclusion_desk.domain.suivi import BilanSuivi, VersementSuivi

SITUATIONS: Mapping[str, str] = {
    "hors_champ": "Non concernée : la règle vise les organismes de droit privé",
    "sous_seuil": "Convention facultative : le seuil n’est pas dépassé",
    "conventionnee": "Convention obligatoire : toutes les sommes relèvent d’une convention ou d’un avenant",
    "a_conventionner": "Convention obligatoire : une part est notifiée sans convention",
}
"""Where a year stands against the yearly threshold (loi 2000-321, art. 10; décret 2001-495, art. 1)."""
SANS_ACTE = "Votée, acte à préparer"


@dataclass(frozen=True, slots=True)
class LigneHistorique:
    """One line of a phase that counts; ``montant`` in cents. ``rang`` is that of its avenant, None without any.

    ``convention`` is the number of the convention that carries it out or that it amends, ``etat_acte`` the state of
    its act, empty while none is prepared.
    """

    proposition_id: int
    annee: int
    phase: int
    etat_phase: str
    deliberation: str
    dispositif: str
    territoire: str
    montant: int
    volume: int
    unite: str
    etp: int | None
    debut: date
    fin: date
    acte: str
    convention: str = ""
    rang: int | None = None
    etat_acte: str = ""

    @property
    def votee(self) -> bool:
        """Whether its phase is adopted."""
        return self.etat_phase == "adoptee"

    @property
    def phase_libelle(self) -> str:
        """The phase, and its deliberation once voted."""
        suite = f"\nn°{INSECABLE}{self.deliberation}" if self.votee and self.deliberation else ""
        return f"Phase{INSECABLE}{self.phase}{suite}"

    @property
    def acte_libelle(self) -> str:
        """The act as it stands: « Avenant n° 1 à la convention 2024-01213 », « Convention », « Notification »."""
        nom = ACTES[self.acte]
        if self.acte != "avenant":
            return f"{nom} {self.convention}".strip()
        numero = f" n°{INSECABLE}{self.rang}" if self.rang else ""
        return f"{nom}{numero} à la convention {self.convention}" if self.convention else f"{nom}{numero}"

    @property
    def etat_libelle(self) -> str:
        """Where it stands: the state of its phase until the vote, then that of its act."""
        if not self.votee:
            return ETATS_PHASE[self.etat_phase]
        if self.acte == "notification":
            return "Votée"
        etats = ETATS_CONVENTION if self.rang is None else ETATS_AVENANT
        return f"Acte{INSECABLE}: {etats[self.etat_acte].lower()}" if self.etat_acte else SANS_ACTE


@dataclass(frozen=True, slots=True)
class AnneeHistorique:
    """The lines of one campaign; amounts in cents. ``droit_prive`` tells whether the threshold concerns them."""

    annee: int
    droit_prive: bool
    lignes: tuple[LigneHistorique, ...]

    @property
    def vote(self) -> int:
        """What adopted phases gave, in cents."""
        return sum(ligne.montant for ligne in self.lignes if ligne.votee)

    @property
    def propose(self) -> int:
        """What phases not voted yet would give, in cents."""
        return self.montant - self.vote

    @property
    def montant(self) -> int:
        """Total of the year, in cents: the one that the law compares with the threshold."""
        return sum(ligne.montant for ligne in self.lignes)

    @property
    def notifie(self) -> int:
        """What of it no convention carries, in cents."""
        return sum(ligne.montant for ligne in self.lignes if ligne.acte == "notification")

    @property
    def situation(self) -> str:
        """Where the year stands against the threshold: a code of ``SITUATIONS``; exactly 23 000 € do not pass it."""
        if not self.droit_prive:
            return "hors_champ"
        if self.montant <= SEUIL_CONVENTION:
            return "sous_seuil"
        return "a_conventionner" if self.notifie else "conventionnee"


@dataclass(frozen=True, slots=True)
class ActeHistorique:
    """One act of a convention, ``rang`` 0 for the convention itself.

    ``apport`` is what it brings, ``cumul`` what the convention comes to once it is signed, both in cents.
    """

    rang: int
    objet: str
    etat_libelle: str
    signe_le: date | None
    debut: date
    fin: date
    apport: int
    cumul: int

    @property
    def libelle(self) -> str:
        """« Convention initiale », « Avenant n° 1 »."""
        return f"Avenant n°{INSECABLE}{self.rang}" if self.rang else "Convention initiale"


@dataclass(frozen=True, slots=True)
class ConventionHistorique:
    """One convention with all that follows from it; amounts in cents. Instalments come act by act."""

    convention: Convention
    avenants: tuple[Avenant, ...] = ()
    versements: tuple[VersementSuivi, ...] = ()
    bilans: tuple[BilanSuivi, ...] = ()

    @property
    def en_attente(self) -> int:
        """What avenants not signed yet would bring, in cents."""
        return sum(a.montant for a in self.avenants if a.etat not in SIGNEES)

    @property
    def actes(self) -> tuple[ActeHistorique, ...]:
        """Its acts in their order, each with what the convention comes to after it."""
        une = self.convention
        initial = une.montant - sum(a.montant for a in self.avenants if a.etat in SIGNEES)
        suite = [
            ActeHistorique(0, une.objet, une.etat_libelle, une.signee_le, une.debut, une.fin, initial, initial)
        ]  # fmt: skip
        for avenant in sorted(self.avenants, key=lambda a: a.rang):
            suite.append(_after(suite[-1], avenant))
        return tuple(suite)

    @property
    def prevu(self) -> int:
        """What is to be paid in all, in cents: what its instalments are planned for, and what none plans yet."""
        return sum(v.montant for v in self.versements) + self.non_echelonne

    @property
    def non_echelonne(self) -> int:
        """What its acts bring, signed or not, that no instalment pays yet, in cents; nothing once it is closed."""
        if self.convention.etat in CLOSES:
            return 0
        return max(0, self.convention.montant + self.en_attente - sum(v.montant for v in self.versements))

    @property
    def non_engage(self) -> int:
        """What of it awaits the signature of an act, in cents."""
        return sum(v.montant for v in self.versements if not v.engage)

    @property
    def paye(self) -> int:
        """What was paid, in cents."""
        return sum(v.montant_paye or 0 for v in self.versements)

    @property
    def reste(self) -> int:
        """What is still to be paid, in cents, be it in no schedule yet."""
        return sum(v.reste for v in self.versements) + self.non_echelonne


def _after(avant: ActeHistorique, avenant: Avenant) -> ActeHistorique:
    return ActeHistorique(
        avenant.rang,
        avenant.objet,
        avenant.etat_libelle,
        avenant.signee_le,
        avenant.debut or avant.debut,
        avenant.fin or avant.fin,
        avenant.montant,
        avant.cumul + avenant.montant,
    )


@dataclass(frozen=True, slots=True)
class HistoriqueStructure:
    """All that is known of one structure as seen on ``jour``: its documents and its page are a pure function of it."""

    jour: date
    structure: Structure
    departement: str
    direction: str
    annees: tuple[AnneeHistorique, ...]
    conventions: tuple[ConventionHistorique, ...]

    @property
    def vote(self) -> int:
        """What was voted over all years, in cents."""
        return sum(annee.vote for annee in self.annees)

    @property
    def propose(self) -> int:
        """What is proposed and not voted yet, in cents."""
        return sum(annee.propose for annee in self.annees)

    @property
    def hors_outil(self) -> int:
        """What the conventions born outside came to when first signed, in cents: no line counts it."""
        return sum(une.actes[0].apport for une in self.conventions if une.convention.externe)

    @property
    def paye(self) -> int:
        """What was paid under its conventions, in cents."""
        return sum(une.paye for une in self.conventions)

    @property
    def reste(self) -> int:
        """What is still to be paid under its conventions, in cents, be it in no schedule yet."""
        return sum(une.reste for une in self.conventions)

    @property
    def a_conventionner(self) -> tuple[int, ...]:
        """The years whose threshold is passed by amounts that no convention carries."""
        return tuple(annee.annee for annee in self.annees if annee.situation == "a_conventionner")

    @property
    def bilans_en_retard(self) -> int:
        """How many bilans are late on the day."""
        return sum(bilan.statut == "retard" for une in self.conventions for bilan in une.bilans)

    @property
    def versements_en_retard(self) -> int:
        """How many instalments of signed acts are late on the day."""
        return sum(v.engage and v.statut == "retard" for une in self.conventions for v in une.versements)


def par_annee(lignes: Iterable[LigneHistorique], *, droit_prive: bool) -> tuple[AnneeHistorique, ...]:
    """Share lines out between the years, the earliest first; lines keep their order in each."""
    triees = sorted(lignes, key=lambda ligne: ligne.annee)
    groupes = groupby(triees, key=lambda ligne: ligne.annee)
    return tuple(AnneeHistorique(annee, droit_prive, tuple(siennes)) for annee, siennes in groupes)
