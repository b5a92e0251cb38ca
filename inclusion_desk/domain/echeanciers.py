"""Models of payment schedules: what each act of the case pays, when, against which document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inclusion_desk.domain.codes import ECHEANCIERS
from inclusion_desk.domain.delais import AuJour, Delai, EnMois
from inclusion_desk.domain.money import INSECABLE, format_montant_acte
from inclusion_desk.domain.partage import Part, PartSolde, PartTaux, echeancier
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.taux import CENT_POUR_CENT, format_taux
from inclusion_desk.domain.text import format_date_longue, typo
from inclusion_desk.domain.versements import SUR_BILAN, Versement

PART_SOLDE_AVENANT = 4_000
"""The share paid last of what the avenant adds, in hundredths of a percent: 40 % (the case, l.3282).

It is neither the flat rate nor the part du Département of ``cofinancement``, which are 40 % too."""


@dataclass(frozen=True, slots=True)
class Cadre:
    """The days of a convention that trigger its payments; None for one that is not known yet."""

    debut: date
    fin: date
    signature: date | None = None
    bilan_intermediaire: date | None = None
    bilan_final: date | None = None
    convention_id: int = 0
    code_operation: str = ""


@dataclass(frozen=True, slots=True)
class LigneModele:
    """One instalment of a model; ``part`` is None where the instructor gives the amount.

    ``delai`` counts from the signature for the trigger ``date``, else from the end of the action.
    """

    libelle: str
    part: Part | None
    declencheur: str
    piece: str = ""
    delai: Delai | None = None


@dataclass(frozen=True, slots=True)
class ModeleEcheancier:
    """One model of schedule; ``source`` is where the case has it."""

    code: str
    libelle: str
    lignes: tuple[LigneModele, ...]
    source: str = ""

    @property
    def a_saisir(self) -> tuple[str, ...]:
        """The labels of the instalments whose amount the instructor gives."""
        return tuple(ligne.libelle for ligne in self.lignes if ligne.part is None)


MODELES_ECHEANCIER: Mapping[str, ModeleEcheancier] = {
    modele.code: modele
    for modele in (
        ModeleEcheancier(
            "accueil",
            ECHEANCIERS["accueil"],
            (
                LigneModele("Premier versement", None, "signature"),
                LigneModele("Deuxième versement", None, "bilan_intermediaire", "Bilan intermédiaire"),
                # Paid in the first half of the year after the end.
                LigneModele("Solde", PartSolde(), "bilan_final", "Bilan final", EnMois(6)),
            ),
            "l.614-626",
        ),
        ModeleEcheancier(
            "equilibre",
            ECHEANCIERS["equilibre"],
            (
                LigneModele("Avance", None, "signature"),
                LigneModele("Solde", PartSolde(), "bilan_final", "Bilan quantitatif et qualitatif"),
            ),
            "l.1304-1308",
        ),
        ModeleEcheancier(
            "independants",
            ECHEANCIERS["independants"],
            (
                LigneModele("Avance", PartTaux(4_300), "signature"),
                # Within the year N+1: its last day at the latest.
                LigneModele("Paiement intermédiaire", PartTaux(3_200), "date", delai=AuJour(31, 12)),
                LigneModele("Solde", PartSolde(), "bilan_final", "Bilan final"),
            ),
            "l.3272-3276",
        ),
        ModeleEcheancier(
            "avenant",
            ECHEANCIERS["avenant"],
            (
                LigneModele("Premier versement", PartTaux(CENT_POUR_CENT - PART_SOLDE_AVENANT), "signature"),
                LigneModele("Solde", PartTaux(PART_SOLDE_AVENANT), "bilan_final", "Bilan final"),
            ),
            "l.3280-3282",
        ),
    )
}
"""The schedules of the case by their code."""


def date_echeance(declencheur: str, cadre: Cadre, delai: Delai | None = None, jour: date | None = None) -> date | None:
    """Give the day a trigger falls on, or None while it is unknown.

    A bilan counts on its own due date, or ``delai`` after the end of the action; the end, ``delai`` after it; a fixed
    date on ``jour`` or, failing that, ``delai`` after the signature, after the beginning while nothing is signed.

    Raises:
        KeyError: a trigger that does not exist.
    """
    apres_fin = delai.apres(cadre.fin) if delai else None
    connues: Mapping[str, date | None] = {
        "signature": cadre.signature,
        "bilan_intermediaire": apres_fin or cadre.bilan_intermediaire,
        "bilan_final": apres_fin or cadre.bilan_final,
        "fin": apres_fin or cadre.fin,
        "date": jour or (delai.apres(cadre.signature or cadre.debut) if delai else None),
    }
    return connues[declencheur]


def prevoir(
    modele: ModeleEcheancier, total: int, cadre: Cadre, saisies: Sequence[Part] = (), *, rang: int = 1
) -> tuple[Versement, ...]:
    """Draw up the instalments of ``total`` cents after a model, numbered from ``rang``, none of them stored yet.

    ``saisies`` are the parts that the model leaves to the instructor, in their order.

    Raises:
        Refus: a part is missing or in excess, or the parts do not make the total (``echeancier``).
    """
    parts = _fill(modele, saisies)
    return tuple(
        Versement(
            id=0,
            version=1,
            convention_id=cadre.convention_id,
            rang=rang + place,
            libelle=ligne.libelle,
            part=part.taux if isinstance(part, PartTaux) else None,
            montant=montant,
            declencheur=ligne.declencheur,
            echeance=date_echeance(ligne.declencheur, cadre, ligne.delai),
            piece=ligne.piece,
            code_operation=cadre.code_operation,
        )
        for place, (ligne, part, montant) in enumerate(zip(modele.lignes, parts, echeancier(total, parts), strict=True))
    )


def _fill(modele: ModeleEcheancier, saisies: Sequence[Part]) -> tuple[Part, ...]:
    attendues = modele.a_saisir
    if len(saisies) < len(attendues):
        manque = attendues[len(saisies)]
        raise Refus(f"Le montant du versement «{INSECABLE}{manque}{INSECABLE}» est à renseigner.", "montant")
    if len(saisies) > len(attendues):
        raise Refus(
            f"L’échéancier «{INSECABLE}{modele.libelle}{INSECABLE}» reçoit plus de montants qu’il n’en attend : "
            "retirez ceux qui sont en trop.",
            "montant",
        )
    donnees = iter(saisies)
    return tuple(ligne.part if ligne.part is not None else next(donnees) for ligne in modele.lignes)


def redater(versements: Iterable[Versement], cadre: Cadre) -> tuple[Versement, ...]:
    """Date what waited for a signature or a bilan, once those days are known.

    What is paid keeps its day, and so does whatever had one, but for the signature, which is followed when it moves.
    """
    return tuple(
        replace(versement, echeance=date_echeance(versement.declencheur, cadre))
        if versement.paye_le is None and (versement.declencheur == "signature" or versement.echeance is None)
        else versement
        for versement in versements
    )


def phrases(versements: Sequence[Versement], acte: str = "de la convention") -> tuple[str, ...]:
    """Say a schedule as the list an act prints, one instalment each; ``acte`` is the one signed: « de l’avenant »."""
    fins = (" ;",) * (len(versements) - 1) + (".",)
    return tuple(typo(f"{_say(v, acte)}{fin}") for v, fin in zip(versements, fins, strict=False))


def _say(versement: Versement, acte: str) -> str:
    libelle = f"{versement.libelle[:1].lower()}{versement.libelle[1:]}"
    taux = f" ({format_taux(versement.part)})" if versement.part is not None else ""
    quand = _MOMENTS[versement.declencheur].format(acte=acte)
    jour = versement.echeance
    # A signature is not dated in the act that is signed.
    terme = f", au plus tard le {format_date_longue(jour)}" if jour and versement.declencheur != "signature" else ""
    piece = (
        f" (pièce à produire : {versement.piece})" if versement.piece and versement.declencheur not in SUR_BILAN else ""
    )
    return f"{libelle} : {format_montant_acte(versement.montant)}{taux}{quand}{terme}{piece}"


_MOMENTS: Mapping[str, str] = {
    "signature": ", à la signature {acte}",
    "bilan_intermediaire": ", après remise du bilan intermédiaire",
    "bilan_final": ", après remise du bilan final",
    "fin": ", à l’issue de l’action",
    "date": "",
}
