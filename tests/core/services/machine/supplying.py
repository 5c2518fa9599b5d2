"""Steps of supply: bought, answered late, received; made from components; moved between sites; planned and firmed."""

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from core.domain.ids import PurchaseOrderNo, TransferOrderNo
from core.domain.planned_orders import PlannedKind, PlannedOrder
from core.domain.purchasing import Answer, AnsweredLine
from core.services.supplying.answering import Acknowledge, ChangedLine, ChangePurchase, acknowledge, change_purchase
from core.services.supplying.capacity import BookWork, RescheduleWork, book_work, reschedule_work
from core.services.supplying.issuing import IssueComponents, IssuedPart, issue_components
from core.services.supplying.planned import FirmPlanned, PlanSupply, firm_planned, plan_supply
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
    WantedLine,
    cancel_purchase,
    close_purchase,
    enter_purchase,
    send_purchase,
)
from core.services.supplying.receiving import Receive, receive
from core.services.supplying.transferring import ReceiveTransfer, ShipTransfer, receive_transfer, ship_transfer
from tests.builders import GULF, HOUSTON, MOTOR, PUMP, RENO, SEAL, VALVE, YARD, day
from tests.core.services.machine.books import Books
from tests.core.services.machine.selling import DAYS, NTH, UNITS

BOUGHT = """
    SELECT o.number, x.line, o.version FROM purchase_order_lines x JOIN purchase_orders o ON o.id = x.order_id
    ORDER BY o.stage IN ('received', 'closed', 'cancelled'), o.id, x.line"""
MADE = "SELECT number, version FROM work_orders ORDER BY stage IN ('closed', 'cancelled'), id"
MOVED = "SELECT number FROM transfer_orders ORDER BY stage IN ('received', 'cancelled'), id"
WAITING = "SELECT number, version FROM planned_orders WHERE state = 'planned' ORDER BY number"
SEVERAL = st.integers(0, 30)


class Supplying:
    """The rules of supply."""

    books: Books

    @rule(item=st.sampled_from([VALVE, MOTOR]), units=UNITS, days=DAYS, site=st.sampled_from([HOUSTON, RENO]))
    def buy(self, item, units, days, site) -> None:
        key = self.books.key()
        number = PurchaseOrderNo(f"PO-{key[5:]}N")
        line = WantedLine(line=1, item=item, location=site, quantity=units, unit_price=Decimal(14), due=day(days))
        command = EnterPurchase(key=f"{key} e", number=number, supplier=GULF, lines=(line,))
        if (entered := self.books.ask("buy", enter_purchase, command).result) is not None:
            send = SendPurchase(key=f"{key} s", number=number, version=entered.version)
            self.books.ask("send", send_purchase, send)

    @rule(
        nth=NTH, answer=st.sampled_from(list(Answer)), days=DAYS, units=SEVERAL, price=st.sampled_from([None, 14, 19])
    )
    def late_supply(self, nth, answer, days, units, price) -> None:
        if (found := self.books.choose(nth, BOUGHT)) is None:
            return
        key, changed = self.books.key(), answer is Answer.CHANGED
        line = AnsweredLine(
            line=found[1],
            answer=answer,
            quantity=units if changed else None,
            due=day(days) if changed else None,
            unit_price=Decimal(price) if changed and price else None,
        )
        command = Acknowledge(key=key, number=found[0], reference=f"ACK {key}", source="edi", lines=(line,))
        self.books.ask(f"acknowledge {answer}", acknowledge, command)

    @rule(nth=NTH, days=DAYS, units=st.one_of(st.none(), UNITS))
    def change_purchase(self, nth, days, units) -> None:
        if (found := self.books.choose(nth, BOUGHT)) is None:
            return
        lines = (ChangedLine(line=found[1], quantity=units, due=day(days)),)
        command = ChangePurchase(
            key=self.books.key(), number=found[0], version=found[2], lines=lines, why="needed otherwise"
        )
        self.books.ask("change purchase", change_purchase, command)

    @rule(nth=NTH, units=SEVERAL, refused=st.integers(0, 2))
    def receive(self, nth: int, units: int, refused: int) -> None:
        if (found := self.books.choose(nth, BOUGHT)) is None:
            return
        key = self.books.key()
        command = Receive(
            key=key,
            number=found[0],
            line=found[1],
            reference=f"DN {key}",
            accepted=units,
            rejected=refused,
            reason="bent" if refused else "",
            received_on=day(0),
        )
        self.books.ask("receive", receive, command)

    @rule(nth=NTH, close=st.booleans())
    def end_purchase(self, nth: int, close: bool) -> None:
        if (found := self.books.choose(nth, BOUGHT)) is None:
            return
        command = EndPurchase(key=self.books.key(), number=found[0], version=found[2], why="no more")
        service = close_purchase if close else cancel_purchase
        self.books.ask("close purchase" if close else "cancel purchase", service, command)

    @rule(units=UNITS, days=DAYS, kind=st.sampled_from(list(PlannedKind)))
    def plan(self, units: int, days: int, kind: PlannedKind) -> None:
        key = self.books.key()
        item, origin = {"purchase": (VALVE, None), "work": (PUMP, None), "transfer": (VALVE, RENO)}[kind.value]
        order = PlannedOrder(
            number=f"PL {key[5:]}",
            kind=kind,
            item=item,
            location=HOUSTON,
            quantity=units,
            start=day(0),
            due=day(days),
            origin=origin,
        )
        self.books.ask("plan", plan_supply, PlanSupply(key=key, order=order))

    @rule(nth=NTH)
    def firm(self, nth: int) -> None:
        if (found := self.books.choose(nth, WAITING)) is None:
            return
        key = self.books.key()
        command = FirmPlanned(key=key, number=found[0], version=found[1], become=f"F-{key[5:]}")
        self.books.ask("firm", firm_planned, command)

    @rule(nth=NTH, what=st.sampled_from(["release", "release", "book", "reschedule", "close", "cancel"]), days=DAYS)
    def direct_work(self, nth: int, what: str, days: int) -> None:
        if (found := self.books.choose(nth, MADE)) is None:
            return
        key, number, version = self.books.key(), found[0], found[1]
        match what:
            case "release":
                go = ReleaseWork(key=key, number=number, version=version, why_short="it comes later")
                self.books.ask("release work", release_work, go)
            case "book":
                self.books.ask("book", book_work, BookWork(key=key, number=number, version=version))
            case "reschedule":
                moved = RescheduleWork(key=key, number=number, version=version, start=day(days), due=day(days + 4))
                self.books.ask("reschedule work", reschedule_work, moved)
            case _:
                end = EndWork(key=key, number=number, version=version, why="enough")
                service = close_work if what == "close" else cancel_work
                self.books.ask(f"{what} work", service, end)

    @rule(nth=NTH, units=st.integers(0, 5), scrapped=st.integers(0, 1), flush=st.booleans(), last=st.booleans())
    def complete(self, nth, units, scrapped, flush, last) -> None:
        if (found := self.books.choose(nth, MADE)) is None:
            return
        command = CompleteWork(
            key=self.books.key(),
            number=found[0],
            good=units,
            scrapped=scrapped,
            reason="cracked" if scrapped else "",
            completed_on=day(0),
            backflush=flush,
            last=last,
        )
        self.books.ask("complete", complete_work, command)

    @rule(nth=NTH, units=st.integers(1, 20), part=st.sampled_from([(MOTOR, YARD), (SEAL, YARD), (SEAL, HOUSTON)]))
    def issue(self, nth, units, part) -> None:
        if (found := self.books.choose(nth, MADE)) is None:
            return
        parts = (IssuedPart(item=part[0], location=part[1], quantity=units),)
        command = IssueComponents(
            key=self.books.key(), number=found[0], parts=parts, issued_on=day(0), why_more="some broke"
        )
        self.books.ask("issue", issue_components, command)

    @rule(nth=NTH, sequence=st.sampled_from([10, 20]), good=st.integers(0, 4), done=st.booleans())
    def report(self, nth: int, sequence: int, good: int, done: bool) -> None:
        if (found := self.books.choose(nth, MADE)) is None:
            return
        command = ReportOperation(
            key=self.books.key(), number=found[0], sequence=sequence, good=good, minutes=30, done=done
        )
        self.books.ask("report", report_operation, command)

    @rule(nth=NTH)
    def ship_transfer(self, nth: int) -> None:
        if (found := self.books.choose(nth, MOVED)) is None:
            return
        command = ShipTransfer(key=self.books.key(), number=TransferOrderNo(found[0]), shipped_on=day(0))
        self.books.ask("ship transfer", ship_transfer, command)

    @rule(nth=NTH, units=st.integers(0, 12), lost=st.integers(0, 2))
    def receive_transfer(self, nth: int, units: int, lost: int) -> None:
        if (found := self.books.choose(nth, MOVED)) is None:
            return
        command = ReceiveTransfer(
            key=self.books.key(),
            number=TransferOrderNo(found[0]),
            received=units,
            lost=lost,
            reason="fell" if lost else "",
            received_on=day(0),
        )
        self.books.ask("receive transfer", receive_transfer, command)
