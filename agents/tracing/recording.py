"""Keeping the spans of a run: numbered in the order they begin, given on with the outermost one that ends."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from agents.tracing.spans import OpenSpan
from core.domain.ids import RunId
from core.domain.runs import Span


class SpanSink(Protocol):
    """Where spans are kept."""

    def last_number(self, run: RunId) -> int:
        """The highest number there is of a run, 0 for none."""
        ...

    def keep(self, spans: Sequence[Span]) -> None:
        """Add some, which have ended."""
        ...

    def finish(self, run: RunId) -> None:
        """A run has ended."""
        ...


class RunTracer:
    """Fulfils Tracer. Numbers go on where those that are kept end, so that a run resumed elsewhere is one trace. What a
    crash cuts short is lost with the step it was in."""

    def __init__(self, run: RunId, *, sink: SpanSink, clock: Callable[[], datetime]) -> None:
        self._run, self._sink, self._clock = run, sink, clock
        self._lock = threading.Lock()
        self._last: int | None = None
        self._began: dict[int, datetime] = {}
        self._ended: dict[int, list[Span]] = {}
        self._outermost: dict[int, int] = {}

    def begin(self, name: str, *, parent: int) -> OpenSpan:
        """A step begins."""
        with self._lock:
            if self._last is None:
                self._last = self._sink.last_number(self._run)
            self._last += 1
            number = self._last
            self._began[number] = self._clock()
            self._outermost[number] = self._outermost.get(parent, number)
            return OpenSpan(number, parent, name)

    def end(self, span: OpenSpan) -> None:
        """A step has ended; with the outermost one all that happened in it is kept."""
        with self._lock:
            outermost = self._outermost.pop(span.number)
            done = self._ended.setdefault(outermost, [])
            done.append(self._closed(span))
            if outermost != span.number:
                return
            del self._ended[outermost]
        self._sink.keep(sorted(done, key=lambda one: one.number))

    def finish(self) -> None:
        """The run has ended, and its end is in the books."""
        self._sink.finish(self._run)

    def _closed(self, span: OpenSpan) -> Span:
        began = self._began.pop(span.number)
        return Span(
            run=self._run,
            number=span.number,
            parent=span.parent,
            name=span.name,
            started_at=began,
            ended_at=max(began, self._clock()),
            status=span.status,
            attributes=span.attributes,
        )
