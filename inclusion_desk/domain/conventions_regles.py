"""What an act must hold before it moves or is written: its number, its dates, its place among the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inclusion_desk.domain.champs import Valeurs
from inclusion_desk.domain.codes import ETATS_CONVENTION
from inclusion_desk.domain.conventions import CLOSES, SIGNEES, Avenant, Convention, derniere_signature
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import format_date

EXECUTOIRES = frozenset({"executoire", "soldee"})
"""The states that the day of effect leads to."""


def check_signatures(code: str, structure: date | None, departement: date | None) -> None:
    """Check what the move to the signed state asks for, and what a signed act keeps (``garder``).

    Raises:
        Refus: one of the two dates is missing.
    """
    suite = _SIGNATURES.get(code)
    if suite is None:
        return
    for jour, champ, qui in ((structure, "signee_structure", "la structure"),
                             (departement, "signee_departement", "le Département")):  # fmt: skip
        if jour is None:
            raise Refus(f"La date de signature par {qui} {suite}.", champ)


_SIGNATURES = {
    "signer": "est à renseigner avant d’enregistrer les signatures",
    "garder": "ne s’efface pas, cet acte est signé : corrigez-la",
}


def check_executoire(structure: date | None, departement: date | None, executoire: date | None, *, deja: bool) -> None:
    """Check that an act takes effect once signed, and keeps that day while it is in force (CGCT, art. L.3131-1).

    ``deja`` tells whether it is in force already.

    Raises:
        Refus: on ``executoire_le``.
    """
    signee = derniere_signature(structure, departement)
    if deja and executoire is None:
        raise Refus("Cet acte est exécutoire : sa date ne s’efface pas, elle se corrige.", "executoire_le")
    if executoire is not None and signee is not None and executoire < signee:
        raise Refus(
            f"L’acte serait exécutoire le {format_date(executoire)}, avant sa dernière signature "
            f"({format_date(signee)}) : corrigez l’une des dates.",
            "executoire_le",
        )


def check_ordre(rang: int, avenants: Sequence[Avenant], code: str) -> None:
    """Check that an avenant goes out and is signed after those before it, and comes back before them.

    Each says what the convention comes to after the former ones: out of order, it would say it falsely.

    Raises:
        Refus: naming the avenant in the way.
    """
    if code in {"envoyer", "signer"}:
        attendus = SIGNEES if code == "signer" else SIGNEES | {"a_signer"}
        avant = next((a for a in avenants if a.rang < rang and a.etat not in attendus), None)
        if avant:
            suite = "n’est pas signé" if code == "signer" else "est encore en projet"
            raise Refus(f"L’avenant n° {avant.rang} {suite} : les avenants se signent dans leur ordre.")
    if code in {"reprendre", "annuler"}:
        apres = next((a for a in avenants if a.rang > rang and a.etat != "projet"), None)
        if apres:
            raise Refus(
                f"L’avenant n° {apres.rang} est déjà à la signature ou signé, et tient compte de celui-ci : reprenez "
                "d’abord son projet."
            )


def check_fin(numero: str, avenants: Sequence[Avenant], code: str) -> None:
    """Check that no avenant is left under way on a convention that ends, nor any on one whose signatures go.

    Raises:
        Refus: naming the avenant.
    """
    ouvert = next((a for a in avenants if a.etat not in SIGNEES), None)
    if ouvert and code in {"resilier", "solder"}:
        raise Refus(
            f"L’avenant n° {ouvert.rang} de la convention {numero} n’est pas signé : menez-le à son terme ou "
            "supprimez-le d’abord."
        )
    if avenants and code in {"reprendre", "annuler"}:
        raise Refus(
            f"La convention {numero} a un avenant (n° {avenants[0].rang}) : elle reste signée tant qu’il existe."
        )


def check_numero(valeurs: Valeurs) -> None:
    """Check that a convention born outside says its number, and that another leaves it to the program.

    Raises:
        Refus: on ``numero``.
    """
    if valeurs.get("externe") and not valeurs.get("numero"):
        raise Refus(
            "Le numéro d’une convention née hors de l’outil est à renseigner, tel qu’il figure sur l’acte.", "numero"
        )
    if not valeurs.get("externe") and valeurs.get("numero"):
        raise Refus(
            "Le numéro est donné par l’outil, à la suite de l’année : laissez-le vide, ou choisissez « oui » à "
            "« Née hors de l’outil ».",
            "numero",
        )


def check_open_to(convention: Convention) -> None:
    """Check that a convention takes an avenant: signed, and not closed.

    Raises:
        Refus: on ``convention_id``.
    """
    etat = ETATS_CONVENTION[convention.etat].lower()
    if convention.etat in CLOSES:
        raise Refus(
            f"La convention {convention.numero} est {etat} : elle ne reçoit plus d’avenant. Faites une nouvelle "
            "convention.",
            "convention_id",
        )
    if convention.etat not in SIGNEES:
        raise Refus(
            f"La convention {convention.numero} n’est pas signée ({etat}) : modifiez-la directement, ou enregistrez "
            "d’abord ses signatures.",
            "convention_id",
        )
