"""A phase without a fault raises nothing; every rule has its code, its title and its source; the gravest come first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from inclusion_desk.domain.constats import Constat, Gravite
from inclusion_desk.domain.controles import CONTROLES, bloquants, controler
from inclusion_desk.domain.controles_mots import citer
from inclusion_desk.domain.controles_vue import Vue
from inclusion_desk.domain.deliberations import AnnexeJointe, ArticleSaisi
from inclusion_desk.domain.dossier import DossierSeance, Ligne, Operation
from tests.fabrique import dossier_du_cas, grand_dossier

DEBUT, FIN = date(2025, 1, 1), date(2025, 12, 31)
MODELE = "L’avenant tient en un article.\n\n- article 4, coût : le premier alinéa est modifié."


def sain() -> DossierSeance:
    """Build a phase in which nothing is left to say, from the case."""
    dossier = en_regle(dossier_du_cas())
    presences = tuple(
        replace(p, elu_id=n, mandataire={"DISSAUX": 1, "WOZNY": 4}.get(p.nom))
        for n, p in enumerate(dossier.seance.presences, start=1)
    )
    return replace(
        dossier,
        contexte="L’appel à projets réunit les dispositifs d’insertion.",
        annexes=tuple(AnnexeJointe(n, f"Projet d’avenant {n}", MODELE, str(n)) for n in range(5, 11)),
        seance=replace(dossier.seance, presences=presences),
        deliberation=replace(dossier.deliberation, interesses_en_abstention=False, articles=(), rectifie=None),
    )


def en_regle(dossier: DossierSeance) -> DossierSeance:
    """Give each line an amount, a SIRET, who signs, a period after the vote; each dispositif a number and a text."""

    def ligne(li: Ligne) -> Ligne:
        debut, fin = (li.debut, li.fin) if li.debut >= DEBUT else (DEBUT, FIN)
        return replace(
            li, siret=li.siret or "99900022700010", representant=li.representant or "Camille EXEMPLE", debut=debut,
            fin=fin, montant=li.montant or 100_00,
        )  # fmt: skip

    def operation(o: Operation, rang: int, thematique: int) -> Operation:
        lignes = tuple(ligne(li) for li in o.lignes)
        return replace(
            o, numero=o.numero or f"{thematique}.{rang}", lignes=lignes, texte="Ce dispositif est reconduit."
        )

    thematiques = tuple(
        replace(t, operations=tuple(operation(o, 20 + n, t.numero) for n, o in enumerate(t.operations)))
        for t in dossier.thematiques
    )
    return equilibre(replace(dossier, thematiques=thematiques))


def equilibre(dossier: DossierSeance) -> DossierSeance:
    """Bring the budget table in line with the lines, as the counters of the base do."""
    sommes = Vue(dossier).par_code
    return replace(
        dossier, budget=tuple(replace(b, proposition=sommes.get(b.code_operation, 0)) for b in dossier.budget)
    )


def avec(dossier: DossierSeance, rang: int, **champs: Any) -> DossierSeance:
    """Change fields of one line, by its rank in annexe 4."""
    voulue = dossier.lignes[rang].proposition_id
    return modifie(dossier, lambda li: replace(li, **champs) if li.proposition_id == voulue else li)


def modifie(dossier: DossierSeance, change: Callable[[Ligne], Ligne]) -> DossierSeance:
    """Change every line, and the budget table with them."""

    def operation(o: Operation) -> Operation:
        return replace(o, lignes=tuple(map(change, o.lignes)))

    thematiques = (replace(t, operations=tuple(map(operation, t.operations))) for t in dossier.thematiques)
    return equilibre(replace(dossier, thematiques=tuple(thematiques)))


def operation(dossier: DossierSeance, rang: int, **champs: Any) -> DossierSeance:
    """Change fields of one operation, by its rank in annexe 4."""
    voulue = dossier.operations[rang].dispositif_id
    thematiques = (
        replace(t, operations=tuple(replace(o, **champs) if o.dispositif_id == voulue else o for o in t.operations))
        for t in dossier.thematiques
    )
    return equilibre(replace(dossier, thematiques=tuple(thematiques)))


def acte(dossier: DossierSeance, **champs: Any) -> DossierSeance:
    """Change fields of the deliberation."""
    return replace(dossier, deliberation=replace(dossier.deliberation, **champs))


def articles(dossier: DossierSeance, *suite: ArticleSaisi) -> DossierSeance:
    """Arrange the articles."""
    return acte(dossier, articles=suite)


def seance(dossier: DossierSeance, **champs: Any) -> DossierSeance:
    """Change fields of the sitting."""
    return replace(dossier, seance=replace(dossier.seance, **champs))


def elu(dossier: DossierSeance, nom: str, **champs: Any) -> DossierSeance:
    """Change fields of one councillor’s attendance, by name."""
    assert any(p.nom == nom for p in dossier.seance.presences)
    return seance(
        dossier, presences=tuple(replace(p, **champs) if p.nom == nom else p for p in dossier.seance.presences)
    )


def numero(dossier: DossierSeance, nom: str) -> int:
    """Give the id of a councillor."""
    return next(p.elu_id for p in dossier.seance.presences if p.nom == nom)


def annexe(dossier: DossierSeance, texte: str, numero: int = 7) -> DossierSeance:
    """Give one joined annexe another text."""
    return replace(
        dossier, annexes=tuple(replace(a, texte=texte) if a.numero == numero else a for a in dossier.annexes)
    )


def constats(dossier: DossierSeance, code: str) -> list[Constat]:
    """List the findings of one rule."""
    return [constat for constat in controler(dossier) if constat.code == code]


def codes(trouves: Sequence[Constat]) -> set[str]:
    """List the codes found."""
    return {constat.code for constat in trouves}


def test_a_phase_without_a_fault_raises_nothing() -> None:
    assert controler(sain()) == ()


def test_the_real_case_raises_what_its_readers_would() -> None:
    trouves = controler(dossier_du_cas())
    assert bloquants(trouves) == 0
    assert {"DIS-01", "DIS-02", "PER-01", "POU-06", "SEA-05", "STR-01", "STR-02"} <= codes(trouves)


def test_every_control_has_its_own_code_a_title_and_a_source() -> None:
    tous = [controle.code for controle in CONTROLES]
    assert len(tous) == len(set(tous)) > 35
    assert all(controle.titre and controle.source for controle in CONTROLES)


def test_each_control_raises_its_own_code_only() -> None:
    vue = Vue(dossier_du_cas())
    for controle in CONTROLES:
        assert {constat.code for constat in controle.appliquer(vue)} <= {controle.code}


def test_the_gravest_come_first_then_by_code() -> None:
    trouves = controler(avec(dossier_du_cas(), 0, montant=-1, siret="18620009300084"))
    rangs = [(list(Gravite).index(constat.gravite), constat.code) for constat in trouves]
    assert rangs == sorted(rangs)
    assert trouves[0].gravite is Gravite.BLOQUANT


def test_many_lines_make_few_findings() -> None:
    trouves = controler(grand_dossier(3_000))
    assert len(trouves) < 60
    (doublon,) = [constat for constat in trouves if constat.code == "LIG-01"]
    assert len(doublon.cibles) == 3_000


def test_an_empty_phase_is_controlled_too() -> None:
    vide = replace(dossier_du_cas(), thematiques=(), budget=(), annexes=(), contexte="")
    vide = replace(vide, seance=replace(vide.seance, presences=(), jour=None))
    assert "SEA-06" in codes(controler(acte(vide, votes=(), visas=(), avis=(), issue=None)))


def test_names_are_cited_up_to_three() -> None:
    assert citer(["A", "A", "B"]) == "« A » et « B »"
    assert citer("ABCD") == "« A », « B », « C » et 1\u00a0autre"
    assert citer(["Dispositif « Accueil »"]) == "« Dispositif “Accueil” »"
    assert citer([]) == ""
