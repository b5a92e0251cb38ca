"""Schedules of payments: drawn up from a model for what one act brings, dated again when what they wait for comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.actions import Action, payee
from inclusion_desk.domain.bilans import Bilan, echeance_de
from inclusion_desk.domain.conventions import CLOSES, Avenant, Convention
from inclusion_desk.domain.echeanciers import MODELES_ECHEANCIER, Cadre, ModeleEcheancier, prevoir
from inclusion_desk.domain.echeanciers import redater as dater
from inclusion_desk.domain.partage import Part
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.suivi import VersementSuivi
from inclusion_desk.domain.text import compter, typo
from inclusion_desk.domain.versements import Versement, check_versements
from inclusion_desk.services import bilans as regles_bilans
from inclusion_desk.services import edition
from inclusion_desk.services.changes import Call, Changes, ensemble
from inclusion_desk.services.conventions import Chaine, lire
from inclusion_desk.store import bilans, conventions, tables, versements
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row


@dataclass(frozen=True, slots=True)
class ActeAPayer:
    """One act that brings money: what it brings in cents, its instalments, and the model proposed for them."""

    convention_id: int
    avenant_id: int | None
    libelle: str
    apport: int
    versements: tuple[VersementSuivi, ...]
    modele: str

    @property
    def reste(self) -> int:
        """What no instalment pays yet, in cents."""
        return self.apport - sum(v.montant for v in self.versements)

    @property
    def paye(self) -> int:
        """What was paid, in cents."""
        return sum(v.montant_paye or 0 for v in self.versements)


def actes_a_payer(session: Session, convention_id: int, jour: date) -> tuple[ActeAPayer, ...]:
    """List the acts of a convention that bring money, the convention first, with their instalments as of a day.

    Raises:
        Introuvable: the convention is gone.
    """
    chaine = lire(session, convention_id)
    tous = versements.load(session, jour, convention_id=convention_id)
    actions = _actions(session, convention_id)
    ids = (None, *(avenant.id for avenant in chaine.avenants))
    actes = [_to_pay(session, chaine, tous, avenant_id, actions) for avenant_id in ids]
    return tuple(acte for acte in actes if acte.apport > 0 or acte.versements)


def actes_sans_paiement(session: Session, jour: date) -> tuple[ActeAPayer, ...]:
    """List the acts of open conventions that bring money and of which nothing is paid, without a schedule first."""
    ouvertes = {c.id: c for c in conventions.load(session) if c.etat not in CLOSES}
    avenants = {a.id: a for a in conventions.load_avenants(session)}
    actions = bilans.load_actions(session, list(ouvertes))
    prevus: dict[tuple[int, int | None], list[VersementSuivi]] = {}
    for versement in versements.load(session, jour):
        prevus.setdefault((versement.convention_id, versement.avenant_id), []).append(versement)
    actes = [
        ActeAPayer(
            convention_id,
            avenant_id,
            _title(ouvertes[convention_id], avenants.get(avenant_id or 0)),
            montant,
            tuple(prevus.get((convention_id, avenant_id), ())),
            _propose(actions.get(convention_id, []), avenant_id),
        )
        for (convention_id, avenant_id), montant in versements.load_apports(session).items()
        if convention_id in ouvertes and montant > 0
    ]
    libres = [acte for acte in actes if not any(v.paye_le for v in acte.versements)]
    return tuple(sorted(libres, key=lambda acte: (bool(acte.versements), acte.libelle)))


def aucun_apport(session: Session) -> bool:
    """Tell whether no act of any convention brings money."""
    return not any(montant > 0 for montant in versements.load_apports(session).values())


def _title(convention: Convention, avenant: Avenant | None) -> str:
    """Name an act among those of every structure."""
    acte = f"{convention.numero}, avenant n° {avenant.rang}" if avenant else convention.numero
    return typo(f"{acte} – {convention.structure_nom}")


def _to_pay(
    session: Session,
    chaine: Chaine,
    tous: Sequence[VersementSuivi],
    avenant_id: int | None,
    actions: Sequence[Action],
) -> ActeAPayer:
    avenant = next((a for a in chaine.avenants if a.id == avenant_id), None)
    return ActeAPayer(
        chaine.convention.id,
        avenant_id,
        f"Avenant n° {avenant.rang}" if avenant else f"Convention {chaine.convention.numero}",
        versements.load_apport(session, chaine.convention.id, avenant_id).montant,
        tuple(v for v in tous if v.avenant_id == avenant_id),
        _propose(actions, avenant_id),
    )


def _actions(session: Session, convention_id: int) -> list[Action]:
    return bilans.load_actions(session, [convention_id]).get(convention_id, [])


def _propose(actions: Sequence[Action], avenant_id: int | None) -> str:
    """Propose the model of the action that the act pays; what an avenant adds for independents is paid in two.

    Source: the case, l.3280-3282.
    """
    siennes = [a for a in actions if a.avenant_id == avenant_id]
    payante = payee(actions, avenant_id)
    code = next((a.echeancier for a in (payante, *siennes) if a is not None and a.echeancier), "")
    return "avenant" if avenant_id is not None and code in {"independants", ""} else code or "equilibre"


def _frame(session: Session, chaine: Chaine, avenant_id: int | None, actions: Sequence[Action]) -> Cadre:
    """Gather the days that trigger the payments of one act: its bilans are those of the action it pays."""
    convention = chaine.convention
    avenant = next((a for a in chaine.avenants if a.id == avenant_id), None)
    etape = next(e for e in chaine.etapes if e.rang == (avenant.rang if avenant else 0))
    apports = [t for t in etape.tranches if t.rang == etape.rang]
    attendus = _awaited(session, convention, avenant_id, actions)
    return Cadre(
        debut=min((t.debut for t in apports), default=etape.debut),
        fin=max((t.fin for t in apports), default=etape.fin),
        signature=(avenant or convention).signee_le,
        bilan_intermediaire=echeance_de(attendus, "intermediaire"),
        bilan_final=echeance_de(attendus, "final"),
        convention_id=convention.id,
        code_operation=versements.load_apport(session, convention.id, avenant_id).code_operation,
    )


def _awaited(
    session: Session, convention: Convention, avenant_id: int | None, actions: Sequence[Action]
) -> Sequence[Bilan]:  # fmt: skip
    """List the bilans that the payments of one act wait for, with the due dates recorded where they are."""
    connus = bilans.load(session, date.min, convention_id=convention.id)
    action = payee(actions, avenant_id)
    if action is None:
        return connus or [p.bilan for p in regles_bilans.prevus(convention, actions, "")]
    dus = regles_bilans.of_action(action)
    return [next((b for b in connus if prevu.est(b)), prevu.bilan) for prevu in dus]


@dataclass(frozen=True, slots=True)
class _Projet:
    """A schedule drawn up and not written: what it replaces, the budget line it goes to, the action it pays."""

    nom: str
    anciens: tuple[VersementSuivi, ...]
    nouveaux: tuple[Versement, ...]
    ligne_budgetaire_id: int | None
    dispositif_id: int | None


def essayer(
    session: Session, convention_id: int, avenant_id: int | None, modele: str, saisies: Sequence[Part] = ()
) -> tuple[Versement, ...]:
    """Give the instalments that ``etablir`` would write.

    Raises:
        Refus: as ``etablir``.
    """
    return _draw(session, convention_id, avenant_id, modele, saisies).nouveaux


def etablir(
    session: Session, convention_id: int, avenant_id: int | None, modele: str, saisies: Sequence[Part] = ()
) -> Changes:
    """Draw up the schedule of what one act brings after a model; the former one, unpaid, gives way.

    Raises:
        Refus: the act brings nothing, an instalment is paid, or the parts do not make the amount.
    """
    projet = _draw(session, convention_id, avenant_id, modele, saisies)
    ids = tuple(v.id for v in projet.anciens)
    retirer = [Call(edition.delete, ("versements", ids))] if ids else []
    ajouter = Call(_insert, (projet.nouveaux, avenant_id, projet.ligne_budgetaire_id, projet.dispositif_id))
    return ensemble(session, f"Établir l’échéancier – {projet.nom}", [*retirer, ajouter])


def etablir_d_office(session: Session, convention_id: int, avenant_id: int | None) -> Changes:
    """Draw up the schedule of an act being prepared, where its model leaves no amount to the instructor.

    Nothing is written, nor refused, for an act that brings no money, has its schedule, or whose model waits for an
    amount.
    """
    apport = versements.load_apport(session, convention_id, avenant_id).montant
    connus = versements.load(session, date.min, convention_id=convention_id)
    modele = _propose(_actions(session, convention_id), avenant_id)
    faits = any(v.avenant_id == avenant_id for v in connus)
    if apport <= 0 or faits or MODELES_ECHEANCIER[modele].a_saisir:
        return Changes("Établir l’échéancier", {})
    return etablir(session, convention_id, avenant_id, modele)


def _draw(
    session: Session, convention_id: int, avenant_id: int | None, modele: str, saisies: Sequence[Part]
) -> _Projet:  # fmt: skip
    chaine = lire(session, convention_id)
    apport = versements.load_apport(session, convention_id, avenant_id)
    nom = _name(chaine, avenant_id)
    if apport.montant <= 0:
        raise Refus(f"{nom} n’apporte aucun montant : il n’y a rien à échelonner.", "acte")
    tous = versements.load(session, date.min, convention_id=convention_id)
    anciens = tuple(v for v in tous if v.avenant_id == avenant_id)
    if any(v.paye_le for v in anciens):
        raise Refus(f"{nom} a déjà un versement payé : modifiez les versements qui restent, un par un.", "acte")
    rang = min((v.rang for v in anciens), default=versements.last_rank(session, convention_id) + 1)
    actions = _actions(session, convention_id)
    cadre = _frame(session, chaine, avenant_id, actions)
    nouveaux = prevoir(_model(modele), apport.montant, cadre, saisies, rang=rang)
    autres = [v for v in tous if v.avenant_id != avenant_id]
    check_versements(versements.load_total(session, convention_id), [*autres, *nouveaux])
    action = payee(actions, avenant_id)
    return _Projet(nom, anciens, nouveaux, apport.ligne_budgetaire_id, action.dispositif_id if action else None)


def _model(code: str) -> ModeleEcheancier:
    if code not in MODELES_ECHEANCIER:
        raise Refus("Le modèle d’échéancier est à choisir dans la liste.", "modele")
    return MODELES_ECHEANCIER[code]


def _name(chaine: Chaine, avenant_id: int | None) -> str:
    rang = next((a.rang for a in chaine.avenants if a.id == avenant_id), 0)
    numero = chaine.convention.numero
    return f"L’avenant n° {rang} à la convention {numero}" if rang else f"La convention {numero}"


_ECRITES = ("convention_id", "rang", "libelle", "part", "montant", "declencheur", "echeance", "piece")


def _insert(
    session: Session,
    nouveaux: Sequence[Versement],
    avenant_id: int | None,
    ligne_budgetaire_id: int | None,
    dispositif_id: int | None,
) -> Changes:
    ids = tuple(
        insert_row(
            session,
            tables.versement,
            {
                **{nom: getattr(versement, nom) for nom in _ECRITES},
                "avenant_id": avenant_id,
                "ligne_budgetaire_id": ligne_budgetaire_id,
                "dispositif_id": dispositif_id,
            },
        )
        for versement in nouveaux
    )
    return Changes("", {"versements": ids}, Call(edition.delete, ("versements", ids)))


def redater(session: Session, convention_id: int) -> Changes:
    """Date the instalments that waited for a signature or a bilan, once those days are known; nothing else moves."""
    chaine = lire(session, convention_id)
    appels: list[Call] = []
    tous = versements.load(session, date.min, convention_id=convention_id)
    actions = _actions(session, convention_id)
    for avenant_id in dict.fromkeys(v.avenant_id for v in tous):
        siens = [v for v in tous if v.avenant_id == avenant_id]
        dates = dater(siens, _frame(session, chaine, avenant_id, actions))
        appels += [
            Call(edition.update, ("versements", v.id, v.version, {"echeance": apres.echeance}))
            for v, apres in zip(siens, dates, strict=True)
            if v.echeance != apres.echeance
        ]
    label = f"Dater {compter(len(appels), 'versement')} – {chaine.convention.numero}"
    return ensemble(session, label, appels) if appels else Changes(label, {})
