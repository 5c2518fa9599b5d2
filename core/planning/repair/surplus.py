"""R13, R15 and R25: supply that nobody needs, had later or cancelled; days with too much work, made longer."""

from decimal import Decimal

import numpy as np

from core.domain.ids import ItemCode, PurchaseOrderNo, SupplierCode, WorkCenterCode, WorkOrderNo
from core.domain.money import rounded
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import (
    Action,
    CancelPurchase,
    CancelWork,
    Overtime,
    ReschedulePurchase,
    RescheduleWork,
    Resolution,
)
from core.planning.buffers import word_day
from core.planning.positions import supply_position
from core.planning.repair.alternative import Alternative, Ground
from core.planning.snapshot import PRICE_SCALE, PURCHASE_ORDER, WORK_ORDER, date_of, day_number

Found = list[Alternative | RejectedIdea]
_HUNDRED, _MINUTES = Decimal(100), Decimal(60)


def later(ground: Ground) -> Found:
    """Supply without a need, later by some days; what it saves is holding it so long."""
    row = _surplus(ground)
    if row is None:
        return []
    supply, days = ground.snapshot.supply, ground.policy.defer_days
    due, name = word_day(ground.snapshot, row), _name(ground, row)
    said = f"have {name} {days} days later"
    reason = _frozen(ground, row)
    if reason:
        return [RejectedIdea(resolution=Resolution.RESCHEDULE.value, what=said, reason=reason)]
    old, new = date_of(due), date_of(due + days)
    if int(supply.kind[row]) == PURCHASE_ORDER:
        action: Action = ReschedulePurchase(
            purchase_order=PurchaseOrderNo(supply.number[row]),
            line=int(supply.line[row]),
            supplier=_supplier(ground, row),
            item=_item(ground, row),
            quantity=int(supply.quantity[row]),
            old_due=old,
            new_due=new,
        )
    else:
        start = int(supply.start[row])
        action = RescheduleWork(
            work_order=WorkOrderNo(supply.number[row]),
            item=_item(ground, row),
            quantity=int(supply.quantity[row]),
            old_start=date_of(start),
            old_due=old,
            new_start=date_of(start + days),
            new_due=new,
        )
    return [_alternative(ground, row, Resolution.RESCHEDULE, said, action, ())]


def cancelled(ground: Ground) -> Found:
    """Supply without a need, cancelled; a purchase costs a share of its value as a fee."""
    row = _surplus(ground)
    if row is None:
        return []
    supply, said = ground.snapshot.supply, f"cancel {_name(ground, row)}"
    reason = _frozen(ground, row) or _more_lines(ground, row)
    if reason:
        return [RejectedIdea(resolution=Resolution.CANCEL_SUPPLY.value, what=said, reason=reason)]
    units, due = int(supply.quantity[row]), date_of(word_day(ground.snapshot, row))
    if int(supply.kind[row]) == WORK_ORDER:
        start = date_of(int(supply.start[row]))
        number = WorkOrderNo(supply.number[row])
        work = CancelWork(work_order=number, item=_item(ground, row), quantity=units, start=start, due=due)
        return [_alternative(ground, row, Resolution.CANCEL_SUPPLY, said, work, ())]
    value = Decimal(int(ground.snapshot.items.unit_cost[int(supply.item[row])]) * units) / PRICE_SCALE
    fee = rounded(value * ground.policy.cancel_percent / _HUNDRED)
    action = CancelPurchase(
        purchase_order=PurchaseOrderNo(supply.number[row]),
        line=int(supply.line[row]),
        supplier=_supplier(ground, row),
        item=_item(ground, row),
        quantity=units,
        due=due,
        fee=fee,
    )
    term = CostTerm(name=f"cancellation fee of {action.supplier}", amount=fee)
    return [_alternative(ground, row, Resolution.CANCEL_SUPPLY, said, action, (term,))]


def overtime(ground: Ground) -> Found:
    """R15: the minutes that a day of a work centre lacks, as overtime, within its limit."""
    found: Found = []
    for day in ground.terms.overloads:
        lacking = day.booked - day.capacity - day.allowed
        said = f"work {lacking:,} minutes of overtime at {day.center} on {day.day}"
        if day.allowed + lacking > day.most:
            reason = f"{day.center} may work {day.most:,} minutes of overtime a day at most"
            found.append(RejectedIdea(resolution=Resolution.OVERTIME.value, what=said, reason=reason))
            continue
        cost = rounded(day.hourly_cost * lacking / _MINUTES)
        action = Overtime(
            center=WorkCenterCode(day.center),
            day=day.day,
            minutes=lacking,
            capacity=day.capacity,
            booked=day.booked,
            allowed=day.allowed,
            cost=cost,
        )
        found.append(
            Alternative(
                resolution=Resolution.OVERTIME,
                said=said,
                note=f"{day.center} may work {day.most:,} minutes of overtime a day",
                actions=lambda number, action=action: (action,),
                last_day=max(ground.snapshot.as_of, day_number(day.day)),
                terms=(CostTerm(name=f"overtime at {day.center}", amount=cost),),
                worth=cost + ground.policy.answer_worth,
            )
        )
    return found


def _surplus(ground: Ground) -> int | None:
    """The supply the case names, when no requirement is pegged to it."""
    kind, _, name = ground.case.detected.root.rpartition(" ")
    number, slash, line = name.partition("/")
    supply = ground.snapshot.supply
    if kind == "work order":
        row = supply_position(supply, WORK_ORDER, name, 1)
    elif kind.startswith("purchase order") and slash and line.isdigit():
        row = supply_position(supply, PURCHASE_ORDER, number, int(line))
    else:
        row = None
    if row is None:
        return None
    receipts = np.flatnonzero(ground.result.receipts.supply == row)
    pegged = np.isin(ground.result.pegs.receipt, receipts).any()
    return None if bool(pegged) else row


def _frozen(ground: Ground, row: int) -> str:
    supply, as_of = ground.snapshot.supply, ground.snapshot.as_of
    if bool(supply.issued[row]):
        return "it has begun: its components have left stock already"
    begins = int(supply.start[row] if int(supply.kind[row]) == WORK_ORDER else word_day(ground.snapshot, row))
    return "it is due or begins today already" if begins <= as_of else ""


def _more_lines(ground: Ground, row: int) -> str:
    supply = ground.snapshot.supply
    same = [n for n, number in enumerate(supply.number) if number == supply.number[row]]
    return "its order has other open lines" if len(same) > 1 else ""


def _alternative(
    ground: Ground, row: int, code: Resolution, said: str, action: Action, terms: tuple[CostTerm, ...]
) -> Alternative:
    note = f"no order needs the {int(ground.snapshot.supply.quantity[row]):,} units"
    last = max(ground.snapshot.as_of, int(ground.snapshot.supply.start[row]) - 1)
    item, units = int(ground.snapshot.supply.item[row]), int(ground.snapshot.supply.quantity[row])
    value = Decimal(int(ground.snapshot.items.unit_cost[item]) * units) / PRICE_SCALE
    return Alternative(
        resolution=code,
        said=said,
        note=note,
        actions=lambda number: (action,),
        last_day=last,
        terms=terms,
        worth=rounded(value * ground.policy.excess_percent / _HUNDRED),
    )


def _name(ground: Ground, row: int) -> str:
    supply = ground.snapshot.supply
    kind = "work order" if int(supply.kind[row]) == WORK_ORDER else "purchase order"
    return f"{kind} {supply.number[row]} ({int(supply.quantity[row]):,} {_item(ground, row)})"


def _item(ground: Ground, row: int) -> ItemCode:
    return ItemCode(ground.snapshot.items.code[int(ground.snapshot.supply.item[row])])


def _supplier(ground: Ground, row: int) -> SupplierCode:
    return SupplierCode(ground.snapshot.parties.supplier[int(ground.snapshot.supply.supplier[row])])
