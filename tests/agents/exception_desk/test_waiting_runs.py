"""Runs that waited under an earlier release go on under this one, whatever became of their question."""

from pathlib import Path

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from agents.exception_desk.state import GRAPH_VERSION
from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.ids import ApprovalId
from tests.agents.exception_desk.desks import FakeDesk, Run
from tests.agents.exception_desk.waiting_run import FOLDER, read
from tests.tools.samples import CASE, approval_for, options_of

FIXTURES = sorted(FOLDER.glob("version_*.json"))


def taken_up(file: Path) -> Run:
    """The run as it waited, and the books that know its approval."""
    saver = InMemorySaver(serde=JsonPlusSerializer(allowed_msgpack_modules=None))
    read(saver, file)
    desk = FakeDesk()
    desk.core.approved[ApprovalId("AP-1-1A")] = approval_for(options_of()[0], ApprovalId("AP-1-1A"))
    desk.core.move(CASE, CaseState.PROPOSED)
    return Run(desk, saver=saver)


def test_there_is_a_fixture_of_this_version() -> None:
    assert f"version_{GRAPH_VERSION}.json" in {file.name for file in FIXTURES}


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_a_waiting_run_goes_on_to_its_end(file: Path) -> None:
    run = taken_up(file)
    assert run.next == ("await_decision",)

    done = run.decided(ApprovalState.APPROVED)

    assert (done["outcome"], run.desk.executed) == ("verified", ["AP-1-1A"])


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_a_waiting_run_turns_to_what_was_put_in_its_place(file: Path) -> None:
    run = taken_up(file)
    run.desk.core.decide(ApprovalId("AP-1-1A"), ApprovalState.SUPERSEDED)
    run.desk.core.approved[ApprovalId("AP-1-1D")] = approval_for(options_of()[1], ApprovalId("AP-1-1D"))
    run.desk.core.move(CASE, CaseState.PROPOSED)

    assert run.woken("superseded")["approval_id"] == "AP-1-1D"
