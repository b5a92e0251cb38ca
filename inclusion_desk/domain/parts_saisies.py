"""Parts of a schedule as they are typed: a percentage or an amount."""

from __future__ import annotations

from inclusion_desk.domain.money import parse_montant
from inclusion_desk.domain.partage import Part, PartFixe, PartTaux


def read_part(texte: str, libelle: str, champ: str | None = None) -> Part:
    """Read a part as users type it: ``40 %`` of the whole, or ``50 000`` euros.

    Raises:
        Refus: as ``parse_montant``; ``libelle`` opens the sentence.
    """
    net = texte.strip()
    if net.endswith("%"):
        return PartTaux(parse_montant(net.removesuffix("%"), libelle, champ))
    return PartFixe(parse_montant(net, libelle, champ))
