"""Conventions and avenants before any file format: articles, annexes, cost and parties, model by model."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from inclusion_desk.documents.actes import NOMS_ACTES, nom_fichier, sections, variables_de, verifier
from inclusion_desk.documents.actes_variables import variables
from inclusion_desk.documents.blocks import Block, Fields, Heading, headings_of, plain
from inclusion_desk.documents.texte_brut import texte_brut
from inclusion_desk.documents.textes_modeles import modele_livre
from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.modeles_actes import MODELES_ACTE
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.relecture_actes import relire
from tests.documents.fabrique_actes import (
    ASSOCIATION,
    DEPARTEMENT,
    MODELES,
    PAS_DE_CALAIS_ACTIF,
    acte,
    annexee,
    tranche,
)

COMMUNS = ["Objet de l’avenant", "Objet de la convention"]
FIN = ["Obligations de l’organisme", "Annexes", "Autres dispositions"]
TITRES = {
    "5": [*COMMUNS, "Coût de l’opération", *FIN],
    "6": [*COMMUNS, "Coût de l’opération", *FIN],
    "7": [*COMMUNS, *FIN],
    "8": [*COMMUNS, *FIN],
    "9": [*COMMUNS, "Période d’application de la convention", "Coût de l’opération", *FIN],
    "10": ["Objet de l’avenant", "Coût de l’opération", "Annexes", "Autres dispositions"],
}
MODIFIES = {
    "5": "les articles 1, 4, 8 et 12",
    "6": "les articles 1, 4, 8 et 12",
    "7": "les articles 1, 8 et 12",
    "8": "les articles 1, 8 et 12",
    "9": "les articles 1, 3, 4, 8 et 12",
    "10": "les articles 4 et 12",
}
AVENANTS = tuple(TITRES)


def lu_de(un: Acte, modele: str | None = None) -> str:
    """Read an act as plain text, its non-breaking spaces plain."""
    return " ".join(texte_brut(sections(un, modele=modele)).replace("\u00a0", " ").split())


def articles(un: Acte) -> list[tuple[int, str]]:
    titres = (plain(titre.runs).replace("\u00a0", " ") for titre in headings_of(sections(un)))
    trouves = (re.fullmatch(r"Article (\d+) – (.+)", titre) for titre in titres)
    return [(int(trouve[1]), trouve[2]) for trouve in trouves if trouve]


def blocks_of(un: Acte) -> list[Block]:
    return [block for section in sections(un) for block in section.blocks]


@pytest.mark.parametrize("modele", AVENANTS)
def test_an_avenant_numbers_its_articles_without_gap_nor_duplicate(modele: str) -> None:
    assert articles(acte(modele)) == list(enumerate(TITRES[modele], start=1))


@pytest.mark.parametrize("modele", AVENANTS)
def test_an_avenant_names_the_articles_it_amends(modele: str) -> None:
    lu = lu_de(acte(modele))
    assert f"Le présent avenant modifie {MODIFIES[modele]} de la convention n° {acte(modele).numero}" in lu
    for numero in MODELES_ACTE[modele].articles:
        assert re.search(rf"l’article {numero}\b", lu)


def test_a_convention_keeps_the_numbers_that_avenants_amend() -> None:
    numerotes = dict(articles(acte("convention")))
    assert list(numerotes) == list(range(1, 14))
    assert {n: numerotes[n] for n in (1, 3, 4, 8, 12)} == {
        1: "Objet de la convention",
        3: "Période d’application de la convention",
        4: "Coût de l’opération",
        8: "Obligations de l’organisme",
        12: "Annexes",
    }


def test_the_tenth_obligation_follows_nine() -> None:
    brut = texte_brut(sections(acte("convention")))
    avant, _, suite = brut.partition("8-1 – Obligations générales")
    assert avant
    assert re.findall(r"^(\d+)\. ", suite.partition("Article 9")[0], re.MULTILINE) == [str(n) for n in range(1, 10)]
    assert "« 10. Se servir des outils" in lu_de(acte("5"))


@pytest.mark.parametrize("modele", MODELES)
def test_annexes_announced_are_those_that_follow(modele: str) -> None:
    un = acte(modele)
    brut = texte_brut(sections(un)).replace("\u00a0", " ")
    annoncees = re.findall(r"^- annexe (\d+) : « (.+) »[ ;.]+$", brut, re.MULTILINE)
    suivantes = re.findall(r"^Annexe (\d+) – (.+)$", brut, re.MULTILINE)
    assert annoncees == suivantes
    assert [int(n) for n, _ in suivantes] == sorted(MODELES_ACTE[modele].annexes)


@pytest.mark.parametrize("modele", MODELES)
def test_each_sheet_begins_a_section_under_its_heading_and_the_name_of_the_structure(modele: str) -> None:
    un = acte(modele)
    _, *annexes = sections(un)
    assert len(annexes) == len(un.fiches)
    for annexe in annexes:
        titre, nom, fiche = annexe.blocks
        assert isinstance(titre, Heading)
        assert texte_brut((nom,)) == un.beneficiaire.nom
        assert isinstance(fiche, Fields)
        assert annexe.footer.replace("\u00a0", " ").startswith("Annexe ")


@pytest.mark.parametrize("modele", MODELES)
def test_the_proof_reader_has_nothing_to_say(modele: str) -> None:
    un = acte(modele)
    pages = re.search(r"comprend (\d+) pages", lu_de(un))
    assert pages
    assert relire(
        texte_brut(sections(un)), avenant=un.avenant, noms=(un.beneficiaire.nom,), pages=int(pages[1])
    ) == ()  # fmt: skip


@pytest.mark.parametrize("modele", MODELES)
def test_nothing_is_left_blank_but_the_day_of_the_signature(modele: str) -> None:
    lu = lu_de(acte(modele))
    assert lu.replace("À Arras, le ……………………", "", 1).count("…") == 0
    for absent in ("XX", "xx", "None", "Signé ", "{{", "()"):
        assert absent not in lu


def test_the_cost_says_the_maximum_for_the_term() -> None:
    lu = lu_de(acte("6"))
    assert "« Le coût total de l’opération, pour la durée de la convention (du 1er janvier 2024 au 31" in lu
    assert "est plafonné à 354 400 €. » Les autres alinéas de l’article sont maintenus." in lu
    assert "apporte une participation nouvelle de 88 000 € ;" in lu


def test_an_act_without_new_money_says_that_the_maximum_does_not_change() -> None:
    lu = lu_de(acte("5"))
    assert "est plafonné à 266 400 €. » Ce plafond est celui que la convention prévoyait" in lu
    assert "n’apporte pas de participation financière nouvelle" in lu
    assert "0 €" not in lu.replace("266 400 €", "")
    assert "Sans participation financière nouvelle" in lu


@pytest.mark.parametrize("modele", ["5", "9", "10", "convention"])
def test_an_act_without_any_money_says_so(modele: str) -> None:
    fiches = tuple(replace(une, montants=(), versements=()) for une in acte(modele).fiches)
    gratuit = acte(modele, fiches=fiches, tranches=())
    lu = lu_de(gratuit)
    assert "La convention n’emporte pas de participation financière du Département." in lu
    assert "€" not in lu
    assert "plafond" not in lu


def test_periods_that_follow_one_another_share_the_cost() -> None:
    lu = lu_de(acte("9"))
    assert "est plafonné à 138 300 €, ainsi répartis : - du 1er janvier au 31 décembre 2024 : 92 200 € au maximum" in lu
    assert "- du 1er janvier au 30 juin 2025 : 46 100 € au maximum. » Les autres alinéas" in lu
    assert "en complément" not in lu
    assert "« La convention s’applique du 1er janvier 2024 au 30 juin 2025 inclus." in lu
    assert "La tacite reconduction est exclue. »" in lu
    assert "porter le terme de la convention au 30 juin 2025" in lu


def test_a_period_that_adds_to_another_is_said_to() -> None:
    lu = lu_de(acte("10"))
    assert "plafonné à 418 076,74 €, ainsi répartis : - du 1er juillet 2023 au 31 décembre 2025 : 338 226,74 €" in lu
    assert "- du 1er janvier au 31 décembre 2025, en complément : 79 850 € au maximum." in lu
    assert "Les autres alinéas" not in lu
    assert "sont remis dans les délais prévus en annexe. »" in lu


def test_amounts_of_one_act_and_period_are_one() -> None:
    un = acte("9")
    deux = (*un.tranches, tranche(1, date(2025, 1, 1), date(2025, 6, 30), 100))
    assert "- du 1er janvier au 30 juin 2025 : 46 101 € au maximum" in lu_de(replace(un, tranches=deux))


def test_one_period_is_not_shared_out() -> None:
    seule = lu_de(acte("9", tranches=(tranche(0, date(2024, 1, 1), date(2025, 6, 30), 100_00),)))
    assert "est plafonné à 100 €. » Ce plafond" in seule
    assert "ainsi répartis" not in seule


@pytest.mark.parametrize(
    ("modele", "attendu"),
    [
        (
            "5",
            "L’annexe 2, que mentionne l’article 12 de la convention sous le titre « Dynamisation des parcours : acc",
        ),
        ("6", "est supprimée et remplacée par les annexes suivantes, jointes au présent avenant : - annexe 2 :"),
        ("8", "Les annexes 2 et 3, que mentionne l’article 12"),
        ("8", "sont supprimées et remplacées par l’annexe suivante, jointe au présent avenant : - annexe 2 :"),
        ("9", "sous le titre « Accompagnement professionnel des BRSA dans le PLIE », est supprimée"),
        ("10", "L’annexe 2, que mentionne l’article 12 de la convention, est supprimée et remplacée par l’annexe"),
    ],
)
def test_the_annexes_replaced_are_agreed_with_their_number(modele: str, attendu: str) -> None:
    assert attendu in lu_de(acte(modele))


def test_the_law_is_cited_where_the_model_follows_it() -> None:
    loi = "Vu la loi n° 2023-1196 du 18 décembre 2023 pour le plein emploi ;"
    assert all((loi in lu_de(acte(modele))) == (modele != "10") for modele in AVENANTS)
    assert "15 heures hebdomadaires" in lu_de(acte("9"))
    assert "15 heures hebdomadaires" not in lu_de(replace(acte("10"), fiches=()))


@pytest.mark.parametrize(
    ("imputation", "cite"),
    [
        ("6568/93446", ", notamment ses articles L.262-1 et suivants ;"),
        ("6568/93444", ", notamment ses articles L.262-1 et suivants ;"),
        ("6568/93428", ", notamment son article L.263-3 ;"),
        ("6568/9358", " ;"),
    ],
)
def test_a_convention_cites_the_law_of_what_it_pays(imputation: str, cite: str) -> None:
    une = acte("convention")
    une = replace(une, tranches=tuple(replace(t, imputation=imputation) for t in une.tranches))
    assert f"Code de l’action sociale et des familles{cite}" in lu_de(une)


def test_an_avenant_without_a_sheet_keeps_the_annexes() -> None:
    lu = lu_de(acte("6", fiches=()))
    assert "Les annexes de la convention sont maintenues." in lu
    assert "qui contribue à la mise en œuvre de l’opération que les annexes décrivent." in lu
    assert re.search(r"comprend \d pages\.", lu)
    assert "Aucune annexe n’est jointe à la convention." in lu_de(acte("convention", fiches=()))


def test_the_parties_are_named_with_what_entitles_them_to_sign() -> None:
    lu = lu_de(acte("10"))
    assert (
        "le Département du Pas-de-Calais, ayant son siège Hôtel du Département, rue Ferdinand Buisson, 62018 Arras "
        "Cedex 9, représenté par le Président du Conseil départemental, Jean-Claude LEROY, dûment habilité par la "
        "délibération n° 2024-587 de la Commission permanente du 9 décembre 2024, ci-après désigné"
    ) in lu
    assert (
        "Pas-de-Calais Actif, groupement d’intérêt public, ayant son siège 23 rue du 11 Novembre, 62300 Lens, inscrit "
        "au répertoire Sirene sous le numéro SIRET 186 200 093 00083, représenté par sa Présidente, Françoise VASSEUR, "
        "dûment habilitée par la délibération du 1er octobre 2021, ci-après désigné « l’organisme », d’autre part,"
    ) in lu


def test_an_association_is_feminine_whatever_its_president() -> None:
    lu = lu_de(acte("5"))
    assert "association, ayant son siège 1 rue de l’Exemple, 62000 Arras, inscrite au répertoire" in lu
    assert "représentée par son Président, Camille EXEMPLE-01, dûment habilité par" in lu
    assert "ci-après désignée « l’organisme »" in lu


@pytest.mark.parametrize(
    ("qualite", "attendu", "titre"),
    [
        ("Présidente", "par sa Présidente, Dominique ICI, dûment habilitée par la", "La Présidente,"),
        ("directeur général", "par son directeur général, Dominique ICI, dûment habilité par", "Le directeur général,"),
        ("administratrice", "par son administratrice, Dominique ICI, dûment habilitée", "L’administratrice,"),
        ("Directrice du pôle", "par la Directrice du pôle, Dominique ICI, dûment habilitée", "La Directrice du pôle,"),
        ("Maire", "par Dominique ICI, maire, agissant en vertu de la délibération", "Maire,"),
        ("", "par Dominique ICI, agissant en vertu de la délibération", "Pour l’organisme Pas-de-Calais Actif, ("),
    ],
)
def test_words_agree_with_the_quality_of_who_signs(qualite: str, attendu: str, titre: str) -> None:
    qui = replace(PAS_DE_CALAIS_ACTIF, representant="Dominique ICI", qualite=qualite)
    lu = lu_de(acte("10", beneficiaire=qui))
    assert f"représenté {attendu}" in lu
    assert titre in lu


def test_who_signs_by_delegation_is_told_from_the_president() -> None:
    delegue = lu_de(acte("10"))
    assert (
        "Pour le Département du Pas-de-Calais et par délégation, La Directrice des Politiques d’Inclusion Durable, "
        "Sabine DESPIERRE"
    ) in delegue
    assert "Pour l’organisme Pas-de-Calais Actif, La Présidente, (signature et cachet) Françoise VASSEUR" in delegue
    president = lu_de(acte("10", departement=replace(DEPARTEMENT, signataire="", qualite_signataire="")))
    assert "par délégation" not in president
    fin = "Pour le Département du Pas-de-Calais, Le Président du Conseil départemental, Jean-Claude LEROY"
    assert fin in president.rpartition("Fait en")[2]


def test_what_is_not_known_yet_is_left_to_be_filled_in() -> None:
    inconnu = replace(
        PAS_DE_CALAIS_ACTIF, forme="Autre", siret="", adresse="", code_postal="", commune="", representant="",
        qualite="", date_deliberation=None,
    )  # fmt: skip
    departement = replace(DEPARTEMENT, siege="", lieu="", pole="")
    lu = lu_de(
        acte("10", beneficiaire=inconnu, departement=departement, autorisation=None, convention_signee_le=None,
             convention_objet="")
    )  # fmt: skip
    assert "Pas-de-Calais Actif, ayant son siège ………, inscrit" in lu.replace("…" * 8, "………")
    assert "None" not in lu
    assert ", ," not in lu
    assert "ayant pour objet" not in lu


def test_a_convention_asks_what_the_law_asks_of_each_legal_form() -> None:
    public, prive = lu_de(acte("convention")), lu_de(acte("convention", beneficiaire=ASSOCIATION))
    assert "Contrat d’engagement républicain" not in public
    assert not [loi for loi in ("loi n° 2000-321", "L.1611-4") if loi in public or loi not in prive]
    assert "8-2 – Contrat d’engagement républicain" in prive
    assert "ses articles 10 et 10-1 ;" in prive
    assert "dans les six mois qui suivent la fin de l’exercice" in prive
    entreprise = lu_de(acte("convention", beneficiaire=replace(ASSOCIATION, forme="Entreprise")))
    assert "notamment son article 10 ;" in entreprise
    assert "Contrat d’engagement" not in entreprise
    for attendu in ("tribunal administratif de Lille", "règlement (UE) 2016/679", "C02-446A05 (imputation 6568/93446)"):
        assert attendu in public


def test_a_convention_of_several_periods_and_sheets_agrees_its_words() -> None:
    un = acte("convention")
    fiches = (*un.fiches, annexee(3, "faj", (100_00,)))
    tranches = (*un.tranches, tranche(0, date(2026, 1, 1), date(2026, 12, 31), 100_00))
    lu = lu_de(replace(un, fiches=fiches, tranches=tranches, fin=date(2026, 12, 31)))
    assert "des opérations énumérées ci-après" in lu
    assert "sont décrits aux annexes 2 et 3" in lu
    assert "plafonné à 65 100 €, ainsi répartis" in lu
    assert "en complément" not in lu
    assert "Les annexes suivantes font partie intégrante" in lu


@pytest.mark.parametrize("modele", ["9", "convention"])
def test_every_variable_is_described_and_none_is_invented(modele: str) -> None:
    un = acte(modele, tranches=acte("9").tranches)
    valeurs = variables(un)
    connues = set(valeurs)
    for nom, valeur in valeurs.items():
        premier = valeur[0] if isinstance(valeur, list) else valeur
        connues |= {f"{nom}.{sous}" for sous in premier} if isinstance(premier, dict) else set()
    decrites = variables_de("avenant" if un.avenant else "convention")
    assert set(decrites) == connues
    assert all(phrase and not phrase.endswith(".") for phrase in decrites.values())


@pytest.mark.parametrize("nom", NOMS_ACTES)
def test_our_templates_keep_to_the_language_and_to_what_is_described(nom: str) -> None:
    verifier(nom, modele_livre(nom))
    with pytest.raises(Refus, match="ligne 1"):
        verifier(nom, "{{ inconnue }}")


def test_a_template_of_the_users_own_is_used_instead_of_ours() -> None:
    propre = "# Titre à nous\n\n{{ numero }}\n"
    assert lu_de(acte("10"), propre).startswith("Titre à nous 2024-01213 Annexe 2 –")
    assert lu_de(acte("10", source=propre)) == lu_de(acte("10"), propre)
    assert lu_de(acte("10", source="autre"), propre) == lu_de(acte("10"), propre)


def test_hostile_texts_are_printed_as_they_are() -> None:
    mechant = "**gras** {{ 7 * 7 }} <b>X</b> {% raw %} # titre | ~~~"
    un = acte("5", beneficiaire=replace(ASSOCIATION, nom=mechant), objet=mechant, convention_objet=mechant)
    (fiche,) = un.fiches
    hostile = replace(fiche, fiche=replace(fiche.fiche, titre=mechant, public=mechant), territoire=mechant)
    lu = lu_de(replace(un, fiches=(hostile,)))
    assert lu.count(mechant) >= 8
    assert "49" not in lu


def test_files_are_named_so_that_those_of_a_convention_sort_together() -> None:
    assert nom_fichier(acte("10"), "pdf") == "2024-01213-avenant-1-pas-de-calais-actif.pdf"
    assert nom_fichier(acte("convention"), ".DOCX") == "2025-00001-convention-ccas-de-lievin.docx"
    long = nom_fichier(acte("10", beneficiaire=replace(PAS_DE_CALAIS_ACTIF, nom="Œuvre d’été " * 20)), "docx")
    assert long.startswith("2024-01213-avenant-1-oeuvre-d-ete-oeuvre-")
    assert long.endswith(("-oeuvre.docx", "-ete.docx", "-d.docx"))
    assert len(long) <= 80


def test_naming_acts_and_their_variables_loads_neither_reportlab_nor_jinja() -> None:
    code = (
        "import sys, inclusion_desk.documents.actes as a; a.variables_de('avenant');"
        "sys.exit(bool({'reportlab', 'jinja2', 'docx', 'pypdfium2'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
