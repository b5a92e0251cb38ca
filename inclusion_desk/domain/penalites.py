"""The penalties of a service fait, as they are typed: one a line."""

from __future__ import annotations

from collections.abc import Iterable

from inclusion_desk.domain.money import format_montant, parse_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.service_fait import Penalite
from inclusion_desk.domain.taux import format_taux


def read_penalites(texte: str, champ: str = "penalites") -> tuple[Penalite, ...]:
    """Read penalties, one a line: the reason, ``=``, then a rate (``10 %``) or an amount (``1 500,00``).

    Raises:
        Refus: a line without its reason or its figure, or a figure that cannot be read; it names the line.
    """
    lignes = [(rang, ligne.strip()) for rang, ligne in enumerate(texte.split("\n"), start=1) if ligne.strip()]
    return tuple(_read_penalite(rang, ligne, champ) for rang, ligne in lignes)


def _read_penalite(rang: int, ligne: str, champ: str) -> Penalite:
    motif, egal, chiffre = (partie.strip() for partie in ligne.rpartition("="))
    quoi = f"La pénalité de la ligne {rang}"
    if not egal or not motif or not chiffre:
        raise Refus(
            f"{quoi} est incomplète : écrivez son motif, « = », puis un pourcentage ou un montant, par exemple "
            "Bilan remis hors délai = 10 %.",
            champ,
        )
    if chiffre.endswith("%"):
        return Penalite(motif, taux=parse_montant(chiffre.removesuffix("%").strip(), quoi, champ))
    return Penalite(motif, montant=parse_montant(chiffre, quoi, champ))


def write_penalites(penalites: Iterable[Penalite]) -> str:
    """Write penalties as they are typed."""
    return "\n".join(f"{p.motif} = {format_taux(p.taux) if p.taux else format_montant(p.montant)}" for p in penalites)
