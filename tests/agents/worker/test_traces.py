"""A case taken by the worker leaves one run with a trace of its steps, and a collector is told of it."""

from agents.tracing.telling import lines_of
from agents.worker.opening import open_worker
from agents.worker.traces import exporting
from core.config import Environment
from tests.agents.tracing.test_otlp import collector, sent
from tests.agents.worker.world import APPROVAL, CASE, MARY, World


def test_a_case_is_one_run_from_its_beginning_over_a_pause_to_its_end(desk_world: World) -> None:
    with collector() as (address, received):
        environment = Environment(otel_exporter_otlp_endpoint=address)
        with desk_world.application() as app, exporting(environment) as export:
            with open_worker(app, export=export) as worker:
                worker.advance(CASE)
            desk_world.decide(APPROVAL)
            with open_worker(app, export=export) as worker:
                worker.advance(CASE)
            with app.open_uow(MARY) as uow:
                (run,) = uow.runs.listed(subject=CASE)
                spans = uow.spans.of_run(run.id)

    names = [line.name for line in lines_of(run, spans)]
    told = [name for _, body in received for *_, name, _ in sent(body)]
    assert (run.graph, run.outcome) == ("exception_desk", "verified")
    assert names[:2] == ["exception_desk over CASE-1", "load"]
    assert [name for name in names if name in {"options", "advise", "gate", "request_approval"}] == [
        "options",
        "advise",
        "gate",
        "request_approval",
    ]
    assert names[-3:] == ["execute", "verify", "close"]
    assert [span.number for span in spans] == list(range(1, len(spans) + 1))
    assert sorted(told) == sorted([*names[1:], "invoke_agent exception_desk"])


def test_nothing_is_sent_unless_a_collector_is_named() -> None:
    with exporting(Environment()) as export:
        assert export is None
