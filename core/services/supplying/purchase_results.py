"""What the use cases of a purchase order answer, and what each of them asks of quantities and prices."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.errors import InvalidValueError
from core.domain.ids import PurchaseOrderNo
from core.domain.money import LARGEST_AMOUNT, PRICE_STEP
from core.domain.purchasing import DecisionState, Difference
from core.domain.quantity import LARGEST_QUANTITY
from core.domain.supply_life import PurchaseStage
from core.ports.storage import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseResult:
    """Where the order is now. `differences` says how an answer was not as asked, by line; the prices of the lines in
    `pending` wait for a buyer."""

    number: PurchaseOrderNo
    stage: PurchaseStage
    version: int
    differences: tuple[tuple[int, Difference], ...] = ()
    pending: tuple[int, ...] = ()


def result_of(
    uow: UnitOfWork, number: PurchaseOrderNo, *, differences: tuple[tuple[int, Difference], ...] = ()
) -> PurchaseResult:
    """The order as it is now."""
    order = uow.purchasing.order(number)
    return PurchaseResult(
        number=number,
        stage=order.stage,
        version=order.version,
        differences=differences,
        pending=pending_prices(uow, number),
    )


def pending_prices(uow: UnitOfWork, number: PurchaseOrderNo) -> tuple[int, ...]:
    """The lines whose price waits for a buyer."""
    changes = uow.price_changes.of_order(number)
    return tuple(sorted(change.line for change in changes if change.state is DecisionState.PENDING))


def check_quantity(units: int, *, least: int, where: str) -> None:
    """InvalidValueError when a quantity is not from `least` to the largest there is."""
    if not least <= units <= LARGEST_QUANTITY:
        raise InvalidValueError(
            f"quantity {units!r} of {where} is not accepted; accepted is {least} to {LARGEST_QUANTITY}",
            field="quantity",
        )


def check_price(price: Decimal, *, where: str) -> None:
    """InvalidValueError when a price is negative, too large, or finer than a ten-thousandth."""
    fits = price.is_finite() and 0 <= price <= LARGEST_AMOUNT and price % PRICE_STEP == 0
    if not fits:
        raise InvalidValueError(
            f"price {price!r} of {where} is not accepted; accepted is 0 to {LARGEST_AMOUNT} in steps of {PRICE_STEP}",
            field="unit_price",
        )
