"""The window: a generic table, a generic form, one page per subject; the only package that knows Qt."""

from __future__ import annotations

import builtins

_natif = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401 - it replaces the import of modules by one that reads their sources

# That import serves ``from __feature__``, of which nothing here makes use; kept, it costs a fifth of a start.
builtins.__import__ = _natif
