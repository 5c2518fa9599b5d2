"""Alternatives that ask a person, accept a price or release a hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.domain.cases import LineImpact
from core.domain.ids import OrderNo, PurchaseOrderNo, SupplierCode
from core.domain.money import rounded
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import (
    AcceptPrice,
    Action,
    Ask,
    AskCredit,
    AskData,
    AskDisposition,
    AskRecount,
    AskWaiver,
    DecideChange,
    NegotiatePrice,
    OfferCustomer,
    ReleaseHold,
    Resolution,
)
from core.planning.naming import counted
from core.planning.positions import line_position, supply_position
from core.planning.repair.alternative import Alternative, Ground
from core.planning.snapshot import PURCHASE_ORDER, date_of

Found = list[Alternative | RejectedIdea]
_OFFERED = 5
_HUNDRED = Decimal(100)


def offers(ground: Ground) -> Found:
    """R11: offer the customers hurt most what is possible instead; they answer through customer service."""
    late = [impact for impact in ground.case.detected.impacts if _late(ground, impact)]
    worst = sorted(late, key=lambda i: (-i.exposure, i.order, i.line))[:_OFFERED]
    if not worst:
        return []
    due = _due(ground)

    def actions(number: str) -> tuple[Action, ...]:
        return tuple(
            OfferCustomer(
                subject=f"offer {number} {impact.order}/{impact.line}",
                about=f"order:{impact.order}",
                due=due,
                text=_offer(impact),
            )
            for impact in worst
        )

    customers = sorted({impact.customer for impact in worst})
    said = f"offer {', '.join(customers)} another date, quantity or item for {counted(len(worst), 'order line')}"
    return [
        _alternative(ground, Resolution.OFFER, said, "the customer must answer; nothing is promised by it", actions)
    ]


def _late(ground: Ground, impact: LineImpact) -> bool:
    at = line_position(ground.snapshot, impact.order, impact.line)
    return at is not None and int(ground.lateness[at]) > 0


def _offer(impact: LineImpact) -> str:
    now = impact.quantity - impact.short
    when = "no day is known" if impact.projected is None else f"all can be there on {impact.projected}"
    return (
        f"offer {impact.customer} another date, quantity, item or price for order line {impact.order}/{impact.line}"
        f" ({impact.quantity:,} {impact.item} promised for {impact.due}): {when}, {max(0, now):,} have supply"
    )


def waiver(ground: Ground) -> Found:
    """R17: quality decides whether the lot may be used."""
    return _asked(ground, Resolution.WAIVER, AskWaiver, "may it be used under a waiver, and for whom?")


def data(ground: Ground) -> Found:
    """R21: data confirmed or corrected."""
    return _asked(ground, Resolution.ASK_DATA, AskData, "confirm or correct it")


def recount(ground: Ground) -> Found:
    """R22: what was counted corrects the ledger; stock that nobody counted is counted first."""
    found: Found = []
    for counted_stock in ground.terms.counts:
        action = counted_stock.action
        said = f"correct {action.item} at {action.location} by {action.change:+,d} as counted on {action.reference}"
        if counted_stock.why_not:
            code, reason = Resolution.CORRECT_LEDGER.value, counted_stock.why_not
            found.append(RejectedIdea(resolution=code, what=said, reason=reason))
            continue
        note = f"count {action.reference} waits for another person to post it"
        terms = (CostTerm(name="units written off", amount=action.value),)
        posted = _alternative(ground, Resolution.CORRECT_LEDGER, said, note, lambda n, a=action: (a,), terms=terms)
        found.append(replace(posted, corrects=True))
    return found + _asked(ground, Resolution.CORRECT_LEDGER, AskRecount, "count it and correct the ledger by the count")


def credit(ground: Ground) -> Found:
    """R26: finance decides."""
    return _asked(ground, Resolution.CREDIT, AskCredit, "decide on it")


def change(ground: Ground) -> Found:
    """R23: a customer's change is applied or declined."""
    return _asked(ground, Resolution.CHANGE_ORDER, DecideChange, "apply it with what follows from it, or decline it")


def disposition(ground: Ground) -> Found:
    """R27: what becomes of goods that came back."""
    return _asked(ground, Resolution.DISPOSITION, AskDisposition, "decide what becomes of the goods and of the money")


def prices(ground: Ground) -> Found:
    """R20: accept a price that the band allows, and let the buyer settle any other."""
    found: Found = []
    for asked in ground.terms.prices:
        at = supply_position(ground.snapshot.supply, PURCHASE_ORDER, asked.order, asked.line)
        if at is None:
            continue
        supply = ground.snapshot.supply
        what = f"accept {asked.new} instead of {asked.old} for {asked.order}/{asked.line}"
        if not asked.within:
            reason = "the price is outside the band that may be accepted without talking"
            found.append(RejectedIdea(resolution=Resolution.PRICE.value, what=what, reason=reason))
            continue
        action = AcceptPrice(
            purchase_order=PurchaseOrderNo(asked.order),
            line=asked.line,
            supplier=SupplierCode(ground.snapshot.parties.supplier[int(supply.supplier[at])]),
            item=ground.case.detected.item,
            quantity=asked.quantity,
            old_price=asked.old,
            new_price=asked.new,
            currency=ground.snapshot.currency,
        )
        term = CostTerm(name=f"price difference on {asked.quantity:,} units", amount=rounded(action.charge))
        found.append(
            _alternative(ground, Resolution.PRICE, what, "within the band", lambda n, a=action: (a,), terms=(term,))
        )
    return [*found, *_asked(ground, Resolution.PRICE, NegotiatePrice, "settle the price with the other side")]


def releases(ground: Ground) -> Found:
    """R24: release the holds of the case's orders."""
    found: Found = []
    for hold in ground.terms.holds:
        action = ReleaseHold(order=OrderNo(hold.order), hold=hold.number, what=hold.kind, reason=hold.why)
        said = f"release the {hold.kind} hold of order {hold.order}"
        found.append(
            _alternative(ground, Resolution.RELEASE, said, f"held because {hold.why}", lambda n, a=action: (a,))
        )
    return found


def _asked(ground: Ground, code: Resolution, kind: type[Ask], question: str) -> Found:
    detected, due = ground.case.detected, _due(ground)

    def actions(number: str) -> tuple[Action, ...]:
        task = kind(
            subject=f"{kind.task.value} {number}", about=detected.root, due=due, text=f"{detected.title}: {question}"
        )
        return (task,)

    role = kind.role.value.replace("_", " ")
    said = f"ask {role} by {due}: {question}"
    return [_alternative(ground, code, said, f"{role} answers; nothing else is done by it", actions)]


def _due(ground: Ground) -> date:
    """Some days from now, but no later than something is needed, where that is still to come."""
    usual = date_of(ground.snapshot.as_of + ground.policy.answer_days)
    tomorrow = date_of(ground.snapshot.as_of + 1)
    return max(tomorrow, min(usual, ground.case.detected.needed_by))


def _alternative(
    ground: Ground,
    code: Resolution,
    said: str,
    note: str,
    actions: Callable[[str], tuple[Action, ...]],
    *,
    terms: tuple[CostTerm, ...] = (),
) -> Alternative:
    last = ground.snapshot.as_of + ground.policy.answer_days
    worth = max(ground.policy.answer_worth, ground.case.detected.exposure * ground.policy.lacking_percent / _HUNDRED)
    return Alternative(
        resolution=code, said=said, note=note, actions=actions, last_day=last, terms=terms, worth=rounded(worth)
    )
