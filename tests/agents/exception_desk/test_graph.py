"""The graph as a whole, on a core in memory: the way through, and every way out of it."""

import json
from collections.abc import Callable

import pytest
from langgraph.errors import UnknownInterruptError, is_invalid_resume
from langgraph.types import Command
from pydantic import ValidationError

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.evidence import CaseEvidence, EvidenceNote
from core.domain.ids import ApprovalId, CaseId
from core.domain.options import Option
from core.domain.quotes import QuoteRequest
from tests.agents.exception_desk.desks import CONFIG, FakeDesk, Run
from tests.tools.fakes import FakeCore
from tests.tools.samples import BUY, CASE, TODAY, Needs, approval_for, case, option, options_of
from tools.access.evidence import Unanswered


def test_a_case_goes_from_evidence_to_a_verified_way_out() -> None:
    desk = FakeDesk()
    run = Run(desk)

    waiting = run.start()
    done = run.decided(ApprovalState.APPROVED)

    assert waiting["approval_id"] == "AP-1-1A"
    assert waiting["advice"]["source"] == "rules"
    assert waiting["gate"]["verdict"] == "needs approval"
    assert desk.executed == ["AP-1-1A"]
    assert (done["outcome"], done["message"]) == ("verified", "CASE-1: AP-1-1A: verified")
    assert run.next == ()
    assert desk.core.kept[CASE].state is CaseState.RESOLVED


def test_all_evidence_is_gathered_once_and_kept_before_options_are_worked_out() -> None:
    desk = FakeDesk()

    Run(desk).start()

    calls = desk.core.calls
    asked = sorted(call for call in calls if call.startswith("ask"))
    assert asked == ["ask_expedite PO-7", "ask_price GULF", "ask_price NORTH"]
    assert calls[0] == "needs"
    assert calls[-3:] == ["record_evidence", "plan_options", "propose CASE-1-1A"]
    assert desk.core.gathered.ids == ("quote:Q-GULF", "quote:Q-NORTH", "quote:X-1", "stock:GHENT")


def test_nobody_is_asked_when_there_is_nothing_to_ask() -> None:
    desk = FakeDesk(core=FakeCore(wanted=Needs(stock=(), quotes=(), expedites=())))

    waiting = Run(desk).start()

    assert waiting["approval_id"] == "AP-1-1A"
    assert desk.core.gathered.ids == ()


def test_a_silent_supplier_is_named_in_the_advice() -> None:
    def silent(request: QuoteRequest) -> Unanswered:
        return Unanswered(supplier=request.supplier, code="supplier_unavailable")

    waiting = Run(FakeDesk(core=FakeCore(answer_price=silent))).start()

    assert waiting["advice"]["text"].endswith("No usable answer came from GULF, NORTH.")


def test_the_books_are_looked_at_beside_the_suppliers_and_a_failing_look_blocks_nothing() -> None:
    note = EvidenceNote(
        id="customer:HARBOR", kind="customer", subject="HARBOR", text="HARBOR takes parts", as_of=TODAY, source="books"
    )
    desk = FakeDesk(core=FakeCore(notes=(note,), unknown=("capacity",)))

    waiting = Run(desk).start()

    assert desk.core.gathered.notes == (note,)
    assert waiting["advice"]["evidence"] == ["customer:HARBOR"]
    assert waiting["approval_id"] == "AP-1-1A"


def test_nothing_is_executed_before_the_decision() -> None:
    desk = FakeDesk()
    run = Run(desk)

    run.start()

    assert run.next == ("await_decision",)
    assert desk.executed == []
    assert desk.core.approved[ApprovalId("AP-1-1A")].state is ApprovalState.PENDING


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (ApprovalState.REJECTED, "rejected"),
        (ApprovalState.EXPIRED, "expired"),
        (ApprovalState.SUPERSEDED, "superseded"),
    ],
)
def test_what_is_not_approved_ends_the_run(state: ApprovalState, outcome: str) -> None:
    desk = FakeDesk()
    run = Run(desk)
    run.start()

    done = run.decided(state)

    assert (done["outcome"], run.next, desk.executed) == (outcome, (), [])


def test_what_a_person_put_in_its_place_is_waited_for() -> None:
    desk = FakeDesk()
    run = Run(desk)
    run.start()
    (first,) = run.graph.get_state(CONFIG).interrupts
    desk.core.decide(ApprovalId("AP-1-1A"), ApprovalState.SUPERSEDED)
    desk.core.approved[ApprovalId("AP-1-1D")] = approval_for(options_of()[1], ApprovalId("AP-1-1D"))
    desk.core.move(CASE, CaseState.PROPOSED)
    asked = len(desk.core.calls)

    again = run.woken("superseded")

    (second,) = run.graph.get_state(CONFIG).interrupts
    assert (again["approval_id"], run.next, len(desk.core.calls)) == ("AP-1-1D", ("await_decision",), asked)
    assert second.id != first.id
    assert run.decided(ApprovalState.APPROVED)["outcome"] == "verified"
    assert desk.executed == ["AP-1-1D"]


def test_a_signal_without_a_decision_waits_on() -> None:
    desk = FakeDesk()
    run = Run(desk)
    run.start()

    run.woken("approved")

    assert run.next == ("await_decision",)
    assert desk.executed == []


def test_a_stale_plan_is_planned_and_asked_again() -> None:
    desk = FakeDesk(stale=1)
    run = Run(desk)
    run.start()

    again = run.decided(ApprovalState.APPROVED)

    assert (again["approval_id"], again["round"]) == ("AP-1-2A", 2)
    assert [finding["round"] for finding in again["findings"]] == [2, 2, 2, 2]
    assert run.decided(ApprovalState.APPROVED)["outcome"] == "verified"
    assert desk.executed == ["AP-1-2A"]


def test_after_three_stale_plans_a_person_has_to_look() -> None:
    desk = FakeDesk(stale=9)
    run = Run(desk)
    run.start()

    run.decided(ApprovalState.APPROVED)
    run.decided(ApprovalState.APPROVED)
    done = run.decided(ApprovalState.APPROVED)

    assert (done["outcome"], run.next) == ("stale", ())
    assert len(desk.core.approved) == 3
    assert desk.executed == []


def test_another_outcome_than_predicted_is_said() -> None:
    desk = FakeDesk(differences=("late lines: predicted 0, found 1",))
    run = Run(desk)
    run.start()

    done = run.decided(ApprovalState.APPROVED)

    assert done["outcome"] == "not as predicted"
    assert done["differences"] == ["late lines: predicted 0, found 1"]


def test_a_case_without_options_is_left_to_people() -> None:
    desk = FakeDesk(core=FakeCore(planned=lambda number: ()))

    done = Run(desk).start()

    assert done["outcome"] == "no options"
    assert desk.core.approved == {}


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.ACCEPTED, CaseState.AUTO_CLOSED])
def test_a_closed_case_is_not_planned(state: CaseState) -> None:
    desk = FakeDesk(core=FakeCore(kept={CASE: case(state)}))

    done = Run(desk).start()

    assert done["outcome"] == "case closed"
    assert desk.core.calls == []


def test_what_policy_denies_is_not_proposed() -> None:
    def denied(number: int) -> tuple[Option, ...]:
        return (option("A", BUY, round_number=number, objective="1", tier=5),)

    desk = FakeDesk(core=FakeCore(planned=denied))

    done = Run(desk).start()

    assert (done["outcome"], done["gate"]["verdict"]) == ("denied", "deny")
    assert desk.core.approved == {}


@pytest.mark.parametrize("state", [ApprovalState.PENDING, ApprovalState.APPROVED, ApprovalState.EXECUTED])
def test_an_approval_under_way_is_taken_up_when_checkpoints_were_lost(state: ApprovalState) -> None:
    desk = FakeDesk()
    Run(desk).start()
    desk.core.decide(ApprovalId("AP-1-1A"), state) if state is not ApprovalState.PENDING else None
    asked_before = len(desk.core.calls)

    run = Run(desk)
    run.start()
    if state is ApprovalState.PENDING:
        run.decided(ApprovalState.APPROVED)

    assert run.values["outcome"] == "verified"
    assert len(desk.core.calls) == asked_before
    assert desk.executed == ([] if state is ApprovalState.EXECUTED else ["AP-1-1A"])


def test_a_proposal_made_by_somebody_else_meanwhile_is_taken_up() -> None:
    class Busy(FakeCore):
        def record_evidence(self, case: CaseId, evidence: CaseEvidence) -> None:
            theirs = approval_for(options_of()[1], ApprovalId("AP-1-1B"))
            self.approved[theirs.id] = theirs
            self.move(case, CaseState.PROPOSED)

    desk = FakeDesk(core=Busy())

    waiting = Run(desk).start()

    assert waiting["approval_id"] == "AP-1-1B"
    assert list(desk.core.approved) == ["AP-1-1B"]


def test_a_decision_for_another_interrupt_is_refused() -> None:
    run = Run(FakeDesk(stale=1))
    run.start()
    (first,) = run.graph.get_state(CONFIG).interrupts
    run.decided(ApprovalState.APPROVED)

    late = Command(resume={first.id: {**first.value, "state": "approved"}})
    with pytest.raises(UnknownInterruptError):
        run.graph.invoke(late, CONFIG, version="v2", durability="sync")

    assert run.next == ("await_decision",)


def test_a_signal_of_another_shape_is_refused_and_the_run_waits_on() -> None:
    run = Run(FakeDesk())
    run.start()
    (waiting,) = run.graph.get_state(CONFIG).interrupts

    with pytest.raises(ValidationError) as caught:
        run.graph.invoke(Command(resume={waiting.id: {"approve": True}}), CONFIG, version="v2", durability="sync")

    assert is_invalid_resume(caught.value)
    assert run.next == ("await_decision",)


def test_the_state_is_small_and_json() -> None:
    waiting = Run(FakeDesk()).start()

    assert len(json.dumps(waiting)) < 6_000


def test_the_graph_is_as_reviewed(snapshot: Callable[[str, str], None]) -> None:
    builder = Run(FakeDesk()).graph.builder
    fixed = [f"{start} --> {end}" for start, end in builder.edges]
    chosen = [f"{name} -.-> {end}" for name, node in builder.nodes.items() for end in node.ends or ()]
    deferred = [f"{name}[[{name}, once all evidence is there]]" for name, node in builder.nodes.items() if node.defer]

    snapshot("agents/exception_desk.mermaid", "\n".join(["graph TD", *deferred, *sorted(fixed + chosen)]) + "\n")
