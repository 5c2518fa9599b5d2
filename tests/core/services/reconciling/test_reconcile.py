"""A later pack over the small company: what changes, what stays, what is matched and what contradicts."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.domain.company import Company
from core.domain.errors import ConflictError
from core.domain.feeds import ConflictKind, EffectKind, EffectState, FeedReport
from core.domain.ids import ItemCode, LocationCode, OrderNo, PurchaseOrderNo, TransferOrderNo
from core.domain.items import Item, StockBalance
from core.domain.order_life import OrderState
from core.domain.orders import PurchaseOrder, PurchaseOrderLine, SalesOrder, SalesOrderLine, SupplyState
from core.services.reconciling.reconcile import ReconcilePack, reconcile
from tests.builders import (
    DELTA,
    HARBOR,
    HOUSTON,
    PO_1,
    RENO,
    SO_1,
    SO_2,
    TODAY,
    VALVE,
    buy,
    company,
    day,
    expedite,
    re_promise,
    transfer,
)
from tests.desk import Desk

NEXT = replace(company().settings, as_of=TODAY + timedelta(days=1))


def pack(**tables: Any) -> Company:
    """The small company a day later, with some tables replaced."""
    return company(settings=NEXT, **tables)


def load(desk: Desk, later: Company, name: str = "later") -> FeedReport:
    with desk.open() as uow:
        return reconcile(uow, ReconcilePack(key=name, company=later, content_hash=name))


def counts(report: FeedReport) -> dict[str, dict[str, int]]:
    """What is not nothing and not unchanged, by table."""
    kinds = ("new", "changed", "closed", "awaiting", "matched", "conflicts")
    found = {table.table: {kind: n for kind in kinds if (n := getattr(table, kind))} for table in report.tables}
    return {table: kinds for table, kinds in found.items() if kinds}


def lines_with(order: OrderNo, line: int, **parts: Any) -> tuple[SalesOrderLine, ...]:
    every = company().sales_order_lines
    return tuple(replace(x, **parts) if (x.order, x.line) == (order, line) else x for x in every)


def bought_with(order: PurchaseOrderNo, line: int, **parts: Any) -> tuple[PurchaseOrderLine, ...]:
    every = company().purchase_order_lines
    return tuple(replace(x, **parts) if (x.order, x.line) == (order, line) else x for x in every)


def stock_with(item: ItemCode, location: LocationCode, on_hand: int) -> tuple[StockBalance, ...]:
    every = company().stock
    return tuple(replace(x, on_hand=on_hand) if (x.item, x.location) == (item, location) else x for x in every)


def test_the_same_books_a_day_later_change_only_the_day(desk: Desk) -> None:
    report = load(desk, pack())

    assert (report.applied, counts(report), report.conflicts) == (True, {}, ())
    with desk.open() as uow:
        assert uow.company.settings().as_of == day(1)


def test_the_same_pack_again_changes_nothing(desk: Desk) -> None:
    load(desk, pack(stock=stock_with(VALVE, HOUSTON, 9)))

    again = load(desk, pack(stock=stock_with(VALVE, HOUSTON, 9)))

    assert (again.applied, again.tables) == (False, ())
    with desk.open() as uow:
        assert uow.stock.balance(VALVE, HOUSTON).on_hand == 9


def test_an_older_pack_and_one_of_another_company_are_refused(desk: Desk) -> None:
    older = company(settings=replace(NEXT, as_of=TODAY - timedelta(days=1)))
    other = company(settings=replace(NEXT, name="Somebody else"))

    with pytest.raises(ConflictError, match="accepted is a pack of 2024-10-04 or later"):
        load(desk, older)
    with pytest.raises(ConflictError, match="accepted is a pack of the same company"):
        load(desk, other)

    with desk.open() as uow:
        assert uow.company.settings().as_of == TODAY


def test_new_rows_are_inserted_and_changed_ones_updated(desk: Desk) -> None:
    elbow = Item(code=ItemCode("ELBOW"), name="Elbow", lead_time_days=3)
    order = replace(company().sales_orders[0], number=OrderNo("SO-3"), customer_po="H-3", entry_sequence=3)
    line = SalesOrderLine(
        order=order.number,
        line=1,
        item=elbow.code,
        ordered=4,
        unit_price=Decimal(3),
        requested=day(9),
        promised=day(9),
        first_promised=day(9),
    )
    later = pack(
        items=(elbow, *(replace(item, safety_stock=7) if item.code == VALVE else item for item in company().items)),
        sales_orders=(*company().sales_orders, order),
        sales_order_lines=(*company().sales_order_lines, line),
    )

    report = load(desk, later)

    assert counts(report) == {
        "items": {"new": 1, "changed": 1},
        "sales_orders": {"new": 1},
        "sales_order_lines": {"new": 1},
    }
    with desk.open() as uow:
        held = uow.orders.line(order.number, 1)
        assert (held.state, held.promised) == (OrderState.CONFIRMED, day(9))
        assert [part.quantity for part in uow.orders.schedule(order.number, 1)] == [4]
        assert [record.reason for record in uow.orders.promises(order.number, 1)] == ["loaded with the company"]
        assert uow.orders.order(order.number).state is OrderState.CONFIRMED


def test_a_changed_order_gets_a_version_and_a_timeline_entry(desk: Desk) -> None:
    report = load(desk, pack(sales_order_lines=lines_with(SO_1, 1, ordered=50, promised=day(8), shipped=10)))

    assert counts(report) == {"sales_order_lines": {"changed": 1}}
    with desk.open() as uow:
        order, line = uow.orders.order(SO_1), uow.orders.line(SO_1, 1)
        assert (order.version, line.ordered, line.shipped, line.promised) == (2, 50, 10, day(8))
        assert line.first_promised == day(5)
        assert uow.orders.version_of(SO_1, 1).lines[0].ordered == 40
        assert uow.orders.timeline(SO_1)[-1].text == (
            "line 1: ordered 40 -> 50, shipped 0 -> 10, promised 2024-10-09 -> 2024-10-12"
            " (reconciled with the pack of 2024-10-05)"
        )


def test_a_line_that_shipped_there_has_shipped_here(desk: Desk) -> None:
    load(desk, pack(sales_order_lines=lines_with(SO_1, 2, shipped=2)))

    with desk.open() as uow:
        assert uow.orders.line(SO_1, 2).state is OrderState.SHIPPED
        assert uow.orders.order(SO_1).state is OrderState.CONFIRMED


def test_an_open_line_that_is_gone_stays_and_is_a_conflict_until_it_is_back(desk: Desk) -> None:
    left = tuple(line for line in company().sales_order_lines if (line.order, line.line) != (SO_1, 1))

    report = load(desk, pack(sales_order_lines=left))

    (conflict,) = report.conflicts
    assert (conflict.kind, conflict.subject) == (ConflictKind.ORDER_GONE, "order:SO-1/1")
    assert conflict.held == "40 of VALVE-3 are still owed"
    with desk.open() as uow:
        assert uow.orders.line(SO_1, 1).state is OrderState.CONFIRMED
        assert uow.feeds.conflicts() == report.conflicts
    load(desk, pack(), "back again")
    with desk.open() as uow:
        assert uow.feeds.conflicts() == ()


def test_a_line_that_is_gone_and_owes_nothing_is_closed(desk: Desk) -> None:
    left = tuple(line for line in company().sales_order_lines if (line.order, line.line) != (SO_2, 2))

    report = load(desk, pack(sales_order_lines=left))

    assert (counts(report), report.conflicts) == ({"sales_order_lines": {"closed": 1}}, ())


def test_supply_orders_that_are_gone_are_closed_with_the_reason(desk: Desk) -> None:
    report = load(desk, pack(purchase_orders=(), purchase_order_lines=(), work_orders=(), transfer_orders=()))

    assert counts(report) == {
        "purchase_orders": {"closed": 2},
        "purchase_order_lines": {"closed": 3},
        "work_orders": {"closed": 1},
        "transfer_orders": {"closed": 2},
    }
    with desk.open() as uow:
        assert uow.supply.purchase_order(PO_1).state is SupplyState.CANCELLED
        assert uow.supply.transfer(TransferOrderNo("TO-1")).state is SupplyState.CANCELLED
        assert uow.supply.transfer(TransferOrderNo("TO-2")).state is SupplyState.RECEIVED
        assert uow.stock.balance(VALVE, RENO).reserved == 0
        assert uow.audit.trail("purchase:PO-1")[-1][2] == "purchase_orders_closed"


def test_master_data_that_is_gone_is_closed_and_in_use_again_when_it_is_back(desk: Desk) -> None:
    without = pack(
        lanes=company().lanes[1:],
        supplier_items=tuple(offer for offer in company().supplier_items if offer.supplier != DELTA),
    )

    report = load(desk, without)

    assert counts(report) == {"lanes": {"closed": 1}, "supplier_items": {"closed": 2}}
    with desk.open() as uow:
        assert [offer.supplier for offer in uow.company.sources(VALVE)] == ["GULF"]
    load(desk, pack(), "back again")
    with desk.open() as uow:
        assert [offer.supplier for offer in uow.company.sources(VALVE)] == ["GULF", "DELTA"]


def test_counts_that_differ_are_moves_of_the_ledger(desk: Desk) -> None:
    load(desk, pack(stock=stock_with(VALVE, HOUSTON, 2)))

    with desk.open() as uow:
        (move,) = uow.stock.moves_of("pack 2024-10-05")
        assert (move.origin, move.destination, move.quantity) == (HOUSTON, "(adjustment)", 3)
        assert move.reason == "reconciled with the pack of 2024-10-05"
        assert uow.stock.balance(VALVE, HOUSTON).on_hand == 2


def test_a_count_below_what_is_reserved_is_a_conflict_and_books_down_to_it(desk: Desk) -> None:
    report = load(desk, pack(stock=stock_with(VALVE, RENO, 4)))

    (conflict,) = report.conflicts
    assert (conflict.kind, conflict.subject) == (ConflictKind.COUNT_BELOW_RESERVED, "stock:VALVE-3@RENO")
    assert (conflict.said, conflict.held) == ("4 on hand", "10 reserved")
    with desk.open() as uow:
        level = uow.stock.balance(VALVE, RENO)
        assert (level.on_hand, level.reserved) == (10, 10)


def test_what_was_executed_here_awaits_the_erp_and_is_not_undone(desk: Desk) -> None:
    desk.executed(buy(), transfer(), expedite(), re_promise())

    report = load(desk, pack())

    assert [(effect.reference, effect.kind) for effect in report.awaiting] == [
        ("expedite:PO-1/1", EffectKind.EXPEDITE),
        ("promise:SO-1/1", EffectKind.PROMISE),
        ("purchase:PO-1.1A-2", EffectKind.PURCHASE_ORDER),
        ("transfer:TO-1.1A-1", EffectKind.TRANSFER_ORDER),
    ]
    assert report.conflicts == ()
    with desk.open() as uow:
        assert uow.orders.line(SO_1, 1).promised == day(9)
        assert uow.supply.purchase_line(PO_1, 1).due == day(4)
        assert uow.supply.purchase_order(PurchaseOrderNo("PO-1.1A-2")).state is SupplyState.OPEN
        assert uow.stock.balance(VALVE, RENO).reserved == 35


def test_an_order_of_ours_under_the_erp_s_number_is_matched_not_doubled(desk: Desk) -> None:
    desk.executed(buy())
    load(desk, pack())
    bought = PurchaseOrder(number=PurchaseOrderNo("4500017"), supplier=DELTA, order_date=TODAY, currency="USD")
    line = PurchaseOrderLine(
        order=bought.number, line=10, item=VALVE, location=HOUSTON, ordered=25, unit_price=Decimal("15.50"), due=day(6)
    )
    seen = pack(
        purchase_orders=(*company().purchase_orders, bought),
        purchase_order_lines=(*company().purchase_order_lines, line),
    )

    report = load(desk, seen, "seen")

    assert (report.awaiting, report.conflicts) == ((), ())
    with desk.open() as uow:
        (effect,) = uow.feeds.effects()
        assert (effect.reference, effect.state, effect.theirs) == (
            "purchase:PO-1.1A-2",
            EffectState.MATCHED,
            "4500017",
        )
        valves = [x for x in uow.feeds.books().purchase_order_lines if x.item == VALVE]
        assert [(x.order, x.ordered) for x in valves] == [("PO-1", 50), ("PO-1.1A-2", 25)]
    slipped = replace(seen, purchase_order_lines=(*company().purchase_order_lines, replace(line, due=day(8))))
    load(desk, slipped, "slipped")
    with desk.open() as uow:
        assert uow.supply.purchase_line(PurchaseOrderNo("PO-1.1A-2"), 1).due == day(8)


def test_an_order_like_ours_for_another_day_is_held_back_as_a_possible_duplicate(desk: Desk) -> None:
    desk.executed(buy())
    bought = PurchaseOrder(number=PurchaseOrderNo("4500017"), supplier=DELTA, order_date=TODAY, currency="USD")
    line = PurchaseOrderLine(
        order=bought.number, line=10, item=VALVE, location=HOUSTON, ordered=25, unit_price=Decimal("15.50"), due=day(7)
    )

    report = load(
        desk,
        pack(
            purchase_orders=(*company().purchase_orders, bought),
            purchase_order_lines=(*company().purchase_order_lines, line),
        ),
    )

    (conflict,) = report.conflicts
    assert (conflict.kind, conflict.subject) == (ConflictKind.POSSIBLE_DUPLICATE, "purchase:4500017")
    with desk.open() as uow:
        assert sum(x.ordered for x in uow.feeds.books().purchase_order_lines if x.item == VALVE) == 75


def test_a_date_both_sides_changed_is_a_conflict_and_ours_stays(desk: Desk) -> None:
    desk.executed(expedite(), re_promise())

    report = load(
        desk,
        pack(
            purchase_order_lines=bought_with(PO_1, 1, due=day(25)),
            sales_order_lines=lines_with(SO_1, 1, promised=day(12)),
        ),
    )

    assert [(one.kind, one.subject, one.said, one.held) for one in report.conflicts] == [
        (ConflictKind.CHANGED_BOTH, "order:SO-1/1 promised", "2024-10-16", "2024-10-13"),
        (ConflictKind.CHANGED_BOTH, "purchase:PO-1/1 due", "2024-10-29", "2024-10-08"),
    ]
    with desk.open() as uow:
        assert uow.orders.line(SO_1, 1).promised == day(9)
        assert uow.supply.purchase_line(PO_1, 1).due == day(4)


def test_a_conflict_lasts_until_one_side_gives_in(desk: Desk) -> None:
    desk.executed(expedite())
    other = pack(purchase_order_lines=bought_with(PO_1, 1, due=day(25)))
    first = load(desk, other)

    again = load(desk, replace(other, settings=replace(other.settings, as_of=day(1))), "again")

    assert [one.subject for one in again.conflicts] == ["purchase:PO-1/1 due"]
    assert again.conflicts == first.conflicts
    agreed = load(desk, pack(purchase_order_lines=bought_with(PO_1, 1, due=day(4))), "agreed")
    assert (agreed.conflicts, counts(agreed)) == ((), {"purchase_order_lines": {"matched": 1}})


def test_dates_of_ours_that_the_erp_shows_are_matched(desk: Desk) -> None:
    desk.executed(expedite(), re_promise())

    report = load(
        desk,
        pack(
            purchase_order_lines=bought_with(PO_1, 1, due=day(4)),
            sales_order_lines=lines_with(SO_1, 1, promised=day(9)),
        ),
    )

    assert counts(report) == {"sales_order_lines": {"matched": 1}, "purchase_order_lines": {"matched": 1}}
    with desk.open() as uow:
        assert {effect.state for effect in uow.feeds.effects()} == {EffectState.MATCHED}


def test_cases_approvals_and_audit_survive(desk: Desk) -> None:
    approval = desk.executed(transfer())
    with desk.open() as uow:
        before = uow.audit.trail("transfer:TO-1.1A-1")

    load(desk, pack())

    with desk.open() as uow:
        assert uow.approvals.get(approval.id) == approval
        assert uow.cases.get(approval.case).id == approval.case
        assert uow.audit.trail("transfer:TO-1.1A-1") == before
        assert uow.effects.get(approval.id) is not None


def test_an_order_entered_here_stays_and_awaits_the_erp(desk: Desk) -> None:
    own = SalesOrder(
        number=OrderNo("SO-9"),
        customer=HARBOR,
        customer_po="H-9",
        channel=company().sales_orders[0].channel,
        order_date=TODAY,
        currency="USD",
        ship_from=HOUSTON,
        priority=1,
        entry_sequence=9,
    )
    with desk.open() as uow:
        uow.orders.add(own, ())

    report = load(desk, pack())

    assert [(effect.reference, effect.kind) for effect in report.awaiting] == [("sales:SO-9", EffectKind.SALES_ORDER)]
