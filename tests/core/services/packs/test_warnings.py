"""What is odd but can be loaded is a warning, counted and shown."""

from pathlib import Path

from core.services.packs.gaps import Gap, GapRule, Severity
from core.services.packs.reading import read_pack
from tests.core.services.packs.folders import FILES, edited, small_pack


def warned(folder: Path, changes: dict[str, str | bytes | None]) -> Gap:
    reading = read_pack(small_pack(folder, changes))
    assert reading.errors == 0
    (gap,) = [gap for gap in reading.gaps if gap.rule is not GapRule.UNIT_FACTOR]
    assert gap.severity is Severity.WARNING
    return gap


def test_demand_due_before_the_as_of_date_is_overdue(tmp_path: Path) -> None:
    late = FILES["sales_order_lines.csv"].replace("2026-11-20", "2026-11-01")

    gap = warned(tmp_path, {"sales_order_lines.csv": late})

    assert (gap.rule, gap.file, gap.line, gap.column, gap.value, gap.rows) == (
        GapRule.OVERDUE_DEMAND,
        "sales_order_lines.csv",
        3,
        "requested_date",
        "2026-11-01",
        2,
    )
    assert gap.accepted == "loaded as overdue demand: due before the as-of date, 2026-11-02"


def test_supply_due_before_the_as_of_date_is_overdue(tmp_path: Path) -> None:
    gap = warned(tmp_path, edited("purchase_order_lines.csv", "2026-11-09", "2026-10-30"))

    assert (gap.rule, gap.file, gap.line, gap.column, gap.value) == (
        GapRule.OVERDUE_SUPPLY,
        "purchase_order_lines.csv",
        2,
        "due_date",
        "2026-10-30",
    )


def test_supply_that_has_come_is_not_overdue(tmp_path: Path) -> None:
    reading = read_pack(small_pack(tmp_path, edited("purchase_order_lines.csv", "2026-11-09,0", "2026-10-30,200")))

    assert [gap.rule for gap in reading.gaps] == [GapRule.UNIT_FACTOR]


def test_a_customer_s_number_used_twice_is_pointed_out(tmp_path: Path) -> None:
    gap = warned(tmp_path, {"sales_orders.csv": FILES["sales_orders.csv"].replace("LAKE", "HARBOR")})

    assert (gap.rule, gap.file, gap.line, gap.column, gap.value, gap.accepted) == (
        GapRule.DUPLICATE_CUSTOMER_PO,
        "sales_orders.csv",
        3,
        "customer_po",
        "4711",
        "loaded; the customer's order on line 2 has the same number",
    )


def test_a_column_nobody_knows_is_listed_with_those_known(tmp_path: Path) -> None:
    gap = warned(tmp_path, {"locations.csv": FILES["locations.csv"].replace("name", "title")})

    assert (gap.rule, gap.file, gap.column) == (GapRule.UNKNOWN_COLUMN, "locations.csv", "title")
    assert gap.accepted == (
        "it is not read; known here are location, site, name, may_ship_from, kind, calendar, cut_off, lines_a_day,"
        " region, country, node_priority, pick_up, takes_returns, shipment_cost, line_cost, handling_cost"
    )


def test_a_file_not_used_yet_is_listed(tmp_path: Path) -> None:
    gap = warned(tmp_path, {"history.csv": "item,operation\n"})

    assert (gap.rule, gap.file, gap.accepted) == (
        GapRule.UNUSED_FILE,
        "history.csv",
        "not used yet; it is left alone",
    )


def test_a_file_a_pack_can_do_without_is_listed(tmp_path: Path) -> None:
    gap = warned(tmp_path, {"work_orders.csv": None})

    assert (gap.rule, gap.file, gap.accepted) == (
        GapRule.MISSING_FILE,
        "work_orders.csv",
        "loaded without; the pack has none of them",
    )


def test_a_reservation_no_transfer_explains_is_pointed_out(tmp_path: Path) -> None:
    gap = warned(tmp_path, edited("stock.csv", "100,10", "100,12"))

    assert (gap.rule, gap.line, gap.value) == (GapRule.UNEXPLAINED_RESERVATION, 3, "12")
    assert read_pack(tmp_path).company.stock[0].reserved == 10
