"""What is followed after the signature: the rows of payments and bilans as shown, penalties and measures as typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.bilans import CHAMPS as CHAMPS_DU_BILAN
from inclusion_desk.domain.bilans import ETATS_BILAN, Bilan
from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.conventions import SIGNEES
from inclusion_desk.domain.conventions_cloture import OUVERTE, Cloture
from inclusion_desk.domain.delais import dire_retard
from inclusion_desk.domain.fiches import Indicateur
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.penalites import read_penalites
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.service_fait import QUALITATIVE, QUANTITATIVE, ServiceFait, Volet, arreter
from inclusion_desk.domain.taux import CENT_POUR_CENT, format_taux
from inclusion_desk.domain.text import format_date
from inclusion_desk.domain.versements import CHAMPS as CHAMPS_DU_VERSEMENT
from inclusion_desk.domain.versements import ETATS_VERSEMENT, Versement

_CONVENTION = Champ(
    "convention_id", "Convention", "La convention", Nature.REFERENCE, obligatoire=True, sujet="conventions"
)


@dataclass(frozen=True, slots=True)
class VersementSuivi(Versement):
    """One instalment as the table shows it, seen on ``jour``; ``acte_rang`` is 0 for the convention itself."""

    convention_numero: str = ""
    structure_nom: str = ""
    avenant_id: int | None = None
    acte_rang: int = 0
    acte_etat: str = ""
    """The state of the act that brings the money."""
    dispositif_id: int | None = None
    """The dispositif of the action paid, whose bilans it waits for; None for those of the whole convention."""
    jour: date = date.min
    phase_reference: str = ""
    """The phase that made the act, as shown."""
    cloture: Cloture = OUVERTE

    @property
    def acte(self) -> str:
        """The act that brings the money, as shown."""
        return f"Avenant n°{INSECABLE}{self.acte_rang}" if self.acte_rang else "Convention"

    @property
    def acte_article(self) -> str:
        """The act in a sentence: « la convention », « l’avenant n° 1 »."""
        return f"l’avenant n°{INSECABLE}{self.acte_rang}" if self.acte_rang else "la convention"

    @property
    def statut(self) -> str:
        """Its state on the day, a code of ``ETATS_VERSEMENT``."""
        return self.etat(self.jour)

    def etat(self, jour: date) -> str:
        """Give its state on a day, a code of ``ETATS_VERSEMENT``.

        Nothing is due before the act is signed, nor once the convention is closed.
        """
        if self.paye_le is None and self.cloture.eteint_versement(self.echeance, jour):
            return "sans_suite"
        if self.paye_le is None and not self.engage:
            return "a_venir"
        return Versement.etat(self, jour)  # ``super()`` knows nothing of a slotted dataclass

    @property
    def a_payer(self) -> bool:
        """Whether it still is to be paid: settled or without issue, it calls for nothing."""
        return self.paye_le is None and self.statut != "sans_suite"

    @property
    def etat_libelle(self) -> str:
        """Its state as shown, with the days it is late."""
        if self.a_payer and not self.engage:
            return "Acte à signer"
        return dire_retard(ETATS_VERSEMENT[self.statut], self.retard(self.jour))

    @property
    def engage(self) -> bool:
        """Whether the act that brings the money is signed."""
        return self.acte_etat in SIGNEES


@dataclass(frozen=True, slots=True)
class BilanSuivi(Bilan):
    """One bilan as the table shows it, seen on ``jour``; ``action`` is the title of the sheet that asks for it."""

    convention_numero: str = ""
    structure_id: int = 0
    structure_nom: str = ""
    fiche_id: int | None = None
    action: str = ""
    dispositif_id: int | None = None
    indicateurs: tuple[Indicateur, ...] = ()
    mesures: str = ""
    """The values reported, one indicator a line, ``=`` before the value."""
    jour: date = date.min
    phase_reference: str = ""
    """The phase that made the convention, as shown."""
    cloture: Cloture = OUVERTE

    @property
    def statut(self) -> str:
        """Its state on the day, a code of ``ETATS_BILAN``."""
        return self.etat(self.jour)

    def etat(self, jour: date) -> str:
        """Give its state on a day, a code of ``ETATS_BILAN``: some are not owed once the convention is closed."""
        if self.recu_le is None and self.cloture.eteint_bilan(self.debut):
            return "sans_suite"
        return Bilan.etat(self, jour)

    def retard(self, jour: date) -> int:
        """Count the days it is late on a day, or was when it came; 0 when it is in time, or not owed any more."""
        return 0 if self.etat(jour) == "sans_suite" else Bilan.retard(self, jour)

    @property
    def etat_libelle(self) -> str:
        """Its state as shown, with the days it is or was late."""
        return dire_retard(ETATS_BILAN[self.statut], self.retard(self.jour))

    @property
    def niveau(self) -> str:
        """The letter that may be written, as shown; nothing when none is called for."""
        rappel = self.lettre_du(self.jour)
        return rappel.libelle if rappel else ""

    @property
    def lettre(self) -> str:
        """The letter to send, else the last one sent, as shown: « Relance à envoyer », « Relance du 12/05/2025 »."""
        if (rappel := self.a_envoyer(self.jour)) is not None:
            return f"{rappel.libelle} à envoyer"
        return f"{self.lettres[-1][0].libelle} du {format_date(self.lettres[-1][1])}" if self.lettres else ""

    @property
    def resultats(self) -> tuple[Resultat, ...]:
        """The indicators of its sheet, each beside the value reported."""
        return comparer(self.indicateurs, self.mesures)


@dataclass(frozen=True, slots=True)
class Resultat:
    """One indicator: its target and the value reported, both as written."""

    libelle: str
    cible: str
    mesure: str


def comparer(indicateurs: Iterable[Indicateur], mesures: str) -> tuple[Resultat, ...]:
    """Set each indicator beside the value reported under its name; those reported beyond the list come last."""
    lues = read_mesures(mesures)
    connus = tuple(indicateurs)
    attendus = [Resultat(i.libelle, i.cible, lues.get(i.libelle, "")) for i in connus]
    noms = {i.libelle for i in connus}
    return (*attendus, *(Resultat(nom, "", valeur) for nom, valeur in lues.items() if nom not in noms))


def read_mesures(texte: str) -> dict[str, str]:
    """Read the values reported, by indicator, in their order."""
    coupees = (ligne.rpartition("=") for ligne in texte.split("\n") if "=" in ligne)
    return {libelle.strip(): valeur.strip() for libelle, _, valeur in coupees if libelle.strip() and valeur.strip()}


def write_mesures(resultats: Iterable[Resultat]) -> str:
    """Write the values reported as they are stored."""
    return "\n".join(f"{r.libelle} = {' '.join(r.mesure.split())}" for r in resultats if r.mesure.strip())


@dataclass(frozen=True, slots=True)
class SuiviConvention:
    """How one convention was carried out; rates in hundredths of a percent, None while they are not known.

    ``id`` and ``version`` are 0 while nothing is stored. ``publiee_le`` is when its essential data were published.
    """

    convention_id: int
    id: int = 0
    version: int = 0
    publiee_le: date | None = None
    poids: int = CENT_POUR_CENT // 2
    """The weight of the quantitative share; the qualitative one has the rest (the case, l.1294-1298)."""
    quantitatif: int | None = None
    qualitatif: int | None = None
    penalites: str = ""
    arrete_le: date | None = None
    observations: str = ""

    def arreter(self, maximum: int, verse: int) -> ServiceFait | None:
        """Work out what is finally due of ``maximum`` cents; None while a rate that counts is missing.

        Raises:
            Refus: as ``service_fait.arreter``, or penalties that cannot be read.
        """
        parts = ((QUANTITATIVE, self.poids, self.quantitatif),
                 (QUALITATIVE, CENT_POUR_CENT - self.poids, self.qualitatif))  # fmt: skip
        penalites = read_penalites(self.penalites)
        if any(poids and taux is None for _, poids, taux in parts):
            return None
        volets = [Volet(nom, poids, taux or 0) for nom, poids, taux in parts]
        return arreter(maximum, volets, penalites, verse=verse)


def check_part(part: int | None) -> None:
    """Check that a share is one.

    Raises:
        Refus: over 100 %, on ``part``.
    """
    if part is not None and part > CENT_POUR_CENT:
        raise Refus(f"La part est de {format_taux(part)} : saisissez un pourcentage entre 0 et 100.", "part")


def check_paiement(versement: VersementSuivi) -> None:
    """Check that what is paid may be: the act is signed, and the document required has come.

    Raises:
        Refus: on ``paye_le``.
    """
    if versement.paye_le is None:
        return
    nom = f"Le versement n°{INSECABLE}{versement.rang} de la convention {versement.convention_numero}"
    if not versement.engage:
        raise Refus(
            f"{nom} ne peut être payé : l’acte qui le prévoit n’est pas signé. Enregistrez d’abord ses signatures.",
            "paye_le",
        )
    if versement.piece and versement.piece_recue_le is None:
        raise Refus(
            f"{nom} attend une pièce («{INSECABLE}{versement.piece}{INSECABLE}») : enregistrez sa réception avant le "
            "paiement.",
            "paye_le",
        )
    if versement.piece_recue_le is not None and versement.piece_recue_le > versement.paye_le:
        raise Refus(
            f"{nom} serait payé avant la réception de sa pièce, le {format_date(versement.piece_recue_le)} : corrigez "
            "la date de paiement.",
            "paye_le",
        )


def check_jours(versement: VersementSuivi, signee_le: date | None, jour: date) -> None:
    """Check that nothing is recorded ahead of ``jour``, nor paid before ``signee_le``, the day its act was signed.

    Raises:
        Refus: on ``paye_le`` or ``piece_recue_le``.
    """
    paye_le, recue_le = versement.paye_le, versement.piece_recue_le
    if recue_le is not None and recue_le > jour:
        raise Refus("La date de réception de la pièce est postérieure à ce jour : corrigez-la.", "piece_recue_le")
    if paye_le is None:
        return
    if paye_le > jour:
        raise Refus("La date de paiement est postérieure à ce jour : corrigez-la.", "paye_le")
    if signee_le is not None and paye_le < signee_le:
        raise Refus(
            f"Le versement serait payé avant la signature de l’acte ({format_date(signee_le)}) : corrigez la date de "
            "paiement.",
            "paye_le",
        )


CHAMPS_VERSEMENT = (
    _CONVENTION,
    Champ(
        "avenant_id", "Avenant", "L’avenant", Nature.REFERENCE, sujet="avenants",
        aide="Vide pour la convention même",
    ),
    *CHAMPS_DU_VERSEMENT[:6],
    Champ("piece_recue_le", "Pièce reçue le", "La date de réception de la pièce", Nature.DATE),
    *CHAMPS_DU_VERSEMENT[6:],
)  # fmt: skip
"""The fields of an instalment among all conventions."""
CHAMPS_BILAN = (_CONVENTION, *CHAMPS_DU_BILAN)
"""The fields of a bilan among all conventions."""
CHAMPS_SERVICE_FAIT = (
    Champ(
        "poids", "Poids de la part quantitative (%)", "Le poids de la part quantitative", Nature.CENTIEMES,
        obligatoire=True, aide="La part qualitative a le reste, jusqu’à 100 %",
    ),
    *(
        Champ(nom, f"Réalisation {mot} (%)", f"Le taux de réalisation {mot}", Nature.CENTIEMES,
              aide="Au-delà de 100 %, elle compte pour 100 %")
        for nom, mot in (("quantitatif", "quantitative"), ("qualitatif", "qualitative"))
    ),
    Champ(
        "penalites", "Pénalités", "La liste des pénalités", Nature.TEXTE_LONG,
        aide="Une par ligne ; « = » précède un pourcentage ou un montant : Bilan remis hors délai = 10 %",
    ),
    Champ("arrete_le", "Service fait arrêté le", "La date d’arrêt du service fait", Nature.DATE),
    Champ("observations", "Observations", "Le texte des observations", Nature.TEXTE_LONG),
)  # fmt: skip
