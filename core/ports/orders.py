"""What the services need of sales orders: what they say, how far they are, and what was said about them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from core.domain.amendments import AmendmentDone
from core.domain.ids import CustomerCode, OrderNo
from core.domain.order_life import OrderState
from core.domain.order_versions import OrderContent
from core.domain.orders import PromiseRecord, SalesOrder, SalesOrderLine
from core.domain.schedules import ScheduleLine
from core.domain.timeline import TimelineEntry

LineKey = tuple[OrderNo, int]


class OrderStore(Protocol):
    """Sales orders, their lines, schedules, timeline, versions and the history of their promises."""

    def order(self, number: OrderNo) -> SalesOrder: ...
    def lines(self, number: OrderNo) -> tuple[SalesOrderLine, ...]: ...
    def line(self, number: OrderNo, line: int) -> SalesOrderLine: ...

    def of_lines(self, keys: Collection[LineKey]) -> Mapping[LineKey, tuple[SalesOrder, SalesOrderLine]]:
        """Those of these lines that there are, by order and number, each with its order: read at once."""
        ...

    def new_number(self) -> OrderNo:
        """A number no order has."""
        ...

    def with_po(self, customer: CustomerCode, customer_po: str, *, since: date) -> tuple[OrderNo, ...]:
        """The customer's orders with this PO number, written in any width, case and spacing, that were not cancelled.

        Another one asking for the same number waits until this transaction ends.
        """
        ...

    def quotes_before(self, day: date) -> tuple[OrderNo, ...]:
        """The quotes that expired before a day and were neither placed nor cancelled, by number."""
        ...

    def past_cancel_date(self, day: date) -> tuple[tuple[OrderNo, int], ...]:
        """The lines not picked yet of which something is open after the day it was to be cancelled, in order."""
        ...

    def add(self, order: SalesOrder, lines: Sequence[SalesOrderLine]) -> None:
        """A new order as it is given; an `entry_sequence` of 0 means the next one."""
        ...

    def save(self, order: SalesOrder, *, version: int) -> int:
        """What the order says from now on, and the version that gives it. State and version of `order` are not read.

        Call it before `save_line`: it keeps the order and all its lines as the earlier version. ConflictError when
        the order is not at `version` any more.
        """
        ...

    def lock(self, number: OrderNo, *, version: int) -> SalesOrder:
        """The order, held until this transaction ends; ConflictError when it is not at `version` any more."""
        ...

    def save_line(self, line: SalesOrderLine) -> None:
        """What a line says from now on, or a new line. State, promises and counts of a known line are not read."""
        ...

    def version_of(self, number: OrderNo, version: int) -> OrderContent: ...

    def keep_amendment(self, done: AmendmentDone) -> None:
        """Keep a change that was carried out, with what was shown before it."""
        ...

    def amendments(self, number: OrderNo) -> tuple[AmendmentDone, ...]:
        """The changes of an order, oldest first."""
        ...

    def advance(self, number: OrderNo, line: int | None, *, to: OrderState, why: str) -> None:
        """A step in the life of one line, or of every line that may take it; the order follows its lines.

        A step of all lines leaves those on hold where they are, unless it cancels them. A cancelled line's open units
        are counted as cancelled. IllegalTransitionError when no line may.
        """
        ...

    def resume(self, number: OrderNo, *, why: str) -> None:
        """Every line on hold is again what it was before."""
        ...

    def count_line(
        self,
        number: OrderNo,
        line: int,
        *,
        shipped: int = 0,
        cancelled: int = 0,
        delivered: int = 0,
        invoiced: int = 0,
        returned: int = 0,
    ) -> None:
        """Add to the counts of a line and close as many units of its schedule; InvalidValueError when too many."""
        ...

    def schedule(self, number: OrderNo, line: int) -> tuple[ScheduleLine, ...]: ...

    def set_schedule(self, number: OrderNo, line: int, lines: Sequence[ScheduleLine]) -> None:
        """The parts of a line from now on; together they are exactly what was ordered."""
        ...

    def tell(self, number: OrderNo, entry: TimelineEntry) -> None: ...
    def timeline(self, number: OrderNo) -> tuple[TimelineEntry, ...]: ...
    def promise(self, record: PromiseRecord) -> None: ...
    def promises(self, number: OrderNo, line: int) -> tuple[PromiseRecord, ...]: ...
