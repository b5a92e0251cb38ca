"""Who attended, who gave a proxy, who was interested in the matter, and whether the quorum was met, in agreed words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inclusion_desk.documents.textes_variables import Valeurs
from inclusion_desk.domain.seances import STATUTS, VOTANTS, Presence, Seance
from inclusion_desk.domain.text import compter, enumerer


def attendance(seance: Seance, *, tenue: bool = True) -> Valeurs:
    """Give what the extract says of the members; nothing of a sitting that is not held yet."""
    if not tenue:
        return {"presences": [], "pouvoirs": None, "interesses": [], "quorum": None}
    return {
        "presences": list(_presences(seance)),
        "pouvoirs": _pouvoirs(seance),
        "interesses": list(_interesses(seance)),
        "quorum": _quorum(seance) if seance.membres else None,
    }


PRESENCES = {
    "presences": "Liste des groupes de membres : présents, excusés, absents…",
    "presences.titre": "Titre du groupe, accordé : Étaient présents…",
    "presences.noms": "Noms des membres du groupe",
    "pouvoirs": "Pouvoirs donnés, s’il y en a",
    "pouvoirs.titre": "Titre accordé : A donné pouvoir, Ont donné pouvoir",
    "pouvoirs.noms": "Qui a donné pouvoir, et à qui lorsqu’on le sait",
    "interesses": "Liste des groupes de membres intéressés à l’affaire",
    "interesses.noms": "Noms, précédés de Madame, Messieurs…",
    "interesses.etat": "État accordé : intéressés à l’affaire, et excusés ou absents s’ils le sont",
    "interesses.plusieurs": "Vrai s’ils sont plusieurs",
    "interesses.presents": "Vrai s’ils sont présents",
    "interesses.sans_delegation": "Vrai si aucun n’a donné pouvoir",
    "quorum": "Quorum ; absent tant que les membres ne sont pas connus",
    "quorum.seuil": "Nombre de membres exigé",
    "quorum.membres": "Nombre de membres en exercice",
    "quorum.comptes": "Nombre de membres présents ou représentés",
    "quorum.atteint": "Vrai si le quorum est atteint",
}
"""The same in words, for whoever edits the template."""


def _accord(presences: Sequence[Presence]) -> str:
    """Give the ending that agrees a participle with these people."""
    return ("e" if all(p.civilite == "Mme" for p in presences) else "") + ("s" if len(presences) > 1 else "")


def _presences(seance: Seance) -> Iterator[Valeurs]:
    for statut, libelle in STATUTS.items():
        if presences := seance.avec_statut(statut):
            yield {
                "titre": _titre(statut, libelle, presences),
                "noms": ", ".join(presence.nom_complet for presence in presences),
            }


def _titre(statut: str, libelle: str, presences: Sequence[Presence]) -> str:
    accord = _accord(presences)
    if statut == "present":
        return f"{'Étaient' if len(presences) > 1 else 'Était'} présent{accord}"
    return libelle.replace("excusé", f"excusé{accord}").replace("absent", f"absent{accord}").capitalize()


def _pouvoirs(seance: Seance) -> Valeurs | None:
    connus = {p.elu_id: p.nom_complet for p in seance.presences if p.elu_id}
    donnes = [(p.nom_complet, connus.get(p.mandataire or 0)) for p in seance.presences if _donne(p)]
    if not donnes:
        return None
    return {
        "titre": "Ont donné pouvoir" if len(donnes) > 1 else "A donné pouvoir",
        "noms": " ; ".join(f"{qui} à {a_qui}" if a_qui else qui for qui, a_qui in donnes),
    }


def _donne(presence: Presence) -> bool:
    return presence.pouvoir and presence.statut in VOTANTS


def _interesses(seance: Seance) -> Iterator[Valeurs]:
    for statut, etat in (("present", ""), ("excuse", " et excusé"), ("absent", " et absent")):
        if presences := [p for p in seance.interesses if p.statut == statut]:
            accord = _accord(presences)
            yield {
                "noms": _civilites(presences),
                "etat": f"intéressé{accord} à l’affaire" + (f"{etat}{accord}" if etat else ""),
                "plusieurs": len(presences) > 1,
                "presents": statut == "present",
                "sans_delegation": not any(p.pouvoir for p in presences),
            }


def _civilites(presences: Sequence[Presence]) -> str:
    """Name people grouped by civility: « Mesdames … ainsi que Messieurs … »."""
    groupes = []
    for civilite, seul, plusieurs in (("Mme", "Madame", "Mesdames"), ("M.", "Monsieur", "Messieurs")):
        noms = [f"{p.prenom} {p.nom}" for p in presences if p.civilite == civilite]
        if noms:
            groupes.append(f"{plusieurs if len(noms) > 1 else seul} {enumerer(noms)}")
    return " ainsi que ".join(groupes)


def _quorum(seance: Seance) -> Valeurs:
    reunis = seance.presents_ou_representes
    return {
        "seuil": compter(seance.quorum, "membre"),
        "membres": f"des {compter(seance.membres, 'membre')} en exercice",
        "comptes": f"{compter(reunis, 'membre')} étant {'présents ou représentés' if reunis > 1 else 'présent'}",
        "atteint": reunis >= seance.quorum,
    }
