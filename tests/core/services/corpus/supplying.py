"""Commands of supply, signals, tasks, cases and decisions that are accepted as they are."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.domain.approval import DecisionKind
from core.domain.ids import TransferOrderNo, UserName, WorkCenterCode
from core.domain.planned_orders import PlannedKind, PlannedOrder
from core.domain.purchasing import Answer, AnsweredLine
from core.domain.shipping_notices import NoticeLine
from core.domain.signals import Signal, SignalKind
from core.domain.tasks import Task
from core.domain.users import Role, User
from core.planning.rules import ScanRules
from core.services.approvals import DecideCommand, decide
from core.services.proposing import propose
from core.services.scanning import ScanCommand, scan
from core.services.signalling import LimitFeed, RaiseSignal, SettleSignal, limit_feed, raise_signal, settle_signal
from core.services.supplying.answering import (
    Acknowledge,
    ChangedLine,
    ChangePurchase,
    acknowledge,
    change_purchase,
)
from core.services.supplying.capacity import (
    BookWork,
    DecideOvertime,
    RescheduleWork,
    book_work,
    decide_overtime,
    reschedule_work,
)
from core.services.supplying.issuing import IssueComponents, IssuedPart, issue_components
from core.services.supplying.planned import (
    DropPlanned,
    FirmPlanned,
    PlanSupply,
    drop_planned,
    firm_planned,
    plan_supply,
)
from core.services.supplying.price_deciding import DecidePrice, decide_price
from core.services.supplying.producing import (
    CompleteWork,
    EndWork,
    ReleaseWork,
    ReportOperation,
    cancel_work,
    close_work,
    complete_work,
    release_work,
    report_operation,
)
from core.services.supplying.purchasing import (
    EndPurchase,
    EnterPurchase,
    SendPurchase,
    cancel_purchase,
    close_purchase,
    enter_purchase,
    send_purchase,
)
from core.services.supplying.receiving import (
    AnnounceShipment,
    Receive,
    WithdrawShipment,
    announce_shipment,
    receive,
    withdraw_shipment,
)
from core.services.supplying.transferring import ReceiveTransfer, ShipTransfer, receive_transfer, ship_transfer
from core.services.tasks import AnswerTask, answer_task
from core.services.triaging import SnoozeCase, snooze_case
from tests.builders import GULF, HOUSTON, MOTOR, VALVE, YARD, day, transfer
from tests.core.services.corpus.sitting import Service, Sitting
from tests.core.services.supplying.works import PO_9, WO_9, released, sent, wanted, work_order
from tests.desk import command as proposed

KEY = "the key of the case"
BUYER = User(name=UserName("bea"), role=Role.BUYER, limit=Decimal(100000))
PLANNED = PlannedOrder(
    number="PL-1", kind=PlannedKind.PURCHASE, item=VALVE, location=HOUSTON, quantity=12, start=day(1), due=day(14),
    supplier=GULF,
)  # fmt: skip
SIGNAL = Signal(
    reference="S-1",
    kind=SignalKind.DISRUPTION,
    subject="supplier GULF",
    text="A storm closes Gulf",
    supplier=GULF,
    first=day(0),
    last=day(30),
)


def _enter(_: Sitting) -> EnterPurchase:
    lines = (replace(wanted(), sales_order=None),)
    return EnterPurchase(key=KEY, number=PO_9, supplier=GULF, lines=lines)


def _draft(at: Sitting) -> SendPurchase:
    version = enter_purchase(at.uow, replace(_enter(at), key="enter")).version
    return SendPurchase(key=KEY, number=PO_9, version=version)


def _acknowledge(at: Sitting) -> Acknowledge:
    sent(at)
    line = AnsweredLine(
        line=1, answer=Answer.CHANGED, quantity=15, due=day(19), unit_price=Decimal("14.10"), note="a casting is late"
    )
    return Acknowledge(key=KEY, number=PO_9, reference="ACK-1", source="edi", lines=(line,))


def _change(at: Sitting) -> ChangePurchase:
    version = sent(at)
    line = ChangedLine(line=1, quantity=25, due=day(15), unit_price=Decimal("13.90"))
    return ChangePurchase(key=KEY, number=PO_9, version=version, lines=(line,), why="more is needed")


def _end_purchase(at: Sitting) -> EndPurchase:
    return EndPurchase(key=KEY, number=PO_9, version=sent(at), why="not needed")


def _close_purchase(at: Sitting) -> EndPurchase:
    sent(at)
    all_of_it = Receive(key="r", number=PO_9, line=1, reference="DN-1", accepted=20, received_on=day(0))
    return EndPurchase(key=KEY, number=PO_9, version=receive(at.uow, all_of_it).version, why="all is here")


def _decide_price(at: Sitting) -> DecidePrice:
    sent(at)
    line = AnsweredLine(line=1, answer=Answer.CHANGED, unit_price=Decimal(15))
    acknowledge(at.uow, Acknowledge(key="a", number=PO_9, reference="ACK-1", source="edi", lines=(line,)))
    version = at.uow.purchasing.order(PO_9).version
    return DecidePrice(
        key=KEY, number=PO_9, line=1, version=version, price=Decimal(15), accept=True, comment="it is worth it"
    )


def _announce(at: Sitting) -> AnnounceShipment:
    sent(at)
    lines = (NoticeLine(order=PO_9, line=1, quantity=20, lot="L-7", expires_on=day(400)),)
    return AnnounceShipment(
        key=KEY, supplier=GULF, number="ASN-1", carrier="ROAD", tracking="T-1", shipped_on=day(0), eta=day(9),
        lines=lines,
    )  # fmt: skip


def _withdraw(at: Sitting) -> WithdrawShipment:
    announce_shipment(at.uow, replace(_announce(at), key="announce"))
    return WithdrawShipment(key=KEY, supplier=GULF, number="ASN-1")


def _receive(at: Sitting) -> Receive:
    sent(at)
    return Receive(
        key=KEY, number=PO_9, line=1, reference="DN-1", accepted=11, rejected=1, reason="bent", received_on=day(0),
        unit_price=Decimal(14),
    )  # fmt: skip


def _ship_transfer(_: Sitting) -> ShipTransfer:
    return ShipTransfer(key=KEY, number=TransferOrderNo("TO-1"), shipped_on=day(0))


def _receive_transfer(_: Sitting) -> ReceiveTransfer:
    return ReceiveTransfer(
        key=KEY, number=TransferOrderNo("TO-2"), received=4, lost=1, reason="a pallet fell", received_on=day(0)
    )


def _release_work(at: Sitting) -> ReleaseWork:
    work_order(at.uow)
    return ReleaseWork(key=KEY, number=WO_9, version=1, why_short="motors come")


def _report(at: Sitting) -> ReportOperation:
    released(at)
    return ReportOperation(
        key=KEY, number=WO_9, sequence=10, good=3, scrapped=1, minutes=120, done=True, reason="a bad weld"
    )


def _complete(at: Sitting, *, key: str = KEY, **values: Any) -> CompleteWork:
    released(at)
    for sequence in (10, 20):
        report_operation(
            at.uow, ReportOperation(key=f"report {sequence}", number=WO_9, sequence=sequence, good=4, minutes=60)
        )
    return CompleteWork(key=key, number=WO_9, good=4, completed_on=day(0), backflush=True, **values)


def _close_work(at: Sitting) -> EndWork:
    complete_work(at.uow, _complete(at, key="complete", last=True))
    return EndWork(key=KEY, number=WO_9, version=at.uow.making.order(WO_9).version, why="done")


def _issue(at: Sitting) -> IssueComponents:
    released(at)
    parts = (IssuedPart(item=MOTOR, location=YARD, quantity=4),)
    return IssueComponents(key=KEY, number=WO_9, parts=parts, issued_on=day(0), why_more="one broke")


def _of_work(at: Sitting, kind: Any, **values: Any) -> Any:
    return kind(key=KEY, number=WO_9, version=released(at).version, **values)


def _planned(at: Sitting) -> None:
    plan_supply(at.uow, PlanSupply(key="plan", order=PLANNED))


def _firm(at: Sitting) -> FirmPlanned:
    _planned(at)
    return FirmPlanned(key=KEY, number="PL-1", version=1, become="PO-77")


def _drop(at: Sitting) -> DropPlanned:
    _planned(at)
    return DropPlanned(key=KEY, number="PL-1", version=1, why="not needed")


def _settle(at: Sitting) -> SettleSignal:
    raise_signal(at.uow, RaiseSignal(key="raise", signal=SIGNAL))
    return SettleSignal(key=KEY, reference="S-1", outcome="Gulf works again")


def _answer(at: Sitting) -> AnswerTask:
    at.uow.tasks.open(Task(subject="look at it", text="look"))
    return AnswerTask(key=KEY, subject="look at it", answer="done", note="looked")


def _snooze(at: Sitting) -> SnoozeCase:
    case, _ = at.offered([transfer()])
    return SnoozeCase(case=case.id, until=day(5), why="supply comes")


def _propose(at: Sitting) -> Any:
    _, (option,) = at.offered([transfer()])
    return proposed(option)


def _decide(at: Sitting) -> DecideCommand:
    approval = at.proposed(transfer())
    return DecideCommand(
        approval=approval.id, plan_hash=approval.plan_hash, kind=DecisionKind.APPROVE, comment="ok", channel="console"
    )


SUPPLYING = (
    Service(name="enter_purchase", call=enter_purchase, command=_enter),
    Service(name="send_purchase", call=send_purchase, command=_draft),
    Service(name="acknowledge", call=acknowledge, command=_acknowledge),
    Service(name="change_purchase", call=change_purchase, command=_change),
    Service(name="cancel_purchase", call=cancel_purchase, command=_end_purchase),
    Service(name="close_purchase", call=close_purchase, command=_close_purchase),
    Service(name="decide_price", call=decide_price, command=_decide_price),
    Service(name="announce_shipment", call=announce_shipment, command=_announce),
    Service(name="withdraw_shipment", call=withdraw_shipment, command=_withdraw),
    Service(name="receive", call=receive, command=_receive),
    Service(name="ship_transfer", call=ship_transfer, command=_ship_transfer),
    Service(name="receive_transfer", call=receive_transfer, command=_receive_transfer),
    Service(name="release_work", call=release_work, command=_release_work),
    Service(name="report_operation", call=report_operation, command=_report),
    Service(name="complete_work", call=complete_work, command=_complete),
    Service(name="close_work", call=close_work, command=_close_work),
    Service(name="cancel_work", call=cancel_work, command=lambda at: _of_work(at, EndWork, why="not needed")),
    Service(name="issue_components", call=issue_components, command=_issue),
    Service(name="book_work", call=book_work, command=lambda at: _of_work(at, BookWork)),
    Service(
        name="reschedule_work",
        call=reschedule_work,
        command=lambda at: _of_work(at, RescheduleWork, start=day(4), due=day(11)),
    ),
    Service(
        name="decide_overtime",
        call=decide_overtime,
        command=lambda _: DecideOvertime(
            key=KEY, work_center=WorkCenterCode("ASSEMBLY"), day=day(5), minutes=60, why="rush order"
        ),
    ),
    Service(name="plan_supply", call=plan_supply, command=lambda _: PlanSupply(key=KEY, order=PLANNED)),
    Service(name="firm_planned", call=firm_planned, command=_firm),
    Service(name="drop_planned", call=drop_planned, command=_drop),
    Service(name="raise_signal", call=raise_signal, command=lambda _: RaiseSignal(key=KEY, signal=SIGNAL)),
    Service(name="settle_signal", call=settle_signal, command=_settle),
    Service(
        name="limit_feed", call=limit_feed, with_user=True, command=lambda _: LimitFeed(key=KEY, feed="stock", hours=24)
    ),
    Service(name="answer_task", call=answer_task, with_user=True, command=_answer),
    Service(name="snooze_case", call=snooze_case, with_user=True, command=_snooze),
    Service(name="propose", call=propose, command=_propose),
    Service(name="decide", call=decide, with_user=True, again="already_decided", command=_decide),
    Service(name="scan", call=scan, tells=True, counts=("scans",), command=lambda _: ScanCommand(rules=ScanRules())),
)
