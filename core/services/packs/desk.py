"""The desk a pack is read on: its sheets, its mapping, the log, and the codes read so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.money import LARGEST_LINE_VALUE
from core.domain.units import Units
from core.services.packs.cells import Refused, as_decimal, as_text
from core.services.packs.gaps import GapLog, GapRule
from core.services.packs.mapping import PackMapping
from core.services.packs.sheet import Sheet

as_price = as_decimal(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every part of the reading needs."""

    mapping: PackMapping
    sheets: Mapping[str, Sheet]
    log: GapLog

    @property
    def as_of(self) -> date:
        """The business date of the pack."""
        return self.mapping.as_of


def currencies(desk: Desk, sheet: Sheet) -> list[str]:
    """The currency column: blank or the company's own, because no sum holds two currencies."""
    own = desk.mapping.currency
    values = sheet.defaulted("currency", as_text, own)
    for row, value in enumerate(values):
        if value != own:
            accepted = f"accepted is {own!r}, the currency of the pack; convert the amounts first"
            sheet.reject(row, "currency", GapRule.OTHER_CURRENCY, accepted)
    return values


def refuse_dear(sheet: Sheet, quantities: Sequence[int], prices: Sequence[Decimal]) -> None:
    """Refuses order lines worth more than can be counted with all they put at stake."""
    accepted = f"accepted is a line worth at most {LARGEST_LINE_VALUE:,}"
    for row in sheet.good():
        if quantities[row] * prices[row] > LARGEST_LINE_VALUE:
            value = f"{quantities[row]} x {prices[row].normalize():f}"
            sheet.reject(row, "quantity,unit_price", GapRule.OUT_OF_RANGE, accepted, value=value)


def units_factor(desk: Desk, sheet: Sheet, units: list[str], own: list[str]) -> list[int]:
    """Base units in one of each row's unit: 1 in the item's own unit, else the declared factor."""
    factors: list[int] = []
    converted: list[int] = []
    for row, (unit, base) in enumerate(zip(units, own, strict=True)):
        # A base unit that is not known belongs to an item that is not known: that is said where the item is named.
        factor = Units(base=base, packs=desk.mapping.units).factor(unit) if base else 1
        if factor is None and row not in sheet.bad:
            accepted = f"accepted are {base!r}, the item's own unit, and those under [units] of the mapping"
            sheet.reject(row, "unit", GapRule.UNKNOWN_UNIT, accepted, value=unit)
        elif base and unit not in ("", base):
            converted.append(row)
        factors.append(factor or 1)
    accepted = "converted by the declared factors of [units]"
    sheet.warn(converted, "unit", GapRule.UNIT_FACTOR, accepted)
    return factors


def percentage(text: str) -> Decimal | Refused:
    """A percentage from 0 to 100 with at most two decimals."""
    return _PERCENT(text)


_PERCENT = as_decimal(2, most=Decimal(100))
