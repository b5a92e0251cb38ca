"""The deliberation: what is voted, how words agree, what stays inert, and the reading back that guards it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import page
import pikepdf
import pypdfium2
import pytest

from inclusion_desk.documents.articles_imprimes import articles_imprimes
from inclusion_desk.documents.blocks import BulletList, Paragraph, Signatures, plain, runs_of
from inclusion_desk.documents.deliberation import (
    deliberation_blocks,
    modele_deliberation,
    render_deliberation,
    verify_deliberation,
)
from inclusion_desk.domain.deliberations import Adoption, ArticleSaisi, Deliberation, Rectification, Visa, VoixGroupe
from inclusion_desk.domain.dossier import DossierSeance, Ligne, Modele
from inclusion_desk.domain.refus import Interrompu, Refus
from inclusion_desk.domain.seances import Presence
from tests.fabrique import dossier_du_cas

PIED = re.compile(
    r"(Projet de délibération|Délibération)( n° .{1,40})? – Commission permanente"
    r"( du [\d/]{10})?[^/]{0,60}Page \d+ / \d+"
)


def texte(contenu: bytes) -> str:
    """Read a PDF as a reader would, footers apart, with plain single spaces."""
    with pypdfium2.PdfDocument(contenu) as lu:
        pages = [" ".join(feuille.get_textpage().get_text_range().split()) for feuille in lu]
    return " ".join(PIED.sub("", lue).strip() for lue in pages)


@cache
def extrait_du_cas() -> bytes:
    return render_deliberation(dossier_du_cas())


def serre(lu: str) -> str:
    return "".join(lu.split())


def test_the_law_s_typography_reaches_the_reader() -> None:
    with pypdfium2.PdfDocument(extrait_du_cas()) as lu:
        brut = lu[1].get_textpage().get_text_range() + lu[2].get_textpage().get_text_range()
    assert "712\u00a0000\u00a0€" in brut
    assert "Pour\u00a0: 29\u00a0voix" in brut


def test_a_sitting_that_is_not_held_yet_says_nothing_of_who_came() -> None:
    cas = dossier_du_cas()
    appeles = tuple(replace(p, statut="present", pouvoir=False) for p in cas.seance.presences)
    projet = replace(
        cas,
        deliberation=replace(cas.deliberation, issue=None, votes=(), adoption=None),
        seance=replace(cas.seance, presences=appeles),
    )
    lu = texte(render_deliberation(projet))
    assert "taient présents" not in lu
    assert "quorum" not in lu
    assert "ni au débat ni au vote" not in lu
    pointee = replace(
        projet, seance=replace(projet.seance, presences=(replace(appeles[0], statut="absent"), *appeles[1:]))
    )
    assert "taient présents" in texte(render_deliberation(pointee))  # prepared on the day itself


def test_the_same_dossier_gives_the_same_bytes() -> None:
    assert render_deliberation(dossier_du_cas()) == extrait_du_cas()


@pytest.mark.parametrize("profil", ["2a", "ua1"])
@pytest.mark.parametrize("etat", ["vote", "projet"])
def test_it_can_be_archived_and_heard(profil: str, etat: str) -> None:
    contenu = extrait_du_cas() if etat == "vote" else render_deliberation(en_preparation())
    rapport = page.validate_pdf_bytes(contenu, profile=profil)
    assert rapport.is_compliant, [echec.message for echec in rapport.failures]


def test_metadata_come_from_the_dossier() -> None:
    with pypdfium2.PdfDocument(extrait_du_cas()) as lu:
        metadonnees = lu.get_metadata_dict()
        titres = [signet.get_title() for signet in lu.get_toc()]
    assert metadonnees["Title"].startswith("Délibération n°\u00a02024-587 – Appels à projets")
    assert metadonnees["Author"] == (
        "Jean-Claude LEROY, Président du Conseil départemental – Département du Pas-de-Calais"
    )
    assert metadonnees["CreationDate"] == "D:20241209000000+00'00'"
    assert titres[:3] == ["Délibération n°\u00a02024-587", "DÉCIDE\u00a0:", "Article\u00a01"]


def test_pages_are_numbered_out_of_their_number() -> None:
    with pypdfium2.PdfDocument(extrait_du_cas()) as lu:
        pieds = [feuille.get_textpage().get_text_range().split("\n")[-1] for feuille in lu]
    assert [" ".join(re.findall(r"Page.*", pied)).split() for pied in pieds] == [
        ["Page", str(n), "/", str(len(pieds))] for n in range(1, len(pieds) + 1)
    ]
    assert all("n°\u00a02024-587" in pied for pied in pieds)


def test_only_our_typeface_is_embedded() -> None:
    with pypdfium2.PdfDocument(extrait_du_cas()) as lu:
        polices = {objet.get_font().get_base_name() for feuille in lu for objet in feuille.get_objects(filter=[1])}
    assert polices == {"SourceSans3-Regular", "SourceSans3-Bold"}


def en_preparation() -> DossierSeance:
    dossier = dossier_du_cas()
    return replace(
        dossier,
        seance=replace(dossier.seance, jour=None, president="", secretaire="", presences=()),
        deliberation=replace(
            dossier.deliberation, numero="", issue=None, votes=(), avis=(), date_signature=None, signataire=""
        ),
    )


def test_a_phase_in_preparation_is_a_project() -> None:
    dossier = en_preparation()
    contenu = render_deliberation(dossier)
    lu = texte(contenu)
    verify_deliberation(contenu, dossier)
    assert "PROJET" in lu
    assert "Projet de délibération" in lu
    assert "Réunion du …" in lu
    assert "712 000 €" in lu
    for absent in ("N°", "Étaient", "quorum", "Vote", "Fait à", "Présidence", "Secrétaire", "intéress", "None"):
        assert absent not in lu


def test_an_empty_phase_is_still_a_document() -> None:
    dossier = replace(en_preparation(), thematiques=(), budget=())
    lu = texte(render_deliberation(dossier))
    assert "DÉCIDE" not in lu
    assert "Appels à projets" in lu


def _sans(dossier: DossierSeance, garder: Callable[[Ligne], bool]) -> DossierSeance:
    return replace(
        dossier,
        thematiques=tuple(
            replace(
                t,
                operations=tuple(replace(o, lignes=tuple(filter(garder, o.lignes))) for o in t.operations),
            )
            for t in dossier.thematiques
        ),
    )


def test_without_avenants_no_article_speaks_of_them_and_numbers_follow() -> None:
    lu = texte(render_deliberation(_sans(dossier_du_cas(), lambda ligne: ligne.acte != "avenant")))
    assert "avenants" not in lu
    assert "Article 5 D’imputer" in lu
    assert "Article 6" not in lu


def test_without_conventions_no_article_speaks_of_their_model() -> None:
    lu = texte(render_deliberation(_sans(dossier_du_cas(), lambda ligne: ligne.acte != "convention")))
    assert "modèle type" not in lu
    assert "Article 4 D’habiliter" in lu


def test_one_annexe_and_one_article_are_singular() -> None:
    dossier = _sans(dossier_du_cas(), lambda ligne: ligne.modele in {"10", None})
    dossier = replace(dossier, thematiques=dossier.thematiques[:1])
    lu = texte(render_deliberation(dossier))
    assert "figurant à l’annexe 10 de" in lu
    assert "résultent de l’article 1 de" in lu


def _un_elu(civilite: str, statut: str, *, interesse: bool) -> Presence:
    return Presence(civilite, "Camille", "DURAND", statut, 1, interesse, pouvoir=False)


@pytest.mark.parametrize(
    ("civilite", "statut", "attendu"),
    [
        (
            "Mme",
            "present",
            ["Était présente : Mme Camille DURAND.", "Madame Camille DURAND, intéressée à l’affaire,"],
        ),
        ("M.", "absent", ["Absent : M. Camille DURAND.", "DURAND, intéressé à l’affaire et absent, n’a pris part"]),
        ("Mme", "excuse", ["Excusée : Mme", "intéressée à l’affaire et excusée, n’a"]),
        ("M.", "excuse_sans_voix", ["Excusé sans voix délibérative : M."]),
    ],
)
def test_words_agree_with_people(civilite: str, statut: str, attendu: list[str]) -> None:
    dossier = dossier_du_cas()
    dossier = replace(dossier, seance=replace(dossier.seance, presences=(_un_elu(civilite, statut, interesse=True),)))
    lu = texte(render_deliberation(dossier))
    assert [phrase for phrase in attendu if phrase not in lu] == []


def test_a_president_is_madam_too() -> None:
    dossier = dossier_du_cas()
    seance = replace(
        dossier.seance, president="Mme Anne MARTIN", qualite_president="Présidente du Conseil départemental"
    )
    lu = texte(render_deliberation(replace(dossier, seance=seance)))
    assert "D’habiliter la Présidente du Conseil départemental à signer" in lu
    assert "La Présidente du Conseil départemental, Anne MARTIN" in lu


def test_a_quorum_that_fails_is_said() -> None:
    dossier = dossier_du_cas()
    absents = tuple(replace(p, statut="absent", pouvoir=False) for p in dossier.seance.presences)
    lu = texte(render_deliberation(replace(dossier, seance=replace(dossier.seance, presences=absents))))
    assert "il n’est pas atteint" in lu


def test_interested_members_may_be_printed_apart() -> None:
    dossier = dossier_du_cas()
    dossier = replace(dossier, deliberation=replace(dossier.deliberation, interesses_en_abstention=False))
    contenu = render_deliberation(dossier)
    verify_deliberation(contenu, dossier)
    assert "Abstention : 0 voix" in texte(contenu)
    assert "Ne prennent pas part au vote : 12 membres" in texte(contenu)


def test_sixty_interested_members_fit() -> None:
    dossier = dossier_du_cas()
    elus = tuple(
        Presence("Mme" if n % 2 else "M.", "Marie-Christine", f"DE LA TOUR-NUMÉRO{n}", "present", n, True, False)
        for n in range(60)
    )
    lu = texte(render_deliberation(replace(dossier, seance=replace(dossier.seance, presences=elus))))
    assert all(len(re.findall(rf"NUMÉRO{n}\b", lu)) == 2 for n in range(60))


def test_a_long_title_wraps() -> None:
    titre = "Appels à projets " + "des politiques d’inclusion durable " * 14
    dossier = dossier_du_cas()
    contenu = render_deliberation(replace(dossier, deliberation=replace(dossier.deliberation, titre=titre)))
    assert " ".join(titre.split()) in texte(contenu)
    for largeur, droite in bords(contenu):
        assert droite < largeur - 65


def bords(contenu: bytes) -> list[tuple[float, float]]:
    """Give each page's width, and how far its texts go to the right."""
    with pypdfium2.PdfDocument(contenu) as lu:
        return [
            (feuille.get_width(), max(objet.get_bounds()[2] for objet in feuille.get_objects(filter=[1])))
            for feuille in lu
        ]


def test_nothing_is_printed_in_the_margins() -> None:
    assert all(droite < largeur - 65 for largeur, droite in bords(extrait_du_cas()))


HOSTILES = [
    "ASSOC <b>X", "**x** _y_ `z`", "{{ 7*7 }} {% raw %}", "| a | b |", "1. x", "<img src=/etc/passwd>", "# Titre",
    "~~~ visas", "- puce", "&amp; &lt;", "[lien](http://x)", "\\(a\\) \\n", "***", "=1+1", "A. (B) %d {0}", "l’œuvre Ÿ",
]  # fmt: skip


def _partout(dossier: DossierSeance, h: str) -> DossierSeance:
    """Put a text in every field that the extract prints."""
    seance, acte = dossier.seance, dossier.deliberation
    return replace(
        dossier,
        departement=f"dep{h}",
        seance=replace(
            seance,
            lieu=f"lieu{h}",
            president=f"pre{h}",
            secretaire=f"sec{h}",
            presences=(replace(seance.presences[1], prenom=f"prenom{h}", nom=f"nom{h}"),),
        ),
        deliberation=replace(
            acte,
            titre=f"titre{h}",
            numero=f"num{h}",
            visas=tuple(
                Visa(n, f"obj{n}{h}", f"art{n}{h}", f"nv{h}", f"inst{h}", date(2024, 1, 1))
                for n in ("code", "deliberation", "reglement", "rapport")
            ),
            avis=tuple(replace(a, commission=f"com{h}", intitule=f"int{h}", sens=f"sens{h}") for a in acte.avis),
            votes=tuple(replace(v, groupes=(VoixGroupe(f"grp{h}"),)) for v in acte.votes),
            issue=f"issue{h}",
            signataire=f"sign{h}",
            qualite_signataire=f"qual{h}",
        ),
        thematiques=tuple(replace(t, intitule=f"them{h}") for t in dossier.thematiques),
        budget=tuple(
            replace(b, libelle=f"lib{h}", code_operation=f"code{h}", imputation=f"imp{h}") for b in dossier.budget
        ),
    )


ETIQUETTES = [
    "dep", "lieu", "pre", "sec", "prenom", "nom", "titre", "num", "objcode", "artcode", "objdeliberation", "nv", "inst",
    "objreglement", "artreglement", "objrapport", "com", "int", "sens", "grp", "issue", "sign", "qual", "them", "lib",
    "code", "imp",
]  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILES)
def test_hostile_texts_are_printed_as_they_are(hostile: str) -> None:
    contenu = render_deliberation(_partout(dossier_du_cas(), hostile))
    lu = serre(texte(contenu))
    assert [etiquette for etiquette in ETIQUETTES if serre(etiquette + hostile) not in lu] == []
    assert page.is_pdf_compliant_bytes(contenu, profile="2a")


def test_a_hostile_title_stays_inert_in_metadata() -> None:
    dossier = dossier_du_cas()
    titre = "A</rdf:li><b>&(x)\\"
    contenu = render_deliberation(replace(dossier, deliberation=replace(dossier.deliberation, titre=titre)))
    assert page.is_pdf_compliant_bytes(contenu, profile="2a")
    with pypdfium2.PdfDocument(contenu) as lu:
        assert lu.get_metadata_value("Subject") == titre


def test_a_character_without_a_glyph_is_named() -> None:
    dossier = dossier_du_cas()
    with pytest.raises(Refus, match=r"U\+1F600"):
        render_deliberation(replace(dossier, deliberation=replace(dossier.deliberation, titre="Bravo 😀")))
    with pytest.raises(Refus, match=r"U\+0007"):
        render_deliberation(replace(dossier, deliberation=replace(dossier.deliberation, titre="a\x07b")))


def test_a_decomposed_accent_is_composed() -> None:
    dossier = dossier_du_cas()
    lu = texte(
        render_deliberation(replace(dossier, deliberation=replace(dossier.deliberation, titre="E\u0301te\u0301")))
    )
    assert "Ét" in lu


def test_the_reader_accepts_the_true_extract() -> None:
    verify_deliberation(extrait_du_cas(), dossier_du_cas())


def test_amounts_beside_digits_are_still_found() -> None:
    dossier = dossier_du_cas()
    budget = tuple(replace(b, libelle=f"{b.libelle} axe 3") for b in dossier.budget)
    dossier = replace(dossier, budget=budget)
    verify_deliberation(render_deliberation(dossier), dossier)


def _autre_montant(dossier: DossierSeance) -> DossierSeance:
    premiere = dossier.thematiques[2]
    operation = premiere.operations[0]
    lignes = (replace(operation.lignes[0], montant=operation.lignes[0].montant + 1), *operation.lignes[1:])
    operations = (replace(operation, lignes=lignes),)
    return replace(dossier, thematiques=(*dossier.thematiques[:2], replace(premiere, operations=operations)))


def _autre_ae(dossier: DossierSeance) -> DossierSeance:
    return replace(dossier, budget=(replace(dossier.budget[0], ae=8_589_450_01), *dossier.budget[1:]))


def _autre_numero(dossier: DossierSeance) -> DossierSeance:
    return replace(dossier, deliberation=replace(dossier.deliberation, numero="2024-58"))


def _autre_vote(dossier: DossierSeance) -> DossierSeance:
    votes = tuple(replace(v, nombre=v.nombre + 1) if v.position == "contre" else v for v in dossier.deliberation.votes)
    return replace(dossier, deliberation=replace(dossier.deliberation, votes=votes))


def _montant_double(dossier: DossierSeance) -> DossierSeance:
    return replace(dossier, thematiques=(*dossier.thematiques, replace(dossier.thematiques[2], numero=5)))


@pytest.mark.parametrize(
    ("autre", "manque"),
    [
        (_autre_montant, "59\u00a0220,01"),
        (_autre_ae, "8\u00a0589\u00a0450,01"),
        (_autre_numero, "2024-58\u00a0"),
        (_autre_vote, "Contre\u00a0: 1"),
        (_montant_double, "59\u00a0220\u00a0€"),
    ],
)
def test_the_extract_of_another_dossier_is_refused(
    autre: Callable[[DossierSeance], DossierSeance], manque: str
) -> None:
    with pytest.raises(Refus, match=re.escape(manque)):
        verify_deliberation(extrait_du_cas(), autre(dossier_du_cas()))


def test_a_damaged_file_is_refused() -> None:
    with pytest.raises(Refus, match="relu"):
        verify_deliberation(b"%PDF-1.7 rien", dossier_du_cas())


def test_a_user_s_template_that_forgets_an_amount_is_caught() -> None:
    dossier = dossier_du_cas()
    modele = modele_deliberation().replace("{{ ligne.depense }}", "–")
    contenu = render_deliberation(dossier, modele=modele)
    with pytest.raises(Refus, match="712\u00a0000,00"):
        verify_deliberation(contenu, dossier)


def test_progress_is_told_and_may_interrupt() -> None:
    vus: list[tuple[int, int]] = []
    render_deliberation(dossier_du_cas(), progress=lambda fait, total: vus.append((fait, total)))
    assert vus == [(n, len(vus)) for n in range(1, len(vus) + 1)]

    def cancel(_fait: int, _total: int) -> None:
        raise Interrompu("Annulé.")

    with pytest.raises(Interrompu):
        render_deliberation(dossier_du_cas(), progress=cancel)


def test_the_file_is_sound() -> None:
    with pikepdf.open(io.BytesIO(extrait_du_cas())) as lu:
        assert lu.check_pdf_syntax() == []


def test_interested_members_printed_as_abstentions_are_not_also_said_to_have_left_the_vote() -> None:
    dossier = dossier_du_cas()
    comme_le_cas = texte(render_deliberation(dossier))
    assert "Abstention : 12 voix" in comme_le_cas
    assert comme_le_cas.count("pris part ni au débat ni au vote") == 1
    regle = replace(dossier, deliberation=replace(dossier.deliberation, interesses_en_abstention=False))
    assert texte(render_deliberation(regle)).count("pris part ni au débat ni au vote") == 2


def _acte(**champs: object) -> DossierSeance:
    dossier = dossier_du_cas()
    acte: Deliberation = replace(dossier.deliberation, **champs)  # type: ignore[arg-type]
    return replace(dossier, deliberation=acte)


def lu_de(dossier: DossierSeance) -> str:
    contenu = render_deliberation(dossier)
    verify_deliberation(contenu, dossier)
    return texte(contenu)


def test_proxies_are_named_with_who_holds_them_where_it_is_known() -> None:
    dossier = dossier_du_cas()
    presences = tuple(
        replace(p, elu_id=n, mandataire=4 if p.nom == "WOZNY" else None)
        for n, p in enumerate(dossier.seance.presences, start=1)
    )
    lu = lu_de(replace(dossier, seance=replace(dossier.seance, presences=presences)))
    assert "Ont donné pouvoir : M. Jean-Claude DISSAUX ; Mme Florence WOZNY à Mme Valérie CUVILLIER." in lu
    une = tuple(p for p in presences if p.nom != "DISSAUX")
    lu = lu_de(replace(dossier, seance=replace(dossier.seance, presences=une)))
    assert "A donné pouvoir : Mme Florence WOZNY à" in lu
    sans = tuple(p for p in une if not p.pouvoir)
    assert "pouvoir :" not in lu_de(replace(dossier, seance=replace(dossier.seance, presences=sans)))


def test_votes_are_counted_by_group_where_given_and_read_back() -> None:
    votes = tuple(
        replace(v, groupes=(VoixGroupe("Groupe A", 20), VoixGroupe("Groupe B"))) if v.position == "pour" else v
        for v in dossier_du_cas().deliberation.votes
    )
    dossier = _acte(votes=votes)
    assert "Pour : 29 voix (Groupe A : 20 ; Groupe B)" in lu_de(dossier)
    with pytest.raises(Refus, match="Groupe A"):
        verify_deliberation(extrait_du_cas(), dossier)


@pytest.mark.parametrize(
    ("saisi", "attendu"),
    [
        ("Favorable", "avis favorable émis par la 1re Commission « L’emploi »"),
        ("AVIS DÉFAVORABLE", "avis défavorable émis"),
        ("Avis  defavorable", "avis défavorable émis"),
        ("Favorable, sous réserve du RSA à 5%", "avis favorable, sous réserve du RSA à 5 % émis"),
        (" ", "Vu l’avis émis par la"),
    ],
)
def test_opinions_are_worded_alike_however_they_were_typed(saisi: str, attendu: str) -> None:
    avis = replace(dossier_du_cas().deliberation.avis[0], commission="1ère Commission", intitule="L'emploi", sens=saisi)
    assert attendu in lu_de(_acte(avis=(avis,)))


def test_a_correction_names_the_deliberation_it_replaces() -> None:
    dossier = _acte(numero="2025-012", rectifie=Rectification("2024-587", date(2024, 12, 9), "Appels à projets"))
    lu = lu_de(dossier)
    assert "(annule et remplace la délibération n° 2024-587 du 9 décembre 2024)" in lu
    assert (
        "Article 7 D’annuler la délibération n° 2024-587 du 9 décembre 2024, intitulée « Appels à projets », que la "
        "présente délibération remplace."
    ) in lu


@pytest.mark.parametrize(
    ("issue", "attendus"),
    [
        ("modifie", ["DÉCIDE :", "Adopté avec modifications Fait à"]),
        ("rejete", ["REJETTE LES DISPOSITIONS SUIVANTES :", "Rejeté Fait à"]),
        ("ajourne", ["AJOURNE L’EXAMEN DES DISPOSITIONS SUIVANTES :", "Ajourné Fait à"]),
    ],
)
def test_each_outcome_has_its_words(issue: str, attendus: list[str]) -> None:
    lu = lu_de(_acte(issue=issue))
    assert [phrase for phrase in attendus if phrase not in lu] == []
    assert "PROJET" not in lu


def test_edited_articles_are_printed_with_their_figures_and_their_lists() -> None:
    saisi = (
        "De financer {thematique-1.dispositifs} :\n\n- l’accueil ;\n- **suite** # {{ 7*7 }}\n\n"
        "Soit {thematique-1.montant}."
    )
    dossier = _acte(
        articles=(
            ArticleSaisi("financement", 1, saisi),
            ArticleSaisi("financement", 3, retire=True),
            ArticleSaisi("libre", None, "De charger les services de l’exécution."),
            ArticleSaisi("libre", None, ""),
            ArticleSaisi("imputation", None, "Les dépenses sont imputées comme suit :"),
        )
    )
    lu = lu_de(dossier)
    assert "Article 1 De financer 4 dispositifs : • l’accueil ; • **suite** # {{ 7*7 }} Soit 712 000 €." in lu
    assert "99 998 €" not in lu
    assert "De charger les services de l’exécution." in lu
    assert "Les dépenses sont imputées comme suit : Code opération" in lu
    assert "D’imputer" not in lu


def test_figures_are_as_bold_in_an_edited_article_as_in_the_others() -> None:
    saisi = (
        "De financer {thematique-1.dispositifs}, soit {thematique-1.montant} au plus et 5 000 € par an :\n\n"
        "- {thematique-1.montant} de crédits, 3 personnes, **rien**."
    )
    dossier = _acte(articles=(ArticleSaisi("financement", 1, saisi), ArticleSaisi("financement", 3)))
    blocs = [b for b in deliberation_blocks(dossier) if isinstance(b, Paragraph | BulletList)]
    edite, liste, autre = (
        next(b for b in blocs if mot in _dit(b)) for mot in ("De financer", "crédits", "2\u00a0disp")
    )
    assert _gras(edite) == ["4\u00a0dispositifs", "712\u00a0000\u00a0€", "5\u00a0000\u00a0€"]
    assert _gras(liste) == ["712\u00a0000\u00a0€"]
    assert _gras(autre) == ["2\u00a0dispositifs", "99\u00a0998\u00a0€"]
    assert "**rien**" in _dit(liste)
    assert articles_imprimes(dossier)[1].startswith("De financer 4\u00a0dispositifs, soit 712\u00a0000\u00a0€ au plus")


def _gras(bloc: Paragraph | BulletList) -> list[str]:
    return [run.text for run in runs_of((bloc,)) if run.bold]


def _dit(bloc: Paragraph | BulletList) -> str:
    return plain(runs_of((bloc,)))


def test_a_figure_leaves_no_mark_where_one_face_prints() -> None:
    modele = "~~~ signatures\n{{ articles.0.texte.0.texte }}\n~~~\n"
    dossier = _acte(articles=(ArticleSaisi("financement", 1, "Soit {thematique-1.montant}."),))
    (signatures,) = deliberation_blocks(dossier, modele=modele)
    assert isinstance(signatures, Signatures)
    assert signatures.place == "Soit 712\u00a0000\u00a0€."


def test_an_edited_article_follows_its_figure() -> None:
    dossier = _acte(articles=(ArticleSaisi("financement", 4, "D’allouer {thematique-4.montant}."),))
    contenu = render_deliberation(dossier)
    with pytest.raises(Refus, match="59\u00a0220,01"):
        verify_deliberation(contenu, _autre_montant(dossier))


def test_annexes_are_cited_by_their_own_numbers() -> None:
    dossier = dossier_du_cas()
    annexes = tuple(replace(a, numero=a.numero - 1) for a in dossier.annexes)
    lu = texte(render_deliberation(replace(dossier, thematiques=dossier.thematiques[:2], annexes=annexes)))
    assert "figurant à l’annexe 3 de la présente délibération" in lu
    assert "aux annexes 4, 5, 6, 7, 8 et 9 de" in lu
    assert "conformément" not in texte(render_deliberation(replace(dossier, annexes=())))


def test_the_journal_of_the_adoption_is_in_every_footer() -> None:
    contenu = render_deliberation(_acte(adoption=Adoption("184213-a1b2c3d4e5f6", "2024-12-09T18:00:00")))
    with pypdfium2.PdfDocument(contenu) as lu:
        assert all("– journal 184213-a1b2c3d4e5f6" in f.get_textpage().get_text_range() for f in lu)


def test_the_dossier_s_own_template_is_used() -> None:
    dossier = replace(dossier_du_cas(), modeles=(Modele("deliberation", "# Acte {{ numero }}"),))
    assert texte(render_deliberation(dossier)) == "Acte 2024-587"
