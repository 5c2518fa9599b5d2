"""With quarantine, rows that break a rule are set aside with all that hangs on them, and the rest is loaded."""

from pathlib import Path

import pytest

from core.domain.errors import PackInvalidError
from core.services.packs.gaps import GapRule, Severity
from core.services.packs.reading import PackReading, read_pack
from tests.core.services.packs.folders import FILES, edited, small_pack


def set_aside(reading: PackReading) -> list[tuple[GapRule, str, int | None]]:
    return [(gap.rule, gap.file, gap.line) for gap in reading.gaps if gap.severity is Severity.ERROR]


def test_a_bad_line_is_set_aside_and_its_order_stays(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, edited("sales_order_lines.csv", ",20,", ",1e30,"))

    reading = read_pack(pack, quarantine=True)

    assert set_aside(reading) == [(GapRule.NOT_A_NUMBER, "sales_order_lines.csv", 3)]
    assert [(line.order, line.line) for line in reading.company.sales_order_lines] == [("SO-1", 1), ("SO-2", 2)]
    assert [order.number for order in reading.company.sales_orders] == ["SO-1", "SO-2"]


def test_lines_go_with_their_order_and_the_order_with_its_customer(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, edited("customers.csv", "Lake Water,3", "Lake Water,99"))

    reading = read_pack(pack, quarantine=True)

    assert set_aside(reading) == [
        (GapRule.OUT_OF_RANGE, "customers.csv", 3),
        (GapRule.SET_ASIDE_WITH, "quotas.csv", 2),
        (GapRule.SET_ASIDE_WITH, "sales_order_lines.csv", 3),
        (GapRule.SET_ASIDE_WITH, "sales_order_lines.csv", 4),
        (GapRule.SET_ASIDE_WITH, "sales_orders.csv", 3),
    ]
    assert [order.number for order in reading.company.sales_orders] == ["SO-1"]
    assert [line.order for line in reading.company.sales_order_lines] == ["SO-1"]


def test_a_ragged_row_takes_what_refers_to_it_along(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, edited("suppliers.csv", ",yes,yes,sales@gulf.example", ""))

    reading = read_pack(pack, quarantine=True)

    assert set_aside(reading) == [
        (GapRule.SET_ASIDE_WITH, "lot_stock.csv", 2),
        (GapRule.SET_ASIDE_WITH, "lot_stock.csv", 3),
        (GapRule.SET_ASIDE_WITH, "lots.csv", 2),
        (GapRule.SET_ASIDE_WITH, "lots.csv", 3),
        (GapRule.SET_ASIDE_WITH, "price_breaks.csv", 2),
        (GapRule.SET_ASIDE_WITH, "purchase_order_lines.csv", 2),
        (GapRule.SET_ASIDE_WITH, "purchase_orders.csv", 2),
        (GapRule.SET_ASIDE_WITH, "supplier_items.csv", 2),
        (GapRule.RAGGED_ROW, "suppliers.csv", 2),
    ]
    company = reading.company
    assert (company.suppliers, company.supplier_items, company.purchase_orders, company.purchase_order_lines) == (
        (),
        (),
        (),
        (),
    )


def test_a_transfer_goes_with_the_stock_it_waits_for(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, edited("stock.csv", "100,10", "-100,10"))

    reading = read_pack(pack, quarantine=True)

    assert set_aside(reading) == [
        (GapRule.SET_ASIDE_WITH, "lot_stock.csv", 2),
        (GapRule.SET_ASIDE_WITH, "lot_stock.csv", 3),
        (GapRule.NEGATIVE, "stock.csv", 3),
        (GapRule.SET_ASIDE_WITH, "transfer_orders.csv", 2),
    ]
    assert reading.company.transfer_orders == ()


def test_the_first_of_two_rows_with_one_key_stays(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, {"stock.csv": FILES["stock.csv"] + "VALVE,SHIP,7,\n"})

    reading = read_pack(pack, quarantine=True)

    assert set_aside(reading) == [(GapRule.DUPLICATE_KEY, "stock.csv", 4)]
    assert [(b.item, b.on_hand) for b in reading.company.stock] == [("IRON", 100), ("VALVE", 40)]


def test_the_rows_of_a_loop_are_set_aside(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, {"bom.csv": FILES["bom.csv"] + "IRON,BODY,1,,\n"})

    reading = read_pack(pack, quarantine=True)

    assert set_aside(reading) == [(GapRule.CIRCULAR_BOM, "bom.csv", 3), (GapRule.CIRCULAR_BOM, "bom.csv", 4)]
    assert [(row.parent, row.component) for row in reading.company.bom] == [("VALVE", "BODY")]


def test_a_file_that_is_missing_cannot_be_set_aside(tmp_path: Path) -> None:
    with pytest.raises(PackInvalidError) as refusal:
        read_pack(small_pack(tmp_path, {"items.csv": None}), quarantine=True)

    assert "items.csv: missing-file" in refusal.value.message


def test_a_good_pack_is_the_same_with_and_without(tmp_path: Path) -> None:
    pack = small_pack(tmp_path)

    assert read_pack(pack, quarantine=True) == read_pack(pack)
