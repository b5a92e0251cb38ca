"""The controls of a phase as data: each a small function from the dossier to its findings."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inclusion_desk.domain.dossier import DossierSeance, Ligne
from inclusion_desk.domain.identifiants import fonctions_concordent, siret_valide
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.seances import VOTANTS
from inclusion_desk.domain.text import compter, format_date, pluriel


class Gravite(enum.Enum):
    """How much a finding matters; the value is its label."""

    BLOQUANT = "Bloquant"
    ATTENTION = "Attention"
    INFORMATION = "Information"


@dataclass(frozen=True, slots=True)
class Cible:
    """The row a finding leads to: the subject's name and the row's id."""

    sujet: str
    id: int


@dataclass(frozen=True, slots=True)
class Constat:
    """One finding: the code of its rule, how much it matters, one sentence, the rows concerned."""

    code: str
    gravite: Gravite
    phrase: str
    cibles: tuple[Cible, ...] = ()


@dataclass(frozen=True, slots=True)
class Controle:
    """One rule: its code, its title, and the function that applies it."""

    code: str
    titre: str
    appliquer: Callable[[DossierSeance], Iterator[Constat]]


def _lignes(*lignes: Ligne) -> tuple[Cible, ...]:
    return tuple(Cible("propositions", ligne.proposition_id) for ligne in lignes)


def _totaux(dossier: DossierSeance) -> Iterator[Constat]:
    """Check that each budget line carries exactly the lines of annexe 4 that name it."""
    for ligne in dossier.budget:
        attendu = sum(li.montant for li in dossier.lignes if li.code_operation == ligne.code_operation)
        if attendu != ligne.proposition:
            yield Constat(
                "SOM-01",
                Gravite.BLOQUANT,
                f"La ligne {ligne.code_operation} porte {format_montant(ligne.proposition)} au budget et "
                f"{format_montant(attendu)} à l’annexe 4.",
                (Cible("budget", ligne.id),),
            )


def _grand_total(dossier: DossierSeance) -> Iterator[Constat]:
    """Check that the budget table and the thématiques add up to the same grand total."""
    budget = sum(ligne.proposition for ligne in dossier.budget)
    if budget != dossier.montant:
        yield Constat(
            "SOM-02",
            Gravite.BLOQUANT,
            f"Le tableau d’imputation totalise {format_montant(budget)} et les thématiques "
            f"{format_montant(dossier.montant)}.",
        )


def _depassement(dossier: DossierSeance) -> Iterator[Constat]:
    """Check that no budget line is committed beyond its AE."""
    for ligne in dossier.budget:
        if ligne.solde - ligne.ulterieur < 0:
            yield Constat(
                "BUD-01",
                Gravite.BLOQUANT,
                f"La ligne {ligne.code_operation} dépasse son AE de {format_montant(ligne.ulterieur - ligne.solde)}.",
                (Cible("budget", ligne.id),),
            )


def _fonction(dossier: DossierSeance) -> Iterator[Constat]:
    """Check that each operation code carries the function of its imputation."""
    for ligne in dossier.budget:
        if not fonctions_concordent(ligne.code_operation, ligne.imputation):
            yield Constat(
                "BUD-02",
                Gravite.BLOQUANT,
                f"Le code opération {ligne.code_operation} ne porte pas la fonction de l’imputation "
                f"{ligne.imputation}.",
                (Cible("budget", ligne.id),),
            )


def _sans_numero(dossier: DossierSeance) -> Iterator[Constat]:
    """Point at the dispositifs without a number (two in the case)."""
    for operation in dossier.operations:
        if not operation.numero:
            yield Constat(
                "DIS-01",
                Gravite.ATTENTION,
                f"Le dispositif « {operation.intitule} » n’a pas de numéro.",
                (Cible("dispositifs", operation.dispositif_id),),
            )


def _sans_montant(dossier: DossierSeance) -> Iterator[Constat]:
    """Point at the dispositifs counted in an article though they have no amount (one in the case)."""
    for operation in dossier.operations:
        if operation.montant == 0:
            yield Constat(
                "DIS-02",
                Gravite.INFORMATION,
                f"Le dispositif « {operation.libelle} » est proposé sans montant.",
                (Cible("dispositifs", operation.dispositif_id),),
            )


def _siret(dossier: DossierSeance) -> Iterator[Constat]:
    """Check the SIRET of every structure of the phase: missing, or failing its check."""
    for ligne in _une_par_structure(dossier):
        if ligne.siret and siret_valide(ligne.siret):
            continue
        defaut = "a un SIRET qui ne passe pas le contrôle de la clé" if ligne.siret else "n’a pas de SIRET"
        yield Constat(
            "STR-01",
            Gravite.BLOQUANT if ligne.siret else Gravite.ATTENTION,
            f"{ligne.structure} {defaut}.",
            (Cible("structures", ligne.structure_id),),
        )


def _representant(dossier: DossierSeance) -> Iterator[Constat]:
    """Point at the structures whose representative, needed to sign, is not recorded."""
    for ligne in _une_par_structure(dossier):
        if not ligne.representant:
            yield Constat(
                "STR-02",
                Gravite.INFORMATION,
                f"{ligne.structure} n’a pas de représentant enregistré pour signer l’acte.",
                (Cible("structures", ligne.structure_id),),
            )


def _une_par_structure(dossier: DossierSeance) -> tuple[Ligne, ...]:
    return tuple({ligne.structure_id: ligne for ligne in dossier.lignes}.values())


def _avant_vote(dossier: DossierSeance) -> Iterator[Constat]:
    """Point at the periods that start before the vote (the case, l.323 and l.332)."""
    jour = dossier.seance.jour
    for operation in dossier.operations:
        tot = [ligne for ligne in operation.lignes if jour and ligne.debut < jour]
        if jour and tot:
            verbe = pluriel(len(tot), "commence", "commencent")
            yield Constat(
                "PER-01",
                Gravite.ATTENTION,
                f"« {operation.libelle} » : {compter(len(tot), 'ligne')} {verbe} avant la séance du "
                f"{format_date(jour)}.",
                _lignes(*tot),
            )


def _periodes_inegales(dossier: DossierSeance) -> Iterator[Constat]:
    """Point at the dispositifs whose lines do not share one period."""
    for operation in dossier.operations:
        periodes = {(ligne.debut, ligne.fin) for ligne in operation.lignes}
        if len(periodes) > 1:
            yield Constat(
                "PER-02",
                Gravite.INFORMATION,
                f"« {operation.libelle} » : les lignes ont {len(periodes)} périodes différentes.",
                _lignes(*operation.lignes),
            )


def _avenant_incomplet(dossier: DossierSeance) -> Iterator[Constat]:
    """Check that an avenant names the convention it amends and its model."""
    for ligne in dossier.lignes:
        manques = [
            nom
            for nom, valeur in (("la convention initiale", ligne.convention_initiale), ("le modèle", ligne.modele))
            if ligne.acte == "avenant" and not valeur
        ]
        if manques:
            yield Constat(
                "ACT-01",
                Gravite.ATTENTION,
                f"L’avenant de {ligne.structure} ({ligne.territoire}) ne dit pas {' ni '.join(manques)}.",
                _lignes(ligne),
            )


def _doublon(dossier: DossierSeance) -> Iterator[Constat]:
    """Point at two lines of one dispositif for the same structure and territory."""
    vues: dict[tuple[int, int, str], Ligne] = {}
    for ligne in dossier.lignes:
        cle = (ligne.dispositif_id, ligne.structure_id, ligne.territoire)
        premiere = vues.setdefault(cle, ligne)
        if premiere is not ligne:
            yield Constat(
                "LIG-01",
                Gravite.ATTENTION,
                f"{ligne.structure} ({ligne.territoire}) figure deux fois pour le même dispositif.",
                _lignes(premiere, ligne),
            )


def _quorum(dossier: DossierSeance) -> Iterator[Constat]:
    """Check the quorum: the majority of the members in office, present or represented."""
    seance = dossier.seance
    if seance.presences and seance.presents_ou_representes < seance.quorum:
        yield Constat(
            "SEA-01",
            Gravite.BLOQUANT,
            f"Le quorum n’est pas atteint : {seance.presents_ou_representes} membres présents ou représentés "
            f"pour {seance.quorum} requis.",
        )


def _vote(dossier: DossierSeance) -> Iterator[Constat]:
    """Check the count of the vote against the attendance (the case: 29 + 0 + 12 + 3 = 44)."""
    seance, deliberation = dossier.seance, dossier.deliberation
    if not deliberation.votes:
        return
    exprimes = sum(deliberation.nombre(p) for p in ("pour", "contre", "abstention"))
    if exprimes != seance.voix:
        yield Constat(
            "SEA-02",
            Gravite.BLOQUANT,
            f"Le vote compte {exprimes} voix et la présence en donne {seance.voix} : reprenez l’un ou l’autre.",
        )
    total = sum(vote.nombre for vote in deliberation.votes)
    if total != seance.membres:
        yield Constat(
            "SEA-03",
            Gravite.BLOQUANT,
            f"Le vote rend compte de {total} membres sur {seance.membres} en exercice.",
        )


def _interesses(dossier: DossierSeance) -> Iterator[Constat]:
    """Check that no interested member gave a proxy, and say how they are printed."""
    fautifs = [p for p in dossier.seance.presences if p.interesse and p.pouvoir and p.statut in VOTANTS]
    for presence in fautifs:
        yield Constat(
            "SEA-04",
            Gravite.BLOQUANT,
            f"{presence.nom_complet} est intéressé à l’affaire et a donné pouvoir : retirez le pouvoir.",
        )
    if dossier.deliberation.interesses_en_abstention and dossier.deliberation.nombre("ne_prend_pas_part"):
        nombre = dossier.deliberation.nombre("ne_prend_pas_part")
        yield Constat(
            "SEA-05",
            Gravite.ATTENTION,
            f"{compter(nombre, 'membre intéressé', 'membres intéressés')} à l’affaire "
            f"{pluriel(nombre, 'est imprimé', 'sont imprimés')} en abstention, non en « ne prend pas part au vote ».",
        )


CONTROLES = (
    Controle("SOM-01", "Annexe 4 et budget, ligne par ligne", _totaux),
    Controle("SOM-02", "Total général", _grand_total),
    Controle("BUD-01", "Dépassement de l’AE", _depassement),
    Controle("BUD-02", "Code opération et imputation", _fonction),
    Controle("DIS-01", "Dispositif sans numéro", _sans_numero),
    Controle("DIS-02", "Dispositif sans montant", _sans_montant),
    Controle("STR-01", "SIRET", _siret),
    Controle("STR-02", "Représentant", _representant),
    Controle("PER-01", "Début avant le vote", _avant_vote),
    Controle("PER-02", "Périodes d’un dispositif", _periodes_inegales),
    Controle("ACT-01", "Avenant complet", _avenant_incomplet),
    Controle("LIG-01", "Ligne en double", _doublon),
    Controle("SEA-01", "Quorum", _quorum),
    Controle("SEA-02", "Voix et présence", _vote),
    Controle("SEA-04", "Membres intéressés", _interesses),
)
"""Every rule, in the order in which they are shown."""

_RANG = {gravite: rang for rang, gravite in enumerate(Gravite)}


def controler(dossier: DossierSeance) -> tuple[Constat, ...]:
    """Apply every control to a dossier; the gravest findings come first."""
    constats = [constat for controle in CONTROLES for constat in controle.appliquer(dossier)]
    return tuple(sorted(constats, key=lambda constat: _RANG[constat.gravite]))


def bloquants(constats: tuple[Constat, ...]) -> int:
    """Count the findings that block."""
    return sum(constat.gravite is Gravite.BLOQUANT for constat in constats)
