"""The controls of a phase as data: each a small function from the dossier to its findings."""

from __future__ import annotations

from collections.abc import Iterator

from inclusion_desk.domain.constats import Cible, Constat, Controle, Gravite, cibles_lignes
from inclusion_desk.domain.controles_seance import CONTROLES_SEANCE
from inclusion_desk.domain.dossier import DossierSeance, Ligne
from inclusion_desk.domain.identifiants import fonctions_concordent, siret_valide
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.text import compter, format_date, pluriel


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
                f"La ligne {ligne.code_operation} dépasse son AE de {format_montant(ligne.ulterieur - ligne.solde)} : "
                "réduisez une proposition ou augmentez l’AE.",
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
                f"{ligne.imputation} : corrigez l’un ou l’autre.",
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
            f"La structure « {ligne.structure} » {defaut}.",
            (Cible("structures", ligne.structure_id),),
        )


def _representant(dossier: DossierSeance) -> Iterator[Constat]:
    """Point at the structures whose representative, needed to sign, is not recorded."""
    for ligne in _une_par_structure(dossier):
        if not ligne.representant:
            yield Constat(
                "STR-02",
                Gravite.INFORMATION,
                f"La structure « {ligne.structure} » n’a pas de représentant enregistré pour signer l’acte.",
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
                f"« {operation.libelle} » : {compter(len(tot), 'proposition')} {verbe} avant la séance du "
                f"{format_date(jour)}.",
                cibles_lignes(*tot),
            )


def _periodes_inegales(dossier: DossierSeance) -> Iterator[Constat]:
    """Point at the dispositifs whose lines do not share one period."""
    for operation in dossier.operations:
        periodes = {(ligne.debut, ligne.fin) for ligne in operation.lignes}
        if len(periodes) > 1:
            yield Constat(
                "PER-02",
                Gravite.INFORMATION,
                f"« {operation.libelle} » : les propositions ont {len(periodes)} périodes différentes.",
                cibles_lignes(*operation.lignes),
            )


def _avenant_incomplet(dossier: DossierSeance) -> Iterator[Constat]:
    """Check that an avenant names the convention it amends and its model."""
    for ligne in dossier.lignes:
        manques = [
            nom
            for nom, valeur in (
                ("la convention initiale", ligne.convention_initiale),
                ("le modèle d’avenant", ligne.modele),
            )
            if ligne.acte == "avenant" and not valeur
        ]
        if manques:
            yield Constat(
                "ACT-01",
                Gravite.ATTENTION,
                f"L’avenant de la structure « {ligne.structure} » ({ligne.territoire}) ne mentionne pas "
                f"{' ni '.join(manques)}.",
                cibles_lignes(ligne),
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
                f"La structure « {ligne.structure} » ({ligne.territoire}) figure deux fois pour le même dispositif.",
                cibles_lignes(premiere, ligne),
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
    Controle("LIG-01", "Proposition en double", _doublon),
    *CONTROLES_SEANCE,
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
