"""What goes wrong at Sabine Valve and Pump: six declared overlays, chosen from its books by rule."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from core.demo.partners import customer_code
from core.domain.company import Company
from core.domain.ids import PurchaseOrderNo

OUTAGE_DAYS = 21
MOTOR_DELAY_DAYS = 24
OVERDUE_DAYS = 6
RUSH_UNITS = 12
RUSH_DAYS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Disruption:
    """One overlay file: its name and its text."""

    file: str
    text: str


def disruptions(company: Company) -> tuple[Disruption, ...]:
    """The overlays of the demo company, by file name."""
    return (
        _file("01-gulf-castings-outage", "Gulf Castings is out for three weeks", _outage()),
        _file("02-motors-late", "A large delivery of motors slips by more than three weeks", _late_motors(company)),
        _file("03-seats-overdue", "A delivery of seat rings was due last week and has not come", _overdue(company)),
        _file("04-reno-stock-out", "A count in Reno finds none of the 3 inch ball valves on the books", _stock_out()),
        _file("05-seats-scrapped", "The 4 inch seat rings in the Reno stores fail inspection", _scrapped()),
        _file("06-rush-order", "Harbor Supply needs gate valves for a shutdown", _rush(company)),
    )


def _file(name: str, title: str, change: dict[str, str | int | date]) -> Disruption:
    values = "\n".join(f"{key} = {_value(value)}" for key, value in change.items())
    return Disruption(file=f"{name}.toml", text=f'name = "{title}"\n\n[[change]]\n{values}\n')


def _value(value: str | int | date) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _outage() -> dict[str, str | int | date]:
    return {"kind": "supplier_outage", "supplier": "GULF", "days": OUTAGE_DAYS}


def _late_motors(company: Company) -> dict[str, str | int | date]:
    return {"kind": "delay_purchase_order", "purchase_order": late_motors(company), "days": MOTOR_DELAY_DAYS}


def _overdue(company: Company) -> dict[str, str | int | date]:
    on = company.settings.as_of - timedelta(days=OVERDUE_DAYS)
    return {"kind": "delay_purchase_order", "purchase_order": overdue_seats(company), "due_date": on}


def late_motors(company: Company) -> PurchaseOrderNo:
    """The purchase order that brings the most motors."""
    units = Counter[PurchaseOrderNo]()
    for line in company.purchase_order_lines:
        units[line.order] += line.open_quantity if line.item.startswith("MO-") else 0
    return min(units, key=lambda order: (-units[order], order))


def overdue_seats(company: Company) -> PurchaseOrderNo:
    """The next purchase order that brings seat rings and nothing else."""
    items: dict[PurchaseOrderNo, set[str]] = defaultdict(set)
    due: dict[PurchaseOrderNo, date] = {}
    for line in company.purchase_order_lines:
        items[line.order].add(line.item[:2])
        due[line.order] = max(line.due, due.get(line.order, line.due))
    return min((order for order in items if items[order] == {"SE"}), key=lambda order: (due[order], order))


def _stock_out() -> dict[str, str | int | date]:
    return {"kind": "lose_stock", "item": "BV-03", "location": "RNO-SHIP"}


def _scrapped() -> dict[str, str | int | date]:
    return {"kind": "lose_stock", "item": "SE-04", "location": "RNO-STORE"}


def _rush(company: Company) -> dict[str, str | int | date]:
    price = next(item.list_price for item in company.items if item.code == "GV-04")
    return {
        "kind": "rush_order",
        "order": "SO-9001",
        "customer": customer_code("Harbor Supply"),
        "customer_po": "SHUTDOWN-1",
        "item": "GV-04",
        "quantity": RUSH_UNITS,
        "unit_price": int(price),
        "ship_from": "HOU-SHIP",
        "requested_date": company.settings.as_of + timedelta(days=RUSH_DAYS),
    }
