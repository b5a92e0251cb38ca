"""The controls of the sums: lines, operations, thématiques, articles, budget table and balance say one amount."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from inclusion_desk.domain.constats import Cible, Constat, Controle, Gravite, cibles_lignes, dire_lignes
from inclusion_desk.domain.controles_vue import Vue
from inclusion_desk.domain.identifiants import fonctions_concordent
from inclusion_desk.domain.money import format_montant
from inclusion_desk.domain.text import enumerer, pluriel

_VERIFIER = "actualisez l’affichage et, si l’écart demeure, faites vérifier la base"


def _ligne_a_ligne(vue: Vue) -> Iterator[Constat]:
    """Check that each budget line carries exactly the lines of annexe 4 that name it (the case, l.3400)."""
    for code, lignes in vue.budget.items():
        porte, attendu = sum(ligne.proposition for ligne in lignes), vue.par_code.get(code, 0)
        if porte != attendu:
            yield Constat(
                "SOM-01",
                Gravite.BLOQUANT,
                f"La ligne {code} porte {format_montant(porte)} au budget et {format_montant(attendu)} à l’annexe "
                f"{vue.repartition} : {_VERIFIER}.",
                tuple(Cible("budget", ligne.id) for ligne in lignes),
            )


def _grand_total(vue: Vue) -> Iterator[Constat]:
    """Check that the budget table and the thématiques add up to the same grand total (never printed in the case)."""
    budget = sum(ligne.proposition for ligne in vue.dossier.budget)
    if budget != vue.montant:
        yield Constat(
            "SOM-02",
            Gravite.BLOQUANT,
            f"Le tableau d’imputation totalise {format_montant(budget)} et les thématiques "
            f"{format_montant(vue.montant)} : {_VERIFIER}.",
        )


def _articles(vue: Vue) -> Iterator[Constat]:
    """Check that the financing articles add up to what is imputed (the case: 712 000 + 99 998 + 59 220)."""
    finances = {a.thematique for a in vue.articles if a.nature == "financement" and not a.retire}
    manquantes = [numero for numero, montant in vue.thematiques.items() if montant and numero not in finances]
    if manquantes:
        total = vue.montant - sum(vue.thematiques[numero] for numero in manquantes)
        quoi = pluriel(len(manquantes), "la thématique", "les thématiques")
        yield Constat(
            "SOM-03",
            Gravite.BLOQUANT,
            f"Les articles de financement totalisent {format_montant(total)} et la phase "
            f"{format_montant(vue.montant)}, car {quoi} {enumerer([str(n) for n in manquantes])} "
            f"{pluriel(len(manquantes), 'n’en a pas', 'n’en ont pas')} : rétablissez l’article retiré.",
        )


def _hors_budget(vue: Vue) -> Iterator[Constat]:
    """Check that every line that spends is imputed on a line of the budget table."""
    for code, montant in vue.par_code.items():
        if montant and code not in vue.budget:
            lignes = [ligne for ligne in vue.lignes if ligne.code_operation == code]
            yield Constat(
                "SOM-04",
                Gravite.BLOQUANT,
                f"{dire_lignes(lignes, 'est imputée', 'sont imputées')} sur la ligne {code}, absente du tableau "
                "budgétaire de la phase : choisissez une ligne ouverte.",
                cibles_lignes(lignes),
            )


def _comptee_deux_fois(vue: Vue) -> Iterator[Constat]:
    """Check that no proposition stands twice in annexe 4: it would be added twice."""
    if len({ligne.proposition_id for ligne in vue.lignes}) == len(vue.lignes):
        return
    fois = Counter(ligne.proposition_id for ligne in vue.lignes)
    doubles = list({ligne.proposition_id: ligne for ligne in vue.lignes if fois[ligne.proposition_id] > 1}.values())
    yield Constat(
        "SOM-05",
        Gravite.BLOQUANT,
        f"{dire_lignes(doubles, 'est comptée deux fois', 'sont comptées deux fois')} à l’annexe {vue.repartition} : "
        f"{_VERIFIER}.",
        cibles_lignes(doubles),
    )


def _depassement(vue: Vue) -> Iterator[Constat]:
    """Check that no budget line is committed beyond its AE: the balance may never be negative (the case, l.3392)."""
    for ligne in vue.dossier.budget:
        if ligne.solde - ligne.ulterieur < 0:
            yield Constat(
                "BUD-01",
                Gravite.BLOQUANT,
                f"La ligne {ligne.code_operation} dépasse son AE de {format_montant(ligne.ulterieur - ligne.solde)} : "
                "réduisez une proposition ou augmentez l’AE.",
                (Cible("budget", ligne.id),),
            )


def _fonction(vue: Vue) -> Iterator[Constat]:
    """Check that each operation code carries the function of its imputation (C02-446A05 and 93446)."""
    for ligne in vue.dossier.budget:
        if not fonctions_concordent(ligne.code_operation, ligne.imputation):
            yield Constat(
                "BUD-02",
                Gravite.BLOQUANT,
                f"Le code opération {ligne.code_operation} ne porte pas la fonction de l’imputation "
                f"{ligne.imputation} : corrigez l’un ou l’autre.",
                (Cible("budget", ligne.id),),
            )


def _anterieur(vue: Vue) -> Iterator[Constat]:
    """Check that what is committed before the phase holds at least what was committed before the tool."""
    for ligne in vue.dossier.budget:
        if ligne.anterieur < ligne.engage_anterieur:
            yield Constat(
                "BUD-03",
                Gravite.BLOQUANT,
                f"La ligne {ligne.code_operation} porte {format_montant(ligne.anterieur)} d’engagements antérieurs, "
                f"moins que les {format_montant(ligne.engage_anterieur)} engagés hors de l’outil : {_VERIFIER}.",
                (Cible("budget", ligne.id),),
            )


def _ligne_en_double(vue: Vue) -> Iterator[Constat]:
    """Check that an operation code stands once in the budget table: twice, its AE would be counted twice."""
    for code, lignes in vue.budget.items():
        if len(lignes) > 1:
            yield Constat(
                "BUD-04",
                Gravite.BLOQUANT,
                f"Le code opération {code} figure {len(lignes)} fois au tableau budgétaire : gardez une seule ligne.",
                tuple(Cible("budget", ligne.id) for ligne in lignes),
            )


def _imputation(vue: Vue) -> Iterator[Constat]:
    """Check that lines and budget table give one imputation for an operation code."""
    attendues = {code: {ligne.imputation for ligne in lignes} for code, lignes in vue.budget.items()}
    fausses = [li for li in vue.lignes if li.imputation not in attendues.get(li.code_operation, (li.imputation,))]
    if fausses:
        yield Constat(
            "BUD-05",
            Gravite.BLOQUANT,
            f"{dire_lignes(fausses, 'porte', 'portent')} une autre imputation que celle de la ligne budgétaire : "
            f"{_VERIFIER}.",
            cibles_lignes(fausses),
        )


def _ligne_inhabituelle(vue: Vue) -> Iterator[Constat]:
    """Point at the lines of a thématique imputed on the usual budget line of another (the case: one line each)."""
    codes = {numero: Counter[str]() for numero in vue.thematiques}
    for operation in vue.operations:
        codes[operation.thematique].update([ligne.code_operation for ligne in operation.lignes])
    usuels = {numero: compte.most_common(1)[0][0] for numero, compte in codes.items() if compte}
    for numero, usuel in usuels.items():
        for autre, code in usuels.items():
            if code == usuel or not codes[numero][code]:
                continue
            lignes = [
                li for op in vue.operations if op.thematique == numero for li in op.lignes if li.code_operation == code
            ]
            yield Constat(
                "BUD-06",
                Gravite.ATTENTION,
                f"Thématique {numero} : {dire_lignes(lignes, 'est imputée', 'sont imputées')} sur {code}, la ligne "
                f"usuelle de la thématique {autre}, et non sur {usuel} ; vérifiez la ligne budgétaire choisie.",
                cibles_lignes(lignes),
            )


def _credits_epuises(vue: Vue) -> Iterator[Constat]:
    """Tell which budget lines the phase uses up to the last euro: nothing is left for the next one."""
    finies = [li for li in vue.dossier.budget if li.proposition and li.solde - li.ulterieur == 0]
    if finies:
        codes = enumerer([ligne.code_operation for ligne in finies])
        yield Constat(
            "BUD-07",
            Gravite.INFORMATION,
            f"Plus rien n’est disponible sur {pluriel(len(finies), 'la ligne', 'les lignes')} {codes} après cette "
            "phase : prévoyez une décision modificative avant la suivante.",
            tuple(Cible("budget", ligne.id) for ligne in finies),
        )


_ARITHMETIQUE = "Arithmétique du budget"
CONTROLES_SOMMES = (
    Controle("SOM-01", "Annexe de répartition et budget, ligne par ligne", _ligne_a_ligne, _ARITHMETIQUE),
    Controle("SOM-02", "Total général", _grand_total, _ARITHMETIQUE),
    Controle("SOM-03", "Articles de financement et total de la phase", _articles, _ARITHMETIQUE),
    Controle("SOM-04", "Proposition hors du tableau budgétaire", _hors_budget, _ARITHMETIQUE),
    Controle("SOM-05", "Proposition comptée deux fois", _comptee_deux_fois, _ARITHMETIQUE),
    Controle("BUD-01", "Dépassement de l’AE", _depassement, _ARITHMETIQUE),
    Controle("BUD-02", "Code opération et imputation", _fonction, "Nomenclature M57"),
    Controle("BUD-03", "Engagements antérieurs", _anterieur, _ARITHMETIQUE),
    Controle("BUD-04", "Ligne budgétaire en double", _ligne_en_double, _ARITHMETIQUE),
    Controle("BUD-05", "Imputation des propositions", _imputation, "Nomenclature M57"),
    Controle("BUD-06", "Ligne budgétaire inhabituelle", _ligne_inhabituelle, "Règle de la maison"),
    Controle("BUD-07", "Crédits épuisés", _credits_epuises, "Règle de la maison"),
)
"""The rules of the sums and of the budget table, in the order in which they are shown."""
