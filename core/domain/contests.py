"""Contests: plans that wait and cannot all be carried out, because they want the same thing, there once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from core.domain.ids import ApprovalId
from core.domain.plans import Buy, Operator, Plan

STOCK = "stock_available"
# What a plan that acts on such a subject changes: of two that need it as it was, one finds it otherwise.
CHANGED_BY_ACTING = frozenset(
    {
        "center_day", "change_consequence", "count_waiting", "hold_open", "line_due", "line_item", "line_location",
        "operation_at", "purchase_due", "purchase_open_quantity", "purchase_price", "shipment_made_good",
        "signal_open", "task_known", "work_built_with", "work_dates", "work_open_quantity",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """How much a supplier offered of an item, at most."""

    supplier: str
    item: str
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two approvals that want the same thing, and in words which and how much of it is there."""

    first: ApprovalId
    second: ApprovalId
    over: str


def clashes(
    plans: Mapping[ApprovalId, Plan], *, there: Mapping[str, int], offers: Sequence[Offered] = ()
) -> tuple[Clash, ...]:
    """The pairs of plans that cannot both be carried out, by id. `there` are units available by `item@location`."""
    found: list[Clash] = []
    for one, other in combinations(sorted(plans), 2):
        words = (
            *_stock(plans[one], plans[other], there),
            *_same_thing(plans[one], plans[other]),
            *_offers(plans[one], plans[other], offers),
        )
        if words:
            found.append(Clash(first=one, second=other, over="; ".join(words)))
    return tuple(found)


def _stock(one: Plan, other: Plan, there: Mapping[str, int]) -> list[str]:
    wanted, too = stock_wanted(one), stock_wanted(other)
    return [
        f"{wanted[subject]:,} and {too[subject]:,} of {subject} are wanted, {there.get(subject, 0):,} are there"
        for subject in sorted(wanted.keys() & too.keys())
        if wanted[subject] + too[subject] > there.get(subject, 0)
    ]


def stock_wanted(plan: Plan) -> dict[str, int]:
    """The units a plan needs to be available, by `item@location`."""
    return {
        one.subject: int(one.value)
        for one in plan.preconditions
        if one.fact == STOCK and one.operator is Operator.AT_LEAST
    }


def _same_thing(one: Plan, other: Plan) -> list[str]:
    first, second = _held(one), _held(other)
    named = dict.fromkeys(subject for _, subject in sorted(first & second))
    return [f"both change {subject}" for subject in named]


def _held(plan: Plan) -> set[tuple[str, str]]:
    held = (one for one in plan.preconditions if one.operator is Operator.EQUAL and one.fact in CHANGED_BY_ACTING)
    return {(one.fact, one.subject) for one in held}


def _offers(one: Plan, other: Plan, offers: Sequence[Offered]) -> list[str]:
    wanted, too, most = _bought(one), _bought(other), dict[tuple[str, str], int]()
    for offer in offers:
        key = (offer.supplier, offer.item)
        most[key] = max(offer.units, most.get(key, 0))
    return [
        f"{wanted[key]:,} and {too[key]:,} {key[1]} are wanted of {key[0]}, which offers {most[key]:,}"
        for key in sorted(wanted.keys() & too.keys() & most.keys())
        if wanted[key] + too[key] > most[key]
    ]


def _bought(plan: Plan) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for action in plan.actions:
        if isinstance(action, Buy):
            key = (str(action.supplier), str(action.item))
            found[key] = found.get(key, 0) + action.quantity
    return found
