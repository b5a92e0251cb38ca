"""The sheets of the case: each fact of those it prints, worded as an act is, and nothing that depends on one act."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest

from inclusion_desk.domain.codes import RUBRIQUES
from inclusion_desk.domain.fiches import Indicateur, read_indicateurs
from inclusion_desk.domain.text import LONGUEUR_MAX, clean_texte
from inclusion_desk.domain.textes_controles import REGLES_STRUCTURE
from inclusion_desk.domain.textes_controles_fautes import REGLES_FAUTES
from inclusion_desk.domain.textes_controles_figures import REGLES_FIGURES, styles_dates
from inclusion_desk.resources import resource
from inclusion_desk.services.cas import lire_cas

REGLES = (*REGLES_STRUCTURE, *REGLES_FAUTES, *REGLES_FIGURES)
TOUJOURS = ("public", "objectifs", "deroulement", "financement", "versement", "bilan")
REELLES = {"accueil": 7, "equilibre": 5, "independants": 7}
"""The sheets that the case prints, and how many indicators each sets."""
FAITS = {
    "accueil": """
        nouvel entrant | diagnostic IA | corde de rappel | décision d’opportunité | 6 semaines au plus | les 10 jours
        un seul rendez-vous | présence physique est obligatoire | Néogestion | diagnostic à 360 degrés
        plateforme d’orientation | les droits et les obligations | SLAI | les plus brefs délais
        diplôme de travailleur social | 5 ans au moins | situations complexes | rigueur | force de proposition
        coût d’un ETP | 400 diagnostics | financements de 2024 | trois versements | à la signature de la convention
        1er janvier au 31 décembre 2024 | 1er janvier au 31 décembre 2025 | bilan intermédiaire transmis
        solde définitivement | premier semestre 2026 | opération de 24 mois | 31 mars 2025 | 31 mars de l’année N+1
        comité de pilotage | au moins une fois par an | comités de suivi | part qualitative | contrats de travail
        attestations de formation | Nombre d’accueils | Nombre de bénéficiaires | nouveaux entrants orientés
        dans un délai de 6 semaines | Délai moyen du premier rendez-vous | Nombre de diagnostics
        Propositions d’orientation
    """,
    "equilibre": """
        Pas-de-Calais | droit au RSA est ouvert | freins périphériques | dans l’année | sortie positive
        accès à ses droits | offre de services | demandeur d’emploi (DE) | 15 heures hebdomadaires au minimum
        chaque semaine | entretiens individuels | confidentialité | permanences | milieu rural | actions collectives
        réseau associatif | Monjob62 | Néogestion | Neojob | CV, offres | Neoinsertion | prévu pour 2025
        Suivi Intensité Accompagnement (SIA) | Académie France Travail | portail de l’usager
        De 55 à 70 personnes par ETP | loi du 18 décembre 2023 | trois phases | 15 jours au plus
        un rendez-vous physique au moins | dans les 15 jours | diagnostic à 360 degrés | droits et devoirs
        actualisation auprès de France Travail | savoir-être | savoir-faire | Contrat d’Engagement Unique
        12 rendez-vous physiques | plan d’action | « hors les murs » | visioconférence | SMS | courriel
        mesure de sanction | bilan final | obligatoire | actualisé une dernière fois | renouvelé | 6 mois
        renouvelable une fois pour 6 mois | au terme des 12 mois | SLAI | parcours de France Travail
        remobilisation sociale | (CIP) | (CISP) | 5 ans au moins | par courriel | CV joint, au siège et au SLAI
        part quantitative, pour 50 % | part qualitative, pour 50 % | avance à la signature | solde annuel
        Dans les 6 mois qui suivent | 15 heures au moins | Taux de contractualisation | Taux de sorties à 12 mois
        Qualité des Contrats d’Engagement Unique
    """,
    "independants": """
        moins de 26 ans | gérants majoritaires | minoritaires ou égalitaires | SARL, SA, EURL, SNC, SCP
        entrepreneurs individuels | auto-entrepreneurs | SAS | SASU | Initiative économique | Conseil régional
        deux phases | Contrat d’Engagement Réciproque Professionnel (CERP) | viabilité | (3 mois) | CERP n° 1
        3 entretiens | les atouts et les faiblesses | opportunités | menaces | deux préconisations | (18 mois au plus)
        3, 6, 9 ou 12 mois | Après 12 mois | dernière fois, pour 6 mois | communication | comptabilité
        niches d’activité porteuses | recherche de locaux | sort d’office | (6 mois au plus) | 3 ou 6 mois | radiation
        récépissé | SLAI | deuil | une fois par mois | peut en justifier | 21 mois au plus | emploi salarié
        fonctions supports | temps complet | Fonds social européen plus (FSE+) | Fonds pour une transition juste (FTJ)
        30 % au minimum | service instructeur | taux forfaitaire de 40 % | de compensation | les 3 années
        hors bassin minier | part du Département de 40 % | apport du Département de 30 % | Artois | Lens-Liévin
        Hénin-Carvin | contrepartie publique | MDFSE+ | avance | année N+1 | sur production du bilan final
        dans les 3 mois qui suivent | 60 % à la signature de l’avenant | versement du solde de 40 %
        3 mois après la fin effective | bénéfice a augmenté | entreprises radiées | sortis du RSA
        Nombre de bénéficiaires orientés | Nombre de diagnostics réalisés | accompagnements au développement réalisés
        démarches d’insertion professionnelle | impact financier
    """,
}
"""What the case’s sheets say (l.500-686, 1026-1330 and 3072-3306), in a few words each."""


@cache
def fiches() -> dict[str, dict[str, Any]]:
    lues: list[dict[str, Any]] = json.loads(resource("cas/fiches.json").read_text(encoding="utf-8"))
    return {fiche["dispositif"]: fiche for fiche in lues}


def texte(fiche: dict[str, Any]) -> str:
    """Read a whole sheet as one text."""
    indicateurs = "\n".join(f"- {' = '.join(filter(None, i.values()))}" for i in fiche["indicateurs"])
    return "\n\n".join([fiche["titre"], *(fiche[nom] for nom in RUBRIQUES if fiche[nom]), indicateurs])


def faits(cle: str) -> list[str]:
    return [fait for ligne in FAITS[cle].split("\n") for fait in map(str.strip, ligne.split("|")) if fait]


DISPOSITIFS = [dispositif["cle"] for dispositif in lire_cas()["dispositifs"]]


def test_each_dispositif_of_the_case_has_one_sheet() -> None:
    assert list(fiches()) == DISPOSITIFS
    assert len(json.loads(resource("cas/fiches.json").read_text(encoding="utf-8"))) == len(DISPOSITIFS)


@pytest.mark.parametrize("cle", DISPOSITIFS)
def test_a_sheet_has_the_rubriques_in_their_order(cle: str) -> None:
    fiche = fiches()[cle]
    assert list(fiche) == ["dispositif", "titre", *RUBRIQUES, "indicateurs"]
    assert all(fiche[nom] for nom in TOUJOURS)
    assert all(list(i) == ["libelle", "cible"] and i["libelle"] for i in fiche["indicateurs"])
    assert 3 <= len(fiche["indicateurs"]) <= 7


@pytest.mark.parametrize("cle", DISPOSITIFS)
def test_the_title_of_a_sheet_is_that_of_its_dispositif(cle: str) -> None:
    intitules = {d["cle"]: d["intitule"] for d in lire_cas()["dispositifs"]}
    assert fiches()[cle]["titre"] == intitules[cle]


@pytest.mark.parametrize("cle", DISPOSITIFS)
def test_a_sheet_could_be_typed_as_it_is(cle: str) -> None:
    fiche = fiches()[cle]
    assert clean_texte(fiche["titre"], "Le titre", "titre", maximum=250) == fiche["titre"]
    for nom, libelle in RUBRIQUES.items():
        assert clean_texte(fiche[nom], libelle, nom, maximum=LONGUEUR_MAX, lignes=True) == fiche[nom]
    lignes = "\n".join(" = ".join(filter(None, i.values())) for i in fiche["indicateurs"])
    assert read_indicateurs(lignes) == tuple(Indicateur(**i) for i in fiche["indicateurs"])


@pytest.mark.parametrize("cle", DISPOSITIFS)
def test_the_linter_has_nothing_to_say_of_a_sheet(cle: str) -> None:
    lu = texte(fiches()[cle])
    assert [phrase for regle in REGLES for phrase in regle.relever(lu)] == []
    assert set(styles_dates(lu)) <= {"en toutes lettres"}


@pytest.mark.parametrize("cle", DISPOSITIFS)
def test_a_sheet_leaves_to_the_act_what_depends_on_it(cle: str) -> None:
    lu = texte(fiches()[cle])
    assert not re.search(r"€|\beuros?\b|C\d{2}-\d{3}|\bchapitre|\b[Xx]{2,}|\d/\d", lu)


@pytest.mark.parametrize("cle", DISPOSITIFS)
def test_lists_titles_and_paragraphs_of_a_sheet_stand_apart(cle: str) -> None:
    for nom in RUBRIQUES:
        for bloc in filter(None, fiches()[cle][nom].split("\n\n")):
            sortes = {re.match(r"- |# |(\d+)\. |", ligne).group()[-2:] for ligne in bloc.split("\n")}  # type: ignore[union-attr]
            assert len(sortes) == 1, bloc
            assert sortes & {"- ", ". "} or "\n" not in bloc


@pytest.mark.parametrize("cle", DISPOSITIFS)
def test_the_entries_of_a_list_end_with_a_semicolon_and_the_last_with_a_full_stop(cle: str) -> None:
    for nom in RUBRIQUES:
        for bloc in fiches()[cle][nom].split("\n\n"):
            if lignes := [ligne for ligne in bloc.split("\n") if re.match(r"- |\d+\. ", ligne)]:
                assert all(ligne.endswith(" ;") for ligne in lignes[:-1]), bloc
                assert lignes[-1].endswith("."), bloc


@pytest.mark.parametrize("cle", DISPOSITIFS)
def test_numbered_lists_count_from_one(cle: str) -> None:
    for nom in RUBRIQUES:
        for bloc in fiches()[cle][nom].split("\n\n"):
            numeros = [int(n) for n in re.findall(r"^(\d+)\. ", bloc, re.MULTILINE)]
            assert numeros == list(range(1, len(numeros) + 1))


@pytest.mark.parametrize(("cle", "nombre"), REELLES.items())
def test_the_sheets_that_the_case_prints_set_its_indicators(cle: str, nombre: int) -> None:
    assert len(fiches()[cle]["indicateurs"]) == nombre


@pytest.mark.parametrize("cle", FAITS)
def test_every_fact_of_the_sheets_of_the_case_is_kept(cle: str) -> None:
    lu = texte(fiches()[cle])
    assert [fait for fait in faits(cle) if fait not in lu] == []
    assert len(faits(cle)) > 40


def test_no_target_is_set_but_those_of_the_case() -> None:
    cibles = {i["cible"] for fiche in fiches().values() for i in fiche["indicateurs"]}
    assert cibles == {"", "15 jours au plus", "15 heures au moins", "50"}


@pytest.mark.parametrize("cle", DISPOSITIFS)
def test_the_texts_of_a_sheet_have_french_typography(cle: str) -> None:
    lu = texte(fiches()[cle])
    assert not re.search(r"['\"…]|\.\.|\t| {2}|\w[;!?»]|«\w|\w:\s", lu)
