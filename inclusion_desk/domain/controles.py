"""The controls of a phase as data: each a small function from the dossier to its findings."""

from __future__ import annotations

from collections.abc import Iterable

from inclusion_desk.domain.constats import Constat, Controle, Gravite
from inclusion_desk.domain.controles_actes import CONTROLES_ACTES
from inclusion_desk.domain.controles_articles import CONTROLES_ARTICLES
from inclusion_desk.domain.controles_deliberation import CONTROLES_DELIBERATION
from inclusion_desk.domain.controles_dispositifs import CONTROLES_DISPOSITIFS
from inclusion_desk.domain.controles_lignes import CONTROLES_LIGNES
from inclusion_desk.domain.controles_pouvoirs import CONTROLES_POUVOIRS
from inclusion_desk.domain.controles_registres import CONTROLES_REGISTRES
from inclusion_desk.domain.controles_seance import CONTROLES_SEANCE
from inclusion_desk.domain.controles_sommes import CONTROLES_SOMMES
from inclusion_desk.domain.controles_structures import CONTROLES_STRUCTURES
from inclusion_desk.domain.controles_textes import CONTROLES_TEXTES
from inclusion_desk.domain.controles_vue import Vue
from inclusion_desk.domain.deliberations import Deliberation
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.seances import Seance

CONTROLES = (
    *CONTROLES_SOMMES,
    *CONTROLES_LIGNES,
    *CONTROLES_ACTES,
    *CONTROLES_DISPOSITIFS,
    *CONTROLES_STRUCTURES,
    *CONTROLES_ARTICLES,
    *CONTROLES_SEANCE,
    *CONTROLES_REGISTRES,
    *CONTROLES_POUVOIRS,
    *CONTROLES_DELIBERATION,
    *CONTROLES_TEXTES,
)
"""Every rule, subject by subject."""

_RANG = {gravite: rang for rang, gravite in enumerate(Gravite)}


def controler(dossier: DossierSeance) -> tuple[Constat, ...]:
    """Apply every control to a dossier; the gravest findings come first, then by code."""
    return _apply(CONTROLES, dossier)


def controler_vote(seance: Seance, deliberation: Deliberation) -> tuple[Constat, ...]:
    """Apply the controls of the sitting alone, to a count as it is typed; nothing is known of the lines."""
    sans_lignes = DossierSeance(0, 0, "", "", seance, deliberation, (), ())
    return _apply((*CONTROLES_SEANCE, *CONTROLES_REGISTRES, *CONTROLES_POUVOIRS), sans_lignes)


def _apply(controles: Iterable[Controle], dossier: DossierSeance) -> tuple[Constat, ...]:
    vue = Vue(dossier)
    constats = [constat for controle in controles for constat in controle.appliquer(vue)]
    return tuple(sorted(constats, key=lambda constat: (_RANG[constat.gravite], constat.code)))


def bloquants(constats: tuple[Constat, ...]) -> int:
    """Count the findings that block."""
    return sum(constat.gravite is Gravite.BLOQUANT for constat in constats)
