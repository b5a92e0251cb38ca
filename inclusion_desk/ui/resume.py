"""What a page sums up to, in words: counts, total, selection."""

from __future__ import annotations

from collections.abc import Sequence

from inclusion_desk.domain.money import INSECABLE, format_montant, format_nombre
from inclusion_desk.domain.text import compter
from inclusion_desk.services.sujets import Sujet
from inclusion_desk.ui.lignes import Lignes


def resumer(sujet: Sujet, lignes: Lignes, rangs: Sequence[int]) -> tuple[str, ...]:
    """Say how many rows are shown, their total, and the sum of several selected."""
    nombre = compter(lignes.nombre, sujet.singulier, sujet.pluriel)
    if lignes.filtre.strip():
        nombre = f"{format_nombre(len(lignes))} sur {nombre}"
    phrases = [nombre, f"{sujet.total}{INSECABLE}: {format_montant(lignes.total)}"] if sujet.total else [nombre]
    if len(rangs) > 1:
        somme = f", {format_montant(lignes.total_de(rangs))}" if sujet.total else ""
        phrases.insert(0, f"Sélection{INSECABLE}: {compter(len(rangs), 'ligne')}{somme}")
    return tuple(phrases)
