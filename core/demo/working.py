"""When and where the full-size company works: a calendar a site, four work centres a plant, a routing an item."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.demo.places import GHENT, HOUSTON, PRODUCTION, RENO, TULSA
from core.domain.calendars import Calendar, CalendarException, Shift
from core.domain.ids import CalendarCode, WorkCenterCode
from core.domain.items import Item
from core.domain.making import Operation, OperationAlternate, WorkCenter

CALENDAR_OF = {HOUSTON: "HOUSTON", RENO: "RENO", TULSA: "TULSA", GHENT: "GHENT"}
_HOLIDAYS = {HOUSTON: "US-TX", RENO: "US-NV", TULSA: "US-OK", GHENT: "BE"}
_PLANTS = {HOUSTON: "HOU", RENO: "RNO", TULSA: "TUL"}
_CENTERS = (
    ("MACH", "machining", 6, "68.00"),
    ("WELD", "welding", 3, "61.00"),
    ("ASSY", "assembly", 8, "44.00"),
    ("TEST", "test bench", 4, "52.00"),
)
_OPENS, _CLOSES, _NIGHT = 6 * 60, 22 * 60, 24 * 60
_BRIDGE = date(2026, 11, 27)
_MACHINED = frozenset({"MB", "BB", "FM", "LB", "YB", "GB"})
_WELDED = frozenset({"BF"})
_TESTED = frozenset({"GV", "BV", "CV", "FV", "LV", "AV", "CP", "PS", "AC"})


def calendars() -> tuple[Calendar, ...]:
    """Two shifts on weekdays, one in Ghent; public holidays and the day after Thanksgiving are off."""
    rows = [
        Calendar(
            code=CalendarCode(code),
            name=f"{site} working time",
            shifts=tuple(
                Shift(weekday=day, begins=_OPENS, ends=_OPENS + 480 if site == GHENT else _CLOSES) for day in range(5)
            ),
            holidays=_HOLIDAYS[site],
            exceptions=() if site == GHENT else (CalendarException(on=_BRIDGE, minutes=0, reason="Bridge day"),),
        )
        for site, code in CALENDAR_OF.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.code))


def work_centers() -> tuple[WorkCenter, ...]:
    """The work centres of the three plants."""
    rows = [
        WorkCenter(
            code=WorkCenterCode(f"{short}-{code}"),
            name=f"{site}, {name}",
            location=PRODUCTION[site],
            calendar=CalendarCode(CALENDAR_OF[site]),
            stations=stations,
            hourly_cost=Decimal(cost),
            overtime_minutes=120,
            overtime_hourly_cost=Decimal(cost) * Decimal("1.5"),
        )
        for site, short in _PLANTS.items()
        for code, name, stations, cost in _CENTERS
    ]
    return tuple(sorted(rows, key=lambda row: row.code))


def operations(items: Sequence[Item]) -> tuple[Operation, ...]:
    """How every made item is made, in Houston."""
    rows = [row for item in items if item.make for row in _routing(item)]
    return tuple(sorted(rows, key=lambda row: (row.item, row.sequence)))


def operation_alternates(items: Sequence[Item]) -> tuple[OperationAlternate, ...]:
    """The other plants do the same, a little slower."""
    rows = [
        OperationAlternate(
            item=step.item,
            sequence=step.sequence,
            work_center=WorkCenterCode(f"{short}-{step.work_center[4:]}"),
            priority=rank,
            time_factor=Decimal("1.1"),
        )
        for step in operations(items)
        for rank, short in enumerate(("TUL", "RNO"), start=2)
    ]
    return tuple(sorted(rows, key=lambda row: (row.item, row.sequence, row.work_center)))


def _routing(item: Item) -> list[Operation]:
    family = item.code[:2]
    if family in _MACHINED:
        return [_step(item, 10, "MACH", "Machine", 40, "14"), _step(item, 20, "TEST", "Measure", 5, "2")]
    if family in _WELDED:
        return [_step(item, 10, "WELD", "Weld", 30, "55"), _step(item, 20, "ASSY", "Paint", 15, "20")]
    steps = [_step(item, 10, "ASSY", "Assemble", 15, "9" if family in {"RK", "YK"} else "24")]
    return [*steps, _step(item, 20, "TEST", "Test", 10, "8")] if family in _TESTED else steps


def _step(item: Item, sequence: int, center: str, name: str, setup: int, unit: str) -> Operation:
    return Operation(
        item=item.code,
        sequence=sequence,
        name=name,
        work_center=WorkCenterCode(f"HOU-{center}"),
        setup_minutes=setup,
        unit_minutes=Decimal(unit),
        yield_percent=Decimal(98) if center == "MACH" else Decimal(100),
    )
