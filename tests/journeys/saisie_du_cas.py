"""The real case as a user types it: every row and every section of the sitting, from its file to the window."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from inclusion_desk.domain.budget import CHAMPS as CHAMPS_BUDGET
from inclusion_desk.domain.champs import Nature, par_nom
from inclusion_desk.domain.deliberations import CHAMPS_REFERENCE
from inclusion_desk.domain.dispositifs import CHAMPS as CHAMPS_DISPOSITIF
from inclusion_desk.domain.propositions import CHAMPS as CHAMPS_PROPOSITION
from inclusion_desk.domain.structures import CHAMPS as CHAMPS_STRUCTURE
from inclusion_desk.domain.text import format_date
from inclusion_desk.services.cas import lire_cas
from inclusion_desk.ui.atelier import Atelier
from inclusion_desk.ui.formulaire import Formulaire
from inclusion_desk.ui.presences_modele import INCONNU, INTERET, POUVOIR, STATUT
from inclusion_desk.ui.redaction import Redaction
from inclusion_desk.ui.sections.deliberation import ActeDeLaPhase
from inclusion_desk.ui.sections.presences import Presences
from inclusion_desk.ui.sections.seance import DateEtLieu
from inclusion_desk.ui.sections.textes import Textes
from inclusion_desk.ui.sections.visas import Visas
from inclusion_desk.ui.sections.vote import VoteDeLaPhase
from tests.journeys.formes import add, leave, show, submit

CAS = lire_cas()
_DATES = frozenset({Nature.DATE})


def shown(champs: Any, valeurs: Mapping[str, Any]) -> dict[str, str]:
    """Write values as a user types them."""
    par = par_nom(champs)
    return {nom: par[nom].montrer(_value(par[nom].nature, v)) for nom, v in valeurs.items() if v not in (None, "")}


def _value(nature: Nature, valeur: Any) -> Any:
    return date.fromisoformat(valeur) if nature is Nature.DATE else valeur


def day(iso: str) -> str:
    return format_date(date.fromisoformat(iso))


def enter_campaign(atelier: Atelier) -> None:
    """Open the campaign of the case, and make its phase the sixth."""
    atelier.commandes["campagne"].trigger()
    ouverts = [f for f in QApplication.topLevelWidgets() if isinstance(f, Formulaire) and f.isVisible()]
    submit(ouverts[0], {"annee": str(CAS["annee"]), "modele": "Aucune : campagne vide"})
    phases = atelier.onglets.montrer("phases")
    phases.table.selectRow(0)
    phases.edition.modifier()
    submit(phases.edition.formulaire, {"numero": str(CAS["phase"]), "titre": CAS["titre"]})
    page = atelier.onglets.montrer("thematiques")
    for t in CAS["thematiques"]:
        add(page, {"numero": str(t["numero"]), "intitule": t["intitule"]})
    page = atelier.onglets.montrer("periodes")
    for p in CAS["periodes"]:
        add(page, {"numero": str(p["numero"]), "debut": day(p["debut"]), "fin": day(p["fin"])})


def enter_rows(atelier: Atelier) -> None:
    """Enter structures, dispositifs, budget lines and propositions."""
    page = atelier.onglets.montrer("structures")
    for s in CAS["structures"]:
        valeurs = shown(CHAMPS_STRUCTURE, {n: v for n, v in s.items() if n != "cle"})
        signe = s["forme"] in {"association", "fondation"}
        add(page, {**valeurs, "engagement_republicain": "oui" if signe else "non"})
    thematiques = {t["numero"]: f"{t['numero']} – {t['intitule']}" for t in CAS["thematiques"]}
    page = atelier.onglets.montrer("dispositifs")
    for d in CAS["dispositifs"]:
        champs = {n: d[n] for n in ("numero", "intitule", "unite", "cofinancement")}
        add(page, {"thematique_id": thematiques[d["thematique"]], **shown(CHAMPS_DISPOSITIF, champs)})
    page = atelier.onglets.montrer("budget")
    for b in CAS["budget"]:
        valeurs = {**{n: v for n, v in b.items() if n != "ae"}, "ae_initiale": b["ae"]}
        add(page, shown(CHAMPS_BUDGET, valeurs))
    _enter_lines(atelier)


def _enter_lines(atelier: Atelier) -> None:
    structures = {s["cle"]: s["nom"] for s in CAS["structures"]}
    dispositifs = {
        d["cle"]: f"{d['numero']} – {d['intitule']}" if d["numero"] else d["intitule"] for d in CAS["dispositifs"]
    }
    lignes = {b["code_operation"]: f"{b['code_operation']} – {b['libelle']}" for b in CAS["budget"]}
    page = atelier.onglets.montrer("propositions")
    for p in CAS["propositions"]:
        references = {
            "dispositif_id": dispositifs[p["dispositif"]],
            "structure_id": structures[p["structure"]],
            "territoire_id": p["territoire"],
            "ligne_budgetaire_id": lignes[p["ligne"]],
        }
        autres = {n: v for n, v in p.items() if n not in {"dispositif", "structure", "territoire", "ligne"}}
        add(page, {**references, **shown(CHAMPS_PROPOSITION, autres)})


def enter_people(atelier: Atelier) -> None:
    """Enter groups and councillors."""
    page = atelier.onglets.montrer("groupes")
    for ordre, nom in enumerate(CAS["groupes"], start=1):
        add(page, {"nom": nom, "ordre": str(ordre)})
    page = atelier.onglets.montrer("elus")
    for ordre, p in enumerate(CAS["seance"]["presences"], start=1):
        membre = "non" if p["statut"].endswith("sans_voix") else "oui"
        noms = {n: p[n] for n in ("civilite", "prenom", "nom")}
        add(page, {**noms, "membre": membre, "ordre": str(ordre)})


def enter_sitting(atelier: Atelier) -> None:
    """Fix the sitting, then mark the attendance sheet."""
    vue = show(atelier, "seance", "seance")
    assert isinstance(vue, DateEtLieu)
    seance = CAS["seance"]
    textes = {n: seance[n] for n in ("instance", "lieu", "president", "qualite_president", "secretaire")}
    leave(vue.fiche, {"jour": day(seance["jour"]), **textes})
    leave(vue.campagne, {"date_rapport_cadre": day(CAS["date_rapport_cadre"])})
    for identifiant in list(vue.periodes):
        vue.periodes[identifiant].click()
    _attendance(atelier)


def _attendance(atelier: Atelier) -> None:
    vue = show(atelier, "seance", "presences")
    assert isinstance(vue, Presences)
    for p in CAS["seance"]["presences"]:
        nom = f"{p['civilite']} {p['prenom']} {p['nom']}"
        if nom not in [ligne.nom_complet for ligne in vue.modele.lignes]:
            next(a for a in vue._menu.actions() if a.text().startswith(nom)).trigger()
        rang = [ligne.nom_complet for ligne in vue.modele.lignes].index(nom)
        if vue.modele.lignes[rang].statut != p["statut"]:
            vue.modele.setData(vue.modele.index(rang, STATUT), p["statut"])
        if p["pouvoir"]:
            vue.modele.setData(vue.modele.index(rang, POUVOIR), INCONNU)
        if p["interesse"]:
            vue.modele.setData(vue.modele.index(rang, INTERET), None, Qt.ItemDataRole.CheckStateRole)


def enter_act(atelier: Atelier) -> None:
    """Describe the deliberation, cite its references, report the opinions, join the annexes."""
    acte = CAS["deliberation"]
    vue = show(atelier, "seance", "deliberation")
    assert isinstance(vue, ActeDeLaPhase)
    jours = {n: day(acte[n]) for n in ("date_modele_convention", "date_signature")}
    noms = {n: acte[n] for n in ("numero", "titre", "signataire", "qualite_signataire")}
    leave(vue.fiche, {**noms, **jours})
    page = atelier.onglets.montrer("references")
    lues = [page.modele.lignes.row(rang) for rang in range(len(page.modele.lignes))]
    connues = {(lue.objet, lue.articles) for lue in lues if lue is not None}
    for v in acte["visas"]:
        if (v["objet"], v["articles"]) not in connues:
            add(page, {**shown(CHAMPS_REFERENCE, v), "par_defaut": "non"})
    _cite(atelier)
    page = atelier.onglets.montrer("avis")
    for a in acte["avis"]:
        add(page, {**{n: a[n] for n in ("commission", "intitule", "sens")}, "jour": day(a["jour"])})
    page = atelier.onglets.montrer("annexes")
    for a in CAS["annexes"]:
        add(page, {"numero": str(a["numero"]), "titre": a["titre"], "modele": _modele(page, a["modele"])})


def _modele(page: Any, code: str | None) -> str:
    champ = par_nom(page.sujet.champs)["modele"]
    return champ.montrer(code) if code else ""


def _cite(atelier: Atelier) -> None:
    vue = show(atelier, "seance", "visas")
    assert isinstance(vue, Visas)
    for v in CAS["deliberation"]["visas"]:
        voulu = v["numero"] or v["articles"] or v["objet"]
        rang = next((n for n, item in enumerate(_texts(vue.autres)) if voulu in item), None)
        if rang is not None:
            vue.autres.setCurrentRow(rang)
            vue._gestes["ajouter"].click()
    ordre = [v["numero"] or v["articles"] or v["objet"] for v in CAS["deliberation"]["visas"]]
    for place, voulu in enumerate(ordre):
        while True:
            rang = next(n for n, item in enumerate(_texts(vue.choisis)) if voulu in item)
            if rang == place:
                break
            vue.choisis.setCurrentRow(rang)
            vue._gestes["monter"].click()


def _texts(liste: Any) -> list[str]:
    return [liste.item(rang).text() for rang in range(liste.count())]


def write(redaction: Redaction, texte: str) -> None:
    """Type a text, and leave it."""
    redaction.setPlainText(texte)
    QApplication.sendEvent(redaction, QFocusEvent(QEvent.Type.FocusOut))


def enter_texts(atelier: Atelier) -> None:
    """Write the context, the operations and the joined annexes."""
    vue = show(atelier, "seance", "textes")
    assert isinstance(vue, Textes)
    intitules = {d["intitule"]: CAS["textes"].get(d["cle"], "") for d in CAS["dispositifs"]}
    annexes = {a["titre"]: a["texte"] for a in CAS["annexes"]}
    for cle in list(vue._textes):
        vue._show(cle)
        titre = vue._textes[cle].titre
        voulu = CAS["contexte"] if cle == "contexte" else _find({**intitules, **annexes}, titre)
        if voulu:
            write(vue.texte, voulu)
            assert vue._faute.isHidden(), vue._faute.text()

    _order(vue)


def _order(vue: Textes) -> None:
    """Put the operations of each annexe in the order of the case, one step at a time."""
    rangs = [d["intitule"] for d in CAS["dispositifs"]]
    deplace = True
    while deplace:
        deplace = False
        operations = [t for t in vue._textes.values() if t.cle.startswith("operation:")]
        for avant, apres in itertools.pairwise(operations):
            meme = avant.groupe == apres.groupe
            if meme and _rank(rangs, avant.titre) > _rank(rangs, apres.titre):
                vue._show(apres.cle)
                vue.gestes["monter"].click()
                deplace = True
                break


def _rank(rangs: list[str], titre: str) -> int:
    return next(n for n, intitule in enumerate(rangs) if titre.endswith(intitule))


def _find(textes: Mapping[str, str], titre: str) -> str:
    return next(texte for nom, texte in textes.items() if titre.endswith(nom))


def enter_vote(atelier: Atelier) -> VoteDeLaPhase:
    """Type the count of the vote, position by position."""
    vue = show(atelier, "seance", "vote")
    assert isinstance(vue, VoteDeLaPhase)
    for v in CAS["deliberation"]["votes"]:
        total = vue.decompte.totaux[v["position"]]
        total.setText(str(v["nombre"]))
        for nom in v["groupes"]:
            vue.decompte.voix[v["position"], nom].case.click()
        total.editingFinished.emit()
    if CAS["deliberation"]["interesses_en_abstention"]:
        vue.en_abstention.click()
    return vue
