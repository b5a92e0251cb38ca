"""The choices of reference fields: what each may point to, in the order users expect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inclusion_desk.domain.dispositifs import cle_numero
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.text import fold
from inclusion_desk.store import budget, dispositifs, phases, seances, structures
from inclusion_desk.store.engine import Session


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list: the id stored and the label shown."""

    id: int
    libelle: str


def _dispositifs(session: Session, vue: Phase) -> Sequence[Any]:
    lus = dispositifs.load(session, vue.id, vue.campagne_id)
    return sorted(lus, key=lambda d: (d.thematique_numero, cle_numero(d.numero)))


def _territoires(session: Session, _vue: Phase) -> Sequence[Any]:
    return [Option(t.id, t.nom) for t in dispositifs.load_territoires(session)]


def _structures(session: Session, vue: Phase) -> Sequence[Any]:
    return [Option(s.id, s.nom) for s in sorted(structures.load(session, vue.id), key=lambda s: fold(s.nom))]


def _elus(session: Session, _vue: Phase) -> Sequence[Any]:
    return sorted(seances.load_elus(session), key=lambda e: fold(f"{e.nom} {e.prenom}"))


def _conventions(session: Session, _vue: Phase) -> Sequence[Any]:
    from inclusion_desk.store import conventions  # noqa: PLC0415 - what follows the vote is loaded on first use

    return conventions.load(session)


def _avenants(session: Session, _vue: Phase) -> Sequence[Any]:
    from inclusion_desk.store import conventions  # noqa: PLC0415 - idem

    lus = conventions.load_avenants(session)
    return [Option(a.id, f"{a.convention_numero}, avenant n° {a.rang}") for a in lus]


def _fiches(session: Session, vue: Phase) -> Sequence[Any]:
    from inclusion_desk.store import fiches  # noqa: PLC0415 - idem

    return [fiche for fiche in fiches.load(session, vue.campagne_id) if fiche.publiee]


_LECTURES: Mapping[str, Callable[[Session, Phase], Sequence[Any]]] = {
    "thematiques": lambda session, vue: dispositifs.load_thematiques(session, vue.campagne_id),
    "territoires": _territoires,
    "budget": lambda session, vue: [Option(li.id, li.libelle_complet) for li in budget.load(session, vue)],
    "dispositifs": _dispositifs,
    "structures": _structures,
    "periodes": lambda session, vue: phases.load_periodes(session, vue.campagne_id),
    "elus": _elus,
    "conventions": _conventions,
    "avenants": _avenants,
    "fiches": _fiches,
    "groupes": lambda session, _vue: seances.load_groupes(session),
}


def options(session: Session, sujet: str, phase_id: int) -> list[Option]:
    """List the choices of a reference field, in the order users expect."""
    vue = phases.load(session, phase_id)
    return [Option(lu.id, lu.libelle) for lu in _LECTURES[sujet](session, vue)]
