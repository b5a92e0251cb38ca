"""What the template of the cover may print: the act, where it stands, what it proposes in all."""

from __future__ import annotations

from inclusion_desk.documents.textes_mots import structures
from inclusion_desk.documents.textes_variables import COMMUNES, Valeurs, communes
from inclusion_desk.domain.annexes import thematiques_annexees
from inclusion_desk.domain.deliberations import ISSUES
from inclusion_desk.domain.dossier import DossierSeance
from inclusion_desk.domain.text import compter


def variables(dossier: DossierSeance) -> Valeurs:
    """Give every variable of the cover."""
    issue = dossier.deliberation.issue or ""
    return {
        **communes(dossier),
        "issue": ISSUES.get(issue, dossier.deliberation.issue),
        "thematiques": compter(len(thematiques_annexees(dossier)), "thématique"),
        "dispositifs": compter(len(dossier.operations), "dispositif"),
        "structures": compter(structures(dossier.lignes), "structure"),
    }


PAGE_DE_GARDE = {
    **COMMUNES,
    "issue": "Issue du vote, comme Adopté ; absente avant le vote",
    "thematiques": "Nombre de thématiques, accordé",
    "dispositifs": "Nombre de dispositifs, accordé",
    "structures": "Nombre de structures, accordé",
}
"""The same in words, for whoever edits the template."""
