"""The cheapest mix of ideas for one case by trying every one, in money: plain Python, for a handful of units only."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from core.planning.choosing.problem import Shortage
from core.planning.repair.idea_sources import Posed
from core.planning.repair.ideas import Idea
from core.planning.repair.line_ideas import LineIdea
from core.planning.repair.policy import DEFAULT_POLICY
from core.planning.snapshot import PRICE_SCALE

_NONE = Decimal(0)
Given = tuple[tuple[int, ...], ...]
"""Units by idea and shortage."""


def cheapest_mix(
    case: Posed, shortages: Sequence[Shortage], customers: Sequence[str], *, budget: Decimal | None = None
) -> Decimal:
    """What the cheapest of all mixes costs: units of each idea for each shortage, ordered in any allowed lots for which
    no more than the budget is paid beyond the usual."""
    return min(
        _cost(case, shortages, customers, given) + min(ordered)
        for given in _shared_out(case, shortages)
        if _allowed(case, shortages, given) and (ordered := list(_ordered(case, given, budget)))
    )


def _ordered(case: Posed, given: Given, budget: Decimal | None) -> Iterator[Decimal]:
    """What the orders cost for so many units needed, for each way to choose their quantities within the budget."""
    used = [(idea, sum(row)) for idea, row in zip(case.ideas, given, strict=True) if sum(row)]
    for quantities in product(*(_lots(idea, needed) for idea, needed in used)):
        orders = [(idea, quantity, needed) for (idea, needed), quantity in zip(used, quantities, strict=True)]
        if budget is None or sum(max(_NONE, _money(*one, holding=False)) for one in orders) <= budget:
            yield sum((_money(*one, holding=True) for one in orders), _NONE)


def _shared_out(case: Posed, shortages: Sequence[Shortage]) -> Iterator[Given]:
    served = [[_may_serve(idea, shortage) for shortage in shortages] for idea in case.ideas]
    ranges = [
        range(shortage.units + 1) if may else range(1)
        for row in served
        for may, shortage in zip(row, shortages, strict=True)
    ]
    wide = len(shortages)
    for flat in product(*ranges):
        yield tuple(flat[n * wide : (n + 1) * wide] for n in range(len(case.ideas)))


def _may_serve(idea: Idea, shortage: Shortage) -> bool:
    return not isinstance(idea, LineIdea) or shortage.line == idea.name


def _allowed(case: Posed, shortages: Sequence[Shortage], given: Given) -> bool:
    for at, shortage in enumerate(shortages):
        used = [idea for idea, row in zip(case.ideas, given, strict=True) if row[at]]
        units = sum(row[at] for row in given)
        late = any(_in_parts(idea) or idea.reach.arrives > shortage.need for idea in used)
        if units > shortage.units or (shortage.whole and used and (units < shortage.units or late * len(used) > 1)):
            return False
    used = [idea for idea, row in zip(case.ideas, given, strict=True) if sum(row)]
    takes = [take for idea in used for take in idea.takes]
    stock: dict[tuple[str, str], int] = {}
    for idea in used:
        if isinstance(idea, LineIdea) and idea.taken:
            stock[idea.item, idea.place] = stock.get((idea.item, idea.place), 0) + idea.taken
            if stock[idea.item, idea.place] > idea.there:
                return False
    return len(set(takes)) == len(takes) and all(
        _lots(idea, sum(row)) for idea, row in zip(case.ideas, given, strict=True)
    )


def _lots(idea: Idea, needed: int) -> list[int]:
    """The quantities that can be ordered for so many needed."""
    reach = idea.reach
    if not needed or isinstance(idea, LineIdea):
        return [needed]
    lots = range(reach.multiple, reach.most + 1, reach.multiple)
    return [units for units in lots if units >= max(needed, reach.least)]


def _cost(case: Posed, shortages: Sequence[Shortage], customers: Sequence[str], given: Given) -> Decimal:
    policy, total = DEFAULT_POLICY, _NONE
    moved, told = set[str](), set[str]()
    left = [shortage.units for shortage in shortages]
    for idea, row in zip(case.ideas, given, strict=True):
        if not sum(row):
            continue
        total += policy.document_touched
        for at, units in enumerate(row):
            if units:
                left[at] -= units
                arrives = shortages[at].otherwise if _in_parts(idea) else idea.reach.arrives
                total += units * _late(idea, shortages[at], arrives)
                if arrives > shortages[at].need:
                    moved.add(shortages[at].line)
                if isinstance(idea, LineIdea) and idea.resolution.value == "R04":
                    told.add(customers[at])
    for at, shortage in enumerate(shortages):
        total += left[at] * Decimal(shortage.waiting) / PRICE_SCALE
        if left[at] and shortage.otherwise > shortage.need:
            moved.add(shortage.line)
    told |= {customer for customer, shortage in zip(customers, shortages, strict=True) if shortage.line in moved}
    return total + policy.promise_moved * len(moved) + policy.customer_contacted * len(told)


def _in_parts(idea: Idea) -> bool:
    return isinstance(idea, LineIdea) and idea.resolution.value == "R05"


def _late(idea: Idea, shortage: Shortage, arrives: int) -> Decimal:
    """What a unit costs for coming when it does; of a line in parts, less what ships in time."""
    late = shortage.penalty * max(0, arrives - shortage.need)
    if isinstance(idea, LineIdea) and _in_parts(idea):
        now, units = idea.in_time_share
        late += shortage.risk - late * now // units
    return Decimal(late) / PRICE_SCALE


def _money(idea: Idea, quantity: int, needed: int, *, holding: bool) -> Decimal:
    terms = idea.terms(quantity, needed=needed)
    return sum((term.amount for term in terms if holding or not term.name.startswith("holding")), _NONE)
