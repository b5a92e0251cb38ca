"""The workbook of one phase: six sheets of live formulas with their computed values stored, bytes out."""

from __future__ import annotations

from inclusion_desk.documents.workbook.render import render_workbook
from inclusion_desk.documents.workbook.verification import Totaux, read_totals, verify_workbook

__all__ = ["Totaux", "read_totals", "render_workbook", "verify_workbook"]
