"""Lacking: what a case lacks, line by line where the lines lack the item itself, else day by day."""

from dataclasses import dataclass

from core.domain.cases import Case
from core.planning.repair.wants import Want
from core.planning.snapshot import day_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Units lacking on day `need`, for one order line or (`line` None) for all that hangs on the case; `late` days late
    if nothing is done. `customer` is who would be told."""

    line: tuple[str, int] | None
    customer: str
    units: int
    need: int
    late: int


def lacking_of(case: Case, want: Want) -> tuple[Lacking, ...]:
    """One for each line that lacks the item itself, the first due first, and for what is left on the day of the case;
    else one for each day it is needed on."""
    detected = case.detected
    if all(one.item == want.item for one in detected.impacts) and detected.impacts:
        found, left = _by_line(case, want)
        needs = [(day_number(detected.needed_by), left)] if left else []
    else:
        found, needs = [], list(want.needs)
    customer = min((one.customer for one in detected.impacts), default=f"nobody of {case.id}")
    late = max((one.days_late for one in detected.impacts), default=0)
    rest = [Lacking(line=None, customer=customer, units=units, need=day, late=late) for day, units in needs]
    return (*found, *rest)


def _by_line(case: Case, want: Want) -> tuple[list[Lacking], int]:
    found, left = list[Lacking](), want.units
    for impact in sorted(case.detected.impacts, key=lambda one: (one.due, one.order, one.line)):
        units = min(left, impact.quantity)
        left -= units
        if units:
            one = Lacking(
                line=(impact.order, impact.line),
                customer=impact.customer,
                units=units,
                need=day_number(impact.due),
                late=impact.days_late,
            )
            found.append(one)
    return found, left
