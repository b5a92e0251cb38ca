"""Service fait: what a convention finally owes once the action is judged, and what is left to pay or to take back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.taux import CENT_POUR_CENT, appliquer, arrondir, format_taux, repartir
from inclusion_desk.domain.text import typo

QUANTITATIVE, QUALITATIVE = "Part quantitative", "Part qualitative"
REPARTITION = ((QUANTITATIVE, 5_000), (QUALITATIVE, 5_000))
"""The weight of each share of the financing, in hundredths of a percent (the case, l.1294-1298)."""
REPARTITION_DEMARRAGE = ((QUANTITATIVE, 0), (QUALITATIVE, CENT_POUR_CENT))
"""The weights while an action starts: only its quality counts (the case, l.1290)."""


@dataclass(frozen=True, slots=True)
class Volet:
    """One share of the financing: its weight and how far it was achieved, in hundredths of a percent.

    An achievement over 100 % counts for 100 %.
    """

    libelle: str
    poids: int
    realisation: int


@dataclass(frozen=True, slots=True)
class Penalite:
    """What is taken off, and why: an amount in cents, or ``taux`` hundredths of a percent of what was achieved."""

    motif: str
    montant: int = 0
    taux: int = 0


@dataclass(frozen=True, slots=True)
class VoletCalcule:
    """A share worked out: ``base`` is its maximum and ``du`` what its achievement earns, in cents."""

    libelle: str
    poids: int
    base: int
    realisation: int
    retenu: int
    """The achievement that counts, 100 % at most, in hundredths of a percent."""
    du: int


@dataclass(frozen=True, slots=True)
class PenaliteCalculee:
    """A penalty worked out, in cents, after the whole was capped."""

    motif: str
    taux: int
    montant: int


@dataclass(frozen=True, slots=True)
class ServiceFait:
    """The final amount with every figure that leads to it, in cents."""

    maximum: int
    volets: tuple[VoletCalcule, ...]
    penalites: tuple[PenaliteCalculee, ...]
    verse: int

    @property
    def calcule(self) -> int:
        """What the achievement earns, before penalties."""
        return sum(volet.du for volet in self.volets)

    @property
    def retenue(self) -> int:
        """What the penalties take off, never more than what was earned."""
        return sum(penalite.montant for penalite in self.penalites)

    @property
    def definitif(self) -> int:
        """The amount finally due."""
        return self.calcule - self.retenue

    @property
    def solde(self) -> int:
        """What is finally due less what was paid; negative when too much was."""
        return self.definitif - self.verse

    @property
    def a_verser(self) -> int:
        """What is left to pay."""
        return max(0, self.solde)

    @property
    def a_recouvrer(self) -> int:
        """What was paid in excess, to be taken back."""
        return max(0, -self.solde)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Explain the amount step by step, as a document shows it."""
        maximum = f"La participation financière du Département est de {_euros(self.maximum)} au plus."
        penalites = (_say_penalite(penalite) for penalite in self.penalites)
        textes = (maximum, *map(_say_volet, self.volets), *penalites, self._say_total(), self._say_balance())
        return tuple(typo(texte) for texte in textes)

    def _say_total(self) -> str:
        return f"Le montant définitif de la participation financière s’établit à {_euros(self.definitif)}."

    def _say_balance(self) -> str:
        deja = f"Compte tenu des {_euros(self.verse)} déjà versés, " if self.verse else ""
        if self.solde > 0:
            suite = f"le solde à verser est de {_euros(self.solde)}."
        elif self.solde < 0:
            suite = f"un trop-perçu de {_euros(-self.solde)} est à recouvrer."
        else:
            suite = "aucune somme ne reste due."
        return f"{deja}{suite}" if deja else f"{suite[0].upper()}{suite[1:]}"


def arreter(
    maximum: int, volets: Sequence[Volet], penalites: Iterable[Penalite] = (), *, verse: int = 0
) -> ServiceFait:
    """Work out what is finally due of ``maximum`` cents, ``verse`` of which are already paid.

    Each share earns its weight in proportion to its achievement, half-up to the cent.
    Penalties in percent bear together on what was earned, and no penalty takes the amount under zero (the case, l.1294
    and l.1320).

    Raises:
        Refus: no share, weights that do not make 100 %, a negative rate or amount, or a penalty over 100 %.
    """
    taxes = tuple(penalites)
    _check_montants(maximum, verse)
    _check_volets(volets)
    for penalite in taxes:
        _check_penalite(penalite)
    bases = repartir(maximum, [volet.poids for volet in volets])
    calcules = tuple(_achieve(volet, base) for volet, base in zip(volets, bases, strict=True))
    return ServiceFait(maximum, calcules, _penalise(sum(v.du for v in calcules), taxes), verse)


def taux_realisation(realise: int, objectif: int) -> int:
    """Give how far a target was reached, in hundredths of a percent, half-up; over 100 % stays over.

    Raises:
        Refus: a target of zero, or a negative count.
    """
    if realise < 0:
        raise Refus("Le nombre réalisé est négatif : saisissez un nombre positif ou nul.", "realise")
    if objectif <= 0:
        raise Refus("L’objectif est nul : fixez-en un avant de mesurer la réalisation.", "objectif")
    return arrondir(realise * CENT_POUR_CENT, objectif)


def _achieve(volet: Volet, base: int) -> VoletCalcule:
    retenu = min(volet.realisation, CENT_POUR_CENT)
    return VoletCalcule(volet.libelle, volet.poids, base, volet.realisation, retenu, appliquer(retenu, base))


def _penalise(calcule: int, penalites: tuple[Penalite, ...]) -> tuple[PenaliteCalculee, ...]:
    """Work penalties out: those in percent are rounded once for all, so that achieving more never pays less."""
    taux = [penalite.taux for penalite in penalites]
    ensemble = appliquer(min(sum(taux), CENT_POUR_CENT), calcule)
    parts = repartir(ensemble, taux) if any(taux) else (0,) * len(taux)
    reste, retenues = calcule, []
    for penalite, part in zip(penalites, parts, strict=True):
        montant = min(reste, part + penalite.montant)
        reste -= montant
        retenues.append(PenaliteCalculee(penalite.motif, penalite.taux, montant))
    return tuple(retenues)


def _check_montants(maximum: int, verse: int) -> None:
    for montant, nom, champ in ((maximum, "maximal", "montant"), (verse, "déjà versé", "verse")):
        if montant < 0:
            raise Refus(
                f"Le montant {nom} est négatif ({format_montant(montant)}) : saisissez un montant positif.", champ
            )


def _check_volets(volets: Sequence[Volet]) -> None:
    total = sum(volet.poids for volet in volets)
    if total != CENT_POUR_CENT or any(volet.poids < 0 for volet in volets):
        raise Refus(
            f"Les parts du financement font {format_taux(total)} : ramenez leur total à 100{INSECABLE}%, chacune étant "
            "positive ou nulle.",
            "poids",
        )
    for volet in volets:
        if volet.realisation < 0:
            raise Refus(
                f"Le taux de réalisation de la {volet.libelle.lower()} est négatif : saisissez un pourcentage positif.",
                "realisation",
            )


def _check_penalite(penalite: Penalite) -> None:
    nom = f"La pénalité «{INSECABLE}{penalite.motif}{INSECABLE}»"
    if not 0 <= penalite.taux <= CENT_POUR_CENT:
        raise Refus(f"{nom} est de {format_taux(penalite.taux)} : saisissez un pourcentage entre 0 et 100.", "taux")
    if penalite.montant < 0:
        raise Refus(
            f"{nom} est négative ({format_montant(penalite.montant)}) : saisissez un montant positif.", "montant"
        )


def _euros(cents: int) -> str:
    return format_montant_acte(cents)


def _say_volet(volet: VoletCalcule) -> str:
    debut = f"{volet.libelle} ({format_taux(volet.poids)}, soit {_euros(volet.base)}) : réalisée à "
    if volet.retenu < volet.realisation:
        return (
            f"{debut}{format_taux(volet.realisation)}, retenue à {format_taux(volet.retenu)}, soit {_euros(volet.du)}."
        )
    return f"{debut}{format_taux(volet.realisation)}, soit {_euros(volet.du)}."


def _say_penalite(penalite: PenaliteCalculee) -> str:
    taux = f" ({format_taux(penalite.taux)})" if penalite.taux else ""
    return f"Pénalité{taux} : {penalite.motif}, soit une retenue de {_euros(penalite.montant)}."
