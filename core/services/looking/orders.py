"""Looking up sales orders: lists of lines, one order, and why a line's date is what it is."""

from dataclasses import dataclass, replace
from datetime import date

from core.domain.cases import WhyStep
from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.holds import Hold
from core.domain.ids import OrderNo
from core.domain.orders import SalesOrder
from core.domain.overviews import LineFilter, LineOverview, LineRisk, LineStatus
from core.domain.promises import PromiseMade
from core.domain.supply_impact import Footing, ImpactAsked, UpstreamSupply
from core.planning.explaining import why
from core.planning.impact_report import impact_report
from core.planning.positions import line_position
from core.planning.risks import lines_at_risk, projected
from core.planning.whatif.keeping import resident_of
from core.ports.storage import UnitOfWork
from core.services.looking.naming import customer_of, item_of, order_of
from core.services.what_if import rules_for

MOST_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesAsked:
    """Which order lines are wanted, customer and item by code or name; due from `due_after` to `due_before`, both days
    included."""

    customer: str | None = None
    item: str | None = None
    status: LineStatus = LineStatus.OPEN
    due_before: date | None = None
    due_after: date | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesFound:
    """Order lines by the day they are due, and how many more there are; of lines at risk also what puts them there."""

    as_of: date
    lines: tuple[LineOverview, ...]
    risks: tuple[LineRisk, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFound:
    """An order with its lines, the first ones where there are many, and the holds that are open."""

    as_of: date
    order: SalesOrder
    lines: tuple[LineOverview, ...]
    lines_left_out: int
    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineExplained:
    """Why an order line's date is what it is. Of a line that is owed: when all of it is there, units nothing covers,
    the steps to what holds it back, and what it rests on. Of any line the promises made, oldest first."""

    as_of: date
    line: LineOverview
    owed: bool
    projected: date | None
    short: int
    why: tuple[WhyStep, ...]
    rests_on: tuple[UpstreamSupply, ...]
    promises: tuple[PromiseMade, ...]


def order_lines(uow: UnitOfWork, asked: LinesAsked) -> LinesFound:
    """The lines asked for. NotFoundError for a customer or item nobody knows, InvalidValueError for a limit or
    days that are none."""
    if not 1 <= checked(asked).limit <= MOST_LINES:
        raise InvalidValueError(f"limit is {asked.limit!r}; accepted: 1 to {MOST_LINES}", field="limit")
    if asked.due_after and asked.due_before and asked.due_after > asked.due_before:
        raise InvalidValueError(
            f"no day is from {asked.due_after} on and not after {asked.due_before}; accepted: due_before is not before"
            " due_after",
            field="due_before",
        )
    wanted = LineFilter(
        customer=None if asked.customer is None else customer_of(uow, asked.customer),
        item=None if asked.item is None else item_of(uow, asked.item),
        status=asked.status,
        due_after=asked.due_after,
        due_before=asked.due_before,
        limit=asked.limit,
    )
    as_of = uow.company.settings().as_of
    if asked.status is LineStatus.AT_RISK:
        return _at_risk(uow, wanted, as_of)
    lines, count = uow.overviews.order_lines(wanted)
    return LinesFound(as_of=as_of, lines=lines, risks=(), left_out=count - len(lines))


def order_found(uow: UnitOfWork, said: str) -> OrderFound:
    """An order by its number, ours or the customer's."""
    number = order_of(uow, said)
    keys = [(number, line.line) for line in uow.orders.lines(number)]
    few = LineFilter(status=LineStatus.ALL, keys=keys[:MOST_LINES], limit=MOST_LINES)
    lines, _ = uow.overviews.order_lines(few)
    return OrderFound(
        as_of=uow.company.settings().as_of,
        order=uow.orders.order(number),
        lines=tuple(sorted(lines, key=lambda line: line.line)),
        lines_left_out=len(keys) - len(lines),
        holds=uow.holds.of_order(number, open_only=True),
    )


def explain_line(uow: UnitOfWork, said: str, line: int) -> LineExplained:
    """Why a line's date is what it is, and what it rests on; NotFoundError for a line that is none."""
    number = order_of(uow, said)
    found, _ = uow.overviews.order_lines(LineFilter(status=LineStatus.ALL, keys=[(number, line)], limit=1))
    if not found:
        known = [str(one.line) for one in uow.orders.lines(number)][:MOST_LINES]
        raise NotFoundError(f"order {number!r} has no line {line}; accepted are {', '.join(known)}", field="line")
    explained = LineExplained(
        as_of=uow.company.settings().as_of,
        line=found[0],
        owed=False,
        projected=None,
        short=0,
        why=(),
        rests_on=(),
        promises=uow.promises.made(number, line),
    )
    return _owed(uow, explained)


def _at_risk(uow: UnitOfWork, wanted: LineFilter, as_of: date) -> LinesFound:
    books = resident_of(uow.snapshot(), rules_for(uow, None))
    risks, count = lines_at_risk(books.snapshot, books.result, wanted)
    keys: list[tuple[OrderNo, int]] = [(risk.order, risk.line) for risk in risks]
    asked = LineFilter(status=LineStatus.ALL, keys=keys, limit=max(1, len(keys)))
    lines = uow.overviews.order_lines(asked)[0] if keys else ()
    return LinesFound(as_of=as_of, lines=lines, risks=risks, left_out=count - len(lines))


def _owed(uow: UnitOfWork, explained: LineExplained) -> LineExplained:
    line = explained.line
    books = resident_of(uow.snapshot(), rules_for(uow, None))
    at = line_position(books.snapshot, line.order, line.line)
    if at is None:
        return explained
    footing = impact_report(books.snapshot, books.result, ImpactAsked(reference=f"{line.order}/{line.line}"))
    return replace(
        explained,
        owed=True,
        projected=projected(books.result, at),
        short=int(books.result.line_short[at]),
        why=why(books.snapshot, books.result, at),
        rests_on=footing.upstream if isinstance(footing, Footing) else (),
    )
