"""A run is begun once a subject, its calls are added up, its spans are kept once, and upkeep ends what is overdue."""

from datetime import timedelta

import pytest

from core.domain.errors import NotFoundError
from core.domain.ids import RunId
from core.domain.runs import ModelCall, Span, Spending
from core.domain.users import AGENT_NAME
from core.services.upkeep import PIECES
from tests.desk import Desk


def test_a_run_is_begun_in_place_of_the_last_and_ended_once(desk: Desk) -> None:
    with desk.open_agent_uow(AGENT_NAME) as uow:
        first = uow.runs.begin(graph="exception_desk", subject="CASE-1")
        other = uow.runs.begin(graph="ops_chat", subject="CASE-1")
        second = uow.runs.begin(graph="exception_desk", subject="CASE-1", most_calls=3)

    with desk.open_agent_uow(AGENT_NAME) as uow:
        ended = [uow.runs.end(second, outcome="verified"), uow.runs.end(second, outcome="again")]
        runs = uow.runs.listed(subject="CASE-1")
        only = uow.runs.listed(graph="ops_chat")
        trail = [event for _, _, event, _, _ in uow.audit.trail(f"run:{first}")]

    assert ended == [True, False]
    assert [(run.id, run.outcome, run.most_calls) for run in runs] == [
        (second, "verified", 3),
        (other, "", 25),
        (first, "superseded", 25),
    ]
    assert [run.id for run in only] == [other]
    assert trail == ["run_begun", "run_ended"]


def test_calls_are_added_up_for_a_run_and_for_all_since_a_moment(desk: Desk) -> None:
    with desk.open() as uow:
        run, other = (uow.runs.begin(graph="ops_chat", subject=name) for name in ("TALK-1", "TALK-2"))
        uow.model_calls.add(_call(run, prompt_tokens=100, completion_tokens=7, micros=50, fields=("facts.case.id",)))
        uow.model_calls.add(_call(run, failure="timeout"))
        morning = uow.now
    desk.clock.pass_by(hours=1)
    with desk.open() as uow:
        uow.model_calls.add(_call(other, prompt_tokens=1, micros=2))

        assert uow.model_calls.spent(run) == Spending(calls=2, tokens=107, micros=50)
        assert uow.model_calls.spent_since(morning) == Spending(calls=3, tokens=108, micros=52)
        assert uow.model_calls.spent_since(morning + timedelta(minutes=1)) == Spending(calls=1, tokens=1, micros=2)
        answered, failed = uow.model_calls.of_run(run)

    assert (answered.tokens, answered.fields, answered.at) == (107, ("facts.case.id",), morning)
    assert (failed.failure, failed.micros) == ("timeout", None)


def test_spans_are_kept_once_and_counted(desk: Desk) -> None:
    with desk.open() as uow:
        run = uow.runs.begin(graph="exception_desk", subject="CASE-1")
        spans = [
            Span(run=run, number=1, name="load", started_at=uow.now, ended_at=uow.now, attributes={"rows": 3}),
            Span(run=run, number=2, parent=1, name="chat", started_at=uow.now, ended_at=uow.now, status="timeout"),
        ]
        before = uow.spans.last_number(run)
        uow.spans.add_all(spans)
        uow.spans.add_all([*spans, *spans[:1]])
        uow.spans.add_all([])

        assert (before, uow.spans.last_number(run)) == (0, 2)
        assert uow.spans.of_run(run) == tuple(spans)


def test_upkeep_ends_a_run_that_outlived_its_deadline(desk: Desk) -> None:
    with desk.open() as uow:
        late = uow.runs.begin(graph="order_intake", subject="DRAFT-1", within=timedelta(hours=1))
        kept = uow.runs.begin(graph="order_intake", subject="DRAFT-2")
    desk.clock.pass_by(hours=2)

    with desk.open() as uow:
        assert [PIECES["runs_ended"](uow), PIECES["runs_ended"](uow)] == [1, 0]
        assert [uow.runs.get(run).outcome for run in (late, kept)] == ["overdue", ""]


@pytest.mark.parametrize("unknown", ["RUN-99", "CASE-1", "RUN-", "RUN-٣"])
def test_an_unknown_run_is_not_found(desk: Desk, unknown: str) -> None:
    with desk.open() as uow, pytest.raises(NotFoundError, match="there is no run"):
        uow.runs.get(RunId(unknown))


def _call(run: RunId, **values: object) -> ModelCall:
    return ModelCall(run=run, purpose="chat", verb="choose", model="small", prompt_hash="h", **values)  # pyright: ignore[reportArgumentType]
