"""Overlays change the books as they declare, and refuse what is not there."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.company import Company
from core.domain.errors import InvalidValueError, NotFoundError, PackInvalidError
from core.domain.ids import ItemCode, LocationCode, SupplierCode
from core.domain.items import StockBalance
from core.services.packs.gaps import Gap, GapLog
from core.services.packs.overlay_files import Overlay, overlay_from, overlays_hash, read_overlays
from core.services.packs.overlays import apply_overlays, suppliers_out
from core.services.packs.reading import read_pack
from tests.core.services.packs.folders import small_pack


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return read_pack(small_pack(tmp_path / "pack")).company


def overlay(change: str, file: str = "1.toml") -> Overlay:
    log = GapLog()
    read = overlay_from(f'name = "Trouble"\n\n[[change]]\n{change}\n', file=file, log=log)
    assert log.gaps() == ()
    return read


def test_a_delay_moves_the_open_lines_of_an_order(company: Company) -> None:
    late = overlay('kind = "delay_purchase_order"\npurchase_order = "PO-1"\ndays = 10')

    changed = apply_overlays(company, [late])

    assert [line.due for line in changed.purchase_order_lines] == [date(2026, 11, 19)]
    assert changed.settings.assumptions == (*company.settings.assumptions, "Overlay 1.toml: Trouble")


def test_a_delay_to_a_day_may_make_an_order_overdue(company: Company) -> None:
    late = overlay('kind = "delay_purchase_order"\npurchase_order = "PO-1"\ndue_date = 2026-10-27')

    assert apply_overlays(company, [late]).purchase_order_lines[0].due == date(2026, 10, 27)


def test_an_outage_delays_open_orders_and_new_ones(company: Company) -> None:
    out = overlay('kind = "supplier_outage"\nsupplier = "GULF"\ndays = 14')

    changed = apply_overlays(company, [out])

    assert changed.purchase_order_lines[0].due == date(2026, 11, 23)
    assert changed.supplier_items[0].lead_time_days == 28
    assert suppliers_out([out]) == {SupplierCode("GULF")}


def test_lost_stock_is_what_is_not_reserved(company: Company) -> None:
    lost = overlay('kind = "lose_stock"\nitem = "IRON"\nlocation = "SHOP"')

    changed = apply_overlays(company, [lost])

    assert changed.stock[0] == StockBalance(
        item=ItemCode("IRON"), location=LocationCode("SHOP"), on_hand=10, reserved=10
    )


def test_some_units_may_be_lost(company: Company) -> None:
    lost = overlay('kind = "lose_stock"\nitem = "VALVE"\nlocation = "SHIP"\nquantity = 15')

    assert apply_overlays(company, [lost]).stock[1].on_hand == 25


def test_a_rush_order_is_taken_last_and_served_first(company: Company) -> None:
    changed = apply_overlays(company, [overlay(RUSH)])

    order, line = changed.sales_orders[-1], changed.sales_order_lines[-1]
    assert (order.number, order.priority, order.entry_sequence, order.order_date) == (
        "SO-9",
        1,
        3,
        date(2026, 11, 2),
    )
    assert (line.order, line.ordered, line.unit_price, line.due) == ("SO-9", 12, Decimal("99.5"), date(2026, 11, 6))


RUSH = """\
kind = "rush_order"
order = "SO-9"
customer = "LAKE"
customer_po = "4712"
item = "VALVE"
quantity = 12
unit_price = 99.5
ship_from = "SHIP"
requested_date = 2026-11-06"""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            'kind = "delay_purchase_order"\npurchase_order = "PO-9"\ndays = 1',
            "'PO-9' is not an open purchase order of the company; accepted is one that is",
        ),
        ('kind = "supplier_outage"\nsupplier = "NOBODY"\ndays = 1', "'NOBODY' is not a supplier of the company"),
        (
            'kind = "lose_stock"\nitem = "VALVE"\nlocation = "SHOP"',
            "no stock of 'VALVE' at 'SHOP' to lose; accepted is an item and a place that keeps it",
        ),
        (RUSH.replace("LAKE", "NOBODY"), "'NOBODY' is not a customer of the company"),
        (RUSH.replace('"SHIP"', '"SHOP"'), "'SHOP' is not a location that may ship of the company"),
    ],
)
def test_a_change_of_something_that_is_not_there_is_refused(company: Company, change: str, message: str) -> None:
    with pytest.raises(NotFoundError) as refusal:
        apply_overlays(company, [overlay(change)])

    assert message in refusal.value.message


def test_more_than_there_is_cannot_be_lost(company: Company) -> None:
    lost = overlay('kind = "lose_stock"\nitem = "IRON"\nlocation = "SHOP"\nquantity = 91')

    with pytest.raises(InvalidValueError) as refusal:
        apply_overlays(company, [lost])

    assert refusal.value.message == (
        "cannot lose 91 of 'IRON' at 'SHOP'; accepted is up to 90, what is on hand and not reserved"
    )


def test_an_order_number_in_use_is_refused(company: Company) -> None:
    with pytest.raises(InvalidValueError, match="the order 'SO-1' is there already"):
        apply_overlays(company, [overlay(RUSH.replace("SO-9", "SO-1"))])


def test_overlays_are_read_by_file_name(tmp_path: Path) -> None:
    folder = tmp_path / "overlays"
    folder.mkdir()
    for name in ("b.toml", "a.toml"):
        (folder / name).write_text(overlay(RUSH, name).text, encoding="utf-8")

    read = read_overlays(tmp_path)

    assert [one.file for one in read] == ["a.toml", "b.toml"]
    assert overlays_hash(read) != overlays_hash(reversed(read))


def test_a_pack_without_overlays_has_none(tmp_path: Path) -> None:
    assert read_overlays(tmp_path) == ()


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [
        ('kind = "meteor"', "change.kind", "meteor"),
        ('kind = "lose_stock"\nitem = "X"\nlocation = "Y"\nquantity = -1', "change.quantity", "-1"),
        (
            """kind = "rush_order"\norder = "SO-9"\ncustomer = "LAKE"\ncustomer_po = "4712"\nitem = "VALVE"
quantity = 1000000000000\nunit_price = 10.5\nship_from = "SHIP"\nrequested_date = 2026-11-06""",
            "change.unit_price",
            "1000000000000 x 10.5",
        ),
        ('kind = "supplier_outage"\nsupplier = "GULF"', "change.days", ""),
        ('kind = "supplier_outage"\nsupplier = "GULF"\ndays = 1\nwhy = "fire"', "change.why", "fire"),
    ],
)
def test_an_overlay_that_means_nothing_is_refused(tmp_path: Path, change: str, column: str, value: str) -> None:
    folder = tmp_path / "overlays"
    folder.mkdir()
    (folder / "1.toml").write_text(f'name = "Trouble"\n\n[[change]]\n{change}\n', encoding="utf-8")

    with pytest.raises(PackInvalidError) as refusal:
        read_overlays(tmp_path)

    gaps = refusal.value.details["gaps"]
    assert isinstance(gaps, tuple)
    (gap,) = gaps
    assert isinstance(gap, Gap)
    assert (gap.file, gap.column, gap.value) == ("1.toml", column, value)
