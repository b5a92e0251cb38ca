"""The payments of every convention, and beside them the act that the one selected belongs to and what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter, format_date, typo
from inclusion_desk.services import paiements, versements
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.ui.dialogues import avertir, informer
from inclusion_desk.ui.echeancier import FormulaireEcheancier
from inclusion_desk.ui.formulaire import Formulaire, sans_options
from inclusion_desk.ui.pages.suivi import VERSEMENTS
from inclusion_desk.ui.suivie import Geste, Suivie

if TYPE_CHECKING:
    from inclusion_desk.domain.champs import Valeur
    from inclusion_desk.domain.suivi import VersementSuivi
    from inclusion_desk.services.versements import ActeAPayer
    from inclusion_desk.ui.contexte import Contexte
    from inclusion_desk.ui.vues import Touche

TONS = {
    "a_venir": "neutre", "attente": "attente", "exigible": "cours", "retard": "refus", "paye": "fait",
    "sans_suite": "neutre",
}  # fmt: skip
_SANS_APPORT = (
    "Aucune convention n’apporte de montant : enregistrez d’abord les conventions et leurs montants, à l’onglet "
    "Conventions."
)
_TOUS_PAYES = "Chaque acte qui apporte un montant a déjà un versement payé : ses versements se modifient un par un."
_RIEN = typo("Rien : le montant définitif est déjà versé")
_PAYE_LE = Champ("paye_le", "Payé le", "La date de paiement", Nature.DATE, obligatoire=True)


class Versements(Suivie):
    """The page of payments."""

    SUIVIS = frozenset({"conventions", "avenants", "suivi"})

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte, VERSEMENTS, paiements.modifier)
        self.etablir = self.outil("Établir un échéancier…", "calendrier", self._ask_schedule)
        self.page.remede("Établir un échéancier…", self._ask_schedule)
        self.formulaire: Formulaire | None = None

    def appliquer(self, ids: Touche) -> None:
        """Read every instalment again: what is paid on one may change what is left to pay on another."""
        super().appliquer({**ids, "versements": ()} if "versements" in ids else ids)

    def decrire(self, choisis: Sequence[VersementSuivi]) -> None:
        """Say what is selected: the instalment, its act, what is planned and paid."""
        self.etablir.setEnabled(self.permis)
        seul = choisis[0] if len(choisis) == 1 else None
        if seul is None:
            vide = "Choisissez un versement pour le payer ou revoir son échéancier."
            titre = compter(len(choisis), "versement") if choisis else "Aucun versement choisi"
            self.volet.dire(titre, "" if choisis else vide)
            self.volet.faits.montrer(_sums(choisis) if choisis else {})
        else:
            self.volet.dire(seul.libelle, seul.structure_nom, seul.etat_libelle, TONS[seul.statut])
            self.volet.faits.montrer({**_facts(seul), **self._act_facts(seul)})
        self.volet.proposer(self._gestures(choisis) if self.permis else ())

    def _act_facts(self, versement: VersementSuivi) -> dict[str, str]:
        acte = self._act_of(versement)
        if acte is None:
            return {}
        reste = acte.reste
        return {
            "Acte": versement.acte,
            "Montant de l’acte": format_montant(acte.apport),
            "Déjà payé": format_montant(acte.paye),
            "Non échelonné": format_montant(reste) if reste else "",
        }

    def _act_of(self, versement: VersementSuivi) -> ActeAPayer | None:
        try:
            actes = self.contexte.desk.read(versements.actes_a_payer, versement.convention_id, aujourdhui())
        except Refus:  # another station has just deleted the convention
            return None
        return next((acte for acte in actes if acte.avenant_id == versement.avenant_id), None)

    def _gestures(self, choisis: Sequence[VersementSuivi]) -> Sequence[Geste]:
        payes = [v.id for v in choisis if v.paye_le is not None]
        a_payer = [v.id for v in choisis if v.a_payer]
        gestes = []
        if a_payer and len(a_payer) == len(choisis):
            gestes += [
                Geste("payer", "Payé aujourd’hui", lambda: self.payer(a_payer), principal=True),
                Geste("payer_le", "Payé à une autre date…", lambda: self._ask_day(a_payer)),
            ]
        if payes and len(payes) == len(choisis):
            gestes.append(Geste("annuler", "Annuler le paiement", lambda: self._unpay(payes)))
        if len({v.convention_id for v in choisis}) == 1:
            convention_id = choisis[0].convention_id
            gestes.append(Geste("redater", "Recalculer les échéances", lambda: self._date_again(convention_id)))
        return gestes

    def payer(self, ids: Sequence[int]) -> None:
        """Record that instalments were paid today."""
        self.faire("Paiement", paiements.payer, tuple(ids), aujourdhui())

    def _unpay(self, ids: Sequence[int]) -> None:
        self.faire("Annulation", paiements.annuler_paiement, tuple(ids))

    def _date_again(self, convention_id: int) -> None:
        try:
            changes = self.contexte.actions.do(versements.redater, convention_id)
        except Refus as erreur:
            avertir(self.window(), "Échéances non recalculées", str(erreur))
            return
        self.message.emit(changes.label if changes.ids else "Les échéances sont déjà à jour.")

    def _ask_day(self, ids: Sequence[int]) -> None:
        def enregistrer(valeurs: dict[str, Valeur]) -> None:
            changes = self.contexte.actions.do(paiements.payer, tuple(ids), valeurs["paye_le"])
            self.message.emit(changes.label)

        formulaire = Formulaire(
            "Enregistrer le paiement", (_PAYE_LE,), (("paye_le",),), sans_options, enregistrer, self.window()
        )
        formulaire.remplir({"paye_le": aujourdhui()})
        formulaire.nommer("Enregistrer le paiement")
        self._open(formulaire)

    def _ask_schedule(self) -> None:
        actes = self.contexte.desk.read(versements.actes_sans_paiement, aujourdhui())
        if not actes:
            vide = self.contexte.desk.read(versements.aucun_apport)
            informer(self.window(), "Aucun échéancier à établir", typo(_SANS_APPORT if vide else _TOUS_PAYES))
            return
        choisis = self.choisis()
        voulu = (choisis[0].convention_id, choisis[0].avenant_id) if choisis else None
        tries = sorted(actes, key=lambda a: (a.convention_id, a.avenant_id) != voulu)
        self._open(FormulaireEcheancier(self.contexte, {_key(acte): acte for acte in tries}, self.window()))

    def _open(self, formulaire: Formulaire) -> None:
        self.formulaire = formulaire
        formulaire.finished.connect(formulaire.deleteLater)
        formulaire.finished.connect(lambda _code: setattr(self, "formulaire", None))
        formulaire.open()


def _key(acte: ActeAPayer) -> str:
    return f"{acte.convention_id}/{acte.avenant_id}" if acte.avenant_id is not None else str(acte.convention_id)


def _sums(choisis: Sequence[VersementSuivi]) -> dict[str, str]:
    return {
        "Prévu": format_montant(sum(v.montant for v in choisis)),
        "Payé": format_montant(sum(v.montant_paye or 0 for v in choisis)),
        "Reste à payer": format_montant(sum(v.reste for v in choisis)),
    }


def _left(versement: VersementSuivi) -> str:
    """Say what is left to pay of an instalment once the service fait is closed; nothing before."""
    if versement.plafond is None:
        return ""
    return format_montant(versement.reste) if versement.plafond else _RIEN


def _facts(versement: VersementSuivi) -> dict[str, str]:
    paye = versement.montant_paye
    jour = f"{INSECABLE}le {format_date(versement.paye_le)}" if versement.paye_le else ""
    limite = versement.limite if versement.statut in {"exigible", "retard"} else None
    return {
        "Convention": versement.convention_numero,
        "Montant": format_montant(versement.montant),
        "Reste à verser": _left(versement),
        "Échéance": format_date(versement.echeance) if versement.echeance else "",
        "À payer au plus tard le": format_date(limite) if limite else "",
        "Pièce attendue": versement.piece,
        "Pièce reçue le": format_date(versement.piece_recue_le) if versement.piece_recue_le else "",
        "Payé": f"{format_montant(paye)}{jour}" if paye is not None else "",
    }
