"""What the window remembers from one day to the next: one JSON file in the user's folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inclusion_desk import paths


def _fichier() -> Path | None:
    try:
        return paths.config_folder() / "fenetre.json"
    except OSError:
        return None


class Reglages:
    """Named values kept in ``fenetre.json``; a file that cannot be read or written only loses comfort."""

    def __init__(self, fichier: Path | None = None) -> None:
        self._fichier = fichier or _fichier()
        self._valeurs = self._load()

    def _load(self) -> dict[str, Any]:
        if self._fichier is None:
            return {}
        try:
            lues = json.loads(self._fichier.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return lues if isinstance(lues, dict) else {}

    def texte(self, nom: str, defaut: str = "") -> str:
        """Give a remembered text."""
        valeur = self._valeurs.get(nom, defaut)
        return valeur if isinstance(valeur, str) else defaut

    def groupe(self, nom: str) -> Mapping[str, Any]:
        """Give a remembered group of values, empty when there is none."""
        valeur = self._valeurs.get(nom)
        return valeur if isinstance(valeur, dict) else {}

    def retenir(self, nom: str, valeur: object) -> None:
        """Remember a value (anything JSON can say) and write the file in one step."""
        if self._valeurs.get(nom) == valeur:
            return
        self._valeurs[nom] = valeur
        if self._fichier is None:
            return
        try:
            self._fichier.parent.mkdir(parents=True, exist_ok=True)
            brouillon = self._fichier.with_suffix(".tmp")
            brouillon.write_text(json.dumps(self._valeurs, ensure_ascii=False, indent=1), encoding="utf-8")
            brouillon.replace(self._fichier)
        except OSError:
            return
