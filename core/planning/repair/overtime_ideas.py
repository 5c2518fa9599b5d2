"""R10 with R15: make it sooner, some of the work on overtime, where that is sooner than without."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal

from core.domain.ids import WorkCenterCode
from core.domain.money import rounded
from core.domain.options import CostTerm
from core.domain.plans import Make, Overtime
from core.planning.free_minutes import FreeMinutes, free_minutes
from core.planning.outcome import NetResult
from core.planning.positions import item_position
from core.planning.repair.ideas import Desk, Idea, day_words, lot
from core.planning.repair.making import MakeIdea, components_ready
from core.planning.repair.terms import WorkingDay
from core.planning.repair.work_minutes import Step, Worked, steps_of, worked
from core.planning.snapshot import day_number

_MINUTES = Decimal(60)


@dataclass(frozen=True, slots=True, kw_only=True)
class OvertimeIdea(MakeIdea):
    """A new work order whose operations go on after hours on days that allow it, as far as that takes."""

    free: FreeMinutes = field(compare=False)
    steps: tuple[Step, ...]
    days: Mapping[tuple[int, int], WorkingDay]

    @property
    def note(self) -> str:
        """Why it is feasible."""
        there = f"{self.wanted.item} is there on {day_words(self.reach.arrives)}"
        return f"with overtime where it is allowed {there}; its components are there on {day_words(self.start)}"

    def said(self, quantity: int) -> str:
        """Bringing so many units, in a few words."""
        return (
            f"make {quantity:,} {self.wanted.item} with {sum(self.overtime(quantity).values()):,} minutes of overtime"
        )

    def overtime(self, quantity: int) -> Mapping[tuple[int, int], int]:
        """Minutes of overtime for so many units, by centre and day number."""
        placed = _placed(self.free, self.steps, self.days, quantity, start=self.start)
        return placed.overtime if placed else {}

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        """Those of making it, and the wages."""
        more = sum((_wages(self.days[key], minutes) for key, minutes in self.overtime(quantity).items()), Decimal(0))
        plain = MakeIdea.terms(self, quantity, needed=needed)
        return (*plain, CostTerm(name="overtime", amount=more)) if more else plain

    def action(self, quantity: int, *, needed: int, number: str) -> Make:
        """The work order; the wages are with the overtime."""
        plain = MakeIdea.action(self, quantity, needed=needed, number=number)
        return replace(plain, cost=plain.cost - sum((day.cost for day in self.longer_days(quantity)), Decimal(0)))

    def longer_days(self, quantity: int) -> tuple[Overtime, ...]:
        """The days made longer for so many units."""
        return tuple(
            Overtime(
                center=WorkCenterCode(self.days[key].center),
                day=self.days[key].day,
                minutes=minutes,
                capacity=self.days[key].capacity,
                booked=self.days[key].booked,
                allowed=self.days[key].allowed,
                cost=_wages(self.days[key], minutes),
            )
            for key, minutes in sorted(self.overtime(quantity).items())
        )


def overtime_ideas(desk: Desk, result: NetResult, ideas: Sequence[Idea]) -> list[OvertimeIdea]:
    """What is made of them with overtime, where all that is wanted is there sooner by it."""
    snapshot, codes = desk.snapshot, desk.snapshot.work_centers.code
    days = {
        (codes.index(one.center), day_number(one.day)): one
        for one in desk.terms.longer
        if one.center in codes and one.most > one.allowed
    }
    if not days:
        return []
    ready, _ = components_ready(snapshot, result, desk.want)
    free, steps = free_minutes(snapshot), steps_of(snapshot, item_position(snapshot, desk.want.item))
    found: list[OvertimeIdea] = []
    for idea in (one for one in ideas if isinstance(one, MakeIdea)):
        units = lot(idea.reach, max(desk.want.in_all, desk.want.units))
        plain, placed = (_placed(free, steps, some, units, start=ready) for some in ({}, days))
        if placed is None or not placed.overtime or (plain is not None and plain.end <= placed.end):
            continue
        reach = replace(idea.reach, arrives=placed.end, most=units, last_day=max(snapshot.as_of, ready))
        values = {one.name: getattr(idea, one.name) for one in fields(MakeIdea)}
        values |= {"reach": reach, "start": ready, "free": free, "steps": steps, "days": days}
        found.append(OvertimeIdea(**values))
    return found


def _placed(
    free: FreeMinutes,
    steps: tuple[Step, ...],
    days: Mapping[tuple[int, int], WorkingDay],
    quantity: int,
    *,
    start: int,
) -> Worked | None:
    longer = {key: one.most - one.allowed for key, one in days.items()}
    return worked(free, steps, quantity, start=start, longer=longer)


def _wages(day: WorkingDay, minutes: int) -> Decimal:
    return rounded(day.hourly_cost * minutes / _MINUTES)
