"""Asks for tests, days counted from the business date, and answers as plain rows."""

from typing import Any

from core.domain.ids import ItemCode, LocationCode
from core.domain.promising import Ask, Promise, TrialOrder
from core.planning.snapshot import date_of, day_number
from tests.core.planning.books import AS_OF


def ask(quantity: int, on: int = 0, *, item: str = "A", location: str = "MAIN", **values: Any) -> Ask:
    """Units of A at MAIN wanted on a day."""
    plain: dict[str, Any] = {"item": ItemCode(item), "location": LocationCode(location), "quantity": quantity}
    return Ask(**plain, requested=date_of(AS_OF + on), **values)


def dates(answer: Promise) -> list[tuple[int, int]]:
    """Days and quantities."""
    return [(day_number(part.on) - AS_OF, part.quantity) for part in answer.dates]


def orders(answer: Promise) -> list[tuple[str, str, int, int, int]]:
    """Trial orders: kind, item, quantity, begin and due."""
    return [row(one) for one in answer.commands]


def row(order: TrialOrder) -> tuple[str, str, int, int, int]:
    """One of them."""
    return (
        order.kind.value,
        order.item,
        order.quantity,
        day_number(order.begin) - AS_OF,
        day_number(order.due) - AS_OF,
    )


def codes(answer: Promise) -> list[str]:
    """What stood in the way, by code, each once."""
    return list(dict.fromkeys(reason.code.value for reason in answer.reasons))
