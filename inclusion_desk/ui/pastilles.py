"""The small coloured labels that say in which state something is; the word always says it too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

TONS_PHASE = {
    "preparation": "neutre", "commissions": "cours", "seance": "cours", "adoptee": "fait", "rejetee": "refus",
    "ajournee": "attente", "remplacee": "neutre",
}  # fmt: skip
TONS_CANDIDATURE = {
    "depose": "neutre", "incomplet": "attente", "complet": "cours", "instruit": "cours", "propose": "cours",
    "ecarte": "refus", "retire": "neutre", "vote": "fait", "rejete": "refus", "ajourne": "attente",
}  # fmt: skip

TONS_ACTE = {
    "projet": "neutre", "a_signer": "attente", "signee": "cours", "executoire": "fait", "soldee": "neutre",
    "resiliee": "refus",
}  # fmt: skip


def pastille() -> QLabel:
    """Make an empty one."""
    faite = QLabel()
    faite.setProperty("ton", "neutre")  # its padding counts only if the style knows it from the first
    faite.setTextFormat(Qt.TextFormat.PlainText)
    faite.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    faite.hide()
    return faite


def dire_etat(etiquette: QLabel, texte: str, ton: str) -> None:
    """Say a state in its colour; nothing hides the label."""
    etiquette.setProperty("ton", ton)
    etiquette.style().unpolish(etiquette)
    etiquette.style().polish(etiquette)
    etiquette.clear()  # a label measures itself when its text changes, and not when its style does
    etiquette.setText(texte)
    etiquette.setVisible(bool(texte))
