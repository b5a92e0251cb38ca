"""All the acts of a phase in one go: everything is checked first, and what stops it leaves the base as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from inclusion_desk.domain.refus import EcritureRefusee, Interrompu, Refus
from inclusion_desk.services import edition, preparation_actes
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.production_actes import LISTE, Lot
from inclusion_desk.services.production_phase import produire_phase
from inclusion_desk.store import tables
from inclusion_desk.store.engine import Session
from tests.services.gestes import PHASE, ligne, nouvelle_phase, silence, vue
from tests.services.gestes_actes import deplacer, ecourter, nommee, preparer, toutes

SMILEY = "\U0001f600"
_ACTES = (
    tables.convention, tables.avenant, tables.tranche, tables.fiche_annexee, tables.acte_ligne, tables.versement,
)  # fmt: skip


def faits(desk: Desk) -> list[Any]:
    """Read every row that acts are made of, and the last number given; a counter at nought is none."""

    def read(session: Session) -> list[Any]:
        lus = [tuple(r) for table in _ACTES for r in session.execute(select(table).order_by(table.c.id))]
        n = tables.numerotation.c
        return [*lus, *(tuple(r) for r in session.execute(select(n.annee, n.dernier).where(n.dernier > 0)))]

    return desk.read(read)


def produire(
    desk: Desk, dossier: Path, progress: Callable[[int, int], None] = silence, *, poursuivre: bool = False
) -> Lot:
    return produire_phase(desk, vue(desk), dossier, ("pdf",), progress, poursuivre=poursuivre)


def completer(desk: Desk, **valeurs: Any) -> None:
    """Make the CCAS de Liévin known whole, or but for something."""
    ccas = next(p for p in desk.read(preparation_actes.examiner, PHASE) if p.structure == "CCAS de Liévin")
    entier: dict[str, Any] = {
        "siret": "99900900400006", "adresse": "45 rue Édouard-Vaillant", "code_postal": "62800", "commune": "Liévin",
        "representant": "Laurent EXEMPLE", "qualite": "Président", "date_deliberation": date(2024, 10, 15),
    }  # fmt: skip
    version = ligne(desk, ccas.structure_id, tables.structure)["version"]
    desk.do(edition.update, "structures", ccas.structure_id, version, {**entier, **valeurs})


def test_an_act_that_is_not_whole_is_set_aside_without_a_number(amendable: Desk, tmp_path: Path) -> None:
    lot = produire(amendable, tmp_path / "lot", poursuivre=True)
    assert len(lot.fichiers) == 22
    assert lot.reserves == ()
    (ecarte,) = lot.ecartes
    assert ecarte.startswith("Ligne 18 – CCAS de Liévin : il manque le SIRET, l’adresse du siège")
    assert lot.phrase == "22\u00a0documents dans « lot », 1\u00a0acte écarté."
    assert [p.structure for p in amendable.read(preparation_actes.examiner, PHASE) if not p.fait] == ["CCAS de Liévin"]
    assert [c.numero for c in toutes(amendable) if not c.externe] == [f"2024-0000{n}" for n in range(1, 6)]
    lue = next(
        r for r in load_workbook(lot.dossier / LISTE)["Actes"].iter_rows(min_row=5, values_only=True) if r[0] == 18
    )  # fmt: skip
    assert (lue[1], lue[2], lue[5], lue[14]) == ("Convention", None, "CCAS de Liévin", "À préparer")
    assert str(lue[16]).startswith("Il manque le SIRET")


def test_one_that_is_not_whole_and_the_base_is_as_it_was(amendable: Desk, tmp_path: Path) -> None:
    """It used to number six conventions and seventeen avenants, then say that none was produced."""
    avant = faits(amendable)
    with pytest.raises(Refus, match=r"^Ligne 18 – CCAS de Liévin : il manque.*Aucun acte n’a été produit\.$"):
        produire(amendable, tmp_path / "lot")
    assert faits(amendable) == avant
    assert not (tmp_path / "lot").exists()


def test_every_row_at_fault_is_named_in_the_order_of_the_phase(amendable: Desk, tmp_path: Path) -> None:
    preparer(amendable)
    une = nommee(amendable, "2024-00901")
    version = ligne(amendable, une.structure_id, tables.structure)["version"]
    amendable.do(edition.update, "structures", une.structure_id, version, {"representant": ""})
    avant = faits(amendable)
    with pytest.raises(Refus) as refus:
        produire(amendable, tmp_path / "lot")
    (premiere, derniere) = str(refus.value).split("\n")
    assert premiere.startswith("Ligne 1 – Structure exemple 01")
    assert premiere.endswith(" : il manque le nom du représentant.")
    assert derniere.startswith("Ligne 18 – CCAS de Liévin : il manque le SIRET")
    assert derniere.endswith(" Aucun acte n’a été produit.")
    assert faits(amendable) == avant


def test_an_act_of_a_convention_that_ended_names_its_row(amendable: Desk, tmp_path: Path) -> None:
    completer(amendable)
    une = nommee(amendable, "2024-00927")
    deplacer(amendable, "conventions", une.id, "resilier")
    dit = "la convention 2024-00927 ne reçoit pas d’avenant : elle est résiliée."
    avant = faits(amendable)
    with pytest.raises(Refus, match=rf"^Ligne 16 – Structure exemple 16.* : {dit} Aucun acte n’a été produit\.$"):
        produire(amendable, tmp_path / "lot")
    assert faits(amendable) == avant
    lot = produire(amendable, tmp_path / "lot", poursuivre=True)
    (ecarte,) = lot.ecartes
    assert ecarte.startswith("Ligne 16 – Structure exemple 16")
    assert ecarte.endswith(dit)
    assert len(lot.fichiers) == 22


def test_a_folder_that_is_not_free_is_seen_before_anything_is_prepared(amendable: Desk, tmp_path: Path) -> None:
    avant = faits(amendable)
    (tmp_path / "lot").mkdir()
    (tmp_path / "lot" / "note.txt").write_text("à garder")
    for cible, phrase in (("lot", "n’est pas vide"), ("absent/lot", "n’existe pas")):
        for poursuivre in (False, True):
            with pytest.raises(Refus, match=phrase):
                produire(amendable, tmp_path / cible, poursuivre=poursuivre)
    assert faits(amendable) == avant


@pytest.mark.parametrize("poursuivre", [False, True])
def test_a_batch_cancelled_takes_back_what_it_prepared(amendable: Desk, tmp_path: Path, *, poursuivre: bool) -> None:
    completer(amendable)
    avant = faits(amendable)

    def avance(fait: int, _total: int) -> None:
        if fait == 2:
            raise Interrompu("Production interrompue.")

    with pytest.raises(Interrompu):
        produire(amendable, tmp_path / "lot", avance, poursuivre=poursuivre)
    assert faits(amendable) == avant
    assert list(tmp_path.glob("*lot*")) == []
    assert len(produire(amendable, tmp_path / "lot").fichiers) == 23


def test_a_name_that_no_font_prints_takes_back_what_was_prepared(amendable: Desk, tmp_path: Path) -> None:
    completer(amendable, representant=f"Laurent {SMILEY}")
    avant = faits(amendable)
    with pytest.raises(Refus, match=r"^Ligne 18 – CCAS de Liévin : .*U\+1F600.* Aucun acte n’a été produit\.$"):
        produire(amendable, tmp_path / "lot")
    assert faits(amendable) == avant


def test_acts_prepared_before_are_kept(amendable: Desk, tmp_path: Path) -> None:
    completer(amendable)
    cle = next(p.cle for p in amendable.read(preparation_actes.examiner, PHASE) if p.modele == "10")
    amendable.do(preparation_actes.preparer, PHASE, [cle])
    avant = faits(amendable)

    def avance(_fait: int, _total: int) -> None:
        raise EcritureRefusee("Le disque est plein.")

    with pytest.raises(EcritureRefusee):
        produire(amendable, tmp_path / "lot", avance)
    assert faits(amendable) == avant


def test_what_cannot_be_taken_back_is_told(amendable: Desk, tmp_path: Path) -> None:
    completer(amendable)

    def avance(fait: int, _total: int) -> None:
        if fait == 1:
            deplacer(amendable, "conventions", nommee(amendable, "2024-00003").id, "envoyer")
            raise Interrompu("Production interrompue.")

    with pytest.raises(
        Refus, match=r"^Production interrompue\. Les actes préparés restent dans la base : .*2024-00003"
    ):
        produire(amendable, tmp_path / "lot", avance)
    assert len([c for c in toutes(amendable) if not c.externe]) == 6


def test_a_model_that_is_not_the_one_voted_is_told(amendable: Desk, tmp_path: Path) -> None:
    ecourter(amendable, "2024-00903", date(2025, 6, 30))
    lot = produire(amendable, tmp_path / "lot", poursuivre=True)
    (dit,) = lot.reserves
    assert dit.startswith("Ligne 3 – Structure exemple 03")
    assert " : la ligne votée porte « 5 – accueil seul, avec article de coût » ; les faits (" in dit


def test_those_set_aside_are_told_in_the_order_of_the_phase(amendable: Desk, tmp_path: Path) -> None:
    for c in toutes(amendable):
        deplacer(amendable, "conventions", c.id, "resilier")
    lot = produire(amendable, tmp_path / "lot", poursuivre=True)
    assert len(lot.fichiers) == 5
    assert len(lot.ecartes) == 18
    assert [int(dit.split()[1]) for dit in lot.ecartes] == list(range(1, 19))


def test_a_phase_that_is_not_adopted_is_a_sentence(amendable: Desk, tmp_path: Path) -> None:
    suivante = nouvelle_phase(amendable)
    with pytest.raises(Refus, match=r"2024/7 n’est pas adoptée : ses actes se font après le vote"):
        produire_phase(amendable, vue(amendable, suivante), tmp_path / "lot", ("pdf",), silence, poursuivre=True)
    assert list(tmp_path.glob("*lot*")) == []
