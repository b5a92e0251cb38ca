"""The calendar as an iCalendar file (RFC 5545), for Outlook, Thunderbird and the like."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vText

from inclusion_desk.domain.calendrier import Echeance

PRODID = "-//Inclusion Desk//Calendrier des conventions//FR"
RAPPEL = timedelta(days=7)
"""How long before a deadline the calendar rings."""


def render(echeances: Iterable[Echeance], horodatage: datetime, nom: str = "Conventions") -> bytes:
    """Write deadlines as all-day events, each with an alarm one week before; ``nom`` titles the calendar.

    The same deadline keeps its UID from one file to the next, so that importing again moves it instead of doubling it.

    Raises:
        ValueError: ``horodatage``, the moment the file is made, says nothing of its time zone.
    """
    if horodatage.tzinfo is None:
        raise ValueError(horodatage)
    calendrier = Calendar()
    for propriete, valeur in (
        ("version", "2.0"),
        ("prodid", PRODID),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("name", nom),
        # Not in the standard, so its kind is said for its commas to be escaped; Outlook reads this one.
        ("x-wr-calname", vText(nom)),
    ):
        calendrier.add(propriete, valeur)
    for echeance in echeances:
        calendrier.add_component(_event(echeance, horodatage.astimezone(UTC).replace(microsecond=0)))
    contenu: bytes = calendrier.to_ical()
    return contenu


def uid(echeance: Echeance) -> str:
    """Give the identifier of a deadline, which depends on what it is and never on its day."""
    return f"{echeance.cle}-{echeance.convention}@inclusion-desk"


def _event(echeance: Echeance, horodatage: datetime) -> Event:
    titre = f"{echeance.libelle} – {echeance.structure}"
    evenement = Event()
    evenement.add("uid", uid(echeance))
    evenement.add("dtstamp", horodatage)
    evenement.add("dtstart", echeance.jour)
    evenement.add("dtend", echeance.jour + timedelta(days=1))
    evenement.add("summary", titre)
    evenement.add("description", _details(echeance))
    evenement.add("categories", [echeance.nature_libelle])
    # A deadline does not make its day busy.
    evenement.add("transp", "TRANSPARENT")
    evenement.add_component(_alarm(titre))
    return evenement


def _details(echeance: Echeance) -> str:
    return f"{echeance.nature_libelle}\n{echeance.structure}\nConvention {echeance.convention}"


def _alarm(titre: str) -> Alarm:
    alarme = Alarm()
    alarme.add("action", "DISPLAY")
    alarme.add("trigger", -RAPPEL)
    alarme.add("description", titre)
    return alarme
