"""The bilans of every convention, and beside them the one selected: its receipt, its indicators, its reminder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter, format_date
from inclusion_desk.services import bilans, rappels, suivi
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.ui.dialogues import informer
from inclusion_desk.ui.exports import Export
from inclusion_desk.ui.formulaire import Formulaire, sans_options
from inclusion_desk.ui.pages.suivi import BILANS
from inclusion_desk.ui.resultats import Resultats
from inclusion_desk.ui.suivie import Geste, Suivie

if TYPE_CHECKING:
    from inclusion_desk.domain.champs import Valeur
    from inclusion_desk.domain.lettres import Lettre
    from inclusion_desk.domain.suivi import BilanSuivi, Resultat
    from inclusion_desk.ui.contexte import Contexte

TONS = {
    "a_venir": "neutre", "attendu": "attente", "retard": "refus", "recu": "fait", "recu_retard": "fait",
    "sans_suite": "neutre",
}  # fmt: skip
_RECU_LE = Champ("recu_le", "Reçu le", "La date de réception", Nature.DATE, obligatoire=True)


class Bilans(Suivie):
    """The page of bilans."""

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte, BILANS, suivi.modifier)
        self.etablir = self.outil("Établir les bilans", "calendrier", self._draw_up)
        self.page.remede("Établir les bilans", self._draw_up)
        self.resultats = Resultats()
        self.volet.inserer(self.resultats)
        self.resultats.enregistre.connect(self._save_results)
        self.formulaire: Formulaire | None = None
        self.export = Export(contexte, self)
        self.export.message.connect(self.message)

    def decrire(self, choisis: Sequence[BilanSuivi]) -> None:
        """Say what is selected: the bilan, its dates, its indicators."""
        self.etablir.setEnabled(self.permis)
        seul = choisis[0] if len(choisis) == 1 else None
        if seul is not None:
            self.volet.dire(seul.libelle, seul.structure_nom, seul.etat_libelle, TONS[seul.statut])
            self.volet.faits.montrer(_facts(seul))
        else:
            vide = "Choisissez un bilan pour enregistrer sa réception ou ses résultats."
            self.volet.dire(
                compter(len(choisis), "bilan") if choisis else "Aucun bilan choisi", "" if choisis else vide
            )
            self.volet.faits.montrer({})
        self.volet.proposer((*(self._gestures(choisis) if self.permis else ()), *self._letter(choisis)))
        self.resultats.montrer(seul.resultats if seul else (), modifiable=self.permis)

    def _gestures(self, choisis: Sequence[BilanSuivi]) -> Sequence[Geste]:
        attendus = [b.id for b in choisis if b.recu_le is None]
        recus = [b.id for b in choisis if b.recu_le is not None]
        gestes = []
        if attendus and not recus:
            gestes += [
                Geste("recevoir", "Reçu aujourd’hui", lambda: self.recevoir(attendus), principal=True),
                Geste("recevoir_le", "Reçu à une autre date…", lambda: self._ask_day(attendus)),
            ]
        if recus and not attendus:
            gestes.append(Geste("annuler", "Annuler la réception", lambda: self._take_back(recus)))
        return gestes

    def _letter(self, choisis: Sequence[BilanSuivi]) -> Sequence[Geste]:
        """Offer the letters that the bilans selected call for."""
        appeles = [b.id for b in choisis if b.niveau]
        if not appeles:
            return ()
        texte = "Lettre de rappel…" if len(appeles) == 1 else f"{compter(len(appeles), 'lettre')} de rappel…"
        return (Geste("lettre", texte, lambda: self._ask_letters(appeles)),)

    def _ask_letters(self, ids: Sequence[int]) -> None:
        """Ask where to write letters, all in one file; once it is there, the days they go out are kept."""
        try:
            courrier = self.contexte.desk.read(rappels.preparer, tuple(ids), aujourdhui())
        except Refus as refus:
            informer(self.window(), "Lettre de rappel", str(refus))
            return
        lettres = courrier.lettres
        quoi = f"la lettre ({lettres[0].niveau.libelle.lower()})" if len(lettres) == 1 else "les lettres"
        filtre = "Documents PDF (*.pdf);;Documents Word modifiables (*.docx)"
        suite = partial(self._keep_days, lettres) if self.permis else None
        self.export.demander(f"Enregistrer {quoi}", courrier.nom_propose("pdf"), filtre, courrier.ecrire, suite)

    def _keep_days(self, lettres: Sequence[Lettre]) -> None:
        self.faire("Envoi des lettres", rappels.noter, lettres)

    def recevoir(self, ids: Sequence[int]) -> None:
        """Record that bilans came today."""
        self.faire("Réception", suivi.recevoir, tuple(ids), aujourdhui())

    def _take_back(self, ids: Sequence[int]) -> None:
        self.faire("Annulation", suivi.annuler_reception, tuple(ids))

    def _ask_day(self, ids: Sequence[int]) -> None:
        def enregistrer(valeurs: dict[str, Valeur]) -> None:
            changes = self.contexte.actions.do(suivi.recevoir, tuple(ids), valeurs["recu_le"])
            self.message.emit(changes.label)

        formulaire = Formulaire(
            "Enregistrer la réception", (_RECU_LE,), (("recu_le",),), sans_options, enregistrer, self.window()
        )
        formulaire.remplir({"recu_le": aujourdhui()})
        formulaire.nommer("Enregistrer la réception")
        formulaire.finished.connect(formulaire.deleteLater)
        formulaire.finished.connect(lambda _code: setattr(self, "formulaire", None))
        self.formulaire = formulaire
        formulaire.open()

    def _draw_up(self) -> None:
        """Draw up the bilans that every signed convention owes."""
        try:
            changes = self.contexte.actions.do(bilans.etablir)
        except Refus as refus:
            informer(self.window(), "Établir les bilans", str(refus))
            return
        self.message.emit(changes.label)

    def _save_results(self, resultats: Sequence[Resultat]) -> None:
        choisis = self.choisis()
        if len(choisis) == 1:
            self.faire("Enregistrement", suivi.mesurer, choisis[0].id, choisis[0].version, tuple(resultats))


def _facts(bilan: BilanSuivi) -> dict[str, str]:
    return {
        "Convention": bilan.convention_numero,
        "Action": bilan.action,
        "Période": f"du {format_date(bilan.debut)} au {format_date(bilan.fin)}",
        "À remettre le": format_date(bilan.echeance),
        "Reçu le": format_date(bilan.recu_le) if bilan.recu_le else "",
        "Lettres": "\n".join(f"{r.libelle} du {format_date(jour)}" for r, jour in bilan.lettres),
        "À envoyer": rappel.libelle if (rappel := bilan.a_envoyer(bilan.jour)) else "",
    }
