"""The certificate of service fait: one page, archivable, read back; each outcome is said in so many words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import page
import pypdfium2
import pytest

from inclusion_desk.documents import lecture
from inclusion_desk.documents.ecrits import Format
from inclusion_desk.documents.service_fait import (
    TABLEAUX,
    VARIABLES,
    essai,
    nom_fichier,
    render,
    tableaux,
    variables,
    verifier,
    verify,
)
from inclusion_desk.domain.certificats import Certificat
from inclusion_desk.domain.certificats_exemples import exemples
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.service_fait import QUALITATIVE, QUANTITATIVE, Penalite, Volet, arreter

RENDUS: tuple[Format, ...] = ("pdf", "docx")
SOLDE, TROP_PERCU, QUITTE = exemples()


def lire(certificat: Certificat, format_: Format = "pdf", modele: str | None = None) -> str:
    contenu = render(certificat, format_, modele)
    verify(contenu, certificat, format_, modele)
    lu = lecture.read_pdf(contenu) if format_ == "pdf" else lecture.read_docx(contenu)
    return " ".join(lu.replace("\u00a0", " ").split())


@pytest.mark.parametrize("format_", RENDUS)
def test_it_says_what_was_judged_paid_and_left(format_: Format) -> None:
    lu = lire(SOLDE, format_)
    for attendu in (
        "Certificat de service fait", "Convention n° 2024-00001 – Association Exemple", "décret n° 2012-1246",
        "signée le 18 mars 2024 et modifiée par l’avenant n° 1", "SIRET 999 000 011 00018",
        "La Directrice des Politiques d’Inclusion Durable certifie que la convention susvisée a été exécutée",
        "par Association Exemple (SIRET",
        "du 1er janvier au 31 décembre 2024", "Part quantitative", "64 600,00", "54 910,00",
        "Pénalité : bilan remis hors délai (10 % du montant acquis)", "−5 491,00",
        "Déjà versé : avance (15/04/2024)", "−38 760,00", "arrêté à 49 419 €",
        "Il y a lieu de mandater le solde, soit 10 659 €", "Fait à Arras, le 15 janvier 2026", "Dominique EXEMPLE",
    ):  # fmt: skip
        assert attendu in lu, attendu
    assert "[signature]" not in lu


def test_each_outcome_has_its_words() -> None:
    trop = lire(TROP_PERCU)
    assert "un titre de recettes de 15 181 €, pour le recouvrement du trop-perçu" in trop
    assert "Trop-perçu à recouvrer 15 181,00" in trop
    assert "Solde à verser" not in trop
    quitte = lire(QUITTE)
    assert "Aucune somme ne reste due de part ni d’autre." in quitte
    assert "Solde à verser 0,00" in quitte
    assert "Pénalité" not in quitte
    assert "modifiée par" not in quitte


@pytest.mark.parametrize("profil", ["2a", "ua1"])
@pytest.mark.parametrize("certificat", exemples())
def test_it_can_be_archived_and_heard(profil: str, certificat: Certificat) -> None:
    rapport = page.validate_pdf_bytes(render(certificat, "pdf"), profile=profil)
    assert rapport.is_compliant, [faute.message for faute in rapport.failures]


def test_three_payments_and_two_penalties_hold_on_one_page() -> None:
    volets = (Volet(QUANTITATIVE, 5_000, 9_250), Volet(QUALITATIVE, 5_000, 11_000))
    penalites = (Penalite("Bilan remis hors délai", taux=1_000), Penalite("Pièces non produites", montant=150_050))
    paiements = tuple(replace(SOLDE.paiements[0], id=n, libelle=f"Versement n° {n}") for n in range(1, 4))
    charge = replace(
        SOLDE,
        fait=arreter(33_822_674, volets, penalites, verse=3 * 3_876_000),
        paiements=paiements,
        avenants=(1, 2),
        convention_objet="Accompagnement professionnel des bénéficiaires du RSA dans le PLIE – Territoire de l’Artois",
        observations="Le bilan a été reçu le 20 décembre 2025, après deux relances.",
    )
    lu = lire(charge)
    assert "modifiée par les avenants n° 1 et 2" in lu
    assert "110 % 100 %" in lu
    assert "Observations : Le bilan a été reçu" in lu
    with pypdfium2.PdfDocument(render(charge, "pdf")) as document:
        assert len(document) == 1


@pytest.mark.parametrize("format_", RENDUS)
def test_another_certificate_is_refused(format_: Format) -> None:
    autre = replace(SOLDE, fait=replace(SOLDE.fait, verse=3_875_999))
    with pytest.raises(Refus):
        verify(render(SOLDE, format_), autre, format_)
    assert render(SOLDE, format_) == render(SOLDE, format_)


def test_every_variable_and_table_is_described() -> None:
    donnees = variables(SOLDE)
    fournies = {f"{n}.{c}" for n, v in donnees.items() if isinstance(v, dict) for c in v}
    fournies |= {n for n, v in donnees.items() if not isinstance(v, dict)}
    assert set(VARIABLES) == fournies
    assert set(TABLEAUX) == set(tableaux(SOLDE))


def test_what_is_not_known_is_left_to_fill_in_and_what_weighs_nothing_is_left_out() -> None:
    nu = replace(
        SOLDE,
        departement=replace(SOLDE.departement, signataire="", qualite_signataire="", pole="", lieu=""),
        beneficiaire=replace(SOLDE.beneficiaire, siret=""),
        signee_le=None,
        fait=arreter(1_000, (Volet(QUANTITATIVE, 0, 0), Volet(QUALITATIVE, 10_000, 10_000))),
        paiements=(),
    )
    lu = lire(nu)
    assert "Le Département certifie que la convention susvisée a été exécutée par Association Exemple, du 1er" in lu
    assert "………" in lu
    assert "Le 15 janvier 2026" in lu
    assert "Part quantitative" not in lu
    assert "SIRET" not in lu


def test_it_is_written_in_the_template_given_and_checked() -> None:
    modele = "# Certificat\n\n{{ organisme.nom }} : {{ montant_definitif }}.\n\n~~~ tableau decompte\n~~~\n"
    assert "Association Exemple : 49 419 €." in lire(SOLDE, "pdf", modele)
    verifier(modele)
    assert essai(modele).startswith(b"%PDF")
    for faux, phrase in (("{{ organism.nom }}", "organism"), ("~~~ tableau inconnu\n~~~", "inconnu")):
        with pytest.raises(Refus, match=phrase):
            verifier(faux)


def test_names_stay_names_and_the_file_is_named_after_them() -> None:
    hostile = replace(SOLDE, beneficiaire=replace(SOLDE.beneficiaire, nom="ASSOC <b>X</b> {{ 7*7 }}"))
    assert "ASSOC <b>X</b> {{ 7*7 }}" in lire(hostile)
    assert nom_fichier(SOLDE, "pdf") == "certificat-de-service-fait-2024-00001-association-exemple.pdf"
    assert SOLDE.arrete_le == date(2026, 1, 15)
