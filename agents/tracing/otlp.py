"""Traces on their way to a collector, by OTLP over HTTP. Slow to import: only a process that sends imports it."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import structlog
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExportResult
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags

from agents.tracing.attributes import AGENT_NAME, ERROR, INVOKE_AGENT, OPERATION, OUTCOME, SUBJECT
from agents.tracing.spans import OK, WAITING
from core.domain.runs import Attribute, Run, Span

SECONDS = 5.0
_log = structlog.get_logger()


class OtlpExport:
    """Sends spans after they were kept, in a thread of its own: no run waits for a collector. What it does not take is
    logged, and is in the books all the same."""

    def __init__(self, endpoint: str, *, timeout: float = SECONDS) -> None:
        self._exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=timeout)
        self._sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="otlp")
        self._resource = Resource.create({"service.name": "expediter"})

    def __call__(self, run: Run, spans: Sequence[Span]) -> None:
        """Send some spans of a run; without any, the run itself, which has ended."""
        told = [self._step(run, span) for span in spans]
        if not told and run.ended_at is not None:
            told = [self._whole(run, run.ended_at)]
        self._sender.submit(self._send, run, told)

    def _send(self, run: Run, told: Sequence[ReadableSpan]) -> None:
        if self._exporter.export(told) is not SpanExportResult.SUCCESS:
            _log.warning("spans_not_sent", run=run.id, spans=len(told))

    def close(self) -> None:
        """Send what is left, and let the connection go."""
        self._sender.shutdown()
        self._exporter.shutdown()

    def _step(self, run: Run, span: Span) -> ReadableSpan:
        good = span.status in {OK, WAITING}
        error: dict[str, Attribute] = {} if good else {ERROR: span.status}
        return self._made(
            run,
            span.number,
            name=span.name,
            parent=span.parent,
            began=span.started_at,
            ended=span.ended_at,
            attributes={**span.attributes, **error},
            status=Status(StatusCode.UNSET) if good else Status(StatusCode.ERROR, span.status),
        )

    def _whole(self, run: Run, ended: datetime) -> ReadableSpan:
        told: dict[str, Attribute] = {OPERATION: INVOKE_AGENT, AGENT_NAME: run.graph, SUBJECT: run.subject}
        return self._made(
            run,
            0,
            name=f"{INVOKE_AGENT} {run.graph}",
            parent=None,
            began=run.started_at,
            ended=ended,
            attributes={**told, OUTCOME: run.outcome},
            status=Status(StatusCode.UNSET),
        )

    def _made(
        self,
        run: Run,
        number: int,
        *,
        name: str,
        parent: int | None,
        began: datetime,
        ended: datetime,
        attributes: dict[str, Attribute],
        status: Status,
    ) -> ReadableSpan:
        return ReadableSpan(
            name=name,
            context=_context(run, number),
            parent=None if parent is None else _context(run, parent),
            resource=self._resource,
            attributes=attributes,
            kind=SpanKind.INTERNAL,
            status=status,
            start_time=_nanoseconds(began),
            end_time=_nanoseconds(ended),
        )


def _context(run: Run, number: int) -> SpanContext:
    """The same run and step always have the same ids; runs of two companies began at other times, and have others."""
    whole = hashlib.sha256(f"{run.id} {run.started_at.isoformat()}".encode()).digest()
    step = hashlib.sha256(whole + number.to_bytes(4)).digest()
    return SpanContext(
        trace_id=int.from_bytes(whole[:16]),
        span_id=int.from_bytes(step[:8]),
        is_remote=False,
        trace_flags=TraceFlags(TraceFlags.SAMPLED),
    )


def _nanoseconds(at: datetime) -> int:
    """Nanoseconds since 1970, without the rounding of floats."""
    return int(at.timestamp()) * 1_000_000_000 + at.microsecond * 1_000
