"""The proof-reader of acts: a sound act draws no remark, and each fault put into it is found on its line."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.relecture_actes import RELECTEURS, Remarque, bloquantes, relire
from inclusion_desk.domain.relecture_modeles import relire_modele
from inclusion_desk.domain.text import typo

SAIN = typo(
    """Département du Pas-de-Calais
Avenant financier n° 1 à la convention n° 2024-00042
Objet : accueil et suivi des bénéficiaires du RSA

Entre :
le Département du Pas-de-Calais, ci-après désigné « le Département », d’une part,
et :
Les Ateliers du Ternois, inscrits sous le numéro SIRET 186 200 093 00083, ci-après désignés par « Ateliers du Ternois »,
Vu la convention n° 2024-00042 signée le 14 mars 2024 ;
les parties conviennent de ce qui suit.

Article 1 – Objet de l’avenant
Le présent avenant modifie les articles 1, 4 et 12 de la convention n° 2024-00042.

Article 2 – Objet de la convention
L’article 1 de la convention est remplacé par :
« Le partenariat porte sur deux dispositifs :
- dispositif « Accueil des arrivants » (annexe 2) ;
- dispositif « Suivi renforcé » (annexe 3).
La structure les met en œuvre. »

Article 3 – Coût de l’opération
L’article 4 de la convention est remplacé par :
« Le coût total est plafonné à 12 500,50 €, du 1er janvier au 30 juin 2025. »

Article 4 – Annexes
Les annexes de l’article 12 de la convention sont remplacées par :
- Annexe 2 : « Accueil des arrivants » ;
- Annexe 3 : « Suivi renforcé ».

Article 5 – Autres dispositions
Les autres clauses restent en vigueur.

Fait en deux exemplaires originaux.
À Arras, le ……………………
Pour les Ateliers du Ternois
(signature et cachet)

Annexe 2 – Accueil des arrivants
Durée : du 1er janvier au 30 juin 2025
Le suivi repose sur un entretien mensuel avec le référent ; la structure en rend compte chaque trimestre.
La participation est imputée sur l’opération C02-446A05.

Annexe 3 – Suivi renforcé
- 60 % à la signature ;
- un solde de 40 %, au vu du bilan.
"""
)
ARTICLE_4 = "Article 4 – Annexes"
SUIVI = "Le suivi repose sur un entretien mensuel avec le référent"

FAUTES: dict[str, tuple[str, str, str, str]] = {
    "an annexe announced and not listed": (
        "TXT-01", "sont remplacées par :\n- Annexe 2", "sont complétées par une annexe 4 :\n- Annexe 2", "l’annexe 4"),
    "annexes crossed": ("TXT-02", "(annexe 2)", "(annexe 3)", "l’annexe 3 à un endroit et l’annexe 2 à un autre"),
    "two articles of one number": (
        "TXT-03", "Article 5 – Autres", "Article 4 : Autres", "2 articles portent le numéro 4"),
    "an article left out": ("TXT-04", "Article 5 – Autres", "Article 6 – Autres", "l’article 5 manque"),
    "pages left blank": ("TXT-05", "originaux.\n", "originaux.\nCe document comprend xx pages.\n", "en blanc"),
    "pages by hand": ("TXT-05", "originaux.\n", "originaux.\nCe document comprend 2 pages.\n", "écrit à la main"),
    "a name left blank": ("TXT-06", "le référent ;", "XXXX ;", "un blanc à remplir"),
    "a date left blank": ("TXT-06", "14 mars 2024 ;", "xx.xx.2024 ;", "xx.xx.2024"),
    "dots": ("TXT-06", "signée le 14 mars", "signée le………………", "un blanc à remplir"),
    "two years for one convention": (
        "TXT-07", "2024-00042\nObjet", "2022-00042\nObjet",
        "(« 2022-00042 » et « 2024-00042 »)"),
    "amounts in two styles": ("TXT-08", SUIVI, "Le coût est de 79 850€", "les montants s’écrivent de 2 façons"),
    "dates in two styles": ("TXT-09", "14 mars", "14\u00a0Mars", "les dates s’écrivent de 2 façons"),
    "a financial avenant without a cost article": (
        "TXT-10", "Article 3 – Coût de l’opération", "Article 3 – Durée", "dit « financier »"),
    "two dates for one balance": (
        "TXT-11", "au vu du bilan.", "dans les 3 mois ;\n- le solde au 31/12/2025.", "plusieurs échéances"),
    "three shares of one value": (
        "TXT-13", "- un solde", "- un forfait de 40 % pour les frais ;\n- 40 % du financement total ;\n- un solde",
        "désigne 3 choses"),
    "a maximum and more": (
        "TXT-14", "est plafonné à 12 500,50 €", "est un maximum de 12\u00a0500,50\u00a0€, augmenté de 100\u00a0€",
        "12\u00a0600,50\u00a0€"),
    "an operation called a chapter": (
        "TXT-15", "sur l’opération C02-446A05", "sur le chapitre « C02-446A05 »", "écrivez « opération »"),
    "a blank operation called a chapter": (
        "TXT-15", "sur l’opération C02-446A05", "sur le chapitre « XXXXXXX »", "annoncé comme un « chapitre »"),
    "a word twice": ("TXT-16", SUIVI, "Le suivi repose afin afin que", "un mot est répété"),
    "two spaces": ("TXT-17", SUIVI, "Le suivi  repose", "1\u00a0double espace"),
    "a misspelling": ("TXT-18", SUIVI, "Le côut et le 18 decembre", "« decembre » pour « décembre »"),
    "an adjective mistyped": ("TXT-18", SUIVI, "Les structures profesionnelles", "« profesionnel »"),
    "an expression mistyped": ("TXT-18", SUIVI, "Une réunion à minima", "« à minima » pour « a minima »"),
    "a name in two spellings": (
        "STR-05", "Pour les Ateliers du Ternois", "Pour les ATELIERS DU TERNOIS", "« ATELIERS DU TERNOIS »"),
    "a common name mistyped": ("STR-05", SUIVI, "Le réseau de France travail", "« France travail »"),
    "a place mistyped": ("STR-05", SUIVI, "Le territoire de Lens/Liévin", "« Lens/Liévin »"),
    "an annexe without its number": (
        "REL-01", "Annexe 3 – Suivi", "Annexe XX – Suivi", "attend son numéro d’annexe"),
    "an annexe numbered X": ("REL-01", "Annexe 3 – Suivi", "Annexe N°X - Suivi", "attend son numéro d’annexe"),
    "an annexe listed and not joined": ("REL-02", "Annexe 3 – Suivi renforcé\n", "", "l’annexe 3 est listée"),
    "an annexe joined and not announced": (
        "REL-03", "Annexe 3 – Suivi renforcé\n", "Annexe 3 – Suivi\nAnnexe 5 – Coaching\n", "l’annexe 5 suit l’acte"),
    "two annexes of one number": ("REL-03", "Annexe 3 – Suivi", "Annexe 2 – Suivi", "2 annexes portent le numéro 2"),
    "an article amended in words only": (
        "REL-04", "les articles 1, 4 et 12", "les articles 1, 3, 4 et 12", "modifier l’article 3 "),
    "a SIRET of a wrong key": ("REL-05", "00083", "00084", "ne passe pas le contrôle de sa clé"),
    "a SIRET too short": ("REL-05", "00083", "0008", "n’a pas 14 chiffres"),
    "a running foot": ("REL-06", "\nAnnexe 3 –", "Page 2 sur 6\n\nAnnexe 3 –", "« Page 2 sur 6 »"),
    "an agreement left open": ("REL-07", SUIVI, "La structure représenté(e)", "au choix du lecteur"),
    "an article left open": ("REL-07", SUIVI, "La mise en œuvre de la/des opérations", "au choix du lecteur"),
    "a bullet of a symbol font": ("REL-09", "- 60", "\uf0b7 60", "(U+F0B7)"),
    "a space nobody sees": ("REL-09", SUIVI, "Le suivi\u200b repose", "(U+200B)"),
    "a full stop and a comma": ("REL-10", "chaque trimestre.", "chaque trimestre., puis.", "se suivent"),
    "two full stops": ("REL-10", "chaque trimestre.", "chaque trimestre..", "se suivent"),
    "a full stop alone": ("REL-10", "chaque trimestre.", "chaque trimestre\n.", "commence par un signe"),
    "a hyphen for a dash": ("REL-10", SUIVI, "L’Audomarois- Boulonnais", "un trait d’union"),
    "a space inside brackets": ("REL-10", SUIVI, "Le suivi ( mensuel)", "une parenthèse"),
    "a decimal point": ("REL-10", SUIVI, "Le poste de 1.2 ETP", "mettez une virgule"),
    "a rank badly shortened": ("REL-10", SUIVI, "La 2ème étape", "1er, 1re, 2e"),
    "a quotation never opened": ("REL-11", SUIVI, "Le suivi\u00a0» repose", "ferment sans avoir été ouverts"),
    "a quotation never closed": (
        "REL-11", "au 30 juin 2025. »", "au 30\u00a0juin 2025.", "s’ouvrent et ne se ferment pas"),
    "straight quotation marks": ("REL-11", SUIVI, 'Le suivi dit "léger"', "guillemets droits"),
    "a demonstrative of the other gender": ("REL-12", SUIVI, "Cette document décrit", "du genre"),
    "an article of the other gender": ("REL-12", SUIVI, "La bilan décrit", "du genre"),
    "a determiner before a vowel": ("REL-12", SUIVI, "Ce avenant décrit", "ne convient pas"),
    "a plural before a singular": ("REL-12", SUIVI, "L’un des dispositif décrit", "du nombre"),
    "a singular before a plural": ("REL-12", SUIVI, "Chaque opérations décrit", "du nombre"),
    "a capital without its accent": ("REL-13", SUIVI, "Etre attentif", "une capitale a perdu son accent"),
    "À without its accent": ("REL-13", "À Arras, le", "A Arras, le", "une capitale a perdu son accent"),
    "an entry twice": ("REL-14", SUIVI, f"{SUIVI} ; la structure en rend compte.\n" * 2, "la même ligne vient deux"),
    "a number of convention cut": ("REL-15", "2024-00042 signée", "2024 -00042 signée", "avec une espace"),
    "a straight apostrophe": ("REL-16", SUIVI, "L'entretien est mensuel", "droites voisinent avec des courbes"),
}  # fmt: skip
"""What is wrong: the code that says it, what is replaced in the sound act, by what, and words of the remark."""


def fautif(*noms: str) -> str:
    """Put faults into the sound act."""
    texte = SAIN
    for nom in noms:
        _, juste, faux, _ = FAUTES[nom]
        assert SAIN.count(typo(juste)) == 1
        texte = texte.replace(typo(juste), faux)
    return texte


def dites(texte: str, code: str, *, pages: int | None = None) -> list[Remarque]:
    """Give the remarks of one code."""
    return [remarque for remarque in relire(texte, pages=pages) if remarque.code == code]


def codes(remarques: Iterable[Remarque]) -> set[str]:
    """List the codes of remarks."""
    return {remarque.code for remarque in remarques}


def test_a_sound_act_draws_no_remark() -> None:
    assert relire(SAIN) == ()
    assert relire(SAIN.replace("\n", "\r\n")) == ()
    assert relire("") == ()


@pytest.mark.parametrize("nom", FAUTES)
def test_each_fault_is_found_on_its_line(nom: str) -> None:
    code, _, _, mots = FAUTES[nom]
    texte = fautif(nom)
    (remarque,) = [r for r in dites(texte, code) if mots in r.phrase]
    assert remarque.phrase.startswith(("À la ligne ", "Aux lignes "))
    assert remarque.phrase.endswith(".")
    lignes = texte.split("\n")
    touchees = {n for n, ligne in enumerate(lignes, start=1) if ligne not in SAIN.split("\n")}
    assert touchees & {remarque.ligne, *remarque.autres} or not touchees or code == "TXT-10", remarque


@pytest.mark.parametrize("nom", FAUTES)
def test_a_fault_draws_no_blocking_remark_of_another_kind(nom: str) -> None:
    autres = codes(bloquantes(relire(fautif(nom)))) - {FAUTES[nom][0]}
    assert autres <= {"TXT-01", "TXT-02", "TXT-06", "REL-02", "REL-03"}


def test_every_rule_is_shown_at_fault() -> None:
    montrees = {code for code, *_ in FAUTES.values()} | {"REL-08", "TXT-12"}
    assert montrees == {relecteur.code for relecteur in RELECTEURS}


def test_lines_count_from_one_and_quote_the_place() -> None:
    (remarque,) = dites(f"Titre\n\n{ARTICLE_4}\ntexte\nArticle 4 : Autres dispositions", "TXT-03")
    assert (remarque.ligne, remarque.autres) == (3, (5,))
    assert remarque.gravite is Gravite.BLOQUANT
    assert remarque.phrase == (
        "Aux lignes 3 et 5, 2 articles portent le numéro 4 (« Annexes » et « Autres dispositions ») : renumérotez-les."
    )


def test_many_lines_are_counted() -> None:
    (remarque,) = dites("\n".join(["Suivi par XXXX"] * 9), "TXT-06")
    assert remarque.phrase.startswith("Aux lignes 1, 2, 3, 4, 5, 6 et 3 autres, il reste des blancs")
    assert len(remarque.autres) == 8


def test_missing_non_breaking_spaces_are_counted_once_for_the_document() -> None:
    texte = SAIN.replace("12\u00a0500,50\u00a0€", "12 500,50€").replace("60\u00a0%", "60%")
    (remarque,) = dites(texte, "REL-08")
    assert "3\u00a0espaces insécables manquent" in remarque.phrase
    assert remarque.gravite is Gravite.INFORMATION
    assert dites(SAIN.replace("\u00a0", "\u202f"), "REL-08") == []
    assert "1\u00a0espace insécable manque" in dites("Le coût :", "REL-08")[0].phrase


def test_one_share_under_two_values_is_found() -> None:
    texte = "Le taux d’affectation minimum est de 30 %.\nCe taux d’affectation minimum de 40 % est contrôlé."
    assert dites(typo(texte), "TXT-12")[0].ligne == 1


def test_the_real_number_of_pages_may_be_printed() -> None:
    texte = SAIN.replace("originaux.", "originaux. Le présent document comprend 7\u00a0pages, annexes comprises.")
    assert relire(texte, pages=7) == ()
    assert "(le document compte 8\u00a0pages)" in dites(texte, "TXT-05", pages=8)[0].phrase
    assert dites(texte.replace("7\u00a0pages", "sept pages"), "TXT-05", pages=7) == []
    assert dites(texte.replace("7\u00a0pages", "xx pages"), "TXT-05", pages=7)


def test_a_convention_is_not_asked_what_an_avenant_is() -> None:
    sans_cout = SAIN.replace("Article 3 – Coût de l’opération", "Article 3 – Durée").replace("1, 4 et 12", "1, 7 et 12")
    assert codes(relire(sans_cout)) == {"TXT-10", "REL-04"}
    assert codes(relire(sans_cout, avenant=True)) == {"TXT-10", "REL-04"}
    assert relire(sans_cout, avenant=False) == ()


def test_given_names_are_looked_for_too() -> None:
    texte = SAIN.replace(SUIVI, "La Maison-du-Suivi assure l’entretien")
    assert relire(texte) == ()
    assert codes(relire(texte, noms=["Maison du Suivi"])) == {"STR-05"}


def test_the_date_of_the_signature_is_filled_in_by_hand() -> None:
    assert relire(SAIN.replace("le ……………………", "le ________")) == ()
    assert codes(relire(SAIN.replace("le ……………………", "le ……………………, devant témoin"))) == {"TXT-06"}


def test_a_maximum_whose_sum_is_given_is_not_contradicted() -> None:
    texte = "Le coût maximum est de 12 500,50 €, dont 12 000 € + 500,50 € pour 2025."
    assert dites(typo(texte), "TXT-14") == []
    assert dites(typo(texte.replace("12 000", "11 000")), "TXT-14")


def test_entries_that_name_their_act_each_have_their_balance() -> None:
    texte = "- convention initiale : solde dans les 3 mois ;\n- avenant n° 1 : solde au 31 décembre 2025."
    assert dites(typo(texte), "TXT-11") == []
    (remarque,) = dites(typo(texte.replace("convention initiale", "avenant n° 1")), "TXT-11")
    assert (remarque.ligne, remarque.autres) == (1, (2,))


def test_each_annexe_has_its_own_balance() -> None:
    accueil, equilibre = "- solde au 30 juin 2026.", "- solde au 31 décembre 2025."
    assert dites(typo(f"Annexe 2 – Accueil\n{accueil}\nAnnexe 3 – Suivi\n{equilibre}"), "TXT-11") == []
    assert dites(typo(f"Annexe 2 – Accueil\n{accueil}\n{equilibre}"), "TXT-11")


def test_lines_that_begin_alike_are_not_one_entry_twice() -> None:
    debut = "D’autoriser la Présidente à signer au nom et pour le compte"
    assert dites(f"{debut}\ndu Département, l’avenant.\n{debut}\nde la structure, la convention.", "REL-14") == []


def test_figures_that_follow_a_siret_are_not_its_own() -> None:
    assert dites(typo("Le SIRET 186 200 093 00083 12 rue des Lilas"), "REL-05") == []
    assert dites("Le SIRET 18620009300084 12 rue des Lilas", "REL-05")


def test_an_act_is_closed_where_it_is_signed_and_not_where_it_says_so() -> None:
    texte = SAIN.replace("Les autres clauses", "Versement à la signature\u00a0: les autres clauses")
    assert relire(texte) == ()


JUSTES = (
    "Le siège est 23 rue du 11 Novembre, au 1er janvier 2025.",
    "Le porteur le présente au comité, qui les demande et les compte.",
    "Que l’un demande ce que l’autre avance ; le total part de zéro.",
    "Des comptes rendus, les taux et des rendez-vous ; l’un des dispositifs.",
    "Cette action, cet outil, cette annexe et ce taux ; une avance, la part du Département.",
    "Il est 12 h 30 ; voir https://exemple.fr/aide et l’article 8.1, etc., puis la fiche 3.16.",
    "Arras, Lens, Liévin et Béthune ne relèvent pas de Calais.",
    "Il aide, oriente… et accompagne (en présentiel) : « ateliers », « stages ».",
    "Lesquels et lesquelles ? À la demande, à l’issue du 1er semestre, de la 1re à la 2e étape.",
    "Nous nous engageons ; vous vous engagez.",
    "Le roi Louis XIV n’y tenait pas : l’état des lieux, les écoles, l’économie.",
    "La délibération n° 2024-587 et la convention n° 2024-00587 ; la loi n° 2000-321 et son article 10-1.",
)  # fmt: skip


@pytest.mark.parametrize("phrase", JUSTES)
def test_sound_sentences_are_left_alone(phrase: str) -> None:
    assert relire(typo(phrase)) == ()


def test_a_quotation_of_several_paragraphs_may_open_each_of_them() -> None:
    texte = typo("« Premier alinéa.\n« Deuxième alinéa, dit « ouvert ».\n« Dernier alinéa. »")
    assert dites(texte, "REL-11") == []


def test_an_act_without_its_closing_is_not_asked_for_its_annexes() -> None:
    sans_fin = SAIN[: SAIN.index("Fait en")]
    assert relire(sans_fin) == ()


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_lines_exist(texte: str) -> None:
    remarques = relire(texte)
    derniere = texte.replace("\r\n", "\n").count("\n") + 1
    assert all(1 <= n <= derniere for r in remarques for n in (r.ligne, *r.autres))
    assert [r.ligne for r in remarques] == sorted(r.ligne for r in remarques)


@given(st.lists(st.sampled_from(sorted(FAUTES)), min_size=1, max_size=4, unique=True))
def test_faults_put_together_are_read_without_fail(noms: list[str]) -> None:
    assert relire(fautif(*noms))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_articles_are_remarked_unless_each_comes_once_in_order(numeros: list[int]) -> None:
    texte = "\n".join(f"Article {numero} – Titre" for numero in numeros)
    trouvees = codes(relire(texte))
    assert ("TXT-03" in trouvees) == (len(set(numeros)) < len(numeros))
    assert ("TXT-04" in trouvees) == (1 in numeros and set(numeros) != set(range(1, max(numeros) + 1)))


SOURCE = """{# Un commentaire : à compléter un jour, XXXX. #}
Avenant n° {{ rang }}
{% for article in articles %}
Article {{ article }} – Titre
{% endfor %}
Fait en deux exemplaires.{% if pages %} Ce document comprend {{ pages }}.{% endif %}
À Arras, le ……………………
"""


def test_a_sound_template_is_accepted() -> None:
    assert relire_modele({"Premier": SAIN, "Second": SAIN}, source=SOURCE) == ()
    assert relire_modele({}) == ()


REFUSEES = {"TXT-01", "TXT-03", "TXT-04", "TXT-05", "TXT-06", "TXT-10"}


@pytest.mark.parametrize("nom", [nom for nom, (code, *_) in FAUTES.items() if code in REFUSEES])
def test_a_template_that_renders_a_fault_is_refused(nom: str) -> None:
    code, _, _, mots = FAUTES[nom]
    texte = fautif(nom)
    remarque = next(r for r in relire_modele({"Sain": SAIN, "Un": texte, "Deux": texte}) if r.code == code)
    assert remarque.gravite is Gravite.BLOQUANT
    assert remarque.phrase.startswith("Dans l’exemple « Un » et dans 1\u00a0autre exemple, ")
    assert mots in remarque.phrase


def test_a_template_is_not_refused_for_its_typing() -> None:
    assert relire_modele({"Un": SAIN.replace(SUIVI, "Le  suivi côut, 79 850€")}) == ()


@pytest.mark.parametrize("ajout", ["Ce document comprend 2 pages.", "Il compte xx pages.", "Suivi par XXXX."])
def test_what_a_source_spells_out_is_refused_even_if_no_act_shows_it(ajout: str) -> None:
    (remarque,) = relire_modele({"Un": SAIN}, source=f"{SOURCE}{{% if rare %}}\n{ajout}\n{{% endif %}}")
    assert remarque.phrase.startswith("Dans le modèle, à la ligne 9, ")


def test_a_number_of_pages_must_be_the_real_one() -> None:
    rendu = SAIN.replace("originaux.", "originaux. Ce document comprend 7\u00a0pages.")
    assert relire_modele({"Un": rendu}, source=SOURCE, pages={"Un": 7}) == ()
    assert relire_modele({"Un": rendu}, source=SOURCE) == ()
    (remarque,) = relire_modele({"Un": rendu}, source=SOURCE, pages={"Un": 8})
    assert remarque.phrase.startswith("Dans l’exemple « Un », à la ligne ")
    assert codes(relire_modele({"Un": rendu})) == {"TXT-05"}


def test_what_an_act_does_not_know_yet_is_no_fault_of_its_template() -> None:
    rendu = SAIN.replace("00083", "……………………")
    assert relire_modele({"Un": rendu}, source=SOURCE) == ()
    assert codes(relire_modele({"Un": rendu})) == {"TXT-06"}
    assert codes(
        relire_modele({"Un": rendu.replace("le référent ;".replace(" ;", "\u00a0;"), "XXXX ;")}, source=SOURCE)
    ) == {"TXT-06"}
