"""What is said of conventions and avenants beside their tables: name, facts, and the chain of their acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from inclusion_desk.domain.conventions import Avenant, Consolidation, Convention
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.text import compter, enumerer, format_date
from inclusion_desk.services.conventions import Chaine
from inclusion_desk.ui.champs import etiquette


def nommer(choisis: Sequence[Any]) -> str:
    """Name the acts selected, or say how many they are."""
    if len(choisis) > 1:
        return compter(len(choisis), "avenant" if isinstance(choisis[0], Avenant) else "convention")
    choisi = choisis[0]
    if isinstance(choisi, Avenant):
        return f"Avenant n°{INSECABLE}{choisi.rang} à {choisi.convention_numero}"
    return f"Convention {choisi.numero}"


def dire_convention(chaine: Chaine) -> str:
    """Say where a convention stands."""
    en_vigueur, convention = chaine.en_vigueur, chaine.convention
    signature, resiliation = convention.signee_le, convention.resiliee_le
    return "\n".join(
        (
            convention.structure_nom,
            _term(en_vigueur),
            f"Montant{INSECABLE}: {format_montant(en_vigueur.montant)}",
            *_allowed(convention),
            f"Signée le {format_date(signature)}" if signature else "Pas encore signée",
            *((f"Résiliée à compter du {format_date(resiliation)}",) if resiliation else ()),
        )
    )


def _allowed(acte: Convention | Avenant) -> tuple[str, ...]:
    """Say which deliberation allows an act, where one is known."""
    return (f"Délibération {acte.deliberation}",) if acte.deliberation else ()


def _term(etape: Consolidation) -> str:
    return f"Du {format_date(etape.debut)} au {format_date(etape.fin)}"


def dire_avenant(etape: Consolidation, avenant: Avenant) -> str:
    """Say which deliberation allows an avenant, and what the convention comes to with it."""
    return "\n".join(
        (
            *_allowed(avenant),
            "La convention, avec cet avenant :".replace(" :", f"{INSECABLE}:"),
            _term(etape).lower(),
            f"{format_montant(etape.montant)} au total",
            *(f"annexe {a.numero}{INSECABLE}: {a.titre}" for a in etape.annexes),
        )
    )


def montrer_chaine(chaine: Chaine) -> tuple[QWidget, ...]:
    """Show the chain of a convention: what each act brought, then the annexes in force."""
    elements: list[QWidget] = [etiquette("Chaîne des actes", "sous-titre")]
    avant = 0
    for etape in chaine.etapes:
        avenant = next((a for a in chaine.avenants if a.rang == etape.rang), None)
        nom = f"Avenant n°{INSECABLE}{avenant.rang} ({avenant.etat_libelle.lower()})" if avenant else "Convention"
        apport = etape.montant - avant
        signe = "+ " if avenant and apport > 0 else ""
        montant = f"{signe}{format_montant(apport)}" if apport else "sans montant nouveau"
        elements.append(etiquette(f"{nom}\n{_term(etape).lower()}, {montant}"))
        avant = etape.montant
    if chaine.annexes:
        titres = enumerer([f"{a.numero} ({a.titre})" for a in chaine.annexes])
        elements.append(etiquette(f"Annexes en vigueur{INSECABLE}: {titres}", "doux"))
    return tuple(elements)
