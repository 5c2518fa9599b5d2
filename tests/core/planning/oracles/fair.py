"""Fair share in plain Python: day by day, what is there is shared by all who need by then and wait."""

from collections.abc import Sequence
from fractions import Fraction


def fair(needs: Sequence[tuple[int, int]], receipts: Sequence[tuple[int, int]], *, today: int) -> list[int]:
    """Units of receipts (day, units) that each of the needs (day, units) gets; they stand in line."""
    needs = [(max(day, today), units) for day, units in needs]
    given = [0] * len(needs)
    days = sorted({day for day, _ in needs})
    for n, day in enumerate(days):
        come = sum(units for there, units in receipts if n + 1 == len(days) or there < days[n + 1])
        rest = {at: units - given[at] for at, (need, units) in enumerate(needs) if need <= day}
        for at, units in _portions(come - sum(given), rest).items():
            given[at] += units
    return given


def _portions(pool: int, rest: dict[int, int]) -> dict[int, int]:
    if pool >= sum(rest.values()):
        return rest
    ideal = {at: Fraction(pool * units, sum(rest.values())) for at, units in rest.items()}
    part = {at: int(share) for at, share in ideal.items()}
    by_remainder = sorted(rest, key=lambda at: (part[at] - ideal[at], at))
    for at in by_remainder[: pool - sum(part.values())]:
        part[at] += 1
    return part
