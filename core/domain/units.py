"""Units: how many base units one of another unit is, and a quantity in base units, exactly or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from core.domain.quantity import LARGEST_QUANTITY


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """What an item is counted in: its base unit, and larger ones with their base units."""

    base: str
    packs: Mapping[str, int]

    def factor(self, unit: str | None) -> int | None:
        """The base units in one of a unit; nothing said is the base unit. None when the item is not counted in it."""
        return 1 if unit in (None, "", self.base) else self.packs.get(unit)

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every unit the item is counted in, the base unit first."""
        return (self.base, *sorted(unit for unit in self.packs if unit != self.base))


def in_base(quantity: Decimal | int, factor: int) -> int | None:
    """A quantity of a unit in base units; None where a fraction of one would be left, which is never rounded away."""
    with localcontext(prec=_DIGITS):
        units = Decimal(quantity) * factor
    return int(units) if units == units.to_integral_value() else None


# As many digits as the largest quantity of the largest pack has, and as many after the point.
_DIGITS = 4 * len(str(LARGEST_QUANTITY))
