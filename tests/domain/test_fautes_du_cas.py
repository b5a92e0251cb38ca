"""Every fault of the printed deliberation N° 2024-587 (DOMAIN, section 5) is caught once built into the case’s dossier.

Line numbers are those of the case. Two faults cannot be made any more, and say so: the documents print the grand total
by themselves, and set the non-breaking spaces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inclusion_desk.domain.controles import controler
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.text import typo
from tests.domain.test_controles_dossier import acte, annexe, avec, modifie, operation, seance
from tests.fabrique import dossier_du_cas

Faute = Callable[[DossierSeance], DossierSeance]


def tel_quel(dossier: DossierSeance) -> DossierSeance:
    """Leave the case alone."""
    return dossier


def apres_le_vote(dossier: DossierSeance) -> DossierSeance:
    """Start every period after the vote."""
    return modifie(dossier, lambda li: replace(li, debut=max(li.debut, date(2025, 1, 1))))


def tous_montants(dossier: DossierSeance) -> DossierSeance:
    """Give every line an amount."""
    return modifie(dossier, lambda li: replace(li, montant=li.montant or 100))


def deux_fois(dossier: DossierSeance) -> DossierSeance:
    """Record M. Hocq as excused beside absent."""
    hocq = next(p for p in dossier.seance.presences if p.nom == "HOCQ")
    return seance(dossier, presences=(*dossier.seance.presences, replace(hocq, statut="excuse")))


def sans(dossier: DossierSeance, *numeros: int) -> DossierSeance:
    """Leave out joined annexes."""
    return replace(dossier, annexes=tuple(a for a in dossier.annexes if a.numero not in numeros))


def recuses(dossier: DossierSeance) -> DossierSeance:
    """Write the sentence of the recusals in the report (l.75)."""
    return replace(dossier, contexte="Mme Blandine DRAIN et M. René HOCQ, intéressés et excusés, n’ont pas délégué.")


ARTICLES_4 = "Article 3 : Obligations\n\nTexte.\n\nArticle 4 : Annexes\n\nTexte.\n\nArticle 4 : Autres dispositions"
CROISEE = (
    "- accompagnement équilibré social-professionnel (annexe 2)\n"
    "- dynamisation des parcours : accueil des BRSA (annexe 3)\n\n"
    "- Annexe 2 : « Dynamisation des parcours : accueil des BRSA »\n"
    "- Annexe 3 : « Accompagnement équilibré social-professionnel »"
)
TITRE_2022 = "Avenant à la convention N°2022-xxxx\n\nVu la convention N° 2024-XXXX ;"
FINANCIER = "Avenant financier\n\nArticle 1 : Objet\n\nArticle 2 : Obligations\n\nArticle 3 : Annexes"
ANNEXE_3 = "L’annexe 2 est modifiée et est complétée par une annexe 3 :\n\n- Annexe 2 : « Accueil des BRSA »."
SOLDES = "- un solde sur bilan final, dans les 3 mois ;\n\n- 40% au solde de la convention, soit au 31/12/2025."
TAUX = (
    "Le forfait est celui de 40% dit de compensation. Le Département apporte 40% du financement total. Sont versés "
    "60% à la signature et 40% au solde."
)
MAXIMUM = "Le montant maximum est de 338 226,74€. Le coût supplémentaire est estimé à un maximum de 79 850€."
CHAPITRE = "La participation est imputée sur le chapitre « C02-446A05 » du budget."
NOMS = "Pas de Calais Actif, PAS DE CALAIS ACTIF et Pas-De-Calais Actif sont Pas-de-Calais Actif."
FRAPPE = "Les bénéficaires du dispositif depuis le 18 decembre, selon le côut et les partiques."

FAUTES: dict[str, tuple[str, str, Faute, Faute]] = {
    "two articles 4 in annexe 7 (l.1436, l.1447)": (
        "TXT-03", "numéro 4", tel_quel, lambda d: annexe(d, ARTICLES_4, 7)),
    "two articles 4 in annexe 8 (l.2087)": ("TXT-03", "numéro 4", tel_quel, lambda d: annexe(d, ARTICLES_4, 8)),
    "annexe 7 crosses its annexes 2 and 3 (l.1405, l.1442)": (
        "TXT-02", "l’annexe 2 à un endroit et l’annexe 3", tel_quel, lambda d: annexe(d, CROISEE, 7)),
    "2022 in a title, 2024 in a visa (l.1353)": (
        "TXT-07", "« 2022-xxxx »", tel_quel, lambda d: annexe(d, TITRE_2022, 7)),
    "2022 in the title of the act joined, 2024 in the lines": (
        "TXT-07", "2024-01213", tel_quel, lambda d: annexe(d, "Avenant à la convention n° 2022-01213.", 10)),
    "2022 and 2024 in two lines of one structure": (
        "ACT-03", "2022-00905", tel_quel, lambda d: avec(d, 4, convention_initiale="2022-00905")),
    "avenant financier without a cost article, annexe 7": (
        "TXT-10", "financier", tel_quel, lambda d: annexe(d, FINANCIER, 7)),
    "avenant financier without a cost article, annexe 8": (
        "TXT-10", "financier", tel_quel, lambda d: annexe(d, FINANCIER, 8)),
    "an annexe 3 announced and not listed (l.458)": (
        "TXT-01", "l’annexe 3", tel_quel, lambda d: annexe(d, ANNEXE_3, 5)),
    "headings of annexes missing": ("ANX-01", "annexes 6 et 7", tel_quel, lambda d: sans(d, 6, 7)),
    "an annexe without a heading": (
        "ANX-04", "titre", tel_quel, lambda d: replace(d, annexes=(replace(d.annexes[0], titre=""), *d.annexes[1:]))),
    "an annexe whose heading has no number (l.501)": (
        "TXT-06", "Annexe XX", tel_quel, lambda d: annexe(d, "Annexe XX - Structure", 5)),
    "xx pages (l.470)": (
        "TXT-05", "xx pages", tel_quel, lambda d: annexe(d, "Ce document comprend xx pages.", 5)),
    "2 pages for a longer document (l.3011)": (
        "TXT-05", "2 pages", tel_quel, lambda d: annexe(d, "Ce document comprend 2 pages.", 10)),
    "members excused here and absent there (l.75, l.27)": ("SEA-09", "HOCQ", tel_quel, recuses),
    "a member excused and absent in the attendance": ("SEA-08", "HOCQ", tel_quel, deux_fois),
    "start before the vote, 3.16 (l.323)": ("PER-01", "3.16", apres_le_vote, tel_quel),
    "start before the vote, 3.14 (l.332)": ("PER-01", "3.14", apres_le_vote, tel_quel),
    "two dates for one balance (l.3276, l.3282)": (
        "TXT-11", "solde", tel_quel, lambda d: annexe(d, SOLDES, 10)),
    "three different 40 % (l.3248, l.3256, l.3282)": (
        "TXT-13", "40 %", tel_quel, lambda d: annexe(d, TAUX, 10)),
    "a maximum beside a further amount (l.2984)": (
        "TXT-14", "418\u00a0076,74\u00a0€", tel_quel, lambda d: annexe(d, MAXIMUM, 10)),
    "a total that is not the sum of the thématiques": (
        "SOM-02", "totalise", tel_quel, lambda d: replace(d, budget=d.budget[:2])),
    "one of 4 dispositifs for 712 000 € has no amount (l.84)": ("DIS-02", "1.1", tous_montants, tel_quel),
    "recused members printed as abstentions (l.157)": (
        "SEA-05", "abstention", lambda d: acte(d, interesses_en_abstention=False), tel_quel),
    "an operation code called chapitre (l.628)": (
        "TXT-15", "chapitre", tel_quel, lambda d: annexe(d, CHAPITRE, 5)),
    "79 850,00 € beside 567 150 € (l.271, l.262)": (
        "TXT-08", "79 850,00 €", tel_quel, lambda d: operation(d, 2, texte="Pour un total de 79 850,00 €.")),
    "59 220€ (l.347)": (
        "TXT-08", "sans espace", tel_quel, lambda d: operation(d, 6, texte="Pour un total de 59 220€.")),
    "1 janvier beside 1er janvier (l.271)": (
        "TXT-09", "1 janvier", tel_quel, lambda d: operation(d, 2, texte="Du 1 janvier au 31 décembre 2025.")),
    "01 janvier (l.347)": (
        "TXT-09", "01 janvier", tel_quel, lambda d: operation(d, 6, texte="Du 01 janvier au 31 décembre 2025.")),
    "01/11/2024 beside dates in words (l.323)": (
        "TXT-09", "01/11/2024", tel_quel, lambda d: operation(d, 4, texte="Du 01/11/2024 au 31/10/2025.")),
    "one structure under four spellings (l.271, l.2940, l.2968, l.3073)": (
        "STR-05", "« PAS DE CALAIS ACTIF »", tel_quel, lambda d: annexe(d, NOMS, 10)),
    "one structure recorded under two spellings": (
        "STR-03", "Pas de Calais Actif", tel_quel, lambda d: avec(d, 21, structure="Pas de Calais Actif")),
    "typing errors repeated in every model": (
        "TXT-18", "« decembre » pour « décembre »", tel_quel, lambda d: annexe(d, FRAPPE, 9)),
    "a word typed twice": ("TXT-16", "est est", tel_quel, lambda d: annexe(d, "Le suivi est est hebdomadaire.", 9)),
    "spaces doubled or missing": ("TXT-17", "double", tel_quel, lambda d: annexe(d, "L’accueil  est,suivi.", 9)),
}  # fmt: skip
"""What the print got wrong: the code that catches it, words of the finding, the dossier without it, and with it."""


@pytest.mark.parametrize("nom", FAUTES)
def test_each_fault_of_the_printed_case_is_caught(nom: str) -> None:
    code, mots, saine, faute = FAUTES[nom]

    def dits(dossier: DossierSeance) -> list[str]:
        return [c.phrase for c in controler(dossier) if c.code == code and mots in c.phrase]

    assert dits(saine(dossier_du_cas())) == []
    assert dits(faute(dossier_du_cas()))


def test_non_breaking_spaces_are_set_by_the_documents_and_asked_of_nobody() -> None:
    texte = "Le coût : 79 850 €, soit 60 % ; « accueil » !"
    assert typo(texte) == "Le coût\u00a0: 79\u00a0850\u00a0€, soit 60\u00a0%\u00a0; «\u00a0accueil\u00a0»\u00a0!"
    avant = {c.code for c in controler(annexe(dossier_du_cas(), typo(texte), 9))}
    assert {c.code for c in controler(annexe(dossier_du_cas(), texte, 9))} == avant


def test_the_grand_total_is_that_of_the_three_thematiques() -> None:
    assert dossier_du_cas().montant == 71_200_000 + 9_999_800 + 5_922_000 == 87_121_800
