"""Assuming: what a pack lacks is put in place as its mapping declares, and said in one sentence each."""

from datetime import date

from core.services.packs.mapping import EVERY_OTHER, PackMapping
from core.services.packs.sheet import Sheet


def assume(mapping: PackMapping, sheets: dict[str, Sheet]) -> tuple[str, ...]:
    """Fills the sheets and returns every assumption the reading rests on."""
    return (
        *mapping.assumptions,
        *assumed_of(
            as_of=mapping.as_of,
            currency=mapping.currency,
            time_zone=mapping.time_zone,
            buffer_days=mapping.buffer_days,
        ),
        *_fills(mapping, sheets),
        *_defaults(mapping, sheets),
        *_lanes(mapping),
        *_units(mapping),
    )


def assumed_of(*, as_of: date, currency: str, time_zone: str, buffer_days: int) -> tuple[str, ...]:
    """The sentences every pack's settings come to."""
    days = "1 day" if buffer_days == 1 else f"{buffer_days} days"
    return (
        f"The as-of date is {as_of}, the currency {currency}, the time zone {time_zone}.",
        f"A promise with less than {days} to spare is at risk.",
    )


def _fills(mapping: PackMapping, sheets: dict[str, Sheet]) -> tuple[str, ...]:
    said = (
        sheets[kind].fill(fill, sheets, mapping.as_of) for kind, part in mapping.files.items() for fill in part.fills
    )
    return tuple(sentence for sentence in said if sentence is not None)


def _defaults(mapping: PackMapping, sheets: dict[str, Sheet]) -> list[str]:
    """What stands for blank cells in every pack, where there are any."""
    penalty = f"{mapping.default_late_penalty_percent.normalize():f} percent of a late line's value a day"
    defaults = (
        ("customers", "late_penalty_percent", f"the penalty for lateness is {penalty}"),
        ("sales_orders", "ship_from", f"orders ship from {mapping.default_ship_from!r}"),
        ("sales_orders", "priority", "an order's priority is its customer's tier"),
        ("sales_orders", "entry_sequence", "orders were entered by order date, then order number"),
        ("sales_order_lines", "unit_price", "a line without a price counts at the item's list price, else at 0"),
    )
    return [
        f"{sheets[kind].file}: {sentence} ({blank:,} of {sheets[kind].size:,} rows)."
        for kind, column, sentence in defaults
        if (blank := sheets[kind].blank(column))
    ]


def _lanes(mapping: PackMapping) -> tuple[str, ...]:
    return tuple(
        f"Lane declared: {_place(lane.origin)} to {_place(lane.destination)}, {lane.days} "
        f"{'day' if lane.days == 1 else 'days'}, {lane.fixed_cost:.2f} {mapping.currency} a transfer "
        f"and {lane.unit_cost:.2f} {mapping.currency} a unit."
        for lane in mapping.lanes
    )


def _place(code: str) -> str:
    return "every other location" if code == EVERY_OTHER else repr(code)


def _units(mapping: PackMapping) -> tuple[str, ...]:
    if not mapping.units:
        return ()
    factors = ", ".join(f"1 {unit} = {factor}" for unit, factor in mapping.units.items())
    return (f"Units declared, in an item's base units: {factors}.",)
