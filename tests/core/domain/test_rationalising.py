"""Items are put up for a decision when they are slow, unsold for long or sold for too little, each with its reasons."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from core.domain.ids import ItemCode
from core.domain.rationalising import ItemRecord, KeepingCriteria, rationalisation
from tests.builders import TODAY

GOOD = ItemRecord(
    item=ItemCode("GOOD"),
    on_hand=10,
    stock_value=Decimal("100.00"),
    sold=10,
    revenue=Decimal("120.00"),
    cost_of_sales=Decimal("100.00"),
    last_sale=TODAY - timedelta(days=179),
)
CRITERIA = KeepingCriteria()


def reasons(record: ItemRecord) -> tuple[str, ...]:
    return tuple(reason for item in rationalisation((record,), CRITERIA, as_of=TODAY).items for reason in item.reasons)


def test_an_item_that_meets_every_criterion_is_not_in_doubt() -> None:
    assert (GOOD.turns, GOOD.margin_percent) == (1, Decimal("16.67"))
    assert reasons(GOOD) == ()


def test_each_criterion_is_named() -> None:
    assert reasons(replace(GOOD, cost_of_sales=Decimal("99.00"))) == ("turned 0.99 times in 365 days, wanted are 1",)
    assert reasons(replace(GOOD, revenue=Decimal("117.00"))) == ("sold at a margin of 14.53 %, wanted are 15 %",)
    assert reasons(replace(GOOD, last_sale=TODAY - timedelta(days=180))) == ("last sold 180 days ago, on 2024-04-07",)
    never = replace(GOOD, sold=0, revenue=Decimal(0), cost_of_sales=Decimal(0), last_sale=None)
    assert reasons(never) == ("10 on hand and never sold", "turned 0.00 times in 365 days, wanted are 1")


def test_an_item_without_stock_is_not_slow() -> None:
    empty = replace(GOOD, on_hand=0, stock_value=Decimal(0), last_sale=None)

    assert (empty.turns, reasons(empty)) == (None, ())


def test_stock_nobody_bought_for_a_year_is_dead_and_the_dearest_comes_first() -> None:
    dead = replace(GOOD, item=ItemCode("DEAD"), last_sale=TODAY - timedelta(days=365))
    resting = replace(GOOD, item=ItemCode("RESTING"), last_sale=TODAY - timedelta(days=364))
    dear = replace(dead, item=ItemCode("DEAR"), stock_value=Decimal("300.00"))

    report = rationalisation((dead, resting, dear, GOOD), CRITERIA, as_of=TODAY)

    assert [(item.record.item, item.dead_stock) for item in report.items] == [
        ("DEAR", Decimal("300.00")),
        ("DEAD", Decimal("100.00")),
        ("RESTING", Decimal("0.00")),
    ]
    assert report.dead_stock == 400
    assert (report.as_of, report.criteria) == (TODAY, CRITERIA)
