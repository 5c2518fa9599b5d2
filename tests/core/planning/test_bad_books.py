"""Books at the edge of what there can be: a clear error or a correct answer, never a wrong one."""

import numpy as np
import pytest

from core.domain.errors import InvalidValueError
from core.domain.quantity import LARGEST_QUANTITY
from core.planning.exposure import standing
from core.planning.netting import net
from core.planning.rules import OverdueSupply, Policy, ScanRules
from core.planning.snapshot import NEVER
from tests.core.planning.books import AS_OF, book

FAR = 2_932_896 - AS_OF  # 9999-12-31
RULES = ScanRules(policy=Policy.FIRST_COME, overdue=OverdueSupply.AS_DATED)


def test_with_no_lead_time_at_all_what_is_short_can_be_there_today() -> None:
    books = book(
        items=[("TABLE", True, 0), ("LEG", False, 0)],
        bom=[("TABLE", "LEG", "4")],
        sources=[("LEG", "S1", 0)],
        demand=[("SO-1", 1, "TABLE", 3, 0)],
    )

    result = net(books, RULES)

    assert (result.line_short.tolist(), result.line_available.tolist()) == ([3], [AS_OF])


def test_dates_at_the_end_of_the_calendar_do_not_wrap_around() -> None:
    books = book(
        items=[("TABLE", True, 3650), ("LEG", False, 0)],
        bom=[("TABLE", "LEG", "4")],
        supply=[("PO", "PO-1", "LEG", 4, FAR, "", None, "S1"), ("PO", "PO-2", "TABLE", 1, FAR, "", None, "S1")],
        demand=[("SO-1", 1, "TABLE", 1, FAR), ("SO-2", 1, "TABLE", 1, FAR)],
    )

    result = net(books, RULES)

    assert result.line_short.tolist() == [0, 1]
    assert result.line_cover.tolist()[0] == AS_OF + FAR
    assert AS_OF + FAR < int(result.line_available[1]) <= NEVER


def test_one_item_may_hold_every_line() -> None:
    lines = 3_000
    books = book(
        items=[("BOLT",)],
        stock=[("BOLT", lines - 2)],
        demand=[(f"SO-{n:05}", 1, "BOLT", 1, n % 50) for n in range(lines)],
    )

    result = net(books, RULES)

    assert int(result.line_short.sum()) == 2
    last = books.demand.due == AS_OF + 49
    assert np.flatnonzero(result.line_short).tolist() == np.flatnonzero(last)[-2:].tolist()


def test_the_largest_quantities_add_up_to_what_they_are_or_are_refused() -> None:
    many = [(f"SO-{n}", 1, "SAND", LARGEST_QUANTITY, n) for n in range(4)]

    result = net(book(items=[("SAND",)], stock=[("SAND", LARGEST_QUANTITY)], demand=many), RULES)

    assert result.line_short.tolist() == [0, *[LARGEST_QUANTITY] * 3]


@pytest.mark.parametrize("price", ["0", "922337203685477"])
def test_what_is_at_stake_is_exact_or_refused(price: str) -> None:
    line = ("SO-1", 1, "SAND", LARGEST_QUANTITY, 0, "", 0, None, 3, price, 10_000)
    books = book(items=[("SAND",)], demand=[line])
    result = net(books, RULES)

    if price == "0":
        assert standing(books, result).cents.tolist() == [0]
    else:
        with pytest.raises(InvalidValueError, match="at stake"):
            standing(books, result)


def test_a_quantity_below_zero_is_refused_by_name() -> None:
    with pytest.raises(InvalidValueError, match="stock of item 'BOLT' is -1"):
        net(book(items=[("BOLT",)], stock=[("BOLT", -1)]), RULES)
