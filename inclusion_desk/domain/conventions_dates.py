"""The days of an act, which follow each other: deliberation, signatures, day of effect, termination."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from inclusion_desk.domain.conventions import derniere_signature
from inclusion_desk.domain.delais import ajouter_mois
from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.domain.text import format_date

EXECUTOIRES = frozenset({"executoire", "soldee"})
"""The states that the day of effect leads to."""
RESILIABLES = frozenset({"signee", "executoire", "resiliee"})
"""The states in which a day of termination may be known."""
PREAVIS_RESILIATION = 12
"""Months ahead of which a termination is not recorded: beyond, a year is rather mistyped."""
SAISIES = ("deliberation_le", "signee_structure", "signee_departement", "executoire_le")
"""The fields looked at together: changing one of them has them all checked."""


def check_signatures(code: str, structure: date | None, departement: date | None) -> None:
    """Check what the move to the signed state asks for, and what a signed act keeps (``garder``).

    Raises:
        Refus: one of the two dates is missing.
    """
    suite = _SIGNATURES.get(code)
    if suite is None:
        return
    for jour, (champ, qui) in zip((structure, departement), _PARTIES.items(), strict=True):
        if jour is None:
            raise Refus(f"La date de signature par {qui} {suite}.", champ)


_PARTIES = {"signee_structure": "la structure", "signee_departement": "le Département"}
_SIGNATURES = {
    "signer": "est à renseigner avant d’enregistrer les signatures",
    "garder": "ne s’efface pas, cet acte est signé : corrigez-la",
}


def check_deliberation(numero: str, jour: date | None, *, de_la_phase: bool) -> None:
    """Check that the deliberation typed is whole, and that an act that a phase made leaves it to its phase.

    Raises:
        Refus: on the field at fault.
    """
    if de_la_phase and (numero or jour is not None):
        raise Refus(
            "La délibération de cet acte est celle de sa phase : laissez le numéro et la date vides.",
            "deliberation_numero" if numero else "deliberation_le",
        )
    if numero and jour is None:
        raise Refus("La date de la délibération est à renseigner avec son numéro.", "deliberation_le")
    if jour is not None and not numero:
        raise Refus("Le numéro de la délibération est à renseigner avec sa date.", "deliberation_numero")


@dataclass(frozen=True, slots=True)
class Jours:
    """The days of one act as it would be written, between those that bound them.

    ``autorise_le`` is the sitting that allows it; ``convention_signee_le`` when the convention that it amends was
    signed by both parties; ``avenant_le`` the first signature of the avenants to it.
    """

    structure: date | None
    departement: date | None
    executoire: date | None
    autorise_le: date | None = None
    convention_signee_le: date | None = None
    avenant_le: date | None = None

    @property
    def signee_le(self) -> date | None:
        """When the second of the two parties signed; None until both have."""
        return derniere_signature(self.structure, self.departement)


def check_jours(jours: Jours, jour: date, *, deja: bool) -> None:
    """Check that the days of an act follow each other, none after ``jour``.

    An act is signed once a deliberation allows it, an avenant once its convention is signed; it takes effect once both
    parties have signed (CGCT, art. L.3131-1). ``deja`` tells whether it is in force already.

    Raises:
        SaisieRefusee: one refusal per day at fault.
    """
    refus = (*_check_sitting(jours, jour), *_check_signed(jours, jour), *_check_effect(jours, jour, deja=deja))
    if refus:
        raise SaisieRefusee(refus)


def _check_sitting(jours: Jours, jour: date) -> Iterator[Refus]:
    if jours.autorise_le is not None and jours.autorise_le > jour:
        yield Refus("La date de la délibération est postérieure à ce jour : corrigez-la.", "deliberation_le")


def _check_signed(jours: Jours, jour: date) -> Iterator[Refus]:
    for signee, (champ, qui) in zip((jours.structure, jours.departement), _PARTIES.items(), strict=True):
        if signee is None:
            continue
        quoi = f"La date de signature par {qui}"
        if signee > jour:
            yield Refus(f"{quoi} est postérieure à ce jour : corrigez-la.", champ)
        elif jours.autorise_le is not None and signee < jours.autorise_le:
            yield Refus(f"{quoi} précède la délibération qui autorise l’acte{_on(jours.autorise_le)}", champ)
        elif jours.convention_signee_le is not None and signee < jours.convention_signee_le:
            yield Refus(f"{quoi} précède la signature de sa convention{_on(jours.convention_signee_le)}", champ)
        elif jours.avenant_le is not None and signee > jours.avenant_le:
            yield Refus(f"{quoi} suit celle d’un avenant à la convention{_on(jours.avenant_le)}", champ)


def _on(borne: date) -> str:
    return f" ({format_date(borne)}) : corrigez l’une des deux dates."


def _check_effect(jours: Jours, jour: date, *, deja: bool) -> Iterator[Refus]:
    effet, signee = jours.executoire, jours.signee_le
    phrase = ""
    if effet is None:
        phrase = "Cet acte est exécutoire : sa date ne s’efface pas, elle se corrige." if deja else ""
    elif effet > jour:
        phrase = "La date de caractère exécutoire est postérieure à ce jour : corrigez-la."
    elif signee is None:
        phrase = "Un acte n’est exécutoire qu’une fois signé des deux parties : saisissez d’abord les deux signatures."
    elif effet < signee:
        phrase = (
            f"L’acte serait exécutoire le {format_date(effet)}, avant sa dernière signature ({format_date(signee)}) : "
            "corrigez l’une des dates."
        )
    if phrase:
        yield Refus(phrase, "executoire_le")


def check_resiliation(effet: date | None, etat: str, signee_le: date | None, terme: date, jour: date) -> None:
    """Check the day a termination takes effect: between the last signature and the end of the convention.

    ``signee_le`` is the last signature of the convention and of its avenants, ``terme`` the end they have given it.

    Raises:
        Refus: on ``resiliee_le``.
    """
    phrase = _fault(effet, etat, signee_le, terme, jour)
    if phrase:
        raise Refus(phrase, "resiliee_le")


def _fault(effet: date | None, etat: str, signee_le: date | None, terme: date, jour: date) -> str:
    if effet is None:
        efface = "Cette convention est résiliée : sa date d’effet ne s’efface pas, corrigez-la."
        return efface if etat == "resiliee" else ""
    dite = f"La résiliation prendrait effet le {format_date(effet)}"
    if etat not in RESILIABLES:
        return "Seule une convention signée se résilie : laissez la date d’effet vide."
    if signee_le is not None and effet < signee_le:
        return f"{dite}, avant la dernière signature ({format_date(signee_le)}) : corrigez la date."
    if effet > ajouter_mois(jour, PREAVIS_RESILIATION):
        return f"{dite}, dans plus d’un an : corrigez la date."
    if effet > terme:
        return f"{dite}, après la fin de la convention ({format_date(terme)}) : elle se solde, elle ne se résilie plus."
    return ""
