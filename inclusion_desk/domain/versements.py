"""Payments of a convention: where each instalment stands, and the credits they call for by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.codes import DECLENCHEURS
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.partage import refus_total
from inclusion_desk.domain.refus import Refus

DELAI_PAIEMENT = 60
"""Days to pay what has become due (loi 2000-321, art. 10, as amended by loi 2021-875, art. 2)."""

SUR_BILAN = frozenset({"bilan_intermediaire", "bilan_final"})
"""The triggers that are the receipt of a document."""
SANS_ECHEANCE, NON_ECHELONNE = "Sans échéance", "Non échelonné"
"""What stands for the year of an instalment without a date, and of money that no instalment pays yet."""
ETATS_VERSEMENT: Mapping[str, str] = {
    "a_venir": "À venir",
    "attente": "Pièce attendue",
    "exigible": "Exigible",
    "retard": "En retard",
    "paye": "Payé",
    "sans_suite": "Sans suite",
}


@dataclass(frozen=True, slots=True)
class Versement:
    """One instalment of a convention; amounts in cents, ``part`` in hundredths of a percent or None.

    ``piece`` names the document required, ``piece_recue_le`` is the day it came. A paid instalment is settled, even
    for less than planned.
    """

    id: int
    version: int
    convention_id: int
    rang: int
    libelle: str
    part: int | None
    montant: int
    declencheur: str
    echeance: date | None
    piece: str = ""
    montant_paye: int | None = None
    paye_le: date | None = None
    code_operation: str = ""
    piece_recue_le: date | None = None
    plafond: int | None = None
    """What may still be paid of it once the service fait is closed, in cents; None until then."""

    @property
    def a_payer(self) -> bool:
        """Whether it still is to be paid: settled, or when nothing is finally due of it, it calls for nothing."""
        return self.paye_le is None and self.plafond != 0

    @property
    def reste(self) -> int:
        """What is still to be paid, in cents: no more than is finally due."""
        if not self.a_payer:
            return 0
        return self.montant if self.plafond is None else min(self.plafond, self.montant)

    @property
    def limite(self) -> date | None:
        """The last day on which it is paid in time, None while it is not due: the one agreed, or the delay if later."""
        if self.exigible_le is None:
            return None
        return max(self.exigible_le + timedelta(days=DELAI_PAIEMENT), self.echeance or self.exigible_le)

    @property
    def exigible_le(self) -> date | None:
        """The day it falls due: None while that day is unknown, or while the document required has not come.

        One triggered by a bilan falls due when the bilan comes, be it early; any other on its date at the soonest.
        """
        if self.declencheur in SUR_BILAN:
            return self.piece_recue_le
        if self.echeance is None or not self.piece:
            return self.echeance
        return max(self.echeance, self.piece_recue_le) if self.piece_recue_le else None

    def etat(self, jour: date) -> str:
        """Give its state on a day, a code of ``ETATS_VERSEMENT``; late once its ``limite`` is past.

        One of which nothing is finally due calls for nothing any more.
        """
        if self.paye_le is not None and self.paye_le <= jour:
            return "paye"
        if self.paye_le is None and self.plafond == 0:
            return "sans_suite"
        if self.exigible_le is None:
            return "attente" if self.echeance is not None and self.echeance <= jour else "a_venir"
        if jour < self.exigible_le:
            return "a_venir"
        return "exigible" if self.limite is None or jour <= self.limite else "retard"

    def retard(self, jour: date) -> int:
        """Count the days it is late on a day, 0 when it is not."""
        return (jour - self.limite).days if self.limite and self.etat(jour) == "retard" else 0


CHAMPS = (
    Champ("libelle", "Libellé", "Le libellé", obligatoire=True, maximum=150, aide="Avance, solde…"),
    Champ("part", "Part (%)", "La part", Nature.CENTIEMES, aide="Vide pour un montant fixe ou pour le solde"),
    Champ("montant", "Montant", "Le montant", Nature.MONTANT, obligatoire=True),
    Champ("declencheur", "Déclencheur", "Le déclencheur", Nature.CHOIX, obligatoire=True, choix=DECLENCHEURS),
    Champ("echeance", "Échéance", "La date d’échéance", Nature.DATE, aide="Vide tant qu’elle n’est pas connue"),
    Champ("piece", "Pièce attendue", "Le nom de la pièce attendue", maximum=150, aide="Vide si aucune n’est exigée"),
    Champ("montant_paye", "Montant payé", "Le montant payé", Nature.MONTANT),
    Champ("paye_le", "Payé le", "La date de paiement", Nature.DATE),
)


def check_versements(total: int, versements: Iterable[Versement]) -> None:
    """Check that the instalments of a convention of ``total`` cents never pass it, and payments never pass them.

    Raises:
        Refus: a negative amount, a payment without its date or over what was planned, or a sum over the total.
    """
    tous = tuple(versements)
    for versement in tous:
        _check_paiement(versement)
    prevus = sum(versement.montant for versement in tous)
    if prevus > total:
        raise refus_total("dépassent", total, prevus - total, "réduisez-les de cette somme")


def check_plafond(acte: str, apport: int, versements: Iterable[Versement]) -> None:
    """Check that the instalments of one act never pass the ``apport`` cents it brings; ``acte``: « l’avenant n° 1 ».

    Money that an act still to be signed brings is thus never paid under another one.

    Raises:
        Refus: their sum passes it, on ``montant``.
    """
    ecart = sum(versement.montant for versement in versements) - max(apport, 0)
    if ecart > 0:
        raise refus_plafond(acte, apport, ecart)


def refus_plafond(acte: str, apport: int, ecart: int) -> Refus:
    """Word the refusal of instalments that pass by ``ecart`` cents the ``apport`` cents an act brings."""
    return Refus(
        f"Les versements dépassent ce qu’apporte {acte}, {format_montant(max(apport, 0))} : l’écart est de "
        f"{format_montant(ecart)}, réduisez-les de cette somme.",
        "montant",
    )


def _check_paiement(versement: Versement) -> None:
    nom, paye = f"Le versement n°{INSECABLE}{versement.rang}", versement.montant_paye
    if versement.montant < 0:
        raise Refus(f"{nom} est négatif : saisissez un montant positif ou nul.", "montant")
    if (paye is None) != (versement.paye_le is None):
        champ, quoi = ("montant_paye", "le montant payé") if paye is None else ("paye_le", "la date de paiement")
        raise Refus(f"{nom} a un paiement incomplet : saisissez {quoi}.", champ)
    if paye is not None and not 0 <= paye <= versement.montant:
        raise Refus(
            f"{nom} est payé à hauteur de {format_montant(paye)} pour {format_montant(versement.montant)} prévus : "
            "corrigez le montant payé, ou relevez d’abord le montant prévu.",
            "montant_paye",
        )


def reste_a_prevoir(total: int, versements: Iterable[Versement]) -> int:
    """Give what of a convention of ``total`` cents no instalment pays yet, in cents."""
    return total - sum(versement.montant for versement in versements)


@dataclass(frozen=True, slots=True)
class BesoinCp:
    """The crédits de paiement that one budget line calls for in one year, in cents; ``annee`` None when undated.

    ``echelonne`` is False for what acts bring and no instalment pays yet.
    """

    annee: int | None
    code_operation: str
    prevu: int
    paye: int
    reste: int
    echelonne: bool = True
    reporte: int = 0
    """What of ``reste`` fell due in earlier years, in cents."""

    @property
    def periode(self) -> str:
        """The year as shown, or why there is none."""
        if not self.echelonne:
            return NON_ECHELONNE
        return SANS_ECHEANCE if self.annee is None else str(self.annee)

    @property
    def libere(self) -> int:
        """What was planned and will not be paid, in cents: instalments settled for less, or without issue."""
        return self.prevu - self.paye - self.reste


def besoins_cp(versements: Iterable[Versement], annee: int | None = None) -> tuple[BesoinCp, ...]:
    """Add up instalments by year and operation code, in cents, in that order; undated ones come last.

    A paid instalment counts in the year of its payment, another in that of its due date. ``annee`` is the current
    year: what should have been paid earlier and was not calls for its credits. One without issue calls for none: it is
    what its own year will not consume.
    """
    groupes: dict[tuple[int | None, str], list[Versement]] = defaultdict(list)
    for versement in versements:
        groupes[_year(versement, annee), versement.code_operation].append(versement)
    cles = sorted(groupes, key=lambda cle: (cle[0] is None, cle[0] or 0, cle[1]))
    return tuple(_need(*cle, groupes[cle]) for cle in cles)


def _year(versement: Versement, annee: int | None) -> int | None:
    if versement.paye_le is not None:
        return versement.paye_le.year
    if versement.echeance is None:
        return None
    return max(versement.echeance.year, annee or 0) if versement.a_payer else versement.echeance.year


def _need(annee: int | None, code: str, versements: Sequence[Versement]) -> BesoinCp:
    return BesoinCp(
        annee,
        code,
        sum(v.montant for v in versements),
        sum(v.montant_paye or 0 for v in versements),
        sum(v.reste for v in versements),
        reporte=sum(v.reste for v in versements if v.echeance is not None and v.echeance.year < (annee or 0)),
    )


def non_echelonnes(
    apports: Mapping[int, Mapping[str, int]], versements: Iterable[Versement]
) -> tuple[BesoinCp, ...]:  # fmt: skip
    """Add up by operation code, in cents, what acts bring that no instalment pays yet.

    ``apports`` gives for each convention what its acts, signed or not, bring under each code.
    """
    prevus: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for versement in versements:
        prevus[versement.convention_id][versement.code_operation] += versement.montant
    restes: dict[str, int] = defaultdict(int)
    for convention_id, siens in apports.items():
        for code, reste in _uncovered(siens, prevus[convention_id]).items():
            restes[code] += reste
    return tuple(BesoinCp(None, code, reste, 0, reste, echelonne=False) for code, reste in sorted(restes.items()))


def _uncovered(apports: Mapping[str, int], prevus: Mapping[str, int]) -> dict[str, int]:
    """Give what of one convention is left to schedule under each code, in cents; all of it adds up to what is left.

    An instalment names one line even where its act is paid by several: what it takes beyond its own comes off others.
    """
    ecarts = {code: apports.get(code, 0) - prevus.get(code, 0) for code in (*apports, *(set(prevus) - set(apports)))}
    reste, restes = sum(ecarts.values()), dict[str, int]()
    for code, ecart in sorted(ecarts.items(), key=lambda cle: (-cle[1], cle[0])):
        if (pris := min(ecart, reste)) > 0:
            restes[code] = pris
            reste -= pris
    return restes
