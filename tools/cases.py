"""What an agent may ask about cases."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from core.domain.cases import ACTIVE_STATES, Case, ExceptionType, LineImpact
from core.domain.ids import CaseId
from core.domain.overviews import NameKind
from tools.arguments import CaseRef, Customer, Item
from tools.core_access import ReadCore
from tools.spec import Cost, ToolInput, ToolOutput, reads

MOST_LINES = 20


class ListCases(ToolInput):
    """What list_cases takes."""

    limit: int = Field(20, ge=1, le=50, description="how many cases at most, 1 to 50")
    closed_too: bool = Field(False, description="true to list resolved, accepted and closed cases as well")
    customer: Customer | None = Field(None, description="only those that hurt this customer: its code or whole name")
    item: Item | None = Field(None, description="only those about this item, or that hurt lines of it: code or name")
    type: ExceptionType | None = Field(None, description="only those of this kind, such as 'E01' for a shortage")


class CaseBrief(ToolOutput):
    """A case in one row. `exposure` is money in the company's currency, `lines` how many order lines it hurts."""

    id: CaseId
    type: str
    title: str
    state: str
    exposure: Decimal
    lines: int
    lacking: int
    item: str
    location: str
    needed_by: date
    decide_by: date | None


class CaseList(ToolOutput):
    """Cases, the greatest exposure first; `left_out` says how many more there are."""

    cases: tuple[CaseBrief, ...]
    left_out: int


def _list_cases(core: ReadCore, asked: ListCases) -> CaseList:
    customer = None if asked.customer is None else core.code_of(NameKind.CUSTOMER, asked.customer)
    item = None if asked.item is None else core.code_of(NameKind.ITEM, asked.item)
    found = [
        case
        for case in core.cases()
        if (asked.closed_too or case.state in ACTIVE_STATES)
        and asked.type in (None, case.detected.type)
        and (customer is None or any(impact.customer == customer for impact in case.detected.impacts))
        and (item is None or _about(case, item))
    ]
    found.sort(key=lambda case: (-case.detected.exposure, case.id))
    return CaseList(
        cases=tuple(brief(case) for case in found[: asked.limit]), left_out=max(0, len(found) - asked.limit)
    )


def _about(case: Case, item: str) -> bool:
    return case.detected.item == item or any(impact.item == item for impact in case.detected.impacts)


def brief(case: Case) -> CaseBrief:
    """A case in one row."""
    detected = case.detected
    return CaseBrief(
        id=case.id,
        type=detected.type.value,
        title=detected.title,
        state=case.state.value,
        exposure=detected.exposure,
        lines=len(detected.impacts),
        lacking=detected.lacking,
        item=detected.item,
        location=detected.location,
        needed_by=detected.needed_by,
        decide_by=case.deadline,
    )


class ShowCase(ToolInput):
    """What show_case takes."""

    case: CaseRef


class ImpactRow(ToolOutput):
    """An order line the case hurts. `projected` is when it can be had, none when no known supply covers it."""

    order: str
    line: int
    customer: str
    item: str
    quantity: int
    short: int
    promised: date
    projected: date | None
    days_late: int
    exposure: Decimal
    why: tuple[str, ...]


class CaseShown(ToolOutput):
    """A case with the lines it hurts, the greatest exposure first, and its approvals as 'id: state'."""

    case: CaseBrief
    impacts: tuple[ImpactRow, ...]
    impacts_left_out: int
    fixes: tuple[str, ...]
    approvals: tuple[str, ...]


def _show_case(core: ReadCore, asked: ShowCase) -> CaseShown:
    case = core.case(CaseId(asked.case))
    impacts = sorted(case.detected.impacts, key=lambda impact: (-impact.exposure, impact.order, impact.line))
    return CaseShown(
        case=brief(case),
        impacts=tuple(_row(impact) for impact in impacts[:MOST_LINES]),
        impacts_left_out=max(0, len(impacts) - MOST_LINES),
        fixes=case.detected.fixes,
        approvals=tuple(f"{approval.id}: {approval.state}" for approval in core.approvals(case.id)),
    )


def _row(impact: LineImpact) -> ImpactRow:
    return ImpactRow(
        order=impact.order,
        line=impact.line,
        customer=impact.customer,
        item=impact.item,
        quantity=impact.quantity,
        short=impact.short,
        promised=impact.due,
        projected=impact.projected,
        days_late=impact.days_late,
        exposure=impact.exposure,
        why=tuple(f"{step.subject}: {step.text}" for step in impact.why),
    )


LIST_CASES = reads(
    "list_cases",
    "Lists the open exception cases, the greatest exposure first: what is wrong, with which item, how much money is at "
    "stake and until when something can be decided; all, or those of a customer, an item, a kind. Does not "
    "look for new trouble; a scan does that.",
    cost=Cost.CHEAP,
    examples=({}, {"customer": "HARBOR", "limit": 5}),
    takes=ListCases,
    gives=CaseList,
    handler=_list_cases,
)
SHOW_CASE = reads(
    "show_case",
    "Shows one case: the order lines it hurts with promised and projected dates, why each is late or short, what "
    "would fix it, and the approvals asked for so far. Quantities are base units, money is the company's currency.",
    cost=Cost.CHEAP,
    examples=({"case": "CASE-17"},),
    takes=ShowCase,
    gives=CaseShown,
    handler=_show_case,
)
