"""Each rule about sums, lines, acts, dispositifs, structures and articles finds the fault built for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from string import ascii_uppercase

import pytest

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.controles import controler
from inclusion_desk.domain.deliberations import AnnexeJointe, ArticleSaisi
from inclusion_desk.domain.dossier import DossierSeance, Ligne
from tests.domain.test_controles_dossier import (
    acte,
    articles,
    avec,
    codes,
    constats,
    equilibre,
    modifie,
    operation,
    sain,
)

B, A, I = Gravite  # noqa: E741 - the severities, in order
Faute = Callable[[DossierSeance], DossierSeance]
F1, F3, F4 = (ArticleSaisi("financement", n) for n in (1, 3, 4))
C, V, M = ArticleSaisi("conventions"), ArticleSaisi("avenants"), ArticleSaisi("imputation")
SIGNES = "99900001100026"
"""Another establishment of the first structure."""


def budget(d: DossierSeance, **champs: object) -> DossierSeance:
    """Change fields of the first budget line."""
    return replace(d, budget=(replace(d.budget[0], **champs), *d.budget[1:]))  # type: ignore[arg-type]


def ajoute(d: DossierSeance, rang: int, *lignes: Ligne) -> DossierSeance:
    """Add lines to an operation."""
    return operation(d, rang, lignes=(*d.operations[rang].lignes, *lignes))


def deux_thematiques(d: DossierSeance) -> DossierSeance:
    """Impute one line of thématique 1 on the line of thématique 3."""
    return avec(d, 0, code_operation="C01-444H02", imputation="6568/93444")


def notifiee(d: DossierSeance, montant: int, rang: int = 22) -> DossierSeance:
    """Make one line of an association an attribution without convention."""
    return avec(d, rang, acte="notification", montant=montant, forme="association")


def joint(d: DossierSeance, *annexes: AnnexeJointe) -> DossierSeance:
    """Join other texts after those of the models."""
    return replace(d, annexes=(*d.annexes, *annexes))


FAUTES: dict[str, tuple[str, Gravite, Faute]] = {
    "a budget line that carries another amount": (
        "SOM-01", B, lambda d: replace(d, budget=tuple(
            replace(b, proposition=b.proposition + n) for b, n in zip(d.budget, (1, -1, 0), strict=True)))),
    "a budget table that does not add up": ("SOM-02", B, lambda d: replace(d, budget=d.budget[:2])),
    "a thématique left out of the articles": ("SOM-03", B, lambda d: articles(d, F1, replace(F3, retire=True))),
    "a thématique financed twice": ("ART-03", A, lambda d: articles(d, F1, F3, F4, F4, C, V, M)),
    "a line on a code that is not budgeted": (
        "SOM-04", B, lambda d: avec(d, 0, code_operation="C09-446A05", imputation="6568/93446")),
    "a line counted twice": ("SOM-05", B, lambda d: ajoute(d, 0, d.lignes[0])),
    "a line committed beyond its AE": ("BUD-01", B, lambda d: budget(d, ae=1)),
    "later phases that commit what is left": ("BUD-01", B, lambda d: budget(d, ulterieur=d.budget[0].solde + 1)),
    "an imputation of another function": ("BUD-02", B, lambda d: budget(d, imputation="6568/93444")),
    "less committed before than before the tool": ("BUD-03", B, lambda d: budget(d, anterieur=1)),
    "a budget line twice": (
        "BUD-04", B, lambda d: replace(d, budget=(*d.budget, replace(d.budget[0], id=9, proposition=0)))),
    "a line under another imputation": ("BUD-05", B, lambda d: avec(d, 0, imputation="6574/93446")),
    "a line on the budget line of another thématique": ("BUD-06", A, deux_thematiques),
    "a budget line used up": ("BUD-07", I, lambda d: budget(d, ae=d.budget[0].anterieur + d.budget[0].proposition)),
    "the same structure twice": (
        "LIG-01", A, lambda d: ajoute(d, 0, replace(d.lignes[0], proposition_id=99))),
    "a negative amount": ("LIG-02", B, lambda d: avec(d, 20, montant=-1)),
    "a negative volume": ("LIG-02", B, lambda d: avec(d, 20, volume=-1)),
    "an empty line": ("LIG-03", A, lambda d: avec(d, 26, montant=0, volume=0)),
    "a start before the vote": ("PER-01", A, lambda d: avec(d, 20, debut=date(2024, 12, 8))),
    "a period of its own": (
        "PER-02", I, lambda d: avec(d, 0, debut=date(2025, 2, 1), fin=date(2026, 1, 31))),
    "a length of its own": ("PER-03", A, lambda d: avec(d, 0, fin=date(2025, 6, 30))),
    "a period of four years": ("PER-04", A, lambda d: avec(d, 20, fin=date(2028, 12, 31))),
    "a period over before the vote": (
        "PER-05", A, lambda d: avec(d, 20, debut=date(2024, 1, 1), fin=date(2024, 12, 1))),
    "a period that ends before it starts": ("PER-06", B, lambda d: avec(d, 20, fin=date(2024, 12, 31))),
    "an avenant to no convention": ("ACT-01", A, lambda d: avec(d, 0, convention_initiale=None)),
    "avenants without a model": ("ACT-01", A, lambda d: modifie(d, lambda li: replace(li, modele=None))),
    "a model that is not joined": ("ACT-02", A, lambda d: replace(d, annexes=d.annexes[:-1])),
    "a convention of two years": ("ACT-03", A, lambda d: avec(d, 4, convention_initiale="2022-00905")),
    "a convention of two structures": ("ACT-04", A, lambda d: avec(d, 0, convention_initiale="2024-00902")),
    "a convention to be signed that is amended": ("ACT-05", I, lambda d: avec(d, 21, convention_initiale="2023-00001")),
    "a model of convention without a date": ("ACT-06", I, lambda d: acte(d, date_modele_convention=None)),
    "a gap in the annexes": ("ANX-01", A, lambda d: joint(d, AnnexeJointe(12, "Charte", "Texte."))),
    "two annexes of one number": ("ANX-02", A, lambda d: joint(d, AnnexeJointe(10, "Charte", "Texte."))),
    "an annexe numbered as another document": ("ANX-03", A, lambda d: joint(d, AnnexeJointe(4, "Charte", "Texte."))),
    "an annexe without a title": ("ANX-04", A, lambda d: joint(d, AnnexeJointe(11, "", "Texte."))),
    "an annexe without a text": ("ANX-04", A, lambda d: joint(d, AnnexeJointe(11, "Charte", " \n"))),
    "a model joined that nobody uses": ("ANX-05", I, lambda d: joint(d, AnnexeJointe(11, "Projet", "Texte.", "11"))),
    "a model joined twice": ("ANX-05", A, lambda d: joint(d, AnnexeJointe(11, "Projet", "Texte.", "10"))),
    "a dispositif without a number": ("DIS-01", A, lambda d: operation(d, 1, numero=None)),
    "a dispositif without an amount": (
        "DIS-02", I,
        lambda d: modifie(d, lambda li: replace(li, montant=0 if li.unite == "diagnostic" else li.montant))),
    "a dispositif without a text": ("DIS-03", A, lambda d: operation(d, 1, texte=" ")),
    "two dispositifs of one number": ("DIS-04", A, lambda d: operation(d, 1, numero="1.1")),
    "a number of another thématique": ("DIS-05", A, lambda d: operation(d, 1, numero="3.2")),
    "a costly place": ("RAT-01", A, lambda d: avec(d, 8, montant=3_919_300 * 3, volume=187, etp=340 * 3)),
    "a cheap place": ("RAT-01", A, lambda d: avec(d, 8, montant=1_500_000)),
    "a costly ETP": ("RAT-02", A, lambda d: avec(d, 8, montant=3_919_300 * 3)),
    "too few places by ETP": ("RAT-03", A, lambda d: avec(d, 8, volume=180)),
    "too many places by ETP": ("RAT-03", A, lambda d: avec(d, 8, volume=239)),
    "too few diagnostics by ETP": ("RAT-04", A, lambda d: avec(d, 0, volume=759)),
    "places without ETP": ("RAT-05", A, lambda d: avec(d, 8, etp=None)),
    "ETP without places": ("RAT-05", A, lambda d: avec(d, 8, volume=0)),
    "no SIRET": ("STR-01", A, lambda d: avec(d, 21, siret=None)),
    "a wrong SIRET": ("STR-01", B, lambda d: avec(d, 21, siret="18620009300084")),
    "nobody to sign": ("STR-02", I, lambda d: avec(d, 21, representant="")),
    "two names that differ by their hyphens": ("STR-03", A, lambda d: avec(d, 21, structure="Pas de Calais ACTIF")),
    "two close names of one commune": (
        "STR-03", A, lambda d: avec(avec(d, 21, structure="CCAS de Lievins", commune="Liévin"), 24,
                                    structure="CCAS de Liévin", commune="LIEVIN")),
    "one SIREN": ("STR-04", I, lambda d: avec(d, 21, siret=SIGNES)),
    "one SIRET": ("STR-04", A, lambda d: avec(d, 21, siret="99900001100018")),
    "another spelling in a text": (
        "STR-05", A, lambda d: operation(d, 2, texte="L’avenant est conclu avec Pas de Calais Actif.")),
    "23 000,01 € without a convention": ("STR-06", B, lambda d: notifiee(d, 2_300_001)),
    "23 000,01 € with another phase": (
        "STR-06", B,
        lambda d: replace(notifiee(d, 1_000_000), autres_montants=((d.lignes[22].structure_id, 1_300_001),))),
    "no contrat d’engagement républicain": ("STR-07", B, lambda d: avec(d, 0, engagement_republicain=False)),
    "an article removed": ("ART-01", A, lambda d: articles(d, F1, F3, F4, C, replace(V, retire=True), M)),
    "an imputation before its financings": ("ART-02", A, lambda d: articles(d, M, F1, F3, F4, C, V)),
    "an authorisation given twice": ("ART-03", A, lambda d: articles(d, F1, F3, F4, C, C, V, M)),
    "a free article": (
        "ART-04", I, lambda d: articles(d, F1, F3, F4, C, V, M, ArticleSaisi("libre", None, "De dire."))),
    "a free article without a text": ("ART-05", A, lambda d: articles(d, F1, F3, F4, C, V, M, ArticleSaisi("libre"))),
    "a figure whose source is gone": (
        "FIG-01", B, lambda d: operation(d, 0, texte="Le montant est de {dispositif-99.montant}.")),
    "an amount tied to nothing in an operation": ("FIG-02", A, lambda d: operation(d, 0, texte="Le coût est de 12 €.")),
    "an amount tied to nothing in the report": ("FIG-02", I, lambda d: replace(d, contexte="Le seuil est de 12 €.")),
    "a figure of another dispositif": (
        "FIG-03", A, lambda d: operation(d, 0, texte="Le montant est de {dispositif-2.montant}.")),
    "a figure of another thématique": (
        "FIG-03", A,
        lambda d: articles(d, replace(F1, texte="Financer {thematique-1.montant} et {thematique-3.montant}."))),
    "a financing article that lost its amount": ("FIG-04", A, lambda d: articles(d, replace(F1, texte="De financer."))),
}  # fmt: skip
"""What is wrong: the code that says it, how much it matters, and the way to it from a phase without a fault."""

SUITES = {
    "a thématique left out of the articles": {"ART-01"},
    "a budget table that does not add up": {"SOM-04"},
    "a line on a code that is not budgeted": {"SOM-02"},
    "a line counted twice": {"LIG-01"},
    "an imputation of another function": {"BUD-05"},
    "avenants without a model": {"ANX-05"},
    "a costly place": {"RAT-03"},
    "a cheap place": {"RAT-02"},
    "a costly ETP": {"RAT-01"},
}
"""The other codes that a fault raises as well: what follows from it."""


@pytest.mark.parametrize("nom", FAUTES)
def test_each_fault_is_found_by_its_rule_and_by_no_other(nom: str) -> None:
    code, gravite, faute = FAUTES[nom]
    trouves = controler(faute(sain()))
    assert codes(trouves) == {code} | SUITES.get(nom, set())
    siens = [constat for constat in trouves if constat.code == code]
    assert {constat.gravite for constat in siens} == {gravite}
    assert all(constat.phrase.endswith(".") for constat in siens)


LIGNES = {code for code, _, _ in FAUTES.values() if code[:3] in {"LIG", "PER", "ACT", "RAT"}} | {"SOM-04", "BUD-05"}
FICHES = {"STR": "structures", "DIS": "dispositifs", "BUD": "budget"}


@pytest.mark.parametrize("nom", [nom for nom, (code, _, _) in FAUTES.items() if code in LIGNES])
def test_faults_of_lines_lead_to_them(nom: str) -> None:
    code, _, faute = FAUTES[nom]
    for constat in constats(faute(sain()), code):
        assert constat.cibles
        assert {cible.sujet for cible in constat.cibles} == {"propositions"}


@pytest.mark.parametrize("nom", [n for n, (code, _, _) in FAUTES.items() if code[:3] in FICHES and code not in LIGNES])
def test_faults_of_records_lead_to_them(nom: str) -> None:
    code, _, faute = FAUTES[nom]
    attendus = {FICHES[code[:3]]} if code not in {"STR-06", "BUD-06"} else {"propositions"}
    assert {cible.sujet for constat in constats(faute(sain()), code) for cible in constat.cibles} == attendus


SAINS: dict[str, Faute] = {
    "23 000 € exactly without a convention": lambda d: notifiee(d, 2_300_000),
    "30 000 € without a convention to a public body": lambda d: avec(d, 26, acte="notification", montant=3_000_000),
    "100 000 € under a convention": lambda d: avec(d, 22, montant=10_000_000, volume=250, forme="association"),
    "two names that differ by a number": lambda d: avec(
        avec(d, 21, structure="Centre social 1", commune="Lens"), 24, structure="Centre social 2", commune="Lens"),
    "two close names in two communes": lambda d: avec(
        avec(d, 21, structure="CCAS de Liévin", commune="Liévin"), 24, structure="CCAS de Lievins", commune="Lens"),
    "close names of unknown communes": lambda d: avec(
        avec(d, 21, structure="CCAS de Liévin"), 24, structure="CCAS de Lievins"),
    "a costly line among three": lambda d: avec(d, 23, montant=2_882_300 * 5),
    "380 diagnostics an ETP": lambda d: avec(d, 0, volume=760),
    "70 places an ETP": lambda d: avec(d, 8, volume=238, montant=3_919_300),
    "a line of 0 €": lambda d: avec(d, 0, montant=0),
    "36 months": lambda d: avec(d, 20, fin=date(2027, 12, 31)),
    "a convention amended for two dispositifs": lambda d: avec(d, 5, convention_initiale="2024-00906"),
    "the same spelling with other spaces": lambda d: operation(
        d, 2, texte="Pas-de-Calais\nActif et CCAS de\u00a0Liévin."),
    "a foundation that did not sign for nothing": lambda d: avec(
        avec(d, 4, engagement_republicain=False, montant=0), 12, engagement_republicain=False, montant=0),
    "an article edited with its amount": lambda d: articles(
        d, replace(F1, texte="De financer {thematique-1.montant}.")),
    "articles in another order": lambda d: articles(d, F3, F1, F4, V, C, M),
}  # fmt: skip
"""What looks like a fault and is none."""


@pytest.mark.parametrize("nom", SAINS)
def test_what_is_no_fault_raises_nothing(nom: str) -> None:
    assert controler(equilibre(SAINS[nom](sain()))) == ()


def test_a_subsidy_beside_a_convention_is_told_without_blocking() -> None:
    dossier = sain()
    deux = ajoute(dossier, 5, replace(dossier.lignes[23], proposition_id=99, acte="notification", territoire="Artois"))
    (constat,) = constats(deux, "STR-06")
    assert constat.gravite is A
    assert [cible.id for cible in constat.cibles] == [99]


def test_look_alikes_are_told_in_groups_and_capped() -> None:
    dossier = sain()
    modele = dossier.lignes[21]
    lignes = [
        replace(
            modele, proposition_id=100 + n, structure_id=100 + n, commune="Lens", siret=None,
            structure=f"{ascii_uppercase[n // 2] * 9} {'mission' if n % 2 else 'Missions'}",
        )
        for n in range(52)
    ]  # fmt: skip
    trouves = constats(ajoute(dossier, 3, *lignes), "STR-03")
    assert len(trouves) == 21
    assert "autres structures" in trouves[-1].phrase
    assert sum(len(constat.cibles) for constat in trouves) == 52


def test_a_model_that_is_not_joined_is_named_by_what_it_is_for() -> None:
    dossier = sain()
    (constat,) = constats(replace(dossier, annexes=dossier.annexes[:-1]), "ACT-02")
    assert constat.phrase.startswith("Le modèle d’avenant « 10 – ajout à une action en cours, coût par période » n’est")
