"""The history of one structure: the lines of every year, its conventions, what was paid, what is still due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.actes import Tranche
from inclusion_desk.domain.codes import ETATS_AVENANT, ETATS_CONVENTION
from inclusion_desk.domain.conventions import CLOSES, SIGNEES, Avenant, Convention
from inclusion_desk.domain.definitif import jamais_paye
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.phases import ETATS_PHASE
from inclusion_desk.domain.propositions import ACTES
from inclusion_desk.domain.service_fait import ServiceFait
from inclusion_desk.domain.structures import Structure
from inclusion_desk.domain.suivi import BilanSuivi, VersementSuivi

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


def somme(lignes: Iterable[LigneHistorique], *, votees: bool) -> int:
    """Add up lines, those voted or those proposed and not voted, in cents."""
    return sum(ligne.montant for ligne in lignes if ligne.votee is votees)


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
    """One convention with all that follows from it; amounts in cents. Instalments come act by act.

    ``fait`` is its service fait once closed: what is left to pay then stops at what is finally due.
    """

    convention: Convention
    avenants: tuple[Avenant, ...] = ()
    versements: tuple[VersementSuivi, ...] = ()
    bilans: tuple[BilanSuivi, ...] = ()
    tranches: tuple[Tranche, ...] = ()
    fait: ServiceFait | None = None

    def signe(self, rang: int) -> bool:
        """Tell whether an act of it is signed; ``rang`` is 0 for the convention itself."""
        etats = {0: self.convention.etat, **{a.rang: a.etat for a in self.avenants}}
        return etats.get(rang, "") in SIGNEES

    def externe(self, rang: int) -> bool:
        """Tell whether an act of it was born outside the program; ``rang`` as above."""
        return {0: self.convention.externe, **{a.rang: a.externe for a in self.avenants}}.get(rang, False)

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
        libre = self.convention.montant + self.en_attente - sum(v.montant for v in self.versements)
        return max(0, libre - (jamais_paye(self.fait, self.versements) if self.fait else 0))

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
    lignes: tuple[LigneHistorique, ...]
    """The lines of every campaign, by year."""
    conventions: tuple[ConventionHistorique, ...]

    @property
    def vote(self) -> int:
        """What was voted over all years, in cents."""
        return somme(self.lignes, votees=True)

    @property
    def propose(self) -> int:
        """What is proposed and not voted yet, in cents."""
        return somme(self.lignes, votees=False)

    @property
    def conventionne(self) -> int:
        """What signed conventions and avenants bring over all years, in cents."""
        return sum(t.montant for une in self.conventions for t in une.tranches if une.signe(t.rang))

    @property
    def hors_outil(self) -> int:
        """What of it the acts born outside bring, in cents: no line counts it."""
        return sum(
            t.montant for une in self.conventions for t in une.tranches if une.signe(t.rang) and une.externe(t.rang)
        )

    @property
    def paye(self) -> int:
        """What was paid under its conventions, in cents."""
        return sum(une.paye for une in self.conventions)

    @property
    def reste(self) -> int:
        """What is still to be paid under its conventions, in cents, be it in no schedule yet."""
        return sum(une.reste for une in self.conventions)

    @property
    def bilans_en_retard(self) -> int:
        """How many bilans are late on the day."""
        return sum(bilan.statut == "retard" for une in self.conventions for bilan in une.bilans)

    @property
    def versements_en_retard(self) -> int:
        """How many instalments of signed acts are late on the day."""
        return sum(v.engage and v.statut == "retard" for une in self.conventions for v in une.versements)
