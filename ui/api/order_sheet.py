"""An order as a sheet to print: whole in itself, nothing from elsewhere, everything of others escaped."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import escape

from core.domain.ids import OrderNo
from core.domain.money import rounded
from core.domain.orders import SalesOrderLine
from core.ports.storage import UnitOfWork
from ui.schemas.listing import OrderSheet

_STYLE = """
body { font: 12pt/1.4 system-ui, sans-serif; color: #111; background: #fff; margin: 2cm auto; max-width: 19cm; }
h1 { font-size: 16pt; } table { width: 100%; border-collapse: collapse; margin: 1em 0; }
th, td { padding: .3em .4em; border-bottom: 1px solid #bbb; text-align: left; vertical-align: top; }
.n { text-align: right; font-variant-numeric: tabular-nums; } tr { break-inside: avoid; }
thead { display: table-header-group; } footer { color: #555; font-size: 9pt; }
@media print { body { margin: 0; max-width: none; } @page { margin: 2cm; } }
"""


def order_sheet(uow: UnitOfWork, number: OrderNo) -> OrderSheet:
    """The order with its lines, prices and promises, as of the business date."""
    return OrderSheet(name=f"order-{number}.html", html="".join(_sheet(uow, number)))


def _sheet(uow: UnitOfWork, number: OrderNo) -> Iterator[str]:
    order, settings = uow.orders.order(number), uow.company.settings()
    customer = uow.company.customer(order.customer)
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Order {escape(number)}</title>'
    yield f"<style>{_STYLE}</style></head><body><p>{escape(settings.name)}</p><h1>Order {escape(number)}</h1>"
    yield f"<p>{escape(customer.name)} ({escape(customer.code)})"
    yield f"<br>Your number: {escape(order.customer_po)}" if order.customer_po else ""
    yield f"<br>Ordered {_day(order.order_date)}, {escape(order.state.value)}"
    yield f"<br>To: {escape(order.address)}</p>" if order.address else "</p>"
    yield '<table><thead><tr><th>Line</th><th>Item</th><th class="n">Units</th><th class="n">Price</th>'
    yield f'<th class="n">Amount, {escape(order.currency)}</th><th>Requested</th><th>Promised</th></tr></thead><tbody>'
    total = Decimal(0)
    for line in uow.orders.lines(number):
        amount = rounded(line.unit_price * (line.ordered - line.cancelled))
        total += amount
        yield _row(line, name=uow.company.item(line.item).name, unit=uow.company.item(line.item).unit, amount=amount)
    yield f'</tbody><tfoot><tr><th colspan="4">Total</th><td class="n">{total:,.2f}</td><td colspan="2"></td></tr>'
    yield f"</tfoot></table><footer>As of {_day(settings.as_of)}. Days are those on which goods leave us.</footer>"
    yield "</body></html>"


def _row(line: SalesOrderLine, *, name: str, unit: str, amount: Decimal) -> str:
    units = line.ordered - line.cancelled
    return (
        f"<tr><td>{line.line}</td><td>{escape(line.item)}<br>{escape(name)}</td>"
        f'<td class="n">{units:,} {escape(unit)}</td><td class="n">{line.unit_price:,.2f}</td>'
        f'<td class="n">{amount:,.2f}</td><td>{_day(line.requested)}</td>'
        f"<td>{_day(line.promised) if line.promised else escape(line.state.value)}</td></tr>"
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
