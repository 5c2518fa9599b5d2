"""Explaining: the path from an order line to what holds it back, in words, and what would fix it."""

from core.domain.buffers import counted_words
from core.domain.cases import ExceptionType, WhyStep
from core.planning.binding import Bind, Binding, binding_of, units_from_elsewhere
from core.planning.binding_words import making_words, rerouted_words, taking_words
from core.planning.buffers import row_buffer, word_day
from core.planning.exposure import late_units
from core.planning.naming import counted, day_name, requirement_name, supplier_name, supply_name
from core.planning.outcome import NetResult
from core.planning.snapshot import NEVER, PURCHASE_ORDER, Ints, Snapshot, date_of, day_of
from core.planning.tracing import Hold, Link, Path, Paths

FIX = "what would fix it"
PAST_DUE = "past due"


class Explainer:
    """Explains the lines of one netting; what many lines share is worked out once."""

    def __init__(self, snapshot: Snapshot, result: NetResult, paths: Paths) -> None:
        self._snapshot = snapshot
        self._result = result
        self._paths = paths
        self._late: Ints = late_units(result)
        self._endings: dict[int, tuple[WhyStep, ...]] = {}

    def why(self, line: int) -> tuple[WhyStep, ...]:
        """The steps for an order line (position in snapshot.demand)."""
        if self._result.line_short[line] == 0 and self._result.line_cover[line] <= self._snapshot.demand.due[line]:
            return self._line_step(line), self._rest_step(line)
        path = self._paths.of(int(self._result.line_requirement[line]))
        if path.root not in self._endings:
            self._endings[path.root] = (self._ending(path), self._fix(path))
        return (self._line_step(line), *(self._link_step(link) for link in path.links), *self._endings[path.root])

    def lacking(self, requirement: int) -> int:
        """Units of a requirement that come late or not at all."""
        return int(self._late[requirement] + self._result.requirements.short[requirement])

    def _line_step(self, line: int) -> WhyStep:
        demand, result = self._snapshot.demand, self._result
        requirement = int(result.line_requirement[line])
        due, there = int(demand.due[line]), int(result.line_available[line])
        item = self._snapshot.items.code[int(demand.item[line])]
        short, late = int(result.line_short[line]), int(self._late[requirement])
        parts = [f"needs {demand.quantity[line]:,} {item} by {day_name(due)}"]
        if late:
            parts.append(f"{late:,} late, the last on {day_name(int(result.line_cover[line]))}")
        if short:
            parts.append(f"{short:,} without supply")
        if not short and not late:
            parts.append(f"all are there on {day_name(there)}, with {counted(due - there, 'day')} to spare")
        elif there != NEVER and there > due:
            parts.append(f"all are there on {day_name(there)}, {counted(there - due, 'day')} late")
        return WhyStep(subject=f"order line {demand.order[line]}/{demand.line[line]}", text="; ".join(parts))

    def _rest_step(self, line: int) -> WhyStep:
        requirement = int(self._result.line_requirement[line])
        supply = self._paths.last_supply(requirement)
        if supply < 0:
            name = requirement_name(self._snapshot, self._result, requirement)
            return WhyStep(subject=name, text="all are in stock")
        text = f"brings the last of them on {day_name(int(self._result.line_cover[line]))}"
        return WhyStep(subject=supply_name(self._snapshot, supply), text=text)

    def _link_step(self, link: Link) -> WhyStep:
        requirements = self._result.requirements
        below = link.below
        component = self._snapshot.items.code[int(requirements.item[below])]
        there = int(requirements.available[below])
        wait = (
            f"needs {requirements.quantity[below]:,} {component} by {day_name(int(requirements.need[below]))}; "
            f"{'no date for them is known' if there == NEVER else 'all are there on ' + day_name(there)}"
        )
        if link.supply < 0:
            short = int(requirements.short[link.requirement]) - units_from_elsewhere(self._result, link.requirement)
            name = requirement_name(self._snapshot, self._result, link.requirement)
            return WhyStep(subject=name, text=f"making {short:,} more {wait}{self._then(link.requirement)}")
        return WhyStep(subject=supply_name(self._snapshot, link.supply), text=wait)

    def _then(self, requirement: int) -> str:
        """What holds making up once its components are there, beside its lead time."""
        binding, item = self._binding(requirement), int(self._result.requirements.item[requirement])
        elsewhere = rerouted_words(self._snapshot, self._result, requirement)
        if binding.kind in (Bind.CAPACITY, Bind.CALENDAR):
            return f"; then {making_words(self._snapshot, binding, item=item)}{elsewhere}"
        return elsewhere

    def _binding(self, requirement: int) -> Binding:
        """What sets the day on which a short requirement is all there."""
        snapshot, item = self._snapshot, int(self._result.requirements.item[requirement])
        begin = max(snapshot.as_of, self._paths.components_there(requirement))
        supplied = bool(snapshot.items.make[item]) or bool((snapshot.sources.item == item).any())
        lead_end = begin + int(snapshot.items.lead_days[item]) if supplied and begin < NEVER else NEVER
        return binding_of(self._result, requirement, lead_end=lead_end)

    def _ending(self, path: Path) -> WhyStep:
        name = requirement_name(self._snapshot, self._result, path.root)
        match path.hold:
            case Hold.UNCOVERED:
                return WhyStep(subject=name, text=self._uncovered(path.root))
            case Hold.OVERDUE:
                return WhyStep(subject=supply_name(self._snapshot, path.supply), text=self._overdue(path.supply))
            case Hold.LATE:
                return WhyStep(subject=supply_name(self._snapshot, path.supply), text=self._dated_late(path))
            case Hold.IN_STOCK:
                units = int(self._result.requirements.quantity[path.root])
                return WhyStep(subject=name, text=f"all {units:,} are in stock; only the promised date has passed")

    def _uncovered(self, requirement: int) -> str:
        snapshot, requirements = self._snapshot, self._result.requirements
        item, there = int(requirements.item[requirement]), int(requirements.available[requirement])
        short, elsewhere = int(requirements.short[requirement]), units_from_elsewhere(self._result, requirement)
        lack = "; ".join(
            (f"no supply covers {counted(short, 'unit')}", *taking_words(snapshot, self._result, requirement))
        )
        if elsewhere == short:
            return lack
        if bool(snapshot.items.make[item]):
            binding = self._binding(requirement)
            if there == NEVER and binding.kind is not Bind.CAPACITY:
                return lack
            elsewhere = rerouted_words(snapshot, self._result, requirement)
            return f"{lack}; {making_words(snapshot, binding, item=item)}{elsewhere}"
        if not bool((snapshot.sources.item == item).any()):
            return f"{lack} and no approved supplier sells it"
        return f"{lack}; ordered today they are there on {day_name(there)}"

    def _overdue(self, supply: int) -> str:
        table = self._snapshot.supply
        item, due = self._snapshot.items.code[int(table.item[supply])], word_day(self._snapshot, supply)
        days = counted(self._snapshot.as_of - due, "day")
        who = supplier_name(self._snapshot, supply)
        return (
            f"{table.quantity[supply]:,} {item} from {who} were due on {day_name(due)}, {days} ago, and are still open"
        )

    def _dated_late(self, path: Path) -> str:
        table, requirements = self._snapshot.supply, self._result.requirements
        supply, need = path.supply, int(requirements.need[path.root])
        item, there = self._snapshot.items.code[int(table.item[supply])], int(requirements.cover[path.root])
        whose = f" from {supplier_name(self._snapshot, supply)}" if table.kind[supply] == PURCHASE_ORDER else ""
        after, planned = counted(there - need, "day"), max(int(table.due[supply]), self._snapshot.as_of)
        closed = ""
        if self._result.rules.calendars and there > planned:
            place = self._snapshot.locations.code[int(table.location[supply])]
            closed = f", as {place} does not work on {day_name(planned)}"
        units = f"{table.quantity[supply]:,} {item}{whose}"
        return f"{units} come on {day_name(there)}, {after} after {day_name(need)}{self._buffered(supply)}{closed}"

    def _buffered(self, supply: int) -> str:
        """That it is counted on later than its supplier says; empty where it is not."""
        days, word = row_buffer(self._snapshot, supply), day_of(word_day(self._snapshot, supply))
        return f" ({counted_words(word, days)})" if days and word else ""

    def _fix(self, path: Path) -> WhyStep:
        requirements = self._result.requirements
        need = max(int(requirements.need[path.root]), self._snapshot.as_of)
        if path.hold is Hold.IN_STOCK:
            return WhyStep(subject=FIX, text="ship it today, or agree a new date with the customer")
        units = self.lacking(path.root)
        return WhyStep(subject=FIX, text=fix(self._snapshot, self._result, path.root, units=units, by=need))


def fix(snapshot: Snapshot, result: NetResult, requirement: int, *, units: int, by: int) -> str:
    """`12 more FG-100 at RENO by 2026-11-05`."""
    name = requirement_name(snapshot, result, requirement).removeprefix("item ")
    return f"{units:,} more {name.replace('@', ' at ')} by {date_of(by).isoformat()}"


def why(snapshot: Snapshot, result: NetResult, line_position: int) -> tuple[WhyStep, ...]:
    """The steps from one order line down to what holds it back (or what it rests on), and what would fix it."""
    return Explainer(snapshot, result, Paths(snapshot, result)).why(line_position)


def root_of(path: Path) -> tuple[ExceptionType, str]:
    """The kind of exception and the cause that a path ends in."""
    match path.hold:
        case Hold.OVERDUE:
            return ExceptionType.LATE_PURCHASE_ORDER, "overdue"
        case _ if path.links:
            return ExceptionType.COMPONENT_SHORTAGE, "component"
        case Hold.UNCOVERED:
            return ExceptionType.DEMAND_SHORTAGE, "uncovered"
        case Hold.LATE:
            return ExceptionType.DEMAND_SHORTAGE, "late"
        case Hold.IN_STOCK:
            return ExceptionType.DEMAND_SHORTAGE, PAST_DUE
