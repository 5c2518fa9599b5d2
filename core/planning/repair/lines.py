"""R03, R04 and R05: order lines shipped from another place, with another item, or in parts."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

import numpy as np

from core.domain.ids import ItemCode, LocationCode, OrderNo
from core.domain.money import PRICE_STEP, rounded
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import Action, Resolution, ShipFrom, SplitLine, Substitute
from core.planning.atp import donor_surplus
from core.planning.exposure import in_money
from core.planning.naming import counted
from core.planning.positions import line_position
from core.planning.repair.alternative import Alternative, Ground
from core.planning.repair.terms import LineTerms
from core.planning.snapshot import NEVER, PER_PARENT_SCALE, PRICE_SCALE, date_of

Found = list[Alternative | RejectedIdea]
_LINES = 5
_NOT_ALLOWED = LineTerms(splittable=False, substitutable=False, movable=False)


def splits(ground: Ground) -> Found:
    """R05: what is there by the promised day ships then, the rest when it comes, one more shipment a line."""
    found: list[tuple[SplitLine, Decimal]] = []
    refused = ""
    for line in _worst(ground):
        action = parts_of(ground, line)
        if action is None:
            continue
        if not terms_of_line(ground, line).splittable or action.now_quantity < terms_of_line(ground, line).least:
            refused = f"the customer of {action.order}/{action.line} takes no part of {action.now_quantity:,}"
            continue
        kept = in_money(int(ground.lateness[line])) * action.now_quantity
        found.append((action, rounded(kept / (action.now_quantity + action.rest_quantity))))
    what = "ship what is there and the rest later"
    if not found:
        return [RejectedIdea(resolution=Resolution.SPLIT.value, what=what, reason=refused)] if refused else []
    actions = tuple(action for action, _ in found)
    term = CostTerm(name=counted(len(actions), "more shipment"), amount=sum((a.cost for a in actions), Decimal(0)))
    units = sum(action.now_quantity for action in actions)
    return [
        Alternative(
            resolution=Resolution.SPLIT,
            said=f"{what}: {counted(units, 'unit')} of {counted(len(actions), 'order line')}",
            note="the customers take parts",
            actions=lambda number: actions,
            last_day=ground.snapshot.as_of,
            terms=(term,),
            worth=sum((worth for _, worth in found), Decimal(0)),
        )
    ]


def parts_of(ground: Ground, line: int) -> SplitLine | None:
    """The parts of a late line; None where nothing is there in time, or the day of the rest is not known."""
    result, demand = ground.result, ground.snapshot.demand
    due, rest_on = int(demand.due[line]), int(result.line_available[line])
    of_line = result.pegs.requirement == int(result.line_requirement[line])
    in_time = of_line & (result.receipts.eta[result.pegs.receipt] <= max(due, ground.snapshot.as_of))
    now, units = int(result.pegs.quantity[in_time].sum()), int(demand.quantity[line])
    if not 0 < now < units or rest_on == NEVER or rest_on <= due:
        return None
    return SplitLine(
        order=OrderNo(demand.order[line]),
        line=int(demand.line[line]),
        item=_item(ground, int(demand.item[line])),
        now_quantity=now,
        now_on=date_of(max(due, ground.snapshot.as_of)),
        rest_quantity=units - now,
        old=date_of(due),
        new=date_of(rest_on),
        cost=ground.policy.extra_shipment,
    )


def other_places(ground: Ground) -> Found:
    """R03: a line that another shipping place can serve whole ships from there; the freight is one shipment more."""
    snapshot, demand = ground.snapshot, ground.snapshot.demand
    left: dict[tuple[int, int], int] = {}
    found: list[ShipFrom] = []
    for line in _worst(ground):
        item, here, units = int(demand.item[line]), int(demand.location[line]), int(demand.quantity[line])
        if not terms_of_line(ground, line).movable:
            continue
        for place in np.flatnonzero(snapshot.locations.may_ship).tolist():
            if int(ground.result.group_of[place]) == int(ground.result.group_of[here]):
                continue
            if (item, place) not in left:
                left[item, place] = donor_surplus(
                    snapshot, ground.result, item=item, location=place, keep_safety_stock=True
                )
            if left[item, place] >= units:
                left[item, place] -= units
                found.append(from_place(ground, line, place))
                break
    if not found:
        return []
    places = sorted({action.new for action in found})
    said = f"ship {counted(len(found), 'order line')} from {', '.join(places)}"
    return [_of_lines(ground, Resolution.SHIP_FROM, said, "what is there is free by ATP", found, "freight")]


def from_place(ground: Ground, line: int, place: int) -> ShipFrom:
    """The line (position) shipped from another place (position)."""
    demand, codes = ground.snapshot.demand, ground.snapshot.locations.code
    return ShipFrom(
        order=OrderNo(demand.order[line]),
        line=int(demand.line[line]),
        item=_item(ground, int(demand.item[line])),
        quantity=int(demand.quantity[line]),
        old=LocationCode(codes[int(demand.location[line])]),
        new=LocationCode(codes[place]),
        cost=ground.policy.extra_shipment,
    )


def substitutes(ground: Ground) -> Found:
    """R04: another item does the same work, at the same price in all; the customer must allow it, two people decide."""
    found: list[Substitute] = []
    refused = ""
    left: dict[tuple[int, int], int] = {}
    for line in _worst(ground):
        for action, alternate, place in instead_of(ground, line):
            if not terms_of_line(ground, line).substitutable:
                refused = f"the customer of {action.order}/{action.line} has not agreed to other items"
                continue
            if (alternate, place) not in left:
                left[alternate, place] = donor_surplus(
                    ground.snapshot, ground.result, item=alternate, location=place, keep_safety_stock=True
                )
            if left[alternate, place] >= action.new_quantity:
                left[alternate, place] -= action.new_quantity
                found.append(action)
                break
    if found:
        said = f"send {', '.join(sorted({a.alternate for a in found}))} instead for {counted(len(found), 'order line')}"
        return [
            _of_lines(ground, Resolution.SUBSTITUTE, said, "the alternate is valid and agreed", found, "dearer item")
        ]
    what = f"send another item than {ground.case.detected.item}"
    return [RejectedIdea(resolution=Resolution.SUBSTITUTE.value, what=what, reason=refused)] if refused else []


def instead_of(ground: Ground, line: int) -> list[tuple[Substitute, int, int]]:
    """What could be sent for a line, by priority, with the positions of the alternate and of the place."""
    snapshot, demand, table = ground.snapshot, ground.snapshot.demand, ground.snapshot.alternates
    item, units = int(demand.item[line]), int(demand.quantity[line])
    rows = np.flatnonzero(
        (table.item == item)
        & ~table.component
        & (table.valid_from <= snapshot.as_of)
        & (table.valid_to >= snapshot.as_of)
    )
    price = Decimal(int(demand.price[line])) / PRICE_SCALE
    found: list[tuple[Substitute, int, int]] = []
    for row in rows.tolist():
        alternate = int(table.alternate[row])
        new_units = -(-units * int(table.ratio[row]) // PER_PARENT_SCALE)
        costs = snapshot.items.unit_cost
        dearer = Decimal(int(costs[alternate]) * new_units - int(costs[item]) * units) / PRICE_SCALE
        action = Substitute(
            order=OrderNo(demand.order[line]),
            line=int(demand.line[line]),
            item=_item(ground, item),
            quantity=units,
            unit_price=price,
            alternate=_item(ground, alternate),
            new_quantity=new_units,
            new_price=(price * units / new_units).quantize(PRICE_STEP, rounding=ROUND_DOWN),
            cost=rounded(dearer),
        )
        found.append((action, alternate, int(demand.location[line])))
    return found


def _of_lines(
    ground: Ground, code: Resolution, said: str, note: str, found: Sequence[ShipFrom | Substitute], term: str
) -> Alternative:
    actions: tuple[Action, ...] = tuple(found)
    cost = sum((action.cost for action in found), Decimal(0))
    return Alternative(
        resolution=code,
        said=said,
        note=note,
        actions=lambda number: actions,
        last_day=ground.snapshot.as_of,
        terms=(CostTerm(name=term, amount=cost),),
    )


def _worst(ground: Ground) -> list[int]:
    """The lines (positions) the case hurts most."""
    impacts = sorted(ground.case.detected.impacts, key=lambda i: (-i.exposure, i.order, i.line))
    found = (line_position(ground.snapshot, impact.order, impact.line) for impact in impacts)
    return [line for line in found if line is not None][:_LINES]


def terms_of_line(ground: Ground, line: int) -> LineTerms:
    """What may be done with an open line (position); nothing where the case has no terms of it."""
    demand = ground.snapshot.demand
    return ground.terms.lines.get((demand.order[line], int(demand.line[line])), _NOT_ALLOWED)


def _item(ground: Ground, at: int) -> ItemCode:
    return ItemCode(ground.snapshot.items.code[at])
