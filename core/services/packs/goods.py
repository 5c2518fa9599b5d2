"""What a pack says of prices, lots and quotas."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from core.domain.lots import LotStatus
from core.domain.prices import DiscountKind, PriceListKind
from core.services.packs import goods_files as files
from core.services.packs.desk import Desk, currencies
from core.services.packs.gaps import GapRule
from core.services.packs.masters import Masters
from core.services.packs.parts import refuse_backwards
from core.services.packs.records import RecordRows, Records, read_records
from core.services.packs.sheet import Known

_PERCENT_AT_MOST = 100
Place = tuple[str, str]


def read_goods(
    desk: Desk, masters: Masters, *, on_hand: Mapping[Place, int | None], held: Mapping[Place, int]
) -> dict[str, Any]:
    """The parts of a Company that tell of prices, lots and quotas, by their names there. `held` are units on hand that
    transfer orders wait to take."""
    known = {
        "item": masters.item_codes,
        "location": masters.location_codes,
        "customer": masters.customer_codes,
        "supplier": masters.supplier_codes,
    }
    lists = _price_lists(desk, known)
    known["price_list"] = lists.known()
    lots = _read(desk, files.LOTS, known)
    known["lot"] = lots.known()
    return {
        "price_lists": lists.values(),
        "price_list_lines": _dated(_read(desk, files.PRICE_LIST_LINES, known)).values(),
        "discounts": _discounts(desk, known),
        "quotas": _quotas(desk, known),
        "lots": lots.values(),
        "lot_stock": _lot_stock(
            _read(desk, files.LOT_STOCK, known), lots, on_hand if desk.sheets["stock"].complete else None, held
        ),
    }


def _read(desk: Desk, records: Records, known: Mapping[str, Known]) -> RecordRows:
    return read_records(desk.sheets[records.kind], records, known)


def _dated(rows: RecordRows) -> RecordRows:
    refuse_backwards(rows.sheet, ("valid_from", "valid_to"), rows.columns["valid_from"], rows.columns["valid_to"])
    return rows


def _price_lists(desk: Desk, known: Mapping[str, Known]) -> RecordRows:
    """Lists in the company's currency; a contract is with somebody."""
    rows = _dated(_read(desk, files.PRICE_LISTS, known))
    rows.columns["currency"][:] = currencies(desk, rows.sheet)
    whom = list(zip(*(rows.columns[name] for name in ("customer", "tier", "region")), strict=True))
    for row in rows.sheet.good():
        if rows.columns["kind"][row] is PriceListKind.CONTRACT and whom[row] == (None, None, None):
            accepted = "accepted is a contract with a customer, a tier or a region"
            rows.sheet.reject(row, "customer", GapRule.CONTRADICTION, accepted)
    return rows


def _discounts(desk: Desk, known: Mapping[str, Known]) -> tuple[Any, ...]:
    """Discounts: a percentage of up to 100, or an amount in the company's currency."""
    rows = _dated(_read(desk, files.DISCOUNTS, known))
    kinds, values, said = (rows.columns[name] for name in ("kind", "value", "currency"))
    for row in rows.sheet.good():
        percent = kinds[row] is DiscountKind.PERCENT
        if percent and values[row] > _PERCENT_AT_MOST:
            accepted = f"accepted is at most {_PERCENT_AT_MOST} percent"
            rows.sheet.reject(row, "value", GapRule.OUT_OF_RANGE, accepted)
        elif said[row] != (None if percent else desk.mapping.currency):
            accepted = f"accepted is {desk.mapping.currency!r} for an amount and nothing for a percentage"
            rows.sheet.reject(row, "currency", GapRule.OTHER_CURRENCY, accepted)
    return rows.values()


def _quotas(desk: Desk, known: Mapping[str, Known]) -> tuple[Any, ...]:
    rows = _read(desk, files.QUOTAS, known)
    refuse_backwards(rows.sheet, ("first", "last"), rows.columns["first"], rows.columns["last"])
    return rows.values()


def _lot_stock(
    rows: RecordRows, lots: RecordRows, on_hand: Mapping[Place, int | None] | None, held: Mapping[Place, int]
) -> tuple[Any, ...]:
    """Units of lots, within what is on hand there; those that may not be used within what no transfer waits for."""
    if on_hand is None or not lots.sheet.complete:
        return rows.values()
    item_of = dict(zip(lots.columns["lot"], lots.columns["item"], strict=True))
    status = dict(zip(lots.columns["lot"], lots.columns["status"], strict=True))
    in_lots, blocked = Counter[Place](), Counter[Place]()
    for row in rows.sheet.good():
        lot, units = rows.columns["lot"][row], rows.columns["on_hand"][row]
        place = item_of.get(lot, ""), rows.columns["location"][row]
        there = on_hand.get(place, 0)
        if there is None:
            rows.sheet.follow(row, "location")
            continue
        usable = status.get(lot) is LotStatus.AVAILABLE
        free = there - in_lots[place]
        if not usable:
            free = min(free, there - held.get(place, 0) - blocked[place])
        if units > free:
            accepted = f"accepted is at most {max(free, 0):,}, what is left of the {there:,} on hand in stock.csv"
            rows.sheet.reject(row, "on_hand", GapRule.CONTRADICTION, accepted)
            continue
        in_lots[place] += units
        blocked[place] += 0 if usable else units
    return rows.values()
