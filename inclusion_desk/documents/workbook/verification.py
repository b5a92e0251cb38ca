"""Reads the produced workbook back and compares its stored amounts with the dossier's."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO
from itertools import zip_longest
from typing import IO

from openpyxl import Workbook, load_workbook
from openpyxl.utils import coordinate_to_tuple, rows_from_range
from openpyxl.utils.escape import unescape

from inclusion_desk.documents.workbook import annexe4
from inclusion_desk.documents.workbook.cells import letter
from inclusion_desk.documents.workbook.texts import clean
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.refus import Refus

_ANNEXE = "xl/worksheets/sheet2.xml"
_COLONNE = letter(annexe4.MONTANT).encode()
_LIGNE = re.compile(rb'<c r="%s\d+" s="\d+"><v>([^<]*)</v>' % _COLONNE)
_VALEUR = re.compile(rb"<v>([^<]*)</v>")
_MORCEAU = 1 << 18
_ILLISIBLE = (zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError, InvalidOperation)
_REMEDE = "Le fichier n’a pas été enregistré : relancez la production."


@dataclass(frozen=True, slots=True)
class Totaux:
    """The amounts stored in a workbook, in cents; ``budget`` gives the proposition and the solde by operation code.

    ``lignes`` is the sum of the lines of annexe 4 added up again, ``annexe`` the total stored under them.
    """

    general: int
    annexe: int
    lignes: int
    thematiques: tuple[int, ...]
    dispositifs: tuple[int, ...]
    budget: Mapping[str, tuple[int, int]]


def read_totals(content: bytes) -> Totaux:
    """Open a produced workbook again and give the amounts it stores, without computing any formula.

    Raises:
        Refus: the bytes are not such a workbook, or an amount is missing.
    """
    try:
        return _read(content)
    except _ILLISIBLE as erreur:
        raise Refus(f"Le classeur produit ne peut pas être relu. {_REMEDE}") from erreur


def verify_workbook(content: bytes, dossier: DossierSeance) -> None:
    """Check that a produced workbook stores the amounts of its dossier.

    Raises:
        Refus: it cannot be read again, or an amount differs; the sentence names the first one.
    """
    for libelle, trouve, attendu in _compared(read_totals(content), dossier):
        if trouve != attendu:
            raise Refus(
                f"Le classeur ne redonne pas les montants de la base : {libelle} y est de {_shown(trouve)} au lieu de "
                f"{_shown(attendu)}. {_REMEDE}"
            )


def _shown(cents: int | None) -> str:
    return "rien" if cents is None else format_montant(cents)


def _compared(totaux: Totaux, dossier: DossierSeance) -> Iterator[tuple[str, int | None, int | None]]:
    yield "le total général", totaux.general, dossier.montant
    yield "le total de l’annexe 4", totaux.annexe, dossier.montant
    yield "la somme des lignes de l’annexe 4", totaux.lignes, dossier.montant
    thematiques = [thematique for thematique in dossier.thematiques if thematique.lignes]
    operations = [operation for operation in dossier.operations if operation.lignes]
    for thematique, trouve in zip_longest(thematiques, totaux.thematiques):
        nom = f"la thématique {thematique.numero}" if thematique else "une thématique en trop"
        yield nom, trouve, thematique.montant if thematique else None
    for operation, trouve in zip_longest(operations, totaux.dispositifs):
        nom = f"le dispositif «{INSECABLE}{operation.libelle}{INSECABLE}»" if operation else "un dispositif en trop"
        yield nom, trouve, operation.montant if operation else None
    for ligne in dossier.budget:
        proposition, solde = totaux.budget.get(clean(ligne.code_operation), (None, None))
        yield f"la proposition de la ligne {ligne.code_operation}", proposition, ligne.proposition
        yield f"le solde de la ligne {ligne.code_operation}", solde, ligne.solde


def _read(content: bytes) -> Totaux:
    with closing(load_workbook(BytesIO(content), read_only=True, data_only=True)) as workbook:
        synthese, table = _Feuille(workbook, "Synthèse"), _Feuille(workbook, "Budget")
        lignes, annexe = _annexe(content, workbook)
    (general,) = synthese.cents("Total_general")
    return Totaux(
        general=general,
        annexe=annexe,
        lignes=lignes,
        thematiques=synthese.cents("Totaux_thematiques"),
        dispositifs=synthese.cents("Totaux_dispositifs"),
        budget=dict(
            zip(
                (unescape(str(code)) for code in table.values("Budget_code")),
                zip(table.cents("Budget_proposition"), table.cents("Budget_solde"), strict=True),
                strict=True,
            )
        ),
    )


class _Feuille:
    """One small sheet read whole, its cells found by the names the workbook defines."""

    def __init__(self, workbook: Workbook, nom: str) -> None:
        self._names = workbook.defined_names
        self._rows = list(workbook[nom].iter_rows(values_only=True))

    def values(self, nom: str) -> tuple[object, ...]:
        """Give the values of the one-column stretches a name refers to; nothing where the name is not there."""
        if nom not in self._names:
            return ()
        return tuple(value for _, adresse in self._names[nom].destinations for value in self._stretch(adresse))

    def cents(self, nom: str) -> tuple[int, ...]:
        """Give the amounts a name refers to, in cents."""
        return tuple(_cents(value) for value in self.values(nom))

    def _stretch(self, adresse: str) -> Iterator[object]:
        for ligne in rows_from_range(adresse):
            for cellule in ligne:
                numero, colonne = coordinate_to_tuple(cellule)
                yield self._rows[numero - 1][colonne - 1]


def _cents(value: object) -> int:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(value)
    return round(value * 100)


def _annexe(content: bytes, workbook: Workbook) -> tuple[int, int]:
    """Add up the lines of annexe 4 without loading the sheet, and find the total stored under them (cents)."""
    ((_, adresse),) = workbook.defined_names["Total_annexe"].destinations
    repere = f'<c r="{adresse.replace("$", "")}" '.encode()
    somme, total = 0, None
    with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(_ANNEXE) as partie:
        for morceau in _by_rows(partie):
            somme += sum(_exact(nombre) for nombre in _LIGNE.findall(morceau))
            if (place := morceau.find(repere)) >= 0 and (trouve := _VALEUR.search(morceau, place)):
                total = _exact(trouve[1])
    if total is None:
        raise KeyError(adresse)
    return somme, total


def _by_rows(partie: IO[bytes]) -> Iterator[bytes]:
    """Cut a sheet into stretches of whole rows."""
    reste = b""
    while morceau := partie.read(_MORCEAU):
        entier, fin, suite = (reste + morceau).rpartition(b"</row>")
        yield entier + fin
        reste = suite
    yield reste


def _exact(nombre: bytes) -> int:
    return int(Decimal(nombre.decode()).scaleb(2))
