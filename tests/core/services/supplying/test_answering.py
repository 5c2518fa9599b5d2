"""What suppliers answer and buyers change: facts are planned with, prices wait for a person."""

from decimal import Decimal
from typing import Any

import pytest

from core.domain.errors import ConflictError, IllegalTransitionError, InvalidValueError
from core.domain.ids import PurchaseOrderNo
from core.domain.purchasing import Answer, AnsweredLine, DecisionState, Difference
from core.domain.supply_life import PurchaseStage
from core.services.supplying.answering import Acknowledge, ChangedLine, ChangePurchase, acknowledge, change_purchase
from core.services.supplying.price_deciding import DecidePrice, decide_price
from core.services.supplying.purchase_results import PurchaseResult
from tests.builders import SEAL, day
from tests.core.services.supplying.works import PO_9, lawful, sent, wanted
from tests.desk import Desk


def answer(desk: Desk, *lines: AnsweredLine, reference: str = "ACK-1") -> PurchaseResult:
    with desk.open() as uow:
        command = Acknowledge(key=reference, number=PO_9, reference=reference, source="edi", lines=lines)
        return acknowledge(uow, command)


def said(answer: Answer = Answer.CHANGED, line: int = 1, **values: Any) -> AnsweredLine:
    return AnsweredLine(line=line, answer=answer, **values)


def test_an_order_accepted_as_it_is_becomes_confirmed(desk: Desk) -> None:
    sent(desk)

    result = answer(desk, said(Answer.ACCEPTED))

    assert (result.stage, result.differences) == (PurchaseStage.CONFIRMED, ())
    with desk.open() as uow:
        (line,) = uow.purchasing.lines(PO_9)
    assert (line.confirmed, line.due, line.requested) == (20, day(12), None)
    assert lawful(desk) == []


def test_a_later_date_and_fewer_units_are_kept_beside_what_was_asked_and_planned_with(desk: Desk) -> None:
    sent(desk)

    result = answer(desk, said(quantity=15, due=day(19)))

    assert result.stage is PurchaseStage.ACKNOWLEDGED
    assert result.differences == ((1, Difference.QUANTITY), (1, Difference.DATE))
    with desk.open() as uow:
        (line,) = uow.purchasing.lines(PO_9)
    assert (line.ordered, line.confirmed, line.requested, line.due) == (20, 15, day(12), day(19))
    supply = desk.snapshot().supply
    at = supply.number.index("PO-9")
    assert int(supply.quantity[at]) == 15


def test_a_price_beyond_the_tolerance_waits_for_a_buyer(desk: Desk) -> None:
    sent(desk)

    result = answer(desk, said(unit_price=Decimal("15.00")))

    assert (result.stage, result.pending) == (PurchaseStage.ACKNOWLEDGED, (1,))
    with desk.open() as uow:
        assert uow.purchasing.lines(PO_9)[0].unit_price == 14
        (change,) = uow.price_changes.pending()
    assert (change.old, change.new, change.state) == (14, 15, DecisionState.PENDING)


@pytest.mark.parametrize(
    ("accept", "price", "stage"), [(True, 15, PurchaseStage.CONFIRMED), (False, 14, PurchaseStage.ACKNOWLEDGED)]
)
def test_a_buyer_takes_the_price_or_keeps_the_old_one(
    desk: Desk, accept: bool, price: int, stage: PurchaseStage
) -> None:
    sent(desk)
    version = answer(desk, said(unit_price=Decimal("15.00"))).version
    command = DecidePrice(
        key="decide", number=PO_9, line=1, version=version, price=Decimal(15), accept=accept, comment="seen"
    )

    with desk.open() as uow:
        result = decide_price(uow, command)

    assert (result.stage, result.pending) == (stage, ())
    with desk.open() as uow:
        assert uow.purchasing.lines(PO_9)[0].unit_price == price
        assert decide_price(uow, command) == result
    assert lawful(desk) == []


def test_a_price_within_the_tolerance_holds_at_once_and_is_written_down(desk: Desk) -> None:
    sent(desk)

    result = answer(desk, said(unit_price=Decimal("14.28")))

    assert (result.stage, result.pending) == (PurchaseStage.CONFIRMED, ())
    with desk.open() as uow:
        (change,) = uow.price_changes.of_order(PO_9)
        assert uow.purchasing.lines(PO_9)[0].unit_price == Decimal("14.28")
    assert (change.state, change.comment) == (DecisionState.ACCEPTED, "within the tolerance of 2 %")


def test_a_rejected_line_is_not_expected_any_more(desk: Desk) -> None:
    sent(desk, wanted(1), wanted(2, SEAL, 100, "2.5"))

    result = answer(desk, said(Answer.ACCEPTED), said(Answer.REJECTED, line=2))

    assert (result.stage, result.differences) == (PurchaseStage.ACKNOWLEDGED, ((2, Difference.REJECTED),))
    with desk.open() as uow:
        assert [line.open_quantity for line in uow.purchasing.lines(PO_9)] == [20, 0]
    supply = desk.snapshot().supply
    assert [line for number, line in zip(supply.number, supply.line, strict=True) if number == "PO-9"] == [1]


def test_a_buyer_who_takes_what_was_confirmed_need_not_ask_again(desk: Desk) -> None:
    sent(desk)
    version = answer(desk, said(quantity=15, due=day(19))).version
    change = ChangePurchase(
        key="take it",
        number=PO_9,
        version=version,
        lines=(ChangedLine(line=1, quantity=15, due=day(19)),),
        why="agreed",
    )

    with desk.open() as uow:
        result = change_purchase(uow, change)

    assert result.stage is PurchaseStage.CONFIRMED
    with desk.open() as uow:
        (line,) = uow.purchasing.lines(PO_9)
    assert (line.ordered, line.confirmed, line.due, line.requested) == (15, 15, day(19), None)


def test_anything_else_is_sent_again(desk: Desk) -> None:
    sent(desk)
    version = answer(desk, said(Answer.ACCEPTED)).version
    change = ChangePurchase(
        key="more", number=PO_9, version=version, lines=(ChangedLine(line=1, quantity=30),), why="more is needed"
    )

    with desk.open() as uow:
        result = change_purchase(uow, change)

    assert result.stage is PurchaseStage.SENT
    with desk.open() as uow:
        assert uow.purchasing.lines(PO_9)[0].confirmed is None
        with pytest.raises(ConflictError, match=r"is at version \d+, not at"):
            change_purchase(uow, ChangePurchase(key="late", number=PO_9, version=version, lines=change.lines, why="x"))


REFUSED: dict[str, tuple[AnsweredLine, str]] = {
    "more than ordered": (said(quantity=21), "quantity 21 of PO-9/1 cannot be confirmed; accepted is 1 to 20"),
    "nothing": (said(quantity=0), "quantity 0 of PO-9/1 cannot be confirmed; accepted is 1 to 20"),
    "a negative price": (said(unit_price=Decimal(-1)), "accepted is a number from 0"),
    "no number": (said(unit_price=Decimal("NaN")), r"lines\[0\].unit_price is Decimal\('NaN'\)"),
    "too fine a price": (said(unit_price=Decimal("14.00001")), "with at most 4 decimals"),
    "yes, but": (said(Answer.ACCEPTED, quantity=5), "accepted is 'changed'"),
    "another line": (said(line=2), r"lines \[2\] of 'PO-9' are not accepted; accepted are one or more of \[1\]"),
}


@pytest.mark.parametrize(("line", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_an_answer_that_cannot_be_is_refused_and_nothing_changes(desk: Desk, line: AnsweredLine, why: str) -> None:
    sent(desk)

    with pytest.raises(InvalidValueError, match=why):
        answer(desk, line)

    with desk.open() as uow:
        assert uow.purchasing.answers(PO_9) == ()
        assert uow.purchasing.order(PO_9).stage is PurchaseStage.SENT
        assert uow.purchasing.lines(PO_9)[0].confirmed is None


def test_the_same_answer_twice_is_one_answer(desk: Desk) -> None:
    sent(desk)

    assert answer(desk, said(Answer.ACCEPTED)) == answer(desk, said(Answer.ACCEPTED))

    with desk.open() as uow:
        assert [reference for reference, _, _ in uow.purchasing.answers(PO_9)] == ["ACK-1"]
        again = Acknowledge(
            key="other key", number=PO_9, reference="ACK-1", source="edi", lines=(said(Answer.ACCEPTED),)
        )
        with pytest.raises(ConflictError, match="there is an answer 'ACK-1' to purchase order 'PO-9' already"):
            acknowledge(uow, again)


def test_what_was_received_takes_no_answer(desk: Desk) -> None:
    command = Acknowledge(
        key="k", number=PurchaseOrderNo("PO-2"), reference="A", source="mail", lines=(said(Answer.ACCEPTED),)
    )

    with pytest.raises(IllegalTransitionError, match="'PO-2' is 'received' and takes no answer"), desk.open() as uow:
        acknowledge(uow, command)
