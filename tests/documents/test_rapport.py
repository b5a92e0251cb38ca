"""The President’s report: what is asked for follows the articles, in the first person, whatever the phase holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inclusion_desk.documents.articles_imprimes import _flat
from inclusion_desk.documents.blocks import BulletList, plain
from inclusion_desk.documents.lecture import read_pdf
from inclusion_desk.documents.rapport_variables import demander
from inclusion_desk.documents.textes import render_texte, sections, verify_texte
from inclusion_desk.domain.deliberations import ArticleSaisi, Rectification
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.refus import Refus
from tests.fabrique import avec_lignes, dossier_du_cas


def lu_de(dossier: DossierSeance) -> str:
    contenu = render_texte("rapport", dossier, "pdf")
    verify_texte("rapport", contenu, dossier, "pdf")
    return " ".join(read_pdf(contenu).split())


def test_the_report_s_typography_binds() -> None:
    brut = read_pdf(render_texte("rapport", dossier_du_cas(), "pdf"))
    for lie in (
        "712\u00a0000\u00a0€",
        "thématique\u00a01",
        "annexe\u00a04",
        "aux annexes\u00a05",
        "«\u00a0Solidarités",
    ):
        assert lie in brut


@pytest.mark.parametrize(
    ("article", "demande"),
    [
        ("D’autoriser le Président du Conseil départemental à signer.", "de m’autoriser à signer."),
        ("D'habiliter la Présidente à signer", "de m’habiliter à signer"),
        ("De valider le financement", "de valider le financement"),
        ("D’autoriser le Président de la région à signer", "d’autoriser le Président de la région à signer"),
        ("Décision", "Décision"),
        (
            "D’habiliter le Président à signer les conventions, dans les conditions exposées au rapport ci-joint.",
            "de m’habiliter à signer les conventions, dans les conditions que le présent rapport expose.",
        ),
        ("De suivre les conclusions du rapport ci-joint", "de suivre les conclusions du présent rapport"),
        ("D’approuver le rapport ci-annexé", "d’approuver le présent rapport"),
        (
            "D’arrêter l’annexe\u00a04 de la présente délibération et les annexes 5 et 6 de la présente délibération",
            "d’arrêter l’annexe\u00a04 et les annexes 5 et 6",
        ),
        ("De publier la présente délibération", "de publier la présente délibération"),
    ],
)
def test_an_article_becomes_a_request(article: str, demande: str) -> None:
    assert demander(article) == demande


def test_edited_articles_are_asked_for_with_their_entries() -> None:
    dossier = dossier_du_cas()
    articles = (
        ArticleSaisi("financement", 1, "D’approuver {thematique-1.montant} pour :\n\n- l’accueil ;\n- la suite."),
        ArticleSaisi("financement", 3, retire=True),
        ArticleSaisi("libre", None, "D’autoriser le Président du Conseil départemental à en rendre compte."),
        ArticleSaisi("imputation", None, "Les dépenses sont imputées comme suit :"),
    )
    lu = lu_de(replace(dossier, deliberation=replace(dossier.deliberation, articles=articles)))
    assert "d’approuver 712 000 € pour : – l’accueil ; – la suite ; •" in lu
    assert "de m’autoriser à en rendre compte ; •" in lu
    assert "d’approuver le financement de 2 dispositifs" not in lu
    assert "Les dépenses sont imputées comme suit" not in lu
    assert lu.count("selon le tableau ci-dessous.") == 1


def test_a_rewritten_decision_prints_its_figures_as_the_others_do() -> None:
    dossier = dossier_du_cas()
    articles = (ArticleSaisi("financement", 1, "D’approuver {thematique-1.montant}."),)
    dossier = replace(dossier, deliberation=replace(dossier.deliberation, articles=articles))
    listes = [bloc for bloc in _flat(sections("rapport", dossier)[0].blocks) if isinstance(bloc, BulletList)]
    demandes = [item.runs for liste in listes for item in liste.items if plain(item.runs).startswith("d’approuver")]
    edite, autre, _ = ([run.text for run in runs if run.bold] for runs in demandes)
    assert (edite, autre) == (["712\u00a0000\u00a0€"], ["2\u00a0dispositifs", "99\u00a0998\u00a0€"])


def test_a_correction_is_asked_for_last() -> None:
    dossier = dossier_du_cas()
    former = Rectification("2024-587", date(2024, 12, 9), "Appels à projets")
    lu = lu_de(replace(dossier, deliberation=replace(dossier.deliberation, rectifie=former)))
    assert "(projet appelé à remplacer la délibération n° 2024-587 du 9 décembre 2024)" in lu
    assert "ci-dessous ; • d’annuler et de remplacer la délibération n° 2024-587 du 9 décembre 2024" in lu


def test_one_thematique_is_singular_and_its_annexes_are_its_own() -> None:
    dossier = dossier_du_cas()
    une = replace(
        dossier, thematiques=dossier.thematiques[2:], budget=dossier.budget[2:], periodes="2e période de dépôt"
    )
    lu = lu_de(une)
    assert "au titre de la 2e période de dépôt conduit" in lu
    assert "Elles relèvent d’une thématique de l’appel à projets, que présente" in lu
    assert "1 dispositif, pour 59 220 € (annexes 1 et 2)." in lu


def test_what_is_free_is_said_to_be() -> None:
    dossier = dossier_du_cas()
    gratuit = avec_lignes(dossier, [ligne for ligne in dossier.lignes if not ligne.montant])
    lu = lu_de(replace(gratuit, budget=(), date_rapport_cadre=None, periodes=""))
    assert "1 dispositif, sans dépense nouvelle (annexes 1 et 2)" in lu
    assert "ci-dessous relèvent d’une thématique de l’appel à projets." in lu
    assert "s’élève à" not in lu
    assert "Incidence budgétaire" not in lu


def test_an_empty_phase_asks_for_nothing() -> None:
    dossier = dossier_du_cas()
    seance = replace(dossier.seance, jour=None, president="", lieu="")
    acte = replace(dossier.deliberation, numero="", avis=(), issue=None)
    lu = lu_de(replace(dossier, thematiques=(), budget=(), contexte="", seance=seance, deliberation=acte))
    assert "Aucun financement n’est proposé à ce stade." in lu
    for absent in ("Décisions", "Incidence", "Avis", "Contexte", "None"):
        assert absent not in lu
    assert "PROJET" in lu


def test_an_opinion_not_known_is_not_invented() -> None:
    dossier = dossier_du_cas()
    avis = (replace(dossier.deliberation.avis[0], sens=""), replace(dossier.deliberation.avis[1], sens="défavorable"))
    lu = lu_de(replace(dossier, deliberation=replace(dossier.deliberation, avis=avis)))
    assert "La 2e commission « Solidarités humaines », réunie le 25 novembre 2024, a examiné ce rapport." in lu
    assert "a rendu un avis défavorable." in lu


def test_the_report_of_another_budget_is_refused() -> None:
    dossier = dossier_du_cas()
    contenu = render_texte("rapport", dossier, "pdf")
    autre = replace(dossier, budget=(replace(dossier.budget[0], anterieur=1), *dossier.budget[1:]))
    with pytest.raises(Refus, match="8\u00a0589\u00a0449,99"):
        verify_texte("rapport", contenu, autre, "pdf")
