"""Builds frozen dossiers for tests, straight from the case file: a second road beside the store's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from inclusion_desk.domain.budget import LigneBudgetaire
from inclusion_desk.domain.campagnes import PeriodeDepot, libelle_periodes
from inclusion_desk.domain.deliberations import AnnexeJointe, Avis, Deliberation, Visa, VoixGroupe, Vote
from inclusion_desk.domain.dossier import DossierSeance, Ligne, Operation, ThematiqueDossier
from inclusion_desk.domain.figures import lier, sources
from inclusion_desk.domain.seances import Presence, Seance
from inclusion_desk.resources import resource


def cas() -> dict[str, Any]:
    """Read the case file."""
    lu: dict[str, Any] = json.loads(resource("cas/2024-6.json").read_text(encoding="utf-8"))
    return lu


def _jour(texte: str | None) -> date | None:
    return date.fromisoformat(texte) if texte else None


def _lignes(brut: dict[str, Any], dispositif: dict[str, Any], rang: int) -> tuple[Ligne, ...]:
    structures = {s["cle"]: (n, s) for n, s in enumerate(brut["structures"], start=1)}
    imputations = {b["code_operation"]: b["imputation"] for b in brut["budget"]}
    lignes = []
    for numero, p in enumerate(brut["propositions"], start=1):
        if p["dispositif"] != dispositif["cle"]:
            continue
        structure_id, s = structures[p["structure"]]
        lignes.append(
            Ligne(
                proposition_id=numero,
                dispositif_id=rang,
                structure_id=structure_id,
                territoire=p["territoire"],
                structure=s["nom"],
                forme=s["forme"],
                siret=s["siret"],
                representant=s["representant"],
                acte=p["acte"],
                modele=p["modele"],
                convention_initiale=p["convention_initiale"],
                debut=date.fromisoformat(p["debut"]),
                fin=date.fromisoformat(p["fin"]),
                volume=p["volume"],
                unite=dispositif["unite"],
                etp=p["etp"],
                montant=p["montant"],
                cofinancement=dispositif["cofinancement"],
                code_operation=p["ligne"],
                imputation=imputations[p["ligne"]],
                commune=s["commune"],
                engagement_republicain=s["forme"] in {"association", "fondation"},
                observations=p["observations"],
            )
        )
    return tuple(lignes)


def _thematiques(brut: dict[str, Any]) -> tuple[ThematiqueDossier, ...]:
    rangs = {d["cle"]: n for n, d in enumerate(brut["dispositifs"], start=1)}
    return tuple(
        ThematiqueDossier(
            t["numero"],
            t["intitule"],
            tuple(
                Operation(
                    d["ordre"],
                    rangs[d["cle"]],
                    d["numero"],
                    d["intitule"],
                    d["unite"],
                    d["cofinancement"],
                    _lignes(brut, d, rangs[d["cle"]]),
                    d.get("texte") or brut.get("textes", {}).get(d["cle"], ""),
                )
                for d in brut["dispositifs"]
                if d["thematique"] == t["numero"]
            ),
        )
        for t in brut["thematiques"]
    )


def _deliberation(brut: dict[str, Any]) -> Deliberation:
    d = brut["deliberation"]
    return Deliberation(
        numero=d["numero"],
        titre=d["titre"],
        visas=tuple(Visa(**{**v, "jour": _jour(v["jour"])}) for v in d["visas"]),
        avis=tuple(Avis(**{**a, "jour": date.fromisoformat(a["jour"])}) for a in d["avis"]),
        votes=tuple(Vote(v["position"], v["nombre"], tuple(VoixGroupe(g) for g in v["groupes"])) for v in d["votes"]),
        issue=d["issue"],
        interesses_en_abstention=d["interesses_en_abstention"],
        date_modele_convention=_jour(d["date_modele_convention"]),
        date_signature=_jour(d["date_signature"]),
        signataire=d["signataire"],
        qualite_signataire=d["qualite_signataire"],
    )


def dossier_du_cas() -> DossierSeance:
    """Build the dossier of the real case, phase 2024/6: 27 lines, 871 218 €."""
    brut = cas()
    thematiques = _thematiques(brut)
    seance = brut["seance"]
    proposes: dict[str, int] = {}
    for p in brut["propositions"]:
        proposes[p["ligne"]] = proposes.get(p["ligne"], 0) + p["montant"]
    dossier = DossierSeance(
        annee=brut["annee"],
        phase=brut["phase"],
        departement=brut["departement"],
        titre=brut["titre"],
        seance=Seance(
            jour=date.fromisoformat(seance["jour"]),
            instance=seance["instance"],
            lieu=seance["lieu"],
            president=seance["president"],
            qualite_president=seance["qualite_president"],
            secretaire=seance["secretaire"],
            presences=tuple(Presence(**p, ordre=n, elu_id=n) for n, p in enumerate(seance["presences"], start=1)),
        ),
        deliberation=_deliberation(brut),
        thematiques=thematiques,
        budget=tuple(
            LigneBudgetaire(
                id=n,
                version=1,
                code_operation=b["code_operation"],
                imputation=b["imputation"],
                libelle=b["libelle"],
                ae=b["ae"],
                engage_anterieur=b["engage_anterieur"],
                anterieur=b["engage_anterieur"],
                proposition=proposes[b["code_operation"]],
            )
            for n, b in enumerate(brut["budget"], start=1)
        ),
        contexte=brut["contexte"],
        periodes=_periodes(brut),
        date_rapport_cadre=_jour(brut["date_rapport_cadre"]),
        annexes=tuple(AnnexeJointe(a["numero"], a["titre"], a["texte"], a["modele"]) for a in brut["annexes"]),
    )
    return _lie(dossier)


def _periodes(brut: dict[str, Any]) -> str:
    return libelle_periodes(
        [
            PeriodeDepot(n, 1, 1, p["numero"], date.fromisoformat(p["debut"]), date.fromisoformat(p["fin"]))
            for n, p in enumerate(brut["periodes"], start=1)
        ]
    )


def _lie(dossier: DossierSeance) -> DossierSeance:
    """Tie the figures of every text to what they come from, as loading the case does."""
    connues = sources(dossier)

    def operation(o: Operation) -> Operation:
        return replace(o, texte=lier(o.texte, connues, dabord=(f"dispositif-{o.dispositif_id}.",)))

    return replace(
        dossier,
        thematiques=tuple(replace(t, operations=tuple(map(operation, t.operations))) for t in dossier.thematiques),
        contexte=lier(dossier.contexte, connues),
        annexes=tuple(replace(a, texte=lier(a.texte, connues)) for a in dossier.annexes),
    )


def dossier_a_voter() -> DossierSeance:
    """Build the dossier of the case as it stands before the vote: on the agenda, the count typed, no outcome."""
    dossier = dossier_du_cas()
    return replace(dossier, etat="seance", deliberation=replace(dossier.deliberation, issue=None))


def avec_lignes(dossier: DossierSeance, lignes: Sequence[Ligne]) -> DossierSeance:
    """Replace every operation of a dossier by one that holds the given lines."""
    premiere = dossier.operations[0]
    thematique = replace(dossier.thematiques[0], operations=(replace(premiere, lignes=tuple(lignes)),))
    return replace(dossier, thematiques=(thematique,))


def grand_dossier(nombre: int) -> DossierSeance:
    """Build a dossier of ``nombre`` lines by repeating those of the case, for benchmarks and page-breaking."""
    dossier = dossier_du_cas()
    modeles = dossier.lignes
    lignes = [replace(modeles[n % len(modeles)], proposition_id=n + 1) for n in range(nombre)]
    return avec_lignes(dossier, lignes)
