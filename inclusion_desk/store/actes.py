"""Reads one convention or avenant whole, as its documents need it: from its rows, or from its copy once sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from inclusion_desk.domain import instantane
from inclusion_desk.domain.actes import Acte, Autorisation, Beneficiaire, Departement, FicheAnnexee
from inclusion_desk.domain.actions import Periode, continue_action, periode
from inclusion_desk.domain.conventions import Avenant, Consolidation, Convention, consolider
from inclusion_desk.domain.dossier import DossierSeance, Ligne, somme
from inclusion_desk.domain.echeanciers import phrases
from inclusion_desk.domain.fiches import FicheAction
from inclusion_desk.domain.modeles_actes import CONVENTION
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.refus import Introuvable
from inclusion_desk.domain.structures import FORMES
from inclusion_desk.domain.suivi import VersementSuivi
from inclusion_desk.domain.text import enumerer, typo
from inclusion_desk.store import conventions, dossiers, fiches, seances, versements
from inclusion_desk.store.engine import Session
from inclusion_desk.store.rows import read_one
from inclusion_desk.store.tables import collectivite, structure


def load(session: Session, convention_id: int, avenant_id: int | None = None) -> Acte:
    """Read one act: as it went out for signature, or as it stands while a draft.

    Raises:
        Introuvable: it is gone.
        BaseRefusee: its copy was altered.
    """
    return next(load_all(session, [(convention_id, avenant_id)]))


def load_all(session: Session, ids: Iterable[tuple[int, int | None]]) -> Iterator[Acte]:
    """Read acts one after the other, as ``load`` does; the dossier of their phase is read once for all.

    Raises:
        Introuvable: one is gone.
        BaseRefusee: a copy was altered.
    """
    lus: dict[int, DossierSeance] = {}
    for convention_id, avenant_id in ids:
        copie = conventions.load_copy(session, convention_id, avenant_id)
        yield build(session, convention_id, avenant_id, lus) if copie is None else instantane.lire_acte(*copie)


def build(
    session: Session, convention_id: int, avenant_id: int | None, lus: dict[int, DossierSeance] | None = None
) -> Acte:
    """Build an act from the rows at hand; ``lus`` keeps the dossiers read, by phase.

    Raises:
        Introuvable: it is gone.
    """
    convention = conventions.load_one(session, convention_id)
    avenants = conventions.load_avenants(session, convention_id=convention_id)
    avenant = next((a for a in avenants if a.id == avenant_id), None)
    if avenant_id is not None and avenant is None:
        raise Introuvable("Cet avenant n’existe plus : un autre poste l’a supprimé. Actualisez l’affichage.")
    rang = avenant.rang if avenant else 0
    chaine = consolider(
        convention,
        [a for a in avenants if a.rang <= rang],
        conventions.load_tranches(session, convention_id),
        conventions.load_annexes(session, convention_id),
    )
    phase_id = avenant.phase_id if avenant else convention.phase_id
    dossier = _dossier(session, phase_id, {} if lus is None else lus) if phase_id is not None else None
    lignes = _lines(session, dossier, convention_id, avenant_id)
    saisi = 0 if lignes else sum(t.montant for t in chaine[-1].tranches if t.rang == rang)
    fait = _Fait(convention, avenant, chaine[0], chaine[-1], saisi)
    return Acte(
        id=convention.id if avenant is None else avenant.id,
        numero=convention.numero,
        rang=rang,
        modele=avenant.modele if avenant else CONVENTION,
        objet=avenant.objet if avenant else convention.objet,
        departement=_departement(session, dossier),
        beneficiaire=_beneficiaire(session, convention.structure_id),
        autorisation=_autorisation(dossier, avenant or convention),
        debut=chaine[-1].debut,
        fin=chaine[-1].fin,
        tranches=chaine[-1].tranches,
        fiches=_with_schedule(session, fait, _sheets(session, fait, lignes), lignes),
        convention_signee_le=convention.signee_le if avenant else None,
        convention_objet=convention.objet if avenant else "",
        observations=avenant.observations if avenant else convention.observations,
    )


def _dossier(session: Session, phase_id: int, lus: dict[int, DossierSeance]) -> DossierSeance:
    if phase_id not in lus:
        lus[phase_id] = dossiers.load(session, phase_id)
    return lus[phase_id]


@dataclass(frozen=True, slots=True)
class _Fait:
    """What is known of an act and of what it changes."""

    convention: Convention
    avenant: Avenant | None
    avant: Consolidation
    """The convention as first signed."""
    apres: Consolidation
    saisi: int = 0
    """What an act made by hand brings, in cents: no line voted says which sheet it pays, the first one says it."""

    @property
    def rang(self) -> int:
        """The rank of the act."""
        return self.apres.rang


def _lines(
    session: Session, dossier: DossierSeance | None, convention_id: int, avenant_id: int | None
) -> tuple[Ligne, ...]:  # fmt: skip
    """Give the lines voted that an act carries out, as its phase froze them."""
    portees = set(conventions.lines_of(session, convention_id, avenant_id))
    return tuple(ligne for ligne in dossier.lignes if ligne.proposition_id in portees) if dossier else ()


def _departement(session: Session, dossier: DossierSeance | None) -> Departement:
    lue = session.execute(select(collectivite)).first()
    seance = dossier.seance if dossier else seances.load_last(session)
    acte = dossier.deliberation if dossier else None
    president = seance.president
    return Departement(
        nom=lue.nom if lue else "",
        president=president.removeprefix("Mme ").removeprefix("M. "),
        qualite_president=seance.qualite_president or "Président du Conseil départemental",
        signataire=(lue.signataire if lue else "") or (acte.signataire if acte else ""),
        qualite_signataire=(lue.qualite_signataire if lue else "") or (acte.qualite_signataire if acte else ""),
        siege=lue.siege if lue else "",
        lieu=seance.lieu,
        pole=lue.pole if lue else "",
        direction=lue.direction if lue else "",
    )


def _autorisation(dossier: DossierSeance | None, acte: Convention | Avenant) -> Autorisation | None:
    """Give the deliberation that allows an act: that of its phase as it was voted, else the one typed by hand."""
    if dossier is not None:
        seance, numero = dossier.seance, dossier.deliberation.numero
        return None if seance.jour is None else Autorisation(numero, seance.instance, seance.jour)
    if acte.deliberation_le is None:
        return None
    return Autorisation(acte.deliberation_numero, seances.VIDE.instance, acte.deliberation_le)


def _beneficiaire(session: Session, structure_id: int) -> Beneficiaire:
    s = read_one(session, structure, structure_id)
    return Beneficiaire(
        nom=s["nom"],
        forme=FORMES.get(s["forme"], s["forme"]),
        siret=s["siret"] or "",
        adresse=s["adresse"],
        code_postal=s["code_postal"] or "",
        commune=s["commune"],
        representant=s["representant"],
        qualite=s["qualite"],
        date_deliberation=s["date_deliberation"],
    )


def _sheets(session: Session, fait: _Fait, lignes: Sequence[Ligne]) -> tuple[FicheAnnexee, ...]:
    annexees = [a for a in fait.apres.annexes if a.rang == fait.rang and a.fiche_id is not None]
    lues = {f.id: f for f in fiches.load(session, None, [a.fiche_id for a in annexees if a.fiche_id is not None])}
    return tuple(
        _sheet(
            fait if a is annexees[0] else replace(fait, saisi=0),
            a.numero,
            fiche,
            [li for li in lignes if li.dispositif_id == fiche.dispositif_id],
        )
        for a in annexees
        if (fiche := lues.get(a.fiche_id or 0)) is not None
    )


def _sheet(fait: _Fait, annexe: int, fiche: FicheAction, lignes: Sequence[Ligne]) -> FicheAnnexee:
    debut, fin = _term(fait, lignes)
    codes = dict.fromkeys(ligne.code_operation for ligne in lignes)
    etp = sum(ligne.etp or 0 for ligne in lignes)
    return FicheAnnexee(
        annexe=annexe,
        fiche=fiche,
        debut=debut,
        fin=fin,
        montants=_amounts(fait, lignes),
        territoire=_where(fait, annexe, lignes),
        volume=sum(ligne.volume for ligne in lignes),
        unite=lignes[0].unite if lignes else "",
        etp=etp or None,
        code_operation=enumerer(list(codes)),
    )


_DEPARTEMENTAL = "Départemental"
"""The territory that is the whole département, as the case names it."""


def _where(fait: _Fait, annexe: int, lignes: Sequence[Ligne]) -> str:
    """Say where an action takes place; one that goes on keeps its territory, beside that of what is added."""
    territoires = enumerer(list(dict.fromkeys(ligne.territoire for ligne in lignes)))
    initial = next((a.territoire for a in fait.avant.annexes if a.numero == annexe), "")
    if not initial or not _continues(fait):
        return territoires
    ajout = "l’ensemble du département" if territoires == _DEPARTEMENTAL else territoires
    return f"{initial} ; {ajout} pour les moyens supplémentaires" if ajout else initial


def _with_schedule(
    session: Session, fait: _Fait, fiches: tuple[FicheAnnexee, ...], lignes: Sequence[Ligne]
) -> tuple[FicheAnnexee, ...]:
    """Write in each sheet that has a cost the instalments that pay it.

    They are those of the act where its lines bring the money, those of the convention where the action was paid by it,
    and both where the act adds to an action that goes on.
    """
    dus = versements.load(session, date.min, convention_id=fait.convention.id)
    ecrites: list[FicheAnnexee] = []
    prises: set[int] = set()
    for fiche in fiches:
        apport = somme(li for li in lignes if li.dispositif_id == fiche.fiche.dispositif_id)
        apport = apport or (fait.saisi if fiche is fiches[0] else 0)
        rangs = (0, fait.rang) if _continues(fait) else (fait.rang,) if apport else (0,)
        siens = [
            v for v in dus
            if v.acte_rang in rangs and v.dispositif_id in {None, fiche.fiche.dispositif_id} and v.id not in prises
        ] if fiche.montants else []  # fmt: skip
        prises |= {v.id for v in siens}
        ecrites.append(replace(fiche, versements=_said(siens, tuple(dict.fromkeys(rangs)))))
    return tuple(ecrites)


def _said(dus: Sequence[VersementSuivi], rangs: Sequence[int]) -> tuple[str, ...]:
    """Say instalments as one list; where it may hold those of two acts, each says which."""
    textes: list[str] = []
    for rang in rangs:
        siens = [v for v in dus if v.acte_rang == rang]
        acte = f"de l’avenant n° {rang}" if rang else "de la convention"
        if siens and textes:  # the list goes on
            textes[-1] = f"{textes[-1].removesuffix('.')}{INSECABLE};"
        dits = phrases(siens, acte) if siens else ()
        textes += [_of_act(rang, texte) for texte in dits] if len(rangs) > 1 else dits
    return tuple(textes)


def _of_act(rang: int, texte: str) -> str:
    """Say of which act an instalment is, where a list holds those of several."""
    libelle, _, reste = texte.partition(f"{INSECABLE}: ")
    return typo(f"{f'avenant n° {rang}' if rang else 'convention initiale'} : {libelle}, {reste}")


def _continues(fait: _Fait) -> bool:
    return fait.avenant is not None and continue_action(fait.avenant.modele)


def _term(fait: _Fait, lignes: Sequence[Ligne]) -> Periode:
    bornes = (min(ligne.debut for ligne in lignes), max(ligne.fin for ligne in lignes)) if lignes else None
    modele = fait.avenant.modele if fait.avenant else None
    return periode((fait.apres.debut, fait.apres.fin), bornes, somme(lignes), modele)


def _amounts(fait: _Fait, lignes: Sequence[Ligne]) -> tuple[int, ...]:
    """Give what a sheet costs: its lines, after what the convention brought where the action goes on."""
    apport, initial = somme(lignes) or fait.saisi, fait.avant.montant
    if fait.avenant is not None and (not apport or _continues(fait)):
        return tuple(montant for montant in (initial, apport) if montant)
    return (apport,) if apport else ()
