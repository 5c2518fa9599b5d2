"""What is at stake on each line."""

from decimal import Decimal

from core.planning.exposure import daily_penalty, late_units, standing
from core.planning.netting import net
from core.planning.rules import ScanRules
from tests.core.planning.books import book


def test_late_units_count_their_value_and_the_line_a_penalty_a_day() -> None:
    books = book(
        items=[("A",)],
        demand=[("SO-1", 1, "A", 10, 5, "", 0, 0, 3, "12.50", 150)],
        stock=[("A", 4)],
        supply=[("PO", "PO-1", "A", 6, 8)],
    )
    result = net(books, ScanRules())

    stand = standing(books, result)

    assert late_units(result).tolist() == [6]
    assert stand.late_units.tolist() == [6]
    assert stand.cents.tolist() == [7500 + 563]
    assert daily_penalty(books, 0) == Decimal("1.88")
    assert stand.on_time.tolist() == [False]


def test_a_short_line_without_any_date_counts_thirty_days() -> None:
    books = book(items=[("A",)], demand=[("SO-1", 1, "A", 10, 5, "", 0, 0, 3, "10", 100)], stock=[("A", 7)])

    stand = standing(books, net(books, ScanRules()))

    assert stand.short.tolist() == [3]
    assert stand.cents.tolist() == [3000 + 3000]


def test_a_line_on_time_has_nothing_at_stake() -> None:
    books = book(items=[("A",)], demand=[("SO-1", 1, "A", 10, 5, "", 0, 0, 3, "10", 100)], stock=[("A", 10)])

    stand = standing(books, net(books, ScanRules()))

    assert stand.cents.tolist() == [0]
    assert stand.on_time.tolist() == [True]


def test_amounts_beyond_64_bits_stay_exact() -> None:
    books = book(
        items=[("A",)],
        demand=[("SO-1", 1, "A", 10**11, 5, "", 0, 0, 3, "1.01", 100)],
    )

    stand = standing(books, net(books, ScanRules()))

    assert stand.cents.tolist() == [101 * 10**11 + 101 * 30 * 10**9]
