"""The action sheets: their table, and beside it the one selected as acts print it, to publish or to renew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inclusion_desk.domain.codes import RUBRIQUES
from inclusion_desk.domain.etats import Transition, depuis
from inclusion_desk.domain.fiches import FicheAction
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.text import compter, format_date, typo
from inclusion_desk.services import fiches
from inclusion_desk.services.changes import Changes
from inclusion_desk.ui.parcours import PageSuivie, Vu

_PUBLIER = Transition("publier", depuis("preparation"), "publiee", "Publier cette version")
_RENOUVELER = Transition("renouveler", depuis("publiee"), "preparation", "Préparer une nouvelle version")
_PUCE = re.compile(r"^([ \t]*)[-–•][ \t]+", re.MULTILINE)
_TITRE = re.compile(r"^#{1,2}[ \t]+", re.MULTILINE)


class Fiches(PageSuivie):
    """The page of sheets and what the one selected says."""

    SUJET = "fiches"
    PRINCIPAUX = frozenset({"publier"})
    SUIVIS = frozenset({"conventions", "avenants"})
    LARGEUR = 380

    def decrire(self, choisis: Sequence[FicheAction]) -> None:
        """Say what the sheet selected says, and whether acts may carry it."""
        seule = choisis[0] if len(choisis) == 1 else None
        gestes = (_RENOUVELER if seule.publiee else _PUBLIER,) if seule and self.permis else ()
        vu = Vu(
            titre=_title(choisis),
            etat=seule.etat_libelle if seule else "",
            ton=("fait" if seule.publiee else "attente") if seule else "",
            faits=_say(seule) if seule else "" if choisis else "Choisissez une fiche pour la lire.",
        )
        self.parcours.montrer(vu, gestes, self.deplacer)

    def executer(self, transition: Transition, motif: str) -> Changes | None:
        """Publish the sheet selected, or open its next version.

        Raises:
            Refus: it may not.
        """
        del motif
        choisies = self.choisis()
        if len(choisies) != 1:
            return None
        seule = choisies[0]
        if transition.code == "publier":
            return self.contexte.actions.do(fiches.publier, seule.id, seule.version)
        changes = self.contexte.actions.do(fiches.renouveler, seule.id)
        for identifiant in changes.ids.get("fiches", ()):
            self.page.aller_a(identifiant)
        return changes


def _title(choisis: Sequence[FicheAction]) -> str:
    if not choisis:
        return "Aucune fiche choisie"
    return choisis[0].titre if len(choisis) == 1 else compter(len(choisis), "fiche action", "fiches action")


def _shown(texte: str) -> str:
    """Show the marks of a text as the act prints them: bullets as bullets, small titles without their sign."""
    return _TITRE.sub("", _PUCE.sub(rf"\1•{INSECABLE}", typo(texte)))


def _say(fiche: FicheAction) -> str:
    """Give the texts of a sheet one under the other, each under its title."""
    publiee = f"Publiée le {format_date(fiche.publiee_le)}" if fiche.publiee_le else "Modifiable jusqu’à sa publication"
    portee = compter(fiche.actes, "acte la porte", "actes la portent") if fiche.actes else "aucun acte ne la porte"
    parties = [f"Version {fiche.rang}. {publiee}, {portee}."]
    parties += [
        f"{libelle.upper()}\n{_shown(texte)}" for nom, libelle in RUBRIQUES.items() if (texte := getattr(fiche, nom))
    ]
    if fiche.indicateurs:
        parties.append(
            "INDICATEURS\n"
            + "\n".join(f"{n}.{INSECABLE}{typo(i.libelle)}" for n, i in enumerate(fiche.indicateurs, start=1))
        )
    return "\n\n".join(parties)
