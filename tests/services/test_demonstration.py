"""The bases the program makes by itself: the demonstration, and the user's own on first use."""

from __future__ import annotations

from pathlib import Path

import pytest

from inclusion_desk import paths
from inclusion_desk.domain.campagnes import ETATS_CANDIDATURE
from inclusion_desk.domain.controles import bloquants, controler
from inclusion_desk.domain.refus import BaseRefusee, Interrompu, Refus
from inclusion_desk.services import choix, demonstration, edition, natures, phases, production, verification
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.store import candidatures, deliberations, dossiers, rows, tables


@pytest.fixture
def neuve(tmp_path: Path) -> Desk:
    return demonstration.ouvrir_ou_creer(tmp_path / "utilisateur" / "base.sqlite")


def test_the_users_own_base_is_ready_for_work_on_first_use(neuve: Desk) -> None:
    (phase,) = neuve.read(phases.liste)
    assert phase.numero == 1
    assert phase.annee == neuve.maintenant().year
    assert len(neuve.read(choix.options, "territoires", phase.id)) == 9
    assert len(neuve.read(choix.options, "thematiques", phase.id)) == 3
    assert neuve.read(verification.anomalies) == ()
    neuve.close()


def test_it_is_opened_as_it_is_the_second_time(neuve: Desk, tmp_path: Path) -> None:
    neuve.do(edition.create, "structures", 1, {"nom": "CCAS d’Arras", "forme": "ccas"})
    neuve.close()
    encore = demonstration.ouvrir_ou_creer(tmp_path / "utilisateur" / "base.sqlite")
    assert [o.libelle for o in encore.read(choix.options, "structures", 1)] == ["CCAS d’Arras"]
    encore.close()


@pytest.mark.parametrize("nature", natures.NATURES)
def test_a_phase_without_lines_still_makes_its_documents(neuve: Desk, tmp_path: Path, nature: natures.Nature) -> None:
    nom = production.nom_propose(nature, neuve.read(phases.liste)[0])
    produit = production.produire(neuve, nature, 1, tmp_path / nom)
    assert produit.stat().st_size > 1000
    neuve.close()


def test_a_phase_without_lines_has_no_blocking_finding(neuve: Desk) -> None:
    assert bloquants(controler(neuve.read(dossiers.load, 1))) == 0
    neuve.close()


@pytest.mark.parametrize("nature", natures.NATURES)
def test_cancelling_leaves_the_former_file(bureau: Desk, tmp_path: Path, nature: natures.Nature) -> None:
    cible = tmp_path / "sortie" / f"document.{natures.DOCUMENTS[nature].formats[0]}"
    cible.parent.mkdir()
    cible.write_bytes(b"ancien")

    def annuler(_fait: int, _total: int) -> None:
        raise Interrompu("Production annulée.")

    with pytest.raises(Interrompu):
        production.produire(bureau, nature, 1, cible, annuler)
    assert cible.read_bytes() == b"ancien"
    assert list(cible.parent.iterdir()) == [cible]


def test_a_document_follows_the_edit(bureau: Desk, tmp_path: Path) -> None:
    ligne = bureau.read(rows.read_one, tables.proposition, 9)
    bureau.do(edition.update, "propositions", 9, 1, {"montant": ligne["montant"] + 12_345})
    production.produire(bureau, "deliberation", 1, tmp_path / "d.pdf")
    from pypdfium2 import PdfDocument

    pdf = PdfDocument(tmp_path / "d.pdf")
    texte = " ".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\u00a0", " ")
    pdf.close()
    assert "712 123,45 €" in texte
    assert "871 341,45" in texte


def test_a_character_the_font_lacks_is_a_sentence(bureau: Desk, tmp_path: Path) -> None:
    bureau.do(edition.update, "dispositifs", 1, 1, {"intitule": "Accueil 漢字"})
    bureau.do(edition.update, "budget", 1, 1, {"libelle": "Ligne 漢字"})
    with pytest.raises(Refus, match=r"字.*remplacez-le dans le texte.*Ligne 漢字"):
        production.produire(bureau, "deliberation", 1, tmp_path / "d.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_users_own_base_may_be_named_from_the_home_folder(
    neuve: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    neuve.close()
    monkeypatch.setenv("HOME", str(tmp_path / "utilisateur"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "utilisateur"))
    encore = demonstration.ouvrir_ou_creer("~/base.sqlite")
    assert len(encore.read(phases.liste)) == 1
    encore.close()


def test_a_first_use_stopped_half_way_is_finished_the_next_time(tmp_path: Path) -> None:
    for suite, attendues in ((demonstration.ouvrir_ou_creer, 1), (demonstration.creer, 2)):
        chemin = tmp_path / f"{suite.__name__}.sqlite"
        ouvrir(chemin, creer=True).close()
        rendu = suite(chemin)
        bureau = rendu or ouvrir(chemin)
        assert len(bureau.read(phases.liste)) == attendues
        bureau.close()


def test_the_demonstration_leaves_an_existing_base_as_it_is(bureau: Desk, demo: Path) -> None:
    avant = bureau.read(verification.tete_du_journal)
    demonstration.creer(demo)
    assert bureau.read(verification.tete_du_journal) == avant


def test_a_folder_of_data_that_cannot_be_made_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    monkeypatch.setenv("INCLUSION_DESK_DOSSIER", str(tmp_path / "fichier"))
    with pytest.raises(BaseRefusee, match="ne peut pas être créé"):
        paths.default_base()


def test_two_demonstrations_are_alike_to_the_byte_of_the_documents_kept(tmp_path: Path) -> None:
    bases = []
    for nom in ("une", "autre"):
        demonstration.creer(tmp_path / f"{nom}.sqlite")
        bureau = ouvrir(tmp_path / f"{nom}.sqlite")
        votee, suivante = sorted(bureau.read(phases.liste), key=lambda p: p.annee)
        assert (votee.reference, votee.etat, suivante.reference) == ("2024/6", "adoptee", "2025/1")
        assert {c.etat for c in bureau.read(candidatures.load, suivante.campagne_id)} == set(ETATS_CANDIDATURE)
        assert bureau.read(verification.anomalies) == ()
        documents = tuple(bureau.read(deliberations.load_document, votee.id, nature) for nature in natures.FIGES)
        bases.append((documents, bureau.read(dossiers.load, votee.id), bureau.read(dossiers.load, suivante.id)))
        bureau.close()
    assert bases[0] == bases[1]
