"""The form that draws up a schedule: the act, the model, the parts left to the instructor, and what they give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from inclusion_desk.domain.champs import Champ, Nature, Valeur
from inclusion_desk.domain.echeanciers import MODELES_ECHEANCIER, phrases
from inclusion_desk.domain.money import INSECABLE, format_montant
from inclusion_desk.domain.parts_saisies import read_part
from inclusion_desk.domain.refus import Refus
from inclusion_desk.domain.text import compter, pluriel, typo
from inclusion_desk.services import versements
from inclusion_desk.ui.champs import etiquette
from inclusion_desk.ui.formulaire import Formulaire, sans_options

if TYPE_CHECKING:
    from inclusion_desk.domain.partage import Part
    from inclusion_desk.services.versements import ActeAPayer
    from inclusion_desk.ui.contexte import Contexte

_PARTS = ("premier", "deuxieme")
_AIDE = "Un pourcentage (40 %) ou un montant (50 000)"
_VOYELLES = "aeiouyéèê"


def _fields(actes: Mapping[str, ActeAPayer]) -> tuple[Champ, ...]:
    choix = {cle: f"{acte.libelle} – {format_montant(acte.apport)}" for cle, acte in actes.items()}
    modeles = {code: modele.libelle for code, modele in MODELES_ECHEANCIER.items()}
    return (
        Champ("acte", "Acte", "L’acte", Nature.CHOIX, obligatoire=True, choix=choix),
        Champ("modele", "Modèle", "Le modèle d’échéancier", Nature.CHOIX, obligatoire=True, choix=modeles),
        Champ("premier", "Premier versement", "Le premier versement", aide=_AIDE),
        Champ("deuxieme", "Deuxième versement", "Le deuxième versement", aide=_AIDE),
    )


def _ask(titre: str) -> str:
    """Ask for a part that is not typed yet: « Saisissez le premier versement », « Saisissez l’avance »."""
    bas = f"{titre[:1].lower()}{titre[1:]}"
    quoi = f"l’{bas}" if bas[0] in _VOYELLES else f"le {bas}"
    return typo(f"Saisissez {quoi} : {_AIDE[:1].lower()}{_AIDE[1:]}.")


def _replaced(nombre: int) -> str:
    """Say what the new schedule takes the place of; nothing when there is none."""
    if not nombre:
        return ""
    plusieurs = f"les {compter(nombre, 'versement')} déjà prévus"
    return f"Remplace {pluriel(nombre, 'le versement déjà prévu', plusieurs)}."


class FormulaireEcheancier(Formulaire):
    """Shows the instalments as they are typed; saving writes them."""

    def __init__(self, contexte: Contexte, actes: Mapping[str, ActeAPayer], parent: QWidget | None = None) -> None:
        groupes = (("acte",), ("modele",), _PARTS)
        super().__init__("Établir l’échéancier", _fields(actes), groupes, sans_options, self._write, parent)
        self._contexte = contexte
        self._actes = actes
        self.apercu = etiquette("")
        self.remplace = etiquette("", "doux")
        self._bas = QVBoxLayout()
        self._hauteur = 0
        self._lay_preview()
        self.nommer("&Établir")
        self.rubriques["acte"].saisie.modifie.connect(self._on_act)
        self.champs.modifie.connect(self._preview)
        premiere = next(iter(actes), None)
        self.remplir({"acte": premiere, "modele": actes[premiere].modele if premiere else None})
        self._preview()

    def _lay_preview(self) -> None:
        """Set what the fields give under them: the fields take no more height than they need."""
        self._bas.setContentsMargins(24, 0, 24, 0)
        for element in (etiquette("Versements prévus", "sous-titre"), self.apercu, self.remplace):
            self._bas.addWidget(element)
        pile = self.layout()
        if isinstance(pile, QVBoxLayout):
            pile.insertLayout(2, self._bas)
            pile.insertStretch(3)

    def _adjust(self) -> None:
        """Follow the height of the fields asked for and of the preview; a size the user gave stays while they do."""
        if (pile := self.champs.layout()) is not None:
            pile.activate()
        self._zone.setMaximumHeight(self.champs.sizeHint().height() + 2)
        self._bas.invalidate()
        large = max(self.width(), self.sizeHint().width())
        hauteur = self.sizeHint().height() + self._bas.heightForWidth(large)
        if hauteur != self._hauteur:
            self._hauteur = hauteur
            self.resize(large, min(hauteur, self.screen().availableSize().height()))

    def _on_act(self) -> None:
        acte = self._actes.get(self.rubriques["acte"].saisie.texte())
        if acte is not None:
            self.rubriques["modele"].saisie.poser(acte.modele)

    def _preview(self) -> None:
        """Ask for the parts that the model leaves, and say what they give."""
        modele = MODELES_ECHEANCIER.get(self.rubriques["modele"].saisie.texte())
        a_saisir = modele.a_saisir if modele else ()
        for rang, nom in enumerate(_PARTS):
            self.rubriques[nom].setVisible(rang < len(a_saisir))
            if rang < len(a_saisir) and (titre := self.rubriques[nom].findChild(QLabel)) is not None:
                titre.setText(a_saisir[rang])
        valeurs, _refus = self.champs.lire()
        vides = [titre for nom, titre in zip(_PARTS, a_saisir, strict=False) if not valeurs.get(nom)]
        self.apercu.setText(_ask(vides[0]) if vides else self._say(valeurs))
        acte = self._actes.get(str(valeurs.get("acte") or ""))
        self.remplace.setText(_replaced(len(acte.versements)) if acte else "")
        self.remplace.setVisible(bool(self.remplace.text()))
        self._adjust()
        QTimer.singleShot(0, self, self._adjust)  # what is shown or hidden inside the fields is measured by then

    def _say(self, valeurs: Mapping[str, Valeur]) -> str:
        """Say the instalments that what is typed gives, or why it gives none."""
        try:
            prevus = self._contexte.desk.read(versements.essayer, *self._request(valeurs))
        except Refus as erreur:
            return str(erreur)
        lignes = phrases(prevus, "de l’avenant" if "/" in str(valeurs.get("acte")) else "de la convention")
        return "\n".join(f"•{INSECABLE}{ligne}" for ligne in lignes)

    def _request(self, valeurs: Mapping[str, Valeur]) -> tuple[int, int | None, str, tuple[Part, ...]]:
        """Turn what is typed into the arguments of ``versements.etablir``.

        Raises:
            Refus: an act, a model or a part is missing or unreadable.
        """
        acte = self._actes.get(str(valeurs.get("acte") or ""))
        modele = MODELES_ECHEANCIER.get(str(valeurs.get("modele") or ""))
        if acte is None:
            raise Refus("L’acte est à choisir dans la liste.", "acte")
        if modele is None:
            raise Refus("Le modèle d’échéancier est à choisir dans la liste.", "modele")
        parts = tuple(
            read_part(str(valeurs.get(nom) or ""), f"Le montant du versement «{INSECABLE}{libelle}{INSECABLE}»", nom)
            for nom, libelle in zip(_PARTS, modele.a_saisir, strict=False)
        )
        return acte.convention_id, acte.avenant_id, modele.code, parts

    def _write(self, valeurs: dict[str, Valeur]) -> None:
        self._contexte.actions.do(versements.etablir, *self._request(valeurs))
