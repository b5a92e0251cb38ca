"""The pages of payments and bilans, those of every convention whatever its phase."""

from __future__ import annotations

from inclusion_desk.domain.bilans import RAPPELS
from inclusion_desk.domain.champs import Nature, par_nom
from inclusion_desk.domain.suivi import CHAMPS_BILAN, CHAMPS_VERSEMENT, BilanSuivi, VersementSuivi
from inclusion_desk.domain.taux import format_taux
from inclusion_desk.domain.text import format_date
from inclusion_desk.ui.colonnes import Column
from inclusion_desk.ui.description import Description
from inclusion_desk.ui.teinte import Teinte

_V, _B = par_nom(CHAMPS_VERSEMENT), par_nom(CHAMPS_BILAN)


def _part(row: VersementSuivi) -> str:
    return format_taux(row.part) if row.part is not None else ""


def _periode(row: BilanSuivi) -> str:
    return f"{format_date(row.debut)} – {format_date(row.fin)}"


VERSEMENTS = Description(
    sujet="versements",
    titre="Versements",
    colonnes=(
        Column("convention_numero", "Convention", 96),
        Column("structure_nom", "Structure", 136, elastique=True),
        Column("acte", "Acte", 92, visible=False),
        Column("rang", "N°", 40, nature=Nature.ENTIER, visible=False),
        Column("libelle", "Libellé", 140, _V["libelle"], elastique=True),
        Column("part", "Part", 64, _V["part"], montrer=_part),
        Column("montant", "Montant (€)", 106, _V["montant"]),
        Column("declencheur", "Déclencheur", 150, _V["declencheur"], visible=False),
        Column("echeance", "Échéance", 90, _V["echeance"]),
        Column("piece", "Pièce attendue", 140, _V["piece"], visible=False),
        Column("piece_recue_le", "Pièce reçue", 92, _V["piece_recue_le"], visible=False),
        Column("etat_libelle", "État", 154),
        Column("montant_paye", "Payé (€)", 104, _V["montant_paye"]),
        Column("paye_le", "Payé le", 90, _V["paye_le"]),
        Column("code_operation", "Opération", 104, visible=False),
    ),
    formulaire=(
        ("convention_id", "avenant_id"), ("libelle", "declencheur"), ("part", "montant", "echeance"),
        ("piece", "piece_recue_le"), ("montant_paye", "paye_le"),
    ),
    image="budget",
    vide="Aucun versement",
    conseil="Établissez l’échéancier d’une convention ou d’un avenant : ses versements s’affichent ici, avec leurs "
    "échéances et les pièces attendues.",
    delegues={"etat_libelle": Teinte},
)  # fmt: skip
BILANS = Description(
    sujet="bilans",
    titre="Bilans",
    colonnes=(
        Column("convention_numero", "Convention", 96),
        Column("structure_nom", "Structure", 170, elastique=True),
        Column("libelle", "Bilan", 194),
        Column("action", "Action", 130, elastique=True),
        Column("debut", "Période", 176, montrer=_periode, visible=False),
        Column("echeance", "À remettre le", 104, _B["echeance"]),
        Column("recu_le", "Reçu le", 92, _B["recu_le"], visible=False),
        Column("etat_libelle", "État", 154),
        Column("lettre", "Lettre", 176, aide="La lettre à envoyer à ce jour, ou la dernière envoyée"),
        *(Column(r.champ, f"{r.libelle} du", 100, _B[r.champ], visible=False) for r in RAPPELS),
    ),
    formulaire=(
        ("convention_id",), ("nature", "echeance", "recu_le"), ("debut", "fin"),
        ("rappel_le", "relance_le"), ("seconde_relance_le", "mise_en_demeure_le"), ("observations",),
    ),
    image="textes",
    vide="Aucun bilan attendu",
    conseil="Établissez les bilans des conventions signées : leurs échéances viennent des fiches action et de la loi.",
    delegues={"etat_libelle": Teinte},
)  # fmt: skip
