"""Schedules of payments: drawn up from a model, kept whole when one amount moves, paid, dated again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from inclusion_desk.domain.bilans import Bilan, echeance_de
from inclusion_desk.domain.champs import Valeurs, check_valeurs
from inclusion_desk.domain.echeanciers import MODELES_ECHEANCIER, Cadre, ModeleEcheancier, prevoir
from inclusion_desk.domain.echeanciers import redater as dater
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.partage import Part, refus_total
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.suivi import CHAMPS_VERSEMENT, VersementSuivi, check_part
from inclusion_desk.domain.taux import CENT_POUR_CENT, appliquer, arrondir
from inclusion_desk.domain.text import compter
from inclusion_desk.domain.versements import BesoinCp, Versement, besoins_cp, check_versements
from inclusion_desk.services import bilans as regles_bilans
from inclusion_desk.services import edition
from inclusion_desk.services.changes import Call, Changes, ensemble
from inclusion_desk.services.conventions import Chaine, lire
from inclusion_desk.store import bilans, tables, versements
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, read_one


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
    actes = [_to_pay(session, chaine, tous, None), *(_to_pay(session, chaine, tous, a.id) for a in chaine.avenants)]
    return tuple(acte for acte in actes if acte.apport > 0 or acte.versements)


def _to_pay(
    session: Session, chaine: Chaine, tous: Sequence[VersementSuivi], avenant_id: int | None
) -> ActeAPayer:  # fmt: skip
    avenant = next((a for a in chaine.avenants if a.id == avenant_id), None)
    return ActeAPayer(
        chaine.convention.id,
        avenant_id,
        f"Avenant n° {avenant.rang}" if avenant else f"Convention {chaine.convention.numero}",
        versements.load_apport(session, chaine.convention.id, avenant_id).montant,
        tuple(v for v in tous if v.avenant_id == avenant_id),
        _propose(session, chaine.convention.id, avenant=avenant is not None),
    )


def _propose(session: Session, convention_id: int, *, avenant: bool) -> str:
    """Propose the model of the sheets annexed; what an avenant adds for independents is paid in two (l.3280-3282)."""
    sheets = bilans.load_sheets(session, [convention_id]).get(convention_id, [])
    code = next((fiche.echeancier for fiche in sheets if fiche.echeancier), "")
    return "avenant" if avenant and code in {"independants", ""} else code or "equilibre"


def _frame(session: Session, chaine: Chaine, avenant_id: int | None) -> Cadre:
    """Gather the days that trigger the payments of one act."""
    convention = chaine.convention
    avenant = next((a for a in chaine.avenants if a.id == avenant_id), None)
    etape = next(e for e in chaine.etapes if e.rang == (avenant.rang if avenant else 0))
    apports = [t for t in etape.tranches if t.rang == etape.rang]
    connus: Sequence[Bilan] = bilans.load(session, date.min, convention_id=convention.id)
    if not connus:
        sheets = bilans.load_sheets(session, [convention.id]).get(convention.id, [])
        connus = [prevu.bilan for prevu in regles_bilans.prevus(convention, sheets, "")]
    return Cadre(
        debut=min((t.debut for t in apports), default=etape.debut),
        fin=max((t.fin for t in apports), default=etape.fin),
        signature=(avenant or convention).signee_le,
        bilan_intermediaire=echeance_de(connus, "intermediaire"),
        bilan_final=echeance_de(connus, "final"),
        convention_id=convention.id,
        code_operation=versements.load_apport(session, convention.id, avenant_id).code_operation,
    )


def etablir(
    session: Session, convention_id: int, avenant_id: int | None, modele: str, saisies: Sequence[Part] = ()
) -> Changes:
    """Draw up the schedule of what one act brings after a model; the former one, unpaid, gives way.

    Raises:
        Refus: the act brings nothing, an instalment is paid, or the parts do not make the amount.
    """
    chaine = lire(session, convention_id)
    apport = versements.load_apport(session, convention_id, avenant_id)
    nom = _name(chaine, avenant_id)
    if apport.montant <= 0:
        raise Refus(f"{nom} n’apporte aucun montant : il n’y a rien à échelonner.")
    tous = versements.load(session, date.min, convention_id=convention_id)
    anciens = [v for v in tous if v.avenant_id == avenant_id]
    if any(v.paye_le for v in anciens):
        raise Refus(f"{nom} a déjà un versement payé : modifiez les versements qui restent, un par un.")
    rang = min((v.rang for v in anciens), default=versements.last_rank(session, convention_id) + 1)
    cadre = _frame(session, chaine, avenant_id)
    nouveaux = prevoir(_model(modele), apport.montant, cadre, saisies, rang=rang)
    autres = [v for v in tous if v.avenant_id != avenant_id]
    check_versements(versements.load_total(session, convention_id), [*autres, *nouveaux])
    retirer = [Call(edition.delete, ("versements", tuple(v.id for v in anciens)))] if anciens else []
    ajouter = Call(_insert, (nouveaux, avenant_id, apport.ligne_budgetaire_id))
    return ensemble(session, f"Établir l’échéancier – {nom}", [*retirer, ajouter])


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
    session: Session, nouveaux: Sequence[Versement], avenant_id: int | None, ligne_budgetaire_id: int | None
) -> Changes:
    ids = tuple(
        insert_row(
            session,
            tables.versement,
            {
                **{nom: getattr(versement, nom) for nom in _ECRITES},
                "avenant_id": avenant_id,
                "ligne_budgetaire_id": ligne_budgetaire_id,
            },
        )
        for versement in nouveaux
    )
    return Changes("", {"versements": ids}, Call(edition.delete, ("versements", ids)))


def modifier(session: Session, identifiant: int, version: int, valeurs: Valeurs) -> Changes:
    """Change an instalment and keep the sum: its share follows its amount or makes it, the remainder takes the rest.

    Raises:
        SaisieRefusee: one refusal per field at fault.
        Refus: the instalments would pass the amount of the convention.
        ConflitDeVersion: it was changed since it was read.
    """
    ligne = read_one(session, tables.versement, identifiant)
    lues = {**check_valeurs(CHAMPS_VERSEMENT, valeurs)}
    lues |= _together(session, ligne, lues)
    ecart = (lues.get("montant") or 0) - ligne["montant"] if "montant" in lues else 0
    siens = [Call(edition.update, ("versements", identifiant, version, lues))]
    solde = _remainder(session, ligne) if ecart else None
    if solde is None:
        return edition.update(session, "versements", identifiant, version, lues)
    reste = solde.montant - ecart
    if reste < 0:
        total = versements.load_total(session, solde.convention_id)
        raise refus_total("dépassent", total, -reste, "réduisez-les de cette somme")
    suite = [Call(edition.update, ("versements", solde.id, solde.version, {"montant": reste}))]
    # What shrinks goes first: at no moment do the instalments pass the amount of the convention.
    appels = [*suite, *siens] if ecart > 0 else [*siens, *suite]
    label = f"Modifier le montant – {ligne['libelle']}, {solde.convention_numero} (solde : {format_montant(reste)})"
    return ensemble(session, label, appels)


def _together(session: Session, ligne: Mapping[str, Any], lues: Mapping[str, Any]) -> dict[str, Any]:
    """Give the amount that a new share makes, or the share that a new amount is."""
    part, montant = lues.get("part", ligne["part"]), lues.get("montant", ligne["montant"])
    apport = versements.load_apport(session, ligne["convention_id"], ligne["avenant_id"]).montant
    check_part(part)
    if apport <= 0 or montant is None:
        return {}
    if part != ligne["part"] and montant == ligne["montant"] and part is not None:
        return {"montant": appliquer(part, apport)}
    if montant != ligne["montant"] and part is not None and part == ligne["part"]:
        return {"part": min(arrondir(montant * CENT_POUR_CENT, apport), CENT_POUR_CENT)}
    return {}


def _remainder(session: Session, ligne: Mapping[str, Any]) -> VersementSuivi | None:
    """Find the instalment that takes what the others leave: the last of a whole schedule, unpaid, without a share."""
    tous = versements.load(session, date.min, convention_id=ligne["convention_id"])
    siens = [v for v in tous if v.avenant_id == ligne["avenant_id"]]
    dernier = siens[-1]
    apport = versements.load_apport(session, ligne["convention_id"], ligne["avenant_id"]).montant
    entier = sum(v.montant for v in siens) == apport
    libre = dernier.part is None and dernier.paye_le is None and dernier.id != ligne["id"]
    return dernier if entier and libre else None


def payer(session: Session, ids: Sequence[int], jour: date) -> Changes:
    """Record that instalments were paid whole on a day: all of them, or none.

    Raises:
        Refus: one is paid already, its act is not signed, or the document it waits for has not come.
    """
    lus = versements.load(session, jour, ids)
    for versement in lus:
        if versement.paye_le is not None:
            raise Refus(f"« {versement.libelle} » de la convention {versement.convention_numero} est déjà payé.")
    appels = [_update(v, {"montant_paye": v.montant, "paye_le": jour}) for v in lus]
    return _all(session, "Payer", lus, appels)


def annuler_paiement(session: Session, ids: Sequence[int]) -> Changes:
    """Take back the payment of instalments.

    Raises:
        Refus: none of them is paid.
    """
    lus = [v for v in versements.load(session, date.min, ids) if v.paye_le is not None]
    if not lus:
        raise Refus("Aucun de ces versements n’est payé.")
    appels = [_update(v, {"montant_paye": None, "paye_le": None}) for v in lus]
    return _all(session, "Annuler le paiement", lus, appels)


def _update(versement: VersementSuivi, valeurs: Mapping[str, Any]) -> Call:
    return Call(edition.update, ("versements", versement.id, versement.version, valeurs))


def _all(session: Session, geste: str, lus: Sequence[VersementSuivi], appels: Sequence[Call]) -> Changes:
    quoi = (
        f"{lus[0].libelle}, {lus[0].convention_numero} ({format_montant(lus[0].montant)})"
        if len(lus) == 1
        else compter(len(lus), "versement")
    )
    return ensemble(session, f"{geste} – {quoi}", appels)


def redater(session: Session, convention_id: int) -> Changes:
    """Date the instalments that waited for a signature or a bilan, once those days are known; nothing else moves."""
    chaine = lire(session, convention_id)
    appels: list[Call] = []
    tous = versements.load(session, date.min, convention_id=convention_id)
    for avenant_id in dict.fromkeys(v.avenant_id for v in tous):
        siens = [v for v in tous if v.avenant_id == avenant_id]
        dates = dater(siens, _frame(session, chaine, avenant_id))
        appels += [
            _update(v, {"echeance": apres.echeance})
            for v, apres in zip(siens, dates, strict=True)
            if v.echeance != apres.echeance
        ]
    label = f"Dater {compter(len(appels), 'versement')} – {chaine.convention.numero}"
    return ensemble(session, label, appels) if appels else Changes(label, {})


def besoins(session: Session, jour: date) -> tuple[BesoinCp, ...]:
    """Add up what payments call for, in cents, by year and budget line, as seen on a day."""
    return besoins_cp(versements.load(session, jour), jour.year)
