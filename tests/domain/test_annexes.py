"""Annexes: numbered from what the phase proposes, cited as a sentence does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inclusion_desk.domain.annexes import (
    annexes_avenants,
    citer,
    libelle_modele,
    modeles_sans_annexe,
    numero_repartition,
    numero_thematique,
    thematiques_annexees,
)
from inclusion_desk.domain.deliberations import AnnexeJointe
from inclusion_desk.domain.dossier import DossierSeance
from tests.fabrique import avec_lignes, dossier_du_cas


def joindre(dossier: DossierSeance, *modeles: tuple[int, str | None]) -> DossierSeance:
    return replace(dossier, annexes=tuple(AnnexeJointe(n, f"Annexe {n}", "Texte", modele) for n, modele in modeles))


def sans(numero: int) -> DossierSeance:
    """Give the case with a thématique that proposes nothing."""
    dossier = dossier_du_cas()
    return replace(
        dossier,
        thematiques=tuple(replace(t, operations=()) if t.numero == numero else t for t in dossier.thematiques),
    )


def test_the_case_has_three_annexes_by_thematique_then_the_breakdown() -> None:
    dossier = dossier_du_cas()
    assert [(n, t.numero) for n, t in thematiques_annexees(dossier)] == [(1, 1), (2, 3), (3, 4)]
    assert [numero_thematique(dossier, t) for t in (1, 2, 3, 4)] == [1, None, 2, 3]
    assert numero_repartition(dossier) == 4


def test_a_thematique_that_proposes_nothing_has_no_annexe_and_the_next_take_its_number() -> None:
    assert [(n, t.numero) for n, t in thematiques_annexees(sans(1))] == [(1, 3), (2, 4)]
    assert numero_thematique(sans(1), 1) is None
    assert numero_repartition(sans(1)) == 3


def test_a_phase_without_lines_has_the_breakdown_alone() -> None:
    assert numero_repartition(replace(dossier_du_cas(), thematiques=())) == 1


def test_only_the_models_that_lines_use_are_joined_in_the_order_of_their_numbers() -> None:
    dossier = dossier_du_cas()
    ligne = replace(dossier.lignes[0], acte="avenant", modele="10")
    deux = avec_lignes(dossier, [ligne, replace(ligne, modele="5"), replace(ligne, acte="convention", modele="6")])
    joint = joindre(deux, (10, "10"), (6, "6"), (11, None), (5, "5"))
    assert [a.numero for a in annexes_avenants(joint)] == [5, 10]
    assert modeles_sans_annexe(joint) == ()


def test_models_used_without_a_joined_text_are_told() -> None:
    dossier = dossier_du_cas()
    assert modeles_sans_annexe(replace(dossier, annexes=())) == dossier.modeles_avenant
    premier, *autres = dossier.modeles_avenant
    assert modeles_sans_annexe(joindre(dossier, (int(premier), premier))) == tuple(autres)


@pytest.mark.parametrize(
    ("numeros", "phrase"),
    [
        ((), ""),
        ((5,), "à l’annexe 5"),
        ([5, 6], "aux annexes 5 et 6"),
        ((5, 6, 10), "aux annexes 5, 6 et 10"),
    ],
)
def test_annexes_are_cited_as_a_sentence_does(numeros: tuple[int, ...] | list[int], phrase: str) -> None:
    assert citer(numeros) == phrase


def test_the_model_of_a_line_is_named_by_the_annexe_that_holds_it() -> None:
    dossier = dossier_du_cas()
    avenant = next(ligne for ligne in dossier.lignes if ligne.modele == "5")
    convention = next(ligne for ligne in dossier.lignes if ligne.acte == "convention")
    assert libelle_modele(dossier, avenant) == "Annexe 5"
    assert libelle_modele(dossier, convention) == ""
    deplacees = tuple(replace(a, numero=a.numero + 1) for a in dossier.annexes)
    assert libelle_modele(replace(dossier, annexes=deplacees), avenant) == "Annexe 6"
    assert libelle_modele(replace(dossier, annexes=()), avenant) == "Annexe 5"
