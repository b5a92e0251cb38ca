"""The linter of texts: each rule finds its fault with an excerpt, and lets the sound sentence alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.controles import controler
from inclusion_desk.domain.controles_noms import orthographes
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.textes_controles import extrait
from inclusion_desk.domain.textes_controles_figures import phrases, styles_dates, styles_montants
from tests.domain.test_controles_dossier import annexe, constats, operation, sain

JOINTS: dict[str, tuple[str, str, str, str]] = {
    "an annexe announced": (
        "TXT-01",
        "L’annexe 2 est modifiée et complétée par une annexe 3 :\n\n- Annexe 2 : « Accueil ».",
        "L’annexe 2 est modifiée et complétée par une annexe 3 :\n\n- Annexe 2 : « Accueil ».\n- Annexe 3 : « Suivi ».",
        "l’annexe 3 est annoncée et n’existe pas",
    ),
    "an annexe cited in brackets": (
        "TXT-01",
        "- Dispositif Accueil (annexe 4)\n\nAnnexes :\n\n- annexe 2 : fiche « Accueil ».",
        "- Dispositif Accueil (annexe 2)\n\nAnnexes :\n\n- annexe 2 : fiche « Accueil ».",
        "l’annexe 4",
    ),
    "annexes crossed": (
        "TXT-02",
        (
            "- Suivi équilibré (annexe 2)\n- Accueil des BRSA (annexe 3)\n\nAnnexe 2 : « Accueil des BRSA »\n"
            "Annexe 3 : « Suivi équilibré »"
        ),
        (
            "- Accueil des BRSA (annexe 2)\n- Suivi équilibré (annexe 3)\n\nAnnexe 2 : « Accueil des BRSA »\n"
            "Annexe 3 : « Suivi équilibré »"
        ),
        "« Suivi équilibré » est l’annexe 2 à un endroit et l’annexe 3 à un autre",
    ),
    "two articles of one number": (
        "TXT-03",
        "Article 1 : Objet\n\nTexte.\n\n**Article 1** : Annexes",
        "Article 1 : Objet\n\nL’article 1 de la convention est modifié.\n\n## Article 2 – Annexes",
        "2 articles portent le numéro 1 (« Objet » et « Annexes »)",
    ),
    "an article left out": (
        "TXT-04",
        "Article 1er : Objet\n\nArticle 3 : Annexes\n\nArticle 5 : Fin",
        "Article 1er : Objet\n\nArticle 2 : Annexes",
        "les articles 2 et 4 manquent",
    ),
    "pages left blank": (
        "TXT-05",
        "Ce document comprend xx pages.",
        "Le dossier tient en quelques pages.",
        "« Ce document comprend xx pages. »",
    ),
    "pages in capitals": ("TXT-05", "Il compte XX pages.", "La page 2 est signée.", "laissé en blanc"),
    "pages by hand": ("TXT-05", "Ce document comprend 2 pages.", "Le guide comporte 40 pages.", "écrit à la main"),
    "pages in words": ("TXT-05", "Il comporte deux pages.", "Il compte 6 articles.", "« Il comporte deux pages. »"),
    "a blank": ("TXT-06", "Convention signée le xx.xx.2024.", "Le roi Louis XXI y tenait.", "un blanc à remplir"),
    "blanks": ("TXT-06", "XXXX dont le siège est à compléter.", "Le siège est à Lens.", "des blancs à remplir"),
    "dots": ("TXT-06", "Autorisé par délibération………………,", "Il aide, accompagne… et oriente.", "un blanc à remplir"),
    "two years": (
        "TXT-07",
        "Avenant à la convention N°2022-xxxx\n\nVu la convention N° 2024-XXXX ;",
        "Avenant à la convention n° 2024-01213\n\nVu la convention n° 2024 -01213 et la délibération n° 2022-503 ;",
        "« 2022-xxxx » et « 2024-XXXX »",
    ),
    "a year that is not that of the lines": (
        "TXT-07",
        "Vu la convention n° 2022-01213 ;",
        "Vu la convention n° 2022-99999 ;",
        "est 2024-01213 dans les propositions",
    ),
    "a financial avenant without a cost": (
        "TXT-10",
        "Avenant financier à la convention\n\nArticle 1 : Objet\n\nArticle 2 : Annexes",
        "Avenant financier à la convention\n\nArticle 1 : Objet\n\nArticle 2 : Coût de l’opération",
        "dit « financier »",
    ),
    "two dates for the balance": (
        "TXT-11",
        (
            "- une avance à la signature ;\n- un solde sur bilan, dans les 3 mois suivant la fin.\n\n"
            "- 40 % au solde de la convention, soit au 31/12/2025."
        ),
        (
            "- une avance à la signature, le 01/02/2025 ;\n- un solde sur bilan, dans les 3 mois ;\n- le bilan fonde "
            "le solde dans les 3 mois."
        ),
        "plusieurs échéances",
    ),
    "one share under two values": (
        "TXT-12",
        "Le taux d’affectation minimum est de 30 %. Ce taux d’affectation minimum de 40 % est contrôlé.",
        "Le taux d’affectation minimum est de 30 %. Le taux forfaitaire est de 40 %.",
        "« taux d’affectation minimum » vaut 30 % et 40 %",
    ),
    "one value for three shares": (
        "TXT-13",
        "Un forfait de 40 % dit de compensation. À hauteur de 40 % du financement total. Puis 40 % au solde.",
        "Pour 50 % du volume quantitatif et 50 % du volume qualitatif.",
        "« 40 % » désigne 3 choses différentes",
    ),
    "a maximum contradicted": (
        "TXT-14",
        "Le coût est estimé à un montant maximum de 338 226,74€. Le coût supplémentaire est de 79 850€.",
        "Le coût maximal, de 338 226,74 €, est augmenté de 79 850 €, ce qui le porte à 418 076,74 €.",
        "donnez le nouveau maximum, 418\u00a0076,74\u00a0€",
    ),
    "a sum left to the reader": (
        "TXT-14",
        "Coût maximum : 1 000,50 € + 500 €",
        "Coût maximum : 1 000 €. Une aide de 500 € existe.",
        "1\u00a0500,50\u00a0€",
    ),
    "an operation called a chapter": (
        "TXT-15",
        "Imputée sur le chapitre « C02-446A05 » du budget.",
        "Imputée sur l’opération C02-446A05, chapitre 017.",
        "(« Imputée sur le chapitre “C02-446A05” du budget. »)",
    ),
    "a word twice": (
        "TXT-16",
        "Le suivi est est hebdomadaire.",
        "Vous vous engagez ; nous nous réunissons.",
        "un mot est répété",
    ),
    "spaces": (
        "TXT-17",
        "Le suivi  est assuré .",
        "Le suivi est assuré ; voir le bilan !",
        "1\u00a0double espace et 1\u00a0espace avant un",
    ),
    "commas": ("TXT-17", "Lens ,Liévin,Carvin , puis Arras", "Lens, Liévin, à 1,2 ETP", "virgule"),
    "a misspelling": (
        "TXT-18",
        "Les bénéficaires au 18 decembre, accompagnment compris.",
        "Les bénéficiaires au 18 décembre, accompagnement compris.",
        "« bénéficaire » pour « bénéficiaire »",
    ),
}
"""What is wrong in a joined text: the code that says it, the text, one that is right, and words of the finding."""


@pytest.mark.parametrize("nom", JOINTS)
def test_each_fault_of_a_joined_text_is_found(nom: str) -> None:
    code, faux, juste, mots = JOINTS[nom]
    (constat,) = constats(annexe(sain(), faux), code)
    assert constat.phrase.startswith("Dans l’annexe 7 « Projet d’avenant 7 », ")
    assert mots in constat.phrase
    assert constats(annexe(sain(), juste), code) == []


OPERATIONS: dict[str, tuple[str, str, str]] = {
    "an annexe that does not exist": (
        "TXT-01", "La fiche figure aux annexes 3, 11 et 12.", "Aux annexes 5 à 10, et à l’annexe 12 de la convention."),
    "another annexe for the breakdown": (
        "TXT-02", "La répartition financière figure en annexe 3.", "La répartition financière figure en annexe 4."),
    "another annexe for a thématique": (
        "TXT-02", "Thématique 3 : compétences (Annexes 1 et 4).", "Thématique 3 : compétences (Annexes 2 et 4)."),
}  # fmt: skip


@pytest.mark.parametrize("nom", OPERATIONS)
def test_each_fault_of_a_text_about_annexes_is_found(nom: str) -> None:
    code, faux, juste = OPERATIONS[nom]
    dossier = sain()
    (constat,) = constats(operation(dossier, 0, texte=faux), code)
    assert [(cible.sujet, cible.id) for cible in constat.cibles] == [
        ("dispositifs", dossier.operations[0].dispositif_id)
    ]
    assert constats(operation(dossier, 0, texte=juste), code) == []


def deux_textes(un: str, autre: str) -> DossierSeance:
    """Write two operations."""
    return operation(operation(sain(), 0, texte=un), 1, texte=autre)


@pytest.mark.parametrize(
    ("un", "autre"),
    [("79 850,00 €", "567 150 €"), ("59 220€", "567 150 €"), ("59 220 euros", "567 150 €"), ("59220 €", "567 150 €")],
)
def test_amounts_are_written_in_one_way(un: str, autre: str) -> None:
    (constat,) = constats(deux_textes(f"Soit {un}.", f"Soit {autre}."), "TXT-08")
    assert constat.gravite is Gravite.INFORMATION
    assert f"« {un} »" in constat.phrase
    (constat,) = constats(deux_textes(f"Soit {un}.", f"Soit {un}."), "TXT-08")
    assert "comme « 79 850 € »" in constat.phrase
    assert constats(deux_textes(f"Soit {autre}.", "Soit 79\u00a0850,50\u202f€."), "TXT-08") == []


@pytest.mark.parametrize("jour", ["1 janvier", "01 janvier 2025", "01/01/2025", "01.01.2025", "1er Janvier 2025"])
def test_dates_are_written_in_one_way(jour: str) -> None:
    (constat,) = constats(deux_textes(f"Au {jour}.", "Du 1er février au 30 juin 2025."), "TXT-09")
    assert f"« {jour.removesuffix(' 2025') if ' ' in jour else jour}" in constat.phrase
    (constat,) = constats(deux_textes(f"Au {jour}.", f"Au {jour}."), "TXT-09")
    assert "et ailleurs dans l’acte comme « 1er janvier 2025 »" in constat.phrase  # alike, and unlike the rest
    assert constats(deux_textes("Du 1er février 2025.", "Au 30 juin 2025."), "TXT-09") == []


def test_styles_are_named() -> None:
    assert list(styles_montants("1 000,00 € puis 1000€ et 12 euros")) == [
        "avec « ,00 »",
        "sans espace avant l’unité, sans espace entre les milliers",
        "en toutes lettres",
    ]
    assert list(styles_dates("le 9 décembre, le 14 Août, le 01/01/2025")) == [
        "en toutes lettres", "avec une capitale au mois", "en chiffres",
    ]  # fmt: skip


def test_tied_figures_are_read_as_they_print() -> None:
    dossier = operation(sain(), 1, texte="Soit {dispositif-2.montant}, puis 12,00 €.")
    (constat,) = constats(dossier, "TXT-08")
    assert "« 567\u00a0150\u00a0€ »" in constat.phrase


def test_a_missing_non_breaking_space_is_no_fault() -> None:
    texte = "Il faut : 12 places ; est-ce 50 % ? « Oui » !"
    assert controler(operation(sain(), 0, texte=texte)) == ()


def test_the_title_of_an_annexe_is_read_too() -> None:
    dossier = sain()
    annexes = (replace(dossier.annexes[0], titre="Avenant à la convention N°2022-xxxx"), *dossier.annexes[1:])
    dossier = annexe(replace(dossier, annexes=annexes), "Vu la convention N°2024-xxxx.", 5)
    assert len(constats(dossier, "TXT-07")) == 1


def test_excerpts_keep_whole_words_of_one_line() -> None:
    texte = "Une première ligne.\nCe document de la direction comprend xx pages et se signe en deux exemplaires."
    debut = texte.index("xx")
    assert extrait(texte, debut, debut + 2) == "« …de la direction comprend xx pages et se signe en deux… »"
    assert extrait("xx", 0, 2) == "« xx »"


def test_sentences_are_cut_at_lists_and_not_at_lines() -> None:
    assert phrases("Un solde\nsur bilan. Deux ;\n- trois à 1.5 ETP\n\nQuatre") == [
        "Un solde sur bilan", "Deux", "- trois à 1.5 ETP", "Quatre",
    ]  # fmt: skip


def test_spellings_are_found_whatever_hyphens_accents_and_capitals() -> None:
    texte = "Pas de Calais Actif, PAS-DE-CALAIS ACTIF et Pas-de-Calais Actif ; l’Œuvre d’Emmaüs et l'oeuvre."
    assert orthographes(["Pas-de-Calais Actif", "Afertes"], [texte, "AFERTES"]) == {
        "Pas-de-Calais Actif": ["Pas de Calais Actif", "PAS-DE-CALAIS ACTIF"]
    }
