"""A good pack becomes a Company, with every assumption said."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.company import Settings
from core.domain.errors import PackMissingError
from core.domain.ids import ItemCode, LocationCode, OrderNo, SupplierCode
from core.domain.items import BomComponent, Item, Lane, StockBalance
from core.domain.orders import SalesOrderLine
from core.domain.parties import SupplierItem
from core.services.packs.gaps import GapRule
from core.services.packs.reading import read_pack
from tests.core.services.packs.folders import FILES, edited, small_pack


def test_settings_come_from_the_pack(tmp_path: Path) -> None:
    reading = read_pack(small_pack(tmp_path))

    assert reading.company.settings == Settings(
        name="Small Valves",
        as_of=date(2026, 11, 2),
        currency="USD",
        time_zone="America/Chicago",
        default_ship_from=LocationCode("SHIP"),
        default_late_penalty_percent=Decimal("0.5"),
        buffer_days=2,
        assumptions=reading.assumptions,
    )
    assert reading.mapping_name == "pack.toml of Small Valves"
    assert (reading.errors, reading.warnings) == (0, 1)


def test_every_table_is_read_and_sorted_by_its_key(tmp_path: Path) -> None:
    company = read_pack(small_pack(tmp_path)).company

    assert [item.code for item in company.items] == ["BODY", "IRON", "VALVE"]
    assert company.items[2] == Item(
        code=ItemCode("VALVE"),
        name="Gate valve",
        make=True,
        finished_good=True,
        standard_cost=Decimal(60),
        list_price=Decimal("120.5"),
        safety_stock=5,
        lead_time_days=4,
    )
    assert company.bom == (
        BomComponent(
            parent=ItemCode("BODY"), component=ItemCode("IRON"), quantity_per=Decimal(2), scrap=Decimal("0.05")
        ),
        BomComponent(parent=ItemCode("VALVE"), component=ItemCode("BODY"), quantity_per=Decimal(1)),
    )
    assert [order.number for order in company.sales_orders] == ["SO-1", "SO-2"]
    assert [(line.order, line.line) for line in company.sales_order_lines] == [("SO-1", 1), ("SO-2", 1), ("SO-2", 2)]
    assert [order.number for order in company.transfer_orders] == ["TO-1"]


def test_units_are_turned_into_base_units(tmp_path: Path) -> None:
    reading = read_pack(small_pack(tmp_path))

    assert reading.company.supplier_items == (
        SupplierItem(
            supplier=SupplierCode("GULF"),
            item=ItemCode("IRON"),
            lead_time_days=14,
            unit_price=Decimal(10),
            minimum_order=20,
            multiple=10,
            maximum_order=500,
        ),
    )
    assert [(gap.rule, gap.file, gap.line, gap.column, gap.value) for gap in reading.gaps] == [
        (GapRule.UNIT_FACTOR, "supplier_items.csv", 2, "unit", "BOX")
    ]
    assert "Units declared, in an item's base units: 1 BOX = 10." in reading.assumptions


def test_a_line_takes_its_dates_from_itself_then_from_its_order(tmp_path: Path) -> None:
    first, second, _ = read_pack(small_pack(tmp_path)).company.sales_order_lines

    assert first == SalesOrderLine(
        order=OrderNo("SO-1"),
        line=1,
        item=ItemCode("VALVE"),
        ordered=30,
        shipped=5,
        unit_price=Decimal(110),
        requested=date(2026, 11, 10),
        first_promised=date(2026, 11, 12),
        promised=date(2026, 11, 12),
    )
    assert (second.requested, second.promised) == (date(2026, 11, 20), None)


def test_blank_order_columns_take_their_declared_defaults(tmp_path: Path) -> None:
    reading = read_pack(small_pack(tmp_path))

    orders = reading.company.sales_orders
    assert [(o.ship_from, o.priority, o.entry_sequence, o.currency) for o in orders] == [
        ("SHIP", 1, 1, "USD"),
        ("SHIP", 3, 2, "USD"),
    ]
    assert [customer.late_penalty_percent for customer in reading.company.customers] == [Decimal(1), Decimal("0.5")]
    assert "sales_orders.csv: an order's priority is its customer's tier (2 of 2 rows)." in reading.assumptions
    assert (
        "customers.csv: the penalty for lateness is 0.5 percent of a late line's value a day (1 of 2 rows)."
        in reading.assumptions
    )


def test_what_waiting_transfers_hold_is_reserved(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, edited("stock.csv", "IRON,SHOP,100,10", "IRON,SHOP,100,"))

    assert StockBalance(item=ItemCode("IRON"), location=LocationCode("SHOP"), on_hand=100, reserved=10) in (
        read_pack(pack).company.stock
    )


def test_a_line_without_a_price_counts_at_list_price(tmp_path: Path) -> None:
    reading = read_pack(small_pack(tmp_path, edited("sales_order_lines.csv", "115.25", "")))

    assert reading.company.sales_order_lines[1].unit_price == Decimal("120.5")
    gap = next(gap for gap in reading.gaps if gap.rule is GapRule.MISSING_PRICE)
    assert (gap.file, gap.line, gap.column) == ("sales_order_lines.csv", 3, "unit_price")
    assert gap.accepted == "loaded at 120.5000; the item's list price"


def test_a_discount_lowers_the_price(tmp_path: Path) -> None:
    lines = FILES["sales_order_lines.csv"].replace("cancelled", "cancelled,discount", 1).replace(",5,\n", ",5,,0.15\n")
    pack = small_pack(tmp_path, {"sales_order_lines.csv": lines.replace(",,,\n", ",,,,\n").replace(",,1\n", ",,1,\n")})

    assert read_pack(pack).company.sales_order_lines[0].unit_price == Decimal("93.5")


def test_a_declared_lane_serves_pairs_that_have_none(tmp_path: Path) -> None:
    lanes = '\n[[lanes]]\norigin = "*"\ndestination = "*"\ndays = 3\nfixed_cost = 9\nunit_cost = 0.1\n'
    reading = read_pack(small_pack(tmp_path, {"pack.toml": FILES["pack.toml"] + lanes}))

    assert reading.company.lanes == (
        Lane(
            origin=LocationCode("SHIP"),
            destination=LocationCode("SHOP"),
            days=3,
            fixed_cost=Decimal(9),
            unit_cost=Decimal("0.1"),
        ),
        Lane(
            origin=LocationCode("SHOP"),
            destination=LocationCode("SHIP"),
            days=1,
            fixed_cost=Decimal(25),
            unit_cost=Decimal("0.5"),
        ),
    )
    assert (
        "Lane declared: every other location to every other location, 3 days, 9.00 USD a transfer "
        "and 0.10 USD a unit." in reading.assumptions
    )


def test_a_foreign_file_is_mapped_by_column(tmp_path: Path) -> None:
    mapped = '[files.items]\nfile = "parts.csv"\ncolumns = { item = "part", name = "text" }\nignored = ["colour"]\n'
    changes: dict[str, str | bytes | None] = {
        "items.csv": None,
        "parts.csv": "part,text,colour\nVALVE,Gate valve,red\nBODY,Body,\nIRON,Iron,\n",
        "pack.toml": FILES["pack.toml"] + mapped,
    }

    reading = read_pack(small_pack(tmp_path, changes))

    assert reading.company.items[0] == Item(code=ItemCode("BODY"), name="Body")
    assert reading.warnings == 1


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated(tmp_path: Path) -> None:
    changes: dict[str, str | bytes | None] = {
        name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in FILES.items()
    }

    assert read_pack(small_pack(tmp_path / "b", changes)).company == read_pack(small_pack(tmp_path / "a")).company


def test_the_hash_names_files_and_mapping(tmp_path: Path) -> None:
    first = read_pack(small_pack(tmp_path / "a"))
    same = read_pack(small_pack(tmp_path / "b"))
    other_data = read_pack(small_pack(tmp_path / "c", edited("stock.csv", "40", "41")))
    other_mapping = read_pack(small_pack(tmp_path / "d", edited("pack.toml", "buffer_days = 2", "buffer_days = 3")))

    assert first.content_hash == same.content_hash
    assert len({first.content_hash, other_data.content_hash, other_mapping.content_hash}) == 3
    assert (first.mapping_hash, first.mapping_hash == other_mapping.mapping_hash) == (same.mapping_hash, False)


def test_a_mapping_given_overrides_the_pack_s_own(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(FILES["pack.toml"].replace("Small Valves", "Mine"), encoding="utf-8")

    assert read_pack(small_pack(tmp_path / "pack"), mapping=own).mapping_name == "Mine"


def test_a_folder_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(PackMissingError) as refusal:
        read_pack(tmp_path / "nowhere")

    assert refusal.value.code == "pack_missing"
    assert refusal.value.message.endswith("is not a folder; accepted is a folder with a company pack")


def test_a_mapping_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(PackMissingError, match=r"the mapping .* is not there; accepted is a TOML file"):
        read_pack(small_pack(tmp_path / "pack"), mapping=tmp_path / "none.toml")


def test_a_folder_that_fits_no_mapping_says_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(PackMissingError) as refusal:
        read_pack(small_pack(tmp_path, {"pack.toml": None}))

    assert refusal.value.code == "pack_missing"
    assert "has no pack.toml and fits no shipped mapping: AdventureWorks (" in refusal.value.message
    assert "items.csv has no column color, days_to_make" in refusal.value.message
