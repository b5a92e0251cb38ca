"""What an act must hold before it moves or is written: its number, its place among the others, its term."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from inclusion_desk.domain.champs import Valeurs
from inclusion_desk.domain.codes import ETATS_CONVENTION
from inclusion_desk.domain.conventions import CLOSES, SIGNEES, Avenant, Consolidation, Convention
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import format_date


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
            "Le numéro est obligatoire pour une convention née hors de l’outil : saisissez-le tel qu’il figure sur "
            "l’acte.",
            "numero",
        )
    if not valeurs.get("externe") and valeurs.get("numero"):
        raise Refus(
            "Le numéro est donné par l’outil, à la suite de l’année : laissez-le vide, ou choisissez « oui » à "
            "« Née hors de l’outil ».",
            "numero",
        )


def check_rang(rang: int | None, avenants: Sequence[Avenant], *, externe: bool) -> None:
    """Check that an avenant follows those of its convention without a gap; ``rang`` is None where it is not typed.

    Raises:
        Refus: on ``rang``.
    """
    suivant = rang_suivant(avenants)
    if rang is None or rang == suivant:
        return
    if not externe:
        raise Refus(
            "Le numéro est donné par l’outil, à la suite des autres : laissez-le vide, ou choisissez « oui » à « Né "
            "hors de l’outil ».",
            "rang",
        )
    connu = next((a for a in avenants if a.rang == rang), None)
    if connu is None:
        raise Refus(
            f"L’avenant n° {rang} laisserait un trou dans la chaîne : enregistrez d’abord le n° {suivant}.", "rang"
        )
    suite = "supprimez-le d’abord, refait ensuite il prendra le suivant" if connu.etat == "projet" else "corrigez-le"
    raise Refus(
        f"L’avenant n° {rang} à la convention {connu.convention_numero} existe déjà ({connu.etat_libelle.lower()}) : "
        f"{suite}.",
        "rang",
    )


def rang_suivant(avenants: Iterable[Avenant]) -> int:
    """Give the number of the next avenant of a convention."""
    return max((a.rang for a in avenants), default=0) + 1


def check_tranche(debut: date, fin: date, convention: Consolidation) -> None:
    """Check that the period of an amount lies within the term of the convention.

    Raises:
        Refus: on ``debut`` or ``fin``.
    """
    if fin < debut:
        raise Refus(f"La période finit le {format_date(fin)}, avant de commencer : corrigez l’une des dates.", "fin")
    for jour, champ in ((debut, "debut"), (fin, "fin")):
        if not convention.debut <= jour <= convention.fin:
            raise Refus(
                f"Le {format_date(jour)} est hors de la durée de la convention ({_period(convention)}) : corrigez la "
                "période, ou prolongez la convention par cet avenant.",
                champ,
            )


def check_durees(etapes: Iterable[Consolidation]) -> None:
    """Check that no act of a chain leaves its amounts out of the term it gives the convention.

    Each amount is looked at with the act that brings it: a later avenant may shorten what was first signed.

    Raises:
        Refus: on ``debut`` or ``fin``; the sentence says the first amount at fault.
    """
    for etape in etapes:
        if etape.fin < etape.debut:
            raise Refus(
                f"La convention finirait le {format_date(etape.fin)}, avant son début ({format_date(etape.debut)}) : "
                "corrigez la date.",
                "fin",
            )
        for tranche in etape.tranches:
            if tranche.rang != etape.rang or etape.debut <= tranche.debut <= tranche.fin <= etape.fin:
                continue
            acte = f"de l’avenant n° {etape.rang}" if etape.rang else "de la convention"
            raise Refus(
                f"Un montant {acte} ({format_montant(tranche.montant)}) va du {format_date(tranche.debut)} au "
                f"{format_date(tranche.fin)}, hors de la durée ainsi donnée ({_period(etape)}) : corrigez d’abord la "
                "période de ce montant.",
                "debut" if tranche.debut < etape.debut else "fin",
            )


def _period(etape: Consolidation) -> str:
    return f"{format_date(etape.debut)} au {format_date(etape.fin)}"


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
