"""From the lines of an adopted phase to its acts: what each will be, and what is missing before it can be made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from inclusion_desk.domain.actes import Acte
from inclusion_desk.domain.codes import ETATS_CONVENTION
from inclusion_desk.domain.conventions import CLOSES, SIGNEES, Convention
from inclusion_desk.domain.dossier import DossierSeance, Ligne, Operation, somme
from inclusion_desk.domain.modeles_actes import CONVENTION, MODELES_ACTE, Cout, proposer
from inclusion_desk.domain.money import format_montant_acte
from inclusion_desk.domain.text import enumerer, format_date


@dataclass(frozen=True, slots=True)
class ActePropose:
    """One act that a phase calls for; ``manques`` are sentences, none when it may be prepared.

    ``fait`` is the act prepared already, as the ids of its convention and avenant.
    """

    cle: str
    nature: str
    """``convention`` or ``avenant``."""
    structure_id: int
    structure: str
    convention: Convention | None
    modele: str
    lignes: tuple[Ligne, ...]
    dispositifs: tuple[Operation, ...]
    manques: tuple[str, ...] = ()
    fait: tuple[int, int | None] | None = None
    libelle_fait: str = ""

    @property
    def pret(self) -> bool:
        """Whether nothing is missing to prepare it, and it is not prepared yet."""
        return not self.manques and self.fait is None

    @property
    def avertissement(self) -> str:
        """What its model leaves unsaid, in a sentence: money brought without an article on the cost (annexes 7, 8)."""
        modele = MODELES_ACTE.get(self.modele)
        if modele is None or not modele.avenant or modele.cout is not Cout.AUCUN or not self.montant:
            return ""
        return (
            f"Le modèle {self.modele} n’a pas d’article sur le coût : les {format_montant_acte(self.montant)} apportés "
            "ne figurent que dans la fiche annexée."
        )

    @property
    def montant(self) -> int:
        """What its lines bring, in cents."""
        return somme(self.lignes)

    @property
    def objet(self) -> str:
        """What the act is about: the titles of its dispositifs."""
        return enumerer([operation.intitule for operation in self.dispositifs])

    @property
    def dispositif(self) -> str:
        """Its dispositifs with their numbers, as listed."""
        return enumerer([operation.libelle for operation in self.dispositifs])


@dataclass(frozen=True, slots=True)
class Connus:
    """What is known beside the lines: conventions, published sheets by dispositif, acts prepared by proposition."""

    conventions: Collection[Convention]
    fiches: Collection[int]
    """The dispositifs that have a published sheet."""
    faits: Mapping[int, tuple[int, int | None]]
    libelles: Mapping[tuple[int, int | None], str]


def proposer_actes(dossier: DossierSeance, connus: Connus) -> tuple[ActePropose, ...]:
    """Group the lines of a phase into acts: one convention a structure, one avenant a convention amended."""
    groupes: dict[tuple[str, int, str], list[tuple[Operation, Ligne]]] = {}
    for operation in dossier.operations:
        for ligne in operation.lignes:
            if ligne.acte in {"convention", "avenant"}:
                numero = (ligne.convention_initiale or "") if ligne.acte == "avenant" else ""
                groupes.setdefault((ligne.acte, ligne.structure_id, numero), []).append((operation, ligne))
    return tuple(_propose(*cle, paires, connus) for cle, paires in groupes.items())


def _propose(
    nature: str, structure_id: int, numero: str, paires: list[tuple[Operation, Ligne]], connus: Connus
) -> ActePropose:
    lignes = tuple(ligne for _, ligne in paires)
    operations = tuple({operation.dispositif_id: operation for operation, _ in paires}.values())
    convention = _amended(structure_id, numero, connus) if nature == "avenant" else None
    modele = CONVENTION if nature == "convention" else proposer([ligne.modele for ligne in lignes])
    fait = next((connus.faits[li.proposition_id] for li in lignes if li.proposition_id in connus.faits), None)
    return ActePropose(
        cle=f"{nature}-{structure_id}-{numero}",
        nature=nature,
        structure_id=structure_id,
        structure=lignes[0].structure,
        convention=convention,
        modele=modele,
        lignes=lignes,
        dispositifs=operations,
        manques=() if fait else tuple(_missing(nature, numero, modele, convention, lignes, operations, connus)),
        fait=fait,
        libelle_fait=connus.libelles.get(fait, "") if fait else "",
    )


def _amended(structure_id: int, numero: str, connus: Connus) -> Convention | None:
    """Find the convention to amend: the one named, or the only one of the structure in force."""
    siennes = [c for c in connus.conventions if c.structure_id == structure_id]
    if numero:
        return next((c for c in connus.conventions if c.numero == numero), None)
    ouvertes = [c for c in siennes if c.etat in SIGNEES - CLOSES]
    return ouvertes[0] if len(ouvertes) == 1 else None


def _missing(  # noqa: PLR0913, PLR0917 - what an act is made of
    nature: str,
    numero: str,
    modele: str,
    convention: Convention | None,
    lignes: tuple[Ligne, ...],
    operations: tuple[Operation, ...],
    connus: Connus,
) -> Iterator[str]:
    sans = [operation.libelle for operation in operations if operation.dispositif_id not in connus.fiches]
    if sans:
        yield f"Aucune fiche action publiée pour {enumerer([f'« {libelle} »' for libelle in sans])}."
    if nature != "avenant":
        return
    if not modele:
        yield "Le modèle d’avenant n’est pas choisi sur la ligne."
    if convention is None:
        yield (
            f"La convention {numero} n’est pas enregistrée : ajoutez-la dans l’onglet Conventions."
            if numero
            else "La convention à modifier n’est pas connue : enregistrez-la dans l’onglet Conventions."
        )
    else:
        yield from _misfit(convention, modele, lignes)


def _misfit(convention: Convention, modele: str, lignes: tuple[Ligne, ...]) -> Iterator[str]:
    if convention.structure_id != lignes[0].structure_id:
        yield f"La convention {convention.numero} est celle d’une autre structure ({convention.structure_nom})."
    if convention.etat not in SIGNEES - CLOSES:
        etat = f"est {ETATS_CONVENTION[convention.etat].lower()}" if convention.etat in CLOSES else "n’est pas signée"
        yield f"La convention {convention.numero} ne reçoit pas d’avenant : elle {etat}."
    terme = convention.terme or convention.fin
    fin = max(ligne.fin for ligne in lignes)
    prolonge = modele in MODELES_ACTE and MODELES_ACTE[modele].duree
    if fin > terme and not prolonge:
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
    """Say what an act that is whole leaves to be filled in by hand: a schedule not drawn up yet; or nothing."""
    payantes = [fiche for fiche in acte.fiches if fiche.montants]
    if not acte.apport or not payantes or any(fiche.versements for fiche in payantes):
        return ""
    return "Aucun échéancier n’est établi : la fiche le laissera à compléter."


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
