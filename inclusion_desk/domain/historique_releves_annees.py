"""The years of a structure’s history, in words: what each comes to, and the lines of its campaign."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.domain.champs import format_centiemes
from inclusion_desk.domain.controles_structures import SEUIL_CONVENTION
from inclusion_desk.domain.dispositifs import UNITES, unite_accordee
from inclusion_desk.domain.historique_annees import SITUATIONS, AnneeHistorique, a_conventionner, annees
from inclusion_desk.domain.historique_releves import RIEN
from inclusion_desk.domain.historique_structure import HistoriqueStructure, LigneHistorique
from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte
from inclusion_desk.domain.releves import Colonne, Rangee, Rangees, Releve
from inclusion_desk.domain.text import compter, enumerer, format_date, pluriel, typo

REGLE = typo(
    f"Au-delà de {format_montant_acte(SEUIL_CONVENTION)} par an, l’aide accordée à un organisme de droit privé donne "
    "lieu à une convention (loi n° 2000-321 du 12 avril 2000, article 10 ; décret n° 2001-495 du 6 juin 2001, article "
    "1er)."
)
METHODE = typo(
    "Montant annuel : les conventions et les avenants, signés ou à signer, y compris hors de l’outil, comptent dans "
    "les années civiles que couvre leur période, au prorata des jours ; une somme notifiée sans convention compte dans "
    "l’année de sa campagne. Seuls les actes signés sont portés en « Conventionné »."
)
"""How the yearly amount is made: see ``historique_annees``."""


def phrase_annees(historique: HistoriqueStructure) -> str:
    """Sum up the years in a sentence: what was voted, what is proposed, what is under convention."""
    campagnes = list(dict.fromkeys(str(ligne.annee) for ligne in historique.lignes))
    if not campagnes:
        return "Aucune ligne n’a été proposée pour cette structure." + _under_convention(historique)
    quand = f"{'la campagne' if len(campagnes) == 1 else 'les campagnes'} {enumerer(campagnes)}"
    vote = f"{format_montant(historique.vote)} {_agree(historique.vote, 'voté')}"
    phrase = f"{compter(len(historique.lignes), 'ligne')} sur {quand}{INSECABLE}: {vote}"
    accord = _agree(historique.propose, "proposé et non voté", "proposés et non votés")
    propose = f", {format_montant(historique.propose)} {accord}" if historique.propose else ""
    return f"{phrase}{propose}.{_under_convention(historique)}"


def _agree(cents: int, mot: str, au_pluriel: str | None = None) -> str:
    """Agree a word with an amount in cents: the plural begins at 2 €."""
    return pluriel(cents // 100, mot, au_pluriel)


def _under_convention(historique: HistoriqueStructure) -> str:
    """Say what signed acts come to, and what of it was agreed outside the program."""
    if not historique.conventionne:
        return ""
    dehors = historique.hors_outil
    suite = f", dont {format_montant(dehors)} enregistrés hors de l’outil" if dehors else ""
    return f" Conventions et avenants signés{INSECABLE}: {format_montant(historique.conventionne)}{suite}."


def regle(historique: HistoriqueStructure) -> str:
    """State the rule of the threshold, to those it concerns; nothing to others."""
    return REGLE if historique.structure.droit_prive else ""


def methode(lues: Sequence[AnneeHistorique]) -> str:
    """Say how the yearly amount is made, where there is one."""
    return METHODE if any(annee.montant for annee in lues) else ""


def alerte(lues: Sequence[AnneeHistorique]) -> str:
    """Say which years pass the threshold with amounts that no convention carries; nothing when none does."""
    fautives = a_conventionner(lues)
    if not fautives:
        return ""
    sans = sum(annee.notifie for annee in fautives)
    quand = f"{pluriel(len(fautives), 'Année')} {enumerer([str(annee.annee) for annee in fautives])}"
    notifies = _agree(sans, "est notifié", "sont notifiés")
    suite = "sans convention, alors que le montant annuel dépasse le seuil légal"
    return typo(f"{quand} : {format_montant(sans)} {notifies} {suite}.")


_ANNEES = (
    Colonne("Année", 6), Colonne("Situation au regard du seuil", 34, signal=True),
    Colonne("Voté (€)", 12, chiffres=True), Colonne("Proposé (€)", 12, chiffres=True),
    Colonne("Conventionné (€)", 13, chiffres=True), Colonne("Payé (€)", 12, chiffres=True),
    Colonne("Montant annuel (€)", 13, chiffres=True),
)  # fmt: skip


def releve_annees(historique: HistoriqueStructure) -> Releve:
    """Give what each civil year comes to, against the threshold of the law."""
    rangees, lues = Rangees(len(_ANNEES)), annees(historique)
    for annee in lues:
        situation = typo(SITUATIONS[annee.situation])
        manque = annee.situation == "a_conventionner"
        rangees.ajouter((str(annee.annee), situation, *map(_euros, _amounts(annee))), alerte=manque)
    if len(lues) > 1:
        sommes = (sum(colonne) for colonne in zip(*map(_amounts, lues), strict=True))
        rangees.totaliser(("Total", "", *map(_euros, sommes)))
    return rangees.fermer("Montants par année", _ANNEES, "Aucun montant n’est enregistré pour cette structure.")


def _amounts(annee: AnneeHistorique) -> tuple[int, ...]:
    return annee.vote, annee.propose, annee.conventionne, annee.paye, annee.montant


def _euros(cents: int) -> str:
    return format_montant(cents, symbole=False)


_LIGNES = (
    Colonne("Phase et délibération", 12), Colonne("Dispositif", 28), Colonne("Territoire", 12), Colonne("Acte", 17),
    Colonne("État", 13), Colonne("Période", 10), Colonne("Volume", 11, chiffres=True),
    Colonne("Montant (€)", 11, chiffres=True),
)  # fmt: skip


def releve_lignes(annee: AnneeHistorique) -> Releve:
    """Give the lines of one campaign and their total."""
    rangees = Rangees(len(_LIGNES))
    rangees.rangees += [_line(ligne) for ligne in annee.lignes]
    rangees.totaliser((f"Total {annee.annee}", *[""] * (len(_LIGNES) - 2), _euros(annee.vote + annee.propose)))
    return rangees.fermer(f"Campagne {annee.annee}", _LIGNES, "")


def _line(ligne: LigneHistorique) -> Rangee:
    return (
        ligne.phase_libelle,
        ligne.dispositif,
        ligne.territoire,
        ligne.acte_libelle,
        ligne.etat_libelle,
        f"{format_date(ligne.debut)} au\n{format_date(ligne.fin)}",
        _volume(ligne),
        _euros(ligne.montant),
    )


def _volume(ligne: LigneHistorique) -> str:
    etp = f"{format_centiemes(ligne.etp)}{INSECABLE}ETP" if ligne.etp else ""
    if ligne.unite == "etp" and not ligne.volume:
        return etp or RIEN
    volume = compter(ligne.volume, UNITES.get(ligne.unite, ligne.unite), unite_accordee(ligne.unite, 2))
    return "\n".join(filter(None, (volume, etp)))
