"""What a sitting changed of the phase put on its agenda: its lines, its title, its articles, its annexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from inclusion_desk.domain.annexes import thematiques_annexees
from inclusion_desk.domain.articles import Article, articles, articles_proposes
from inclusion_desk.domain.deliberations import AnnexeJointe, NatureArticle
from inclusion_desk.domain.dossier import DossierSeance, Ligne
from inclusion_desk.domain.figures import Sources, remplir, sources
from inclusion_desk.domain.money import INSECABLE
from inclusion_desk.domain.text import compter, enumerer, pluriel

_NOMS = {
    "titre": ("le titre", "", ""),
    "ordre": ("l’ordre des articles", "", ""),
    "article": ("l’article", "les articles", ""),
    "annexe": ("l’annexe", "les annexes", "e"),
}
"""How each text is called, alone then with others, and what agrees with it."""
_GESTES = {"modifie": "modifié", "ajoute": "ajouté", "retire": "retiré"}


@dataclass(frozen=True, slots=True)
class LigneModifiee:
    """One line that the sitting changed, with the label of its dispositif before and after.

    Nothing is before a line that was added, nothing after one that was taken away.
    """

    avant: Ligne | None
    apres: Ligne | None
    dispositifs: tuple[str, str]

    @property
    def ligne(self) -> Ligne:
        """The line as voted; as proposed where it was taken away."""
        ligne = self.apres or self.avant
        if ligne is None:
            raise TypeError(self)
        return ligne


@dataclass(frozen=True, slots=True)
class TexteModifie:
    """One text that the sitting changed: ``titre``, ``ordre`` (of the articles), ``article`` or ``annexe``, and how.

    ``numero`` is that of the act voted; of the one put on the agenda for what was taken away.
    """

    nature: str
    geste: str
    numero: int = 0


def est_modifie(propose: DossierSeance, vote: DossierSeance) -> bool:
    """Tell whether the sitting changed anything of what was put to the vote."""
    return bool(lignes_modifiees(propose, vote) or textes_modifies(propose, vote))


def lignes_modifiees(propose: DossierSeance, vote: DossierSeance) -> tuple[LigneModifiee, ...]:
    """List the lines that the sitting changed, added or took away, dispositif by dispositif."""
    avant, apres = ({ligne.proposition_id: ligne for ligne in d.lignes} for d in (propose, vote))
    noms = {o.dispositif_id: o.libelle for o in (*propose.operations, *vote.operations)}
    rangs = {dispositif_id: rang for rang, dispositif_id in enumerate(noms)}
    changees = (
        _changed(avant.get(identifiant), apres.get(identifiant), noms)
        for identifiant in dict.fromkeys((*avant, *apres))
    )
    return tuple(sorted(filter(None, changees), key=lambda changee: rangs[changee.ligne.dispositif_id]))


def _changed(avant: Ligne | None, apres: Ligne | None, noms: Mapping[int, str]) -> LigneModifiee | None:
    if avant is not None and apres is not None and _voted(avant) == _voted(apres):
        return None
    ancien, nouveau = (noms[ligne.dispositif_id] if ligne else "" for ligne in (avant, apres))
    return LigneModifiee(avant, apres, (ancien or nouveau, nouveau or ancien))


def _voted(ligne: Ligne) -> tuple[object, ...]:
    """Give what a vote decides of a line; names may be corrected without a vote."""
    return (
        ligne.dispositif_id, ligne.structure_id, ligne.territoire, ligne.montant, ligne.volume, ligne.etp,
        ligne.debut, ligne.fin, ligne.acte, ligne.code_operation,
    )  # fmt: skip


class _Paire:
    """The act put on the agenda and the act voted: whether a text says the same in both."""

    def __init__(self, propose: DossierSeance, vote: DossierSeance) -> None:
        self.propose = propose
        self.vote = vote

    @cached_property
    def _sources(self) -> tuple[Sources, Sources]:
        return sources(self.propose), sources(self.vote)

    def same(self, avant: str | None, apres: str | None) -> bool:
        """Tell whether a text is kept in the same words, figures apart that follow the lines, or prints the same."""
        if avant is None or apres is None or avant == apres:
            return avant == apres
        proposees, votees = self._sources
        return remplir(avant, proposees) == remplir(apres, votees)


def textes_modifies(propose: DossierSeance, vote: DossierSeance) -> tuple[TexteModifie, ...]:
    """List the texts that the sitting changed; what follows from the lines alone is left out."""
    paire = _Paire(propose, vote)
    changes = [*_titre(paire), *_articles(paire), *_annexes(paire)]
    return tuple(dict.fromkeys(changes))


def _titre(paire: _Paire) -> Iterator[TexteModifie]:
    avant, apres = (d.deliberation.titre or d.titre for d in (paire.propose, paire.vote))
    if avant != apres:
        yield TexteModifie("titre", "modifie")


def _articles(paire: _Paire) -> Iterator[TexteModifie]:
    places: list[tuple[int, int]] = []
    for avant, apres in (*_called(paire), *_free(paire)):
        if avant and apres:
            places.append((avant.numero, apres.numero))
            if not paire.same(avant.texte, apres.texte):
                yield TexteModifie("article", "modifie", apres.numero)
        elif apres:
            yield TexteModifie("article", "ajoute", apres.numero)
        elif avant:
            yield TexteModifie("article", "retire", avant.numero)
    suite = [apres for _, apres in sorted(places)]
    if suite != sorted(suite):
        yield TexteModifie("ordre", "modifie")


_Articles = tuple[Article | None, Article | None]
"""An article of the act put on the agenda and the same in the act voted."""


def _called(paire: _Paire) -> Iterator[_Articles]:
    """Match the articles that the lines call for; those that come or go with the lines are left out."""
    appeles = [{(a.nature, a.thematique) for a in articles_proposes(d)} for d in (paire.propose, paire.vote)]
    avant, apres = (
        {_cle(a): a for a in articles(d) if a.nature is not NatureArticle.LIBRE} for d in (paire.propose, paire.vote)
    )
    for cle in dict.fromkeys((*avant, *apres)):
        if all(cle in appeles_ for appeles_ in appeles):
            yield avant.get(cle), apres.get(cle)


def _cle(article: Article) -> tuple[str, int | None]:
    return (article.nature.value, article.thematique.numero if article.thematique else None)


def _free(paire: _Paire) -> Iterator[_Articles]:
    """Match the free articles: those that say the same first, then the others in their order."""
    avant, apres = ([a for a in articles(d) if a.nature is NatureArticle.LIBRE] for d in (paire.propose, paire.vote))
    for article in tuple(avant):
        meme = next((a for a in apres if paire.same(article.texte, a.texte)), None)
        if meme is not None:
            avant.remove(article)
            apres.remove(meme)
            yield article, meme
    yield from zip_longest(avant, apres)


def _annexes(paire: _Paire) -> Iterator[TexteModifie]:
    anciens = {o.dispositif_id: o.texte for o in paire.propose.operations}
    for numero, thematique in thematiques_annexees(paire.vote):
        for operation in thematique.operations:
            ancien = anciens.get(operation.dispositif_id, operation.texte)
            if not paire.same(ancien, operation.texte):
                yield TexteModifie("annexe", "modifie", numero)
    avant, apres = ({jointe.numero: jointe for jointe in d.annexes} for d in (paire.propose, paire.vote))
    for numero in sorted(avant.keys() | apres.keys()):
        if geste := _joined(paire, avant.get(numero), apres.get(numero)):
            yield TexteModifie("annexe", geste, numero)


def _joined(paire: _Paire, avant: AnnexeJointe | None, apres: AnnexeJointe | None) -> str:
    """Say what became of a joined text; nothing where it is the same."""
    if avant is None or apres is None:
        return "ajoute" if avant is None else "retire"
    same = (avant.titre, avant.modele) == (apres.titre, apres.modele) and paire.same(avant.texte, apres.texte)
    return "" if same else "modifie"


def dire(propose: DossierSeance, vote: DossierSeance) -> str:
    """Say what the sitting changed: ``2 propositions ont été modifiées et l’article 1 a été modifié``."""
    nombre = len(lignes_modifiees(propose, vote))
    verbe = pluriel(nombre, "a été modifiée", "ont été modifiées")
    lignes = [f"{compter(nombre, 'proposition')} {verbe}"] if nombre else []
    return enumerer([*lignes, *dire_textes(textes_modifies(propose, vote), "a été", "ont été")])


def dire_textes(textes: Sequence[TexteModifie], seul: str = "est", plusieurs: str = "sont") -> list[str]:
    """Say what became of texts, those of one kind together: ``les articles 1 et 2 sont modifiés``."""
    groupes: dict[tuple[str, str], list[int]] = {}
    for texte in textes:
        groupes.setdefault((texte.nature, texte.geste), []).append(texte.numero)
    return [_say(*groupe, numeros, (seul, plusieurs)) for groupe, numeros in groupes.items()]


def _say(nature: str, geste: str, numeros: list[int], auxiliaires: tuple[str, str]) -> str:
    un, des, feminin = _NOMS[nature]
    nombre = len(numeros)
    cites = f"{INSECABLE}{enumerer([str(numero) for numero in numeros])}" if numeros[0] else ""
    projet = " du projet" if geste == "retire" else ""
    accord = f"{feminin}{'s' if nombre > 1 else ''}"
    return f"{pluriel(nombre, un, des)}{cites}{projet} {pluriel(nombre, *auxiliaires)} {_GESTES[geste]}{accord}"
