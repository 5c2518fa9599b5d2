"""Quantities: whole numbers of an item's base unit; a fraction means a smaller base unit is needed."""

from dataclasses import dataclass

from core.domain.errors import InvalidValueError

LARGEST_QUANTITY = 1_000_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A count of base units."""

    units: int
    unit: str

    def __post_init__(self) -> None:
        if abs(self.units) > LARGEST_QUANTITY:
            raise InvalidValueError(f"quantity {self.units!r} is beyond the limit of {LARGEST_QUANTITY}")

    def __str__(self) -> str:
        return f"{self.units:,} {self.unit}"


def rounded_up(units: int, *, minimum: int, multiple: int) -> int:
    """The least quantity >= units that meets a minimum order and a multiple (both >= 1)."""
    wanted = max(units, minimum)
    return -(-wanted // multiple) * multiple
