"""What binds a short requirement, in words."""

from core.planning.binding import Bind, Binding, takings_of
from core.planning.naming import counted, day_name
from core.planning.outcome import NetResult
from core.planning.snapshot import NEVER, Snapshot


def making_words(snapshot: Snapshot, binding: Binding, *, item: int) -> str:
    """How long making an item takes, as far as its lead time, calendar or work centre says so."""
    days, there = int(snapshot.items.lead_days[item]), day_name(binding.day)
    match binding.kind:
        case Bind.CAPACITY if binding.day == NEVER:
            return f"work centre {snapshot.work_centers.code[binding.center]} has no room for them in ten years"
        case Bind.CAPACITY:
            center = snapshot.work_centers.code[binding.center]
            return (
                f"making them takes {counted(days, 'day')}, and work centre {center} has room for them by {there} only"
            )
        case Bind.CALENDAR:
            return f"making them takes {counted(days, 'working day')}: {there}"
        case _:
            return f"making them takes {counted(days, 'day')}: {there}"


def rerouted_words(snapshot: Snapshot, result: NetResult, requirement: int) -> str:
    """Where operations are done because their own work centres end them too late, such as `; operation 20 goes to
    PAINT-2, as PAINT-1 has no room for it in time`; nothing where all stay."""
    table, steps, codes, words = result.rerouted, snapshot.operations, snapshot.work_centers.code, list[str]()
    for row in table.of(requirement).tolist():
        operation = int(table.operation[row])
        own, other = codes[int(steps.center[operation])], codes[int(table.center[row])]
        words.append(f"; operation {steps.sequence[operation]} goes to {other}, as {own} has no room for it in time")
    return "".join(words)


def taking_words(snapshot: Snapshot, result: NetResult, requirement: int) -> tuple[str, ...]:
    """What could come from elsewhere, such as `30 could come from RENO by 2026-11-05`."""
    table, words = result.takings, list[str]()
    for row in takings_of(result, requirement).tolist():
        units, there = int(table.units[row]), day_name(int(table.day[row]))
        if table.lane[row] >= 0:
            origin = snapshot.locations.code[int(snapshot.lanes.origin[int(table.lane[row])])]
            words.append(f"{units:,} could come from {origin} by {there}")
        else:
            other = snapshot.items.code[int(table.item[row])]
            words.append(f"{int(table.taken[row]):,} {other} could take the place of {units:,}, there on {there}")
    return tuple(words)
