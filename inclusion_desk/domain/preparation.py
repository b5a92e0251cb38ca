"""From the lines of an adopted phase to its acts: what each will be, and what is missing before it can be made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.actes_proposes import ActePrepare, ActePropose
from inclusion_desk.domain.choix_modele import Faits, dire_faits, proposer
from inclusion_desk.domain.codes import ETATS_CONVENTION
from inclusion_desk.domain.conventions import CLOSES, SIGNEES, Convention
from inclusion_desk.domain.dossier import DossierSeance, Ligne, Operation, somme
from inclusion_desk.domain.modeles_actes import CONVENTION, MODELES_ACTE
from inclusion_desk.domain.text import enumerer, format_date, pluriel


@dataclass(frozen=True, slots=True)
class EtapeConvention:
    """What a convention has come to after one of its acts: its end, and the rule of each sheet by its number."""

    rang: int
    fin: date
    annexes: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Connus:
    """What is known beside the lines; ``choix`` are the models that the user takes, by the key of the act."""

    conventions: Collection[Convention]
    fiches: Mapping[int, str]
    """The rule by which the published sheet of each dispositif that has one is followed."""
    faits: Mapping[int, ActePrepare] = field(default_factory=dict)
    """The act prepared already for each proposition."""
    etapes: Mapping[int, tuple[EtapeConvention, ...]] = field(default_factory=dict)
    """What each convention has come to, act by act, by its id."""
    choix: Mapping[str, str] = field(default_factory=dict)


def proposer_actes(dossier: DossierSeance, connus: Connus) -> tuple[ActePropose, ...]:
    """Group the lines of a phase into acts: one convention a structure, one avenant a convention amended."""
    groupes: dict[tuple[str, int, str], list[tuple[Operation, Ligne]]] = {}
    for operation in dossier.operations:
        for ligne in operation.lignes:
            if ligne.acte in {"convention", "avenant"}:
                numero = (ligne.convention_initiale or "") if ligne.acte == "avenant" else ""
                groupes.setdefault((ligne.acte, ligne.structure_id, numero), []).append((operation, ligne))
    return tuple(_propose(rang, cle, groupes[cle], connus) for rang, cle in enumerate(groupes, start=1))


def _propose(
    rang: int, groupe: tuple[str, int, str], paires: list[tuple[Operation, Ligne]], connus: Connus
) -> ActePropose:
    nature, structure_id, numero = groupe
    cle = f"{nature}-{structure_id}-{numero}"
    lignes = tuple(ligne for _, ligne in paires)
    prepare = next((connus.faits[li.proposition_id] for li in lignes if li.proposition_id in connus.faits), None)
    convention = _amended(structure_id, numero, prepare, connus) if nature == "avenant" else None
    operations = tuple({operation.dispositif_id: operation for operation, _ in paires}.values())
    faits = _facts(lignes, operations, convention, prepare, connus)
    propose = ActePropose(
        rang=rang,
        cle=cle,
        nature=nature,
        structure_id=structure_id,
        structure=lignes[0].structure,
        convention=convention,
        modele=_model(nature, cle, prepare, faits, lignes, connus),
        faits=faits,
        lignes=lignes,
        dispositifs=operations,
        prepare=prepare,
    )
    return propose if prepare else replace(propose, manques=tuple(_missing(propose, numero, connus)))


def _model(
    nature: str,
    cle: str,
    prepare: ActePrepare | None,
    faits: Faits,
    lignes: tuple[Ligne, ...],
    connus: Connus,
) -> str:
    """Give the model of an act: its own once prepared, the one the user takes, else the one its facts call for."""
    if nature == CONVENTION:
        return CONVENTION
    if prepare:
        return prepare.modele
    return connus.choix.get(cle) or proposer(faits, [ligne.modele for ligne in lignes])


def _facts(
    lignes: tuple[Ligne, ...],
    operations: tuple[Operation, ...],
    convention: Convention | None,
    prepare: ActePrepare | None,
    connus: Connus,
) -> Faits:
    """Gather what decides the model of an avenant: the convention is taken as it stands before it."""
    etape = _before(convention, prepare, connus)
    terme = None if convention is None else etape.fin if etape else convention.terme or convention.fin
    return Faits(
        suivis=tuple(connus.fiches.get(operation.dispositif_id, "") for operation in operations),
        apport=somme(lignes),
        prolonge=terme is not None and max(ligne.fin for ligne in lignes) > terme,
        annexes=etape.annexes if etape else {},
        amendee=convention is not None,
    )


def _before(convention: Convention | None, prepare: ActePrepare | None, connus: Connus) -> EtapeConvention | None:
    etapes = connus.etapes.get(convention.id, ()) if convention else ()
    avant = [etape for etape in etapes if prepare is None or etape.rang < prepare.rang]
    return avant[-1] if avant else None


def _amended(structure_id: int, numero: str, prepare: ActePrepare | None, connus: Connus) -> Convention | None:
    """Find the convention to amend: that of the act prepared, the one named, or the only one of the structure open."""
    if prepare:
        return next((c for c in connus.conventions if c.id == prepare.ids[0]), None)
    if numero:
        return next((c for c in connus.conventions if c.numero == numero), None)
    ouvertes = [c for c in connus.conventions if c.structure_id == structure_id and c.etat in SIGNEES - CLOSES]
    return ouvertes[0] if len(ouvertes) == 1 else None


def _missing(propose: ActePropose, numero: str, connus: Connus) -> Iterator[str]:
    sans = [operation.libelle for operation in propose.dispositifs if operation.dispositif_id not in connus.fiches]
    if sans:
        yield f"Aucune fiche action publiée pour {enumerer([f'« {libelle} »' for libelle in sans])}."
    if propose.nature != "avenant":
        return
    if not propose.modele:
        faits = dire_faits(propose.faits)
        yield f"Aucun modèle d’avenant ne se déduit des faits ({faits}) : choisissez-le avec « Changer de modèle… »."
    if propose.convention is None:
        yield (
            f"La convention {numero} n’est pas enregistrée : ajoutez-la dans l’onglet Conventions."
            if numero
            else "La convention à modifier n’est pas connue : enregistrez-la dans l’onglet Conventions."
        )
    else:
        yield from _misfit(propose.convention, propose, connus)


def _misfit(convention: Convention, propose: ActePropose, connus: Connus) -> Iterator[str]:
    if convention.structure_id != propose.structure_id:
        yield f"La convention {convention.numero} est celle d’une autre structure ({convention.structure_nom})."
    if convention.etat not in SIGNEES - CLOSES:
        etat = f"est {ETATS_CONVENTION[convention.etat].lower()}" if convention.etat in CLOSES else "n’est pas signée"
        yield f"La convention {convention.numero} ne reçoit pas d’avenant : elle {etat}."
    modele = MODELES_ACTE.get(propose.modele)
    if propose.faits.prolonge and modele is not None and not modele.duree:
        etape = _before(convention, None, connus)
        terme = etape.fin if etape else convention.terme or convention.fin
        fin = max(ligne.fin for ligne in propose.lignes)
        yield (
            f"La période va jusqu’au {format_date(fin)}, après la fin de la convention ({format_date(terme)}) : "
            "prenez un modèle qui la prolonge."
        )


def manquants(acte: Acte) -> tuple[str, ...]:
    """List what an act lacks to be written, each with its article; nothing when it is whole."""
    return tuple(_lacking(acte))


def dire_manquants(acte: Acte) -> str:
    """Say what an act lacks in one sentence, or nothing when it is whole."""
    manques = manquants(acte)
    return f"Il manque {enumerer(manques)}." if manques else ""


def dire_blancs(acte: Acte) -> str:
    """Say which sheets of an act that is whole leave their schedule to be filled in by hand; or nothing."""
    blanches = [str(fiche.annexe) for fiche in acte.fiches if any(fiche.montants) and not fiche.versements]
    if not blanches:
        return ""
    sujet = f"{pluriel(len(blanches), 'L’annexe', 'Les annexes')} {enumerer(blanches)}"
    return f"{sujet} {pluriel(len(blanches), 'laissera son', 'laisseront leur')} échéancier à compléter."


def _lacking(acte: Acte) -> Iterator[str]:
    b, d = acte.beneficiaire, acte.departement
    for valeur, quoi in (
        (b.siret, "le SIRET"),
        (b.adresse and b.commune, "l’adresse du siège"),
        (b.representant, "le nom du représentant"),
        (b.qualite, "sa qualité"),
        (b.date_deliberation, "la date de sa délibération"),
        (d.signataire, "le signataire du Département"),
        (acte.autorisation and acte.autorisation.numero, "la délibération de la Commission permanente"),
        (acte.fiches, "la fiche action à annexer"),
        (not acte.avenant or acte.convention_signee_le, "la date de signature de la convention modifiée"),
    ):
        if not valeur:
            yield quoi
