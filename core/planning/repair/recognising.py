"""Recognising: the actions of a plan known again as ideas of the workbench, each with the price the core gives it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal

from core.domain.plans import Action, Overtime, RePromise, Wait, cost_of
from core.planning.repair.alternative import Alternative
from core.planning.repair.combining import Take
from core.planning.repair.composition import Composition, LineName, UnfitError, Workbench
from core.planning.repair.ideas import Idea
from core.planning.repair.overtime_ideas import OvertimeIdea

_NUMBER = "?"
# Names of new things and what the core says of money; then what follows from the quantity. All else says what is meant.
_NAMES_AND_MONEY = frozenset({"reference", "subject", "cost", "value", "unit_price", "fee"})
_OF_QUANTITY = frozenset({"quantity", "taken"})


def recognised(bench: Workbench, actions: Sequence[Action]) -> Composition:
    """The composition these actions make; UnfitError names each that the books and the evidence do not allow."""
    waits = [action for action in actions if isinstance(action, Wait)]
    if waits:
        return _waiting(waits, actions)
    promises = [action for action in actions if isinstance(action, RePromise)]
    others = [action for action in actions if not isinstance(action, RePromise)]
    dates: dict[LineName, RePromise] = {(one.order, one.line): one for one in promises}
    if len(dates) < len(promises):
        raise UnfitError("an order line can be given one new date, not two")
    days = {key: one.new for key, one in dates.items()}
    alternative = _alternative(bench, others)
    if alternative is not None:
        return Composition(alternative=alternative, dates=days)
    return Composition(mix=_mix(bench, others), dates=days)


def _waiting(waits: Sequence[Wait], actions: Sequence[Action]) -> Composition:
    if len(actions) > 1:
        raise UnfitError("who waits does nothing else: a plan that waits has one action")
    return Composition(wait=waits[0].until)


def _alternative(bench: Workbench, actions: Sequence[Action]) -> Alternative | None:
    """The alternative that does all of these, in whatever numbers."""
    if not actions:
        return None
    wanted = [_meant(action, besides=_NAMES_AND_MONEY) for action in actions]
    for one in bench.alternatives:
        if [_meant(action, besides=_NAMES_AND_MONEY) for action in one.actions(_NUMBER)] == wanted:
            return one
    return None


def _mix(bench: Workbench, actions: Sequence[Action]) -> tuple[Take, ...]:
    found: list[Take] = []
    unknown: list[str] = []
    longer: list[Overtime] = []
    for action in actions:
        if isinstance(action, Overtime):
            longer.append(action)
            continue
        take = _take(bench, action)
        if take is None:
            unknown.append(_why_unknown(bench, action))
        else:
            found.append(take)
    unknown += _overtime_left(found, longer)
    if unknown:
        raise UnfitError(*unknown)
    return tuple(found)


def _take(bench: Workbench, action: Action) -> Take | None:
    for idea in bench.ideas:
        quantity = int(getattr(action, "quantity", idea.reach.most))
        if quantity < 1:
            continue
        if source_of(idea.action(quantity, needed=quantity, number=_NUMBER)) == source_of(action):
            return Take(idea=idea, quantity=quantity, needed=_needed(idea, action, quantity, want=bench.want.units))
    return None


def _needed(idea: Idea, action: Action, quantity: int, *, want: int) -> int:
    """How many of the units are needed: as many as the action's cost says, where it is one the core would give (it
    never rises the more are needed), else as many as the case lacks."""
    stated = cost_of(action)

    def costs(needed: int) -> Decimal:
        return cost_of(idea.action(quantity, needed=needed, number=_NUMBER))

    last = bisect_left(range(1, quantity + 1), True, key=lambda needed: costs(needed) < stated)
    if last and costs(last) == stated:
        return last
    return max(1, min(quantity, want))


def _overtime_left(mix: Sequence[Take], given: Sequence[Overtime]) -> list[str]:
    """The longer days that go with no work order of the mix; those that do are the core's."""
    expected = {
        (day.center, day.day)
        for take in mix
        if isinstance(take.idea, OvertimeIdea)
        for day in take.idea.longer_days(take.quantity)
    }
    return [
        f"{one.sentence}: no work order of the plan needs it" for one in given if (one.center, one.day) not in expected
    ]


def _why_unknown(bench: Workbench, action: Action) -> str:
    """The reason the planner had against the like of it, else that nobody offers it."""
    code = action.resolution.value
    known = [idea.reason for idea in bench.rejected if idea.resolution == code]
    why = known[0] if len(known) == 1 else "the books and the evidence kept allow no such thing"
    return f"{action.sentence}: {why}"


def source_of(action: Action) -> tuple[object, ...]:
    """What an action takes from whom for what, whatever the quantity, the price and the number."""
    return _meant(action, besides=_NAMES_AND_MONEY | _OF_QUANTITY)


def _meant(action: Action, *, besides: frozenset[str]) -> tuple[object, ...]:
    return (action.kind, *((one.name, getattr(action, one.name)) for one in fields(action) if one.name not in besides))
