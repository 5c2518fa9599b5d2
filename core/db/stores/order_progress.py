"""How far orders and their lines are: steps of their life, taken under a lock on the order, and counts of units."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update

from core.db.rows import SalesOrderLineRow, SalesOrderRow
from core.db.stores.order_schedules import add_entry, begin_schedule, read_schedule, write_schedule
from core.db.transaction import Transaction
from core.domain.errors import IllegalTransitionError, InvalidValueError, NotFoundError
from core.domain.ids import OrderNo
from core.domain.order_life import OrderState, may_become, overall, refusal
from core.domain.schedules import cancelled_now, shipped_now
from core.domain.timeline import TimelineEntry, TimelineKind

_SCHEDULED = (OrderState.CONFIRMED, OrderState.SHIPPED)
_COUNTS = ("shipped", "cancelled", "delivered", "invoiced", "returned")


def locked_order(transaction: Transaction, number: OrderNo) -> SalesOrderRow:
    """The row of an order, held until the transaction ends: every change of an order begins with it."""
    return transaction.one(SalesOrderRow, SalesOrderRow.number == number, what=f"sales order {number!r}", lock=True)


def locked_lines(transaction: Transaction, order: SalesOrderRow) -> Sequence[SalesOrderLineRow]:
    """The rows of the lines of a locked order."""
    query = select(SalesOrderLineRow).where(SalesOrderLineRow.order_id == order.id).order_by(SalesOrderLineRow.line)
    return transaction.session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def advance(transaction: Transaction, number: OrderNo, line: int | None, *, to: OrderState, why: str) -> None:
    """The step of one line, or of every line that may take it: of those on hold only if the order ends."""
    order = locked_order(transaction, number)
    rows = locked_lines(transaction, order)
    chosen = [row for row in rows if line in (None, row.line)]
    if not chosen:
        raise NotFoundError(f"there is no sales order line {number}/{line}")
    stays = line is None and to is not OrderState.CANCELLED
    moving = {row.line: to for row in chosen if _may(row, to) and not (stays and row.state == OrderState.ON_HOLD)}
    if not moving:
        first = chosen[0]
        raise IllegalTransitionError(_why_not(number, first, to), order=number, line=first.line, state=first.state)
    _move(transaction, order, rows, moving, why=why)


def resume(transaction: Transaction, number: OrderNo, *, why: str) -> None:
    """Every line on hold back to where it was; a line entered on hold is a draft again."""
    order = locked_order(transaction, number)
    rows = locked_lines(transaction, order)
    held = [row for row in rows if row.state == OrderState.ON_HOLD]
    if not held:
        raise IllegalTransitionError(f"no line of order {number} is on hold; it is {order.state}", order=number)
    _move(transaction, order, rows, {row.line: OrderState(row.held_from or "draft") for row in held}, why=why)


def count_line(transaction: Transaction, number: OrderNo, line: int, counts: Mapping[str, int]) -> None:
    """Add to the counts of a line in one guarded statement, and close as many units of its schedule."""
    if any(count < 0 for count in counts.values()) or not any(counts.values()):
        raise InvalidValueError(f"counts {dict(counts)!r} add nothing; accepted are counts of 0 or more, one above 0")
    order = locked_order(transaction, number)
    after = {name: getattr(SalesOrderLineRow, name) + counts[name] for name in _COUNTS}
    changed = (
        update(SalesOrderLineRow)
        .where(
            SalesOrderLineRow.order_id == order.id,
            SalesOrderLineRow.line == line,
            after["shipped"] + after["cancelled"] <= SalesOrderLineRow.ordered,
            after["delivered"] <= after["shipped"],
            after["returned"] <= after["shipped"],
            after["invoiced"] <= SalesOrderLineRow.ordered,
        )
        .values(after)
        .execution_options(synchronize_session=False)
    )
    if not transaction.session.connection().execute(changed).rowcount:
        raise _too_many(transaction, order, line, counts)
    _close(transaction, order.id, line, shipped=counts["shipped"], cancelled=counts["cancelled"])
    added = {name: count for name, count in counts.items() if count}
    transaction.note(scope=f"order:{number}", event="line_counted", subject=f"{number}/{line}", facts=added)


def follow_lines(order: SalesOrderRow, rows: Sequence[SalesOrderLineRow]) -> None:
    """The order is as far as the least advanced of its lines."""
    order.state = overall(OrderState(row.state) for row in rows)


def _may(row: SalesOrderLineRow, to: OrderState) -> bool:
    return may_become(OrderState(row.state), to) and not (to is OrderState.CANCELLED and row.shipped)


def _why_not(number: OrderNo, row: SalesOrderLineRow, to: OrderState) -> str:
    if to is OrderState.CANCELLED and may_become(OrderState(row.state), to):
        return f"{row.shipped} units of order line {number}/{row.line} have left; only what is open can be cancelled"
    return refusal(f"order line {number}/{row.line}", OrderState(row.state), to)


def _move(
    transaction: Transaction,
    order: SalesOrderRow,
    rows: Sequence[SalesOrderLineRow],
    moving: Mapping[int, OrderState],
    *,
    why: str,
) -> None:
    steps: dict[str, str] = {}
    for row in rows:
        if (to := moving.get(row.line)) is None:
            continue
        steps[str(row.line)] = f"{row.state} -> {to}"
        if to is OrderState.CANCELLED:
            still = row.ordered - row.shipped - row.cancelled
            row.cancelled += still
            _close(transaction, order.id, row.line, cancelled=still)
        if to in _SCHEDULED:
            begin_schedule(transaction, order, row)
        row.state = to
    was = order.state
    follow_lines(order, rows)
    transaction.session.flush()
    told = ", ".join(f"line {line}: {step}" for line, step in steps.items())
    only = next(iter(moving)) if len(moving) == 1 else None
    add_entry(transaction, order.id, TimelineEntry(kind=TimelineKind.STATE, text=f"{told} ({why})", line=only))
    transaction.note(
        scope=f"order:{order.number}",
        event="order_advanced",
        subject=order.number,
        facts={"lines": steps, "order": f"{was} -> {order.state}", "why": why},
    )


def _close(transaction: Transaction, order_id: int, line: int, *, shipped: int = 0, cancelled: int = 0) -> None:
    parts = read_schedule(transaction, order_id, line)
    if not parts or not (shipped or cancelled):
        return
    closed = cancelled_now(shipped_now(parts, shipped), cancelled)
    write_schedule(transaction, order_id, line, closed)


def _too_many(
    transaction: Transaction, order: SalesOrderRow, line: int, counts: Mapping[str, int]
) -> InvalidValueError:
    condition = (SalesOrderLineRow.order_id == order.id) & (SalesOrderLineRow.line == line)
    row = transaction.one(SalesOrderLineRow, condition, what=f"sales order line {order.number}/{line}")
    now = {name: getattr(row, name) for name in ("ordered", *_COUNTS)}
    asked = {name: count for name, count in counts.items() if count}
    return InvalidValueError(
        f"order line {order.number}/{line} cannot be counted up by {asked!r}: it stands at {now!r}; accepted are at"
        " most the open units for shipped and cancelled, and what has shipped for delivered and returned",
        order=order.number,
        line=line,
    )
