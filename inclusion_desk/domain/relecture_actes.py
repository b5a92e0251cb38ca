"""The proof-reader of acts: reads one convention or avenant and says what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.relecture_annexes import RELECTEURS_ANNEXES
from inclusion_desk.domain.relecture_figures import RELECTEURS_FIGURES
from inclusion_desk.domain.relecture_langue import RELECTEURS_LANGUE
from inclusion_desk.domain.relecture_structure import RELECTEURS_STRUCTURE
from inclusion_desk.domain.relecture_texte import Relecteur, Remarque, lire, remarquer
from inclusion_desk.domain.relecture_typographie import RELECTEURS_TYPOGRAPHIE

RELECTEURS: tuple[Relecteur, ...] = (
    *RELECTEURS_ANNEXES,
    *RELECTEURS_STRUCTURE,
    *RELECTEURS_FIGURES,
    *RELECTEURS_TYPOGRAPHIE,
    *RELECTEURS_LANGUE,
)
"""Every rule; a code that the controls of a sitting have too names the same rule."""


def relire(
    texte: str, *, avenant: bool | None = None, noms: Iterable[str] = (), pages: int | None = None
) -> tuple[Remarque, ...]:
    """Proof-read the plain text of one act with its annexes, and give the remarks from first line to last.

    ``avenant`` says whether it amends a convention, which its heading tells otherwise; ``noms`` are names to be written
    in one way beside those that the text designates; ``pages`` is the real number of pages, for a text that gives one.
    Source: the faults of deliberation n° 2024-587, annexes 5 to 10 (the case, l.351-3306).
    """
    lecture = lire(texte, avenant=avenant, noms=noms, pages=pages)
    remarques = [remarquer(relecteur, releve) for relecteur in RELECTEURS for releve in relecteur.relever(lecture)]
    return tuple(sorted(remarques, key=lambda r: (r.ligne, r.code, r.phrase)))


def bloquantes(remarques: Iterable[Remarque]) -> tuple[Remarque, ...]:
    """Keep the remarks with which an act cannot be signed."""
    return tuple([remarque for remarque in remarques if remarque.gravite is Gravite.BLOQUANT])


__all__ = ["RELECTEURS", "Remarque", "bloquantes", "relire"]
