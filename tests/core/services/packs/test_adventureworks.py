"""The AdventureWorks folder is matched by its headers and loads whole, its limits declared."""

import os
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from core.services.packs.gaps import GapRule
from core.services.packs.reading import PackReading, read_pack

FOLDER = Path(__file__).parents[5] / "shared" / "data" / "adventureworks" / "2014-05-01"


@pytest.fixture(scope="module")
def reading() -> PackReading:
    if not FOLDER.is_dir():
        assert os.environ.get("CI") != "true", f"{FOLDER} is absent"
        pytest.skip(f"{FOLDER} is absent")
    return read_pack(FOLDER)


def test_every_row_is_loaded(reading: PackReading) -> None:
    company = reading.company

    assert (reading.mapping_name, reading.errors) == ("AdventureWorks", 0)
    assert len(company.items) == 504
    assert len(company.bom) == 2_383
    assert len(company.locations) == 14
    assert len(company.stock) == 1_069
    assert len(company.suppliers) == 104
    assert len(company.supplier_items) == 460
    assert len(company.customers) == 1_103
    assert len(company.sales_orders) == 650
    assert len(company.sales_order_lines) == 4_143
    assert len(company.work_orders) == 1_486
    assert len(company.purchase_orders) == 113
    assert len(company.purchase_order_lines) == 246
    assert (len(company.operations), len(company.work_centers)) == (213, 7)
    assert company.operations[0].setup_minutes == 180


def test_the_order_book_is_worth_what_its_own_subtotals_say(reading: PackReading) -> None:
    value = sum((line.unit_price * line.open_quantity for line in reading.company.sales_order_lines), Decimal(0))

    assert value == Decimal("3807510.1769")


def test_known_limits_are_warnings(reading: PackReading) -> None:
    counted = [(gap.rule, gap.file, gap.rows) for gap in reading.gaps if gap.rule is not GapRule.MISSING_PRICE]
    unpriced = [(gap.file, gap.line, gap.column) for gap in reading.gaps if gap.rule is GapRule.MISSING_PRICE]

    assert counted == [
        (GapRule.UNIT_FACTOR, "bom.csv", 86),
        (GapRule.UNUSED_FILE, "po_history_12m.csv", 1),
        (GapRule.UNUSED_FILE, "sales_history_12m.csv", 1),
        (GapRule.UNUSED_FILE, "sales_history_12m_lines.csv", 1),
        (GapRule.UNIT_FACTOR, "supplier_items.csv", 306),
        (GapRule.MISSING_FILE, "transfer_orders.csv", 1),
        (GapRule.OVERDUE_SUPPLY, "work_orders.csv", 330),
    ]
    assert unpriced == [("sales_order_lines.csv", line, "unit_price") for line in (816, 818, 820, 821, 822)]
    assert reading.warnings == 726 + 5


def test_what_the_data_lacks_is_declared(reading: PackReading) -> None:
    company = reading.company

    assert [location.code for location in company.locations if location.may_ship] == ["Finished Goods Storage"]
    assert {location.site for location in company.locations} == {"Plant"}
    assert sum(order.components_issued for order in company.work_orders) == 1_381
    assert {order.location for order in company.work_orders} == {"Finished Goods Storage", "Miscellaneous Storage"}
    assert len(company.lanes) == 13
    assert [sum(c.tier == tier for c in company.customers) for tier in (2, 3)] == [635, 468]
    assert {order.priority for order in company.sales_orders} == {2, 3}
    assert company.settings.assumptions == reading.assumptions
    assert len(reading.assumptions) == 29
    assert all(sentence.endswith(".") for sentence in reading.assumptions)


def test_entry_follows_order_date_then_number(reading: PackReading) -> None:
    orders = sorted(reading.company.sales_orders, key=lambda order: order.entry_sequence)

    assert [order.entry_sequence for order in orders] == list(range(1, 651))
    assert [(o.order_date, o.number) for o in orders] == sorted((o.order_date, o.number) for o in orders)


def test_a_folder_that_lacks_a_file_of_the_mapping_no_longer_fits(reading: PackReading, tmp_path: Path) -> None:
    assert reading.errors == 0
    shutil.copytree(FOLDER, tmp_path / "pack")
    (tmp_path / "pack" / "bom.csv").unlink()

    with pytest.raises(Exception, match=r"AdventureWorks \(bom.csv is missing\)"):
        read_pack(tmp_path / "pack")
