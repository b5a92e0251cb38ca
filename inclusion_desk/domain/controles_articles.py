"""The controls of the articles, and of the figures that texts are tied to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from inclusion_desk.domain.constats import Cible, Constat, Controle, Gravite
from inclusion_desk.domain.controles_mots import citer
from inclusion_desk.domain.controles_vue import Texte, Vue
from inclusion_desk.domain.deliberations import ArticleSaisi
from inclusion_desk.domain.figures import INCONNUE, denombres_libres, inconnues, libres
from inclusion_desk.domain.money import INSECABLE, format_montant, format_montant_acte
from inclusion_desk.domain.text import compter, pluriel

_ROLES = {
    "conventions": "qui autorise à signer les conventions",
    "avenants": "qui autorise à signer les avenants",
    "imputation": "d’imputation",
    "libre": "libre",
}


def nommer(article: ArticleSaisi) -> str:
    """Name an article by what it decides, since its number moves: ``article d’imputation``."""
    if article.nature == "financement":
        return f"article de financement de la thématique {article.thematique}"
    return f"article {_ROLES.get(article.nature, article.nature)}"


def _retire(vue: Vue) -> Iterator[Constat]:
    """Point at the articles removed by hand though the lines still call for them."""
    for article in vue.articles:
        if article.retire and article.nature != "libre":
            montant = vue.thematiques.get(article.thematique or 0, 0)
            de = f" ({format_montant(montant)})" if montant else ""
            yield Constat(
                "ART-01",
                Gravite.ATTENTION,
                f"L’{nommer(article)}{de} a été retiré alors que des propositions l’appellent encore : rétablissez-le, "
                "ou retirez ces propositions.",
            )


def _ordre(vue: Vue) -> Iterator[Constat]:
    """Point at an imputation placed before a financing: it refers to articles that come after it (the case, art. 6)."""
    natures = [article.nature for article in vue.articles if not article.retire]
    if "imputation" in natures and "financement" in natures[natures.index("imputation") :]:
        yield Constat(
            "ART-02",
            Gravite.ATTENTION,
            f"L’article {natures.index('imputation') + 1} impute des dépenses qu’un article suivant décide seulement : "
            "placez l’imputation après les articles de financement.",
        )


def _en_double(vue: Vue) -> Iterator[Constat]:
    """Point at articles listed twice for one decision: the act prints the first."""
    saisis = vue.dossier.deliberation.articles
    fois = Counter((article.nature, article.thematique) for article in saisis if article.nature != "libre")
    for (nature, thematique), nombre in fois.items():
        if nombre > 1:
            yield Constat(
                "ART-03",
                Gravite.ATTENTION,
                f"L’{nommer(ArticleSaisi(nature, thematique))} figure {nombre} fois dans la liste et l’acte imprime le "
                "premier : supprimez l’autre.",
            )


def _libre(vue: Vue) -> Iterator[Constat]:
    """Tell which articles are free: nothing in them follows the lines."""
    for numero, article in _numerotes(vue):
        if article.nature == "libre" and (article.texte or "").strip():
            yield Constat(
                "ART-04",
                Gravite.INFORMATION,
                f"L’article {numero} est un article libre, qu’aucune proposition n’appelle : relisez-le à chaque "
                "modification de la phase.",
            )


def _vide(vue: Vue) -> Iterator[Constat]:
    """Point at free articles without a text: they would print as dots."""
    for numero, article in _numerotes(vue):
        if article.nature == "libre" and not (article.texte or "").strip():
            yield Constat(
                "ART-05",
                Gravite.ATTENTION,
                f"L’article {numero} n’a pas de texte et s’imprimerait en pointillé : rédigez-le ou retirez-le.",
            )


def _numerotes(vue: Vue) -> Iterator[tuple[int, ArticleSaisi]]:
    return enumerate((article for article in vue.articles if not article.retire), start=1)


def _source_perdue(vue: Vue) -> Iterator[Constat]:
    """Check that no figure of a text is tied to a source that is gone: it would print as a blank."""
    for texte in vue.textes:
        perdues = inconnues(texte.brut, vue.sources) if "{" in texte.brut else ()
        if perdues:
            liees = compter(len(perdues), "chiffre était lié", "chiffres étaient liés")
            verbe = pluriel(len(perdues), "s’imprimerait", "s’imprimeraient")
            yield Constat(
                "FIG-01",
                Gravite.BLOQUANT,
                f"Dans {texte.lieu}, {liees} à une donnée qui n’existe plus et {verbe} « {INCONNUE} » : reprenez le "
                "texte.",
                cibles_texte(texte),
            )


def _montant_libre(vue: Vue) -> Iterator[Constat]:
    """Point at the amounts of texts tied to nothing: nobody corrects them when the lines change (the case, art. 1)."""
    for texte in vue.textes:
        if montants := libres(texte.brut):
            decide = texte.article is not None or texte.dispositif is not None
            lies = compter(len(montants), "montant n’est lié", "montants ne sont liés")
            yield Constat(
                "FIG-02",
                Gravite.ATTENTION if decide else Gravite.INFORMATION,
                f"Dans {texte.lieu}, {lies} à aucune donnée de la phase ({citer(montants)}) : "
                f"{pluriel(len(montants), 'vérifiez-le', 'vérifiez-les')} à chaque modification.",
                cibles_texte(texte),
            )


def _autre_source(vue: Vue) -> Iterator[Constat]:
    """Point at figures tied to another dispositif or thématique than the one the text is about."""
    dispositifs = {op.operation.dispositif_id: op for op in vue.operations}
    for texte in vue.textes:
        if texte.thematique is None or "{" not in texte.brut:
            continue
        permises = {f"thematique-{texte.thematique}"} | {
            f"dispositif-{d}"
            for d, op in dispositifs.items()
            if op.thematique == texte.thematique and texte.dispositif in {None, d}
        }
        autres = [
            nom for nom in inconnues(texte.brut, {})
            if nom.startswith(("thematique-", "dispositif-")) and nom.split(".")[0] not in permises
        ]  # fmt: skip
        chiffres = [vue.sources[nom] for nom in autres if nom in vue.sources]
        if chiffres:
            yield Constat(
                "FIG-03",
                Gravite.ATTENTION,
                f"Dans {texte.lieu}, {compter(len(chiffres), 'chiffre est lié', 'chiffres sont liés')} à un autre "
                f"dispositif ou à une autre thématique ({citer(chiffres)}) : ressaisissez le bon.",
                cibles_texte(texte),
            )


def _sans_montant(vue: Vue) -> Iterator[Constat]:
    """Check that a financing article edited by hand still says its amount (the case, l.84)."""
    for texte in vue.textes:
        article = texte.article
        cents = vue.thematiques.get(article.thematique or 0, 0) if article else 0
        montant = format_montant_acte(cents)
        if article and cents and montant not in texte.imprime.replace(" ", INSECABLE):
            yield Constat(
                "FIG-04",
                Gravite.ATTENTION,
                f"Dans {texte.lieu}, modifié à la main, le montant de la thématique {article.thematique} ({montant}) "
                "n’est pas écrit : ajoutez-le.",
            )


def _compte_libre(vue: Vue) -> Iterator[Constat]:
    """Point at what an article edited by hand counts and no row does: « 3 dispositifs » where there are two."""
    for texte in vue.textes:
        if texte.article is not None and (comptes := denombres_libres(texte.brut)):
            lies = compter(len(comptes), "nombre n’est lié", "nombres ne sont liés")
            yield Constat(
                "FIG-05",
                Gravite.ATTENTION,
                f"Dans {texte.lieu}, {lies} à aucune donnée de la phase ({citer(comptes)}) : "
                f"{pluriel(len(comptes), 'vérifiez-le', 'vérifiez-les')}.",
            )


def cibles_texte(texte: Texte) -> tuple[Cible, ...]:
    """Lead to the dispositif that a text is about, where it is about one."""
    return () if texte.dispositif is None else (Cible("dispositifs", texte.dispositif),)


_LIEN = "Règle de la maison : un chiffre est saisi une fois"
CONTROLES_ARTICLES = (
    Controle("ART-01", "Article retiré", _retire, "Règle de la maison"),
    Controle("ART-02", "Ordre des articles", _ordre, "Délibération n° 2024-587, article 6"),
    Controle("ART-03", "Article en double", _en_double, "Règle de la maison"),
    Controle("ART-04", "Article libre", _libre, "Règle de la maison"),
    Controle("ART-05", "Article libre sans texte", _vide, "Règle de la maison"),
    Controle("FIG-01", "Chiffre dont la source a disparu", _source_perdue, _LIEN),
    Controle("FIG-02", "Montant lié à rien", _montant_libre, _LIEN),
    Controle("FIG-03", "Chiffre lié à une autre source", _autre_source, _LIEN),
    Controle("FIG-04", "Article sans son montant", _sans_montant, "Délibération n° 2024-587, articles 1 à 3"),
    Controle("FIG-05", "Nombre lié à rien", _compte_libre, _LIEN),
)
"""The rules of the articles and of tied figures, in the order in which they are shown."""
