"""Every rule a pack can break is one gap with file, line, column and value, and nothing is returned."""

from pathlib import Path

import pytest

from core.domain.errors import PackInvalidError
from core.services.packs.gaps import Gap, GapRule, Severity
from core.services.packs.reading import read_pack
from tests.core.services.packs.folders import FILES, edited, small_pack

LINES = "sales_order_lines.csv"
PURCHASES = "purchase_order_lines.csv"
SECOND = "SO-2,1,VALVE,20,115.25,2026-11-20,,,"
STOCK = "VALVE,SHIP,40,"


def refused(folder: Path, changes: dict[str, str | bytes | None]) -> list[Gap]:
    with pytest.raises(PackInvalidError) as refusal:
        read_pack(small_pack(folder, changes))
    assert refusal.value.code == "pack_invalid"
    gaps = refusal.value.details["gaps"]
    assert isinstance(gaps, tuple)
    errors = [gap for gap in gaps if gap.severity is Severity.ERROR]
    assert refusal.value.details["errors"] == sum(gap.rows for gap in errors)
    assert refusal.value.message.startswith(f"the pack {str(folder)!r} has ")
    assert str(errors[0]) in refusal.value.message
    return errors


@pytest.mark.parametrize(
    ("rule", "name", "line", "column", "value", "old", "new"),
    [
        (GapRule.NOT_A_NUMBER, LINES, 3, "quantity", "1e30", ",20,", ",1e30,"),
        (GapRule.NOT_A_NUMBER, LINES, 3, "quantity", "NaN", ",20,", ",NaN,"),
        (GapRule.NOT_A_NUMBER, LINES, 3, "quantity", "inf", ",20,", ",inf,"),
        (GapRule.NOT_A_NUMBER, LINES, 3, "quantity", "True", ",20,", ",True,"),
        (GapRule.NOT_A_NUMBER, LINES, 3, "quantity", "1_000", ",20,", ",1_000,"),
        (GapRule.NOT_A_NUMBER, LINES, 3, "quantity", "1,000", ",20,", ',"1,000",'),
        (GapRule.NOT_A_NUMBER, LINES, 3, "quantity", "٣", ",20,", ",٣,"),
        (GapRule.NOT_WHOLE, LINES, 3, "quantity", "1.5", ",20,", ",1.5,"),
        (GapRule.OUT_OF_RANGE, LINES, 3, "quantity", "0", ",20,", ",0,"),
        (GapRule.OUT_OF_RANGE, LINES, 3, "quantity", "1000000000001", ",20,", ",1000000000001,"),
        (GapRule.OUT_OF_RANGE, LINES, 3, "quantity", "1" + "0" * 30, ",20,", ",1" + "0" * 30 + ","),
        (GapRule.OUT_OF_RANGE, LINES, 3, "quantity", "9" * 80, ",20,", "," + "9" * 5000 + ","),
        (GapRule.OUT_OF_RANGE, LINES, 3, "unit_price", "9" * 80, "115.25", "9" * 5000),
        (
            GapRule.OUT_OF_RANGE,
            LINES,
            3,
            "quantity,unit_price",
            "1000000000000 x 10.0001",
            ",20,115.25,",
            ",1000000000000,10.0001,",
        ),
        (
            GapRule.OUT_OF_RANGE,
            PURCHASES,
            2,
            "quantity,unit_price",
            "1000000000000 x 10.5",
            ",200,10,",
            ",1000000000000,10.5,",
        ),
        (GapRule.NEGATIVE, LINES, 3, "quantity", "-20", ",20,", ",-20,"),
        (GapRule.BLANK, LINES, 3, "quantity", "", ",20,", ",,"),
        (GapRule.NOT_A_NUMBER, LINES, 3, "unit_price", "1e30", "115.25", "1e30"),
        (GapRule.OUT_OF_RANGE, LINES, 3, "unit_price", "1000000000000.5", "115.25", "1000000000000.5"),
        (GapRule.TOO_PRECISE, LINES, 3, "unit_price", "115.25001", "115.25", "115.25001"),
        (GapRule.NEGATIVE, LINES, 3, "unit_price", "-1", "115.25", "-1"),
        (GapRule.NOT_A_DATE, LINES, 3, "requested_date", "20.11.2026", SECOND, SECOND[:23] + "20.11.2026,,,"),
        (GapRule.NOT_A_DATE, LINES, 3, "requested_date", "2026-11-31", SECOND, SECOND[:23] + "2026-11-31,,,"),
        (GapRule.DATE_OUT_OF_RANGE, LINES, 3, "requested_date", "1989-12-31", SECOND, SECOND[:23] + "1989-12-31,,,"),
        (GapRule.DATE_OUT_OF_RANGE, LINES, 3, "requested_date", "2201-01-01", SECOND, SECOND[:23] + "2201-01-01,,,"),
        (GapRule.BLANK, LINES, 3, "requested_date", "", SECOND, SECOND[:23] + ",,,"),
        (GapRule.ORPHAN_REFERENCE, LINES, 3, "order", "SO-9", "SO-2,1", "SO-9,1"),
        (GapRule.ORPHAN_REFERENCE, LINES, 3, "item", "PUMP", "VALVE,20", "PUMP,20"),
        (GapRule.DUPLICATE_KEY, LINES, 4, "order,line", "SO-2,1", "SO-2,2", "SO-2,1"),
        (GapRule.CONTRADICTION, LINES, 2, "shipped", "31 + 0", "12,5,", "12,31,"),
        (GapRule.NEGATIVE, "stock.csv", 2, "on_hand", "-4", STOCK, "VALVE,SHIP,-4,"),
        (GapRule.CONTRADICTION, "stock.csv", 2, "reserved", "41", STOCK, "VALVE,SHIP,40,41"),
        (GapRule.CONTRADICTION, "stock.csv", 3, "reserved", "9", "100,10", "100,9"),
        (GapRule.ORPHAN_REFERENCE, "stock.csv", 2, "location", "MOON", STOCK, "VALVE,MOON,40,"),
        (GapRule.DUPLICATE_KEY, "stock.csv", 4, "item,location", "VALVE,SHIP", "100,10", f"100,10\n{STOCK}"),
        (GapRule.DUPLICATE_KEY, "items.csv", 5, "item", "VALVE", "10,0,20,0", "10,0,20,0\nVALVE,Twin,EA,,,,,,"),
        (GapRule.TOO_LONG, "items.csv", 2, "name", "V" * 80, "Gate valve", "V" * 401),
        (GapRule.NOT_A_CODE, "items.csv", 2, "unit", "E\u200bA", "Gate valve,EA", "Gate valve,E\u200bA"),
        (GapRule.NOT_A_FLAG, "items.csv", 2, "make", "maybe", "EA,yes,yes", "EA,maybe,yes"),
        (GapRule.UNKNOWN_UNIT, "bom.csv", 3, "unit", "OZ", "0.05,EA", "0.05,OZ"),
        (GapRule.UNKNOWN_UNIT, "supplier_items.csv", 2, "unit", "CTN", "BOX", "CTN"),
        (GapRule.OUT_OF_RANGE, "bom.csv", 3, "quantity_per", "0", "IRON,2", "IRON,0"),
        (GapRule.OUT_OF_RANGE, "bom.csv", 3, "scrap", "1", "0.05", "1"),
        (GapRule.OUT_OF_RANGE, "bom.csv", 3, "quantity_per", "400000", "IRON,2,0.05,EA", "IRON,400000,0.05,BOX"),
        (
            GapRule.OUT_OF_RANGE,
            "supplier_items.csv",
            2,
            "minimum_order",
            "200000000000",
            ",2,1,50,",
            ",200000000000,1,,",
        ),
        (GapRule.TOO_PRECISE, "supplier_items.csv", 2, "unit_price", "0.0004", "14,100", "14,0.0004"),
        (GapRule.NOT_A_CODE, "locations.csv", 4, "location", "(opening)", "floor,no", "floor,no\n(opening),,,"),
        (GapRule.CONTRADICTION, "transfer_orders.csv", 2, "quantity", "101", "SHIP,10,", "SHIP,101,"),
        (GapRule.CONTRADICTION, "supplier_items.csv", 2, "maximum_order", "1", ",50,", ",1,"),
        (GapRule.CONTRADICTION, "lanes.csv", 2, "destination", "SHOP", "SHOP,SHIP", "SHOP,SHOP"),
        (GapRule.NOT_AN_ADDRESS, "customers.csv", 2, "email", "buyer", "buyer@harbor.example", "buyer"),
        (GapRule.OUT_OF_RANGE, "customers.csv", 2, "tier", "0", "Supply,1,", "Supply,0,"),
        (GapRule.CONTRADICTION, "sales_orders.csv", 2, "order_date", "2026-11-03", "2026-10-20", "2026-11-03"),
        (GapRule.CONTRADICTION, PURCHASES, 2, "received", "201", "2026-11-09,0", "2026-11-09,201"),
        (GapRule.CONTRADICTION, "work_orders.csv", 2, "start_date", "2026-11-07", "2026-11-03", "2026-11-07"),
        (GapRule.CONTRADICTION, "transfer_orders.csv", 2, "destination", "SHOP", "SHOP,SHIP", "SHOP,SHOP"),
        (GapRule.RAGGED_ROW, "stock.csv", 2, None, "3 cells", STOCK, "VALVE,SHIP,40"),
        (GapRule.CONTROL_CHARACTER, "stock.csv", 2, None, "VAL\0VE", STOCK, "VAL\0VE,SHIP,40,"),
    ],
)
def test_a_broken_rule_is_named_where_it_is(
    rule: GapRule, name: str, line: int, column: str | None, value: str, old: str, new: str, tmp_path: Path
) -> None:
    (gap,) = refused(tmp_path, edited(name, old, new))

    assert (gap.rule, gap.file, gap.line, gap.column, gap.value) == (rule, name, line, column, value)


def test_a_line_worth_too_much_says_what_is_accepted(tmp_path: Path) -> None:
    (gap,) = refused(tmp_path, edited(LINES, ",20,115.25,", ",1000000000000,1000000000000,"))

    assert str(gap) == (
        "sales_order_lines.csv line 3 column quantity,unit_price: out-of-range '1000000000000 x 1000000000000'; "
        "accepted is a line worth at most 10,000,000,000,000"
    )


def test_a_line_worth_as_much_as_is_accepted_is_loaded(tmp_path: Path) -> None:
    pack = read_pack(small_pack(tmp_path, edited(LINES, ",20,115.25,", ",1000000000000,10,")))

    assert max(line.ordered for line in pack.company.sales_order_lines) == 1_000_000_000_000


def test_a_setting_of_thousands_of_digits_is_malformed(tmp_path: Path) -> None:
    gap = refused(tmp_path, edited("pack.toml", "buffer_days = 2", f"buffer_days = {'9' * 5000}"))[0]

    assert (gap.rule, gap.file) == (GapRule.MALFORMED_FILE, "pack.toml")


def test_a_circular_bill_of_materials_names_the_loop(tmp_path: Path) -> None:
    gaps = refused(tmp_path, {"bom.csv": FILES["bom.csv"] + "IRON,VALVE,1,,\n"})

    loop = "BODY -> IRON -> VALVE -> BODY"
    assert [(gap.rule, gap.line, gap.column, gap.value) for gap in gaps] == [
        (GapRule.CIRCULAR_BOM, line, "component", loop) for line in (2, 3, 4)
    ]


def test_an_item_made_of_itself_is_a_loop(tmp_path: Path) -> None:
    (gap,) = refused(tmp_path, {"bom.csv": FILES["bom.csv"] + "IRON,IRON,1,,\n"})

    assert (gap.rule, gap.line, gap.value) == (GapRule.CIRCULAR_BOM, 4, "IRON -> IRON")


def test_a_file_a_pack_needs_is_missed(tmp_path: Path) -> None:
    (gap,) = refused(tmp_path, {"stock.csv": None})

    assert (gap.rule, gap.file, gap.accepted) == (
        GapRule.MISSING_FILE,
        "stock.csv",
        "accepted is a file with at least the columns item, location, on_hand",
    )


def test_a_column_a_file_needs_is_missed_once(tmp_path: Path) -> None:
    (gap,) = refused(tmp_path, edited("items.csv", "item,name", "code,name"))

    assert (gap.rule, gap.file, gap.line, gap.column) == (GapRule.MISSING_COLUMN, "items.csv", 1, "item")


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    (gap,) = refused(tmp_path, edited("stock.csv", "on_hand,reserved", "on_hand,on_hand"))

    assert (gap.rule, gap.file, gap.column) == (GapRule.DUPLICATE_COLUMN, "stock.csv", "on_hand")


def test_bytes_that_are_not_utf_8_are_named_by_line(tmp_path: Path) -> None:
    latin = FILES["items.csv"].replace("Iron casting", "Gußeisen").encode("latin-1")

    (gap,) = refused(tmp_path, {"items.csv": latin})

    assert (gap.rule, gap.file, gap.line, gap.value) == (GapRule.ENCODING, "items.csv", 4, "Gußeisen")


def test_a_utf_16_file_is_refused_at_its_header(tmp_path: Path) -> None:
    (gap,) = refused(tmp_path, {"bom.csv": FILES["bom.csv"].encode("utf-16")})

    assert (gap.rule, gap.file, gap.line) == (GapRule.ENCODING, "bom.csv", 1)


def test_a_quote_without_an_end_is_named_where_it_opens(tmp_path: Path) -> None:
    (gap,) = refused(tmp_path, edited("stock.csv", STOCK, 'VALVE,SHIP,"40,'))

    assert (gap.rule, gap.file, gap.line, gap.value) == (
        GapRule.MALFORMED_FILE,
        "stock.csv",
        2,
        "unexpected end of data",
    )


def test_an_enormous_cell_is_refused(tmp_path: Path) -> None:
    (gap,) = refused(tmp_path, edited("items.csv", "Gate valve", "x" * 200_000))

    assert (gap.rule, gap.line, gap.value) == (
        GapRule.MALFORMED_FILE,
        2,
        "field larger than field limit (131072)",
    )


def test_an_enormous_file_is_not_opened(tmp_path: Path) -> None:
    pack = small_pack(tmp_path)
    with (pack / "stock.csv").open("r+b") as file:
        file.truncate(600 * 1024 * 1024)

    with pytest.raises(PackInvalidError) as refusal:
        read_pack(pack)

    assert "stock.csv: too-large-file '629,145,600'; accepted is a file of at most" in refusal.value.message


def test_an_empty_file_is_malformed(tmp_path: Path) -> None:
    (gap,) = refused(tmp_path, {"stock.csv": ""})

    assert (gap.rule, gap.file, gap.value) == (GapRule.MALFORMED_FILE, "stock.csv", "no header")


def test_another_currency_is_refused(tmp_path: Path) -> None:
    orders = FILES["purchase_orders.csv"].replace("order_date", "order_date,currency").replace("25\n", "25,EUR\n")

    (gap,) = refused(tmp_path, {"purchase_orders.csv": orders})

    assert (gap.rule, gap.line, gap.column, gap.value) == (GapRule.OTHER_CURRENCY, 2, "currency", "EUR")


def test_an_order_ships_only_from_where_shipping_is_done(tmp_path: Path) -> None:
    orders = FILES["sales_orders.csv"].replace("requested_date", "ship_from").replace("2026-11-10", "SHOP")
    lines = FILES[LINES].replace("VALVE,30,110,,", "VALVE,30,110,2026-11-10,")

    (gap,) = refused(tmp_path, {"sales_orders.csv": orders, LINES: lines})

    assert (gap.rule, gap.line, gap.column, gap.value) == (GapRule.CONTRADICTION, 2, "ship_from", "SHOP")
    assert gap.accepted == "accepted are locations with may_ship_from: SHIP"


@pytest.mark.parametrize(
    ("column", "value", "old", "new"),
    [
        ("as_of", "", "as_of = 2026-11-02\n", ""),
        ("as_of", "soon", "as_of = 2026-11-02", 'as_of = "soon"'),
        ("currency", "dollars", '"USD"', '"dollars"'),
        ("time_zone", "../etc", "America/Chicago", "../etc"),
        ("default_ship_from", "MOON", '"SHIP"', '"MOON"'),
        ("default_late_penalty_percent", "101", "0.5", "101"),
        ("buffer_days", "True", "buffer_days = 2", "buffer_days = true"),
        ("colour", "red", "[units]", 'colour = "red"\n[units]'),
        ("units.BOX", "0", "BOX = 10", "BOX = 0"),
    ],
)
def test_a_wrong_setting_is_named_by_its_key(column: str, value: str, old: str, new: str, tmp_path: Path) -> None:
    gap = refused(tmp_path, edited("pack.toml", old, new))[0]

    assert (gap.rule, gap.file, gap.column, gap.value) == (GapRule.SETTING, "pack.toml", column, value)


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("files.parts", "parts", "[files.parts]\n"),
        ("files.items.file", "../items.csv", '[files.items]\nfile = "../items.csv"\n'),
        ("files.items.columns.sku", "sku", '[files.items.columns]\nsku = "part"\n'),
        ("lanes.origin", "MOON", '[[lanes]]\norigin = "MOON"\ndestination = "SHIP"\ndays = 1\n'),
    ],
)
def test_a_wrong_mapping_is_named_by_its_key(column: str, value: str, text: str, tmp_path: Path) -> None:
    gaps = refused(tmp_path, {"pack.toml": f"{FILES['pack.toml']}\n{text}"})

    assert (GapRule.SETTING, "pack.toml", column, value) in {
        (gap.rule, gap.file, gap.column.replace("parts.parts", "parts") if gap.column else "", gap.value)
        for gap in gaps
    }


def test_settings_that_are_no_toml_are_named_by_line(tmp_path: Path) -> None:
    gap = refused(tmp_path, edited("pack.toml", "buffer_days = 2", "buffer_days = "))[0]

    assert (gap.rule, gap.file, gap.line) == (GapRule.MALFORMED_FILE, "pack.toml", 7)


def test_all_gaps_are_reported_in_one_go(tmp_path: Path) -> None:
    changes = {
        **edited("stock.csv", "40", "-4"),
        **edited(LINES, ",20,", ",1e30,"),
        **edited("bom.csv", "BODY,1", "X,1"),
    }

    gaps = refused(tmp_path, changes)

    assert [(gap.file, gap.line) for gap in gaps] == [("bom.csv", 2), (LINES, 3), ("stock.csv", 2)]


def test_what_follows_from_an_error_is_not_reported_again(tmp_path: Path) -> None:
    (gap,) = refused(tmp_path, edited("customers.csv", "HARBOR,Harbor Supply", "HARBOR,"))

    assert (gap.file, gap.line, gap.column) == ("customers.csv", 2, "name")


def test_many_gaps_of_a_kind_are_counted_and_a_hundred_shown(tmp_path: Path) -> None:
    rows = "".join(f"NOBODY{n},SHIP,1,\n" for n in range(250))

    gaps = refused(tmp_path, {"stock.csv": FILES["stock.csv"] + rows})

    assert (len(gaps), sum(gap.rows for gap in gaps), gaps[-1].rows) == (101, 250, 150)
