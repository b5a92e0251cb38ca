"""The controls of the sitting: quorum, vote against attendance, interested members."""

from __future__ import annotations

from collections.abc import Iterator

from inclusion_desk.domain.constats import Constat, Controle, Gravite
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.seances import VOTANTS
from inclusion_desk.domain.text import compter, pluriel


def _quorum(dossier: DossierSeance) -> Iterator[Constat]:
    """Check the quorum: the majority of the members in office, present or represented."""
    seance = dossier.seance
    reunis = seance.presents_ou_representes
    if seance.presences and reunis < seance.quorum:
        yield Constat(
            "SEA-01",
            Gravite.BLOQUANT,
            "Le quorum n’est pas atteint : "
            f"{compter(reunis, 'membre présent ou représenté', 'membres présents ou représentés')} "
            f"pour {seance.quorum} requis.",
        )


def _vote(dossier: DossierSeance) -> Iterator[Constat]:
    """Check the count of the vote against the attendance (the case: 29 + 0 + 12 + 3 = 44)."""
    seance, deliberation = dossier.seance, dossier.deliberation
    if not deliberation.votes:
        return
    exprimes = sum(deliberation.nombre(p) for p in ("pour", "contre", "abstention"))
    if exprimes != seance.voix:
        yield Constat(
            "SEA-02",
            Gravite.BLOQUANT,
            f"Le vote compte {exprimes} voix et la feuille de présence en donne {seance.voix} : corrigez "
            "l’un ou l’autre.",
        )
    total = sum(vote.nombre for vote in deliberation.votes)
    if total != seance.membres:
        yield Constat(
            "SEA-03",
            Gravite.BLOQUANT,
            f"Le vote rend compte de {compter(total, 'membre')} sur {seance.membres} en exercice : reprenez "
            "le décompte.",
        )


def _interesses(dossier: DossierSeance) -> Iterator[Constat]:
    """Check that no interested member gave a proxy, and say how they are printed."""
    fautifs = [p for p in dossier.seance.presences if p.interesse and p.pouvoir and p.statut in VOTANTS]
    for presence in fautifs:
        interesse = "intéressée" if presence.civilite == "Mme" else "intéressé"
        yield Constat(
            "SEA-04",
            Gravite.BLOQUANT,
            f"{presence.nom_complet} est {interesse} à l’affaire et a donné pouvoir : retirez le pouvoir.",
        )
    if dossier.deliberation.interesses_en_abstention and dossier.deliberation.nombre("ne_prend_pas_part"):
        nombre = dossier.deliberation.nombre("ne_prend_pas_part")
        yield Constat(
            "SEA-05",
            Gravite.ATTENTION,
            f"{compter(nombre, 'membre intéressé', 'membres intéressés')} à l’affaire "
            f"{pluriel(nombre, 'est compté', 'sont comptés')} en abstention, non comme ne prenant pas part au vote.",
        )


CONTROLES_SEANCE = (
    Controle("SEA-01", "Quorum", _quorum),
    Controle("SEA-02", "Voix et présence", _vote),
    Controle("SEA-04", "Membres intéressés", _interesses),
)
"""The rules of the sitting, in the order in which they are shown."""
