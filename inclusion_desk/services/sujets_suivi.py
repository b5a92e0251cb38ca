"""The subjects of what follows the vote: sheets, conventions, avenants, amounts, annexes, payments, bilans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from inclusion_desk.domain.codes import ETATS_CONVENTION
from inclusion_desk.domain.conventions import Avenant, Convention
from inclusion_desk.domain.conventions_champs import CHAMPS_AVENANT, CHAMPS_CONVENTION
from inclusion_desk.domain.fiches import CHAMPS as CHAMPS_FICHE
from inclusion_desk.domain.montants import CHAMPS_ANNEXE as CHAMPS_ANNEXE_ACTE
from inclusion_desk.domain.montants import CHAMPS_MONTANT
from inclusion_desk.domain.suivi import CHAMPS_BILAN, CHAMPS_VERSEMENT, BilanSuivi, VersementSuivi
from inclusion_desk.domain.text import format_date
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.services.sujets import Charge, Sujet, of_all, of_campagne, small
from inclusion_desk.store import bilans, conventions, fiches, montants, service_fait


def _of_today(lire: Callable[..., list[Any]]) -> Charge:
    """Read rows of every phase as they stand today."""
    return lambda session, _phase_id, ids: lire(session, aujourdhui(), ids)


def _said(*valeurs: object) -> str:
    """Gather what a row is searched by: its texts, and its days as shown."""
    return " ".join(format_date(v) if isinstance(v, date) else str(v) for v in valeurs if v)


def _search_convention(c: Convention) -> str:
    jours = (c.debut, c.fin, c.terme, c.signee_structure, c.signee_departement, c.executoire_le, c.resiliee_le)
    return _said(c.numero, c.structure_nom, c.objet, c.etat_libelle, c.origine, c.deliberation, *jours)


def _search_avenant(a: Avenant) -> str:
    """Gather what an avenant is searched by; its state is found as written for it, or for a convention."""
    jours = (a.debut, a.fin, a.signee_structure, a.signee_departement, a.executoire_le)
    dits = (a.etat_libelle, ETATS_CONVENTION[a.etat], a.origine, a.deliberation)
    return _said(a.convention_numero, a.titre, a.structure_nom, a.objet, *dits, *jours)


def _search_versement(v: VersementSuivi) -> str:
    dits = (v.libelle, v.acte, v.piece, v.etat_libelle, v.phase_reference, v.code_operation)
    return _said(v.convention_numero, v.structure_nom, *dits, v.echeance, v.piece_recue_le, v.paye_le)


def _search_bilan(b: BilanSuivi) -> str:
    dits = (b.libelle, b.action, b.etat_libelle, b.lettre, b.phase_reference)
    return _said(b.convention_numero, b.structure_nom, *dits, b.debut, b.fin, b.echeance, b.recu_le)


_TOUS = (
    Sujet(
        "fiches", "fiche action", "fiches action", "la fiche action", feminin=True, champs=CHAMPS_FICHE, total="",
        **small(of_campagne(fiches.load), lambda f: f"{f.titre} {f.dispositif} version {f.rang}"),
    ),
    Sujet(
        "conventions", "convention", "conventions", "la convention", feminin=True, champs=CHAMPS_CONVENTION,
        **small(of_all(conventions.load), _search_convention, "montant"),
    ),
    Sujet(
        "avenants", "avenant", "avenants", "l’avenant", feminin=False, champs=CHAMPS_AVENANT,
        **small(of_all(conventions.load_avenants), _search_avenant, "montant"),
    ),
    Sujet(
        "versements", "versement", "versements", "le versement", feminin=False, champs=CHAMPS_VERSEMENT,
        total="Total prévu", **small(_of_today(service_fait.load_versements), _search_versement, "montant"),
    ),
    Sujet(
        "bilans", "bilan", "bilans", "le bilan", feminin=False, champs=CHAMPS_BILAN, total="",
        **small(_of_today(bilans.load), _search_bilan),
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
