"""Every fact of the printed case (seed, lines 1-350 and 3307-3424), each in the document that must carry it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest

from inclusion_desk.documents.textes import NATURES_TEXTE, render_texte
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.seances import Seance
from tests.fabrique import dossier_du_cas

PRESENTS = """
M. Jean-Claude LEROY, Mme Mireille HINGREZ-CÉRÉDA, M. Daniel MACIEJASZ, Mme Valérie CUVILLIER, Mme Maryse CAUWET,
M. Ludovic LOQUET, Mme Bénédicte MESSEANNE-GROBELNY, Mme Laurence LOUCHAERT, M. Laurent DUPORGE, Mme Karine GAUTHIER,
M. Alain MEQUIGNON, Mme Evelyne NACHEL, M. Jean-Jacques COTTEL, Mme Caroline MATRAT, M. Sébastien CHOCHOIS,
Mme Sophie WAROT-LEMAIRE, M. André KUCHCINSKI, Mme Fatima AIT-CHIKHEBBIH, Mme Carole DUBOIS, M. Olivier BARBARIN,
Mme Zohra OUAGUEF, M. Etienne PERIN, Mme Maryse DELASSUS, M. Claude BACHELET, Mme Maïté MULOT-FRISCOURT,
M. Bruno COUSEIN, Mme Stéphanie RIGAUX, M. Philippe FAIT, Mme Emmanuelle LAPOUILLE, M. Alexandre MALFAIT,
Mme Sylvie MEYFROIDT, M. Frédéric MELCHIOR, Mme Brigitte PASSEBOSC, M. François LEMAIRE, M. Marc SARPAUX,
Mme Marie-Line PLOUVIEZ, M. Steeve BRIOIS, M. Ludovic PAJOT, Mme Emmanuelle LEVEUGLE
"""
NOMS = [nom.strip() for nom in PRESENTS.replace("\n", " ").split(",")] + [
    "M. Jean-Claude DISSAUX", "Mme Florence WOZNY", "Mme Blandine DRAIN", "M. Pierre GEORGET", "M. René HOCQ",
    "M. Bertrand PETIT", "M. Jean-Marc TELLIER", "M. Jean-Louis COTTIGNY", "M. Michel DAGBERT",
]  # fmt: skip
INTERESSES = [
    "Mireille HINGREZ-CÉRÉDA", "Caroline MATRAT", "Fatima AIT-CHIKHEBBIH", "Evelyne NACHEL",
    "Bénédicte MESSEANNE-GROBELNY", "Maryse CAUWET", "Karine GAUTHIER", "Sylvie MEYFROIDT",
    "Bruno COUSEIN", "Daniel MACIEJASZ", "Etienne PERIN", "François LEMAIRE",
]  # fmt: skip
VISAS = [
    "Code général des collectivités territoriales",
    "L.3121-14, L.3121-14-1, L.3211-1 et L.3211-2",
    "L.1111-4 et L.1111-9",
    "Code de l’action sociale et des familles",
    "L.115-1 et L.262-1 et suivants à L.263-2-1",
    "Code du travail",
    "L.5132-15 et suivants",
    "délibération n° 2021-257 du Conseil départemental du 1er juillet 2021",
    "« Délégation d’attributions à la Commission Permanente »",
    "délibération n° 2023-417 du Conseil départemental du 25 septembre 2023",
    "« Schéma “garantir l’inclusion sociale, professionnelle et l’accès au logement des habitants du Pas-de-Calais” »",
    "délibération n° 2022-503 du Conseil départemental du 12 décembre 2022",
    "« Agir avec vous pour l’épanouissement de tous dans le Pas-de-Calais – pacte des solidarités humaines »",
    "délibération n° 2024-329 de la Commission permanente du 8 juillet 2024",
    (
        "« Expérimentation France Travail : Conventions relatives à la préfiguration de l’accompagnement rénové et à "
        "l’accès aux formations de France Travail »"
    ),
    "délibération n° 2024-273 de la Commission permanente du 17 juin 2024",
    "« Appels à projets des politiques d’inclusion durable 2024 – Phase 1 »",
    "délibération n° 2023-259 de la Commission permanente du 12 juin 2023",
    "« Appels à projets des politiques d’inclusion durable 2023 – Phase 2 »",
    "Règlement intérieur du Conseil départemental du Pas-de-Calais",
    "articles 18, 20 et 29",
    "rapport du Président du Conseil départemental",
    "avis favorable émis par la 2e commission « Solidarités humaines », réunie le 25 novembre 2024",
    "avis favorable émis par la 1re commission « Attractivité départementale et emploi », réunie le 25 novembre 2024",
]
GROUPES = [
    "Groupe Socialiste, Républicain et Citoyen",
    "Groupe Communiste et Républicain",
    "Groupe Union pour le Pas-de-Calais",
    "Groupe Rassemblement National",
    "Non-inscrit",
]
DELIBERATION = [
    "Département du Pas-de-Calais",
    "Commission permanente du Conseil départemental",
    "Réunion du 9 décembre 2024",
    "Appels à projets des politiques d’inclusion durable 2024 – Phase 6",
    "Délibération n° 2024-587",
    "Présidence : M. Jean-Claude LEROY",
    "Secrétaire de séance : Mme Marie-Line PLOUVIEZ",
    "Étaient présents : M. Jean-Claude LEROY",
    "Excusés : M. Jean-Claude DISSAUX, Mme Florence WOZNY.",
    "Absents : Mme Blandine DRAIN, M. Pierre GEORGET, M. René HOCQ.",
    "Assistant sans voix délibérative : M. Bertrand PETIT, M. Jean-Marc TELLIER.",
    "Excusés sans voix délibérative : M. Jean-Louis COTTIGNY, M. Michel DAGBERT.",
    "Mesdames Mireille HINGREZ-CÉRÉDA",
    "ainsi que Messieurs Daniel MACIEJASZ",
    "intéressés à l’affaire, n’ont consenti aucune délégation de vote",
    "Madame Blandine DRAIN ainsi que Monsieur René HOCQ, intéressés à l’affaire et absents",
    "Le quorum est de 23 membres",
    "44 membres en exercice",
    "41 membres étant présents ou représentés",
    "Après en avoir délibéré,",
    "DÉCIDE :",
    *(f"Article {n} D’" for n in range(1, 7)),
    "4 dispositifs au titre de la thématique 1",
    "« Accompagnement des bénéficiaires du RSA : dynamiser les parcours dans un objectif d’insertion professionnelle »",
    "à hauteur de 712 000 € au total",
    "2 dispositifs au titre de la thématique 3",
    "« Développement des compétences et accès à l’emploi »",
    "à hauteur de 99 998 € au total",
    "1 dispositif au titre de la thématique 4",
    "« Autonomie et inclusion des jeunes »",
    "à hauteur de 59 220 € au total",
    "la répartition figurant à l’annexe 4 de la présente délibération",
    "habiliter le Président du Conseil départemental à signer, pour le Département et en son nom, les conventions",
    "modèle type que la Commission permanente a adopté le 12 juin 2023",
    "habiliter le Président du Conseil départemental à signer, pour le Département et en son nom, les avenants",
    "aux annexes 5, 6, 7, 8, 9 et 10 de la présente délibération",
    "résultent des articles 1, 2 et 3 de la présente délibération",
    "Code opération",
    "Imputation budgétaire",
    "Libellé de l’opération",
    "AE (€)",
    "Dépense (€)",
    "C02-446A05 6568/93446 Indemnisation des organismes référents 8 589 450,00 712 000,00",
    "C01-444H02 6568/93444 Appui aux parcours intégrés 2021-2027 13 789 480,46 99 998,00",
    "C02-428C01 6568/93428 Fonds d’aide aux jeunes 130 000,00 59 220,00",
    "Total 22 508 930,46 871 218,00",
    f"Pour : 29 voix ({' ; '.join(GROUPES)})",
    "Contre : 0 voix",
    f"Abstention : 12 voix ({' ; '.join(GROUPES[:3])})",
    f"Absents sans délégation de vote : 3 membres ({' ; '.join(GROUPES[:2])})",
    "Adopté",
    "Fait à Arras, le 9 décembre 2024",
    "Le Président du Conseil départemental, Jean-Claude LEROY",
    "Pour le Président du Conseil départemental, La Directrice générale des services, Maryline VINCLAIRE",
]
RAPPORT = [
    "Département du Pas-de-Calais",
    "Commission permanente du Conseil départemental",
    "Réunion du 9 décembre 2024",
    "Rapport du Président du Conseil départemental",
    "Appels à projets des politiques d’inclusion durable 2024 – Phase 6",
    "Direction des Politiques d’Inclusion Durable",
    "est global",
    "la plupart des dispositifs que le Département consacre à l’insertion",
    "Pacte des solidarités humaines 2022-2027",
    "schéma 2023-2027",
    "« Garantir l’inclusion sociale, professionnelle et l’accès au logement des habitants du Pas-de-Calais »",
    "16 ambitions du Pacte",
    "sa place dans la société",
    "aide les habitants à surmonter leurs difficultés",
    "la qualité de l’accueil et de l’accompagnement",
    "rassemble les acteurs des solidarités",
    "L’appel à projets en sert surtout 7",
    "ambition 2 : aller au-devant des personnes les plus vulnérables",
    "ambition 3 : évaluer chaque situation dans sa globalité",
    "des ressources de la personne et de son environnement",
    "ambition 6 : accompagner les jeunes les plus fragiles vers l’autonomie",
    "ambition 8 : soutenir les personnes mal logées et lutter contre la précarité énergétique",
    "ambition 9 : accompagner les plus précaires vers l’emploi et les métiers qui recrutent",
    "ambition 11 : développer de nouvelles formes d’habitat favorisant le lien social",
    "ambition 14 : répondre aux parcours singuliers et aux problématiques complexes",
    "2e (avril-mai)",
    "3e (juillet-septembre) périodes de dépôt",
    "3 thématiques de l’appel à projets",
    "rapport-cadre soumis à la Commission permanente le 17 juin 2024",
    (
        "Thématique 1 « Accompagnement des bénéficiaires du RSA : dynamiser les parcours dans un objectif d’insertion "
        "professionnelle » : 4 dispositifs, pour 712 000 € (annexes 1 et 4)"
    ),
    (
        "Thématique 3 « Développement des compétences et accès à l’emploi » : 2 dispositifs, pour "
        "99 998 € (annexes 2 et 4)"
    ),
    ("Thématique 4 « Autonomie et inclusion des jeunes » : 1 dispositif, pour 59 220 € (annexes 3 et 4)"),
    "s’élève à 871 218 €",
    "d’approuver le financement de 4 dispositifs au titre de la thématique 1",
    "à hauteur de 712 000 € au total",
    "d’approuver le financement de 2 dispositifs au titre de la thématique 3",
    "à hauteur de 99 998 € au total",
    "d’approuver le financement de 1 dispositif au titre de la thématique 4",
    "à hauteur de 59 220 € au total",
    "d’en arrêter la répartition figurant à l’annexe 4",
    "de m’autoriser à signer, pour le Département et en son nom, les conventions",
    "modèle type que la Commission permanente a adopté le 12 juin 2023",
    "de m’autoriser à signer, pour le Département et en son nom, les avenants",
    "aux annexes 5, 6, 7, 8, 9 et 10",
    "imputer les dépenses correspondantes au budget départemental",
    "AE Disponible Proposition Solde",
    "8 589 450,00 915 067,73 712 000,00 203 067,73",
    "13 789 480,46 620 612,11 99 998,00 520 614,11",
    "130 000,00 90 500,00 59 220,00 31 280,00",
    "Total 22 508 930,46 1 626 179,84 871 218,00 754 961,84",
    "C02-446A05 6568/93446 Indemnisation des organismes référents",
    "C01-444H02 6568/93444 Appui aux parcours intégrés 2021-2027",
    "C02-428C01 6568/93428 Fonds d’aide aux jeunes",
    "La 2e commission « Solidarités humaines », réunie le 25 novembre 2024, a rendu un avis favorable",
    "La 1re commission « Attractivité départementale et emploi », réunie le 25 novembre 2024, a rendu un avis fav",
    "bien vouloir en délibérer",
    "Le Président du Conseil départemental, Jean-Claude LEROY",
]
ANNEXES = [
    (
        "Annexe 1 – Thématique 1 « Accompagnement des bénéficiaires du RSA : dynamiser les parcours dans un objectif "
        "d’insertion professionnelle »"
    ),
    "Annexe 2 – Thématique 3 « Développement des compétences et accès à l’emploi »",
    "Annexe 3 – Thématique 4 « Autonomie et inclusion des jeunes »",
    "Propositions 2024 – Phase 6",
    "Le rapport-cadre présenté à la Commission permanente du 17 juin 2024",
    "L’annexe 4 répartit entre les structures et les territoires les montants",
    "Opération 1 – Dynamisation des parcours : accueil des BRSA (dispositif 1.1)",
    "La loi du 18 décembre 2023 pour le plein emploi",
    "décision d’opportunité",
    "l’autodiagnostic proposé lors de leur inscription à France Travail",
    "Les ETP que le diagnostic n’emploie plus sont affectés à l’accompagnement équilibré social-professionnel",
    "révisé par avenant",
    "des avenants avec 8 structures, du 1er janvier au 31 décembre 2025, pour 4 783 diagnostics",
    "sans participation financière nouvelle",
    "Opération 2 – Accompagnement équilibré social-professionnel",
    "3 familles d’accompagnement",
    "« Emploi », que porte principalement l’opérateur France Travail",
    "« Équilibré social-professionnel », que portent ensemble France Travail et le Département",
    "« Remobilisation sociale », que porte le Département",
    "parcours dynamique",
    "sortie positive",
    "définir son parcours d’insertion professionnelle, puis à le mettre en œuvre",
    "l’accès à ses droits",
    "l’offre de service existante afin de lever les freins à son insertion professionnelle",
    "comme bénéficiaire du RSA et comme demandeur d’emploi",
    "chaque semaine",
    "15 heures hebdomadaires au minimum",
    "2 706 places ouvertes à ce titre sont un maximum",
    "des avenants avec 12 structures, du 1er janvier au 30 juin 2025, pour 2 706 places",
    "à hauteur de 567 150 € au total",
    "Opération 3 – Accompagnement des bénéficiaires du RSA ayant une activité indépendante (dispositif 1.7)",
    "Cofinancement : contrepartie FSE",
    "La convention en cours avec Pas-de-Calais Actif",
    "financement supplémentaire de 79 850 €",
    "1,2 ETP pour l’année 2025",
    "répond aux besoins du Département",
    "organisation nouvelle",
    "la réactivité qu’exige la loi pour le plein emploi",
    "un avenant avec une structure (Pas-de-Calais Actif), du 1er janvier au 31 décembre 2025, pour 1,2 ETP",
    "à hauteur de 79 850 € au total",
    "Opération 4 – Expérimentation du coaching familial",
    "Pacte des solidarités humaines",
    "la convention que l’État et le Département ont conclue au titre du Pacte des solidarités",
    "référent de parcours",
    "le coaching déjà mis en œuvre pour la jeunesse",
    "regard à 360 degrés",
    "familles les plus en difficulté",
    "50 familles, repérées par la Maison du Département solidarité et par ses partenaires",
    "lien privilégié",
    "l’importance d’un projet familial",
    "coordonner l’action des intervenants",
    "la santé, la vie sociale, le logement, la scolarité, la formation, l’emploi et les ressources",
    "prévenir les ruptures de parcours",
    "situations bloquées",
    "CCAS de Liévin finance 1 ETP pour l’année 2025",
    "le site de Liévin de la Maison du Département solidarité et avec la cité éducative",
    "une convention avec une structure (CCAS de Liévin), du 1er janvier au 31 décembre 2025, pour 50 familles et 1 ETP",
    "à hauteur de 65 000 € au total",
    "Total de la thématique 712 000,00",
    "Opération 1 – Accompagner autrement (dispositif 3.16)",
    "une convention avec une structure",
    "du 1er novembre 2024 au 31 octobre 2025, pour 100 personnes, à hauteur de 30 000 € au total",
    "Opération 2 – Actions d’insertion innovantes (dispositif 3.14)",
    "des conventions avec 2 structures, du 1er novembre 2024 au 30 novembre 2025, pour 170 personnes",
    "à hauteur de 69 998 € au total",
    "Total de la thématique 99 998,00",
    "Opération 1 – Projets collectifs jeunesse – FAJ collectif (dispositif 4.1)",
    "des conventions avec 2 structures, du 1er janvier au 31 décembre 2025",
    "à hauteur de 59 220 € au total",
    "Total de la thématique 59 220,00",
]
REPARTITION = [
    "Annexe 4 – Répartition financière par structure et par territoire",
    "Sous-total du dispositif 1.1 4 783 diagnostics 11,96 0,00",
    "Sous-total – Accompagnement équilibré social-professionnel 2 706 places 49,2 567 150,00",
    "Sous-total du dispositif 1.7 1,2 79 850,00",
    "Sous-total – Expérimentation du coaching familial 50 familles 1 65 000,00",
    "Total de la thématique 1 63,36 712 000,00",
    "Sous-total du dispositif 3.16 100 personnes 30 000,00",
    "Sous-total du dispositif 3.14 170 personnes 69 998,00",
    "Total de la thématique 3 270 personnes 99 998,00",
    "Sous-total du dispositif 4.1 2 projets 59 220,00",
    "Total de la thématique 4 2 projets 59 220,00",
    "Total général 63,36 871 218,00",
    "Pas-de-Calais Actif Groupement d’intérêt public – SIRET 186 200 093 00083",
    "Avenant (annexe 10) convention 2024-01213",
    "79 850,00 Contrepartie FSE C02-446A05 6568/93446",
    "CCAS de Liévin",
    "01/01/2025 au 31/12/2025 50 familles 1 65 000,00",
    "01/11/2024 au 31/10/2025 100 personnes",
    "01/11/2024 au 30/11/2025",
    "01/01/2025 au 30/06/2025",
    "Lens-Liévin",
    "Montants par structure",
    "Montants par territoire",
]
FAITS = {
    "deliberation": [*NOMS, *INTERESSES, *VISAS, *DELIBERATION],
    "rapport": RAPPORT,
    "annexes": ANNEXES,
    "annexe-4": REPARTITION,
}
TOUS = [(nature, fait) for nature, faits in FAITS.items() for fait in faits]
PIED = re.compile(
    r"(Rapport du Président|Dossier de séance|Annexes? (\d+ )?(à la|au projet de) délibération|"
    r"(Projet de d|D)élibération)"
    r"( n° [\w-]+)? – Commission permanente( du [\d/]{10})?[^/]{0,60}Page \d+ / \d+"
)


def lire(nature: str, dossier: DossierSeance) -> str:
    """Read a produced PDF as a reader would, footers apart, with plain single spaces."""
    with pypdfium2.PdfDocument(render_texte(nature, dossier, "pdf")) as lu:
        pages = [" ".join(feuille.get_textpage().get_text_range().split()) for feuille in lu]
    return " ".join(PIED.sub("", page).strip() for page in pages)


@cache
def cas(nature: str) -> str:
    return lire(nature, dossier_du_cas())


def test_there_are_more_than_two_hundred_facts() -> None:
    assert len(NOMS) == 48
    assert len(set(TOUS)) == len(TOUS) > 250


@pytest.mark.parametrize(("nature", "fait"), TOUS)
def test_every_fact_of_the_case_is_printed(nature: str, fait: str) -> None:
    assert fait in cas(nature)


def test_the_whole_dossier_carries_them_all() -> None:
    lu = cas("dossier-seance")
    assert [fait for _, fait in TOUS if fait not in lu] == []


def test_visas_keep_their_order_with_the_opinions_last() -> None:
    lu = cas("deliberation")
    assert [lu.index(visa) for visa in VISAS] == sorted(lu.index(visa) for visa in VISAS)
    assert lu.count("Vu ") == 14


def test_ambitions_keep_their_order() -> None:
    assert re.findall(r"ambition (\d+)", cas("rapport")) == ["2", "3", "6", "8", "9", "11", "14"]


def test_each_interested_member_is_named_twice() -> None:
    assert all(cas("deliberation").count(nom) == 2 for nom in INTERESSES)


def test_nothing_is_signed_for_anyone() -> None:
    for nature in NATURES_TEXTE[:-1]:
        assert not re.search(r"\bsigné\b", cas(nature), re.IGNORECASE)


def test_the_list_can_fail() -> None:
    cas_ = dossier_du_cas()
    autre = replace(
        cas_,
        departement="Nord",
        titre="Autre titre",
        seance=Seance(None, "Commission permanente", "", "", "", "", ()),
        deliberation=replace(cas_.deliberation, numero="", titre="", visas=(), avis=(), votes=(), issue=None),
        thematiques=(),
        budget=(),
        annexes=(),
        contexte="",
        periodes="",
    )
    lus = {nature: lire(nature, autre) for nature in FAITS}
    trouves = [fait for nature, fait in TOUS if fait in lus[nature]]
    assert trouves == ["Commission permanente du Conseil départemental"] * 2 + [
        "Rapport du Président du Conseil départemental", "bien vouloir en délibérer",
    ]  # fmt: skip


@pytest.mark.parametrize(("nature", "avant", "apres"), [("annexe-4", 7_985_000, 7_985_001), ("rapport", 0, 100)])
def test_one_changed_cent_is_seen(nature: str, avant: int, apres: int) -> None:
    dossier = dossier_du_cas()
    thematique, *autres = dossier.thematiques
    operations = tuple(
        replace(o, lignes=tuple(replace(li, montant=apres) if li.montant == avant else li for li in o.lignes))
        for o in thematique.operations
    )
    dossier = replace(dossier, thematiques=(replace(thematique, operations=operations), *autres))
    lu = lire(nature, dossier)
    assert [fait for fait in FAITS[nature] if fait not in lu]
