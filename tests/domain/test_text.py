"""Texts and dates: folding, refusals, typography, agreement."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import (
    clean_texte,
    compter,
    enumerer,
    fold,
    format_date,
    format_date_longue,
    parse_date,
    pluriel,
    typo,
)


@pytest.mark.parametrize(
    ("texte", "plie"),
    [("Hénin-Carvin", "henin-carvin"), ("CŒUR d’Artois", "coeur d'artois"), ("  É  È\u00a0Ç ", "e e c"), ("", "")],
)
def test_folds_for_search(texte: str, plie: str) -> None:
    assert fold(texte) == plie


@given(st.text(max_size=50))
def test_folding_twice_is_folding_once(texte: str) -> None:
    assert fold(fold(texte)) == fold(texte)


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("a" * 20_001, "compte 20\u00a0001 caractères pour 20\u00a0000"),
        ("nul\x00", r"caractère invisible ou inconnu \(U\+0000\) en position 4"),
        ("saut\nde ligne", r"U\+000A"),
        ("=cmd|' /C calc'!A0", "commence par «\u00a0=\u00a0» : un tableur"),
        ("+33", "commence par"),
        ("@somme", "commence par"),
        ("-2+3", "commence par"),
        ("ASSOC <b>X", "contient une balise"),
        ("<img src=x>", "contient une balise"),
        ("</script", "contient une balise"),
    ],
)
def test_refuses_texts_no_document_could_carry(texte: str, phrase: str) -> None:
    with pytest.raises(Refus, match=phrase) as refus:
        clean_texte(texte, "Le nom", "nom", maximum=20_000)
    assert refus.value.champ == "nom"


@pytest.mark.parametrize("texte", ["L’Envol & Cie", "a < b", "CCAS – Liévin", "50 % (1,2 ETP)", "Zoé 😀", "漢字"])
def test_keeps_ordinary_texts(texte: str) -> None:
    assert clean_texte(f" {texte} ", "Le nom", "nom", maximum=250) == texte


def test_long_texts_keep_their_lines_and_lists() -> None:
    assert clean_texte("- un\r\n- deux\t!", "Les observations", None, maximum=99, lignes=True) == "- un\n- deux\t!"


@pytest.mark.parametrize(
    ("brut", "net"),
    [
        ("Pour : 29", "Pour\u00a0: 29"),
        ("« a »", "«\u00a0a\u00a0»"),
        ("«a»", "«\u00a0a\u00a0»"),
        ("712 000 €", "712\u00a0000\u00a0€"),
        ("n° 2024-587", "n°\u00a02024-587"),
        ("le 9 décembre 2024", "le 9\u00a0décembre 2024"),
        ("M. LEROY", "M.\u00a0LEROY"),
        ("à 12:30", "à 12:30"),
        ("Quoi ?", "Quoi\u00a0?"),
        ("A 5% près", "A 5\u00a0% près"),
        ("de 1,5% à 10%.", "de 1,5\u00a0% à 10\u00a0%."),
        ("la 1ère et la 2ème commission", "la 1re et la 2e commission"),
        ("les 1ères et les 3èmes, la 21ième", "les 1res et les 3es, la 21e"),
        ("1ERE ET 2ÈME COMMISSION", "1RE ET 2E COMMISSION"),
        ("l'action d'aujourd'hui, dite l'« envol »", "l’action d’aujourd’hui, dite l’«\u00a0envol\u00a0»"),
        ("le 1er rang, la 2nde", "le 1er rang, la 2nde"),
        ("un mot 'entre apostrophes'", "un mot 'entre apostrophes'"),
        ("26 ans, 6 mois et 1,2 ETP", "26\u00a0ans, 6\u00a0mois et 1,2\u00a0ETP"),
    ],
)
def test_sets_french_typography(brut: str, net: str) -> None:
    assert typo(brut) == net
    assert typo(net) == net


@pytest.mark.parametrize(
    "mot",
    [
        "https://exemple.fr/l'envol?a=1;b=5%20c", "www.exemple.fr/2eme?x", "l'equipe.2eme@exemple.fr",
        "/tmp/l'envoi/2ème",
        "C:\\l'envoi\\x?", "2024-01213", "C02-446A05", "2eme-A", "A.2eme", "12:30", "186 200 093 00083",
    ],
)  # fmt: skip
def test_leaves_codes_and_addresses_alone(mot: str) -> None:
    assert typo(f"Voir {mot} : rien") == f"Voir {mot}\u00a0: rien".replace("186 200 093 ", "186\u00a0200\u00a0093 ")


_BRIBES = st.lists(
    st.sampled_from([
        "1", "2", "5%", "%", "1ère", "2ème", "EME", "l'", "'", "a", "É", "n°", "p.", "M.", "mai", "2024", "712 000",
        " ", "\u00a0", "\u202f", "\n", "«", "»", ":", ";", "?", "€", "/", "\\", "@", "://", "www.", "-", ".", ",",
    ]),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.one_of(_BRIBES, st.text(max_size=60)))
def test_setting_typography_twice_is_setting_it_once(texte: str) -> None:
    net = typo(texte)
    assert typo(net) == net


@given(_BRIBES, st.sampled_from(["@", "://", "\\"]), _BRIBES)
def test_nothing_changes_within_an_address(avant: str, signe: str, apres: str) -> None:
    mot = "".join(c for c in f"x{avant}{signe}{apres}" if not c.isspace() and c not in "«»")
    assert mot in typo(f"Voir {mot} ; fin")


def test_agrees_from_two() -> None:
    assert pluriel(1.99, "place") == "place"
    assert pluriel(2, "cheval", "chevaux") == "chevaux"
    assert compter(1, "structure") == "1\u00a0structure"
    assert compter(4783, "diagnostic") == "4\u00a0783\u00a0diagnostics"
    assert compter(0, "ligne") == "0\u00a0ligne"
    assert enumerer(("5", "6", "7")) == "5, 6 et 7"
    assert enumerer(()) == ""


@pytest.mark.parametrize(
    ("texte", "jour"),
    [
        ("01/01/2025", date(2025, 1, 1)),
        ("1/1/2025", date(2025, 1, 1)),
        ("1er janvier 2025", date(2025, 1, 1)),
        ("14 Août 2024", date(2024, 8, 14)),
        ("14 aout 2024", date(2024, 8, 14)),
        ("2025-12-31", date(2025, 12, 31)),
        ("31.12.2025", date(2025, 12, 31)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_reads_dates(texte: str, jour: date) -> None:
    assert parse_date(texte) == jour


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("demain", "pas lisible"),
        ("01/01/25", "pas lisible"),
        ("31/02/2025", "n’existe pas au calendrier"),
        ("29/02/2025", "n’existe pas au calendrier"),
        ("01/01/1066", "l’année 1066"),
        ("0 janvier 2025", "n’existe pas"),
    ],
)
def test_refuses_what_is_no_date(texte: str, phrase: str) -> None:
    with pytest.raises(Refus, match=phrase):
        parse_date(texte, "La date", "debut")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_dates_read_back(jour: date) -> None:
    assert parse_date(format_date(jour)) == jour
    assert parse_date(format_date_longue(jour)) == jour


def test_long_dates() -> None:
    assert format_date_longue(date(2025, 1, 1)) == "1er\u00a0janvier\u00a02025"
    assert format_date_longue(date(2024, 12, 9)) == "9\u00a0décembre\u00a02024"
