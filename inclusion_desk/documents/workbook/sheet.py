"""What a sheet is before it is written: its columns, its rows as they are streamed, and its print set-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from inclusion_desk.documents.workbook.cells import Ink, row
from inclusion_desk.documents.workbook.plan import ENTETE, Plan
from inclusion_desk.documents.workbook.styles import Band, Fmt
from inclusion_desk.documents.workbook.texts import count_lines
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.seances import Seance
from inclusion_desk.domain.text import format_date_longue, typo

HAUTEUR_LIGNE, HAUTEUR_MARGE, HAUTEUR_MAX = 13.2, 4.0, 409.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its width (digits of the default font), what its cells hold."""

    titre: str
    largeur: float
    fmt: Fmt = Fmt.TEXTE


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart of stretches of one column, labelled by another, under row ``sous`` of its sheet."""

    titre: str
    etendues: tuple[tuple[int, int], ...]
    libelles: tuple[str, ...]
    montants: tuple[int, ...]
    sous: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, ready to stream; ``derniere`` is its last row, ``filtre`` the last row of its filter, if any.

    ``niveaux`` is the depth of its outline; ``une_page`` prints it on one page, chart included.
    """

    nom: str
    columns: Sequence[Column]
    derniere: int
    rows: Iterable[str] = field(repr=False)
    filtre: int = 0
    niveaux: int = 0
    une_page: bool = False
    chart: Chart | None = None

    @property
    def largeur(self) -> float:
        """Total width of the columns."""
        return sum(column.largeur for column in self.columns)


def height(contents: Iterable[tuple[str, float]], minimum: float = 17.0) -> float:
    """Give the height in points of a row from its wrapped texts and the widths of their columns."""
    lignes = max((count_lines(texte, largeur) for texte, largeur in contents), default=1)
    return min(HAUTEUR_MAX, max(minimum, lignes * HAUTEUR_LIGNE + HAUTEUR_MARGE))


def money_width(cents: int) -> float:
    """Give the width of a column of amounts whose largest is ``cents``."""
    return max(14.0, len(format_montant(cents)) + 2.5)


def context(plan: Plan) -> str:
    """Say in one line which sitting the workbook is about."""
    dossier = plan.dossier
    return typo(
        f"Département : {dossier.departement} – Campagne {dossier.annee} – Phase {dossier.phase} – "
        f"{sitting(dossier.seance)}"
    )


def sitting(seance: Seance) -> str:
    """Name the sitting and its date, or say that the date is not set."""
    return (
        f"{seance.instance} du {format_date_longue(seance.jour)}" if seance.jour else f"{seance.instance}, date à fixer"
    )


def head(ink: Ink, titre: str, ligne: str, columns: Sequence[Column]) -> Iterator[str]:
    """Write the title, the line under it, a little air and the header row."""
    yield row(1, [ink.text(Band.TITRE)(titre)], hauteur=26)
    yield row(2, [ink.text(Band.CONTEXTE)(ligne)], hauteur=17)
    yield row(3, (), hauteur=8)
    cells = [ink.text(Band.ENTETE, column.fmt)(column.titre) for column in columns]
    yield row(ENTETE, cells, hauteur=height(((c.titre, c.largeur * 0.94) for c in columns), 32.0))


def sentence(ink: Ink, numero: int, phrase: str, columns: Sequence[Column]) -> str:
    """Write the row that stands where there would be rows."""
    vides = [ink.blank(Band.LIGNE)] * (len(columns) - 1)
    return row(numero, [ink.text(Band.LIGNE)(phrase), *vides], hauteur=22)


def band(ink: Ink, look: Band, columns: Sequence[Column], cells: dict[int, str]) -> list[str]:
    """Give a whole row in one look: the given cells by column counted from 1, the others empty."""
    return [cells.get(numero) or ink.blank(look, column.fmt) for numero, column in enumerate(columns, start=1)]


AUCUNE_LIGNE = f"Aucune ligne n’est proposée dans cette phase{INSECABLE}: les totaux sont nuls."
TOTAL_GENERAL = "Total général"
