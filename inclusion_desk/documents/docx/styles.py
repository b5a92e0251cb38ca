"""The styles of the document, drawn from the looks of the printed page, so that both come out alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inclusion_desk.documents.blocks import Alignment, Style
from inclusion_desk.documents.docx import numbering
from inclusion_desk.documents.docx.xml import Element, add, add_value, name, root, twips
from inclusion_desk.documents.pdf.ink import FOOTER_SIZE
from inclusion_desk.documents.pdf.meta import PORTRAIT
from inclusion_desk.documents.pdf.styles import (
    CELL,
    COMPACT,
    CONTENTS,
    CONTENTS_PART,
    CONTENTS_STEP,
    FIELD,
    PAGE,
    PARAGRAPHS,
    SIGNATURE,
    TABLE,
    CellLook,
    Look,
    Setting,
    heading,
)

FONT = "Source Sans 3"
STRONG, THIN = "404040", "999999"
"""Colours of the rules around headers and totals, and between rows."""
SPACER, SIGNATURES = "ApresTableau", "SignatureActe"
SIGNATURE_TABLE = "TableauSignatures"
SHEET_TABLE, LABEL, SUBTITLE = "TableauFiche", "FicheLibelle", "FicheIntertitre"
TABLES = {False: "TableauActe", True: "TableauSerre"}
BODY = {
    Style.BODY: "BodyText",
    Style.LETTERHEAD: "Collectivite",
    Style.CENTRED: "Centre",
    Style.HANGING: "Visa",
    Style.ADDRESSEE: "Destinataire",
}
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Names:
    """The styles of the paragraphs of one place: by what they are for, entries with bullets, numbered ones."""

    body: Mapping[Style, str]
    bullets: str
    numbers: str


ON_PAGE = Names(BODY, "ListBullet", "ListNumber")
IN_CELL = Names({use: f"Fiche{identifier}" for use, identifier in BODY.items()}, "FichePuce", "FicheNumero")

_SIDES = {Alignment.LEFT: "à gauche", Alignment.CENTRE: "au centre", Alignment.RIGHT: "à droite"}


def cell_style(side: Alignment, *, compact: bool) -> str:
    """Name the style of the paragraphs of a column."""
    return f"Cellule{side.value.capitalize()}{'Serree' * compact}"


_NAMES = {
    "BodyText": "Body Text",
    "Collectivite": "Collectivité",
    "Centre": "Centré",
    "ListBullet": "List Bullet",
    "ListNumber": "List Number",
    SPACER: "Après tableau",
    SIGNATURES: "Signature de l’acte",
    SHEET_TABLE: "Tableau de fiche",
    LABEL: "Fiche – libellé",
    SUBTITLE: "Fiche – intertitre",
    IN_CELL.body[Style.BODY]: "Fiche – texte",
    IN_CELL.body[Style.LETTERHEAD]: "Fiche – collectivité",
    IN_CELL.body[Style.CENTRED]: "Fiche – centré",
    IN_CELL.body[Style.HANGING]: "Fiche – visa",
    IN_CELL.body[Style.ADDRESSEE]: "Fiche – destinataire",
    IN_CELL.bullets: "Fiche – puce",
    IN_CELL.numbers: "Fiche – numéro",
    "TableauActe": "Tableau de l’acte",
    "TableauSerre": "Tableau serré",
    SIGNATURE_TABLE: "Tableau de signatures",
    "TableNormal": "Normal Table",
    "DefaultParagraphFont": "Default Paragraph Font",
    "Footer": "footer",
    "Header": "header",
    **{f"Heading{level}": f"heading {level}" for level in range(1, DEEPEST + 1)},
    **{f"TOC{level}": f"toc {level}" for level in range(1, DEEPEST + 1)},
    **{cell_style(side, compact=False): f"Cellule {words}" for side, words in _SIDES.items()},
    **{cell_style(side, compact=True): f"Cellule serrée {words}" for side, words in _SIDES.items()},
}
"""Names of styles, where they are not the identifier; Word shows those it knows in the user's language."""
_OURS = {
    "Collectivite",
    "Centre",
    "Visa",
    "Destinataire",
    SPACER,
    SIGNATURES,
    SIGNATURE_TABLE,
    SHEET_TABLE,
    *TABLES.values(),
}
_DEFAULT, _CUSTOM = name("default"), name("customStyle")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a style of paragraph adds to a look."""

    bold: bool = False
    outline: int | None = None
    kept: bool = False
    numbering: int = 0
    tab: float = 0.0
    indent: float = 0.0
    side: str = ""
    grey: str = ""
    above: float = 0.0


def styles(*, parts: bool) -> Element:
    """Write the part of the styles; with ``parts`` the first level of the table of contents heads the others."""
    part = root("styles")
    _defaults(part)
    for kind, identifier in (("paragraph", "Normal"), ("character", "DefaultParagraphFont"), ("table", "TableNormal")):
        _style(part, kind, identifier, "").set(_DEFAULT, "1")
    _texts(part, ON_PAGE, PAGE)
    for level in range(1, DEEPEST + 1):
        _paragraph(part, f"Heading{level}", heading(level), _Setting(bold=True, outline=level - 1))
        part_entry = parts and level == 1
        contents = CONTENTS_PART if part_entry else CONTENTS
        setting = _Setting(bold=part_entry, tab=PORTRAIT.width, indent=CONTENTS_STEP * (level - 1))
        _paragraph(part, f"TOC{level}", contents, setting)
    _texts_of_sheet(part)
    _paragraph(part, SIGNATURES, Look(SIGNATURE.size, SIGNATURE.leading, 0, 0), _Setting())
    _paragraph(part, SPACER, Look(2, 5, 0, 0), _Setting())
    _paragraph(part, "Header", Look(FOOTER_SIZE, 10, 0, 0), _Setting())
    footer = _Setting(tab=PORTRAIT.width, grey="4D4D4D", above=5)
    _paragraph(part, "Footer", Look(FOOTER_SIZE, 10.7, 0, 0), footer)
    _cell_margins(add(_style(part, "table", SIGNATURE_TABLE, "TableNormal"), "tblPr"), 0, 0)
    for compact, look in ((False, TABLE), (True, COMPACT)):
        _cells(part, look, compact=compact)
    return part


def _texts(part: Element, names: Names, setting: Setting) -> None:
    for use, identifier in names.body.items():
        look = setting.paragraphs[use]
        _paragraph(part, identifier, look, _Setting(side="center" if look.centred else "", indent=look.indent))
    _paragraph(part, names.bullets, setting.item, _Setting(numbering=numbering.BULLETS))
    _paragraph(part, names.numbers, setting.item, _Setting(numbering=numbering.NUMBERS))


def _texts_of_sheet(part: Element) -> None:
    """Write the style of sheets in two columns, and those of the paragraphs in them."""
    _texts(part, IN_CELL, CELL)
    _paragraph(part, LABEL, Look(FIELD.size, FIELD.leading, 0, 0), _Setting(bold=True))
    _paragraph(part, SUBTITLE, CELL.heading(1), _Setting(bold=True, kept=True))
    properties = add(_style(part, "table", SHEET_TABLE, "TableNormal"), "tblPr")
    borders = add(properties, "tblBorders")
    for edge, weight, colour in (("top", 6, STRONG), ("bottom", 6, STRONG), ("insideH", 4, THIN)):
        add(borders, edge, val="single", sz=weight, space=0, color=colour)
    _cell_margins(properties, FIELD.x, FIELD.y)


def _defaults(part: Element) -> None:
    defaults = add(part, "docDefaults")
    face = add(add(defaults, "rPrDefault"), "rPr")
    add(face, "rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    _size(face, PARAGRAPHS[Style.BODY].size)
    add(face, "lang", val="fr-FR", eastAsia="fr-FR", bidi="ar-SA")
    add(add(defaults, "pPrDefault"), "pPr")


def _size(face: Element, points: float) -> None:
    """Set a size, never above what columns were measured for: Word counts in half-points."""
    for tag in ("sz", "szCs"):
        add_value(face, tag, int(points * 2))


def _style(part: Element, kind: str, identifier: str, based: str) -> Element:
    style = add(part, "style", type=kind, styleId=identifier)
    if identifier in _OURS or identifier.startswith(("Cellule", "Fiche")):
        style.set(_CUSTOM, "1")
    add_value(style, "name", _NAMES.get(identifier, identifier))
    if based:
        add_value(style, "basedOn", based)
    return style


def _paragraph(part: Element, identifier: str, look: Look, setting: _Setting) -> None:
    style = _style(part, "paragraph", identifier, "Normal")
    if setting.outline is not None:
        add_value(style, "next", "BodyText")
    add(style, "qFormat")
    _properties(add(style, "pPr"), look, setting)
    face = add(style, "rPr")
    for tag in ("b", "bCs") if setting.bold else ():
        add(face, tag)
    if setting.grey:
        add_value(face, "color", setting.grey)
    _size(face, look.size)


def _properties(properties: Element, look: Look, setting: _Setting) -> None:
    """Write the properties of a paragraph, in the order the schema asks."""
    if setting.outline is not None or setting.kept:
        add(properties, "keepNext")
        add(properties, "keepLines")
    if setting.numbering:
        add_value(add(properties, "numPr"), "numId", setting.numbering)
    _rules(properties, look, setting)
    if setting.tab:
        leader = "none" if setting.above else "dot"
        add(add(properties, "tabs"), "tab", val="right", leader=leader, pos=twips(setting.tab))
    # A spacer has no text that could be cut.
    exact = "exact" if look.leading > 2 * look.size else "atLeast"
    spaces = {"before": twips(look.before), "after": twips(look.after), "line": twips(look.leading)}
    add(properties, "spacing", spaces, lineRule=exact)
    if setting.indent or look.hang:
        add(properties, "ind", left=twips(setting.indent + look.hang), hanging=twips(look.hang))
    if look.centred or setting.side:
        add_value(properties, "jc", setting.side or "center")
    if setting.outline is not None:
        add_value(properties, "outlineLvl", setting.outline)


def _rules(properties: Element, look: Look, setting: _Setting) -> None:
    if look.ruled or setting.above:
        rules = add(properties, "pBdr")
        for side in ("top", "bottom") if look.ruled else ("top",):
            colour, weight = (STRONG, 6) if look.ruled else (THIN, 4)
            add(rules, side, val="single", sz=weight, space=8 if look.ruled else round(setting.above), color=colour)


def _cells(part: Element, look: CellLook, *, compact: bool) -> None:
    """Write the style of a table, and one of paragraphs for each alignment of its columns."""
    for side in Alignment:
        text = Look(look.size, look.leading, 0, 0)
        _paragraph(part, cell_style(side, compact=compact), text, _Setting(side=side.value))
    properties = add(_style(part, "table", TABLES[compact], "TableNormal"), "tblPr")
    borders = add(properties, "tblBorders")
    for edge in ("bottom", "insideH"):
        add(borders, edge, val="single", sz=4, space=0, color=THIN)
    _cell_margins(properties, look.x, look.y)


def _cell_margins(properties: Element, x: float, y: float) -> None:
    margins = add(properties, "tblCellMar")
    for edge, inside in (("top", y), ("left", x), ("bottom", y), ("right", x)):
        add(margins, edge, w=twips(inside), type="dxa")
