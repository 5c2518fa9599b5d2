"""A what-if tells which promises a scenario would break or save, and leaves no trace."""

from decimal import Decimal

import pytest

from core.domain.errors import DomainError, InvalidValueError, NotFoundError, UsageError
from core.domain.ids import OrderNo, SupplierCode, WorkCenterCode
from core.domain.overlays import SupplierOutage
from core.domain.scenarios import (
    CenterStop,
    DemandChange,
    NewDemand,
    PriceRise,
    Scenario,
    SupplyCut,
    SupplyDelay,
    TariffRise,
    WhatIfReport,
)
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.simulation import apply
from core.services.what_if import WhatIf, what_if
from tests.builders import VALVE, day, re_promise, transfer
from tests.columns import differences
from tests.desk import Desk

SCENARIO = Scenario(
    disruptions=(
        SupplierOutage(supplier=SupplierCode("GULF"), days=10),
        SupplyDelay(order="PO-1", days=7),
        PriceRise(supplier=SupplierCode("GULF"), percent=Decimal(10)),
    ),
    demand=(NewDemand(item=VALVE, quantity=40, due=day(3)),),
)


def asked(desk: Desk, scenario: Scenario, *, limit: int = 20) -> WhatIfReport:
    with desk.open() as uow:
        return what_if(uow, WhatIf(scenario=scenario, limit=limit))


def test_a_scenario_is_told_by_line_customer_money_and_date_and_never_kept(desk: Desk) -> None:
    before = desk.snapshot()

    report = asked(desk, SCENARIO)

    assert report.assumed == (
        "GULF delivers nothing for 10 days",
        "PO-1 comes 7 days later",
        "GULF asks +10 % for what is open",
        "somebody asks for 40 VALVE-3 by 2024-10-07",
    )
    assert (report.path, report.changed, report.left_out, report.newly_uncovered) == ("incremental", 2, 0, 1)
    assert (report.before.exposure, report.after.exposure) == (Decimal("812.50"), Decimal("2045.00"))
    new, known = report.lines
    assert (new.order, new.before, new.after and (new.after.state, new.after.short)) == (
        "WHAT-IF-1",
        None,
        ("uncovered", 25),
    )
    assert known.before is not None
    assert known.after is not None
    assert (known.order, known.before.projected, known.after.projected) == ("SO-1", day(20), day(37))
    assert [(one.name, one.lines, one.exposure) for one in report.customers] == [
        ("Harbor Supply", 1, Decimal("212.50"))
    ]
    assert report.cost == Decimal("56.00")
    assert list(differences(desk.snapshot(), before)) == []


def test_a_plan_is_told_as_it_would_be_found_when_it_is_done(desk: Desk) -> None:
    plan = (transfer(), re_promise())
    books = desk.snapshot()
    after = net(apply(books, plan), ScanRules())

    report = asked(desk, Scenario(actions=plan))

    assert report.after.uncovered == int((after.line_short > 0).sum())
    assert (report.after.late, report.saved, report.cost) == (0, 1, Decimal("52.50"))
    (line,) = report.lines
    assert line.after is not None
    assert line.after.projected == day(3)
    assert (line.exposure, report.left_out) == (Decimal("-812.50"), 0)


REFUSED: tuple[tuple[Scenario, type[DomainError], str], ...] = (
    (Scenario(disruptions=(SupplyDelay(order="PO-9", days=1),)), NotFoundError, "delay.order"),
    (Scenario(disruptions=(SupplyDelay(order="PO-1", days=99_999),)), InvalidValueError, "delay.days"),
    (Scenario(disruptions=(SupplyCut(order="PO-1", quantity=9_999),)), InvalidValueError, "cut.quantity"),
    (Scenario(disruptions=(CenterStop(center=WorkCenterCode("NONE"), days=1),)), NotFoundError, "stop.center"),
    (
        Scenario(disruptions=(PriceRise(supplier=SupplierCode("NOBODY"), percent=Decimal(1)),)),
        NotFoundError,
        "price.supplier",
    ),
    (Scenario(demand=(NewDemand(item=VALVE, quantity=0, due=day(1)),)), InvalidValueError, "demand.quantity"),
)


def test_what_makes_no_sense_is_refused_with_the_field(desk: Desk) -> None:
    for scenario, error, field in REFUSED:
        with pytest.raises(error) as refused:
            asked(desk, scenario)
        assert refused.value.details["field"] == field
    with pytest.raises(UsageError, match="something that happens"):
        asked(desk, Scenario())
    with pytest.raises(NotFoundError, match="'SO-99/1' is not open"):
        asked(desk, Scenario(disruptions=(DemandChange(order=OrderNo("SO-99"), line=1, quantity=1),)))
    with pytest.raises(InvalidValueError, match="limit"):
        asked(desk, SCENARIO, limit=-1)


def test_duty_costs_its_percent_of_what_is_open_and_moves_no_date(desk: Desk) -> None:
    duty = TariffRise(suppliers=(SupplierCode("GULF"),), percent=Decimal(25), country="MX")

    report = asked(desk, Scenario(disruptions=(duty,)))

    assert report.assumed == ("duty on all from MX is +25 % of what is open",)
    assert (report.changed, report.cost) == (0, Decimal("140.00"))


def test_duty_of_a_supplier_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="no supplier 'NOBODY'"):
        asked(desk, Scenario(disruptions=(TariffRise(suppliers=(SupplierCode("NOBODY"),), percent=Decimal(1)),)))
