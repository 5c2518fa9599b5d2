"""What is asked for when an order is entered, and what is wrong with it: every fault with line, field and value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from core.domain.errors import InvalidValueError
from core.domain.ids import CustomerCode, LocationCode, OrderNo
from core.domain.money import LARGEST_AMOUNT, PRICE_STEP
from core.domain.order_terms import Channel, OrderKind, SetRule, Strategy
from core.domain.quantity import LARGEST_QUANTITY
from core.domain.showing import shown
from core.domain.units import Units, in_base

LONGEST_CODE = 60
LONGEST_TEXT = 400
MOST_LINES = 1000
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLine:
    """One line as the customer asks for it. `item` is our code or the customer's own number, `quantity` in `unit`.

    The unit price is for one base unit; without it the price lists decide.
    """

    item: str
    quantity: Decimal | int
    requested: date
    unit: str | None = None
    unit_price: Decimal | None = None
    latest_acceptable: date | None = None
    cancel_after: date | None = None
    line_set: str | None = None
    set_rule: SetRule | None = None
    minimum_shipment: int = 1
    strategy: Strategy = Strategy.IMPROVE
    node: LocationCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterOrder:
    """An order, or a quote, as it came in; lines are numbered from 1.

    What is None is the customer's or the company's usual. With `duplicate_meant` a second order with a customer's PO
    number is entered all the same. A `draft` is entered without being validated.
    """

    key: str
    customer: CustomerCode
    customer_po: str
    channel: Channel
    lines: tuple[WantedLine, ...]
    number: OrderNo | None = None
    kind: OrderKind = OrderKind.ORDER
    currency: str | None = None
    ship_from: LocationCode | None = None
    address: str | None = None
    priority: int | None = None
    ship_complete: bool | None = None
    allow_partial: bool | None = None
    allow_substitution: bool | None = None
    minimum_value: Decimal = Decimal(0)
    payment_terms: str | None = None
    quote_expires_on: date | None = None
    source: str | None = None
    contact: str = ""
    duplicate_meant: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A value that cannot be accepted; `line` is None for the order itself."""

    line: int | None
    field: str
    value: str
    accepted: str

    def __str__(self) -> str:
        where = self.field if self.line is None else f"line {self.line} {self.field}"
        return f"{where} {self.value}: accepted is {self.accepted}"


def faulty(faults: Sequence[Fault]) -> InvalidValueError:
    """The error that names them all."""
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return InvalidValueError(
        f"{faults[0]}{more}",
        field=faults[0].field,
        faults=tuple(
            {"line": fault.line, "field": fault.field, "value": fault.value, "accepted": fault.accepted}
            for fault in faults
        ),
    )


def shape_faults(command: EnterOrder) -> tuple[Fault, ...]:
    """What is wrong whatever the books say."""
    if not _are_lines(command.lines):
        return (_fault(None, "lines", command.lines, "a tuple of lines"),)
    return (*_order_faults(command), *(fault for number, line in _numbered(command) for fault in _line(number, line)))


def date_faults(command: EnterOrder, *, today: date) -> tuple[Fault, ...]:
    """Dates that have passed, or that contradict each other."""
    found: list[Fault] = []
    if command.quote_expires_on is not None and command.quote_expires_on < today:
        found.append(_fault(None, "quote_expires_on", command.quote_expires_on, f"{today} or later"))
    for number, line in _numbered(command):
        if line.requested < today:
            found.append(_fault(number, "requested", line.requested, f"{today} or later"))
        for field in ("latest_acceptable", "cancel_after"):
            last: date | None = getattr(line, field)
            if last is not None and last < line.requested:
                found.append(_fault(number, field, last, f"{line.requested}, the requested date, or later"))
    return tuple(found)


def wanted_units(line: WantedLine, *, number: int, units: Units) -> int | Fault:
    """The quantity in base units, exactly."""
    factor = units.factor(line.unit)
    if factor is None:
        return _fault(number, "unit", line.unit, " or ".join(units.accepted))
    wanted = in_base(line.quantity, factor)
    if wanted is None:
        accepted = f"a whole number of {units.base}; one {line.unit or units.base} is {factor}"
        return _fault(number, "quantity", line.quantity, accepted)
    if not 1 <= wanted <= LARGEST_QUANTITY:
        return _fault(number, "quantity", line.quantity, f"1 to {LARGEST_QUANTITY} {units.base}")
    return wanted


def _numbered(command: EnterOrder) -> Iterator[tuple[int, WantedLine]]:
    return enumerate(command.lines, start=1)


def _are_lines(given: object) -> bool:
    return isinstance(given, tuple) and all(isinstance(line, WantedLine) for line in cast(tuple[object, ...], given))


def _order_faults(command: EnterOrder) -> Iterator[Fault]:
    if not 1 <= len(command.lines) <= MOST_LINES:
        yield _fault(None, "lines", len(command.lines), f"1 to {MOST_LINES} lines")
    yield from _text(None, "customer", command.customer, longest=LONGEST_CODE)
    for field in ("customer_po", "address", "payment_terms", "source", "contact"):
        yield from _text(None, field, getattr(command, field), longest=LONGEST_TEXT, empty=True)
    yield from _text(None, "number", command.number, longest=LONGEST_CODE)
    if command.currency is not None and not _is_currency(command.currency):
        yield _fault(None, "currency", command.currency, "a three-letter ISO 4217 code such as 'USD'")
    if command.priority is not None and not _whole(command.priority, least=0, most=99):
        yield _fault(None, "priority", command.priority, "0 to 99; 0 is a rush order")
    yield from _money(None, "minimum_value", command.minimum_value, places=Decimal("0.01"))
    if (command.kind is OrderKind.QUOTE) != (command.quote_expires_on is not None):
        yield _fault(None, "quote_expires_on", command.quote_expires_on, "a date for a quote, and none for an order")


def _line(number: int, line: WantedLine) -> Iterator[Fault]:
    yield from _text(number, "item", line.item, longest=LONGEST_CODE)
    yield from _text(number, "unit", line.unit, longest=LONGEST_CODE)
    yield from _text(number, "line_set", line.line_set, longest=LONGEST_CODE)
    if not _counts(line.quantity):
        yield _fault(number, "quantity", line.quantity, f"a number above 0, up to {LARGEST_QUANTITY}")
    yield from _money(number, "unit_price", line.unit_price, places=PRICE_STEP)
    if not _whole(line.minimum_shipment, least=1, most=LARGEST_QUANTITY):
        yield _fault(number, "minimum_shipment", line.minimum_shipment, f"1 to {LARGEST_QUANTITY}")
    if (line.line_set is None) != (line.set_rule is None):
        yield _fault(number, "set_rule", line.set_rule, "'ship' or 'arrive' with a line_set, and none without")
    for field in ("requested", "latest_acceptable", "cancel_after"):
        day: object = getattr(line, field)
        if day is None and field != "requested":
            continue
        if type(day) is not date or not FIRST_DAY <= day <= LAST_DAY:
            yield _fault(number, field, day, f"a date from {FIRST_DAY} to {LAST_DAY}")


def _is_currency(given: object) -> bool:
    return isinstance(given, str) and len(given) == 3 and given.isascii() and given.isupper()


def _whole(given: object, *, least: int, most: int) -> bool:
    return type(given) is int and least <= given <= most


def _counts(quantity: object) -> bool:
    if type(quantity) is int:
        return 0 < quantity <= LARGEST_QUANTITY
    return isinstance(quantity, Decimal) and quantity.is_finite() and 0 < quantity <= LARGEST_QUANTITY


def _money(line: int | None, field: str, amount: object, *, places: Decimal) -> Iterator[Fault]:
    if amount is None and field == "unit_price":
        return
    if not isinstance(amount, Decimal) or not _is_amount(amount, places):
        yield _fault(line, field, amount, f"0 to {LARGEST_AMOUNT} in steps of {places}")


def _is_amount(amount: Decimal, places: Decimal) -> bool:
    return amount.is_finite() and 0 <= amount <= LARGEST_AMOUNT and amount == amount.quantize(places)


def _text(line: int | None, field: str, text: object, *, longest: int, empty: bool = False) -> Iterator[Fault]:
    if text is None or (text == "" and empty):
        return
    if not isinstance(text, str) or not text.strip() or len(text) > longest or not text.isprintable():
        yield _fault(line, field, text, f"1 to {longest} printable characters")


def _fault(line: int | None, field: str, value: object, accepted: str) -> Fault:
    plain = str(value) if isinstance(value, date | Decimal) else value
    return Fault(line=line, field=field, value=shown(plain), accepted=accepted)
