"""How an agent proposes a change of its own making: the core makes an option of it, and people decide."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from pydantic import Field

from core.domain.approval import Approval, ApprovalState
from core.domain.cases import ACTIVE_STATES, Case
from core.domain.crafting import BuyFrom, Compose, MoveStock, PromiseFor, PullIn, Wish
from core.domain.errors import ConflictError, InvalidValueError, NotFeasibleError
from core.domain.ids import ApprovalId, CaseId, LocationCode, OrderNo, PurchaseOrderNo, SupplierCode
from core.domain.options import Option
from core.domain.overviews import NameKind
from core.domain.plans import ApplyChange
from core.domain.quotes import ExpediteQuote, Quote, QuoteRefusal
from core.domain.supply_impact import ImpactAsked, SupplyImpact
from core.services.asking_changes import AskChange, ChangeAsked
from tools.access.evidence import Unanswered
from tools.arguments import MOST_UNITS, Day, Line, Location, Order, PurchaseOrder, Supplier, Units
from tools.core_access import ToolCore
from tools.evidence import updated
from tools.proposing import Proposed, put_before_people
from tools.spec import Cost, ToolInput, ToolOutput, proposes

Answer = TypeVar("Answer", Quote, ExpediteQuote)
MOST_CASES = 3


class ProposeTransfer(ToolInput):
    """What propose_transfer takes."""

    order: Order
    line: Line = 1
    from_location: Location
    quantity: Units


class ProposeNewDate(ToolInput):
    """What propose_new_date takes."""

    order: Order
    line: Line = 1
    date: Day


class ProposePurchase(ToolInput):
    """What propose_purchase takes."""

    order: Order
    line: Line = 1
    supplier: Supplier
    quantity: int | None = Field(
        None, ge=1, le=MOST_UNITS, strict=True, description="base units; left out: as many as are needed"
    )


class ProposeExpedite(ToolInput):
    """What propose_expedite takes."""

    purchase_order: PurchaseOrder
    line: Line = 1


class ProposeOrderChange(ToolInput):
    """What propose_order_change takes: a quantity or a date, one of both."""

    order: Order
    line: Line = 1
    quantity: int | None = Field(
        None, ge=1, le=MOST_UNITS, strict=True, description="base units the line is for from now on"
    )
    date: Day | None = Field(None, description="the day the customer wants it, such as 2026-03-31")


class ChangeProposed(ToolOutput):
    """A change that waits. `summary` can be told to a person as it is; the order is as it was. `approval` is what
    people decide on; null where no option takes the change, and people answer it on `case`. `would` says what the
    change does to the line; `frozen_until` is the last frozen day when it is inside it."""

    approval: ApprovalId | None
    summary: str
    case: CaseId
    signal: str
    order: str
    line: int
    would: tuple[str, ...]
    frozen_until: date | None
    expires_at: datetime | None


def _propose_transfer(core: ToolCore, asked: ProposeTransfer) -> Proposed:
    case = _case_of(core, asked.order, asked.line)
    origin = LocationCode(core.code_of(NameKind.LOCATION, asked.from_location))
    return _crafted(core, case, MoveStock(origin=origin, quantity=asked.quantity))


def _propose_new_date(core: ToolCore, asked: ProposeNewDate) -> Proposed:
    order = core.order(asked.order).order.number
    case = _case_of(core, order, asked.line)
    return _crafted(core, case, PromiseFor(order=order, line=asked.line, day=asked.date))


def _propose_purchase(core: ToolCore, asked: ProposePurchase) -> Proposed:
    case = _case_of(core, asked.order, asked.line)
    supplier = SupplierCode(core.code_of(NameKind.SUPPLIER, asked.supplier))
    if not any(quote.supplier == supplier for quote in core.evidence(case.id).quotes):
        _ask_price(core, case, supplier)
    return _crafted(core, case, BuyFrom(supplier=supplier, quantity=asked.quantity))


def _propose_expedite(core: ToolCore, asked: ProposeExpedite) -> Proposed:
    number = PurchaseOrderNo(asked.purchase_order)
    case = _case_behind(core, number, asked.line)
    known = core.evidence(case.id).expedites
    if not any((quote.purchase_order, quote.line) == (number, asked.line) for quote in known):
        _ask_expedite(core, case, number, asked.line)
    return _crafted(core, case, PullIn(purchase_order=number, line=asked.line))


def _propose_order_change(core: ToolCore, asked: ProposeOrderChange) -> ChangeProposed:
    told = core.ask_change(AskChange(order=asked.order, line=asked.line, quantity=asked.quantity, requested=asked.date))
    approval, summary, expires_at = _put(core, told)
    return ChangeProposed(
        approval=approval,
        summary=summary,
        case=told.case,
        signal=told.signal,
        order=told.order,
        line=told.line,
        would=told.words,
        frozen_until=told.fence,
        expires_at=expires_at,
    )


def _put(core: ToolCore, asked: ChangeAsked) -> tuple[ApprovalId | None, str, datetime | None]:
    """The approval a change waits under, in words, and until when."""
    waiting = _waiting(core, asked.case)
    if waiting is not None:
        return waiting.id, f"proposed before, approval {waiting.id}; people decide on that", waiting.expires_at
    option = _taken(core.plan_options(asked.case).options, asked.signal)
    if option is None:
        return None, f"asked for on {asked.case}; no option takes the change, so people answer it there", None
    proposed = put_before_people(core, option)
    return proposed.approval, proposed.summary, proposed.expires_at


def _taken(options: Sequence[Option], signal: str) -> Option | None:
    """The best of the options that take the change; None where all decline it or leave it to people."""
    taking = [
        option
        for option in options
        if any(isinstance(action, ApplyChange) and action.signal == signal for action in option.actions)
    ]
    return min(taking, key=lambda option: (option.objective, option.letter), default=None)


def _crafted(core: ToolCore, case: Case, wish: Wish) -> Proposed:
    waiting = _waiting(core, case.id)
    if waiting is not None:
        raise ConflictError(f"case {case.id} already has {waiting.id} waiting; people decide on that first")
    return put_before_people(core, core.craft(case.id, Compose(wishes=(wish,))))


def _waiting(core: ToolCore, case: CaseId) -> Approval | None:
    states = {ApprovalState.PENDING, ApprovalState.APPROVED}
    return next((approval for approval in core.approvals(case) if approval.state in states), None)


def _case_of(core: ToolCore, said: str, line: int) -> Case:
    """The open case that hurts the line most; a line in no case needs no way out."""
    order = core.order(said).order.number
    found = _hurt(core.cases(), {(order, line)})
    if not found:
        raise InvalidValueError(
            f"line {line} of {order!r} is in no open case, so there is nothing to mend; accepted is a line that a case"
            " of list_cases hurts. What the customer wants otherwise is propose_order_change",
            field="order",
        )
    return found[0]


def _case_behind(core: ToolCore, number: PurchaseOrderNo, line: int) -> Case:
    """The open case that this purchase order line could help: of those whose lines hang on it, the first that would ask
    its supplier."""
    impact = core.supply_impact(ImpactAsked(reference=f"{number}/{line}"))
    if not isinstance(impact, SupplyImpact):
        raise InvalidValueError(f"{number!r} is no purchase order", field="purchase_order")
    lines: set[tuple[OrderNo, int]] = {(row.order, row.line) for row in (*impact.pegged, *impact.worsened)}
    for case in _hurt(core.cases(), lines)[:MOST_CASES]:
        asks = core.needs(case.id).expedites
        if any((one.purchase_order, one.line) == (number, line) for one in asks):
            return case
    raise InvalidValueError(
        f"no open case would be helped by having {number}/{line} sooner; accepted is a line behind a case of"
        " list_cases, see show_supply_impact",
        field="purchase_order",
    )


def _hurt(cases: tuple[Case, ...], lines: set[tuple[OrderNo, int]]) -> list[Case]:
    """The open cases that hurt one of these lines, the greatest exposure first."""
    found = [
        case
        for case in cases
        if case.state in ACTIVE_STATES and any((hit.order, hit.line) in lines for hit in case.detected.impacts)
    ]
    return sorted(found, key=lambda case: (-case.detected.exposure, case.id))


def _ask_price(core: ToolCore, case: Case, supplier: SupplierCode) -> None:
    """Ask the supplier and keep what it says: the plan is made of its quote."""
    needs = core.needs(case.id)
    request = next((one for one in needs.quotes if one.supplier == supplier), None)
    if request is None:
        known = sorted({one.supplier for one in needs.quotes})
        raise InvalidValueError(f"supplier {supplier!r} cannot help here; accepted are {known}", field="supplier")
    answer = _usable(core.ask_price(request))
    core.record_evidence(case.id, updated(core.evidence(case.id), stock=needs.stock, quotes=(answer,)))


def _ask_expedite(core: ToolCore, case: Case, number: PurchaseOrderNo, line: int) -> None:
    needs = core.needs(case.id)
    request = next(one for one in needs.expedites if (one.purchase_order, one.line) == (number, line))
    answer = _usable(core.ask_expedite(request))
    core.record_evidence(case.id, updated(core.evidence(case.id), stock=needs.stock, expedites=(answer,)))


def _usable(answer: Answer | QuoteRefusal | Unanswered) -> Answer:
    match answer:
        case QuoteRefusal():
            raise NotFeasibleError(f"{answer.supplier} does not offer it: {answer.reason.value}")
        case Unanswered():
            raise NotFeasibleError(f"{answer.supplier} gave no usable answer ({answer.code}); try again later")
        case _:
            return answer


PROPOSE_TRANSFER = proposes(
    "propose_transfer",
    "Proposes to move units from another location for an order line that a case hurts: makes an option of it, checked "
    "and priced by the core, and puts it before people. Where it is a component that lacks, that is what is moved. "
    "Refused, with reasons, when the location cannot give up so many. Executes nothing.",
    cost=Cost.COSTLY,
    examples=({"order": "SO-1042", "line": 1, "from_location": "RENO", "quantity": 40},),
    takes=ProposeTransfer,
    gives=Proposed,
    handler=_propose_transfer,
)
PROPOSE_NEW_DATE = proposes(
    "propose_new_date",
    "Proposes to promise an order line that a case hurts for another day: makes an option of it, checked by the core, "
    "and puts it before people. What the customer wants otherwise is propose_order_change. Promises nothing.",
    cost=Cost.COSTLY,
    examples=({"order": "SO-1042", "line": 1, "date": "2026-03-31"},),
    takes=ProposeNewDate,
    gives=Proposed,
    handler=_propose_new_date,
)
PROPOSE_PURCHASE = proposes(
    "propose_purchase",
    "Proposes to buy what an order line that a case hurts lacks from one supplier, on its quote; the supplier is asked "
    "for one where none is kept, which commits nobody. Puts the option before people; orders nothing.",
    cost=Cost.COSTLY,
    examples=({"order": "SO-1042", "line": 1, "supplier": "GULF", "quantity": 40},),
    takes=ProposePurchase,
    gives=Proposed,
    handler=_propose_purchase,
)
PROPOSE_EXPEDITE = proposes(
    "propose_expedite",
    "Proposes to have an open purchase order line sooner, for the case that hangs on it, at what its supplier asks for "
    "that; the supplier is asked where no offer is kept. Puts the option before people; moves no date.",
    cost=Cost.COSTLY,
    examples=({"purchase_order": "PO-17", "line": 1},),
    takes=ProposeExpedite,
    gives=Proposed,
    handler=_propose_expedite,
)
PROPOSE_ORDER_CHANGE = proposes(
    "propose_order_change",
    "Proposes another quantity or another requested day for an order line, as its customer wants it: works out what "
    "that would do, opens a case of it and puts the option that takes the change before people. Changes no order.",
    cost=Cost.COSTLY,
    examples=({"order": "SO-1042", "line": 1, "quantity": 60}, {"order": "SO-1042", "date": "2026-03-31"}),
    takes=ProposeOrderChange,
    gives=ChangeProposed,
    handler=_propose_order_change,
)
