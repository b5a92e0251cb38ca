"""Conventions and avenants: their tables, and beside them the chain of the one selected and what may be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from inclusion_desk.domain.champs import Valeurs, par_nom
from inclusion_desk.domain.codes import ETATS_AVENANT, ETATS_CONVENTION
from inclusion_desk.domain.conventions import Avenant, Convention
from inclusion_desk.domain.conventions_champs import CHAMPS_AVENANT, CHAMPS_CONVENTION
from inclusion_desk.domain.etats import Transition
from inclusion_desk.domain.refus import Refus
from inclusion_desk.services import conventions, evenements, pieces, signatures
from inclusion_desk.services.changes import Changes
from inclusion_desk.services.jour import aujourdhui
from inclusion_desk.ui.cartes import vider
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.dialogues import avertir, demander
from inclusion_desk.ui.documents import ouvrir_fichier
from inclusion_desk.ui.faits_actes import dire_avenant, dire_convention, montrer_chaine, nommer
from inclusion_desk.ui.formulaire import MOTIF, Formulaire, sans_options
from inclusion_desk.ui.icones import icone
from inclusion_desk.ui.parcours import PageSuivie, Vu
from inclusion_desk.ui.pastilles import TONS_ACTE

if TYPE_CHECKING:
    from inclusion_desk.services.pieces import Piece
    from inclusion_desk.ui.contexte import Contexte

_LARGEUR = 300
_CHAMPS = {"conventions": CHAMPS_CONVENTION, "avenants": CHAMPS_AVENANT}


class Actes(PageSuivie):
    """What the pages of conventions and of avenants share: moves, preview, signed copies."""

    PRINCIPAUX = frozenset({"envoyer", "signer", "executer"})
    SUIVIS = frozenset({"conventions", "avenants", "pieces", "structures"})
    LARGEUR = _LARGEUR

    def __init__(self, contexte: Contexte) -> None:
        super().__init__(contexte)
        self.dates: Formulaire | None = None
        self.outils = QWidget()
        self._bas = QVBoxLayout(self.outils)
        self._bas.setContentsMargins(0, 0, 0, 0)
        self._bas.setSpacing(6)
        self.parcours.inserer(self.outils)

    def ids(self, choisi: Any) -> tuple[int, int | None]:  # noqa: ANN401 - a row of the subject
        """Give the act of a row, as its convention and its avenant."""
        return (choisi.id, None) if self.SUJET == "conventions" else (choisi.convention_id, choisi.id)

    def executer(self, transition: Transition, motif: str) -> Changes | None:
        """Make the act selected move.

        Raises:
            Refus: it may not.
        """
        choisis = self.choisis()
        if len(choisis) != 1:
            return None
        seul = choisis[0]
        return self.contexte.actions.do(signatures.deplacer, self.SUJET, seul.id, seul.version, transition.code, motif)

    def deplacer(self, transition: Transition) -> None:
        """Make a move, after asking for the dates it needs; a refusal is said beside the date at fault."""
        choisis = self.choisis()
        if transition.saisies and len(choisis) == 1:
            self.dates = self._ask_dates(transition, choisis[0])
        else:
            super().deplacer(transition)

    def _ask_dates(self, transition: Transition, choisi: Any) -> Formulaire:  # noqa: ANN401 - a row of the subject
        """Open the form of the dates that a move asks for, filled with those known."""
        siens = par_nom(_CHAMPS[self.SUJET])
        champs = tuple(replace(siens[nom], obligatoire=True) for nom in transition.saisies)
        groupes: tuple[tuple[str, ...], ...] = (transition.saisies,)
        formulaire = Formulaire(
            f"{transition.geste} – {nommer([choisi])}",
            (*champs, MOTIF) if transition.motive else champs,
            (*groupes, (MOTIF.nom,)) if transition.motive else groupes,
            sans_options,
            partial(self._move, transition, choisi),
            self.window(),
        )
        formulaire.nommer(transition.geste)
        formulaire.remplir({champ.nom: getattr(choisi, champ.nom) for champ in champs})
        formulaire.open()
        return formulaire

    def _move(self, transition: Transition, choisi: Any, saisies: Valeurs) -> None:  # noqa: ANN401 - idem
        faire = self.contexte.actions.do
        changes = faire(signatures.enregistrer, self.SUJET, choisi.id, choisi.version, transition, saisies)
        self.message.emit(changes.label)

    def gestes(self, choisis: Sequence[Any]) -> tuple[Transition, ...]:
        """List what the act selected may do."""
        seul = len(choisis) == 1 and self.permis
        return conventions.moves_of(self.SUJET, [c.etat for c in choisis]) if seul else ()

    def montrer_outils(self, choisis: Sequence[Any], elements: Sequence[QWidget] = ()) -> None:
        """Show what is known of the act selected, its preview and its signed copies."""
        vider(self._bas)
        for element in elements:
            self._bas.addWidget(element)
        if len(choisis) == 1:
            self._add_preview(choisis[0])
            self._add_copies(self.ids(choisis[0]))

    def _add_preview(self, choisi: Any) -> None:  # noqa: ANN401 - a row of the subject
        if choisi.externe:
            return
        bouton = _button("Aperçu de l’acte", "apercu")
        bouton.clicked.connect(lambda: self.previsualiser(choisi))
        self._bas.addWidget(bouton)

    def previsualiser(self, choisi: Any) -> QWidget:  # noqa: ANN401 - a row of the subject
        """Show an act as it would be printed."""
        from inclusion_desk.ui.apercu_acte import ApercuActe  # noqa: PLC0415 - pdfium is loaded on first use

        fenetre = ApercuActe(self.contexte, self.ids(choisi), nommer([choisi]), self.window())
        fenetre.open()
        return fenetre

    def _add_copies(self, ids: tuple[int, int | None]) -> None:
        jointes = self.contexte.desk.read(pieces.lister, *ids)
        self._bas.addWidget(etiquette("Copies signées", "sous-titre"))
        if not jointes:
            self._bas.addWidget(etiquette("Aucune copie signée n’est jointe.", "doux"))
        for piece in jointes:
            bouton = _button(piece.nom, "annexes")
            bouton.setToolTip(f"Ouvrir {piece.nom} ({piece.poids})")
            bouton.clicked.connect(lambda _coche=False, p=piece: self._open_copy(p))
            self._bas.addWidget(bouton)
        if self.permis:
            joindre = _button("Joindre une copie signée…", "ajouter")
            joindre.clicked.connect(lambda: self._ask_copy(ids))
            self._bas.addWidget(joindre)

    def _ask_copy(self, ids: tuple[int, int | None]) -> None:
        lieu = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        choisi, _ = QFileDialog.getOpenFileName(self, "Joindre une copie signée", lieu, "Documents PDF (*.pdf)")
        if choisi:
            self.joindre(ids, Path(choisi))

    def joindre(self, ids: tuple[int, int | None], chemin: Path) -> None:
        """Attach a signed copy to an act; a refusal is said."""
        try:
            piece = pieces.deposer(self.contexte.desk, chemin)
            changes = self.contexte.actions.do(pieces.joindre, *ids, piece)
        except Refus as erreur:
            avertir(self.window(), "Copie non jointe", str(erreur))
            return
        self.message.emit(changes.label)

    def _open_copy(self, piece: Piece) -> None:
        try:
            chemin = pieces.ouvrir(self.contexte.desk, piece)
        except Refus as erreur:
            avertir(self.window(), "Copie illisible", str(erreur))
            return
        if not ouvrir_fichier(chemin):
            avertir(self.window(), "Copie signée", f"Aucun programme de ce poste n’a pu ouvrir {piece.nom}.")


class Conventions(Actes):
    """The page of conventions and the chain of the one selected."""

    SUJET = "conventions"
    OUVRIR = "Ouvrir la convention"

    def deplacer(self, transition: Transition) -> None:
        """Make a move; one that settles a convention says first what it leaves without issue, and asks."""
        choisis = self.choisis()
        if transition.code == "solder" and len(choisis) == 1 and not self._confirm_settling(choisis[0]):
            return
        super().deplacer(transition)

    def _confirm_settling(self, choisie: Convention) -> bool:
        reste = self.contexte.desk.read(conventions.en_suspens, choisie.id, aujourdhui()).phrase
        if not reste:
            return True
        question = f"{reste}\n\nLa convention soldée, rien n’en sera plus ni versé ni réclamé."
        reponses = ("Solder quand même", "Annuler")
        return demander(self.window(), f"Solder la convention {choisie.numero}", question, reponses, entree=1) == 0

    def decrire(self, choisis: Sequence[Convention]) -> None:
        """Say where the convention selected stands, act after act."""
        seul = choisis[0] if len(choisis) == 1 else None
        chaine = self.contexte.desk.read(conventions.lire, seul.id) if seul else None
        vu = Vu(
            titre=nommer(choisis) if choisis else "Aucune convention choisie",
            etat=ETATS_CONVENTION[seul.etat] if seul else "",
            ton=TONS_ACTE[seul.etat] if seul else "",
            faits=dire_convention(chaine) if chaine else "" if choisis else "Choisissez une convention pour la suivre.",
            histoire=chaine.historique if chaine else None,
            sans_histoire="Enregistrée, rien n’a encore été fait.",
        )
        self.parcours.montrer(vu, self.gestes(choisis), self.deplacer)
        self.montrer_outils(choisis, montrer_chaine(chaine) if chaine else ())


class Avenants(Actes):
    """The page of avenants and the path of the one selected."""

    SUJET = "avenants"
    OUVRIR = "Ouvrir l’avenant"

    def decrire(self, choisis: Sequence[Avenant]) -> None:
        """Say where the avenant selected stands, and what the convention comes to with it."""
        seul = choisis[0] if len(choisis) == 1 else None
        chaine = self.contexte.desk.read(conventions.lire, seul.convention_id) if seul else None
        etape = next((e for e in chaine.etapes if e.rang == seul.rang), None) if chaine and seul else None
        invite = "" if choisis else "Choisissez un avenant pour le suivre."
        vu = Vu(
            titre=nommer(choisis) if choisis else "Aucun avenant choisi",
            etat=ETATS_AVENANT[seul.etat] if seul else "",
            ton=TONS_ACTE[seul.etat] if seul else "",
            faits=dire_avenant(etape, seul) if etape and seul else invite,
            histoire=self.contexte.desk.read(evenements.historique, "avenants", seul.id) if seul else None,
            sans_histoire="Préparé, rien n’a encore été fait.",
        )
        self.parcours.montrer(vu, self.gestes(choisis), self.deplacer)
        self.montrer_outils(choisis)


def _button(texte: str, image: str) -> QPushButton:
    bouton = QPushButton(icone(image), texte)
    bouton.setAutoDefault(False)
    return bouton
