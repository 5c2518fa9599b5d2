"""Rooting: every line that is late or short put under its root cause, with the requirements that meet there."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from core.domain.cases import ExceptionType
from core.planning.explaining import PAST_DUE, root_of
from core.planning.exposure import positions
from core.planning.impacts import Scan
from core.planning.naming import first_location, requirement_name, supply_name
from core.planning.outcome import PLANNED_COMPONENT, SALES_LINE


@dataclass(frozen=True, slots=True, kw_only=True)
class RootCause:
    """One root cause: its lines (positions in demand), the requirements their paths end in, and the work orders on the
    way. `supply` is the overdue purchase order line of an E02, -1 otherwise."""

    type: ExceptionType
    cause: str
    name: str
    supply: int
    lines: tuple[int, ...]
    roots: tuple[int, ...]
    work_orders: tuple[int, ...]

    @property
    def key(self) -> tuple[ExceptionType, str, str]:
        """What tells root causes apart."""
        return self.type, self.name, self.cause


def root_causes(scan: Scan, *, besides: Container[int] = ()) -> tuple[RootCause, ...]:
    """The root causes of all lines (positions) that are not on time but those in `besides`; each is under one."""
    late = (line for line in positions(~scan.stand.on_time) if line not in besides)
    return merged(root_cause(scan, line) for line in late)


def merged(causes: Iterable[RootCause]) -> tuple[RootCause, ...]:
    """Causes that are the same put together."""
    found: dict[tuple[ExceptionType, str, str], list[RootCause]] = {}
    for cause in causes:
        found.setdefault(cause.key, []).append(cause)
    return tuple(_merged(same) for same in found.values())


def place_of(scan: Scan, requirement: int) -> int:
    """The location (position) at which units for a requirement must arrive: where its line ships from or its work
    order runs, or the first location of its group where that place takes from the group."""
    requirements, group_of = scan.result.requirements, scan.result.group_of
    group, top = int(requirements.group[requirement]), requirement
    while requirements.kind[top] == PLANNED_COMPONENT:
        top = int(requirements.ref[top])
    table = scan.snapshot.demand if requirements.kind[top] == SALES_LINE else scan.snapshot.supply
    natural = int(table.location[int(requirements.ref[top])])
    return natural if group_of[natural] == group else first_location(scan.result, group)


def lacking_of(scan: Scan, cause: RootCause) -> int:
    """The units a way out must bring; none where everything is in stock and only dates have passed."""
    if cause.cause == PAST_DUE:
        return 0
    return sum(scan.explainer.lacking(root) for root in cause.roots)


def first_need(scan: Scan, cause: RootCause) -> int:
    """The first day on which units are needed where the paths end."""
    return min(int(scan.result.requirements.need[root]) for root in cause.roots)


def root_cause(scan: Scan, line: int) -> RootCause:
    """What holds one line back."""
    path = scan.paths.of(int(scan.result.line_requirement[line]))
    kind, cause = root_of(path)
    overdue = kind is ExceptionType.LATE_PURCHASE_ORDER
    snapshot = scan.snapshot
    return RootCause(
        type=kind,
        cause=cause,
        name=supply_name(snapshot, path.supply) if overdue else requirement_name(snapshot, scan.result, path.root),
        supply=path.supply if overdue else -1,
        lines=(line,),
        roots=(path.root,),
        work_orders=tuple(link.supply for link in path.links if link.supply >= 0),
    )


def _merged(causes: list[RootCause]) -> RootCause:
    first = causes[0]
    return RootCause(
        type=first.type,
        cause=first.cause,
        name=first.name,
        supply=first.supply,
        lines=tuple(sorted({line for cause in causes for line in cause.lines})),
        roots=tuple(sorted({root for cause in causes for root in cause.roots})),
        work_orders=tuple(sorted({order for cause in causes for order in cause.work_orders})),
    )
