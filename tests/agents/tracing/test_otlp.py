"""Spans reach a collector by OTLP over HTTP: one trace, ids that stay the same, errors marked; a collector that is away
loses nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from agents.tracing.otlp import OtlpExport
from tests.agents.tracing.test_telling import run_of, step


@contextmanager
def collector(status: int = 200) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A receiver on loopback that keeps what it is sent."""
    received: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            received.append((self.path, body))
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", received
        server.shutdown()
        thread.join()


def sent(body: bytes) -> list[tuple[bytes, bytes, bytes, str, int]]:
    request = ExportTraceServiceRequest.FromString(body)
    spans = [span for part in request.resource_spans for scope in part.scope_spans for span in scope.spans]
    return [(span.trace_id, span.span_id, span.parent_span_id, span.name, span.status.code) for span in spans]


def test_a_run_is_one_trace_whose_ids_stay_the_same() -> None:
    run, first, second = run_of(), step(1, "advise"), replace(step(2, "chat small", parent=1), status="timeout")

    with collector() as (address, received):
        export = OtlpExport(address)
        export(run_of(ended=False), [first])
        export(run_of(ended=False), [first, second])
        export(run, [])
        export.close()

    (path, before), (_, more), (_, after) = received
    ((trace, step_id, parent, name, code),) = sent(before)
    again, timed_out = sent(more)
    (whole,) = sent(after)
    assert (path, name, code) == ("/v1/traces", "advise", 0)
    assert again == (trace, step_id, parent, name, code)
    assert timed_out[0] == trace
    assert timed_out[2:] == (step_id, "chat small", 2)
    assert whole == (trace, parent, b"", "invoke_agent exception_desk", 0)
    assert b"expediter.outcome" in after


def test_a_collector_that_refuses_is_no_error() -> None:
    with collector(400) as (address, received):
        export = OtlpExport(address)
        export(run_of(), [step(1, "advise")])
        export.close()

    assert len(received) == 1
