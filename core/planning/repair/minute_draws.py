"""Draws on work centres: making takes of the seconds a centre has left by the end of its week, and of its overtime.

What is done by a week is done by all later ones, too, so an order draws on its week and on every later one: the work of
all orders fits in time, whichever is done first. Weeks are counted from the business date. The components that must be
made for an order draw, too, by the week in which it starts.
"""

from collections import Counter

from core.planning.choosing.problem import Draw
from core.planning.free_minutes import free_minutes
from core.planning.outcome import NetResult
from core.planning.positions import item_position
from core.planning.repair.drafting import Draft
from core.planning.repair.ideas import Idea
from core.planning.repair.making import MakeIdea
from core.planning.repair.overtime_ideas import OvertimeIdea
from core.planning.repair.part_minutes import part_work
from core.planning.repair.rescheduling import TopUpIdea
from core.planning.repair.work_minutes import Step, steps_of
from core.planning.snapshot import PER_PARENT_SCALE, Snapshot, date_of

WORK = "seconds of "
_SECONDS, _WEEK, _WEEKS = 60, 7, 12


def minute_draws(draft: Draft, snapshot: Snapshot, result: NetResult, idea: Idea) -> list[Draw]:
    """What an idea takes of the work centres it and its components go through, once for each pool; nothing for what is
    not made here. `result` is the netting of the snapshot."""
    if not isinstance(idea, MakeIdea | TopUpIdea):
        return []
    steps = steps_of(snapshot, item_position(snapshot, idea.wanted.item))
    overtime = isinstance(idea, OvertimeIdea)
    own = _with_overtime(draft, snapshot, idea, steps) if overtime else _usual(draft, snapshot, idea, steps)
    once, unit = Counter[str](), Counter[str]()
    for draw in (*own, *_of_parts(draft, snapshot, result, idea)):
        once[draw.pool] += draw.fixed
        unit[draw.pool] += draw.unit
    return [Draw(pool=pool, fixed=once[pool], unit=unit[pool]) for pool in unit]


def _usual(draft: Draft, snapshot: Snapshot, idea: MakeIdea | TopUpIdea, steps: tuple[Step, ...]) -> list[Draw]:
    once, unit = Counter[int](), Counter[int]()
    for step in steps:
        once[step.center] += 0 if isinstance(idea, TopUpIdea) else step.setup * _SECONDS
        unit[step.center] += _seconds(step.unit)
    return [
        Draw(pool=pool, fixed=once[center], unit=unit[center])
        for center in sorted(unit)
        for pool in _work(draft, snapshot, center, idea.reach.arrives)
    ]


def _of_parts(draft: Draft, snapshot: Snapshot, result: NetResult, idea: MakeIdea | TopUpIdea) -> list[Draw]:
    return [
        Draw(pool=pool, fixed=work.setup * _SECONDS, unit=_seconds(work.unit))
        for work in part_work(snapshot, result, idea.wanted)
        for pool in _work(draft, snapshot, work.center, idea.start)
    ]


def _seconds(millionths: int) -> int:
    """Millionths of a minute as seconds, rounded up."""
    return -(-millionths * _SECONDS // PER_PARENT_SCALE)


def _with_overtime(draft: Draft, snapshot: Snapshot, idea: OvertimeIdea, steps: tuple[Step, ...]) -> list[Draw]:
    """As all it may make would share itself out on usual minutes and overtime."""
    units, usual, more = idea.reach.most, Counter[int](), Counter[int]()
    for step in steps:
        usual[step.center] += step.minutes(units)
    for (center, _), minutes in idea.overtime(units).items():
        more[center] += minutes
        usual[center] -= minutes
    found = [
        Draw(pool=pool, unit=-(-minutes * _SECONDS // units))
        for center, minutes in sorted(usual.items())
        for pool in _work(draft, snapshot, center, idea.reach.arrives)
    ]
    for center, minutes in sorted(more.items()):
        for week in _weeks(snapshot, idea.reach.arrives):
            end = snapshot.as_of + (week + 1) * _WEEK
            capacity = sum(one.most - one.allowed for (at, day), one in idea.days.items() if at == center and day < end)
            name = f"{WORK}overtime at {snapshot.work_centers.code[center]} until {date_of(end - 1)}"
            pool = draft.pool(name, capacity * _SECONDS)
            found.append(Draw(pool=pool, unit=-(-minutes * _SECONDS // units)))
    return found


def _work(draft: Draft, snapshot: Snapshot, center: int, arrives: int) -> list[str]:
    """The pools of usual work at a centre an order done on a day draws on."""
    draft.free = free = draft.free or free_minutes(snapshot).until(_WEEKS * _WEEK)
    found: list[str] = []
    for week in _weeks(snapshot, arrives):
        days = (week + 1) * _WEEK
        name = f"{WORK}work at {snapshot.work_centers.code[center]} until {date_of(snapshot.as_of + days - 1)}"
        found.append(draft.pool(name, int(free.by_day[center, :days].sum()) * _SECONDS))
    return found


def _weeks(snapshot: Snapshot, arrives: int) -> range:
    first = max(0, arrives - snapshot.as_of) // _WEEK
    return range(min(first, _WEEKS), _WEEKS)
