"""Proposals of an agent's own making, over the books: an option of the core's, waiting for people; nothing is done."""

import pytest

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.ids import ApprovalId
from core.planning.rules import ScanRules
from core.services.asking_changes import ChangeAsked
from core.services.scanning import ScanCommand, scan
from core.services.signalling import SettleSignal, settle_signal
from tests.builders import SO_1, day
from tests.desk import Desk
from tests.tools.fakes import FakeCore
from tests.tools.over_the_books import scanned, tools_of
from tests.tools.samples import CASE
from tools.business import ProposalList, ProposalShown
from tools.changing import ChangeProposed
from tools.proposing import Proposed
from tools.provenance import Source
from tools.registry import Toolset, toolset
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


def test_a_change_a_customer_wants_waits_under_one_approval_and_changes_no_order(desk: Desk) -> None:
    tools = scanned(desk)

    first = asked(tools, "propose_order_change", order="SO-1", line=1, quantity=60)
    second = asked(tools, "propose_order_change", order="harbor-1", line=1, quantity=60)

    assert isinstance(first, ChangeProposed)
    assert isinstance(second, ChangeProposed)
    assert (first.signal, second.signal) == (f"asked:SO-1/1:quantity:60:{day(0)}",) * 2
    assert (first.approval, second.approval) == ("AP-2-1A",) * 2
    assert first.would == ("quantity 40 -> 60 EA; to be confirmed again",)
    assert first.summary.startswith("proposed, approval AP-2-1A; waits for one person")
    assert second.summary == "proposed before, approval AP-2-1A; people decide on that"
    shown = tools.call("show_proposal", {"approval": first.approval})
    assert isinstance(shown, ProposalShown)
    assert [(one["kind"], one["after"]) for one in shown.actions if "after" in one] == [("apply_change", "60")]
    with desk.open() as uow:
        assert uow.approvals.get(ApprovalId("AP-2-1A")).state is ApprovalState.PENDING
        assert [(signal.order, signal.lines) for signal in uow.signals.open()] == [(SO_1, (1,))]
        assert uow.orders.line(SO_1, 1).ordered == 40


def test_the_scan_after_a_change_finds_the_case_that_waits(desk: Desk) -> None:
    proposed = asked(scanned(desk), "propose_order_change", order="SO-1", line=1, quantity=60)

    with desk.open() as uow:
        report = scan(uow, ScanCommand(rules=ScanRules()))

    assert isinstance(proposed, ChangeProposed)
    assert (report.opened, report.closed) == ((), ())
    with desk.open() as uow:
        assert uow.cases.get(proposed.case).state is CaseState.PROPOSED


def test_a_change_that_was_decided_on_is_not_put_before_people_again_that_day(desk: Desk) -> None:
    tools = scanned(desk)
    first = asked(tools, "propose_order_change", order="SO-1", line=1, quantity=60)
    assert isinstance(first, ChangeProposed)
    with desk.open() as uow:
        settle_signal(uow, SettleSignal(key="told", reference=first.signal, outcome="declined by telephone"))

    refusal = asked(tools, "propose_order_change", order="SO-1", line=1, quantity=60)

    assert isinstance(refusal, Refusal)
    assert refusal.message == f"{first.signal} was decided on already: declined by telephone"


def test_a_change_is_of_one_thing_and_is_refused_before_anything_was_scanned(desk: Desk) -> None:
    unscanned = asked(tools_of(desk), "propose_order_change", order="SO-1", line=1, quantity=60)
    both = asked(scanned(desk), "propose_order_change", order="SO-1", quantity=60, date=day(30).isoformat())

    assert isinstance(unscanned, Refusal)
    assert unscanned.message == "no scan has run yet; run `expediter scan` first"
    assert isinstance(both, Refusal)
    assert both.field == "quantity"
    with desk.open() as uow:
        assert uow.signals.open() == ()


def test_a_change_that_no_option_takes_is_answered_on_its_case() -> None:
    told = ChangeAsked(
        signal="asked:SO-1/1", case=CASE, order=SO_1, line=1, words=("at several places",), fence=None, fresh=True
    )

    left = asked(toolset(FakeCore(found={"ask_change": told})), "propose_order_change", order="SO-1", quantity=60)

    assert isinstance(left, ChangeProposed)
    assert (left.approval, left.expires_at) == (None, None)
    assert left.summary == f"asked for on {CASE}; no option takes the change, so people answer it there"
