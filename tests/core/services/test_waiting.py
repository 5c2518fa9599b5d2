"""What waits for people: by urgency, with one cause together, competing ones told apart, overtaken ones stale."""

from decimal import Decimal

import pytest

from core.domain.approval import ApprovalState, DecisionKind
from core.domain.cases import CaseState
from core.domain.errors import HashMismatchError, InvalidValueError, NotFoundError
from core.domain.ids import ApprovalId
from core.services.approvals import DecideCommand, decide_together
from core.services.overtaking import overtake
from core.services.waiting import Board, board, check_alike, together
from tests.builders import MARIA, buy, re_promise, transfer, wait
from tests.desk import Desk


def seen(desk: Desk) -> Board:
    with desk.open() as uow:
        return board(uow)


def test_plans_that_want_the_same_stock_compete_and_the_loser_is_stale(desk: Desk) -> None:
    first = desk.proposed(transfer(40, "TO-1.1A-1"), root="item VALVE-3@HOUSTON")
    second = desk.proposed(transfer(20, "TO-2.1A-1"), root="item VALVE-3@YARD")
    third = desk.proposed(transfer(10, "TO-3.1A-1"), root="order SO-9")

    found = {plan.approval.id: [rival.approval for rival in plan.rivals] for plan in seen(desk).plans}
    assert found == {first.id: [second.id], second.id: [first.id], third.id: []}
    (rival,) = next(plan for plan in seen(desk).plans if plan.approval.id == first.id).rivals
    assert rival.over == "40 and 20 of VALVE-3@RENO are wanted, 50 are there"
    assert rival.loses.startswith("CASE-2 loses the plan that helps")

    desk.decide(first)
    desk.execute(first)
    with desk.open() as uow:
        assert overtake(uow) == (second.id,)
        assert overtake(uow) == ()
        assert uow.approvals.get(second.id).state is ApprovalState.STALE
        assert uow.cases.get(second.case).state is CaseState.OPEN
        assert uow.approvals.get(third.id).state is ApprovalState.PENDING


def test_plans_that_change_the_same_order_line_compete(desk: Desk) -> None:
    first = desk.proposed(re_promise(9), root="order SO-1")
    second = desk.proposed(re_promise(12), root="item VALVE-3@HOUSTON")

    (rival,) = next(plan for plan in seen(desk).plans if plan.approval.id == first.id).rivals
    assert (rival.approval, rival.over) == (second.id, "both change SO-1/1")


def test_cases_with_one_cause_are_a_group_with_its_sums(desk: Desk) -> None:
    first = desk.proposed(buy(10, "PO-1.1A-1"), root="purchase order PO-1/1")
    second = desk.proposed(buy(20, "PO-2.1A-1"), root="purchase order PO-1/2")
    alone = desk.proposed(wait(), root="item SEAL@HOUSTON")

    (group,) = seen(desk).groups

    assert (group.cause, group.approvals) == ("supplier GULF", (first.id, second.id))
    assert group.money == first.money + second.money == Decimal("465.00")
    with desk.open() as uow:
        assert [plan.approval.id for plan in together(uow, second.id)] == [first.id, second.id]
        assert [plan.approval.id for plan in together(uow, alone.id)] == [alone.id]
        with pytest.raises(NotFoundError, match="AP-9-1A does not wait"):
            together(uow, ApprovalId("AP-9-1A"))


def test_one_word_decides_on_all_of_a_group_or_on_none(desk: Desk) -> None:
    approvals = [desk.proposed(buy(10, f"PO-{n}.1A-1"), root=f"purchase order PO-1/{n}") for n in (1, 2)]

    def said(*hashes: str) -> tuple[DecideCommand, ...]:
        return tuple(
            DecideCommand(approval=one.id, plan_hash=seen, kind=DecisionKind.APPROVE, comment="both", channel="console")
            for one, seen in zip(approvals, hashes, strict=True)
        )

    with pytest.raises(HashMismatchError), desk.open() as uow:
        decide_together(uow, said(approvals[0].plan_hash, "f" * 64), MARIA)
    with desk.open() as uow:
        assert {uow.approvals.get(one.id).state for one in approvals} == {ApprovalState.PENDING}
        decided = decide_together(uow, said(*(one.plan_hash for one in approvals)), MARIA)

    assert {one.state for one in decided} == {ApprovalState.APPROVED}


def test_plans_of_different_causes_are_not_decided_by_one_word(desk: Desk) -> None:
    first = desk.proposed(buy(10, "PO-1.1A-1"), root="purchase order PO-1/1")
    second = desk.proposed(buy(20, "PO-2.1A-1"), root="purchase order PO-1/2")
    other = desk.proposed(wait(), root="item SEAL@HOUSTON")

    with desk.open() as uow:
        check_alike(uow, [second.id, first.id])
        with pytest.raises(InvalidValueError, match=f"{other.id} does not wait for the same cause as {first.id}"):
            check_alike(uow, [first.id, other.id])
