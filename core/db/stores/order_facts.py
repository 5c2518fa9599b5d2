"""What the audit log keeps of an order's steps, the same whether a store or a batch writes them."""

from collections.abc import Iterable
from datetime import date

from core.domain.ids import CustomerCode
from core.domain.order_life import OrderState
from core.domain.order_terms import OrderKind
from core.domain.promises import PromiseReason
from core.domain.proposals import OutboxMessage
from core.domain.schedules import ScheduleLine
from core.domain.timeline import TimelineEntry


def added(*, customer: CustomerCode, kind: OrderKind, lines: int, state: OrderState) -> dict[str, object]:
    """Of a new order."""
    return {"customer": customer, "kind": kind, "lines": lines, "state": state}


def promised(made: Iterable[tuple[int, date | None, date, PromiseReason]]) -> dict[str, object]:
    """Of promises: line, day before, day from now on, and why."""
    return {str(line): {"old": old, "new": new, "reason": code.value} for line, old, new, code in made}


def scheduled(parts: Iterable[ScheduleLine]) -> dict[str, object]:
    """Of the parts of a line."""
    return {"parts": [f"{part.quantity} {part.state} {part.day} {part.location}" for part in parts]}


def told(entry: TimelineEntry) -> dict[str, object]:
    """Of an entry of the timeline."""
    return {"kind": entry.kind, "text": entry.text, "channel": entry.channel, "direction": entry.direction}


def queued(message: OutboxMessage) -> dict[str, object]:
    """Of a message to a partner."""
    return {"partner": message.partner, "kind": message.kind}
