"""Payments once the service fait is closed: what may still be paid of each instalment, and what would pass it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.service_fait import ServiceFait
from inclusion_desk.domain.suivi import VersementSuivi
from inclusion_desk.domain.text import pluriel


def repartir_solde(versements: Iterable[VersementSuivi], a_verser: int) -> dict[int, int]:
    """Share ``a_verser`` cents out between the instalments of one convention, in cents by id, the first ones first.

    Those that are paid have had theirs; those of an act that is not signed are no part of what was judged.
    """
    parts: dict[int, int] = {}
    for versement in versements:
        if versement.paye_le is None and versement.engage:
            parts[versement.id] = min(versement.montant, a_verser)
            a_verser -= parts[versement.id]
    return parts


def apports_dus(
    apports: Mapping[int, Mapping[str, int]], versements: Iterable[VersementSuivi], arretes: Mapping[int, ServiceFait]
) -> dict[int, dict[str, int]]:
    """Take off what acts bring, by convention and operation code, what no instalment plans and will never be paid.

    A convention whose service fait is closed then calls for what is left of what is finally due, and no more.
    """
    dus = {cle: dict(codes) for cle, codes in apports.items()}
    siens: dict[int, list[VersementSuivi]] = defaultdict(list)
    for versement in versements:
        siens[versement.convention_id].append(versement)
    for cle in dus.keys() & arretes.keys():
        perdu = jamais_paye(arretes[cle], siens[cle])
        for code, montant in sorted(dus[cle].items(), key=lambda paire: (-paire[1], paire[0])):
            pris = min(perdu, max(0, montant))
            dus[cle][code] = montant - pris
            perdu -= pris
    return dus


def jamais_paye(fait: ServiceFait, versements: Iterable[VersementSuivi]) -> int:
    """Give what the signed acts of a convention bring, that no instalment plans and none will pay, in cents."""
    engages = [v for v in versements if v.engage]
    libre = max(0, fait.maximum - sum(v.montant for v in engages))
    return libre - min(libre, max(0, fait.a_verser - sum(v.reste for v in engages)))


def check_definitif(numero: str, fait: ServiceFait, avant: int, apres: int) -> None:
    """Check that a payment brought from ``avant`` to ``apres`` cents leaves the whole within what is finally due.

    ``fait`` is the service fait as closed, ``avant`` being part of what it counts as paid. What was paid in excess
    before it was closed stays; it only grows no more.

    Raises:
        Refus: on ``montant_paye``.
    """
    if apres > avant and fait.verse - avant + apres > fait.definitif:
        raise refus_definitif(numero, fait, fait.verse - avant)


def refus_definitif(numero: str, fait: ServiceFait, deja: int) -> Refus:
    """Word the refusal of a payment beyond what is finally due, ``deja`` cents being paid by the other instalments."""
    return Refus(
        f"Le service fait de la convention {numero} est arrêté : le montant définitif est de "
        f"{format_montant(fait.definitif)}, {_say_paid(deja)}{_say_left(fait.definitif - deja)}",
        "montant_paye",
    )


def _say_paid(deja: int) -> str:
    verbe = pluriel(deja // 100, "est déjà payé", "sont déjà payés")
    return f"{format_montant(deja)} {verbe} et " if deja else "rien n’est encore payé et "


def _say_left(reste: int) -> str:
    if reste > 0:
        return f"il reste {format_montant(reste)} à verser. Ramenez le paiement à cette somme."
    if reste < 0:
        verbe = pluriel(-reste // 100, "est", "sont")
        return f"{format_montant(-reste)} {verbe} à recouvrer : aucun paiement n’est plus possible."
    return "il ne reste rien à verser."


def refus_rien(versement: VersementSuivi, fait: ServiceFait, *, seul: bool) -> Refus:
    """Word the refusal to pay an instalment of which nothing is left; ``seul`` when no other of its act was chosen."""
    numero = versement.convention_numero
    if seul or not fait.a_verser:
        return refus_definitif(numero, fait, fait.verse)
    return Refus(
        f"Le service fait de la convention {numero} est arrêté : il reste {format_montant(fait.a_verser)} à verser, et "
        f"rien au titre de «{INSECABLE}{versement.libelle}{INSECABLE}» une fois payés les versements qui le précèdent. "
        "Retirez-le de la sélection.",
        "montant_paye",
    )


def dire_reduction(verse: int | None, prevu: int) -> str:
    """Say that an instalment of ``prevu`` cents was paid ``verse`` only; nothing when it was paid whole, or not."""
    if verse is None or verse >= prevu:
        return ""
    return f"{format_montant(verse)} sur {format_montant(prevu)}{INSECABLE}: solde du montant définitif"
