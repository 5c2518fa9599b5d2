"""The books read back as columns equal the columns written by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from core.bootstrap.opening import open_books
from core.db.roles import RoleUrls
from core.domain.errors import NotFoundError
from core.planning.snapshot import Days, Ints, ItemTerms, Snapshot, SourceTerms, day_number
from tests.builders import MARIA
from tests.columns import differences
from tests.core.planning.books import book
from tests.desk import Desk

ITEMS = [
    ("VALVE-3", False, 30, 0, True, "14.1234"),
    ("MOTOR", False, 30, 2, False, "120"),
    ("PUMP-1", True, 4, 0, True, "400"),
    ("SEAL", False, 30, 0, False, "2.5"),
]
DEMAND = [
    ("SO-1", 1, "VALVE-3", 40, 5, "HOUSTON", -1, 1, 1, "25", 125, "HARBOR", 4),
    ("SO-1", 2, "PUMP-1", 2, 10, "HOUSTON", -1, 1, 1, "900", 125, "HARBOR", 10),
    ("SO-2", 1, "VALVE-3", 20, 6, "RENO", -2, 2, 3, "25.5", 50, "MESA", 6),
]
STOCK = [
    ("MOTOR", 6, "YARD"),
    ("SEAL", 20, "HOUSTON"),
    ("SEAL", 100, "YARD"),
    ("VALVE-3", 5, "HOUSTON"),
    ("VALVE-3", 50, "RENO"),
]
SUPPLY = [
    ("WO", "WO-1", "PUMP-1", 2, 5, "HOUSTON", 1),
    ("PO", "PO-1", "VALVE-3", 40, 20, "HOUSTON", None, "GULF", False, 1),
    ("PO", "PO-1", "SEAL", 10, 9, "HOUSTON", None, "GULF", False, 2),
    ("TO", "TO-1", "VALVE-3", 10, 3, "HOUSTON"),
    ("TO", "TO-2", "SEAL", 5, 1, "HOUSTON"),
]
SOURCES = [
    ("SEAL", "DELTA", 3, "2.5"),
    ("VALVE-3", "DELTA", 6, "15.5", 1, 1, 200),
    ("MOTOR", "GULF", 9, "118"),
    ("VALVE-3", "GULF", 12, "14", 10, 5),
]


def test_a_company_loaded_reads_back_as_the_same_columns(desk: Desk) -> None:
    assert list(differences(desk.snapshot(), written_by_hand())) == []


def test_agents_read_the_same_books(desk: Desk) -> None:
    with desk.open_agent_uow(MARIA.name) as uow:
        assert list(differences(uow.snapshot(), written_by_hand())) == []


def test_an_empty_database_says_that_it_holds_no_company(role_urls: RoleUrls) -> None:
    with (
        pytest.raises(NotFoundError, match="holds no company yet"),
        open_books(role_urls.app) as books,
        books(MARIA.name) as uow,
    ):
        uow.snapshot()


def written_by_hand() -> Snapshot:
    """What tests/builders.py describes, as tests/core/planning/books.py would have it."""
    books = book(
        items=ITEMS,
        locations=[("HOUSTON", "HOUSTON"), ("RENO", "RENO"), ("YARD", "HOUSTON", False)],
        customers=[("HARBOR", 1), ("MESA", 3)],
        suppliers=["DELTA", "GULF", "IDLE", "NEWCO"],
        demand=DEMAND,
        stock=STOCK,
        supply=SUPPLY,
        bom=[("PUMP-1", "MOTOR", "1"), ("PUMP-1", "SEAL", "2.222223")],
        lanes=[("HOUSTON", "RENO", 3, "40", "0.5"), ("RENO", "HOUSTON", 3, "40", "0.5")],
        sources=SOURCES,
    )
    parties = replace(
        books.parties,
        customer_name=("Harbor Supply", "Mesa Water"),
        supplier_name=("Delta Sealing", "Gulf Castings", "Idle Works", "Newcomer"),
    )
    return replace(
        books,
        currency="USD",
        parties=parties,
        demand=replace(books.demand, held=units(0, 0, 0)),
        item_terms=usual_terms(),
        source_terms=SourceTerms(
            priority=days(1, 1, 2, 1),
            safety_days=days(0, 0, 0, 0),
            weekly_capacity=units(*[10**12] * 4),
            valid_from=days(0, 0, 0, 0),
            valid_to=days(*[day_number(date(9999, 12, 31))] * 4),
            location=days(-1, -1, -1, -1),
        ),
    )


def usual_terms() -> ItemTerms:
    return ItemTerms(
        minimum=units(1, 1, 1, 1),
        multiple=units(1, 1, 1, 1),
        maximum=units(*[10**12] * 4),
        safety_days=days(0, 0, 0, 0),
        fence=days(0, 0, 0, 0),
        phantom=np.zeros(4, dtype=np.bool_),
    )


def units(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def days(*values: int) -> Days:
    return np.array(values, dtype=np.int32)


MAKING = """
INSERT INTO calendars (code, name, shifts, holidays, exceptions) VALUES ('WEEK', 'Five days',
    (SELECT jsonb_agg(jsonb_build_object('weekday', n, 'begins', 480, 'ends', 960)) FROM generate_series(0, 4) n), '',
    '[{"on": "2024-10-08", "minutes": 0, "reason": "stocktaking"}]');
INSERT INTO work_centers (code, name, location_id, calendar, stations, hourly_cost, overtime_minutes,
                          overtime_hourly_cost)
SELECT c.code, c.code, l.id, c.calendar, c.stations, 0, 0, 0
FROM locations l, (VALUES ('DRILL', NULL, 1), ('SAW', 'WEEK', 2)) c(code, calendar, stations) WHERE l.code = 'HOUSTON';
INSERT INTO operations (item_id, sequence, name, work_center, setup_minutes, unit_minutes, yield_percent)
SELECT i.id, o.* FROM items i, (VALUES (10, 'Saw', 'SAW', 30, 1.5, 100), (20, 'Drill', 'DRILL', 0, 0, 98)) o
WHERE i.code = 'PUMP-1';
INSERT INTO operation_alternates (item_id, sequence, work_center, priority, time_factor)
SELECT id, 20, 'SAW', 1, 1.25 FROM items WHERE code = 'PUMP-1';
INSERT INTO downtimes (work_center, first, last, reason) VALUES ('DRILL', '2024-10-05', '2024-10-06', 'blade');
UPDATE locations SET calendar = 'WEEK' WHERE code = 'RENO';
"""
QUOTES = """
INSERT INTO promise_quotes (quote, position, item_id, location_id, quantity, held, due, state, expires_at, recorded_at)
SELECT q.quote, q.position, i.id, l.id, q.quantity, q.held, '2024-10-09', q.state, q.expires::timestamptz, now()
FROM items i, locations l, (VALUES
    ('PQ-1', 1, 10, 4, 'open', '2024-10-04 09:30+00'), ('PQ-1', 2, 5, 5, 'open', '2024-10-04 09:30+00'),
    ('PQ-2', 1, 7, 0, 'open', '2024-10-04 08:59+00'), ('PQ-3', 1, 7, 0, 'withdrawn', '2024-10-04 09:30+00')
) q(quote, position, quantity, held, state, expires) WHERE i.code = 'VALVE-3' AND l.code = 'HOUSTON';
INSERT INTO reservations (item_id, location_id, quantity, taken, kind, reference, state, order_id, line, recorded_at,
                          cause)
SELECT i.id, l.id, 3, 1, 'hard', 'SO-1/1', 'open', o.id, 1, now(), '' FROM items i, locations l, sales_orders o
WHERE i.code = 'VALVE-3' AND l.code = 'HOUSTON' AND o.number = 'SO-1';
"""


def test_working_time_and_work_are_read_as_days_and_minutes(desk: Desk) -> None:
    desk.alter(MAKING)

    books = desk.snapshot()

    assert books.work_centers.code == ("DRILL", "SAW")
    assert books.work_centers.minutes[:, :5].tolist() == [[1440, 0, 0, 1440, 1440], [960, 0, 0, 960, 0]]
    assert (books.operations.setup.tolist(), books.operations.center.tolist()) == ([30, 0], [1, 0])
    assert books.operations.unit.tolist() == [1_500_000, 0]
    assert books.operations.good.tolist() == [1_000_000, 980_000]
    alternates = books.operation_alternates
    assert (alternates.operation.tolist(), alternates.center.tolist(), alternates.factor.tolist()) == (
        [1],
        [1],
        [1_250_000],
    )
    assert books.working_days[:, :5].tolist() == [[True] * 5, [True, False, False, True, False], [True] * 5]


def test_quotes_count_until_they_expire_and_reserved_units_are_held(desk: Desk) -> None:
    desk.alter(QUOTES)

    books = desk.snapshot()

    assert books.claims.quantity.tolist() == [6]
    assert books.claims.due.tolist() == [day_number(date(2024, 10, 9))]
    assert books.demand.held.tolist() == [2, 0, 0]


@pytest.mark.breaks_laws("rows are changed by hand")
def test_an_order_counts_once_it_is_confirmed_on_hold_or_not(desk: Desk) -> None:
    desk.alter("UPDATE sales_order_lines SET state = 'validated' WHERE ordered = 40")
    desk.alter("UPDATE sales_order_lines SET state = 'on hold', held_from = 'confirmed' WHERE ordered = 30")

    demand = desk.snapshot().demand

    assert list(zip(demand.order, demand.line.tolist(), strict=True)) == [("SO-1", 2), ("SO-2", 1)]
