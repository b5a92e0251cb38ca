"""The controls of the texts: the linter over each of them, and what several texts say together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from inclusion_desk.domain.annexes import numero_thematique
from inclusion_desk.domain.constats import Constat, Controle, Gravite
from inclusion_desk.domain.controles_articles import cibles_texte
from inclusion_desk.domain.controles_mots import guillemets
from inclusion_desk.domain.controles_vue import Texte, Vue
from inclusion_desk.domain.text import enumerer, fold, pluriel
from inclusion_desk.domain.textes_controles import ESPACE, REGLES_STRUCTURE, Regle, conventions_citees, extrait
from inclusion_desk.domain.textes_controles_fautes import REGLES_FAUTES
from inclusion_desk.domain.textes_controles_figures import REGLES_FIGURES, styles_dates, styles_montants

_SUITE = rf"\d+(?:(?:{ESPACE}*,{ESPACE}*|{ESPACE}+(?:et|à){ESPACE}+)\d+)*"
_ANNEXES = re.compile(
    rf"\bannexes?{ESPACE}+(?:n°{ESPACE}*)?({_SUITE})(?!\d|\s+(?:de|à)\s+l(?:a|['’])\s*(?:convention|avenant))",
    re.IGNORECASE,
)
_LISTEE = re.compile(
    rf"^[\s\-•*#>«\uf0b7]*annexe{ESPACE}+(?:n°{ESPACE}*)?(\d+){ESPACE}*[:–—-]{ESPACE}*(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_ENTRE_PARENTHESES = re.compile(rf"\(annexe{ESPACE}+(?:n°{ESPACE}*)?(\d+)\)", re.IGNORECASE)
_AJOUTEE = re.compile(
    rf"(?:compl[ée]t\w+|remplac\w+)\s+par\s+(?:l['’]|une\s|la\s)annexe{ESPACE}+(?:n°{ESPACE}*)?(\d+)"
    rf"|\bannexe{ESPACE}+(?:n°{ESPACE}*)?(\d+)\s+est\s+(?:ajout|joint)",
    re.IGNORECASE,
)
_REPARTITION = re.compile(rf"r[ée]partition[^.;\n]{{0,80}}?\bannexe{ESPACE}+(\d+)", re.IGNORECASE)
_THEMATIQUE = re.compile(rf"th[ée]matique{ESPACE}+(\d+)\b[^.;]{{0,200}}?\(annexes?{ESPACE}+({_SUITE})\)", re.IGNORECASE)
_PROCHE = 80
_BORDS = " \t\u00a0-–•*#«»\uf0b7\uf02d"


def _numeros(suite: str) -> list[int]:
    """Read ``5, 6 et 7`` or ``5 à 10``."""
    if bornes := re.fullmatch(r"(\d+)\s+à\s+(\d+)", suite.strip()):
        return list(range(int(bornes[1]), int(bornes[2]) + 1))
    return [int(n) for n in re.findall(r"\d+", suite)]


def _annexe_inexistante(vue: Vue) -> Iterator[Constat]:
    """Point at annexes that a text announces and that do not exist (the case, l.458)."""
    existantes = {*range(1, vue.repartition + 1), *(annexe.numero for annexe in vue.dossier.annexes)}
    for texte in vue.textes:
        if texte.joint:
            absentes = _not_listed(texte.imprime)
        else:
            cites = (n for trouve in _ANNEXES.finditer(texte.imprime) for n in _numeros(trouve[1]))
            absentes = list(dict.fromkeys(n for n in cites if n not in existantes))
        if absentes:
            numeros = enumerer([str(n) for n in absentes])
            yield Constat(
                "TXT-01",
                Gravite.ATTENTION,
                f"Dans {texte.lieu}, {pluriel(len(absentes), 'l’annexe', 'les annexes')} {numeros} "
                f"{pluriel(len(absentes), 'est annoncée et n’existe', 'sont annoncées et n’existent')} pas : "
                f"{pluriel(len(absentes), 'joignez-la', 'joignez-les')} ou corrigez le numéro.",
                cibles_texte(texte),
            )


def _not_listed(texte: str) -> list[int]:
    """List the annexes that a joined text adds to a convention and does not list among its own."""
    listees = {int(numero) for numero, _ in _LISTEE.findall(texte)}
    ajoutees = [int(a or b) for a, b in _AJOUTEE.findall(texte)]
    if listees:
        ajoutees += [int(numero) for numero in _ENTRE_PARENTHESES.findall(texte)]
    return list(dict.fromkeys(n for n in ajoutees if n not in listees))


def _annexes_croisees(vue: Vue) -> Iterator[Constat]:
    """Point at references to an annexe that is another document’s (the case, l.1405 and l.1442)."""
    for texte in vue.textes:
        croisees = _crossed_own(texte.imprime) if texte.joint else _crossed(vue, texte.imprime)
        for phrase in croisees[:1]:
            yield Constat("TXT-02", Gravite.ATTENTION, f"Dans {texte.lieu}, {phrase}.", cibles_texte(texte))


def _crossed(vue: Vue, texte: str) -> list[str]:
    autres = [
        f"la répartition est annoncée en annexe {trouve[1]} ({extrait(texte, *trouve.span(1))}) alors qu’elle forme "
        f"l’annexe {vue.repartition} : corrigez le numéro"
        for trouve in _REPARTITION.finditer(texte)
        if int(trouve[1]) != vue.repartition
    ]
    for trouve in _THEMATIQUE.finditer(texte):
        juste = numero_thematique(vue.dossier, int(trouve[1]))
        cites = [n for n in _numeros(trouve[2]) if n < vue.repartition]
        if juste and cites and juste not in cites:
            autres.append(
                f"la thématique {trouve[1]} est renvoyée à l’annexe {cites[0]} alors qu’elle forme l’annexe {juste} : "
                "corrigez le numéro"
            )
    return autres


def _crossed_own(texte: str) -> list[str]:
    from rapidfuzz import fuzz  # noqa: PLC0415 - 20 ms that the start of the window does not need

    listees = [(int(numero), fold(titre)) for numero, titre in _LISTEE.findall(texte)]
    croisees = []
    for trouve in _ENTRE_PARENTHESES.finditer(texte) if listees else ():
        titre = re.split(r"[\n()]", texte[: trouve.start()])[-1].strip(_BORDS)
        notes = [(fuzz.token_set_ratio(fold(titre), autre), n) for n, autre in listees]
        meilleure = max(note for note, _ in notes)
        justes = [n for note, n in notes if note == meilleure]
        if meilleure >= _PROCHE and int(trouve[1]) not in justes:
            croisees.append(
                f"{guillemets(titre)} est l’annexe {trouve[1]} à un endroit et l’annexe {justes[0]} à un autre : "
                "accordez les deux"
            )
    return croisees


def _annees_des_conventions(vue: Vue) -> Iterator[Constat]:
    """Point at two years for one convention, in a text or between a text and the lines (the case, l.1353)."""
    connues: dict[str, set[str]] = defaultdict(set)
    for ligne in vue.lignes if vue.textes else ():
        if ligne.convention_initiale:
            connues[ligne.convention_initiale[5:]].add(ligne.convention_initiale[:4])
    for texte in vue.textes:
        for rang, cites in conventions_citees(texte.imprime).items():
            ecrits = list(dict(cites).values())
            autres = [ecrit for annee, ecrit in cites if rang in connues and annee not in connues[rang]]
            if len(ecrits) > 1:
                cite = enumerer([guillemets(ecrit) for ecrit in ecrits])
                phrase = f"une même convention porte deux années ({cite}) : gardez la bonne"
            elif autres:
                numero = f"{min(connues[rang])}-{rang}"
                phrase = f"la convention {guillemets(autres[0])} est {numero} dans les propositions : accordez l’année"
            else:
                continue
            yield Constat("TXT-07", Gravite.ATTENTION, f"Dans {texte.lieu}, {phrase}.", cibles_texte(texte))


def _styles(
    code: str, quoi: str, lire: Callable[[str], dict[str, str]], maison: tuple[str, str], vue: Vue
) -> Iterator[Constat]:
    """Point at amounts, or dates, written in several ways in one act (the case, l.263 and l.271).

    ``maison`` is the style in which the act prints its own, with an example.
    """
    trouves: dict[str, tuple[str, Texte]] = {}
    for texte in vue.textes:
        for style, exemple in lire(texte.imprime).items():
            trouves.setdefault(style, (exemple, texte))
    if len(trouves) > 1:
        cites = [
            f"{guillemets(exemple)}{f' ({style})' if style else ''} dans {texte.lieu}"
            for style, (exemple, texte) in list(trouves.items())[:3]
        ]
        yield Constat(
            code,
            Gravite.INFORMATION,
            f"Les {quoi} s’écrivent de {len(trouves)} façons dans les textes : {enumerer(cites)} ; n’en gardez qu’une.",
        )
    elif trouves.keys() - {maison[0]}:
        ((style, (exemple, texte)),) = trouves.items()
        yield Constat(
            code,
            Gravite.INFORMATION,
            f"Dans {texte.lieu}, les {quoi} s’écrivent comme {guillemets(exemple)} ({style}), et ailleurs dans l’acte "
            f"comme {guillemets(maison[1])} : accordez les deux.",
            cibles_texte(texte),
        )


def _lint(regle: Regle, vue: Vue) -> Iterator[Constat]:
    """Apply one rule of the linter to each text."""
    gravite = Gravite.ATTENTION if regle.grave else Gravite.INFORMATION
    for texte in vue.textes:
        if texte.joint or not regle.joints_seulement:
            for phrase in regle.relever(texte.imprime):
                yield Constat(regle.code, gravite, f"Dans {texte.lieu}, {phrase}.", cibles_texte(texte))


_MONTANTS, _DATES = ("", "79 850 €"), ("en toutes lettres", "1er janvier 2025")
"""How acts print amounts and dates: the name of the style, and an example."""
_CAS = "Délibération n° 2024-587"
CONTROLES_TEXTES = tuple(
    sorted(
        (
            Controle("TXT-01", "Annexe annoncée qui n’existe pas", _annexe_inexistante, f"{_CAS}, annexe 5"),
            Controle("TXT-02", "Annexes croisées", _annexes_croisees, f"{_CAS}, annexe 7"),
            Controle("TXT-07", "Année d’une convention", _annees_des_conventions, f"{_CAS}, annexes 7, 8 et 9"),
            Controle(
                "TXT-08", "Écriture des montants", partial(_styles, "TXT-08", "montants", styles_montants, _MONTANTS),
                f"{_CAS}, annexes 1 à 3",
            ),
            Controle(
                "TXT-09", "Écriture des dates", partial(_styles, "TXT-09", "dates", styles_dates, _DATES),
                f"{_CAS}, annexes 1 à 3",
            ),
            *(
                Controle(regle.code, regle.titre, partial(_lint, regle), regle.source)
                for regle in (*REGLES_STRUCTURE, *REGLES_FIGURES, *REGLES_FAUTES)
            ),
        ),
        key=lambda controle: controle.code,
    )
)  # fmt: skip
"""The rules of the texts, by code."""
