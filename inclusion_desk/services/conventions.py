"""Moves conventions and avenants from draft to signature and to their end; what goes out is copied as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import delete

from inclusion_desk.domain import codes, instantane
from inclusion_desk.domain import conventions as domaine
from inclusion_desk.domain import conventions_dates as jours
from inclusion_desk.domain import conventions_regles as controles
from inclusion_desk.domain.conventions import AnnexeActe, Avenant, Consolidation, Convention
from inclusion_desk.domain.conventions_cloture import EnSuspens
from inclusion_desk.domain.etats import Evenement, Transition, trouver
from inclusion_desk.domain.preparation import dire_manquants
from inclusion_desk.domain.refus import ConflitDeVersion, Refus
from inclusion_desk.services.changes import Call, Changes
from inclusion_desk.services.evenements import consigner, historique
from inclusion_desk.services.modeles import en_vigueur
from inclusion_desk.services.regles.avenants import AVENANTS
from inclusion_desk.services.regles.conventions import CONVENTIONS, TOUCHE
from inclusion_desk.store import actes, bilans, conventions, tables, versements
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import insert_row, read_one, update_row

TRANSITIONS = {"conventions": domaine.TRANSITIONS_CONVENTION, "avenants": domaine.TRANSITIONS_AVENANT}
_ETATS = {"conventions": codes.ETATS_CONVENTION, "avenants": codes.ETATS_AVENANT}
TABLES = {"conventions": tables.convention, "avenants": tables.avenant}
_NOMS = {"conventions": "convention", "avenants": "avenant"}
_REGLES = {"conventions": CONVENTIONS, "avenants": AVENANTS}
_EFFET = Transition("annuler", frozenset(), "", "Annulation")


def deplacer(session: Session, sujet: str, identifiant: int, version: int, code: str, motif: str = "") -> Changes:
    """Make a convention or an avenant move; what it says is copied when it goes out, and let go when taken back.

    Raises:
        Refus: the state does not allow it, or something is missing.
        ConflitDeVersion: it was changed since it was read.
    """
    avant = _locked(session, sujet, identifiant)
    transition = permise(sujet, avant, code)
    _check(session, sujet, avant, code)
    update_row(session, TABLES[sujet], identifiant, version, {"etat": transition.vers})
    lachee = _copy(session, sujet, avant, transition.vers)
    consigner(session, sujet, identifiant, avant["etat"], transition, motif)
    return _told(session, sujet, avant, transition.geste, transition.vers, lachee)


def permise(sujet: str, ligne: Mapping[str, Any], code: str) -> Transition:
    """Find a move of an act by its code, provided its state allows it.

    Raises:
        Refus: it does not.
    """
    return trouver(TRANSITIONS[sujet], code, ligne["etat"], _ETATS[sujet])


def _locked(session: Session, sujet: str, identifiant: int) -> dict[str, Any]:
    """Read an act and keep others off its convention: the acts of one chain move one at a time."""
    ligne = read_one(session, TABLES[sujet], identifiant)
    conventions.locked(session, _ids(sujet, ligne)[0])
    return read_one(session, TABLES[sujet], identifiant)


def _told(session: Session, sujet: str, ligne: Mapping[str, Any], geste: str, vers: str, lachee: str = "") -> Changes:
    nom = _REGLES[sujet].nommer(session, ligne)
    inverse = Call(_remettre, (sujet, ligne["id"], vers, ligne["etat"], lachee))
    return Changes(f"{geste} – {_NOMS[sujet]} {nom}", dict(TOUCHE), inverse)


def _remettre(session: Session, sujet: str, identifiant: int, attendu: str, ancien: str, lachee: str = "") -> Changes:
    """Put an act back in its former state, provided nothing moved it since and it may still be there.

    ``lachee`` is the copy that the step had let go: what went out must be what comes back.
    """
    actuelle = _locked(session, sujet, identifiant)
    if actuelle["etat"] != attendu:
        raise ConflitDeVersion(
            "Cet acte a changé d’état depuis cette étape : elle ne peut plus être annulée. Actualisez l’affichage."
        )
    transitions = (t.code for t in TRANSITIONS[sujet] if attendu in t.depuis and ancien == t.vers)
    _check(session, sujet, actuelle, next(transitions, "annuler" if ancien == "a_signer" else ""))
    if lachee and lachee != _contents(session, *_ids(sujet, actuelle)):
        raise ConflitDeVersion(
            "Ce que dit cet acte a changé depuis que son projet a été repris : il ne peut pas repartir tel quel. "
            "Mettez-le de nouveau à la signature."
        )
    update_row(session, TABLES[sujet], identifiant, actuelle["version"], {"etat": ancien})
    rendue = _copy(session, sujet, actuelle, ancien)
    transition = Transition(_EFFET.code, frozenset({attendu}), ancien, _EFFET.geste)
    consigner(session, sujet, identifiant, attendu, transition)
    return _told(session, sujet, actuelle, _EFFET.geste, ancien, rendue)


def _ids(sujet: str, ligne: Mapping[str, Any]) -> tuple[int, int | None]:
    return (ligne["id"], None) if sujet == "conventions" else (ligne["convention_id"], ligne["id"])


def _check(session: Session, sujet: str, ligne: Mapping[str, Any], code: str) -> None:
    """Check what a move asks for, beyond the state it leaves; ``annuler`` takes signatures back."""
    jours.check_signatures(code, ligne["signee_structure"], ligne["signee_departement"])
    if code == "executer" and ligne["executoire_le"] is None:
        raise Refus(
            "La date à laquelle l’acte devient exécutoire est à renseigner : au plus tôt celle de sa transmission "
            "au contrôle de légalité.",
            "executoire_le",
        )
    _check_chain(session, sujet, ligne, code)
    if code == "resilier" and ligne["resiliee_le"] is None:
        raise Refus("La date à laquelle la résiliation prend effet est à renseigner.", "resiliee_le")
    if code == "envoyer" and not ligne["externe"]:
        acte = actes.build(session, *_ids(sujet, ligne))
        if manques := dire_manquants(acte):
            a_saisir = acte.autorisation is None and ligne["phase_id"] is None
            phrase = f"{manques} Complétez l’acte avant de le mettre à la signature."
            raise Refus(phrase, "deliberation_numero" if a_saisir else None)


def _check_chain(session: Session, sujet: str, ligne: Mapping[str, Any], code: str) -> None:
    """Check that the acts of a convention go out and are signed in their order, and that it ends after them."""
    convention_id, avenant_id = _ids(sujet, ligne)
    siens = conventions.load_avenants(session, convention_id=convention_id)
    if avenant_id is None:
        controles.check_fin(ligne["numero"], siens, code)
        return
    if code in {"envoyer", "signer"}:
        controles.check_open_to(conventions.load_one(session, convention_id))
    controles.check_ordre(ligne["rang"], siens, code)


def _contents(session: Session, convention_id: int, avenant_id: int | None) -> str:
    """Write what an act says as it stands, with the template it is made with."""
    acte = actes.build(session, convention_id, avenant_id)
    source = en_vigueur(session, "avenant" if acte.avenant else "convention")
    return instantane.ecrire_acte(replace(acte, source=source))


def _copy(session: Session, sujet: str, ligne: Mapping[str, Any], vers: str) -> str:
    """Keep what an act says while it is out; a draft has no copy, nor one recorded from paper.

    Gives back the copy let go, nothing when there was none.
    """
    convention_id, avenant_id = _ids(sujet, ligne)
    copie = conventions.load_copy(session, convention_id, avenant_id)
    if vers == "projet" and copie is not None:
        session.execute(
            delete(tables.copie_acte).where(conventions.of_act(tables.copie_acte, convention_id, avenant_id))
        )
        return copie[0]
    if vers != "projet" and copie is None and not ligne["externe"]:
        contenu = _contents(session, convention_id, avenant_id)
        valeurs = {"convention_id": convention_id, "avenant_id": avenant_id, "contenu": contenu}
        insert_row(session, tables.copie_acte, {**valeurs, "empreinte": instantane.empreinte(contenu)})
    return ""


@dataclass(frozen=True, slots=True)
class Chaine:
    """A convention with its avenants, what it came to after each, and the moves it made."""

    convention: Convention
    avenants: tuple[Avenant, ...]
    etapes: tuple[Consolidation, ...]
    """One more than the avenants: first as signed, then after each."""
    historique: tuple[Evenement, ...]

    @property
    def en_vigueur(self) -> Consolidation:
        """What the convention has come to with the avenants signed: they are in their order."""
        signes = (a.rang for a in self.avenants if a.etat in domaine.SIGNEES)
        dernier = max(signes, default=0)
        return next(e for e in self.etapes if e.rang == dernier)

    @property
    def annexes(self) -> tuple[AnnexeActe, ...]:
        """The annexes in force."""
        return self.en_vigueur.annexes


def lire(session: Session, convention_id: int) -> Chaine:
    """Read a convention whole.

    Raises:
        Introuvable: it is gone.
    """
    convention = conventions.load_one(session, convention_id)
    avenants = tuple(conventions.load_avenants(session, convention_id=convention_id))
    etapes = domaine.consolider(
        convention,
        avenants,
        conventions.load_tranches(session, convention_id),
        conventions.load_annexes(session, convention_id),
    )
    return Chaine(convention, avenants, etapes, tuple(historique(session, "conventions", convention_id)))


def en_suspens(session: Session, convention_id: int, jour: date) -> EnSuspens:
    """Read what closing a convention would leave without issue, as seen on a day.

    Raises:
        Introuvable: it is gone.
    """
    convention = conventions.load_one(session, convention_id)
    prevus = versements.load(session, jour, convention_id=convention_id)
    non_echelonne = convention.montant - sum(v.montant for v in prevus)
    return EnSuspens(
        sum(v.reste for v in prevus) + max(0, non_echelonne),
        tuple(b.libelle for b in bilans.load(session, jour, convention_id=convention_id) if b.recu_le is None),
    )


def moves_of(sujet: str, etats: Sequence[str]) -> tuple[Transition, ...]:
    """List the moves that acts in these states may all make."""
    return tuple(t for t in TRANSITIONS[sujet] if etats and all(etat in t.depuis for etat in etats))
