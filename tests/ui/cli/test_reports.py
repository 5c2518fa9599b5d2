"""What tables say in their cells."""

from datetime import date
from decimal import Decimal

import pytest

from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.options import LineChange
from ui.cli.printing import console
from ui.cli.reports import change_table

BY, SOON, LATE = date(2026, 10, 20), date(2026, 10, 8), date(2026, 10, 21)


@pytest.mark.parametrize(
    ("short_before", "before", "short_after", "after", "told"),
    [
        (8, LATE, 0, SOON, "8 not before 10-21  2026-10-08  covered"),
        (8, None, 0, SOON, "8 uncovered         2026-10-08  covered"),
        (0, LATE, 0, SOON, "2026-10-21          2026-10-08      +13"),
        (0, SOON, 3, LATE, "2026-10-08          3 not before 10-21  lost"),
    ],
)
def test_missing_supply_is_no_number_of_days(
    short_before: int, before: date | None, short_after: int, after: date | None, told: str
) -> None:
    change = LineChange(
        order=OrderNo("SO-1"),
        line=1,
        customer=CustomerCode("ACME"),
        item=ItemCode("VALVE"),
        due_before=BY,
        due_after=BY,
        projected_before=before,
        projected_after=after,
        short_before=short_before,
        short_after=short_after,
        gained=13 if after == SOON else -13,
        exposure_before=Decimal(0),
        exposure_after=Decimal(0),
    )

    with console.capture() as said:
        console.print(change_table((change,)))

    assert told.split() == said.get().splitlines()[4].split()[3:]
