"""Letters about bilans: what each level says, in PDF and in DOCX, read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest

from inclusion_desk.documents import lecture
from inclusion_desk.documents.rappels import VARIABLES, nom_fichier, render_rappels, variables, verifier, verify_rappels
from inclusion_desk.domain.actes import Beneficiaire, Departement
from inclusion_desk.domain.bilans import RAPPELS
from inclusion_desk.domain.lettres import Lettre, niveau_atteint
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.suivi import BilanSuivi
from inclusion_desk.domain.versements import Versement

BILAN = BilanSuivi(
    1, 1, 7, "final", date(2023, 7, 1), date(2025, 12, 31), date(2026, 3, 31), convention_numero="2024-01213",
    action="Accompagnement des indépendants",
)  # fmt: skip
SOLDE = Versement(3, 1, 7, 3, "Solde", None, 8_455_668, "bilan_final", date(2026, 3, 31), "Bilan final")
ACTIF = Beneficiaire(
    "Pas-de-Calais Actif", "Groupement d’intérêt public", "18620009300083", "1 rue de l’Exemple", "62000", "Arras",
    "Camille EXEMPLE", "Directrice", None,
)  # fmt: skip
DEPARTEMENT = Departement("Pas-de-Calais", "", "", "Dominique EXEMPLE", "Directrice des Politiques d’Inclusion Durable")


def lettre(jour: date, bilan: BilanSuivi = BILAN, versements: tuple[Versement, ...] = (SOLDE,)) -> Lettre:
    """Write the letter that a bilan calls for on a day."""
    niveau = bilan.rappel(jour)
    assert niveau is not None
    return Lettre(
        niveau, bilan, "2024-01213", "Accompagnement <b>& suivi</b>", date(2024, 8, 14), ACTIF,
        DEPARTEMENT, jour, versements,
    )  # fmt: skip


JOURS = {1: date(2026, 3, 10), 2: date(2026, 4, 1), 3: date(2026, 5, 1), 4: date(2026, 5, 31)}


@pytest.mark.parametrize("niveau", sorted(JOURS))
@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_each_level_is_written_and_read_back(niveau: int, extension: Literal["pdf", "docx"]) -> None:
    voulue = lettre(JOURS[niveau])
    assert voulue.niveau.niveau == niveau
    contenu = render_rappels((voulue,), extension)
    verify_rappels(contenu, (voulue,), extension)
    lu = lecture.read_pdf(contenu) if extension == "pdf" else lecture.read_docx(contenu)
    assert "[signature]" not in lu
    assert "Dominique EXEMPLE" in lu
    assert "le versement «\u00a0Solde\u00a0», d’un montant de 84\u00a0556,68\u00a0€." in lu
    assert "relances qui" not in lu  # nothing tells that any was sent
    assert "première relance" not in lu
    assert ("recommandée" in lu) == (niveau == 4)
    assert ("mets en demeure" in lu) == (niveau == 4)
    assert ("n’est pas parvenu" in lu) == (niveau > 1)


def test_each_level_gives_its_delay() -> None:
    assert lettre(JOURS[1]).limite == date(2026, 3, 31)
    assert lettre(JOURS[2]).limite == date(2026, 4, 16)
    assert lettre(JOURS[4]).limite == date(2026, 6, 30)
    assert {r.niveau for r in RAPPELS} == set(JOURS)


def test_the_letters_left_without_an_answer_are_recalled() -> None:
    envoyees = replace(BILAN, rappel_le=date(2026, 3, 2), relance_le=JOURS[2])
    assert "Mon courrier du 1er avril 2026 est resté sans réponse." in _read(lettre(JOURS[3], envoyees))
    deux = replace(envoyees, seconde_relance_le=JOURS[3])
    phrase = "Mes courriers des 1er avril 2026 et 1er mai 2026 sont restés sans réponse."
    assert phrase in _read(lettre(JOURS[4], deux))
    assert "courrier" not in _read(lettre(JOURS[2], envoyees)).lower()  # the one before the due date asked for nothing


def _read(voulue: Lettre) -> str:
    return " ".join(lecture.read_pdf(render_rappels((voulue,), "pdf")).replace("\u00a0", " ").split())


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_several_letters_make_one_file(extension: Literal["pdf", "docx"]) -> None:
    toutes = (lettre(JOURS[2]), lettre(JOURS[4], replace(BILAN, convention_numero="2024-00905")))
    contenu = render_rappels(toutes, extension)
    verify_rappels(contenu, toutes, extension)
    if extension == "pdf":
        assert lecture.read_pdf(contenu).count("Page\u00a01\u00a0/\u00a01") == 2  # each is a letter of its own
    with pytest.raises(Refus, match="84"):
        verify_rappels(contenu, toutes[:1], extension)
    assert nom_fichier(toutes, extension) == f"lettres-de-rappel-2026-04-01.{extension}"


def test_letters_are_written_in_the_template_given_and_checked() -> None:
    toutes, modele = (lettre(JOURS[2]),), "# {{ niveau }}\n\nBonjour {{ organisme.nom }}.\n"
    contenu = render_rappels(toutes, "pdf", modele)
    verify_rappels(contenu, toutes, "pdf", modele)
    assert "Bonjour Pas-de-Calais Actif." in lecture.read_pdf(contenu)
    verifier(modele)
    with pytest.raises(Refus, match="organism"):
        verifier("Bonjour {{ organism.nom }}.")
    with pytest.raises(Refus):
        verifier("{% for i in range(10**9) %}x{% endfor %}")


def test_every_variable_is_described() -> None:
    donnees = variables(lettre(JOURS[2]))
    fournies = {f"{n}.{c}" for n, v in donnees.items() if isinstance(v, dict) for c in v}
    fournies |= {n for n, v in donnees.items() if not isinstance(v, dict)}
    assert set(VARIABLES) == fournies


def test_a_financial_report_is_asked_for_by_the_law() -> None:
    compte = replace(BILAN, nature="financier", debut=date(2025, 1, 1), echeance=date(2026, 6, 30), action="")
    lu = lecture.read_pdf(render_rappels((lettre(date(2026, 7, 20), compte, ()),), "pdf"))
    assert "loi n°\u00a02000-321" in lu
    assert "exercice 2025" in lu
    assert "peut être payé" not in lu


def test_what_the_structure_wrote_is_never_read_as_mark_up() -> None:
    lu = lecture.read_pdf(render_rappels((lettre(JOURS[2]),), "pdf"))
    assert "Accompagnement <b>& suivi</b>" in lu


def test_two_instalments_agree_in_the_plural() -> None:
    deux = (SOLDE, replace(SOLDE, id=4, libelle="Complément", montant=100))
    lu = lecture.read_pdf(render_rappels((lettre(JOURS[2], versements=deux),), "pdf"))
    assert "ne peuvent être payés" in lu
    assert "d’un montant de 1\u00a0€." in lu


def test_a_letter_that_says_something_else_is_refused() -> None:
    voulue = lettre(JOURS[2])
    autre = replace(voulue, versements=(replace(SOLDE, montant=SOLDE.montant + 1),))
    with pytest.raises(Refus):
        verify_rappels(render_rappels((autre,), "pdf"), (voulue,), "pdf")


@pytest.mark.parametrize(
    ("bilan", "phrase"),
    [(replace(BILAN, recu_le=date(2026, 1, 5)), "déjà reçu"), (BILAN, "n’est pas encore attendu")],
)
def test_there_is_no_letter_for_what_has_come_or_is_not_awaited(bilan: BilanSuivi, phrase: str) -> None:
    with pytest.raises(Refus, match=phrase):
        niveau_atteint(bilan, date(2026, 2, 1))


def test_the_file_is_named_after_its_level_its_bilan_and_its_structure() -> None:
    assert nom_fichier((lettre(JOURS[3]),), "pdf") == "seconde-relance-bilan-final-2024-01213-pas-de-calais-actif.pdf"


def test_no_variable_is_left_out() -> None:
    sans = replace(lettre(JOURS[2]), departement=replace(DEPARTEMENT, signataire="", pole="", lieu=""), signee_le=None)
    assert variables(sans)["departement"]["signataire"] == "…" * 8  # type: ignore[index]
    verify_rappels(render_rappels((sans,), "pdf"), (sans,), "pdf")
