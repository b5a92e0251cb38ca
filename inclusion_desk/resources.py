"""Finds the plain files that ship beside the package: fonts, icons, templates, the demonstration case."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    package = Path(__file__).parent
    inside = package / "_resources"
    return inside if inside.is_dir() else package.parent / "resources"


def resource(name: str) -> Path:
    """Give the path of a resource, such as ``polices/SourceSans3-Regular.ttf``.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    path = _root() / name
    if not path.exists():
        raise FileNotFoundError(path)
    return path
