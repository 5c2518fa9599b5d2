"""Ending in good order: runs stop at the next border between two steps, where all they did is kept."""

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock

from langgraph.runtime import RunControl


class Draining:
    """The runs under way in this process, asked together to stop; one that begins afterwards stops at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running = set[RunControl]()
        self._asked = False

    @property
    def asked(self) -> bool:
        """Whether the process is to end."""
        return self._asked

    def ask(self) -> None:
        """Let every run stop at its next border; from any thread."""
        with self._lock:
            self._asked = True
            for control in self._running:
                control.request_drain("the worker is stopping")

    @contextmanager
    def control(self) -> Generator[RunControl]:
        """What one run is asked to stop by."""
        control = RunControl()
        with self._lock:
            self._running.add(control)
            if self._asked:
                control.request_drain("the worker is stopping")
        try:
            yield control
        finally:
            with self._lock:
                self._running.discard(control)
