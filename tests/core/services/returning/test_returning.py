"""Returns from the request to the refund: what comes back is counted, kept apart, decided about and paid once."""

from decimal import Decimal

import pytest

from core.domain.errors import ConflictError, IllegalTransitionError, InvalidValueError, NotAuthorisedError
from core.domain.returns import DispositionKind, RestockingPolicy, ReturnReason, ReturnState, Wish
from core.services.holding import credit_exposure
from core.services.returning.reporting import return_rates
from core.services.returning.requesting import (
    AskedBack,
    RefuseReturn,
    RequestLabel,
    RequestReturn,
    refuse_return,
    request_label,
    request_return,
)
from core.services.returning.settling import (
    CloseReturn,
    ExchangeReturn,
    RefundReturn,
    close_return,
    exchange_return,
    refund_return,
)
from tests.builders import HOUSTON, MARIA, MESA, PAUL, RENO, SO_1, SO_2, TODAY, VALVE, day
from tests.core.services.returning.counter import RMA, opened, part
from tests.desk import Desk


def test_five_valves_come_back_three_are_sold_again_two_scrapped_and_the_customer_gets_the_money(desk: Desk) -> None:
    counter = opened(desk)
    counter.ask(5)
    counter.authorise()

    counter.receive(5)

    with desk.open() as uow:
        level = uow.stock.balance(VALVE, RENO)
        assert (level.on_hand, level.blocked) == (45, 5)
        assert uow.orders.line(SO_2, 1).returned == 5
    counter.inspect()
    counter.dispose(part(DispositionKind.SCRAP, 2), part(DispositionKind.RESTOCK, 3))
    with desk.open() as uow:
        level = uow.stock.balance(VALVE, RENO)
        assert (level.on_hand, level.blocked) == (43, 0)
        refunded = refund_return(uow, RefundReturn(key="m", number=RMA, version=counter.rma().version), MARIA)
    assert (refunded.amount, refunded.fee, refunded.currency) == (Decimal("127.50"), Decimal(0), "USD")
    with desk.open() as uow:
        close_return(uow, CloseReturn(key="c", number=RMA, version=refunded.returned.version))
        assert [x.kind for x in uow.returns.dispositions(RMA)] == [DispositionKind.SCRAP, DispositionKind.RESTOCK]
        (rate,) = return_rates(uow, "item")
        assert (rate.group, rate.delivered, rate.returned, rate.percent) == (VALVE, 20, 5, Decimal("25.00"))
        assert [(x.group, x.returned) for x in return_rates(uow, "reason")] == [("defective", 5)]
        assert [(x.group, x.returned) for x in return_rates(uow, "customer")] == [("MESA", 5)]
    assert counter.rma().state is ReturnState.CLOSED
    assert counter.house.broken() == []


def test_no_more_comes_back_than_was_delivered(desk: Desk) -> None:
    counter = opened(desk)
    counter.ask(15)

    with pytest.raises(InvalidValueError, match="6 units of order line SO-2/1 cannot come back"):
        counter.ask(6)

    with desk.open() as uow:
        assert [given.number for given in uow.returns.of_order(SO_2)] == [RMA]
    assert counter.ask(5).number == "SO-2-R2"


def test_what_was_never_delivered_does_not_come_back(desk: Desk) -> None:
    desk.alter("UPDATE locations SET takes_returns = true WHERE code = 'HOUSTON'")
    lines = (AskedBack(line=1, quantity=1, reason=ReturnReason.LATE),)

    with pytest.raises(InvalidValueError, match="no more can be returned than was delivered"), desk.open() as uow:
        request_return(uow, RequestReturn(key="r", order=SO_1, location=HOUSTON, lines=lines))

    with desk.open() as uow:
        assert uow.returns.of_order(SO_1) == ()


def test_units_of_a_refused_return_may_be_asked_for_again(desk: Desk) -> None:
    counter = opened(desk)
    counter.ask(20)

    with desk.open() as uow:
        refuse_return(uow, RefuseReturn(key="n", number=RMA, version=1, why="worn beyond use"))

    assert counter.ask(20).number == "SO-2-R2"


def test_a_location_that_takes_no_returns_is_refused(desk: Desk) -> None:
    opened(desk)
    lines = (AskedBack(line=1, quantity=1, reason=ReturnReason.LATE),)

    with pytest.raises(InvalidValueError, match="'HOUSTON' takes no returns; accepted: 'RENO'"), desk.open() as uow:
        request_return(uow, RequestReturn(key="r", order=SO_2, location=HOUSTON, lines=lines))


def test_money_waits_for_the_goods_unless_an_operations_manager_decides(desk: Desk) -> None:
    counter = opened(desk)
    counter.ask(4)
    version = counter.authorise().version
    early = RefundReturn(key="e", number=RMA, version=version, before_receipt=True, note="good customer")

    with pytest.raises(IllegalTransitionError, match="is authorised and cannot become refunded"), desk.open() as uow:
        refund_return(uow, RefundReturn(key="m", number=RMA, version=version), MARIA)
    with pytest.raises(NotAuthorisedError, match="an operations manager may"), desk.open(PAUL.name) as uow:
        refund_return(uow, early, PAUL)
    with desk.open() as uow:
        assert uow.returns.refund_of(RMA) is None
        refunded = refund_return(uow, early, MARIA)

    assert refunded.amount == Decimal("102.00")
    with desk.open() as uow:
        refund = uow.returns.refund_of(RMA)
        assert refund is not None
        assert (refund.before_receipt, refund.decided_by) == (True, MARIA.name)
    again = RefundReturn(key="e2", number=RMA, version=refunded.returned.version, before_receipt=True)
    with pytest.raises(ConflictError, match="was refunded before"), desk.open() as uow:
        refund_return(uow, again, MARIA)


def test_a_restocking_fee_is_kept_where_the_return_is_not_our_doing(desk: Desk) -> None:
    counter = opened(desk)
    counter.looked_at(2, reason=ReturnReason.NOT_NEEDED)
    counter.dispose(part(DispositionKind.RESTOCK, 2))

    with desk.open() as uow:
        uow.orders.count_line(SO_2, 1, invoiced=20)
        owed = credit_exposure(uow, MESA).unpaid
        command = RefundReturn(key="m", number=RMA, version=counter.rma().version, restocking_percent=Decimal(15))
        refunded = refund_return(uow, command, MARIA)

    assert (refunded.amount, refunded.fee) == (Decimal("43.35"), Decimal("7.65"))
    with desk.open() as uow:  # what came back is owed until money is given back, the fee stays owed
        assert (owed, credit_exposure(uow, MESA).unpaid) == (Decimal("510.00"), Decimal("466.65"))


def test_the_fee_is_the_companys_unless_another_is_given(desk: Desk) -> None:
    counter = opened(desk)
    counter.looked_at(2, reason=ReturnReason.NOT_NEEDED)
    counter.dispose(part(DispositionKind.RESTOCK, 2))

    with desk.open() as uow:
        command = RefundReturn(key="m", number=RMA, version=counter.rma().version)
        refunded = refund_return(uow, command, MARIA, policy=RestockingPolicy(percent=Decimal(10)))

    assert (refunded.amount, refunded.fee) == (Decimal("45.90"), Decimal("5.10"))


def test_a_fee_of_more_than_everything_is_no_policy() -> None:
    with pytest.raises(InvalidValueError, match="accepted are 0 to 100"):
        RestockingPolicy(percent=Decimal(101))


@pytest.mark.parametrize(
    ("kind", "on_hand", "blocked"),
    [
        (DispositionKind.RESTOCK, 42, 0),
        (DispositionKind.REWORK, 42, 2),
        (DispositionKind.REFURBISH, 42, 2),
        (DispositionKind.RECYCLE, 40, 0),
        (DispositionKind.REUSE, 40, 0),
        (DispositionKind.SCRAP, 40, 0),
    ],
)
def test_what_was_decided_moves_the_stock(desk: Desk, kind: DispositionKind, on_hand: int, blocked: int) -> None:
    counter = opened(desk)
    counter.looked_at(2)

    counter.dispose(part(kind, 2))

    with desk.open() as uow:
        level = uow.stock.balance(VALVE, RENO)
    assert (level.on_hand, level.blocked) == (on_hand, blocked)
    assert counter.house.broken() == []


def test_a_decision_is_about_exactly_what_came(desk: Desk) -> None:
    counter = opened(desk)
    counter.looked_at(3)
    before = counter.rma()

    for parts in ((part(DispositionKind.SCRAP, 2),), (part(DispositionKind.SCRAP, 4),), ()):
        with pytest.raises(InvalidValueError, match="they are the same"):
            counter.dispose(*parts)

    assert counter.rma() == before


def test_the_goods_come_again_on_another_order_of_the_customer(desk: Desk) -> None:
    counter = opened(desk)
    counter.looked_at(2, wish=Wish.EXCHANGE)
    version = counter.dispose(part(DispositionKind.SCRAP, 2)).version

    with pytest.raises(InvalidValueError, match="is not another order of customer MESA"), desk.open() as uow:
        exchange_return(uow, ExchangeReturn(key="x", number=RMA, version=version, order=SO_1))
    desk.alter(
        "UPDATE sales_orders SET customer_id = (SELECT customer_id FROM sales_orders WHERE number = 'SO-2')"
        " WHERE number = 'SO-1'"
    )
    with desk.open() as uow:
        exchange_return(uow, ExchangeReturn(key="x", number=RMA, version=version, order=SO_1))

    assert (counter.rma().state, counter.rma().exchange_order) == (ReturnState.EXCHANGED, SO_1)


def test_an_order_for_the_goods_is_entered_at_no_charge(desk: Desk) -> None:
    counter = opened(desk)
    counter.looked_at(2, wish=Wish.EXCHANGE)
    version = counter.dispose(part(DispositionKind.SCRAP, 2)).version

    command = ExchangeReturn(key="x", number=RMA, version=version)
    for _ in range(2):
        with desk.open() as uow:
            exchange_return(uow, command)

    order = counter.rma().exchange_order
    assert order is not None
    with desk.open() as uow:
        found, (line,) = uow.orders.order(order), uow.orders.lines(order)
        assert (found.customer, found.customer_po, found.payment_terms) == (MESA, RMA, "exchange, no charge")
        assert [hold.line for hold in uow.holds.of_order(order, open_only=True)] == [1]  # somebody looks at free goods
        assert len(uow.orders.with_po(MESA, RMA, since=TODAY)) == 1
    assert (line.item, line.ordered, line.unit_price, line.requested) == (VALVE, 2, 0, day(1))
    assert counter.rma().state is ReturnState.EXCHANGED


def test_a_label_goes_by_mail(desk: Desk) -> None:
    counter = opened(desk)
    desk.alter("UPDATE customers SET email = 'hello@mesa.example' WHERE code = 'MESA'")
    counter.ask(1)
    version = counter.authorise().version

    with desk.open() as uow:
        request_label(uow, RequestLabel(key="l", number=RMA, version=version))

    assert counter.rma().state is ReturnState.LABEL_SENT
    with desk.open() as uow:
        (message,) = uow.outbox.claim(limit=5)
    assert (message.partner, message.payload["recipient"]) == ("mail", "hello@mesa.example")
    assert "put the number SO-2-R1 on the parcel and send it to Reno (RENO)" in str(message.payload["body"])


def test_a_person_sends_the_label_where_there_is_no_address(desk: Desk) -> None:
    counter = opened(desk)
    counter.ask(1)
    version = counter.authorise().version

    with desk.open() as uow:
        request_label(uow, RequestLabel(key="l", number=RMA, version=version))

    with desk.open() as uow:
        assert [task.subject for task in uow.tasks.listed()] == [f"label {RMA}"]


def test_of_two_who_saw_the_same_return_the_second_is_told(desk: Desk) -> None:
    counter = opened(desk)
    counter.ask(2)
    counter.authorise()

    with pytest.raises(ConflictError, match="at version 2, not at 1 as it was read"), desk.open() as uow:
        refuse_return(uow, RefuseReturn(key="n", number=RMA, version=1, why="too late"))

    assert counter.rma().state is ReturnState.AUTHORISED
