"""From the frozen dossier to the bytes of its workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

from inclusion_desk.documents.workbook.annexe4 import annexe4
from inclusion_desk.documents.workbook.archive import weave
from inclusion_desk.documents.workbook.budget import budget, controles
from inclusion_desk.documents.workbook.cells import Ink
from inclusion_desk.documents.workbook.formulas import span
from inclusion_desk.documents.workbook.plan import PREMIERE, Plan, make_plan
from inclusion_desk.documents.workbook.sheet import Sheet
from inclusion_desk.documents.workbook.shell import furnish
from inclusion_desk.documents.workbook.structures import par_structure, structures
from inclusion_desk.documents.workbook.styles import register_styles
from inclusion_desk.documents.workbook.synthese import synthese
from inclusion_desk.documents.workbook.territoires import par_territoire
from inclusion_desk.domain.constats import Constat
from inclusion_desk.domain.dossier import DossierSeance


def render_workbook(
    dossier: DossierSeance,
    constats: Sequence[Constat],
    *,
    edited: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Make the workbook of a phase; the same arguments give the same bytes.

    ``edited`` is the date printed and stored in the properties; ``progress`` receives the rows done and their total,
    and what it raises goes through, which cancels.
    """
    plan = make_plan(dossier)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheets = _sheets(plan, constats, Ink(register_styles(workbook)), edited)
    furnish(workbook, plan, sheets, edited)
    shell = BytesIO()
    workbook.save(shell)
    return weave(shell.getvalue(), sheets, progress)


def _sheets(plan: Plan, constats: Sequence[Constat], ink: Ink, edited: datetime) -> tuple[Sheet, ...]:
    cumuls = structures(plan)
    noms = span(1, PREMIERE, PREMIERE + max(len(cumuls), 1) - 1, "'Par structure'")
    return (
        synthese(plan, ink, structures=noms, nombre=len(cumuls), edited=edited),
        annexe4(plan, ink),
        par_structure(plan, ink, cumuls),
        par_territoire(plan, ink),
        budget(plan, ink),
        controles(plan, ink, constats),
    )
