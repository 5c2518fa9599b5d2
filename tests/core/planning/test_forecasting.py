"""The forecast of the whole book."""

from datetime import date, timedelta
from decimal import Decimal

from core.domain.options import Forecast
from core.planning.forecasting import forecast
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from tests.core.planning.books import AS_OF, book


def _books(*, due: int = 9) -> Snapshot:
    return book(
        items=[("A",)],
        demand=[
            ("SO-1", 1, "A", 10, 2, "", 0, 0, 1, "5"),
            ("SO-1", 2, "A", 10, 3, "", 0, 0, 1, "5", 100),
            ("SO-2", 1, "A", 4, due, "", 0, 0, 2, "5"),
            ("SO-3", 1, "A", 6, 20, "", 0, 0, 3, "5"),
        ],
        stock=[("A", 10)],
        supply=[("PO", "PO-1", "A", 15, 7)],
    )


def _forecast(books: Snapshot, *touched: tuple[str, int]) -> Forecast:
    return forecast(books, net(books, ScanRules()), touched=frozenset(touched))


def _day(offset: int) -> date:
    return date(1970, 1, 1) + timedelta(days=AS_OF + offset)


def test_totals_and_the_lines_that_are_not_on_time() -> None:
    found = _forecast(_books())

    assert found.lines_late == 1
    assert found.lines_uncovered == 1
    assert [(f.order, f.line, f.due, f.projected, f.short, f.exposure) for f in found.lines] == [
        ("SO-1", 2, _day(3), _day(7), 0, Decimal("52.00")),
        ("SO-3", 1, _day(20), None, 5, Decimal("25.00")),
    ]
    assert found.exposure == Decimal("77.00")


def test_lines_named_are_shown_although_they_are_on_time() -> None:
    found = _forecast(_books(), ("SO-2", 1), ("SO-9", 1))

    assert [(f.order, f.line) for f in found.lines] == [("SO-1", 2), ("SO-2", 1), ("SO-3", 1)]
    assert found.digest == _forecast(_books()).digest


def test_the_digest_sees_a_line_that_moves_without_being_late() -> None:
    assert _forecast(_books(due=10)).lines == _forecast(_books()).lines
    assert _forecast(_books(due=10)).digest != _forecast(_books()).digest
