"""The fields of the forms as data: name, label, kind, how text becomes a value and a value becomes text."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from inclusion_desk.domain import identifiants
from inclusion_desk.domain.money import INSECABLE, MOINS, format_montant, format_nombre, parse_montant
from inclusion_desk.domain.refus import Refus, SaisieRefusee
from inclusion_desk.domain.text import LONGUEUR_MAX, clean_texte, format_date, parse_date

Valeur = str | int | bool | date | None
Valeurs = Mapping[str, Valeur]

ENTIER_MAX = 9_999_999


class Nature(enum.Enum):
    """What a field holds; it decides the editor, the alignment, and how it is read and shown."""

    TEXTE = "texte"
    TEXTE_LONG = "texte_long"
    MONTANT = "montant"
    """Integer cents."""
    MONTANT_SIGNE = "montant_signe"
    """Integer cents, negative allowed."""
    ENTIER = "entier"
    CENTIEMES = "centiemes"
    """Integer hundredths: 120 is 1,2 ETP."""
    DATE = "date"
    BOOLEEN = "booleen"
    SIRET = "siret"
    RNA = "rna"
    CODE_POSTAL = "code_postal"
    CODE_OPERATION = "code_operation"
    IMPUTATION = "imputation"
    CONVENTION = "convention"
    NUMERO_DISPOSITIF = "numero_dispositif"
    CHOIX = "choix"
    """One code of a fixed list: the value is the code, the label is shown."""
    REFERENCE = "reference"
    """The id of a row of another subject, picked by its label."""


NATURES_A_DROITE = frozenset({Nature.MONTANT, Nature.MONTANT_SIGNE, Nature.ENTIER, Nature.CENTIEMES})


@dataclass(frozen=True, slots=True)
class Champ:
    """One field of a form.

    ``nom`` is the name of the column in rows and tables; ``article`` is the label with its article, used to open the
    sentence of a refusal (« Le montant »); ``choix`` maps codes to labels; ``sujet`` names what a reference points to.
    """

    nom: str
    libelle: str
    article: str
    nature: Nature = Nature.TEXTE
    obligatoire: bool = False
    maximum: int = 250
    aide: str = ""
    choix: Mapping[str, str] | None = None
    sujet: str = ""
    personnel: bool = False
    """Personal data: its values stay out of the journal and the logs."""
    defaut: Valeur = None
    """What the form of a new row shows."""
    precision: str = ""
    """When an optional field must be filled all the same: its label says it in place of « facultatif »."""
    propre: bool = False
    """Whether its value is that of one row alone: a duplicate leaves it."""

    def lire(self, texte: str) -> Valeur:
        """Turn typed text into the value stored, or None when left empty.

        Raises:
            Refus: empty though compulsory, or not readable as this kind; ``champ`` is this field's name.
        """
        if not texte.strip():
            if self.obligatoire:
                raise Refus(f"{self.article} est à renseigner.", self.nom)
            return None if self.nature in _SANS_TEXTE_VIDE else ""
        return _LECTEURS[self.nature](self, texte)

    def montrer(self, valeur: Valeur) -> str:
        """Turn a stored value into the text shown and edited; amounts come without their symbol."""
        if valeur is None:
            return ""
        return _AFFICHEURS.get(self.nature, _show_text)(self, valeur)

    def check(self, valeur: Valeur) -> Valeur:
        """Check a value that did not come through ``lire`` (an import, a call) by the same rules, and return it.

        Raises:
            Refus: as ``lire``.
        """
        if self.nature in {Nature.REFERENCE, Nature.BOOLEEN, Nature.CHOIX}:
            return self._check_direct(valeur)
        return self.lire(self.montrer(valeur))

    def _check_direct(self, valeur: Valeur) -> Valeur:
        if valeur in (None, ""):
            if self.nature is Nature.BOOLEEN:
                return False
            if self.obligatoire:
                raise Refus(f"{self.article} est à choisir dans la liste.", self.nom)
            return None
        if self.choix is not None and valeur not in self.choix:
            raise Refus(
                f"{self.article} «{INSECABLE}{valeur}{INSECABLE}» n’est pas dans la liste : "
                "choisissez l’une des valeurs proposées.",
                self.nom,
            )
        return valeur


_SANS_TEXTE_VIDE = frozenset(Nature) - {Nature.TEXTE, Nature.TEXTE_LONG}


def _read_text(champ: Champ, texte: str) -> Valeur:
    return clean_texte(texte, champ.article, champ.nom, maximum=champ.maximum)


def _read_long_text(champ: Champ, texte: str) -> Valeur:
    return clean_texte(texte, champ.article, champ.nom, maximum=LONGUEUR_MAX, lignes=True)


def _read_integer(champ: Champ, texte: str) -> Valeur:
    net = texte.translate({0x20: None, 0xA0: None, 0x202F: None})
    if not (net.isascii() and net.isdigit()):
        raise Refus(
            f"{champ.article} doit être un nombre entier positif, par exemple 400 : vérifiez la saisie.", champ.nom
        )
    if int(net) > champ_max(champ):
        raise Refus(f"{champ.article} dépasse {format_nombre(champ_max(champ))} : vérifiez la saisie.", champ.nom)
    return int(net)


def champ_max(_champ: Champ) -> int:
    """Give the largest whole number a field accepts."""
    return ENTIER_MAX


def _read_hundredths(champ: Champ, texte: str) -> Valeur:
    try:
        return parse_montant(texte, champ.article, champ.nom)
    except Refus:
        raise Refus(
            f"{champ.article} doit être un nombre positif à deux décimales au plus, par exemple 1,2 : vérifiez la "
            "saisie.",
            champ.nom,
        ) from None


def _read_signed(champ: Champ, texte: str) -> Valeur:
    net = texte.strip().replace(MOINS, "-")
    signe = -1 if net.startswith("-") else 1
    cents = signe * parse_montant(net.removeprefix("-").removeprefix("+"), champ.article, champ.nom)
    if cents == 0:
        raise Refus(f"{champ.article} ne peut être nul : saisissez ce qui est ajouté, ou retiré.", champ.nom)
    return cents


def _read_choice(champ: Champ, texte: str) -> Valeur:
    for code, libelle in (champ.choix or {}).items():
        if texte.strip() in {code, libelle}:
            return code
    raise Refus(
        f"{champ.article} «{INSECABLE}{texte[:40]}{INSECABLE}» n’est pas dans la liste : "
        "choisissez l’une des valeurs proposées.",
        champ.nom,
    )


def _read_reference(champ: Champ, texte: str) -> Valeur:
    if not texte.strip().isdigit():
        raise Refus(f"{champ.article} est à choisir dans la liste.", champ.nom)
    return int(texte)


def _read_boolean(champ: Champ, texte: str) -> Valeur:
    if texte.strip().lower() not in {"oui", "non"}:
        raise Refus(f"{champ.article} s’écrit oui ou non : corrigez la saisie.", champ.nom)
    return texte.strip().lower() == "oui"


_LECTEURS: Mapping[Nature, Callable[[Champ, str], Valeur]] = {
    Nature.TEXTE: _read_text,
    Nature.TEXTE_LONG: _read_long_text,
    Nature.MONTANT: lambda c, t: parse_montant(t, c.article, c.nom),
    Nature.MONTANT_SIGNE: _read_signed,
    Nature.ENTIER: _read_integer,
    Nature.CENTIEMES: _read_hundredths,
    Nature.DATE: lambda c, t: parse_date(t, c.article, c.nom),
    Nature.BOOLEEN: _read_boolean,
    Nature.SIRET: lambda c, t: identifiants.parse_siret(t, c.article, c.nom),
    Nature.RNA: lambda c, t: identifiants.parse_rna(t, c.article, c.nom),
    Nature.CODE_POSTAL: lambda c, t: identifiants.parse_code_postal(t, c.article, c.nom),
    Nature.CODE_OPERATION: lambda c, t: identifiants.parse_code_operation(t, c.article, c.nom),
    Nature.IMPUTATION: lambda c, t: identifiants.parse_imputation(t, c.article, c.nom),
    Nature.CONVENTION: lambda c, t: identifiants.parse_convention(t, c.article, c.nom),
    Nature.NUMERO_DISPOSITIF: lambda c, t: identifiants.parse_numero_dispositif(t, c.article, c.nom),
    Nature.CHOIX: _read_choice,
    Nature.REFERENCE: _read_reference,
}


def _show_text(_champ: Champ, valeur: Valeur) -> str:
    return str(valeur)


def _show_choice(champ: Champ, valeur: Valeur) -> str:
    return (champ.choix or {}).get(str(valeur), str(valeur))


def format_centiemes(centiemes: int) -> str:
    """Show integer hundredths without useless zeros: 120 is ``1,2`` and 100 is ``1``."""
    return format_nombre(Decimal(centiemes) / 100, 2).rstrip("0").rstrip(",")


_AFFICHEURS: Mapping[Nature, Callable[[Champ, Valeur], str]] = {
    Nature.MONTANT: lambda _, v: format_montant(v, symbole=False) if isinstance(v, int) else str(v),
    Nature.MONTANT_SIGNE: lambda _, v: format_montant(v, symbole=False) if isinstance(v, int) else str(v),
    Nature.ENTIER: lambda _, v: format_nombre(v) if isinstance(v, int) else str(v),
    Nature.CENTIEMES: lambda _, v: format_centiemes(v) if isinstance(v, int) else str(v),
    Nature.DATE: lambda _, v: format_date(v) if isinstance(v, date) else str(v),
    Nature.BOOLEEN: lambda _, v: "oui" if v else "non",
    Nature.SIRET: lambda _, v: identifiants.format_siret(str(v)) if v else "",
    Nature.CHOIX: _show_choice,
}


def par_nom(champs: Iterable[Champ]) -> dict[str, Champ]:
    """Index fields by their name."""
    return {champ.nom: champ for champ in champs}


def check_valeurs(champs: Iterable[Champ], valeurs: Valeurs) -> dict[str, Valeur]:
    """Check every given value by its field's rules, and return them normalised.

    Fields absent from ``valeurs`` are left out of the result (a partial edit).

    Raises:
        SaisieRefusee: one refusal per field at fault, in the order of the form.
    """
    lues: dict[str, Valeur] = {}
    refus: list[Refus] = []
    for champ in champs:
        if champ.nom not in valeurs:
            continue
        try:
            lues[champ.nom] = champ.check(valeurs[champ.nom])
        except Refus as erreur:
            refus.append(erreur)
    if refus:
        raise SaisieRefusee(tuple(refus))
    return lues
