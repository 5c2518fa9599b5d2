"""Steps become spans of the run around them, in threads too; an error or a pause is their status; prompts stay out."""

import threading
from collections.abc import Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from langgraph.errors import GraphInterrupt
from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict

from agents.tracing.recording import RunTracer
from agents.tracing.spans import no_trace, span, tool_span, traced, tracing
from core.domain.errors import NotFoundError
from core.domain.ids import RunId
from core.domain.runs import Span

RUN = RunId("RUN-1")


@dataclass(slots=True)
class Sink:
    """Keeps batches of spans; `last` is what was kept before."""

    last: int = 0
    batches: list[list[Span]] = field(default_factory=list[list[Span]])

    def last_number(self, run: RunId) -> int:
        return self.last

    def keep(self, spans: Sequence[Span]) -> None:
        self.batches.append(list(spans))

    def finish(self, run: RunId) -> None:
        self.batches.append([])

    @property
    def spans(self) -> list[Span]:
        return sorted((one for batch in self.batches for one in batch), key=lambda one: one.number)


@dataclass(slots=True)
class Ticking:
    """A clock that is a second later each time."""

    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def read(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def tracer(sink: Sink) -> RunTracer:
    return RunTracer(RUN, sink=sink, clock=Ticking().read)


def test_steps_in_steps_are_kept_with_the_outermost_one() -> None:
    sink = Sink()

    with tracing(tracer(sink)):
        with span("options"):
            with tool_span("show_case") as tool:
                tool.say("expediter.rows", 3)
            assert sink.batches == []
        with span("advise"):
            pass

    assert [(one.number, one.parent, one.name, one.status) for one in sink.spans] == [
        (1, 0, "options", "ok"),
        (2, 1, "execute_tool show_case", "ok"),
        (3, 0, "advise", "ok"),
    ]
    assert [len(batch) for batch in sink.batches] == [2, 1]
    assert sink.spans[1].attributes == {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "show_case",
        "expediter.rows": 3,
    }
    assert (sink.spans[0].ended_at - sink.spans[0].started_at).seconds == 3


def test_numbers_go_on_after_those_that_are_kept() -> None:
    sink = Sink(last=7)

    with tracing(tracer(sink)), span("execute"):
        pass

    assert [one.number for one in sink.spans] == [8]


@pytest.mark.parametrize(
    ("error", "status"),
    [(NotFoundError("gone"), "not_found"), (GraphInterrupt(), "waiting"), (KeyError("x"), "fault")],
)
def test_an_error_is_the_status_of_its_step_and_goes_on(error: Exception, status: str) -> None:
    sink = Sink()

    with tracing(tracer(sink)), pytest.raises(type(error)), span("verify"):
        raise error

    assert [one.status for one in sink.spans] == [status]


class State(TypedDict):
    """The state of a small graph."""

    seen: list[str]


def test_nodes_of_a_graph_are_steps_of_the_run_around_it() -> None:
    def look(state: State, *, word: str = "seen") -> dict[str, Any]:
        with tool_span("look"):
            return {"seen": [*state["seen"], word]}

    graph = StateGraph(State)
    graph.add_node("look", traced("look", look))
    graph.add_edge(START, "look")
    graph.add_edge("look", END)
    sink = Sink()

    with tracing(tracer(sink)):
        found = graph.compile().invoke({"seen": []})

    assert found == {"seen": ["seen"]}
    assert [(one.name, one.parent) for one in sink.spans] == [("look", 0), ("execute_tool look", 1)]


def test_branches_in_threads_are_steps_of_the_same_run() -> None:
    sink = Sink()

    def branch() -> None:
        with span("gather"):
            pass

    with tracing(tracer(sink)):
        threads = [threading.Thread(target=copy_context().run, args=(branch,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [(one.number, one.name) for one in sink.spans] == [(1, "gather"), (2, "gather"), (3, "gather")]


def test_without_a_run_nothing_is_kept() -> None:
    with span("load") as outside:
        pass
    with tracing(no_trace("RUN-1")), span("load"):
        pass

    assert outside.number == 0


@pytest.mark.parametrize(
    ("name", "value"), [("gen_ai.input.messages", "hello"), ("gen_ai.prompt", "x"), ("expediter.subject", "y" * 101)]
)
def test_no_prompt_gets_into_a_span(name: str, value: str) -> None:
    with span("advise") as found, pytest.raises(ValueError, match=name):
        found.say(name, value)
