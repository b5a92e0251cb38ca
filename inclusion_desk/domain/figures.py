"""Figures in texts that users write: each stays tied to its source, and follows it; those that are not are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from inclusion_desk.domain.dispositifs import unite_accordee
from inclusion_desk.domain.dossier import DossierSeance, Operation
from inclusion_desk.domain.money import INSECABLE, format_montant_acte
from inclusion_desk.domain.text import compter

Sources = Mapping[str, str]
"""What a text may be tied to: the name of each source, and how it is printed now."""

_ESPACES = "[ \u00a0\u202f]"
_JETON = re.compile(r"\{([a-z0-9A-Z./-]+)\}")
_MONTANT = re.compile(rf"(?<![\d,.{{-])(?:\d{{1,3}}(?:{_ESPACES}\d{{3}})+|\d+)(?:,\d{{1,2}})?{_ESPACES}?(?:€|euros?\b)")
_DENOMBRE = re.compile(
    rf"(?<![\d,.])(?:\d{{1,3}}(?:{_ESPACES}\d{{3}})+|\d+){_ESPACES}"
    r"(?:dispositifs?|structures?|conventions?|avenants?|diagnostics?|places?|personnes?|familles?)\b"
)
_BLANCS = re.compile(r"[ \u00a0\u202f]+")
INCONNUE = "(montant à préciser)"
"""What is printed for a figure whose source is gone; a control blocks on it."""


def sources(dossier: DossierSeance) -> dict[str, str]:
    """List what the texts of a dossier may be tied to, the most telling first."""
    trouvees: dict[str, str] = {"phase.montant": format_montant_acte(dossier.montant)}
    for thematique in dossier.thematiques:
        nom = f"thematique-{thematique.numero}"
        structures = len({ligne.structure_id for ligne in thematique.lignes})
        trouvees[f"{nom}.montant"] = format_montant_acte(thematique.montant)
        trouvees[f"{nom}.dispositifs"] = compter(len(thematique.operations), "dispositif")
        trouvees[f"{nom}.structures"] = compter(structures, "structure")
        for operation in thematique.operations:
            trouvees |= _of_operation(operation)
    for ligne in dossier.budget:
        nom = f"ligne-{ligne.code_operation}"
        for quoi in ("ae", "disponible", "proposition", "solde"):
            trouvees[f"{nom}.{quoi}"] = format_montant_acte(getattr(ligne, quoi))
    for acte in ("convention", "avenant"):
        nombre = sum(ligne.acte == acte for ligne in dossier.lignes)
        trouvees[f"phase.{acte}s"] = compter(nombre, acte)
    return trouvees


def _of_operation(operation: Operation) -> dict[str, str]:
    nom = f"dispositif-{operation.dispositif_id}"
    unite = unite_accordee(operation.unite, operation.volume)
    return {
        f"{nom}.montant": format_montant_acte(operation.montant),
        f"{nom}.structures": compter(operation.structures, "structure"),
        f"{nom}.volume": compter(operation.volume, unite, unite),
    }


def lier(texte: str, connues: Sources, *, dabord: Iterable[str] = ()) -> str:
    """Replace each figure of a text that a source prints by the name of that source, between braces.

    ``dabord`` are the beginnings of the names to prefer when several sources print the same figure.
    """
    rangs = tuple(dabord)
    par_valeur: dict[str, str] = {}
    for nom, valeur in sorted(connues.items(), key=lambda paire: _preference(paire[0], rangs)):
        par_valeur.setdefault(_cle(valeur), nom)

    def nommer(trouve: re.Match[str]) -> str:
        nom = par_valeur.get(_cle(trouve.group()))
        return f"{{{nom}}}" if nom else trouve.group()

    return _DENOMBRE.sub(nommer, _MONTANT.sub(nommer, texte))


def _preference(nom: str, rangs: tuple[str, ...]) -> int:
    return next((rang for rang, debut in enumerate(rangs) if nom.startswith(debut)), len(rangs))


def _cle(figure: str) -> str:
    """Reduce a figure to what it says: ``712 000,00 €`` and ``712 000 euros`` are one."""
    net = _BLANCS.sub("", figure).replace("euros", "€").replace("euro", "€").lower()
    return re.sub(r",00?(?=€)", "", net).removesuffix("s")


def remplir(texte: str, connues: Sources) -> str:
    """Print a text with its figures as they stand."""
    return _JETON.sub(lambda trouve: connues.get(trouve[1], INCONNUE), texte)


def inconnues(texte: str, connues: Sources) -> tuple[str, ...]:
    """List the sources that a text is tied to and that are gone."""
    return tuple(dict.fromkeys(nom for nom in _JETON.findall(texte) if nom not in connues))


def libres(texte: str) -> tuple[str, ...]:
    """List the amounts of a text that are tied to nothing: nobody will correct them when the lines change."""
    return tuple(dict.fromkeys(_BLANCS.sub(INSECABLE, montant) for montant in _MONTANT.findall(texte)))
