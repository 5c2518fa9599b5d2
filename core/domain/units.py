"""Units and packs: how many base units a quantity in another unit is, exactly, and how many packs a count fills."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.domain.errors import InvalidValueError
from core.domain.items import Item, UnitConversion
from core.domain.quantity import LARGEST_QUANTITY


def base_units(item: Item, conversions: Sequence[UnitConversion]) -> Mapping[str, int]:
    """The units an item is counted in and the base units of one of each; the base unit itself is 1."""
    others = {c.unit: c.base_units for c in conversions if c.item == item.code}
    return {**others, item.unit: 1}


def to_base(item: Item, quantity: Decimal, unit: str, conversions: Sequence[UnitConversion] = ()) -> int:
    """A quantity in base units. A fraction of a base unit is refused, and so is a unit that the item does not have."""
    per_unit = _per_unit(item, unit, conversions)
    if not quantity.is_finite() or quantity < 0 or quantity > LARGEST_QUANTITY:
        raise InvalidValueError(
            f"quantity {quantity!s} is not accepted; accepted is a number from 0 to {LARGEST_QUANTITY}",
            field="quantity",
        )
    units = quantity * per_unit
    if units != units.to_integral_value():
        below, above = int(units), int(units) + 1
        raise InvalidValueError(
            f"{quantity} {unit} of {item.code!r} is {units.normalize():f} {item.unit}, and only whole {item.unit} are"
            f" kept; accepted are {below} {item.unit} or {above} {item.unit}",
            field="quantity",
        )
    return int(units)


def in_packs(item: Item, units: int, unit: str, conversions: Sequence[UnitConversion] = ()) -> tuple[int, int]:
    """How many full packs of a unit a count of base units fills, and the base units that are left over."""
    if units < 0:
        raise InvalidValueError(f"{units!r} units fill no packs; accepted is 0 or more", field="units")
    return divmod(units, _per_unit(item, unit, conversions))


def _per_unit(item: Item, unit: str, conversions: Sequence[UnitConversion]) -> int:
    known = base_units(item, conversions)
    if unit not in known:
        raise InvalidValueError(
            f"{item.code!r} is not counted in {unit!r}; accepted are {sorted(known)!r}", field="unit"
        )
    return known[unit]
