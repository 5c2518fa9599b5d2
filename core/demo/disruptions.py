"""What goes wrong at Sabine Valve and Pump: six declared overlays, chosen from its books by rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.company import Company
from core.domain.ids import ItemCode, LocationCode, PurchaseOrderNo
from core.domain.orders import PurchaseOrderLine

OUTAGE_DAYS = 21
MOTOR_DELAY_DAYS = 18
OVERDUE_DAYS = 6
RUSH_UNITS = 30
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
        _file("02-motors-late", "Brazos Motor Works ships its next motors late", _late_motors(company)),
        _file("03-seals-overdue", "A delivery of Cascade Seals was due last week and has not come", _overdue(company)),
        _file("04-reno-stock-out", "A count in Reno finds none of its best-selling ball valve", _stock_out(company)),
        _file("05-stems-scrapped", "Stems for the next bonnet assemblies fail inspection", _scrapped(company)),
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
    number = _next_order(company, lambda line: line.item.startswith("MO-"), after=0)
    return {"kind": "delay_purchase_order", "purchase_order": number, "days": MOTOR_DELAY_DAYS}


def _overdue(company: Company) -> dict[str, str | int | date]:
    number = _next_order(company, lambda line: line.item.startswith("SE-"), after=0)
    due = company.settings.as_of - timedelta(days=OVERDUE_DAYS)
    return {"kind": "delay_purchase_order", "purchase_order": number, "due_date": due}


def _stock_out(company: Company) -> dict[str, str | int | date]:
    """The ball valve of which Reno ships the most; Houston keeps it as well."""
    held = {(row.item, row.location): row.on_hand - row.reserved for row in company.stock}
    places = LocationCode("RNO-SHIP"), LocationCode("HOU-SHIP")
    sold = [ItemCode(code) for code in ("BV-02", "BV-03", "BV-04")]
    item = max(sold, key=lambda code: (min(held.get((code, place), 0) for place in places), code))
    return {"kind": "lose_stock", "item": item, "location": places[0]}


def _scrapped(company: Company) -> dict[str, str | int | date]:
    return {"kind": "lose_stock", "item": "ST-L", "location": "HOU-STORE"}


def _rush(company: Company) -> dict[str, str | int | date]:
    price = next(item.list_price for item in company.items if item.code == "GV-04")
    return {
        "kind": "rush_order",
        "order": "SO-9001",
        "customer": "HARBORSUPPLY",
        "customer_po": "SHUTDOWN-1",
        "item": "GV-04",
        "quantity": RUSH_UNITS,
        "unit_price": int(price),
        "ship_from": "HOU-SHIP",
        "requested_date": company.settings.as_of + timedelta(days=RUSH_DAYS),
    }


def _next_order(company: Company, wanted: Callable[[PurchaseOrderLine], bool], *, after: int) -> PurchaseOrderNo:
    """The purchase order that brings the next of what is wanted."""
    earliest = company.settings.as_of + timedelta(days=after)
    lines = [line for line in company.purchase_order_lines if wanted(line) and line.due > earliest]
    return min(lines, key=lambda line: (line.due, line.order)).order
