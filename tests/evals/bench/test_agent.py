"""The desk against a plain ReAct agent: the same plan on both sides, counted over what was really sent."""

import pytest

from core.db.embedded import Server
from core.domain.ids import CaseId
from evals.bench.agent import Resolved, compared, figures_of
from evals.bench.agent_said import Transcript, lines_of
from evals.bench.agent_tokens import tokens_of, tokens_sent
from tests.database import server_home

CASE = CaseId("CASE-1")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("a case", 2), ("disruptions", 2), ("SO-1042/1", 6), ("12345", 2), ("über 10 %", 3)],
)
def test_tokens_are_words_in_pieces_of_six_letters_three_digits_and_signs(text: str, tokens: int) -> None:
    assert tokens_of(text) == tokens


def resolved(calls: int, *, plan_hash: str = "h", approvals: int = 1) -> Resolved:
    transcript = Transcript(case=CASE)
    for _ in range(calls):
        transcript.add({"messages": ["what"]}, "that")
    return Resolved(plan_hash=plan_hash, approvals=approvals, transcript=transcript)


def test_a_case_is_compared_where_all_sides_resolved_it() -> None:
    sides = ({CASE: resolved(1), CaseId("CASE-2"): resolved(1)}, {CASE: resolved(4)}, {CASE: resolved(8)})

    found = {one.name: one.value for one in figures_of(*sides)}

    assert (found["resolved_cases"], found["equal_plans"]) == (1, 1)
    assert float(found["calls_ratio_vs_react"]) == 0.25
    assert float(found["calls_ratio_step_by_step"]) == 0.125
    assert float(found["approvals_ratio_vs_react"]) == 1


def test_another_plan_is_a_goal_missed() -> None:
    figures = figures_of({CASE: resolved(1)}, {CASE: resolved(4, plan_hash="other")}, {CASE: resolved(4)})

    (equal,) = (one for one in figures if one.name == "equal_plans")
    assert (equal.value, equal.goal) == (0, ">= 1")


def test_the_loop_reaches_the_plan_of_the_desk_and_every_call_is_written_out(
    postgres_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert postgres_server.port
    monkeypatch.setenv("EXPEDITER_HOME", str(server_home()))

    ours, short, _ = compared(1)

    (case,) = ours
    desk, loop = ours[case], short[case]
    assert desk.plan_hash == loop.plan_hash
    assert (desk.transcript.calls, loop.transcript.calls) == (1, 5)
    assert lines_of([loop.transcript]).count("\n") == 5
    # What a loop sends again at every call is counted at every call.
    assert loop.transcript.tokens > sum(tokens_sent(turn["sent"]["tools"]) for turn in loop.transcript.turns)
