"""Writes what is followed outside the program: the calendar, and what payments call for by year and budget line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from inclusion_desk.domain.calendrier import Echeance
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.versements import BesoinCp
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.fichiers import write_atomic

CALENDRIER = "calendrier-conventions.ics"
BESOINS = "besoins-cp.xlsx"
"""The names proposed for the files."""


def exporter_calendrier(desk: Desk, echeances: Sequence[Echeance], cible: Path) -> Path:
    """Write deadlines as an iCalendar file.

    Raises:
        Refus: there is none, or the target cannot be written.
    """
    from inclusion_desk.exchange import ics  # noqa: PLC0415 - icalendar is loaded on first use

    if not echeances:
        raise Refus("Le calendrier est vide : il n’y a rien à exporter.")
    contenu = ics.render(echeances, desk.maintenant().astimezone())
    write_atomic(cible, contenu, lambda relu: _same(relu, contenu))
    return cible


def exporter_besoins(desk: Desk, besoins: Sequence[BesoinCp], cible: Path) -> Path:
    """Write what payments call for as a workbook, read back and compared.

    Raises:
        Refus: there is none, the target cannot be written, or an amount differs.
    """
    from inclusion_desk.documents import besoins_cp  # noqa: PLC0415 - openpyxl is loaded on first use

    if not besoins:
        raise Refus("Aucun versement n’est prévu : il n’y a rien à exporter.")
    contenu = besoins_cp.render_besoins(besoins, desk.maintenant())
    write_atomic(cible, contenu, lambda relu: besoins_cp.verify_besoins(relu, besoins))
    return cible


def _same(relu: bytes, contenu: bytes) -> None:
    if relu != contenu:
        raise Refus("Le fichier relu diffère de ce qui a été écrit : choisissez un autre dossier.")
