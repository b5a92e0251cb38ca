"""The query on the lines of a phase that Europe pays for too."""

from __future__ import annotations

from sqlalchemy import select

from inclusion_desk.domain.cofinancement_lignes import LigneCofinancee
from inclusion_desk.store.engine import Session
from inclusion_desk.store.tables import dispositif, proposition, structure, territoire


def load_lines(session: Session, phase_id: int) -> tuple[LigneCofinancee, ...]:
    """Read the lines of a phase whose dispositif names a co-financing and that bring money, by structure."""
    p, d, s, t = proposition.c, dispositif.c, structure.c, territoire.c
    demande = (
        select(
            p.id, p.montant, s.nom, d.numero, d.intitule, d.cofinancement, t.nom.label("territoire"), t.bassin_minier
        )
        .join(dispositif, d.id == p.dispositif_id)
        .join(structure, s.id == p.structure_id)
        .join(territoire, t.id == p.territoire_id)
        .where(p.phase_id == phase_id, d.cofinancement != "", p.montant > 0)
        .order_by(s.nom, t.ordre, p.id)
    )
    return tuple(
        LigneCofinancee(
            proposition_id=r.id,
            structure=r.nom,
            dispositif=f"{r.numero} – {r.intitule}" if r.numero else r.intitule,
            territoire=r.territoire,
            bassin_minier=r.bassin_minier,
            montant=r.montant,
            cofinancement=r.cofinancement,
        )
        for r in session.execute(demande)
    )
