"""Each rule about the sitting, the proxies and the act finds the fault built for it, and no other does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inclusion_desk.domain.constats import Gravite
from inclusion_desk.domain.controles import controler
from inclusion_desk.domain.deliberations import ArticleSaisi, Avis, Rectification, Visa, VoixGroupe, Vote
from inclusion_desk.domain.dossier import DossierSeance
from tests.domain.test_controles_dossier import acte, codes, constats, elu, numero, sain, seance

B, A, I = Gravite  # noqa: E741 - the severities, in order
Faute = Callable[[DossierSeance], DossierSeance]
APRES = date(2024, 12, 10)


def vote(d: DossierSeance, **nombres: int) -> DossierSeance:
    """Change the count of some positions."""
    return acte(d, votes=tuple(replace(v, nombre=nombres.get(v.position, v.nombre)) for v in d.deliberation.votes))


def pouvoir(d: DossierSeance, de: str, a: str) -> DossierSeance:
    """Give the proxy of one councillor to another."""
    return elu(d, de, pouvoir=True, mandataire=numero(d, a))


def libre(d: DossierSeance, texte: str) -> DossierSeance:
    """Add a free article."""
    suite = [ArticleSaisi("financement", n) for n in (1, 3, 4)]
    reste = (ArticleSaisi("conventions"), ArticleSaisi("avenants"), ArticleSaisi("imputation"))
    return acte(d, articles=(*suite, *reste, ArticleSaisi("libre", None, texte)))


def visa(d: DossierSeance, un: Visa) -> DossierSeance:
    """Add a visa."""
    return acte(d, visas=(*d.deliberation.visas, un))


def avis(d: DossierSeance, **champs: object) -> DossierSeance:
    """Change the first opinion."""
    premier, *autres = d.deliberation.avis
    return acte(d, avis=(replace(premier, **champs), *autres))  # type: ignore[arg-type]


def groupes(d: DossierSeance, *nombres: int | None) -> DossierSeance:
    """Count the votes for by group."""
    pour, *autres = d.deliberation.votes
    siens = tuple(VoixGroupe(f"Groupe {n}", nombre) for n, nombre in enumerate(nombres))
    return acte(d, votes=(Vote("pour", pour.nombre, siens), *autres))


def delib(objet: str, numero: str, jour: date | None) -> Visa:
    return Visa("deliberation", objet, numero=numero, instance="Commission permanente", jour=jour)


FAUTES: dict[str, tuple[str, Gravite, set[str], Faute]] = {
    "a tie": ("SEA-14", A, set(), lambda d: vote(d, pour=14, contre=14, abstention=1)),
    "nobody for": ("SEA-13", B, set(), lambda d: vote(d, pour=0, contre=0, abstention=29)),
    "a councillor whose office is over": ("SEA-15", B, set(), lambda d: elu(d, "LEROY", en_fonction=False)),
    "the same before the vote": ("SEA-15", A, set(), lambda d: acte(
        elu(d, "LEROY", en_fonction=False), votes=(), issue=None, numero="", date_signature=None)),
    "a member left out of the sheet": ("SEA-16", B, set(), lambda d: seance(d, omis=("Mme Claude EXEMPLE",))),
    "a mandate and no interest": ("SEA-17", B, set(), lambda d: elu(d, "LEROY", mandat=True)),
    "nobody presides": ("SEA-18", B, set(), lambda d: seance(d, president="", lieu=" ")),
    "a hyphen less": ("SEA-08", B, {"SEA-02", "SEA-03"}, lambda d: seance(d, presences=(
        *d.seance.presences, replace(d.seance.presences[0], prenom="Jean Claude", elu_id=999)))),
    "no quorum": ("SEA-01", B, {"SEA-02", "SEA-10", "SEA-12", "POU-01"}, lambda d: seance(d, presences=tuple(
        replace(p, statut="absent") if p.statut == "present" else p for p in d.seance.presences))),
    "a vote too many": ("SEA-02", B, {"SEA-03"}, lambda d: vote(d, pour=30)),
    "a member not accounted for": ("SEA-03", B, set(), lambda d: vote(d, absent=2)),
    "an interested member represented": ("SEA-04", B, set(), lambda d: pouvoir(d, "DRAIN", "LOQUET")),
    "interested members in abstention": ("SEA-05", A, set(), lambda d: acte(d, interesses_en_abstention=True)),
    "no date": ("SEA-06", A, set(), lambda d: seance(d, jour=None)),
    "no attendance": ("SEA-07", A, {"SEA-02", "SEA-03", "SEA-12"}, lambda d: seance(d, presences=())),
    "a member excused and absent": ("SEA-08", B, {"SEA-03"}, lambda d: seance(d, presences=(
        *d.seance.presences, replace(d.seance.presences[-6], statut="excuse")))),
    "a member said excused": (
        "SEA-09", A, {"ART-04"}, lambda d: libre(d, "Prendre acte que M. René HOCQ est excusé.")),
    "a member said absent": (
        "SEA-09", A, {"ART-04"}, lambda d: libre(d, "Prendre acte de l’absence de Mme Valérie Cuvillier.")),
    "a president who is not there": ("SEA-10", A, set(), lambda d: seance(d, president="M. René HOCQ")),
    "a secretary nobody knows": ("SEA-10", A, set(), lambda d: seance(d, secretaire="Mme Claude INCONNUE")),
    "groups that do not add up": ("SEA-11", B, set(), lambda d: groupes(d, 20, 8)),
    "groups that exceed the count": ("SEA-11", B, set(), lambda d: groupes(d, 30, None)),
    "an interested member who votes": (
        "SEA-12", B, {"SEA-02"}, lambda d: vote(d, pour=30, ne_prend_pas_part=11)),
    "adopted against the vote": ("SEA-13", B, set(), lambda d: vote(d, pour=14, contre=15)),
    "rejected against the vote": ("SEA-13", B, set(), lambda d: acte(d, issue="rejete")),
    "a proxy to an absent": ("POU-01", B, set(), lambda d: pouvoir(d, "WOZNY", "GEORGET")),
    "a proxy to who has no vote": ("POU-01", B, set(), lambda d: pouvoir(d, "WOZNY", "TELLIER")),
    "a proxy to nobody known": ("POU-01", B, set(), lambda d: elu(d, "WOZNY", mandataire=999)),
    "a proxy to an interested member": (
        "POU-02", A, {"SEA-02"}, lambda d: pouvoir(d, "WOZNY", "MATRAT")),
    "two proxies": ("POU-03", B, set(), lambda d: pouvoir(d, "WOZNY", "LEROY")),
    "a proxy to oneself": ("POU-04", B, set(), lambda d: pouvoir(d, "WOZNY", "WOZNY")),
    "proxies to each other": (
        "POU-04", B, {"POU-01"}, lambda d: pouvoir(pouvoir(d, "WOZNY", "DISSAUX"), "DISSAUX", "WOZNY")),
    "a proxy of who attends": ("POU-05", A, set(), lambda d: pouvoir(d, "BACHELET", "LOQUET")),
    "a proxy of who has no vote": ("POU-05", A, set(), lambda d: pouvoir(d, "TELLIER", "LOQUET")),
    "a proxy without a holder": ("POU-06", I, set(), lambda d: elu(d, "WOZNY", mandataire=None)),
    "a vote without a number": ("DEL-01", A, set(), lambda d: acte(d, numero=" ")),
    "a number of another year": ("DEL-02", A, set(), lambda d: acte(d, numero="2023-587")),
    "signed before the vote": ("DEL-03", A, set(), lambda d: acte(d, date_signature=date(2024, 12, 8))),
    "an act that replaces itself": (
        "DEL-04", A, set(), lambda d: acte(d, rectifie=Rectification("2024-587", None, "Phase 6"))),
    "an act that replaces a later one": (
        "DEL-04", A, set(), lambda d: acte(d, rectifie=Rectification("2024-500", APRES, "Phase 5"))),
    "no opinion": ("AVI-01", A, set(), lambda d: acte(d, avis=())),
    "no opinion yet": ("AVI-01", I, set(), lambda d: acte(d, avis=(), issue=None)),
    "an opinion after the vote": ("AVI-02", A, set(), lambda d: avis(d, jour=APRES)),
    "an unfavourable opinion": ("AVI-03", A, set(), lambda d: avis(d, sens="Défavorable")),
    "an opinion with a reserve": ("AVI-03", I, set(), lambda d: avis(d, sens="favorable avec réserve")),
    "an opinion that says nothing": ("AVI-04", I, set(), lambda d: avis(d, sens="")),
    "no visa of the report": ("VIS-01", A, set(), lambda d: acte(
        d, visas=tuple(v for v in d.deliberation.visas if v.nature != "rapport"))),
    "no visa at all": ("VIS-01", A, set(), lambda d: acte(d, visas=())),
    "a visa twice": ("VIS-02", A, set(), lambda d: visa(d, d.deliberation.visas[0])),
    "a deliberation cited twice": (
        "VIS-02", A, set(), lambda d: visa(d, delib("Autre titre", "2024-273", date(2024, 6, 17)))),
    "a visa after the vote": ("VIS-03", A, set(), lambda d: visa(d, delib("Phase 7", "2024-600", APRES))),
    "a visa of another year": (
        "VIS-04", A, set(), lambda d: visa(d, delib("Phase 1", "2023-100", date(2024, 1, 8)))),
    "a visa without a number": ("VIS-04", A, set(), lambda d: visa(d, delib("Phase 1", "", None))),
}  # fmt: skip
"""What is wrong: its code, how much it matters, what follows from it, and the way to it from a sound phase."""


@pytest.mark.parametrize("nom", FAUTES)
def test_each_fault_is_found_by_its_rule_and_by_no_other(nom: str) -> None:
    code, gravite, suites, faute = FAUTES[nom]
    trouves = controler(faute(sain()))
    inutilisable = {"SEA-02"} if code.startswith("POU") else set()
    assert codes(trouves) - inutilisable == {code} | suites - inutilisable, "a proxy that cannot be used casts no vote"
    siens = [constat for constat in trouves if constat.code == code]
    assert {constat.gravite for constat in siens} == {gravite}
    assert all(constat.phrase.endswith(".") for constat in siens)


SAINS: dict[str, Faute] = {
    "groups that add up": lambda d: groupes(d, 20, 9),
    "groups counted in part": lambda d: groupes(d, 20, None),
    "members said as they were": lambda d: seance(
        replace(d, contexte="Mme DRAIN et M. HOCQ étaient absents ; Mme WOZNY était excusée."), lieu="Arras"),
    "members of both kinds in one sentence": lambda d: replace(
        d, contexte="Mme WOZNY, excusée, et M. GEORGET, absent, n’ont pas voté."),
    "nothing voted yet": lambda d: acte(d, votes=(), issue=None, numero="", date_signature=None),
    "a code cited for other articles": lambda d: visa(d, replace(d.deliberation.visas[0], articles="L.1111-6")),
    "another opinion": lambda d: acte(
        d, avis=(*d.deliberation.avis, Avis("3e commission", "Équipement", date(2024, 12, 9), "favorable"))),
    "an act that corrects a former one": lambda d: acte(
        d, rectifie=Rectification("2024-500", date(2024, 11, 4), "Phase 5")),
    "a president without a first name in full": lambda d: seance(d, president="Monsieur Jean-Claude Leroy"),
}  # fmt: skip
"""What looks like a fault and is none."""


@pytest.mark.parametrize("nom", SAINS)
def test_what_is_no_fault_raises_nothing(nom: str) -> None:
    assert controler(SAINS[nom](sain())) == ()


def test_faults_of_councillors_lead_to_them() -> None:
    dossier = pouvoir(sain(), "WOZNY", "LEROY")
    (constat,) = constats(dossier, "POU-03")
    assert {cible.sujet for cible in constat.cibles} == {"elus"}
    assert {cible.id for cible in constat.cibles} == {numero(dossier, "WOZNY"), numero(dossier, "DISSAUX")}


def test_a_loop_of_three_is_told_once() -> None:
    dossier = sain()
    for de, a in (("WOZNY", "DISSAUX"), ("DISSAUX", "GEORGET"), ("GEORGET", "WOZNY")):
        dossier = pouvoir(dossier, de, a)
    (constat,) = constats(dossier, "POU-04")
    assert "M. Jean-Claude DISSAUX, M. Pierre GEORGET et Mme Florence WOZNY se sont donné pouvoir" in constat.phrase
