"""Long work off the window's thread: one job at a time, a plain callable, its outcome brought back as a value."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from inclusion_desk.domain.refus import Interrompu

T = TypeVar("T")
Avance = Callable[[int, int], None]
"""Reports how many steps are done, and of how many; raises ``Interrompu`` once the user cancelled."""

_RYTHME_GC_MS = 250


@dataclass(eq=False)
class Tache(Generic[T]):
    """One job under way; ``fini`` gets its result or its exception, on the main thread."""

    travail: Callable[[Avance], T]
    fini: Callable[[T | Exception], None]
    avance: Avance | None = None
    annulee: threading.Event = field(default_factory=threading.Event)

    def annuler(self) -> None:
        """Ask the job to stop at its next step."""
        self.annulee.set()


class Taches(QObject):
    """A pool of one thread; everything that touches pdfium goes through the same one, which is not thread-safe."""

    _fini = Signal(object, object)
    _avance = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._encours: set[Tache[object]] = set()
        self._fermee = False
        self._fini.connect(self._on_done)
        self._avance.connect(self._on_progress)

    @property
    def occupe(self) -> bool:
        """Whether a job is under way or waiting."""
        return bool(self._encours)

    def lancer(
        self, travail: Callable[[Avance], T], fini: Callable[[T | Exception], None], avance: Avance | None = None
    ) -> Tache[T]:
        """Queue a job; ``fini`` and ``avance`` are called on the main thread. Once closed, nothing starts any more."""
        tache: Tache[T] = Tache(travail, fini, avance)
        if self._fermee:
            return tache
        self._encours.add(tache)  # type: ignore[arg-type]
        self._pool.start(lambda: self._run(tache))
        return tache

    def _run(self, tache: Tache[T]) -> None:
        def report(fait: int, total: int) -> None:
            if tache.annulee.is_set():
                raise Interrompu("L’opération est annulée : rien n’a été écrit.")
            self._avance.emit(tache, fait, total)

        try:
            resultat: T | Exception = tache.travail(report)
        except Exception as erreur:  # noqa: BLE001 - errors of a worker come back as values
            resultat = erreur
        self._fini.emit(tache, resultat)

    def _on_done(self, tache: Tache[object], resultat: object) -> None:
        self._encours.discard(tache)
        tache.fini(resultat)

    def _on_progress(self, tache: Tache[object], fait: int, total: int) -> None:
        if tache.avance is not None and not tache.annulee.is_set():
            tache.avance(fait, total)

    def fermer(self) -> None:
        """Cancel what can be, wait for the thread, and start nothing more: before the database is closed.

        A pool destroyed while a job runs would wait for it with the interpreter held, and so for ever.
        """
        self._fermee = True
        for tache in self._encours:
            tache.annuler()
        self._pool.waitForDone()


class Ramassage(QObject):
    """Runs the cyclic garbage collection on the main thread only, where Qt objects may die; often, to be short."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what a start made stays until the end: looking through it again would only cost
        minuterie = QTimer(self)
        minuterie.timeout.connect(self._collect)
        minuterie.start(_RYTHME_GC_MS)
        self.destroyed.connect(gc.enable)

    def _collect(self) -> None:
        for generation, (compte, seuil) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if compte > seuil > 0:
                gc.collect(generation)
