"""Stating: the ledgers of all parts as one plan, with a reason for everything that waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.planning.choosing.ledger import Ledger
from core.planning.choosing.plan import Brought, Plan, Price, Stopped, Use, Waiting
from core.planning.choosing.problem import Problem
from core.planning.choosing.verifying import costs_of

_WORST_FIRST = (Stopped.NOTHING, Stopped.LIMIT, Stopped.MOVES, Stopped.CLOSE, Stopped.OPTIMAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The answer for a part of the problem."""

    ledger: Ledger
    greedy: int
    bound: int
    stopped: Stopped
    pools: tuple[Price, ...]
    reserves: tuple[Price, ...]


def stated(problem: Problem, parts: Sequence[Part]) -> Plan:
    """The plan of all parts; what stopped it is the worst that stopped any."""
    uses = {use.way: use.units for part in parts for use in _uses(part.ledger)}
    brought = {one.source: one.units for part in parts for one in _brought(part.ledger)}
    costs, moved, contacted = costs_of(problem, uses, brought)
    assert costs.total == sum(part.ledger.total for part in parts), "the ledger keeps the total"
    return Plan(
        uses=tuple(Use(way=way, units=units) for way, units in sorted(uses.items())),
        brought=tuple(Brought(source=source, units=units) for source, units in sorted(brought.items())),
        waiting=_by_id([one for part in parts for one in _waiting(part.ledger)]),
        costs=costs,
        lines_moved=moved,
        customers_contacted=contacted,
        greedy=sum(part.greedy for part in parts),
        bound=sum(part.bound for part in parts),
        stopped=min((part.stopped for part in parts), key=_WORST_FIRST.index, default=Stopped.OPTIMAL),
        pools=_highest([price for part in parts for price in part.pools]),
        reserves=_highest([price for part in parts for price in part.reserves]),
    )


def _uses(ledger: Ledger) -> list[Use]:
    return [Use(way=ledger.columns.way[way], units=units) for way, units in enumerate(ledger.use) if units]


def _brought(ledger: Ledger) -> list[Brought]:
    names = ledger.columns.source
    return [Brought(source=names[source], units=units) for source, units in enumerate(ledger.brought) if units]


def _by_id(waiting: list[Waiting]) -> tuple[Waiting, ...]:
    return tuple(sorted(waiting, key=lambda one: one.shortage))


def _highest(prices: list[Price]) -> tuple[Price, ...]:
    """One price an id; a pool two parts draw on, which can never run out, has the higher of its prices."""
    values: dict[str, float] = {}
    for price in prices:
        values[price.id] = max(values.get(price.id, 0.0), price.value)
    return tuple(Price(id=name, value=value) for name, value in sorted(values.items()))


def _waiting(ledger: Ledger) -> list[Waiting]:
    names = ledger.columns.shortage
    return [
        Waiting(shortage=names[shortage], units=units, reason=_reason(ledger, shortage))
        for shortage, units in enumerate(ledger.left)
        if units
    ]


def _reason(ledger: Ledger, shortage: int) -> str:
    columns, lacking, dearer = ledger.columns, set[str](), False
    rooms = {way: ledger.room(way) for way in columns.ways_of[shortage]}
    together = sum(room for way, room in rooms.items() if not columns.late[way])
    for way, room in rooms.items():
        if room and (not columns.whole[shortage] or columns.late[way] or together >= ledger.left[shortage]):
            dearer = True
        else:
            lacking |= _used_up(ledger, columns.way_source[way])
    if not columns.ways_of[shortage]:
        return "there is no way to cover it"
    if not lacking:
        return "waiting costs less than any way out"
    used = f"not enough is left of {', '.join(sorted(lacking))}"
    return f"{used}; other ways cost more than waiting" if dearer else used


def _used_up(ledger: Ledger, source: int) -> set[str]:
    """The pools that leave the source no unit more, or the source itself."""
    columns = ledger.columns
    return {columns.pool[pool] for pool in ledger.used_up(source)} or {columns.source[source]}
