"""Recurring orders: kept as templates, and made into drafts on their dates, each once."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.ids import OrderNo
from core.domain.order_entry import EnterOrder, Fault, WantedLine, faulty, shape_faults
from core.domain.recurring import (
    Every,
    OrderTemplate,
    RecurringOrder,
    TemplateLine,
    check_recurring,
    dates_due,
    next_after,
)
from core.ports.storage import UnitOfWork
from core.services.ordering.entering import enter_order

LONGEST_CODE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRecurring:
    """An order of a customer comes again every so many days, weeks or months."""

    key: str
    code: str
    every: int
    unit: Every
    first_on: date
    template: OrderTemplate
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRecurring:
    """No more orders of a recurring one."""

    key: str
    code: str


def add_recurring(uow: UnitOfWork, command: AddRecurring) -> RecurringOrder:
    """Keep a recurring order; the first one is due on `first_on`, not before today."""

    def act() -> RecurringOrder:
        today = uow.company.settings().as_of
        if command.first_on < today:
            raise InvalidValueError(
                f"first_on {command.first_on} has passed; accepted is {today} or later", field="first_on"
            )
        uow.recurring.add(order)
        return order

    order = _order_of(checked(command))
    return uow.commands.once(command.key, command, RecurringOrder, act)


def end_recurring(uow: UnitOfWork, command: EndRecurring) -> RecurringOrder:
    """End a recurring order; those made from it stay."""

    def act() -> RecurringOrder:
        found = uow.recurring.get(command.code)
        uow.recurring.move(found.code, old=found.next_on, new=None)
        return uow.recurring.get(command.code)

    return uow.commands.once(command.key, command, RecurringOrder, act)


def due_recurring(uow: UnitOfWork, *, as_of: date) -> tuple[OrderNo, ...]:
    """A draft for every date that has come; called again it makes none twice."""
    made: list[OrderNo] = []
    for order in uow.recurring.due(as_of):
        days = dates_due(order, today=as_of)
        made += [enter_order(uow, _entry(order, day, as_of=as_of)).order for day in days]
        if days:
            uow.recurring.move(order.code, old=order.next_on, new=next_after(order, days[-1]))
    return tuple(made)


def _order_of(command: AddRecurring) -> RecurringOrder:
    order = RecurringOrder(
        code=command.code,
        every=command.every,
        unit=command.unit,
        first_on=command.first_on,
        next_on=command.first_on,
        template=command.template,
        until=command.until,
    )
    if not command.code.strip() or not command.code.isprintable() or len(command.code) > LONGEST_CODE:
        fault = Fault(line=None, field="code", value=repr(command.code), accepted=f"1 to {LONGEST_CODE} characters")
        raise faulty([fault])
    check_recurring(order)
    wrong = shape_faults(_entry(order, order.first_on, as_of=order.first_on))
    if wrong:
        raise faulty(wrong)
    return order


def _entry(order: RecurringOrder, day: date, *, as_of: date) -> EnterOrder:
    """The draft of a date. One that was missed is requested as soon as its days allow, but not for the past."""
    template = order.template
    return EnterOrder(
        key=f"recurring:{order.code}:{day}",
        customer=template.customer,
        customer_po=template.customer_po,
        channel=template.channel,
        lines=tuple(_wanted(line, day, as_of=as_of) for line in template.lines),
        number=OrderNo(f"{order.code}-{day:%Y%m%d}"),
        address=template.address,
        source=order.code,
        duplicate_meant=True,
        draft=True,
    )


def _wanted(line: TemplateLine, day: date, *, as_of: date) -> WantedLine:
    return WantedLine(
        item=line.item,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        requested=max(as_of, day + timedelta(days=line.days_ahead)),
    )
