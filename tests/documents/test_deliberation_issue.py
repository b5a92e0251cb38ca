"""The end of a deliberation: what the sitting changed, then vote, outcome and signatures on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

import pypdfium2
import pytest

from inclusion_desk.documents.blocks import KeepTogether, Signatures, Table
from inclusion_desk.documents.deliberation import deliberation_blocks, render_deliberation
from inclusion_desk.documents.textes import render_texte, verify_texte
from inclusion_desk.domain.deliberations import ArticleSaisi, Deliberation
from inclusion_desk.domain.dossier import DossierSeance, Ligne
from tests.domain.test_modifications import lignes
from tests.fabrique import dossier_du_cas

FORMATS: tuple[Literal["pdf", "docx"], ...] = ("pdf", "docx")


def acte(**champs: object) -> DossierSeance:
    dossier = dossier_du_cas()
    deliberation: Deliberation = replace(dossier.deliberation, **champs)  # type: ignore[arg-type]
    return replace(dossier, deliberation=deliberation)


def pages(contenu: bytes) -> list[str]:
    with pypdfium2.PdfDocument(contenu) as lu:
        return [" ".join(feuille.get_textpage().get_text_range().split()) for feuille in lu]


@pytest.mark.parametrize("visas", range(0, 30, 3))
def test_signatures_never_stand_alone_on_their_page(visas: int) -> None:
    """Whatever stands before, the vote and its outcome are on the page that is signed."""
    modele = dossier_du_cas().deliberation.visas[0]
    lues = pages(render_deliberation(acte(visas=(modele,) * visas)))
    (signee,) = (page for page in lues if "Fait à Arras" in page)
    assert "Pour : 29 voix" in signee
    assert "Adopté" in signee


def _cadres(dossier: DossierSeance) -> list[tuple[str, bool]]:
    (ensemble,) = (
        bloc
        for bloc in deliberation_blocks(dossier)
        if isinstance(bloc, KeepTogether) and isinstance(bloc.blocks[-1], Signatures)
    )
    signatures = ensemble.blocks[-1]
    assert isinstance(signatures, Signatures)
    return [(qui.name, qui.box) for qui in signatures.signatories]


def test_the_president_has_room_to_sign_unless_somebody_signs_instead() -> None:
    assert _cadres(acte(signataire="")) == [("Jean-Claude LEROY", True)]
    assert _cadres(acte()) == [("Jean-Claude LEROY", False), ("Maryline VINCLAIRE", True)]


def test_a_project_holds_no_outcome() -> None:
    lu = " ".join(pages(render_deliberation(acte(issue=None))))
    assert "Pour : 29 voix" in lu
    assert "Fait à" not in lu


EDITE = ArticleSaisi("financement", 1, "D’approuver le financement de la thématique 1 sous réserve.")
PROPOSE = ("Il est proposé", "que propose la phase", "Propositions 20", "proposées au bénéfice")


def amende(*articles: ArticleSaisi, change: Callable[[Ligne], Ligne | None] = lambda ligne: ligne) -> DossierSeance:
    """Adopt the case with changes."""
    vote = lignes(acte(issue="modifie", articles=articles), change)
    return replace(vote, propose=acte(issue=None))


def tableau_de(dossier: DossierSeance) -> list[tuple[str, ...]]:
    tables = [bloc for bloc in deliberation_blocks(dossier) if isinstance(bloc, Table) and bloc.header[-1] == "Voté"]
    return [ligne for table in tables for ligne in table.rows]


def test_changed_lines_are_set_out_as_proposed_and_as_voted_to_the_cent() -> None:
    une, autre, derniere = dossier_du_cas().lignes[8], dossier_du_cas().lignes[9], dossier_du_cas().lignes[-1]

    def change(ligne: Ligne) -> Ligne | None:
        if ligne == une:
            return replace(ligne, montant=ligne.montant - 1)
        if ligne == autre:
            return replace(ligne, volume=1, etp=150, fin=date(2026, 1, 31), territoire="Calaisis")
        return None if ligne == derniere else ligne

    vote = amende(change=change)
    assert tableau_de(vote) == [
        (
            une.structure,
            "Accompagnement équilibré social-professionnel",
            "39\u00a0193,00\u00a0€",
            "39\u00a0192,99\u00a0€",
        ),
        (
            autre.structure,
            "Accompagnement équilibré social-professionnel",
            "41\u00a0499,00\u00a0€\nArtois\n198\u00a0places\n3,6\u00a0ETP\ndu 01/01/2025\nau 30/06/2025",
            "41\u00a0499,00\u00a0€\nCalaisis\n1\u00a0place\n1,5\u00a0ETP\ndu 01/01/2025\nau 31/01/2026",
        ),
        (derniere.structure, "4.1 – Projets collectifs jeunesse – FAJ collectif", "27\u00a0720,00\u00a0€", "Retiré"),
        ("Total de la phase", "", "871\u00a0218,00\u00a0€", "843\u00a0497,99\u00a0€"),
    ]
    for format_ in FORMATS:
        verify_texte("deliberation", render_texte("deliberation", vote, format_), vote, format_)
    inverse = replace(replace(vote, propose=None), deliberation=acte(issue="modifie").deliberation)
    ajoutee = tableau_de(replace(acte(issue="modifie"), propose=inverse))[-2]
    assert ajoutee[2:] == ("Non proposé", "27\u00a0720,00\u00a0€")


def test_two_lines_of_one_structure_are_told_apart_by_their_territory() -> None:
    une = dossier_du_cas().lignes[8]
    jumelle = {dossier_du_cas().lignes[9].proposition_id}

    def change(ligne: Ligne) -> Ligne:
        pareille = replace(ligne, structure_id=une.structure_id, structure=une.structure)
        return pareille if ligne.proposition_id in jumelle else replace(ligne, montant=ligne.montant and 1)

    assert tableau_de(amende(change=change))[0][0] == f"{une.structure}\n{une.territoire}"


def test_changed_texts_are_named_in_the_act() -> None:
    vote = amende(EDITE)
    lu = " ".join(pages(render_deliberation(vote)))
    assert "Par rapport au projet inscrit à l’ordre du jour, l’article 1 est modifié ; la présente" in lu
    assert tableau_de(vote) == []
    rapport = render_texte("rapport", vote, "pdf")
    verify_texte("rapport", rapport, vote, "pdf")
    assert "sous réserve" not in " ".join(pages(rapport))


def test_annexes_say_what_was_voted_once_the_sitting_changed_it() -> None:
    vote = amende(EDITE)
    for nature in ("annexes", "annexe-4"):
        voulu, sinon = (" ".join(pages(render_texte(nature, d, "pdf"))) for d in (vote, acte()))
        assert [mots for mots in PROPOSE if mots in voulu] == []
        assert [mots for mots in PROPOSE if mots in sinon] != []
    vides = replace(vote, thematiques=(), budget=())
    lus = [" ".join(pages(render_texte(nature, vides, "pdf"))) for nature in ("annexes", "annexe-4")]
    assert ["Aucun dispositif n’est retenu" in lus[0], "Aucune ligne n’est votée" in lus[1]] == [True, True]


@pytest.mark.parametrize("issue", ["adopte", "rejete"])
def test_other_outcomes_say_nothing_of_changes(issue: str) -> None:
    dossier = replace(acte(issue=issue, articles=(EDITE,)), propose=acte(issue=None))
    assert "Modifications adoptées" not in " ".join(pages(render_deliberation(dossier)))
