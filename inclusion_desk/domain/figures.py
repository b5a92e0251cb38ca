"""Figures in texts that users write: each stays tied to its source, and follows it; those that are not are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inclusion_desk.domain.dispositifs import UNITES, unite_accordee
from inclusion_desk.domain.dossier import DossierSeance, Operation
from inclusion_desk.domain.money import INSECABLE, format_montant_acte
from inclusion_desk.domain.text import compter

Sources = Mapping[str, str]
"""What a text may be tied to: the name of each source, and how it is printed now."""

_ESPACE = "[ \u00a0\u202f\u2009]"
_NOMS = "|".join(("dispositif", "structure", "convention", "avenant", *UNITES.values()))
_JETON = re.compile(r"\{([a-z]+(?:-[0-9A-Za-z-]+)?\.[a-z]+)\}")
"""A figure tied to its source, such as ``{ligne-C02-446A05.ae}``; other words between braces are the user's own."""
# A number never begins inside another: 2024-01213, 12/500, 1.500, « 2025 712 000 » are left as they are.
_DEBUT = rf"(?<![\w.,/\u2212-])(?<![0-9]{_ESPACE})"
_ENTIER = rf"((?:[1-9][0-9]{{0,2}}(?:{_ESPACE}[0-9]{{3}}){{1,4}}|0|[1-9][0-9]{{0,14}}))"
_MONTANT = re.compile(rf"{_DEBUT}{_ENTIER}(?:,([0-9]{{1,2}}))?{_ESPACE}{{0,2}}(?:€|euros?\b|eur\b)", re.IGNORECASE)
_DENOMBRE = re.compile(rf"{_DEBUT}{_ENTIER}{_ESPACE}{{1,2}}((?:{_NOMS})s?)\b")
_NUMERO = re.compile(rf"(?:articles?|annexes?|phases?|thématiques?|dispositifs?|n°|n[os]){_ESPACE}*$", re.IGNORECASE)
"""What, before a number, says that it numbers and does not count."""
_ECRIT = re.compile(
    rf"(?<![0-9])(?<![0-9](?:[.,/-]|{_ESPACE}))[-\u2212]?[0-9]++(?:(?:[.,/-]|{_ESPACE})[0-9]++)*+{_ESPACE}{{0,2}}"
    rf"(?:(?:mille|millions?|milliards?){_ESPACE}+(?:d[’']|de{_ESPACE}+)?)?(?:€|k€|m€|md€|euros?\b|eur\b)",
    re.IGNORECASE,
)
"""Whatever a reader takes for an amount, well written or not."""
_BLANCS = re.compile(rf"{_ESPACE}+")
INCONNUE = "(chiffre à préciser)"
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


_QUOI = {
    "montant": "montant", "dispositifs": "nombre de dispositifs", "structures": "nombre de structures",
    "volume": "volume", "ae": "AE", "disponible": "disponible", "proposition": "proposition de la phase",
    "solde": "solde", "conventions": "nombre de conventions", "avenants": "nombre d’avenants",
}  # fmt: skip


def libelles(dossier: DossierSeance) -> dict[str, tuple[str, str]]:
    """Say in words what each source is: what it belongs to, then what it says of it."""
    noms = {f"dispositif-{o.dispositif_id}": o.libelle for o in dossier.operations}
    noms |= {f"thematique-{t.numero}": f"Thématique {t.numero}" for t in dossier.thematiques}
    noms |= {f"ligne-{ligne.code_operation}": f"Ligne {ligne.code_operation}" for ligne in dossier.budget}
    decoupes = {nom: nom.rpartition(".") for nom in sources(dossier)}
    return {nom: (noms.get(de, "Phase"), _QUOI.get(quoi, quoi)) for nom, (de, _, quoi) in decoupes.items()}


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
    par_valeur = _by_value(connues, dabord)

    def nommer(trouve: re.Match[str]) -> str:
        nom = par_valeur.get(_cle(trouve))
        return f"{{{nom}}}" if nom and not _numerote(trouve) else trouve.group()

    return _DENOMBRE.sub(nommer, _MONTANT.sub(nommer, texte))


@dataclass(frozen=True, slots=True)
class Repere:
    """A figure found in a text: from where to where, and its source; nothing for an amount that has none."""

    debut: int
    fin: int
    source: str


def reperer(texte: str, connues: Sources, *, dabord: Iterable[str] = ()) -> tuple[Repere, ...]:
    """Find the figures of a text as printed: those that ``lier`` would tie, and the amounts that it would not."""
    par_valeur = _by_value(connues, dabord)
    trouves: dict[int, Repere] = {}
    for trouve in (*_MONTANT.finditer(texte), *_DENOMBRE.finditer(texte)):
        nom = par_valeur.get(_cle(trouve))
        if nom and not _numerote(trouve):
            trouves.setdefault(trouve.start(), Repere(trouve.start(), trouve.end(), nom))
    lies = [(repere.debut, repere.fin) for repere in trouves.values()]
    for trouve in _ECRIT.finditer(texte):
        if not any(debut < trouve.end() and trouve.start() < fin for debut, fin in lies):
            trouves.setdefault(trouve.start(), Repere(trouve.start(), trouve.end(), ""))
    return tuple(trouves[debut] for debut in sorted(trouves))


def _by_value(connues: Sources, dabord: Iterable[str]) -> dict[object, str]:
    """Find the source to name for each figure printed."""
    rangs = tuple(dabord)
    par_valeur: dict[object, str] = {}
    for nom, valeur in sorted(connues.items(), key=lambda paire: _preference(paire[0], rangs)):
        if trouve := _MONTANT.fullmatch(valeur) or _DENOMBRE.fullmatch(valeur):
            par_valeur.setdefault(_cle(trouve), nom)
    return par_valeur


def _preference(nom: str, rangs: tuple[str, ...]) -> int:
    """Rank a name; ``dispositif-1`` prefers what belongs to dispositif 1, not to 12."""
    return next((n for n, debut in enumerate(rangs) if nom.startswith(debut) and _borne(nom, debut)), len(rangs))


def _borne(nom: str, debut: str) -> bool:
    return debut[-1:] in {"", ".", "-"} or nom[len(debut) :][:1] in {"", "."}


def _numerote(trouve: re.Match[str]) -> bool:
    avant = trouve.string[max(0, trouve.start() - 20) : trouve.start()]
    return trouve.re is _DENOMBRE and _NUMERO.search(avant) is not None


def _cle(trouve: re.Match[str]) -> tuple[str, int]:
    """Reduce a figure to what it says: ``712 000,00 €`` and ``712000 euros`` are one, in cents."""
    entier, reste = int(_BLANCS.sub("", trouve[1])), trouve[2]
    if trouve.re is _MONTANT:
        return "€", entier * 100 + int((reste or "0").ljust(2, "0"))
    return reste.removesuffix("s"), entier


def remplir(texte: str, connues: Sources) -> str:
    """Print a text with its figures as they stand."""
    return _JETON.sub(lambda trouve: connues.get(trouve[1], INCONNUE), texte)


def inconnues(texte: str, connues: Sources) -> tuple[str, ...]:
    """List the sources that a text is tied to and that are gone."""
    return tuple(dict.fromkeys(nom for nom in _JETON.findall(texte) if nom not in connues))


def denombres_libres(texte: str) -> tuple[str, ...]:
    """List what a text counts without being tied to it: « 3 dispositifs » where the phase has two."""
    trouves = (t.group() for t in _DENOMBRE.finditer(texte) if not _numerote(t))
    return tuple(dict.fromkeys(_BLANCS.sub(INSECABLE, trouve) for trouve in trouves))


def libres(texte: str) -> tuple[str, ...]:
    """List the amounts of a text that are tied to nothing: nobody will correct them when the lines change."""
    return tuple(dict.fromkeys(_BLANCS.sub(INSECABLE, trouve.group()) for trouve in _ECRIT.finditer(texte)))
