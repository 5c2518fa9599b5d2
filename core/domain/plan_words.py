"""A plan in words: one sentence an action, made from the plan itself, so that what is read is what is executed."""

from typing import assert_never

from core.domain.plans import Action, Buy, Expedite, RePromise, Transfer, Wait


def plan_sentences(actions: tuple[Action, ...]) -> tuple[str, ...]:
    """What will be done, in order."""
    return tuple(_sentence(action) for action in actions)


def _sentence(action: Action) -> str:
    match action:
        case Wait():
            return f"do nothing until {action.until}, then look again"
        case Transfer():
            return (
                f"transfer order {action.reference}: {action.quantity:,} {action.item} from {action.origin} to"
                f" {action.destination}, leaving {action.ship_on}, there {action.arrive_on}, for {action.cost:,.2f}"
            )
        case Expedite():
            return (
                f"expedite purchase order {action.purchase_order}/{action.line} at {action.supplier}"
                f" ({action.quantity:,} {action.item}) from {action.old_due} to {action.new_due}, for {action.fee:,.2f}"
            )
        case Buy():
            return (
                f"purchase order {action.reference} to {action.supplier}: {action.quantity:,} {action.item} at"
                f" {action.unit_price:,.4f} {action.currency}, to {action.location}, there {action.arrive_on}"
                f" (quote {action.quote})"
            )
        case RePromise():
            return (
                f"promise order line {action.order}/{action.line} for {action.new} instead of {action.old}"
                " and tell the customer"
            )
        case _:
            assert_never(action)
