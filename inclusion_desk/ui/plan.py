"""The tabs as data: what each holds, in the order users work. A new subject or section is one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from inclusion_desk.ui.annuaire import Annuaire
from inclusion_desk.ui.page import Page
from inclusion_desk.ui.pages import PAGES
from inclusion_desk.ui.volet import Partie, Volet

if TYPE_CHECKING:
    from inclusion_desk.ui.contexte import Contexte
    from inclusion_desk.ui.vues import Vue


@dataclass(frozen=True, slots=True)
class Onglet:
    """One tab: its name, title with its mnemonic, icon, and its parts; a tab of one part shows nothing but it.

    ``controles`` tells whether the findings of the phase are of use beside it.
    """

    nom: str
    titre: str
    image: str
    parties: tuple[Partie, ...]
    rail: bool = False
    controles: bool = True

    def creer(self) -> Vue:
        """Build what the tab shows."""
        return self.parties[0].creer() if len(self.parties) == 1 else Volet(self.parties, rail=self.rail)


def planifier(contexte: Contexte) -> tuple[Onglet, ...]:
    """List the tabs of a window on one database."""

    def page(sujet: str, groupe: str = "", titre: str = "") -> Partie:
        description = PAGES[sujet]
        return Partie(
            sujet,
            titre or description.titre.replace("&", ""),
            description.image,
            partial(Page, description, contexte),
            groupe,
            (sujet,),
        )

    def rows(sujet: str, titre: str, image: str) -> Partie:
        """Tell of a page whose description is loaded on first use."""
        return Partie(sujet, titre, image, lambda: Page(PAGES[sujet], contexte), "", (sujet,))

    def section(nom: str, titre: str, image: str, groupe: str = "", *sujets: str) -> Partie:
        return Partie(nom, titre, image, partial(_section, nom, contexte), groupe, sujets)

    def seul(sujet: str) -> Onglet:
        return Onglet(sujet, PAGES[sujet].titre, PAGES[sujet].image, (page(sujet),))

    seance, acte, repertoires = "Séance", "Acte", "Répertoires"
    return (
        Onglet("campagne", "&Campagne", "campagne", (
            section("dossiers", "Dossiers", "candidatures", "", "candidatures"),
            page("thematiques"), section("phases", "Phases", "phases", "", "phases"), page("periodes"),
        )),
        Onglet("structures", PAGES["structures"].titre, "structures", (
            Partie("structures", "Structures", "structures", partial(Annuaire, contexte), "", ("structures",)),
        )),
        seul("dispositifs"),
        Onglet("budget", PAGES["budget"].titre, "budget", (
            page("budget", titre="Lignes"), page("decisions"), section("chaine", "Chaîne des phases", "chaine"),
        )),
        seul("propositions"),
        Onglet("seance", "Séance && &délibération", "seance", (
            section("etapes", "Étapes", "etapes", seance),
            section("seance", "Date et lieu", "seance", seance),
            section("presences", "Présences", "presences", seance),
            section("vote", "Vote", "vote", seance),
            section("deliberation", "Délibération", "deliberation", acte),
            section("visas", "Visas", "visas", acte),
            page("avis", acte),
            section("articles", "Articles", "articles", acte),
            section("textes", "Textes", "textes", acte),
            page("annexes", acte),
            page("elus", repertoires), page("groupes", repertoires), page("mandats", repertoires),
            page("references", repertoires), section("modeles", "Modèles", "modeles", repertoires),
        ), rail=True),
        *_after_vote(rows, section),
    )  # fmt: skip


def _after_vote(rows: Callable[..., Partie], section: Callable[..., Partie]) -> tuple[Onglet, ...]:
    """List the tabs of what follows the vote."""
    return (
        Onglet("conventions", "Conv&entions", "conventions", (
            section("actes", "Actes à produire", "actes", ""),
            section("conventions", "Conventions", "conventions", "", "conventions"),
            section("avenants", "Avenants", "avenants", "", "avenants"),
            rows("montants", "Montants", "budget"), rows("annexes_actes", "Annexes des actes", "annexes"),
            section("fiches", "Fiches action", "fiches", "", "fiches"),
        ), controles=False),
        Onglet("suivi", "Sui&vi", "calendrier", (
            section("calendrier", "Calendrier", "calendrier"),
            section("versements", "Versements", "budget", "", "versements"),
            section("bilans", "Bilans", "textes", "", "bilans"),
            section("service_fait", "Service fait", "valide"),
            section("besoins", "Crédits de paiement", "chaine"),
            section("cofinancement", "Cofinancement", "decisions"),
        ), controles=False),
    )  # fmt: skip


def _section(nom: str, contexte: Contexte) -> Vue:
    """Build a section; each is loaded on first use."""
    from inclusion_desk.ui.sections import SECTIONS  # noqa: PLC0415 - see above

    return SECTIONS[nom](contexte)
