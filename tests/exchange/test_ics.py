"""The iCalendar file, read back by a strict reader of RFC 5545 that shares nothing with what writes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.calendrier import NATURES_ECHEANCE, Echeance
from inclusion_desk.exchange.ics import render, uid

MOMENT = datetime(2025, 1, 2, 10, 30, 15, 999, tzinfo=timezone(timedelta(hours=1)))
SOLDE = Echeance(date(2025, 12, 31), "versement", "Solde", "Pas-de-Calais Actif", "2024-01213", 0, 3, 7)

Composant = tuple[str, dict[str, str], list["Composant"]]


def lire(contenu: bytes) -> Composant:
    """Read one component and what it holds: CRLF everywhere, 75 octets a line, each property once."""
    assert contenu.endswith(b"\r\n")
    lignes = contenu[:-2].split(b"\r\n")
    for ligne in lignes:
        assert 0 < len(ligne) <= 75
        assert b"\n" not in ligne
        assert b"\r" not in ligne
        ligne.decode("utf-8")
    depliees = b"\r\n".join(lignes).replace(b"\r\n ", b"").decode("utf-8").split("\r\n")
    reste = iter(depliees)
    assert next(reste) == "BEGIN:VCALENDAR"
    racine = _component("VCALENDAR", reste)
    assert next(reste, None) is None
    return racine


def _component(nom: str, lignes: Iterator[str]) -> Composant:
    proprietes: dict[str, str] = {}
    enfants: list[Composant] = []
    for ligne in lignes:
        if ligne == f"END:{nom}":
            return nom, proprietes, enfants
        if ligne.startswith("BEGIN:"):
            enfants.append(_component(ligne.removeprefix("BEGIN:"), lignes))
            continue
        trouve = re.fullmatch(r"([A-Z-]+(?:;[A-Z-]+=[A-Z-]+)*):(.*)", ligne, re.DOTALL)
        assert trouve, ligne
        assert trouve[1] not in proprietes
        assert not any(unicodedata.category(c) == "Cc" and c != "\t" for c in trouve[2])
        proprietes[trouve[1]] = trouve[2]
    raise AssertionError(nom)


def texte(valeur: str) -> str:
    """Undo the escapes of a TEXT value; any character that should have been escaped fails."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", valeur, re.DOTALL), valeur
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], valeur)


def test_a_deadline_is_an_all_day_event_with_an_alarm_one_week_before() -> None:
    nom, entete, evenements = lire(render([SOLDE], MOMENT, "Conventions, 2025"))
    assert (nom, entete["VERSION"], entete["METHOD"]) == ("VCALENDAR", "2.0", "PUBLISH")
    assert texte(entete["X-WR-CALNAME"]) == "Conventions, 2025"
    assert entete["PRODID"]
    (evenement,) = evenements
    assert evenement[0] == "VEVENT"
    assert evenement[1] == {
        "UID": "versement-3-2024-01213@inclusion-desk",
        "DTSTAMP": "20250102T093015Z",
        "DTSTART;VALUE=DATE": "20251231",
        "DTEND;VALUE=DATE": "20260101",
        "SUMMARY": "Solde – Pas-de-Calais Actif",
        "DESCRIPTION": r"Versement\nPas-de-Calais Actif\nConvention 2024-01213",
        "CATEGORIES": "Versement",
        "TRANSP": "TRANSPARENT",
    }
    assert evenement[2] == [
        ("VALARM", {"ACTION": "DISPLAY", "TRIGGER": "-P7D", "DESCRIPTION": "Solde – Pas-de-Calais Actif"}, [])
    ]


def test_an_empty_calendar_is_still_one() -> None:
    assert lire(render([], MOMENT))[2] == []


def test_the_same_deadlines_at_the_same_moment_give_the_same_bytes() -> None:
    assert render([SOLDE], MOMENT) == render([SOLDE], MOMENT.astimezone(UTC))


def test_a_deadline_keeps_its_identifier_when_its_day_moves() -> None:
    deplacee = Echeance(date(2026, 6, 30), *[getattr(SOLDE, n) for n in SOLDE.__slots__[1:]])
    assert uid(deplacee) == uid(SOLDE)
    assert uid(SOLDE) != uid(Echeance(SOLDE.jour, "bilan", "Solde", "A", "2024-01213", 0, 3, 7))


def test_a_moment_without_a_time_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="2025"):
        render([], MOMENT.replace(tzinfo=None))


# What the program accepts in a text: no control character (``clean_texte`` refuses the others).
TEXTES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=200)
ECHEANCES = st.builds(
    Echeance,
    st.dates(date(2000, 1, 1), date(2099, 12, 30)),
    st.sampled_from(sorted(NATURES_ECHEANCE)),
    TEXTES | st.text(';,\\n:"é€😀 ', min_size=60, max_size=100),
    TEXTES,
    st.just("2024-01213"),
    st.integers(0, 400),
    st.integers(1, 10**6),
)


@given(st.lists(ECHEANCES, max_size=5))
def test_any_deadline_reads_back_the_same(liste: list[Echeance]) -> None:
    _, _, evenements = lire(render(liste, MOMENT))
    assert len(evenements) == len(liste)
    for echeance, (nom, proprietes, alarmes) in zip(liste, evenements, strict=True):
        titre = f"{echeance.libelle} – {echeance.structure}"
        assert nom == "VEVENT"
        assert texte(proprietes["SUMMARY"]) == titre
        assert texte(alarmes[0][1]["DESCRIPTION"]) == titre
        assert proprietes["UID"] == uid(echeance)
        assert proprietes["DTSTART;VALUE=DATE"] == f"{echeance.jour:%Y%m%d}"
        assert proprietes["DTEND;VALUE=DATE"] == f"{echeance.jour + timedelta(days=1):%Y%m%d}"
        details = f"{echeance.nature_libelle}\n{echeance.structure}\nConvention 2024-01213"
        assert texte(proprietes["DESCRIPTION"]) == details
