"""Campaigns: deposit periods, and the applications of structures with what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.champs import Champ, Nature, Valeurs
from inclusion_desk.domain.etats import Transition, depuis
from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.domain.text import MOIS, enumerer, format_date, ordinal


@dataclass(frozen=True, slots=True)
class PeriodeDepot:
    """One period in which applications of a campaign are received."""

    id: int
    version: int
    campagne_id: int
    numero: int
    debut: date
    fin: date
    candidatures: int = 0

    @property
    def libelle(self) -> str:
        """The period as picked in a list: ``2e période (avril-mai 2024)``."""
        if self.debut.year == self.fin.year:
            return f"{ordinal(self.numero, feminin=True)} période ({self.mois} {self.fin.year})"
        premier, dernier = MOIS[self.debut.month - 1], MOIS[self.fin.month - 1]
        return f"{ordinal(self.numero, feminin=True)} période ({premier} {self.debut.year}-{dernier} {self.fin.year})"

    @property
    def mois(self) -> str:
        """The months it covers: ``avril-mai``, ``juillet-septembre``."""
        premier, dernier = MOIS[self.debut.month - 1], MOIS[self.fin.month - 1]
        return premier if premier == dernier else f"{premier}-{dernier}"


CHAMPS_PERIODE = (
    Champ("numero", "N°", "Le numéro de la période", Nature.ENTIER, obligatoire=True),
    Champ("debut", "Début", "La date de début", Nature.DATE, obligatoire=True),
    Champ("fin", "Fin", "La date de fin", Nature.DATE, obligatoire=True),
)

CHAMP_RAPPORT_CADRE = Champ(
    "date_rapport_cadre", "Rapport-cadre présenté le", "La date du rapport-cadre", Nature.DATE,
    aide="Celui de toute la campagne ; le rapport du Président le cite",
)  # fmt: skip


def libelle_periodes(periodes: Sequence[PeriodeDepot]) -> str:
    """Name several periods in a sentence: ``2e (avril-mai) et 3e (juillet-septembre) périodes de dépôt``."""
    noms = [f"{ordinal(p.numero, feminin=True)} ({p.mois})" for p in periodes]
    return f"{enumerer(noms)} {'périodes' if len(noms) > 1 else 'période'} de dépôt" if noms else ""


ETATS_CANDIDATURE = {
    "depose": "Déposé",
    "incomplet": "Incomplet",
    "complet": "Complet",
    "instruit": "Instruit",
    "propose": "Proposé",
    "ecarte": "Écarté",
    "retire": "Retiré",
}
SITUATIONS = {**ETATS_CANDIDATURE, "vote": "Voté", "rejete": "Rejeté", "ajourne": "Ajourné"}
"""The states as shown: what becomes of an application with its phase is read from the phase, never kept twice."""
_ISSUES = {"adoptee": "vote", "remplacee": "vote", "rejetee": "rejete", "ajournee": "ajourne"}


def situer(etat: str, phase_etat: str | None) -> str:
    """Tell where an application stands from its own state and, once proposed, that of its phase."""
    return _ISSUES.get(phase_etat or "", etat) if etat == "propose" else etat


AVIS = {"favorable": "Favorable", "reserve": "Favorable avec réserve", "defavorable": "Défavorable"}

TRANSITIONS_CANDIDATURE = (
    Transition("demander", depuis("depose", "complet"), "incomplet", "Demander des pièces"),
    Transition("completer", depuis("depose", "incomplet"), "complet", "Déclarer complet"),
    Transition("instruire", depuis("complet"), "instruit", "Rendre l’avis"),
    Transition("proposer", depuis("instruit"), "propose", "Proposer à la phase"),
    Transition("retirer_proposition", depuis("propose"), "instruit", "Retirer la proposition"),
    Transition("representer", depuis("rejete", "ajourne"), "instruit", "Représenter à une autre phase"),
    Transition("ecarter", depuis("instruit"), "ecarte", "Écarter", motive=True),
    Transition("reprendre", depuis("instruit", "ecarte"), "complet", "Reprendre l’instruction"),
    Transition("retirer", depuis("depose", "incomplet", "complet", "instruit"), "retire", "Retrait par la structure"),
    Transition("retablir", depuis("retire"), "depose", "Rétablir le dossier"),
)
"""The moves of an application, from its deposit to the line proposed; each leaves from situations."""


@dataclass(frozen=True, slots=True)
class Candidature:
    """One application (dossier de candidature) with the names it refers to; amounts in cents."""

    id: int
    version: int
    campagne_id: int
    dispositif_id: int
    structure_id: int
    territoire_id: int
    periode_id: int | None
    ligne_budgetaire_id: int | None
    proposition_id: int | None
    dispositif_numero: str | None
    dispositif_intitule: str
    structure_nom: str
    territoire_nom: str
    periode_numero: int | None
    code_operation: str | None
    unite: str
    depose_le: date
    pieces_manquantes: str
    montant_demande: int
    volume_demande: int
    debut: date
    fin: date
    etat: str
    avis: str | None
    motivation: str
    montant_propose: int | None
    volume_propose: int | None
    phase_reference: str | None = None
    """The phase in which it is proposed, if it is."""
    phase_etat: str | None = None
    montant_vote: int | None = None
    """What the act in force gives it, in cents; None where it is not voted, or where a correction took it away."""

    @property
    def dispositif(self) -> str:
        """Number (where there is one) and title of the dispositif."""
        numero = self.dispositif_numero
        return f"{numero} – {self.dispositif_intitule}" if numero else self.dispositif_intitule

    @property
    def situation(self) -> str:
        """Where it stands, with its phase: a code of ``SITUATIONS``."""
        return situer(self.etat, self.phase_etat)

    @property
    def etat_libelle(self) -> str:
        """The state as shown."""
        return SITUATIONS[self.situation]


CHAMPS_CANDIDATURE = (
    Champ("structure_id", "Structure", "La structure", Nature.REFERENCE, obligatoire=True, sujet="structures"),
    Champ("dispositif_id", "Dispositif", "Le dispositif", Nature.REFERENCE, obligatoire=True, sujet="dispositifs"),
    Champ("territoire_id", "Territoire", "Le territoire", Nature.REFERENCE, obligatoire=True, sujet="territoires"),
    Champ("periode_id", "Période de dépôt", "La période de dépôt", Nature.REFERENCE, sujet="periodes"),
    Champ("depose_le", "Déposé le", "La date de dépôt", Nature.DATE, obligatoire=True),
    Champ("montant_demande", "Montant demandé", "Le montant demandé", Nature.MONTANT, obligatoire=True),
    Champ("volume_demande", "Volume demandé", "Le volume demandé", Nature.ENTIER, obligatoire=True),
    Champ("debut", "Début", "La date de début", Nature.DATE, obligatoire=True),
    Champ("fin", "Fin", "La date de fin", Nature.DATE, obligatoire=True),
    Champ(
        "pieces_manquantes", "Pièces manquantes", "La liste des pièces manquantes", Nature.TEXTE_LONG,
        aide="Une par ligne ; vide quand le dossier est complet",
    ),
    Champ("avis", "Avis", "L’avis", Nature.CHOIX, choix=AVIS),
    Champ("montant_propose", "Montant proposé", "Le montant proposé", Nature.MONTANT),
    Champ("volume_propose", "Volume proposé", "Le volume proposé", Nature.ENTIER),
    Champ(
        "ligne_budgetaire_id", "Ligne budgétaire", "La ligne budgétaire", Nature.REFERENCE, sujet="budget",
        aide="Celle qui portera la proposition",
    ),
    Champ("motivation", "Motivation de l’avis", "La motivation de l’avis", Nature.TEXTE_LONG),
)  # fmt: skip


def check_depot(valeurs: Valeurs) -> None:
    """Check that an application was not received after its action begins to end, nor a period upside down.

    Raises:
        Refus: on ``fin``.
    """
    debut, fin = valeurs.get("debut"), valeurs.get("fin")
    if isinstance(debut, date) and isinstance(fin, date) and fin < debut:
        raise Refus(
            f"La période finit le {format_date(fin)}, avant de commencer le {format_date(debut)} : "
            "corrigez l’une des deux dates.",
            "fin",
        )


def check_transition(code: str, valeurs: Valeurs) -> None:
    """Check that an application holds what a move asks for.

    Raises:
        SaisieRefusee: one refusal per field at fault.
    """
    refus = [Refus(phrase, champ) for champ, phrase in _missing(code, valeurs)]
    if refus:
        raise SaisieRefusee(tuple(refus))


def _missing(code: str, valeurs: Valeurs) -> list[tuple[str, str]]:
    pieces = str(valeurs.get("pieces_manquantes") or "").strip()
    if code == "demander" and not pieces:
        return [("pieces_manquantes", "Indiquez les pièces qui manquent, une par ligne.")]
    if code == "completer" and pieces:
        return [("pieces_manquantes", "Des pièces manquent encore : effacez celles qui sont arrivées.")]
    if code == "instruire":
        return _missing_opinion(valeurs)
    if code == "proposer":
        return _missing_proposal(valeurs)
    if code == "ecarter" and valeurs.get("avis") != "defavorable":
        return [("avis", "Seul un dossier d’avis défavorable est écarté : rendez d’abord cet avis.")]
    return []


def _missing_opinion(valeurs: Valeurs) -> list[tuple[str, str]]:
    if not valeurs.get("avis"):
        return [("avis", "L’avis est à renseigner.")]
    if valeurs["avis"] == "defavorable":
        return (
            [] if str(valeurs.get("motivation") or "").strip() else [("motivation", "Un avis défavorable se motive.")]
        )
    manques = []
    if valeurs.get("montant_propose") is None:
        manques.append(("montant_propose", "Le montant proposé est à renseigner ; 0 est permis."))
    if valeurs.get("volume_propose") is None:
        manques.append(("volume_propose", "Le volume proposé est à renseigner."))
    return manques


def _missing_proposal(valeurs: Valeurs) -> list[tuple[str, str]]:
    if valeurs.get("avis") == "defavorable":
        return [("avis", "Un dossier d’avis défavorable ne se propose pas : reprenez l’instruction ou écartez-le.")]
    if valeurs.get("ligne_budgetaire_id") is None:
        return [("ligne_budgetaire_id", "La ligne budgétaire qui portera la proposition est à choisir.")]
    return []
