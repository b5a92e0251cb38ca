"""Builds acts for tests: one of each model of the case, with the sheets of its dispositifs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from inclusion_desk.domain.actes import Acte, Autorisation, Beneficiaire, Departement, FicheAnnexee, Tranche
from inclusion_desk.domain.codes import RUBRIQUES
from inclusion_desk.domain.fiches import FicheAction, Indicateur
from inclusion_desk.domain.modeles_actes import CONVENTION, MODELES_ACTE
from inclusion_desk.resources import resource

DEPARTEMENT = Departement(
    nom="Pas-de-Calais",
    president="Jean-Claude LEROY",
    qualite_president="Président du Conseil départemental",
    signataire="Sabine DESPIERRE",
    qualite_signataire="Directrice des Politiques d’Inclusion Durable",
)
AUTORISATION = Autorisation("2024-587", "Commission permanente", date(2024, 12, 9))
PAS_DE_CALAIS_ACTIF = Beneficiaire(
    nom="Pas-de-Calais Actif",
    forme="Groupement d’intérêt public",
    siret="18620009300083",
    adresse="23 rue du 11 Novembre",
    code_postal="62300",
    commune="Lens",
    representant="Françoise VASSEUR",
    qualite="Présidente",
    date_deliberation=date(2021, 10, 1),
)
ASSOCIATION = Beneficiaire(
    nom="Structure exemple 01 – Arrageois",
    forme="Association",
    siret="99900001100018",
    adresse="1 rue de l’Exemple",
    code_postal="62000",
    commune="Arras",
    representant="Camille EXEMPLE-01",
    qualite="Président",
    date_deliberation=date(2024, 2, 4),
)
CODE, IMPUTATION = "C02-446A05", "6568/93446"
ACCUEIL, EQUILIBRE, INDEPENDANTS, COACHING = "accueil", "equilibre", "independants", "coaching"
FICHES = {"5": (ACCUEIL,), "6": (ACCUEIL, EQUILIBRE), "7": (ACCUEIL, EQUILIBRE), "8": (EQUILIBRE,), "9": (EQUILIBRE,)}
MODELES = tuple(MODELES_ACTE)


def fiche(dispositif: str, **textes: str) -> FicheAction:
    """Give the sheet of a dispositif of the case, some of its texts replaced."""
    toutes = json.loads(resource("cas/fiches.json").read_text(encoding="utf-8"))
    lue: dict[str, Any] = next(une for une in toutes if une["dispositif"] == dispositif)
    lus = {nom: textes.get(nom, lue.get(nom, "")) for nom in RUBRIQUES}
    indicateurs = tuple(Indicateur(un["libelle"], un["cible"]) for un in lue["indicateurs"])
    return FicheAction(1, 1, 1, dispositif, 1, textes.get("titre", lue["titre"]), indicateurs=indicateurs, **lus)


def annexee(annexe: int, dispositif: str, montants: Sequence[int], **valeurs: Any) -> FicheAnnexee:
    """Annex the sheet of a dispositif for the year 2025, amounts in cents; what is owed has its schedule."""
    neuve = FicheAnnexee(
        annexe,
        fiche(dispositif),
        date(2025, 1, 1),
        date(2025, 12, 31),
        tuple(montants),
        "Arrageois",
        code_operation=CODE,
        versements=("avance à la signature ;", "solde après remise du bilan final.") if any(montants) else (),
    )
    return replace(neuve, **valeurs)


def tranche(rang: int, debut: date, fin: date, montant: int) -> Tranche:
    """Bring an amount in cents for one period."""
    return Tranche(rang, debut, fin, montant, CODE, IMPUTATION)


def acte(modele: str, **valeurs: Any) -> Acte:
    """Give an act of a model, some of its values replaced."""
    faits = {CONVENTION: convention, "9": avenant_9, "10": avenant_10}
    return replace(faits[modele]() if modele in faits else _avenant(modele), **valeurs)


def _avenant(modele: str) -> Acte:
    """Give an avenant of models 5 to 8: accueil costs nothing more in 2025, équilibré brings 88 000 €."""
    dispositifs = FICHES[modele]
    apport = 8_800_000 if EQUILIBRE in dispositifs else 0
    fiches = tuple(
        annexee(numero, dispositif, (apport,) if dispositif == EQUILIBRE else (), volume=420, unite="place", etp=None)
        if dispositif == EQUILIBRE
        else annexee(numero, dispositif, (), volume=664, unite="diagnostic", etp=166)
        for numero, dispositif in zip(MODELES_ACTE[modele].annexes, dispositifs, strict=True)
    )
    tranches = (
        tranche(0, date(2024, 1, 1), date(2025, 12, 31), 26_640_000),
        tranche(1, date(2025, 1, 1), date(2025, 6, 30), apport),
    )
    return Acte(
        id=1,
        numero="2024-00901",
        rang=1,
        modele=modele,
        objet="Accueil et accompagnement des bénéficiaires du RSA – Territoire de l’Arrageois",
        departement=DEPARTEMENT,
        beneficiaire=ASSOCIATION,
        autorisation=AUTORISATION,
        debut=date(2024, 1, 1),
        fin=date(2025, 12, 31),
        tranches=tranches,
        fiches=fiches,
        convention_signee_le=date(2024, 2, 22),
        convention_objet="Accueil et accompagnement des bénéficiaires du RSA – Territoire de l’Arrageois",
    )


def avenant_9() -> Acte:
    """Give an avenant that carries a PLIE convention on to 30 June 2025."""
    modele = replace(_avenant("8"), modele="9", numero="2024-00926", debut=date(2024, 1, 1), fin=date(2025, 6, 30))
    premier, second = date(2024, 1, 1), date(2025, 1, 1)
    tranches = (tranche(0, premier, date(2024, 12, 31), 9_220_000), tranche(1, second, date(2025, 6, 30), 4_610_000))
    fiches = (annexee(2, EQUILIBRE, (4_610_000,), fin=date(2025, 6, 30), volume=220, unite="place"),)
    objet = "Accompagnement professionnel des bénéficiaires du RSA dans le PLIE"
    return replace(modele, tranches=tranches, fiches=fiches, objet=objet, convention_objet=objet)


def avenant_10() -> Acte:
    """Give the avenant of annexe 10 (the case, l.2901 to 3306)."""
    objet = "Accompagnement des bénéficiaires du RSA exerçant une activité indépendante"
    debut, fin = date(2023, 7, 1), date(2025, 12, 31)
    annexe = annexee(
        2, INDEPENDANTS, (33_822_674, 7_985_000), debut=debut, fin=fin, etp=120, unite="etp",
        territoire=(
            "Arrageois, Audomarois, Boulonnais, Calaisis, Montreuillois/Ternois ; département entier pour l’ETP "
            "supplémentaire"
        ),
        versements=(
            "convention initiale : avance de 145 437,50 € à la signature ;",
            "convention initiale : versement intermédiaire de 108 232,56 € au cours de l’année N+1 ;",
            "convention initiale : solde de 84 556,68 € sur production du bilan final ;",
            "avenant n° 1 : 47 910 € (60 %) à la signature ;",
            "avenant n° 1 : 31 940 € (40 %) au 31 décembre 2025.",
        ),
    )  # fmt: skip
    return replace(
        _avenant("5"),
        numero="2024-01213",
        modele="10",
        objet=objet,
        beneficiaire=PAS_DE_CALAIS_ACTIF,
        debut=debut,
        fin=fin,
        tranches=(tranche(0, debut, fin, 33_822_674), tranche(1, date(2025, 1, 1), fin, 7_985_000)),
        fiches=(annexe,),
        convention_signee_le=date(2024, 8, 14),
        convention_objet=objet,
    )


def convention() -> Acte:
    """Give the convention of the experiment with the CCAS de Liévin."""
    ccas = Beneficiaire(
        "CCAS de Liévin", "CCAS ou CIAS", "99900007800017", "45 rue Édouard-Vaillant", "62800", "Liévin",
        "Laurent EXEMPLE", "Président", date(2024, 10, 15),
    )  # fmt: skip
    fin = date(2025, 12, 31)
    return replace(
        _avenant("5"),
        numero="2025-00001",
        rang=0,
        modele=CONVENTION,
        objet="Expérimentation du coaching familial",
        beneficiaire=ccas,
        debut=date(2025, 1, 1),
        fin=fin,
        tranches=(tranche(0, date(2025, 1, 1), fin, 6_500_000),),
        fiches=(annexee(2, COACHING, (6_500_000,), volume=50, unite="famille", etp=100, territoire="Lens-Liévin"),),
        convention_signee_le=None,
        convention_objet="",
    )
