"""Acts produced in one batch: all or none, whatever stops it; the same bytes twice; the list and the archive."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inclusion_desk.documents import lecture
from inclusion_desk.domain.money import format_montant_acte
from inclusion_desk.domain.refus import EcritureRefusee, Interrompu, Refus
from inclusion_desk.services import actes_choisis, edition, production_actes
from inclusion_desk.services.actes_choisis import ActeChoisi
from inclusion_desk.services.desk import Desk, ouvrir
from inclusion_desk.services.production_actes import LISTE, FormatActe, Lot
from inclusion_desk.store import tables
from tests.services.gestes import PHASE, ligne, silence
from tests.services.gestes_actes import deplacer, document, nommee, preparer

SMILEY = "\U0001f600"
TITRE = "Actes de la phase 2024/6"
ARCHIVE = "actes-lot.zip"
MONTANTS = (41_807_674, 33_822_674, 7_985_000)
"""What the real convention comes to, brought, and is brought by its avenant, in cents."""


@pytest.fixture
def prepares(modele_conventionne: Path, tmp_path: Path) -> Iterator[Desk]:
    """Open a base whose acts are prepared (SQLite): what is written is files."""
    chemin = tmp_path / "prepares.sqlite"
    shutil.copy(modele_conventionne, chemin)
    desk = ouvrir(chemin, horloge=lambda: datetime(2025, 1, 6, 9, 30))  # noqa: DTZ001 - the desk's local time
    preparer(desk)
    yield desk
    desk.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give an empty folder to write in."""
    dossier = tmp_path / "place"
    dossier.mkdir()
    return dossier


def entiers(desk: Desk, combien: int | None = None) -> tuple[ActeChoisi, ...]:
    """Choose acts that lack nothing, the first ones or all."""
    return tuple(c for c in desk.read(actes_choisis.examiner, PHASE) if not c.refus)[:combien]


def produire(
    desk: Desk, choisis: Sequence[ActeChoisi], dossier: Path, *formats: FormatActe, poursuivre: bool = False
) -> Lot:
    return production_actes.produire(
        desk, TITRE, choisis, dossier, formats or ("pdf",), silence, poursuivre=poursuivre
    )  # fmt: skip


def hostile(choisi: ActeChoisi) -> ActeChoisi:
    """Give an act whose structure has a name that no font of ours prints."""
    nom = f"{choisi.acte.beneficiaire.nom} {SMILEY}"
    return replace(choisi, acte=replace(choisi.acte, beneficiaire=replace(choisi.acte.beneficiaire, nom=nom)))


def liste(dossier: Path) -> list[tuple[object, ...]]:
    feuille = load_workbook(dossier / LISTE)["Actes"]
    (*lues, total) = feuille.iter_rows(min_row=5, values_only=True)
    assert total[0] == "Total"
    return [tuple(r) for r in lues]


def test_the_acts_of_the_case_are_all_produced_but_one(prepares: Desk, place: Path) -> None:
    choisis = prepares.read(actes_choisis.examiner, PHASE)
    assert len(choisis) == 23
    lot = produire(prepares, choisis, place / "lot", poursuivre=True)
    assert len(lot.fichiers) == 22
    (ecarte,) = lot.ecartes
    rang = next(c.rang for c in choisis if c.refus)
    assert ecarte.startswith(f"Ligne {rang} – CCAS de Liévin : il manque le SIRET")
    assert lot.phrase == "22\u00a0documents dans « lot », 1\u00a0acte écarté."
    assert {p.name for p in lot.dossier.iterdir()} == {*lot.fichiers, LISTE, ARCHIVE}
    assert "2024-01213-avenant-1-pas-de-calais-actif.pdf" in lot.fichiers
    with zipfile.ZipFile(lot.dossier / ARCHIVE) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [*lot.fichiers, LISTE]
        assert all(archive.read(nom) == (lot.dossier / nom).read_bytes() for nom in archive.namelist())
    lues = liste(lot.dossier)
    assert len(lues) == 23
    assert [r[0] for r in lues] == [c.rang for c in choisis]
    assert sum(round(float(str(r[11])) * 100) for r in lues) == 87_121_800
    assert {r[14] for r in lues} == {"Projet"}
    assert [r[16] for r in lues if r[16]] == [next(c.refus for c in choisis if c.refus)]
    assert list(place.iterdir()) == [lot.dossier]


def test_what_is_written_is_what_the_program_shows(prepares: Desk, place: Path) -> None:
    (un,) = [c for c in entiers(prepares) if c.acte.numero == "2024-01213"]
    lot = produire(prepares, [un], place / "lot", "pdf", "docx")
    ecrit = (lot.dossier / lot.fichiers[0]).read_bytes()
    assert ecrit == document(prepares, nommee(prepares, "2024-01213").id, un.acte.id)
    for nom, lire in zip(lot.fichiers, (lecture.read_pdf, lecture.read_docx), strict=True):
        lu = lire((lot.dossier / nom).read_bytes())
        lecture.require(lu, {"2024-01213": 1, **{format_montant_acte(cents): 1 for cents in MONTANTS}})


def test_the_same_batch_twice_at_one_moment_gives_the_same_bytes(prepares: Desk, place: Path) -> None:
    choisis = entiers(prepares, 4)
    lots = [produire(prepares, choisis, place / nom, "pdf", "docx") for nom in ("premier", "second")]
    assert lots[0].fichiers == lots[1].fichiers
    assert len(lots[0].fichiers) == 8
    noms = {"premier": "actes-premier.zip", "second": "actes-second.zip"}
    with zipfile.ZipFile(place / "premier" / "actes-premier.zip") as archive:
        assert {entree.date_time for entree in archive.infolist()} == {(2025, 1, 6, 9, 30, 0)}
    for nom in (*lots[0].fichiers, LISTE):
        assert (place / "premier" / nom).read_bytes() == (place / "second" / nom).read_bytes()
    assert len({(place / dossier / nom).read_bytes() for dossier, nom in noms.items()}) == 1


@pytest.mark.parametrize(
    ("nom", "archive"),
    [("actes-2024-phase-6", "actes-2024-phase-6.zip"), ("Été (v2)", "actes-ete-v2.zip"), ("…", "actes.zip")],
)
def test_the_archive_is_named_after_its_folder(prepares: Desk, place: Path, nom: str, archive: str) -> None:
    lot = produire(prepares, entiers(prepares, 1), place / nom)
    assert (lot.dossier / archive).is_file()


def test_one_act_that_lacks_something_and_none_is_written(prepares: Desk, place: Path) -> None:
    choisis = prepares.read(actes_choisis.examiner, PHASE)
    rang = next(c.rang for c in choisis if c.refus)
    with pytest.raises(Refus, match=rf"^Ligne {rang} – CCAS de Liévin : il manque.* Aucun acte n’a été produit\.$"):
        produire(prepares, choisis, place / "lot")
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("formats", [("pdf",), ("docx", "pdf")])
def test_a_name_that_no_font_prints_names_its_row_and_leaves_nothing(
    prepares: Desk, place: Path, formats: tuple[FormatActe, ...]
) -> None:
    choisis = list(entiers(prepares, 15))
    choisis[13] = hostile(choisis[13])
    choisi = choisis[13]
    with pytest.raises(Refus, match=rf"^Ligne {choisi.rang} – {choisi.acte.beneficiaire.nom} : .*U\+1F600") as refus:
        produire(prepares, choisis, place / "lot", *formats)
    assert str(refus.value).endswith("Aucun acte n’a été produit.")
    assert list(place.iterdir()) == []


def test_going_on_leaves_it_aside_whole_and_makes_the_others(prepares: Desk, place: Path) -> None:
    choisis = list(entiers(prepares, 4))
    choisis[2] = hostile(choisis[2])
    lot = produire(prepares, choisis, place / "lot", "docx", "pdf", poursuivre=True)
    assert len(lot.fichiers) == 6
    assert len(lot.ecartes) == 1
    assert {p.name for p in lot.dossier.iterdir()} == {*lot.fichiers, LISTE, ARCHIVE}
    assert [bool(r[15]) for r in liste(lot.dossier)] == [True, True, False, True]
    assert "U+1F600" in str(liste(lot.dossier)[2][16])


@pytest.mark.parametrize("arret", [0, 3, 5])
def test_a_batch_cancelled_leaves_nothing(prepares: Desk, place: Path, arret: int) -> None:
    suivi: list[int] = []

    def avance(fait: int, total: int) -> None:
        assert total == 5
        suivi.append(fait)
        if fait == arret:
            raise Interrompu("Production interrompue.")

    with pytest.raises(Interrompu):
        production_actes.produire(prepares, TITRE, entiers(prepares, 5), place / "lot", ("pdf",), avance)
    assert suivi == list(range(arret + 1))
    assert list(place.iterdir()) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="mounting a small disk needs root")
@pytest.mark.parametrize("taille", ["96k", "900k"])
def test_a_full_disk_leaves_nothing(prepares: Desk, place: Path, taille: str) -> None:
    monte = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", f"size={taille}", "tmpfs", str(place)], check=False, capture_output=True
    )
    if monte.returncode:
        pytest.skip("this machine cannot mount a small disk")
    try:
        with pytest.raises(EcritureRefusee, match="« lot » n’a pas été enregistré, car le disque est plein"):
            produire(prepares, entiers(prepares), place / "lot", "docx")
        assert list(place.iterdir()) == []
    finally:
        subprocess.run(["/bin/umount", str(place)], check=True)


_BORNE = textwrap.dedent("""
    import resource, signal, sys
    from pathlib import Path
    from inclusion_desk.domain.refus import Refus
    from inclusion_desk.services import actes_choisis, production_actes
    from inclusion_desk.services.desk import ouvrir
    desk = ouvrir(sys.argv[1])
    choisis = [c for c in desk.read(actes_choisis.examiner, 1) if not c.refus]
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
    try:
        production_actes.produire(desk, "t", choisis, Path(sys.argv[2]), ("pdf",), lambda _f, _t: None)
    except Refus as refus:
        print(refus)
""")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX limits the size of files")
def test_a_file_that_may_not_grow_leaves_nothing(prepares: Desk, place: Path) -> None:
    fait = subprocess.run(
        [sys.executable, "-c", _BORNE, prepares.adresse, str(place / "lot")],
        check=False, capture_output=True, text=True, cwd=Path.cwd(), timeout=120,
    )  # fmt: skip
    assert fait.returncode == 0, fait.stderr
    assert "« lot » n’a pas été enregistré" in fait.stdout
    assert list(place.iterdir()) == []


_TUABLE = textwrap.dedent("""
    import sys, time
    from pathlib import Path
    from inclusion_desk.services import actes_choisis, production_actes
    from inclusion_desk.services.desk import ouvrir
    desk = ouvrir(sys.argv[1])
    choisis = [c for c in desk.read(actes_choisis.examiner, 1) if not c.refus]
    def avance(fait, total):
        if fait == 3:
            print("pret", flush=True)
            time.sleep(60)
    production_actes.produire(desk, "t", choisis, Path(sys.argv[2]), ("pdf",), avance)
""")


def test_what_a_killed_batch_left_is_out_of_sight_and_goes_the_next_day(prepares: Desk, place: Path) -> None:
    tache = subprocess.Popen(
        [sys.executable, "-c", _TUABLE, prepares.adresse, str(place / "lot")],
        stdout=subprocess.PIPE, text=True, cwd=Path.cwd(),
    )  # fmt: skip
    assert tache.stdout is not None
    assert tache.stdout.readline().strip() == "pret"
    tache.kill()
    tache.wait()
    tache.stdout.close()
    (reste,) = place.iterdir()
    assert reste.name.startswith(".lot.")
    produire(prepares, entiers(prepares, 1), place / "lot")
    assert {p.name for p in place.iterdir()} == {"lot", reste.name}, "another station may be at work"
    shutil.rmtree(place / "lot")
    os.utime(reste, (0, 0))
    produire(prepares, entiers(prepares, 1), place / "lot")
    assert [p.name for p in place.iterdir()] == ["lot"]


def test_a_folder_that_holds_something_is_left_alone(prepares: Desk, place: Path) -> None:
    (place / "lot").mkdir()
    (place / "lot" / "note.txt").write_text("à garder")
    with pytest.raises(Refus, match="« lot » existe déjà et n’est pas vide"):
        produire(prepares, entiers(prepares, 1), place / "lot")
    assert [p.read_text() for p in (place / "lot").iterdir()] == ["à garder"]
    (place / "lot" / "note.txt").unlink()
    assert len(produire(prepares, entiers(prepares, 1), place / "lot").fichiers) == 1


def test_a_folder_filled_meanwhile_is_left_alone(prepares: Desk, place: Path) -> None:
    def avance(fait: int, _total: int) -> None:
        if fait == 1:
            (place / "lot").mkdir()
            (place / "lot" / "note.txt").write_text("à garder")

    with pytest.raises(Refus, match="n’est pas vide"):
        production_actes.produire(prepares, TITRE, entiers(prepares, 2), place / "lot", ("pdf",), avance)
    assert [p.name for p in place.rglob("*")] == ["lot", "note.txt"]


@pytest.mark.parametrize("cible", ["absent/lot", "fichier"])
def test_a_place_that_cannot_be_is_a_sentence(prepares: Desk, place: Path, cible: str) -> None:
    (place / "fichier").write_text("à garder")
    with pytest.raises(Refus, match=r"n’existe pas|n’est pas vide"):
        produire(prepares, entiers(prepares, 1), place / cible)
    assert [p.name for p in place.iterdir()] == ["fichier"]


def test_nothing_chosen_is_a_sentence(prepares: Desk, place: Path) -> None:
    with pytest.raises(Refus, match="préparez d’abord"):
        produire(prepares, (), place / "lot")


def test_an_act_out_for_signature_is_produced_from_its_copy(prepares: Desk, place: Path) -> None:
    une = nommee(prepares, "2024-01213")
    (un,) = [c for c in entiers(prepares) if c.acte.numero == "2024-01213"]
    avant = produire(prepares, [un], place / "avant")
    deplacer(prepares, "avenants", un.acte.id, "envoyer")
    version = ligne(prepares, une.structure_id, tables.structure)["version"]
    prepares.do(edition.update, "structures", une.structure_id, version, {"nom": f"Renommée {SMILEY}"})
    apres = produire(prepares, prepares.read(actes_choisis.lire, {(une.id, un.acte.id): 1}), place / "apres")
    assert apres.fichiers == avant.fichiers
    nom = apres.fichiers[0]
    assert (place / "apres" / nom).read_bytes() == (place / "avant" / nom).read_bytes()


def test_one_act_is_written_alone_or_refused(prepares: Desk, place: Path) -> None:
    une = nommee(prepares, "2024-01213")
    (un,) = [c for c in entiers(prepares) if c.acte.numero == "2024-01213"]
    nom = prepares.read(production_actes.nom_de, une.id, un.acte.id, "docx")
    assert nom == "2024-01213-avenant-1-pas-de-calais-actif.docx"
    production_actes.ecrire(prepares, une.id, un.acte.id, "docx", place / nom, silence)
    lecture.require(lecture.read_docx((place / nom).read_bytes()), {format_montant_acte(MONTANTS[0]): 1})
    incomplet = nommee(prepares, "2024-00001").id
    assert prepares.read(production_actes.manque, incomplet, None).startswith("Il manque le SIRET")
    with pytest.raises(Refus, match="Complétez l’acte"):
        production_actes.ecrire(prepares, incomplet, None, "pdf", place / "f.pdf", silence)
    assert [p.name for p in place.iterdir()] == [nom]
    assert production_actes.apercu(prepares, incomplet, None, silence).startswith(b"%PDF")


def test_the_list_of_a_batch_opens_as_a_workbook(prepares: Desk, place: Path) -> None:
    lot = produire(prepares, entiers(prepares, 2), place / "lot")
    classeur = load_workbook(io.BytesIO((lot.dossier / LISTE).read_bytes()))
    assert classeur.sheetnames == ["Actes"]
