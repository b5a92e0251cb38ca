"""What an act says of money: the maximum for the term, the share of each period, the lines that pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from inclusion_desk.documents.textes_mots import periode
from inclusion_desk.documents.textes_variables import Valeurs
from inclusion_desk.domain.actes import Acte, Tranche
from inclusion_desk.domain.modeles_actes import Cout
from inclusion_desk.domain.money import format_montant_acte


@dataclass(frozen=True, slots=True)
class Periode:
    """The share of one period; ``montant`` in cents. ``complement``: it adds to another that covers the same days."""

    debut: date
    fin: date
    montant: int
    complement: bool


def periodes(acte: Acte) -> tuple[Periode, ...]:
    """Share the cost out between periods, those of the convention first; the amounts of one act and period are one.

    Sources: the case, l.2536 (periods that follow one another) and l.2983 (one that adds to another).
    """
    trouvees: list[Periode] = []
    for (rang, debut, fin), groupe in groupby(sorted(acte.tranches, key=_cle), key=_cle):
        if montant := sum(tranche.montant for tranche in groupe):
            complement = rang > 0 and any(une.debut <= fin and debut <= une.fin for une in trouvees)
            trouvees.append(Periode(debut, fin, montant, complement))
    return tuple(trouvees)


def _cle(tranche: Tranche) -> tuple[int, date, date]:
    return tranche.rang, tranche.debut, tranche.fin


def decoupe(acte: Acte) -> tuple[Periode, ...]:
    """Give the periods that the act must tell apart; nothing where its model says one maximum, or there is one period.

    A convention tells its periods apart too, where it has several.
    """
    toutes = periodes(acte)
    dites = not acte.avenant or acte.parametres.cout is Cout.PERIODES
    return toutes if dites and len(toutes) > 1 else ()


def cout(acte: Acte) -> Valeurs:
    """Give what a template says of the cost: amounts formatted, empty where they are nil."""
    parametres = acte.parametres
    dit = {
        "total": format_montant_acte(acte.montant) if acte.montant else "",
        "apport": format_montant_acte(acte.apport) if acte.apport else "",
        # Annexe 10 replaces the whole article on the cost, the other models its first paragraph (l.2977, l.2533).
        "entier": parametres.cout is Cout.PERIODES and not parametres.duree,
    }
    return {"cout": dit, "periodes": [_periode(une) for une in decoupe(acte)], "imputations": _imputations(acte)}


COUT = {
    "cout": "Coût de l’opération",
    "cout.total": "Montant maximal pour la durée de la convention ; vide s’il n’y a pas de participation financière",
    "cout.apport": "Montant que l’acte apporte ; vide s’il est nul",
    "cout.entier": "Vrai si l’avenant remplace tout l’article relatif au coût, faux s’il n’en remplace qu’un alinéa",
    "periodes": "Liste des périodes entre lesquelles le coût se répartit ; vide s’il n’y en a qu’une",
    "periodes.periode": "Période : du 1er janvier au 31 décembre 2025",
    "periodes.montant": "Montant maximal de la période",
    "periodes.complement": "Vrai si le montant s’ajoute à celui d’une période qui couvre les mêmes jours",
    "imputations": "Liste des lignes du budget qui supportent la participation",
    "imputations.code_operation": "Code opération",
    "imputations.imputation": "Imputation budgétaire ; vide si elle n’est pas connue",
}
"""The same in words, for whoever edits a template."""


def _periode(une: Periode) -> Valeurs:
    return {
        "periode": periode(une.debut, une.fin),
        "montant": format_montant_acte(une.montant),
        "complement": une.complement,
    }


def _imputations(acte: Acte) -> list[Valeurs]:
    lignes = dict.fromkeys((t.code_operation, t.imputation) for t in acte.tranches if t.montant and t.code_operation)
    return [{"code_operation": code, "imputation": imputation} for code, imputation in lignes]
