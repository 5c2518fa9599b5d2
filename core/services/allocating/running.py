"""Backorder runs: simulated and shown first, carried out only when they would still do exactly that."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from core.domain.backorders import (
    BackorderLine,
    DatedUnits,
    LineOutcome,
    Override,
    RunIssue,
    RunKept,
    RunOutcome,
    RunRule,
)
from core.domain.checking_values import checked
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError, ProposalStaleError
from core.domain.ids import ItemCode, LocationCode
from core.domain.users import Role, User
from core.planning.allocation.backorders import backorder_run
from core.planning.allocation.ledger import Portion
from core.planning.allocation.lines import Backorder
from core.planning.snapshot import date_of, day_number
from core.ports.storage import UnitOfWork
from core.services.allocating.applying import apply_outcome

_MAY_RUN = frozenset({Role.OPERATIONS_MANAGER, Role.PLANNER})


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateRun:
    """Confirm the lines of an item at a place anew, on paper; overrides say otherwise for single lines.

    Inside a strategy the rule says who is served where there is not enough; rules that share do so in whole lots.
    """

    key: str
    code: str
    item: ItemCode
    location: LocationCode
    rule: RunRule = RunRule.PRIORITY
    lot: int = 1
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitRun:
    """Carry out a run that was shown, by the hash of what was shown."""

    key: str
    code: str
    digest: str


def simulate_run(uow: UnitOfWork, command: SimulateRun) -> RunKept:
    """What a run would do now; nothing but the run itself is kept."""
    if checked(command).lot < 1:
        raise InvalidValueError(f"lots of {command.lot!r} units are none; accepted is 1 or more", field="lot")

    def act() -> RunKept:
        run = _run(uow, command)
        uow.allocation.keep(run)
        return run

    return uow.commands.once(command.key, command, RunKept, act)


def commit_run(uow: UnitOfWork, command: CommitRun, user: User) -> RunKept:
    """Carry out a run: schedules, promises and reservations of the lines it changes, in one transaction.

    ProposalStaleError, and nothing done, when the run would do something else now than what was shown.
    """
    if user.role not in _MAY_RUN or not user.active or not user.is_person:
        accepted = " or ".join(sorted(role.value for role in _MAY_RUN))
        raise NotAuthorisedError(f"{user.name!r} ({user.role.value}) may not carry out runs; {accepted} may")

    def act() -> RunKept:
        shown = uow.allocation.run(command.code)
        if shown.committed:
            raise ConflictError(f"run {command.code!r} was carried out before")
        uow.allocation.lock_node(shown.item, shown.location)
        now = _run(uow, shown)
        if command.digest != shown.digest or now.digest != shown.digest:
            raise ProposalStaleError(
                f"run {command.code!r} would not do what was shown any more; simulate it again",
                differences=_differences(shown.outcome, now.outcome),
            )
        uow.allocation.committed(command.code)
        apply_outcome(uow, shown)
        return replace(shown, committed=True)

    return uow.commands.once(command.key, command, RunKept, act)


def _run(uow: UnitOfWork, asks: SimulateRun | RunKept) -> RunKept:
    as_of = uow.company.settings().as_of
    lines = uow.allocation.lines_at(asks.item, asks.location, as_of=as_of)
    _known(asks.overrides, lines)
    supply = [
        Portion(day=day_number(one.on), quantity=one.quantity)
        for one in uow.allocation.inflow(asks.item, asks.location, as_of=as_of)
    ]
    said = {(one.order, one.line): one for one in asks.overrides}
    asked = [_asked(line, said.get((line.order, line.line)), as_of, asks.rule) for line in lines]
    result = backorder_run(supply, asked, rule=asks.rule, lot=asks.lot)
    outcome = RunOutcome(
        lines=tuple(
            LineOutcome(
                order=line.order,
                line=line.line,
                customer=line.customer,
                open=line.open,
                before=_dated(one.confirmed),
                after=_dated(result.given[line.key]),
            )
            for line, one in zip(lines, asked, strict=True)
        ),
        issues=tuple(
            RunIssue(subject=one.key, problem=one.problem.value, wanted=one.wanted, given=one.given)
            for one in result.exceptions
        ),
    )
    return RunKept(
        code=asks.code,
        item=asks.item,
        location=asks.location,
        rule=asks.rule,
        lot=asks.lot,
        overrides=asks.overrides,
        outcome=outcome,
        digest=_digest(asks.item, asks.location, outcome),
    )


def _asked(line: BackorderLine, said: Override | None, as_of: date, rule: RunRule) -> Backorder:
    """A line for the run; what was confirmed for a day that has passed counts as for today."""
    today = day_number(as_of)
    days: dict[int, int] = {}
    for part in line.confirmed:
        day = max(today, day_number(part.on))
        days[day] = days.get(day, 0) + part.quantity
    return Backorder(
        key=line.key,
        quantity=line.open,
        requested=max(today, day_number(line.requested)),
        confirmed=tuple(Portion(day=day, quantity=days[day]) for day in sorted(days)),
        strategy=said.strategy if said is not None and said.strategy is not None else line.strategy,
        rank=_rank(line, rule),
        locked=line.locked,
        allowed=None if said is None else said.at_most,
        weight=line.quota,
        shipped=line.shipped,
    )


def _rank(line: BackorderLine, rule: RunRule) -> tuple[int, ...]:
    """Who goes first, least first. Of shares it decides nothing but who is asked first for what is to come later."""
    due = day_number(line.promised or line.requested)
    match rule:
        case RunRule.FIRST_COME:
            return (due, day_number(line.ordered_on))
        case RunRule.BY_ENTRY:
            return (line.entry,)
        case RunRule.PRIORITY | RunRule.PROPORTIONAL | RunRule.TARGET | RunRule.QUOTA:
            return (line.priority, due, line.entry)


def _known(overrides: Sequence[Override], lines: Sequence[BackorderLine]) -> None:
    there = {(line.order, line.line) for line in lines}
    if len({(one.order, one.line) for one in overrides}) != len(overrides):
        raise InvalidValueError("a line is overridden twice; accepted is one override a line", field="overrides")
    for one in overrides:
        if (one.order, one.line) not in there:
            raise InvalidValueError(
                f"line {one.order}/{one.line} is not one the run may change; accepted are {sorted(there)[:10]!r}",
                field="overrides",
            )
        if not one.reason.strip():
            raise InvalidValueError(f"the override of {one.order}/{one.line} needs a reason", field="reason")
        if one.at_most is not None and one.at_most < 0:
            raise InvalidValueError(
                f"at most {one.at_most!r} units is no limit; accepted is 0 or more", field="at_most"
            )


def _dated(portions: Sequence[Portion]) -> tuple[DatedUnits, ...]:
    return tuple(DatedUnits(on=date_of(portion.day), quantity=portion.quantity) for portion in portions)


def _digest(item: ItemCode, location: LocationCode, outcome: RunOutcome) -> str:
    text = json.dumps([item, location, asdict(outcome)], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _differences(shown: RunOutcome, now: RunOutcome) -> tuple[str, ...]:
    before = {(one.order, one.line): one for one in shown.lines}
    after = {(one.order, one.line): one for one in now.lines}
    return tuple(
        f"{order}/{line} is not as it was shown"
        for order, line in sorted(before.keys() | after.keys())
        if before.get((order, line)) != after.get((order, line))
    )
