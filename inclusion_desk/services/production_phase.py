"""Produces all the acts of a phase, preparing those that are not yet: or leaves the base and the disk as they were."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from inclusion_desk.domain.actes_proposes import ActePropose
from inclusion_desk.domain.phases import Phase
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import actes_choisis, preparation_actes, production_actes
from inclusion_desk.services.actes_choisis import ActeEcarte
from inclusion_desk.services.desk import Desk
from inclusion_desk.services.dossiers_neufs import check_libre
from inclusion_desk.services.production import Progress
from inclusion_desk.services.production_actes import FormatActe, Lot


def produire_phase(
    desk: Desk, phase: Phase, dossier: Path, formats: Sequence[FormatActe], progress: Progress, *, poursuivre: bool
) -> Lot:
    """Prepare what a phase still lacks of its acts, then produce them all; everything is checked first.

    An act that could not be produced is not prepared: it takes no number. Whatever stops the batch, what it prepared
    is taken back.

    Raises:
        Refus: the phase is not adopted, the folder is not free, an act lacks something (unless ``poursuivre``), or as
            ``production_actes.produire``.
    """
    if phase.etat != "adoptee":
        raise Refus(f"La phase {phase.reference} n’est pas adoptée : ses actes se font après le vote.")
    check_libre(dossier)
    proposes = desk.read(preparation_actes.examiner, phase.id)
    ecartes = _set_aside(desk, phase.id, proposes)
    if not poursuivre:
        _check_whole(desk, proposes, ecartes)
    laisses = {ecarte.propose.cle for ecarte in ecartes}
    nouveaux = [p for p in proposes if p.pret and p.cle not in laisses]
    with _prepared(desk, phase.id, nouveaux):
        choisis = desk.read(actes_choisis.examiner, phase.id)
        if ecartes and not choisis:
            raise Refus(_none([ecarte.phrase for ecarte in ecartes]))
        titre = production_actes.titre_du_lot(phase)
        lot = production_actes.produire(
            desk, titre, choisis, dossier, formats, progress, poursuivre=poursuivre, ecartes=ecartes
        )
    return replace(lot, reserves=tuple(p.nommer(p.reserve) for p in nouveaux if p.reserve))


def _set_aside(desk: Desk, phase_id: int, proposes: Sequence[ActePropose]) -> list[ActeEcarte]:
    """List the acts not prepared that lack something, to be prepared or to be produced."""
    prets = [p.cle for p in proposes if p.pret]
    lacunes = desk.essayer(preparation_actes.lacunes, phase_id, prets) if prets else {}
    refus = {p.cle: p.manques[0] for p in proposes if p.manques} | lacunes
    return [ActeEcarte(p, refus[p.cle]) for p in proposes if p.cle in refus]


def _check_whole(desk: Desk, proposes: Sequence[ActePropose], ecartes: Sequence[ActeEcarte]) -> None:
    """Check that no act lacks anything, prepared or not.

    Raises:
        Refus: naming every row at fault.
    """
    dits = [(ecarte.propose.rang, ecarte.phrase) for ecarte in ecartes]
    prepares = desk.read(actes_choisis.lire, actes_choisis.rangs(proposes))
    dits += [(choisi.rang, choisi.phrase) for choisi in prepares if choisi.refus]
    if dits:
        raise Refus(_none([phrase for _, phrase in sorted(dits)]))


def _none(phrases: Sequence[str]) -> str:
    return "\n".join((*phrases[:-1], f"{phrases[-1]} Aucun acte n’a été produit."))


@contextlib.contextmanager
def _prepared(desk: Desk, phase_id: int, nouveaux: Sequence[ActePropose]) -> Iterator[None]:
    """Prepare acts for what is done with them, and take them back if it is not done.

    Raises:
        Refus: what stopped it, with why some could not be taken back.
    """
    if not nouveaux:
        yield
        return
    inverse = desk.do(preparation_actes.preparer, phase_id, [p.cle for p in nouveaux]).inverse
    try:
        yield
    except BaseException as erreur:
        try:
            if inverse is not None:
                desk.do(inverse.use_case, *inverse.args)
        except Refus as reste:
            raise Refus(f"{erreur} Les actes préparés restent dans la base : {reste}") from erreur
        raise
