"""The traces of runs over an application's books, and their way out to a collector where one is configured."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module

from agents.tracing.recording import RunTracer
from agents.tracing.spans import NOBODY, TraceFor, Tracer
from core.bootstrap.application import Application
from core.config import Environment
from core.domain.ids import RunId
from core.domain.runs import Run, Span
from core.domain.users import AGENT_NAME
from core.ports.storage import OpenUnitOfWork

Export = Callable[[Run, Sequence[Span]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedSpans:
    """Fulfils SpanSink: each span is a row, written under the agents' own role."""

    open_uow: OpenUnitOfWork
    export: Export | None = None

    def last_number(self, run: RunId) -> int:
        """The highest number there is of a run."""
        with self.open_uow(AGENT_NAME) as uow:
            return uow.spans.last_number(run)

    def keep(self, spans: Sequence[Span]) -> None:
        """Add some, and send them on."""
        with self.open_uow(AGENT_NAME) as uow:
            uow.spans.add_all(spans)
            run = uow.runs.get(spans[0].run) if self.export else None
        if self.export is not None and run is not None:
            self.export(run, spans)

    def finish(self, run: RunId) -> None:
        """A run has ended: the run itself is sent on."""
        if self.export is not None:
            with self.open_uow(AGENT_NAME) as uow:
                found = uow.runs.get(run)
            self.export(found, ())


@contextmanager
def exporting(environment: Environment) -> Generator[Export | None]:
    """The way to the collector the environment names, if any; its library is imported only then."""
    if not environment.otel_exporter_otlp_endpoint:
        yield None
        return
    export = import_module("agents.tracing.otlp").OtlpExport(environment.otel_exporter_otlp_endpoint)
    try:
        yield export
    finally:
        export.close()


def trace_for(app: Application, *, export: Export | None = None) -> TraceFor:
    """Gives each run its tracer; the time of spans is this machine's."""
    sink = BookedSpans(open_uow=app.open_agent_uow, export=export)

    def opened(run: str) -> Tracer:
        if not run:
            return NOBODY
        return RunTracer(RunId(run), sink=sink, clock=lambda: datetime.now(UTC))

    return opened
