"""How a sandbox supplier bargains: scripted, a function of its last price, the offer and its style."""

from decimal import ROUND_UP, Decimal
from typing import assert_never

from core.connectors.sandbox.catalogue import Bargaining, SandboxSupplier

_CENT = Decimal("0.01")


def price_after(supplier: SandboxSupplier, *, listed: Decimal, last: Decimal, offered: Decimal) -> Decimal | None:
    """The price of a unit it names next: the offer where it takes it, never below its lowest; None to end the talk."""
    lowest = (listed * supplier.lowest_percent / 100).quantize(_CENT, rounding=ROUND_UP)
    match supplier.bargaining:
        case Bargaining.LEAVES:
            return None
        case Bargaining.FIRM:
            wanted = last
        case Bargaining.MEETS_HALFWAY:
            wanted = ((last + offered) / 2).quantize(_CENT, rounding=ROUND_UP)
        case Bargaining.SLOW:
            wanted = (last - listed / 100).quantize(_CENT, rounding=ROUND_UP)
        case Bargaining.EAGER:
            wanted = offered
        case _:
            assert_never(supplier.bargaining)
    return min(last, max(lowest, wanted, offered))
