"""AdventureWorks as a Snapshot for tests, read straight from its files (the importer is another module's)."""

import csv
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.planning.snapshot import Snapshot, day_number
from tests.core.planning.books import book

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "adventureworks"
SHIPPING = "Finished Goods Storage"
_AS_OF = date(2014, 5, 1)


def adventureworks() -> Snapshot:
    """The company on 2014-05-01; skips where the data is absent, which CI does not excuse."""
    if not FOLDER.is_dir():
        assert os.environ.get("CI") != "true", f"{FOLDER} is absent"
        pytest.skip(f"{FOLDER} is absent")
    places = [row["location"] for row in rows("locations.csv")]
    active = {row["supplier"] for row in rows("suppliers.csv") if row["active"] == "True"}
    return book(
        as_of=day_number(_AS_OF),
        items=[
            (r["item"], r["make"] == "True", int(r["days_to_make"]), 0, r["finished_good"] == "True")
            for r in rows("items.csv")
        ],
        locations=[(SHIPPING, "PLANT", True), *((p, "PLANT", False) for p in places if p != SHIPPING)],
        demand=list(_sales()),
        stock=[(r["item"], int(r["on_hand"]), r["location"]) for r in rows("stock.csv")],
        supply=[*_purchases(), *_works()],
        bom=[(r["parent"], r["component"], r["qty_per"]) for r in rows("bom.csv")],
        lanes=[(p, SHIPPING) for p in places if p != SHIPPING],
        sources=[
            (r["item"], r["supplier"], int(r["lead_time_days"]), r["price"], int(r["min_qty"]))
            for r in rows("supplier_items.csv")
            if r["supplier"] in active
        ],
        suppliers=[r["supplier"] for r in rows("suppliers.csv")],
    )


def oracle() -> dict[tuple[str, int], tuple[str, int]]:
    """What an independent first-come ATP found per order line: state and short units."""
    with (FOLDER / "oracle_2014-05-01.csv").open(encoding="utf-8", newline="") as file:
        return {(r["order"], int(r["Line"])): (r["state"], int(float(r["short"]))) for r in csv.DictReader(file)}


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one file of the pack."""
    with (FOLDER / "2014-05-01" / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _sales() -> Iterator[tuple[object, ...]]:
    orders = {r["order"]: (n, r) for n, r in enumerate(rows("sales_orders.csv"))}
    for r in rows("sales_order_lines.csv"):
        entry, order = orders[r["order"]]
        due, ordered = _day(order["due_date"]), _day(order["order_date"])
        price, who = r["unit_price"] or "0", order["customer"]
        yield r["order"], int(r["line"]), r["item"], int(r["qty"]), due, "", ordered, entry, 3, price, 0, who


def _purchases() -> Iterator[tuple[object, ...]]:
    supplier = {r["po"]: r["supplier"] for r in rows("purchase_orders.csv")}
    for r in rows("purchase_order_lines.csv"):
        due = _day(r["due_date"])
        yield "PO", r["po"], r["item"], int(r["qty"]), due, "", due, supplier[r["po"]], False, int(r["line"])


def _works() -> Iterator[tuple[object, ...]]:
    for r in rows("work_orders.csv"):
        yield "WO", r["work_order"], r["item"], int(r["qty"]), _day(r["due_date"]), "", _day(r["start_date"])


def _day(text: str) -> int:
    return (date.fromisoformat(text) - _AS_OF).days
