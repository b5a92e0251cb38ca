"""The controls of the sitting: date, attendance, quorum, vote against attendance, interested members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inclusion_desk.domain.constats import Cible, Constat, Controle, Gravite
from inclusion_desk.domain.controles_vue import Vue
from inclusion_desk.domain.deliberations import ADOPTIONS, POSITIONS
from inclusion_desk.domain.seances import STATUTS, VOTANTS, Presence
from inclusion_desk.domain.text import cle_nom, compter, enumerer, fold, pluriel

_NOMMES = 3
_PHRASE = re.compile(r"[^.;\n]+")
_DIT = re.compile(r"\b(?:excus|absen)", re.IGNORECASE)


def cibles_elus(*presences: Presence) -> tuple[Cible, ...]:
    """Lead to councillors, where they are known by an id."""
    return tuple(Cible("elus", presence.elu_id) for presence in presences if presence.elu_id)


def dire_statut(presence: Presence) -> str:
    """Say how a councillor attended, agreed with her or him: ``absente``, ``excusé sans voix délibérative``."""
    premier, _, suite = STATUTS.get(presence.statut, presence.statut).partition(" ")
    return f"{accorder(presence, premier)} {suite}".strip()


def accorder(presence: Presence, mot: str) -> str:
    """Agree a word with a councillor."""
    return f"{mot}e" if presence.civilite == "Mme" else mot


def _quorum(vue: Vue) -> Iterator[Constat]:
    """Check the quorum: the majority of the members in office, present or represented (CGCT, L.3121-14-1)."""
    seance = vue.dossier.seance
    reunis = seance.presents_ou_representes
    if seance.presences and reunis < seance.quorum:
        yield Constat(
            "SEA-01",
            Gravite.BLOQUANT,
            "Le quorum n’est pas atteint : "
            f"{compter(reunis, 'membre présent ou représenté', 'membres présents ou représentés')} "
            f"pour {seance.quorum} requis ; reportez le vote, ou complétez la feuille de présence.",
        )


def _voix(vue: Vue) -> Iterator[Constat]:
    """Check the votes cast against those that may be (the case: 39 present, 12 interested, 2 proxies make 29)."""
    seance, deliberation = vue.dossier.seance, vue.dossier.deliberation
    exprimes = sum(deliberation.nombre(p) for p in ("pour", "contre", "abstention"))
    if deliberation.votes and exprimes != seance.voix:
        yield Constat(
            "SEA-02",
            Gravite.BLOQUANT,
            f"Le vote compte {exprimes} voix et la feuille de présence en donne {seance.voix} : corrigez "
            "l’un ou l’autre.",
        )


def _decompte(vue: Vue) -> Iterator[Constat]:
    """Check that the vote accounts for every member in office (the case: 29 + 0 + 12 + 3 = 44)."""
    seance, deliberation = vue.dossier.seance, vue.dossier.deliberation
    total = sum(vote.nombre for vote in deliberation.votes)
    if deliberation.votes and total != seance.membres:
        yield Constat(
            "SEA-03",
            Gravite.BLOQUANT,
            f"Le vote rend compte de {compter(total, 'membre')} sur {seance.membres} en exercice : reprenez "
            "le décompte.",
        )


def _interesses_pouvoir(vue: Vue) -> Iterator[Constat]:
    """Check that no interested member gave a proxy: he takes no part in the vote (CGCT, L.1111-6)."""
    fautifs = [p for p in vue.dossier.seance.presences if p.interesse and p.pouvoir and p.statut in VOTANTS]
    for presence in fautifs:
        interesse = accorder(presence, "intéressé")
        yield Constat(
            "SEA-04",
            Gravite.BLOQUANT,
            f"{presence.nom_complet} est {interesse} à l’affaire et a donné pouvoir : retirez le pouvoir.",
            cibles_elus(presence),
        )


def _interesses_abstention(vue: Vue) -> Iterator[Constat]:
    """Tell that interested members are printed as abstentions (the case, l.157): they took no part in the vote."""
    deliberation = vue.dossier.deliberation
    nombre = deliberation.nombre("ne_prend_pas_part")
    if deliberation.interesses_en_abstention and nombre:
        yield Constat(
            "SEA-05",
            Gravite.ATTENTION,
            f"{compter(nombre, 'membre intéressé', 'membres intéressés')} à l’affaire "
            f"{pluriel(nombre, 'est compté', 'sont comptés')} en abstention, non comme ne prenant pas part au vote : "
            "choisissez l’autre présentation du vote.",
        )


def _sans_date(vue: Vue) -> Iterator[Constat]:
    """Point at a phase whose sitting is not fixed: no period can be compared with the vote."""
    if vue.dossier.seance.jour is None:
        yield Constat(
            "SEA-06",
            Gravite.INFORMATION if vue.dossier.projet else Gravite.ATTENTION,
            "La date de la séance n’est pas fixée : choisissez une séance pour la phase.",
        )


def _sans_feuille(vue: Vue) -> Iterator[Constat]:
    """Point at a vote without an attendance sheet: neither quorum nor votes can be checked."""
    if vue.dossier.deliberation.votes and not vue.dossier.seance.presences:
        yield Constat(
            "SEA-07",
            Gravite.ATTENTION,
            "Un vote est saisi et la feuille de présence est vide : renseignez les présents, les excusés et les "
            "absents.",
        )


def _deux_fois(vue: Vue) -> Iterator[Constat]:
    """Check that each councillor stands once in the attendance: twice, he counts twice."""
    par_elu: dict[str, list[Presence]] = {}
    for presence in vue.dossier.seance.presences:
        par_elu.setdefault(cle_nom(f"{presence.prenom} {presence.nom}"), []).append(presence)
    for siennes in par_elu.values():
        if len(siennes) > 1:
            statuts = list(dict.fromkeys(STATUTS.get(p.statut, p.statut) for p in siennes))
            comme = f", comme {enumerer(statuts)}" if len(statuts) > 1 else ""
            yield Constat(
                "SEA-08",
                Gravite.BLOQUANT,
                f"{siennes[0].nom_complet} figure {len(siennes)} fois à la feuille de présence{comme} : gardez une "
                "seule mention.",
                cibles_elus(siennes[0]),
            )


_DITS = {"excus": ("excuse", "excuse_sans_voix"), "absen": ("absent",)}
"""The beginnings of the words that texts use of a councillor, and the statuses they mean."""


def _dit_autrement(vue: Vue) -> Iterator[Constat]:
    """Point at texts that call excused a member recorded as absent, or the reverse (the case, l.75 and l.27)."""
    for texte in vue.textes:
        for phrase in _PHRASE.findall(texte.imprime):
            if not _DIT.search(phrase):
                continue
            plie = fold(phrase)
            mots = [mot for mot in _DITS if re.search(rf"\b{mot}", plie)]
            if len(mots) != 1:
                continue
            for presence in vue.dossier.seance.presences:
                if presence.statut not in _DITS[mots[0]] and re.search(rf"\b{re.escape(fold(presence.nom))}\b", plie):
                    donne, dit = accorder(presence, "donné"), "excusé" if mots[0] == "excus" else "absent"
                    yield Constat(
                        "SEA-09",
                        Gravite.ATTENTION,
                        f"Dans {texte.lieu}, {presence.nom_complet} est {donne} pour {accorder(presence, dit)} et la "
                        f"feuille de présence porte « {dire_statut(presence)} » : accordez les deux.",
                        cibles_elus(presence),
                    )


def _bureau(vue: Vue) -> Iterator[Constat]:
    """Check that who presides and who keeps the minutes are among the present."""
    seance = vue.dossier.seance
    presents = [cle_nom(f"{p.prenom} {p.nom}") for p in seance.avec_statut("present")]
    for role, nom in (("La présidence est donnée", seance.president), ("Le secrétariat est donné", seance.secretaire)):
        if nom and seance.presences and not any(present in cle_nom(nom) for present in presents):
            yield Constat(
                "SEA-10",
                Gravite.ATTENTION,
                f"{role} à {nom}, qui n’est pas parmi les présents : corrigez l’un ou l’autre.",
            )


def _groupes(vue: Vue) -> Iterator[Constat]:
    """Check that the counts given by group add up to that of the position."""
    for vote in vue.dossier.deliberation.votes:
        nombres = [groupe.nombre for groupe in vote.groupes if groupe.nombre is not None]
        complet = len(nombres) == len(vote.groupes)
        if nombres and (sum(nombres) > vote.nombre or (complet and sum(nombres) != vote.nombre)):
            yield Constat(
                "SEA-11",
                Gravite.BLOQUANT,
                f"Le vote « {POSITIONS.get(vote.position, vote.position)} » compte {vote.nombre} et ses groupes "
                f"{sum(nombres)} : reprenez le décompte par groupe.",
            )


def _interesses_votants(vue: Vue) -> Iterator[Constat]:
    """Check that the interested members present are those who take no part in the vote (CGCT, L.1111-6)."""
    presents = [p for p in vue.dossier.seance.interesses if p.statut == "present"]
    nombre = vue.dossier.deliberation.nombre("ne_prend_pas_part")
    if vue.dossier.deliberation.votes and nombre != len(presents):
        noms = f" ({nommer(presents)})" if presents else ""
        yield Constat(
            "SEA-12",
            Gravite.BLOQUANT,
            f"{compter(len(presents), 'membre présent est intéressé', 'membres présents sont intéressés')} à l’affaire"
            f"{noms} et le vote en compte {nombre} ne prenant pas part : aucun ne peut voter, reprenez le décompte.",
            cibles_elus(*presents),
        )


def nommer(presences: list[Presence]) -> str:
    """Name some councillors, the first three where they are many."""
    noms = [presence.nom_complet for presence in presences]
    reste = len(noms) - _NOMMES
    return f"{', '.join(noms[:_NOMMES])} et {compter(reste, 'autre')}" if reste > 0 else enumerer(noms)


def _issue(vue: Vue) -> Iterator[Constat]:
    """Check that the outcome is that of the vote; a tie is left to the President’s vote (L.3121-15)."""
    deliberation = vue.dossier.deliberation
    pour, contre = deliberation.nombre("pour"), deliberation.nombre("contre")
    adopte = deliberation.issue in ADOPTIONS
    if not deliberation.votes or not (adopte or deliberation.issue == "rejete"):
        return
    if (adopte and (pour < contre or not pour)) or (not adopte and pour > contre):
        yield Constat(
            "SEA-13",
            Gravite.BLOQUANT,
            f"La délibération est dite {'adoptée' if adopte else 'rejetée'} avec {compter(pour, 'voix', 'voix')} pour "
            f"et {contre} contre : corrigez l’issue ou le vote.",
        )


CGCT = "Code général des collectivités territoriales, article"
CONTROLES_SEANCE = (
    Controle("SEA-01", "Quorum", _quorum, f"{CGCT} L.3121-14-1"),
    Controle("SEA-02", "Voix et présence", _voix, "Arithmétique du vote"),
    Controle("SEA-03", "Vote et membres en exercice", _decompte, "Arithmétique du vote"),
    Controle("SEA-04", "Pouvoir d’un membre intéressé", _interesses_pouvoir, f"{CGCT} L.1111-6"),
    Controle("SEA-05", "Membres intéressés comptés en abstention", _interesses_abstention, f"{CGCT} L.1111-6"),
    Controle("SEA-06", "Date de la séance", _sans_date, "Règle de la maison"),
    Controle("SEA-07", "Feuille de présence", _sans_feuille, "Règle de la maison"),
    Controle("SEA-08", "Élu cité deux fois", _deux_fois, "Arithmétique du vote"),
    Controle("SEA-09", "Élu dit excusé ou absent", _dit_autrement, "Délibération n° 2024-587, récusations"),
    Controle("SEA-10", "Président et secrétaire présents", _bureau, "Règle de la maison"),
    Controle("SEA-11", "Décompte par groupe", _groupes, "Arithmétique du vote"),
    Controle("SEA-12", "Vote d’un membre intéressé", _interesses_votants, f"{CGCT} L.1111-6"),
    Controle("SEA-13", "Issue du vote", _issue, f"{CGCT} L.3121-14"),
)
"""The rules of the sitting, in the order in which they are shown."""
