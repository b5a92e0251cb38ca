"""The controls of the sitting against what is recorded beside it: councillors in office, their mandates, who signs."""

from __future__ import annotations

from collections.abc import Iterator

from inclusion_desk.domain.constats import Constat, Controle, Gravite
from inclusion_desk.domain.controles_seance import CGCT, accorder, cibles_elus, nommer
from inclusion_desk.domain.controles_vue import Vue
from inclusion_desk.domain.seances import VOTANTS
from inclusion_desk.domain.text import compter, enumerer, pluriel

_NOMMES = 3


def _gravite(vue: Vue) -> Gravite:
    """Warn while the sitting is prepared; block once its vote is counted."""
    return Gravite.BLOQUANT if vue.dossier.deliberation.votes else Gravite.ATTENTION


def _partage(vue: Vue) -> Iterator[Constat]:
    """Point at a tie: the vote of who presides settles it (CGCT, L.3121-15)."""
    deliberation = vue.dossier.deliberation
    pour, contre = deliberation.nombre("pour"), deliberation.nombre("contre")
    if pour and pour == contre:
        yield Constat(
            "SEA-14",
            Gravite.ATTENTION,
            f"Le vote est partagé, {pour} pour et {contre} contre : la voix de qui préside l’emporte, vérifiez que le "
            "résultat est le sien.",
        )


def _hors_fonction(vue: Vue) -> Iterator[Constat]:
    """Check that whoever is counted as a member is one that day: the quorum and the votes rest on it."""
    autres = [p for p in vue.dossier.seance.presences if p.statut in VOTANTS and not p.en_fonction]
    if autres:
        yield Constat(
            "SEA-15",
            _gravite(vue),
            f"{nommer(autres)} {pluriel(len(autres), 'figure', 'figurent')} à la feuille de présence sans être en "
            "fonction à la Commission permanente ce jour-là, d’après le répertoire des élus : retirez-"
            f"{pluriel(len(autres), 'le', 'les')} de la feuille, ou corrigez le répertoire.",
            cibles_elus(*autres),
        )


def _omis(vue: Vue) -> Iterator[Constat]:
    """Check that every member in office is on the sheet, be it as absent: the quorum is a share of them all."""
    seance = vue.dossier.seance
    if seance.presences and seance.omis:
        nombre, reste = len(seance.omis), len(seance.omis) - _NOMMES
        autres = [compter(reste, "autre")] if reste > 0 else []
        yield Constat(
            "SEA-16",
            _gravite(vue),
            f"{enumerer([*seance.omis[:_NOMMES], *autres])}, en fonction ce jour-là, ne "
            f"{pluriel(nombre, 'figure', 'figurent')} pas à la feuille de présence : ajoutez-"
            f"{pluriel(nombre, 'le', 'les')}, fût-ce comme {pluriel(nombre, 'absent', 'absents')}.",
        )


def _mandat(vue: Vue) -> Iterator[Constat]:
    """Check that a member with a mandate in a structure funded is set down as interested (CGCT, L.1111-6)."""
    attendus = [p for p in vue.dossier.seance.presences if p.statut in VOTANTS and p.mandat and not p.interesse]
    if attendus:
        yield Constat(
            "SEA-17",
            _gravite(vue),
            f"{nommer(attendus)} {pluriel(len(attendus), 'a', 'ont')} un mandat dans une structure que la phase "
            f"finance et {pluriel(len(attendus), 'n’est', 'ne sont')} pas "
            f"{pluriel(len(attendus), accorder(attendus[0], 'marqué'), 'marqués')} comme "
            f"{pluriel(len(attendus), accorder(attendus[0], 'intéressé'), 'intéressés')} à l’affaire : confirmez-le "
            "aux présences, ou mettez fin au mandat dans le répertoire.",
            cibles_elus(*attendus),
        )


def _sans_president(vue: Vue) -> Iterator[Constat]:
    """Check that the act names who presides, with the quality, and its place (CGCT, L.3131-2 and R.3131-2)."""
    seance = vue.dossier.seance
    if seance.jour is None:
        return
    champs = (("la présidence", seance.president), ("sa qualité", seance.qualite_president), ("le lieu", seance.lieu))
    manquent = [quoi for quoi, valeur in champs if not valeur.strip()]
    if manquent:
        yield Constat(
            "SEA-18",
            _gravite(vue),
            f"L’acte porte le nom et la qualité de son auteur : à la séance, {enumerer(manquent)} "
            f"{pluriel(len(manquent), 'est', 'sont')} à renseigner.",
        )


CONTROLES_REGISTRES = (
    Controle("SEA-14", "Partage des voix", _partage, f"{CGCT} L.3121-15"),
    Controle("SEA-15", "Votant hors fonction", _hors_fonction, f"{CGCT} L.3121-14-1"),
    Controle("SEA-16", "Membre absent de la feuille", _omis, f"{CGCT} L.3121-14-1"),
    Controle("SEA-17", "Mandat sans intérêt déclaré", _mandat, f"{CGCT} L.1111-6"),
    Controle("SEA-18", "Auteur de l’acte", _sans_president, f"{CGCT} R.3131-2"),
)
"""The rules of the sitting against the registers."""
