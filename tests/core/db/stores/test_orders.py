"""Sales orders read as loaded; a promise moves once from the date it was thought to have, and its history stays."""

from dataclasses import replace

import pytest

from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import OrderNo, ProposalId
from core.domain.loaded_orders import with_lives
from core.domain.orders import PromiseRecord
from tests.builders import SO_1, SO_2, company, day
from tests.desk import Desk

LATER = PromiseRecord(order=SO_1, line=1, old=day(5), new=day(9), reason="late steel", proposal=None)


def test_orders_and_lines_read_as_they_were_loaded(desk: Desk) -> None:
    with desk.open() as uow:
        orders = tuple(uow.orders.order(order.number) for order in company().sales_orders)
        lines = tuple(uow.orders.line(line.order, line.line) for line in company().sales_order_lines)

    assert orders == with_lives(company()).sales_orders
    assert lines == with_lives(company()).sales_order_lines


def test_a_promise_moves_and_its_history_stays(desk: Desk) -> None:
    with desk.open() as uow:
        uow.orders.promise(LATER)
        uow.orders.promise(replace(LATER, old=day(9), new=day(7), reason="good news"))

    with desk.open() as uow:
        line, history = uow.orders.line(SO_1, 1), uow.orders.promises(SO_1, 1)
    assert (line.promised, line.first_promised, line.requested) == (day(7), day(5), day(4))
    assert [(record.old, record.new, record.reason) for record in history] == [
        (None, day(5), "loaded with the company"),
        (day(5), day(9), "late steel"),
        (day(9), day(7), "good news"),
    ]


def test_the_first_promise_of_a_line_is_kept_for_good(desk: Desk) -> None:
    first = PromiseRecord(order=SO_2, line=1, old=day(6), new=day(8), reason="asked", proposal=None)

    with desk.open() as uow:
        uow.orders.promise(first)
        uow.orders.promise(replace(first, old=day(8), new=day(12)))

    with desk.open() as uow:
        line = uow.orders.line(SO_2, 1)
    assert (line.first_promised, line.promised) == (day(8), day(12))


def test_a_promise_that_was_moved_meanwhile_is_a_conflict(desk: Desk) -> None:
    stale = replace(LATER, old=day(4))

    with (
        pytest.raises(ConflictError, match="SO-1/1 is promised for 2024-10-09, not for 2024-10-08"),
        desk.open() as uow,
    ):
        uow.orders.promise(stale)

    with desk.open() as uow:
        assert len(uow.orders.promises(SO_1, 1)) == 1


@pytest.mark.breaks_laws  # there is no such proposal
def test_a_promise_is_in_the_audit_log_with_its_proposal(desk: Desk) -> None:
    with desk.open() as uow:
        uow.orders.promise(replace(LATER, proposal=ProposalId("PR-1-1A")))

    with desk.open() as uow:
        ((_, actor, event, subject, facts),) = uow.audit.trail("order:SO-1")
    assert (actor, event, subject) == ("maria", "promise_moved", "SO-1/1")
    assert facts == '{"new": "2024-10-13", "old": "2024-10-09", "proposal": "PR-1-1A", "reason": "late steel"}'


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    with desk.open() as uow:
        with pytest.raises(NotFoundError, match="there is no sales order 'SO-9'"):
            uow.orders.order(OrderNo("SO-9"))
        with pytest.raises(NotFoundError, match="there is no sales order line SO-1/9"):
            uow.orders.line(SO_1, 9)
        assert uow.orders.promises(OrderNo("SO-9"), 1) == ()
