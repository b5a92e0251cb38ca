"""The controls of the proxies: who gives one, who holds it, and whether it can be used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from inclusion_desk.domain.constats import Constat, Controle, Gravite
from inclusion_desk.domain.controles_seance import cibles_elus, dire_statut
from inclusion_desk.domain.controles_vue import Vue
from inclusion_desk.domain.seances import VOTANTS, Presence
from inclusion_desk.domain.text import compter, enumerer, pluriel


def _donnes(vue: Vue) -> list[Presence]:
    """List the councillors who gave a proxy."""
    return [presence for presence in vue.dossier.seance.presences if presence.pouvoir]


def _par_elu(vue: Vue) -> dict[int, Presence]:
    return {presence.elu_id: presence for presence in vue.dossier.seance.presences if presence.elu_id}


def _mandataire_absent(vue: Vue) -> Iterator[Constat]:
    """Check that who holds a proxy is present and has a vote: he alone can cast it (CGCT, L.3121-16)."""
    elus = _par_elu(vue)
    for presence in _donnes(vue):
        if presence.mandataire is None or presence.mandataire == presence.elu_id:
            continue
        mandataire = elus.get(presence.mandataire)
        if mandataire is None or mandataire.statut != "present":
            qui = mandataire.nom_complet if mandataire else "un élu qui ne figure pas à la feuille de présence"
            etat = f", {dire_statut(mandataire)}" if mandataire else ""
            yield Constat(
                "POU-01",
                Gravite.BLOQUANT,
                f"{presence.nom_complet} a donné pouvoir à {qui}{etat} : choisissez un membre présent.",
                cibles_elus(presence),
            )


def _mandataire_interesse(vue: Vue) -> Iterator[Constat]:
    """Point at proxies held by an interested member, who cannot vote: they are not counted (CGCT, L.1111-6)."""
    elus = _par_elu(vue)
    for presence in _donnes(vue):
        mandataire = elus.get(presence.mandataire or 0)
        if mandataire and mandataire.interesse and mandataire is not presence and not presence.interesse:
            interesse = "intéressée" if mandataire.civilite == "Mme" else "intéressé"
            yield Constat(
                "POU-02",
                Gravite.ATTENTION,
                f"{presence.nom_complet} a donné pouvoir à {mandataire.nom_complet}, {interesse} à l’affaire : ce "
                "pouvoir n’est pas compté au vote, désignez un autre mandataire.",
                cibles_elus(presence, mandataire),
            )


def _deux_pouvoirs(vue: Vue) -> Iterator[Constat]:
    """Check that nobody holds two proxies (CGCT, L.3121-16)."""
    recus: dict[int, list[Presence]] = defaultdict(list)
    for presence in _donnes(vue):
        if presence.mandataire:
            recus[presence.mandataire].append(presence)
    elus = _par_elu(vue)
    for elu_id, donneurs in recus.items():
        if len(donneurs) > 1:
            qui = elus[elu_id].nom_complet if elu_id in elus else "Un même élu"
            yield Constat(
                "POU-03",
                Gravite.BLOQUANT,
                f"{qui} détient {compter(len(donneurs), 'pouvoir')}, ceux de "
                f"{enumerer([p.nom_complet for p in donneurs])} : un seul est permis, désignez d’autres mandataires.",
                cibles_elus(*donneurs),
            )


def _boucle(vue: Vue) -> Iterator[Constat]:
    """Check that no proxy comes back to who gave it, at once or through others."""
    elus, vers = _par_elu(vue), {p.elu_id: p.mandataire for p in _donnes(vue) if p.elu_id and p.mandataire}
    dites: set[frozenset[int]] = set()
    for boucle in (_loop(depart, vers) for depart in vers):
        if not boucle or frozenset(boucle) in dites:
            continue
        dites.add(frozenset(boucle))
        membres = [elus[elu] for elu in boucle]
        femmes = all(presence.civilite == "Mme" for presence in membres)
        if len(membres) == 1:
            phrase = f"{membres[0].nom_complet} s’est donné pouvoir à {'elle' if femmes else 'lui'}-même"
        else:
            mutuel = "l’une à l’autre" if femmes else "l’un à l’autre"
            phrase = f"{enumerer([p.nom_complet for p in membres])} se sont donné pouvoir {mutuel}"
        yield Constat("POU-04", Gravite.BLOQUANT, f"{phrase} : désignez un membre présent.", cibles_elus(*membres))


def _loop(depart: int, vers: dict[int, int]) -> list[int]:
    """Follow proxies from who gives one; list who is met when they come back to him, nobody otherwise."""
    chemin, suivant = [depart], vers[depart]
    while suivant in vers and suivant not in chemin:
        chemin.append(suivant)
        suivant = vers[suivant]
    return chemin if suivant == depart else []


def _donneur_present(vue: Vue) -> Iterator[Constat]:
    """Point at proxies given by who attends, or has no vote: only who cannot attend gives one (CGCT, L.3121-16)."""
    for presence in _donnes(vue):
        if presence.interesse and presence.statut in VOTANTS:
            continue
        if presence.statut == "present":
            suite = "est à la fois présent et représenté : retirez le pouvoir, ou changez la présence"
            if presence.civilite == "Mme":
                suite = suite.replace("présent et représenté", "présente et représentée")
        elif presence.statut not in VOTANTS:
            suite = "a donné pouvoir sans avoir voix délibérative : retirez le pouvoir"
        else:
            continue
        yield Constat("POU-05", Gravite.ATTENTION, f"{presence.nom_complet} {suite}.", cibles_elus(presence))


def _sans_mandataire(vue: Vue) -> Iterator[Constat]:
    """Tell which proxies name no holder (the case says only that two were given)."""
    sans = [presence for presence in _donnes(vue) if presence.mandataire is None]
    if sans:
        yield Constat(
            "POU-06",
            Gravite.INFORMATION,
            f"{pluriel(len(sans), 'Le pouvoir', 'Les pouvoirs')} de {enumerer([p.nom_complet for p in sans])} "
            f"{pluriel(len(sans), 'n’a pas de mandataire connu', 'n’ont pas de mandataire connu')} : "
            f"{pluriel(len(sans), 'indiquez qui le détient', 'indiquez qui les détient')}.",
            cibles_elus(*sans),
        )


_CGCT = "Code général des collectivités territoriales, article"
CONTROLES_POUVOIRS = (
    Controle("POU-01", "Mandataire absent", _mandataire_absent, f"{_CGCT} L.3121-16"),
    Controle("POU-02", "Mandataire intéressé", _mandataire_interesse, f"{_CGCT} L.1111-6"),
    Controle("POU-03", "Deux pouvoirs pour un élu", _deux_pouvoirs, f"{_CGCT} L.3121-16"),
    Controle("POU-04", "Pouvoir en boucle", _boucle, f"{_CGCT} L.3121-16"),
    Controle("POU-05", "Pouvoir d’un présent", _donneur_present, f"{_CGCT} L.3121-16"),
    Controle("POU-06", "Pouvoir sans mandataire", _sans_mandataire, "Règle de la maison"),
)
"""The rules of the proxies, in the order in which they are shown."""
