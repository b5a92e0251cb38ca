"""The fields of conventions and avenants: what their forms ask, and in which words."""

from __future__ import annotations

from inclusion_desk.domain.champs import Champ, Nature
from inclusion_desk.domain.codes import MODELES_AVENANT

_DELIBERATION = (
    Champ(
        "deliberation_numero", "Délibération n°", "Le numéro de la délibération", maximum=40,
        aide="Celle de la Commission permanente qui autorise l’acte",
    ),
    Champ("deliberation_le", "Délibération du", "La date de la délibération", Nature.DATE),
)  # fmt: skip
_SIGNATURES = (
    Champ(
        "signee_structure", "Signature de la structure", "La date de signature par la structure", Nature.DATE,
        propre=True,
    ),
    Champ(
        "signee_departement", "Signature du Département", "La date de signature par le Département", Nature.DATE,
        propre=True,
    ),
    Champ(
        "executoire_le", "Exécutoire le", "La date de caractère exécutoire", Nature.DATE, propre=True,
        aide="Dès sa transmission au contrôle de légalité",
    ),
    Champ("observations", "Observations", "Le texte des observations", Nature.TEXTE_LONG),
)  # fmt: skip
CHAMPS_CONVENTION = (
    Champ(
        "numero", "N°", "Le numéro de la convention", Nature.CONVENTION, propre=True,
        precision="obligatoire si née hors de l’outil", aide="Celui du papier ; sinon laissez vide, l’outil le donne",
    ),
    Champ(
        "externe", "Née hors de l’outil", "L’origine", Nature.BOOLEEN, obligatoire=True, defaut=True,
        aide="Convention écrite et signée sur papier, enregistrée ici pour ses avenants et ses paiements",
    ),
    Champ("structure_id", "Structure", "La structure", Nature.REFERENCE, obligatoire=True, sujet="structures"),
    Champ("objet", "Objet", "L’objet", obligatoire=True, maximum=250),
    Champ("debut", "Début", "La date de début", Nature.DATE, obligatoire=True),
    Champ("fin", "Fin", "La date de fin", Nature.DATE, obligatoire=True),
    *_DELIBERATION,
    *_SIGNATURES[:-1],
    Champ(
        "resiliee_le", "Résiliée le", "La date d’effet de la résiliation", Nature.DATE, propre=True,
        aide="Le jour où elle prend effet : ce qui n’est pas payé reste alors sans suite",
    ),
    _SIGNATURES[-1],
)  # fmt: skip
CHAMPS_AVENANT = (
    Champ("convention_id", "Convention", "La convention", Nature.REFERENCE, obligatoire=True, sujet="conventions"),
    Champ("modele", "Modèle", "Le modèle d’avenant", Nature.CHOIX, obligatoire=True, choix=MODELES_AVENANT),
    Champ(
        "rang", "N°", "Le numéro de l’avenant", Nature.ENTIER, propre=True,
        aide="Celui du papier ; vide, le suivant de la convention",
    ),
    Champ(
        "externe", "Né hors de l’outil", "L’origine", Nature.BOOLEEN, obligatoire=True, defaut=False,
        aide="Avenant écrit et signé sur papier : prenez le modèle le plus proche, la prolongation si la durée change",
    ),
    Champ("objet", "Objet", "L’objet", obligatoire=True, maximum=250),
    Champ("debut", "Nouveau début", "La nouvelle date de début", Nature.DATE, aide="Vide si la durée ne change pas"),
    Champ("fin", "Nouvelle fin", "La nouvelle date de fin", Nature.DATE, aide="Vide si la durée ne change pas"),
    *_DELIBERATION,
    *_SIGNATURES,
)  # fmt: skip
