"""Proposals of an agent's own making, over the books: an option of the core's, waiting for people; nothing is done."""

import pytest

from core.domain.approval import ApprovalState
from core.domain.ids import ApprovalId
from tests.builders import SO_1, day
from tests.desk import Desk
from tests.tools.over_the_books import scanned
from tools.business import ProposalList, ProposalShown
from tools.changing import ChangeProposed
from tools.proposing import Proposed
from tools.provenance import Source
from tools.registry import Toolset
from tools.spec import NextStep, Refusal, ToolOutput


def asked(tools: Toolset, name: str, **arguments: object) -> ToolOutput:
    return tools.call(name, arguments, sources=dict.fromkeys(arguments, Source.OPERATOR))


@pytest.mark.parametrize(
    ("name", "arguments", "kind"),
    [
        ("propose_transfer", {"order": "HARBOR-1", "line": 1, "from_location": "Reno", "quantity": 25}, "transfer"),
        ("propose_purchase", {"order": "SO-1", "supplier": "DELTA", "quantity": 25}, "buy"),
        ("propose_expedite", {"purchase_order": "PO-1", "line": 1}, "expedite"),
        ("propose_new_date", {"order": "SO-1", "line": 1, "date": day(20).isoformat()}, "re_promise"),
    ],
)
def test_what_somebody_wants_is_made_an_option_and_waits_for_people(
    desk: Desk, name: str, arguments: dict[str, object], kind: str
) -> None:
    tools = scanned(desk)

    proposed = asked(tools, name, **arguments)

    assert isinstance(proposed, Proposed), proposed
    assert proposed.summary.startswith("proposed, approval AP-1-1A; waits for one person")
    shown = tools.call("show_proposal", {"approval": proposed.approval})
    assert isinstance(shown, ProposalShown)
    assert kind in [action["kind"] for action in shown.actions]
    assert len(shown.model_dump_json()) < 4_096
    waiting = tools.call("list_proposals", {})
    assert isinstance(waiting, ProposalList)
    assert [(row.approval, row.state) for row in waiting.proposals] == [("AP-1-1A", "pending")]
    with desk.open() as uow:
        assert uow.approvals.get(ApprovalId("AP-1-1A")).state is ApprovalState.PENDING
        assert uow.orders.line(SO_1, 1).promised == day(5)


def test_a_second_plan_for_a_case_waits_until_people_decided_on_the_first(desk: Desk) -> None:
    tools = scanned(desk)
    asked(tools, "propose_new_date", order="SO-1", line=1, date=day(20).isoformat())

    refusal = asked(tools, "propose_transfer", order="SO-1", line=1, from_location="RENO", quantity=25)

    assert isinstance(refusal, Refusal)
    assert refusal.message == "case CASE-1 already has AP-1-1A waiting; people decide on that first"


def test_what_cannot_be_done_is_refused_with_what_can(desk: Desk) -> None:
    tools = scanned(desk)

    too_many = asked(tools, "propose_transfer", order="SO-1", line=1, from_location="RENO", quantity=45)
    no_case = asked(tools, "propose_transfer", order="SO-2", line=1, from_location="RENO", quantity=5)
    nobody = asked(tools, "propose_purchase", order="SO-1", supplier="Gulv")
    no_use = asked(tools, "propose_expedite", purchase_order="PO-1", line=2)

    assert isinstance(too_many, Refusal)
    assert too_many.message == "CASE-1: transfer 30 VALVE-3 from RENO: 45 units cannot be had; accepted are 1 to 30"
    assert isinstance(no_case, Refusal)
    assert "in no open case" in no_case.message
    assert isinstance(nobody, Refusal)
    assert "near are 'GULF' (Gulf Castings)" in nobody.message
    assert isinstance(no_use, Refusal)
    assert no_use.field == "purchase_order"
    assert {one.next for one in (too_many, no_case, nobody, no_use)} == {NextStep.FIXABLE}
    with desk.open() as uow:
        assert uow.approvals.listed(ApprovalState.PENDING) == ()


def test_a_change_a_customer_wants_is_said_once_and_changes_no_order(desk: Desk) -> None:
    tools = scanned(desk)

    first = asked(tools, "propose_order_change", order="SO-1", line=1, quantity=60)
    second = asked(tools, "propose_order_change", order="harbor-1", line=1, quantity=60)
    both = asked(tools, "propose_order_change", order="SO-1", line=1, quantity=60, date=day(30).isoformat())

    assert isinstance(first, ChangeProposed)
    assert isinstance(second, ChangeProposed)
    assert (first.signal, second.signal) == (f"asked:SO-1/1:quantity:60:{day(0)}",) * 2
    assert first.would == ("quantity 40 -> 60 EA; to be confirmed again",)
    assert "as was asked before" in second.summary
    assert isinstance(both, Refusal)
    assert both.field == "quantity"
    with desk.open() as uow:
        assert [(signal.order, signal.lines) for signal in uow.signals.open()] == [(SO_1, (1,))]
        assert uow.orders.line(SO_1, 1).ordered == 40
