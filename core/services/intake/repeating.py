"""Whether an order has come before: the same PO, or the same lines, on an order or on a draft; and what it changes."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from core.domain.amendments import BEFORE_PICKING, CancelOpen, Change, ChangeDate, ChangeQuantity
from core.domain.ids import CustomerCode, OrderNo
from core.domain.intake.drafts import DraftId, DraftLine, DraftOrder, Level
from core.domain.intake.names import OrderSeen
from core.domain.intake.transcripts import TranscriptKind
from core.domain.orders import SalesOrderLine
from core.ports.storage import UnitOfWork
from core.services.ordering.entering import DUPLICATE_DAYS

LineChange = ChangeQuantity | ChangeDate | CancelOpen
SAME_LINES_DAYS = 14
"""How far back an order without the same PO, but with exactly the same lines, is taken for the same order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """What a new draft repeats or changes: an order, or a draft nobody has confirmed; `changes` are empty where it says
    the same again, and `unread` says what of it could not be told as a change."""

    order: OrderNo | None = None
    draft: DraftId | None = None
    changes: tuple[Change, ...] = ()
    unread: tuple[str, ...] = ()


def repeated(uow: UnitOfWork, draft: DraftOrder) -> Repeated | None:
    """The order or draft that a new draft repeats or revises, None when it is a new one."""
    customer, po = draft.customer_code, draft.customer_po.value
    if customer is None:
        return None
    today = uow.company.settings().as_of
    if po:
        known = uow.orders.with_po(customer, po, since=today - timedelta(days=DUPLICATE_DAYS))
        if known:
            return _against(uow, draft, known[-1])
        waiting = [one for one in uow.drafts.open_of(customer) if one.customer_po.value == po and not one.repeats]
        return Repeated(draft=waiting[-1].id) if waiting else None
    if draft.kind is not TranscriptKind.ORDER:
        return None
    seen = uow.catalogue.recent(customer, since=today - timedelta(days=SAME_LINES_DAYS))
    same = next((one for one in seen if _lines(draft) and _content(one) == _lines(draft)), None)
    if same is not None:
        return Repeated(order=OrderNo(same.number))
    waiting = [one for one in uow.drafts.open_of(customer) if _lines(draft) and _lines(one) == _lines(draft)]
    return Repeated(draft=waiting[-1].id) if waiting else None


def same_draft(one: DraftOrder, other: DraftOrder) -> bool:
    """Whether two drafts ask for the same lines."""
    return bool(_lines(one)) and _lines(one) == _lines(other)


def _lines(draft: DraftOrder) -> Counter[object]:
    if not draft.complete:
        return Counter()
    return Counter((line.item_code, line.units, line.day) for line in draft.lines)


def _content(seen: OrderSeen) -> Counter[object]:
    return Counter(seen.lines)


def _against(uow: UnitOfWork, draft: DraftOrder, order: OrderNo) -> Repeated:
    """What a draft with the PO of an order asks to have changed of it, line by line, matched by item."""
    lines = [line for line in uow.orders.lines(order) if line.state in BEFORE_PICKING or line.open_quantity]
    if draft.kind is TranscriptKind.CANCELLATION and not draft.lines:
        return Repeated(order=order, changes=(CancelOpen(),))
    changes: dict[int, LineChange] = {}
    unread: list[str] = []
    for wanted in draft.lines:
        of_item = [line for line in lines if line.item == wanted.item_code]
        if len(of_item) != 1:
            unread.append(f"line {wanted.number} is on {len(of_item)} lines of {order}")
            continue
        asked = _changes(of_item[0], wanted, cancelled=draft.kind is TranscriptKind.CANCELLATION)
        if len(asked) > 1:
            unread.append(f"both quantity and date of {order}/{of_item[0].line} change; one of them is asked at a time")
        for change in asked:
            changes.setdefault(of_item[0].line, change)
    return Repeated(order=order, changes=tuple(changes.values()), unread=tuple(unread))


def _changes(line: SalesOrderLine, wanted: DraftLine, *, cancelled: bool) -> tuple[LineChange, ...]:
    if cancelled:
        return (CancelOpen(line=line.line),)
    found: list[LineChange] = []
    if wanted.units is not None and wanted.units != line.ordered:
        found.append(ChangeQuantity(line=line.line, quantity=wanted.units))
    if wanted.day is not None and wanted.day != line.requested:
        found.append(ChangeDate(line=line.line, requested=wanted.day))
    return tuple(found)


def marked(draft: DraftOrder, *, repeats: str, note: str, level: Level = Level.REVIEW) -> DraftOrder:
    """The draft as one that says again what `repeats` says."""
    return replace(draft, repeats=repeats, notes=(*draft.notes, note), whole=max(draft.whole, level, key=_rank))


def _rank(level: Level) -> int:
    return list(Level).index(level)


def known_customer(draft: DraftOrder) -> CustomerCode | None:
    """The customer of a draft that was recognised for sure: only such a letter may touch another draft."""
    return draft.customer_code if draft.customer.level is Level.HIGH else None
