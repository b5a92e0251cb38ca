"""The subjects of what follows the vote: sheets, conventions, avenants, amounts, annexes, payments, bilans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from inclusion_desk.domain.conventions_champs import CHAMPS_AVENANT, CHAMPS_CONVENTION
from inclusion_desk.domain.fiches import CHAMPS as CHAMPS_FICHE
from inclusion_desk.domain.montants import CHAMPS_ANNEXE as CHAMPS_ANNEXE_ACTE
from inclusion_desk.domain.montants import CHAMPS_MONTANT
from inclusion_desk.domain.suivi import CHAMPS_BILAN, CHAMPS_VERSEMENT
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.services.sujets import Charge, Sujet, of_all, of_campagne, small
from inclusion_desk.store import bilans, conventions, fiches, montants, versements


def _of_today(lire: Callable[..., list[Any]]) -> Charge:
    """Read rows of every phase as they stand today."""
    return lambda session, _phase_id, ids: lire(session, aujourdhui(), ids)


_TOUS = (
    Sujet(
        "fiches", "fiche action", "fiches action", "la fiche action", feminin=True, champs=CHAMPS_FICHE, total="",
        **small(of_campagne(fiches.load), lambda f: f"{f.titre} {f.dispositif} version {f.rang}"),
    ),
    Sujet(
        "conventions", "convention", "conventions", "la convention", feminin=True, champs=CHAMPS_CONVENTION,
        **small(of_all(conventions.load), lambda c: f"{c.numero} {c.structure_nom} {c.objet} {c.etat_libelle}",
                 "montant"),
    ),
    Sujet(
        "avenants", "avenant", "avenants", "l’avenant", feminin=False, champs=CHAMPS_AVENANT,
        **small(of_all(conventions.load_avenants), lambda a: f"{a.convention_numero} {a.structure_nom} {a.objet}",
                 "montant"),
    ),
    Sujet(
        "versements", "versement", "versements", "le versement", feminin=False, champs=CHAMPS_VERSEMENT,
        total="Total prévu",
        **small(_of_today(versements.load), lambda v: f"{v.convention_numero} {v.structure_nom} {v.libelle} "
                 f"{v.acte} {v.piece} {v.etat_libelle}", "montant"),
    ),
    Sujet(
        "bilans", "bilan", "bilans", "le bilan", feminin=False, champs=CHAMPS_BILAN, total="",
        **small(_of_today(bilans.load), lambda b: f"{b.convention_numero} {b.structure_nom} {b.libelle} {b.action} "
                 f"{b.etat_libelle} {b.lettre}"),
    ),
    Sujet(
        "montants", "montant", "montants", "le montant", feminin=False, champs=CHAMPS_MONTANT,
        **small(of_all(montants.load), lambda m: f"{m.convention_numero} {m.structure_nom} {m.acte}", "montant"),
    ),
    Sujet(
        "annexes_actes", "annexe", "annexes", "l’annexe", feminin=True, champs=CHAMPS_ANNEXE_ACTE, total="",
        **small(of_all(montants.load_annexes), lambda a: f"{a.convention_numero} {a.structure_nom} {a.titre}"),
    ),
)  # fmt: skip
SUJETS_SUIVI: Mapping[str, Sujet] = {sujet.nom: sujet for sujet in _TOUS}
"""These subjects, by their name."""
