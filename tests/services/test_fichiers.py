"""Files are written whole or not at all; a refusal says what to do and leaves the former file untouched."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from inclusion_desk.domain.refus import EcritureRefusee, Refus
from inclusion_desk.services import fichiers
from inclusion_desk.services.fichiers import purge_partials, refus_ecriture, write_atomic


def accepter(_contenu: bytes) -> None:
    return None


def test_writes_and_replaces(tmp_path: Path) -> None:
    cible = tmp_path / "classeur.xlsx"
    cible.write_bytes(b"ancien")
    write_atomic(cible, b"nouveau", accepter)
    assert cible.read_bytes() == b"nouveau"
    assert list(tmp_path.iterdir()) == [cible]


def test_what_the_reading_refuses_is_not_put_in_place(tmp_path: Path) -> None:
    cible = tmp_path / "classeur.xlsx"
    cible.write_bytes(b"ancien")

    def refuser(contenu: bytes) -> None:
        raise Refus(f"faux : {len(contenu)}")

    with pytest.raises(Refus, match="faux : 7"):
        write_atomic(cible, b"nouveau", refuser)
    assert cible.read_bytes() == b"ancien"
    assert list(tmp_path.iterdir()) == [cible]


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EcritureRefusee, match="le dossier n’existe pas : choisissez-en un autre"):
        write_atomic(tmp_path / "absent" / "f.pdf", b"x", accepter)


def test_a_folder_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "f.pdf").mkdir()
    with pytest.raises(EcritureRefusee, match=r"f\.pdf"):
        write_atomic(tmp_path / "f.pdf", b"x", accepter)
    assert [p.name for p in tmp_path.iterdir()] == ["f.pdf"]


@pytest.mark.parametrize(
    ("numero", "phrase"),
    [
        (errno.ENOSPC, "le disque est plein"),
        (errno.EACCES, "ouvert ailleurs"),
        (errno.EROFS, "qu’en lecture"),
        (errno.EIO, "le système l’a refusé"),
    ],
)
def test_each_cause_has_its_sentence(numero: int, phrase: str) -> None:
    refus = refus_ecriture(Path("f.pdf"), OSError(numero, os.strerror(numero)))
    assert phrase in str(refus)
    assert "f.pdf" in str(refus)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_leaves_the_former_file(tmp_path: Path) -> None:
    disque = tmp_path / "disque"
    disque.mkdir()
    monte = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disque)], check=False, capture_output=True
    )
    if monte.returncode:
        pytest.skip("this machine cannot mount a small disk")
    try:
        cible = disque / "extrait.pdf"
        write_atomic(cible, b"ancien", accepter)
        with pytest.raises(EcritureRefusee, match="le disque est plein"):
            write_atomic(cible, b"x" * 200_000, accepter)
        assert cible.read_bytes() == b"ancien"
        assert [p.name for p in disque.iterdir()] == ["extrait.pdf"]
    finally:
        subprocess.run(["/bin/umount", str(disque)], check=True)


def test_a_target_held_elsewhere_is_tried_again_then_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only Windows holds a target open: here the system's refusal is raised in its place."""
    monkeypatch.setattr(fichiers, "_PAUSE", 0.01)
    cible = tmp_path / "classeur.xlsx"
    cible.write_bytes(b"ancien")
    essais: list[int] = []

    def tenu(_soi: Path, _cible: Path) -> Path:
        essais.append(1)
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(Path, "replace", tenu)
    with pytest.raises(EcritureRefusee, match="ouvert ailleurs"):
        write_atomic(cible, b"nouveau", accepter)
    assert len(essais) > 1
    assert cible.read_bytes() == b"ancien"


def test_leftovers_of_a_killed_attempt_are_removed(tmp_path: Path) -> None:
    (tmp_path / ".f.pdf.999.partiel").write_bytes(b"moitie")
    (tmp_path / ".autre.pdf.999.partiel").write_bytes(b"autre")
    purge_partials(tmp_path / "f.pdf")
    assert [p.name for p in tmp_path.iterdir()] == [".autre.pdf.999.partiel"]


def test_killed_while_writing_the_target_is_whole(tmp_path: Path) -> None:
    programme = textwrap.dedent("""
        import sys
        from pathlib import Path
        from inclusion_desk.services.fichiers import write_atomic
        cible = Path(sys.argv[1])
        print("pret", flush=True)
        n = 0
        while True:
            n += 1
            write_atomic(cible, bytes([n % 256]) * 3_000_000, lambda _: None)
    """)
    cible = tmp_path / "f.pdf"
    cible.write_bytes(b"\x00" * 3_000_000)
    for coup in range(8):
        tache = subprocess.Popen([sys.executable, "-c", programme, str(cible)], stdout=subprocess.PIPE)
        assert tache.stdout is not None
        tache.stdout.readline()
        time.sleep(0.005 * coup)
        tache.kill()
        tache.wait()
        tache.stdout.close()
        lu = cible.read_bytes()
        assert len(lu) == 3_000_000
        assert len(set(lu)) == 1


def test_a_folder_that_cannot_be_synced_does_not_make_a_written_file_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vrai = os.fsync

    def refuser_les_dossiers(descripteur: int) -> None:
        if stat.S_ISDIR(os.fstat(descripteur).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        vrai(descripteur)

    monkeypatch.setattr(os, "fsync", refuser_les_dossiers)
    write_atomic(tmp_path / "document.pdf", b"neuf", lambda _: None)
    assert (tmp_path / "document.pdf").read_bytes() == b"neuf"


def test_the_root_of_the_disk_is_not_a_file_to_write() -> None:
    with pytest.raises(EcritureRefusee, match="un dossier porte déjà ce nom"):
        write_atomic(Path("/"), b"neuf", lambda _: None)


def test_leftovers_of_a_name_with_brackets_are_removed_and_no_others(tmp_path: Path) -> None:
    sien, autre = tmp_path / ".a[1]*.pdf.9.partiel", tmp_path / ".a1bc.pdf.9.partiel"
    for reste in (sien, autre):
        reste.write_bytes(b"")
    write_atomic(tmp_path / "a[1]*.pdf", b"neuf", lambda _: None)
    assert not sien.exists()
    assert autre.exists()
