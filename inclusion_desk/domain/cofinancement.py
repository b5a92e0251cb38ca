"""European co-financing: the plan of an action that the département pays with the FSE+ or the FTJ.

Three rates of the case are 40 %, and have three names: ``TAUX_FORFAITAIRE`` (other costs, l.3248), the
``taux_departement`` of the FSE+ (the département's share, l.3256), and ``PART_SOLDE_AVENANT`` of ``echeanciers`` (the
last payment, l.3282).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.taux import CENT_POUR_CENT, appliquer, arrondir, format_taux
from inclusion_desk.domain.text import typo

TAUX_FORFAITAIRE = 4_000
"""Other costs, direct and indirect, as a share of the staff costs: 40 % (the case, l.3248)."""
AFFECTATION_MINIMALE = 3_000
"""The least share of their time that an employee gives to the action: 30 % (the case, l.3242)."""


@dataclass(frozen=True, slots=True)
class Fonds:
    """One European fund; ``taux_departement`` is the share of the whole that the département pays beside it."""

    code: str
    nom: str
    taux_departement: int


FSE = Fonds("FSE+", "Fonds social européen plus", 4_000)
"""Outside the bassin minier: the part du Département is 40 % of the whole (the case, l.3256)."""
FTJ = Fonds("FTJ", "Fonds pour une transition juste", 3_000)
"""In the bassin minier: the part du Département is 30 % of the whole (the case, l.3259)."""
FONDS: Mapping[str, Fonds] = {fonds.code: fonds for fonds in (FSE, FTJ)}


def fonds_du_territoire(*, bassin_minier: bool) -> Fonds:
    """Give the fund that a territory draws on."""
    return FTJ if bassin_minier else FSE


@dataclass(frozen=True, slots=True)
class Agent:
    """One employee: full cost in cents, share of their time in hundredths of a percent, and whether on the action.

    ``direct`` is False for a support function, whose cost is not eligible.
    """

    fonction: str
    cout: int
    affectation: int = CENT_POUR_CENT
    direct: bool = True


@dataclass(frozen=True, slots=True)
class DepensePersonnel:
    """The eligible cost of one employee, in cents."""

    fonction: str
    cout: int
    affectation: int
    montant: int


@dataclass(frozen=True, slots=True)
class PlanFinancement:
    """What an action costs and who pays it, in cents."""

    fonds: Fonds
    depenses: tuple[DepensePersonnel, ...]
    personnel: int
    autres: int
    """The other costs, at the flat rate."""
    part_departement: int

    @property
    def total(self) -> int:
        """Staff and other costs together."""
        return self.personnel + self.autres

    @property
    def part_europeenne(self) -> int:
        """What the European fund pays: the whole less the part du Département."""
        return self.total - self.part_departement

    def ecart(self, montant: int) -> int:
        """Give what ``montant`` cents of the département pass its share by; negative when under."""
        return montant - self.part_departement

    @property
    def phrases(self) -> tuple[str, ...]:
        """Explain the plan step by step, as a document shows it."""
        forfait, part = format_taux(TAUX_FORFAITAIRE), format_taux(self.fonds.taux_departement)
        lignes = (
            ("Dépenses directes de personnel", self.personnel),
            (f"Autres coûts, au taux forfaitaire de {forfait} des dépenses de personnel", self.autres),
            ("Coût total de l’opération", self.total),
            (f"Part du Département, {part} du coût total", self.part_departement),
            (f"Part européenne ({self.fonds.code})", self.part_europeenne),
        )
        sommes = (f"{libelle} : {format_montant_acte(montant)}." for libelle, montant in lignes)
        return tuple(typo(phrase) for phrase in (*map(_say_depense, self.depenses), *sommes))


def _say_depense(depense: DepensePersonnel) -> str:
    return (
        f"{depense.fonction} : {format_montant_acte(depense.cout)}, affectation de {format_taux(depense.affectation)}, "
        f"soit {format_montant_acte(depense.montant)}."
    )


def etablir(agents: Sequence[Agent], fonds: Fonds) -> PlanFinancement:
    """Draw up the plan of an action from its staff, each amount half-up to the cent.

    Raises:
        Refus: nobody, a support function, a negative cost, or a share of time under 30 % or over 100 %.
    """
    if not agents:
        raise Refus("Le plan de financement ne compte aucun poste : ajoutez le personnel de l’action.", "agents")
    depenses = tuple(_eligible(agent) for agent in agents)
    personnel = sum(depense.montant for depense in depenses)
    autres = appliquer(TAUX_FORFAITAIRE, personnel)
    return PlanFinancement(fonds, depenses, personnel, autres, appliquer(fonds.taux_departement, personnel + autres))


def plan_appele(montant: int, fonds: Fonds) -> PlanFinancement:
    """Give the plan whose part du Département is ``montant`` cents: 79 850 € of FSE+ call for a whole of 199 625 €.

    Without staff lines; the other costs are what the staff costs leave, a cent at most from the flat rate.

    Raises:
        Refus: a negative amount.
    """
    if montant < 0:
        raise Refus(f"La part du Département est négative ({format_montant(montant)}) : corrigez-la.", "montant")
    total = arrondir(montant * CENT_POUR_CENT, fonds.taux_departement)
    personnel = arrondir(total * CENT_POUR_CENT, CENT_POUR_CENT + TAUX_FORFAITAIRE)
    return PlanFinancement(fonds, (), personnel, total - personnel, montant)


def dire_ecart(plan: PlanFinancement, montant: int) -> str:
    """Say in a sentence how far ``montant`` cents are from the part du Département; nothing when they match."""
    ecart = plan.ecart(montant)
    if ecart == 0:
        return ""
    sens = "dépasse" if ecart > 0 else "n’atteint pas"
    return typo(
        f"Le montant proposé, {format_montant(montant)}, {sens} la part du Département, "
        f"{format_montant(plan.part_departement)} ({format_taux(plan.fonds.taux_departement)} du coût total, "
        f"{plan.fonds.code}) : l’écart est de {format_montant(abs(ecart))}."
    )


def _eligible(agent: Agent) -> DepensePersonnel:
    if not agent.direct:
        raise Refus(
            f"{_quote(agent)} est une fonction support : retirez-la des dépenses de personnel, le taux forfaitaire la "
            "couvre déjà.",
            "direct",
        )
    if agent.cout < 0:
        raise Refus(f"Le coût de {_quote(agent)} est négatif : saisissez un montant positif.", "cout")
    if not AFFECTATION_MINIMALE <= agent.affectation <= CENT_POUR_CENT:
        raise Refus(
            f"L’affectation de {_quote(agent)} à l’action est de {format_taux(agent.affectation)} : elle doit être "
            f"comprise entre {format_taux(AFFECTATION_MINIMALE)} et {format_taux(CENT_POUR_CENT)}, corrigez-la ou "
            "retirez ce poste.",
            "affectation",
        )
    return DepensePersonnel(agent.fonction, agent.cout, agent.affectation, appliquer(agent.affectation, agent.cout))


def _quote(agent: Agent) -> str:
    return f"«{INSECABLE}{agent.fonction}{INSECABLE}»"
