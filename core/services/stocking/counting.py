"""Cycle counts: a blind sheet, what was found, and the books put right, by another person where it matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.domain.checking_values import checked
from core.domain.counting import CountLine, CountSheet, CountState
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError
from core.domain.ids import ItemCode, LocationCode, LotCode
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork
from core.services.deferring import scan_soon
from core.services.stocking.adjusting import AdjustReason, AdjustStock, Hurt, corrected

APPROVERS = frozenset({Role.OPERATIONS_MANAGER, Role.PLANNER, Role.FINANCE})
MOST_LINES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCount:
    """Count these items, or lots of them, at a location. Differences up to the tolerance need no second person."""

    key: str
    code: str
    location: LocationCode
    items: tuple[tuple[ItemCode, LotCode | None], ...]
    tolerance_percent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterCount:
    """What was found, by line of the sheet; every line is counted."""

    key: str
    code: str
    version: int
    found: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCount:
    """Put the books right as counted."""

    key: str
    code: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountAt:
    """How far a count is, and the version to name in the next step."""

    code: str
    state: CountState
    version: int
    needs_another: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPosted:
    """The differences by line, and whom they hurt: a discrepancy that planning has to answer."""

    code: str
    differences: tuple[tuple[int, int], ...]
    hurt: tuple[Hurt, ...]


def open_count(uow: UnitOfWork, command: OpenCount) -> CountAt:
    """A new sheet; it does not say what the books expect."""
    checked(command)
    if not 0 < len(command.items) <= MOST_LINES or len(set(command.items)) != len(command.items):
        raise InvalidValueError(f"a count sheet has 1 to {MOST_LINES} lines, each item and lot once", field="items")
    if not 0 <= command.tolerance_percent <= 100:
        raise InvalidValueError(
            f"a tolerance of {command.tolerance_percent} percent is none; accepted is 0 to 100",
            field="tolerance_percent",
        )
    lines = tuple(CountLine(line=n, item=item, lot=lot) for n, (item, lot) in enumerate(command.items, start=1))

    def act() -> CountAt:
        sheet = CountSheet(
            code=command.code,
            location=command.location,
            state=CountState.OPEN,
            tolerance_percent=command.tolerance_percent,
            opened_by=uow.actor,
            opened_at=uow.now,
            lines=lines,
        )
        uow.counts.add(sheet)
        return CountAt(code=sheet.code, state=sheet.state, version=sheet.version)

    return uow.commands.once(command.key, command, CountAt, act)


def enter_count(uow: UnitOfWork, command: EnterCount) -> CountAt:
    """What was found, against what the books say at this moment; counting again replaces it until it is posted."""

    def act() -> CountAt:
        sheet = uow.counts.get(command.code, lock=True)
        _is_in(sheet, CountState.OPEN, CountState.COUNTED)
        if set(command.found) != {line.line for line in sheet.lines} or min(command.found.values()) < 0:
            raise InvalidValueError(
                f"count sheet {sheet.code!r} has the lines {[line.line for line in sheet.lines]}; each takes a number"
                " from 0 up",
                field="found",
            )
        found = {line.line: (_expected(uow, sheet, line), command.found[line.line]) for line in sheet.lines}
        uow.counts.enter(sheet.code, found, version=command.version)
        counted = uow.counts.get(sheet.code)
        return CountAt(
            code=counted.code, state=counted.state, version=counted.version, needs_another=counted.needs_another
        )

    return uow.commands.once(command.key, command, CountAt, act)


def post_count(uow: UnitOfWork, command: PostCount, user: User) -> CountPosted:
    """Put the books right: what was found is the truth, also where more had been promised."""

    def act() -> CountPosted:
        scan_soon(uow)
        sheet = uow.counts.get(command.code, lock=True)
        _is_in(sheet, CountState.COUNTED)
        if sheet.needs_another and (user.name == sheet.counted_by or user.role not in APPROVERS or not user.is_person):
            raise NotAuthorisedError(
                f"count {sheet.code!r} differs by more than {sheet.tolerance_percent} %: somebody other than"
                f" {sheet.counted_by!r} approves it, as {', '.join(sorted(role.value for role in APPROVERS))}"
            )
        hurt = [found for line in _sorted(sheet) if line.difference for found in _put_right(uow, sheet, line)]
        uow.counts.close(sheet.code, to=CountState.POSTED, approved_by=user.name, version=command.version)
        differences = tuple((line.line, line.difference) for line in sheet.lines if line.difference)
        return CountPosted(code=sheet.code, differences=differences, hurt=tuple(hurt))

    return uow.commands.once(command.key, command, CountPosted, act)


def _put_right(uow: UnitOfWork, sheet: CountSheet, line: CountLine) -> tuple[Hurt, ...]:
    there = _expected(uow, sheet, line)
    if there + line.difference < 0:
        raise ConflictError(
            f"{line.item!r} at {sheet.location!r} has {there} units left, {-line.difference} were missing when it was"
            " counted; count it again"
        )
    command = AdjustStock(
        key=sheet.code,
        document=sheet.code,
        item=line.item,
        location=sheet.location,
        by=line.difference,
        reason=AdjustReason.COUNT,
        lot=line.lot,
    )
    return corrected(uow, command).hurt


def _expected(uow: UnitOfWork, sheet: CountSheet, line: CountLine) -> int:
    level = uow.stock.lock(line.item, sheet.location)
    if line.lot is None:
        return level.on_hand
    return sum(part.on_hand for part in uow.lots.where(line.lot) if part.location == sheet.location)


def _sorted(sheet: CountSheet) -> list[CountLine]:
    return sorted(sheet.lines, key=lambda line: (line.item, line.lot or ""))


def _is_in(sheet: CountSheet, *states: CountState) -> None:
    if sheet.state not in states:
        raise ConflictError(f"count sheet {sheet.code!r} is {sheet.state.value}; it cannot be changed so any more")
