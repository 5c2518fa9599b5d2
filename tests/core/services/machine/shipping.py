"""Steps of the warehouse and of the returns counter: each shipment and each return goes on by one step."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from core.domain.returns import DispositionKind, ReturnReason, Wish
from core.domain.shipments import (
    DeliveryProof,
    Package,
    PackedLine,
    Shipment,
    ShipmentState,
    TrackingEvent,
    TrackingKind,
)
from core.services.fulfilment.picking import Pick, RecordPicks, RejectShipment, record_picks, reject_shipment
from core.services.fulfilment.releasing import ReleaseOrder, release_order
from core.services.fulfilment.shipping import (
    CancelShipment,
    PackShipment,
    ShipShipment,
    cancel_shipment,
    pack_shipment,
    ship_shipment,
)
from core.services.fulfilment.tracking import (
    MarkInvoiced,
    ProveDelivery,
    RecordTracking,
    Reship,
    mark_invoiced,
    prove_delivery,
    record_tracking,
    reship,
)
from core.services.returning.receiving import (
    Arrived,
    Dispose,
    DisposeReturn,
    Finding,
    InspectReturn,
    ReceiveReturn,
    dispose_return,
    inspect_return,
    receive_return,
)
from core.services.returning.requesting import (
    AskedBack,
    AuthoriseReturn,
    RefuseReturn,
    RequestReturn,
    authorise_return,
    refuse_return,
    request_return,
)
from core.services.returning.settling import CloseReturn, RefundReturn, close_return, refund_return
from tests.builders import MARIA, RENO
from tests.core.services.machine.books import Books
from tests.core.services.machine.selling import NTH, OF_STATE

SHIPMENTS = "SELECT number FROM shipments WHERE state <> 'cancelled' ORDER BY state NOT IN ('released', 'picked'), id"
RETURNS = "SELECT number FROM returns WHERE state NOT IN ('closed', 'refused') ORDER BY id"
DELIVERED = """
    SELECT o.number, x.line FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    WHERE x.delivered > 0 ORDER BY o.id, x.line"""


class Shipping:
    """The rules of fulfilment and returns."""

    books: Books

    @rule(nth=NTH)
    def release(self, nth: int) -> None:
        if (found := self.books.choose(nth, OF_STATE, ["confirmed", "allocated", "released"])) is None:
            return
        command = ReleaseOrder(key=self.books.key(), order=found[0], version=found[1])
        self.books.ask("release", release_order, command)

    @rule(nth=NTH, missing=st.sampled_from([0, 0, 1, 3]), none_left=st.booleans(), often=st.integers(1, 4))
    def ship(self, nth: int, missing: int, none_left: bool, often: int) -> None:
        """Pick, pack, ship, deliver, invoice: the next steps of one shipment."""
        if (found := self.books.choose(nth, SHIPMENTS)) is not None:
            for _ in range(often):
                self._step(found[0], missing, none_left)

    def _step(self, number: str, missing: int, none_left: bool) -> None:
        with self.books.desk.open() as uow:
            shipment = uow.shipments.get(number)
        match shipment.state:
            case ShipmentState.RELEASED:
                self._pick(shipment, missing, none_left)
            case ShipmentState.PICKED:
                self._pack(shipment)
            case ShipmentState.PACKED:
                gone = ShipShipment(
                    key=self.books.key(), shipment=shipment.number, version=shipment.version, tracking_number="1Z"
                )
                self.books.ask("ship", ship_shipment, gone)
            case ShipmentState.SHIPPED | ShipmentState.LOST:
                proof = DeliveryProof(signed_by="J. Ortiz", delivered_at=self.books.clock.now)
                there = ProveDelivery(
                    key=self.books.key(), shipment=shipment.number, version=shipment.version, proof=proof
                )
                self.books.ask("deliver", prove_delivery, there)
            case _:
                billed = MarkInvoiced(
                    key=self.books.key(), shipment=shipment.number, version=shipment.version, invoice="INV-1"
                )
                self.books.ask("invoice", mark_invoiced, billed)

    @rule(nth=NTH, what=st.sampled_from(["cancel", "reject", "reship", "lost", "damaged", "late"]))
    def mishap(self, nth: int, what: str) -> None:
        if (shipment := self._shipment(nth)) is None:
            return
        key, number, version = self.books.key(), shipment.number, shipment.version
        if what == "cancel":
            off = CancelShipment(key=key, shipment=number, version=version, reason="a mishap")
            self.books.ask("cancel shipment", cancel_shipment, off)
        elif what == "reject":
            no = RejectShipment(key=key, shipment=number, version=version, reason="nothing here")
            self.books.ask("reject shipment", reject_shipment, no)
        elif what == "reship":
            self.books.ask("reship", reship, Reship(key=key, shipment=number, version=version))
        else:
            event = TrackingEvent(event=f"E {key}", kind=TrackingKind(what), happened_at=self.books.clock.now)
            told = RecordTracking(key=key, shipment=number, event=event)
            self.books.ask(f"tracking {what}", record_tracking, told)

    @rule(nth=NTH, units=st.integers(1, 6), wish=st.sampled_from(list(Wish)), why=st.sampled_from(list(ReturnReason)))
    def ask_back(self, nth: int, units: int, wish: Wish, why: ReturnReason) -> None:
        if (found := self.books.choose(nth, DELIVERED)) is None:
            return
        lines = (AskedBack(line=found[1], quantity=units, reason=why),)
        command = RequestReturn(key=self.books.key(), order=found[0], location=RENO, lines=lines, wish=wish)
        self.books.ask("ask back", request_return, command)

    @rule(nth=NTH, units=st.integers(0, 6), how=st.sampled_from(list(DispositionKind)), refuse=st.booleans(),
          often=st.integers(1, 4))  # fmt: skip
    def take_back(self, nth: int, units: int, how: DispositionKind, refuse: bool, often: int) -> None:
        """The next steps of one return."""
        if (found := self.books.choose(nth, RETURNS)) is not None:
            for _ in range(often):
                self._return_step(found[0], units, how, refuse)

    def _return_step(self, number: str, units: int, how: DispositionKind, refuse: bool) -> None:
        key = self.books.key()
        with self.books.desk.open() as uow:
            rma = uow.returns.get(number)
        version = rma.version
        match rma.state.value:
            case "requested" if refuse:
                no = RefuseReturn(key=key, number=number, version=version, why="too late")
                self.books.ask("refuse return", refuse_return, no)
            case "requested":
                yes = AuthoriseReturn(key=key, number=number, version=version)
                self.books.ask("authorise return", authorise_return, yes)
            case "authorised" | "label_sent":
                came = ReceiveReturn(
                    key=key, number=number, version=version, arrived=(Arrived(position=1, quantity=units),)
                )
                self.books.ask("receive return", receive_return, came)
            case "received":
                seen = InspectReturn(
                    key=key, number=number, version=version, findings=(Finding(position=1, text="worn"),)
                )
                self.books.ask("inspect return", inspect_return, seen)
            case "inspected":
                part = Dispose(position=1, kind=how, quantity=max(1, units))
                gone = DisposeReturn(key=key, number=number, version=version, parts=(part,))
                self.books.ask("dispose return", dispose_return, gone)
            case "disposed" if refuse:
                end = CloseReturn(key=key, number=number, version=version)
                self.books.ask("close return", close_return, end)
            case _:
                money = RefundReturn(key=key, number=number, version=version)
                self.books.ask("refund", refund_return, money, MARIA)

    def _shipment(self, nth: int) -> Shipment | None:
        if (found := self.books.choose(nth, SHIPMENTS)) is None:
            return None
        with self.books.desk.open() as uow:
            return uow.shipments.get(found[0])

    def _pick(self, shipment: Shipment, missing: int, none_left: bool) -> None:
        picks = tuple(
            Pick(position=part.position, quantity=max(0, part.quantity - (missing if n == 0 else 0)))
            for n, part in enumerate(shipment.lines)
        )
        command = RecordPicks(
            key=self.books.key(),
            shipment=shipment.number,
            version=shipment.version,
            picks=picks,
            reason="not there" if missing else "",
            none_left=none_left and missing > 0,
        )
        self.books.ask("pick", record_picks, command)

    def _pack(self, shipment: Shipment) -> None:
        inside = tuple(PackedLine(position=x.position, quantity=x.picked) for x in shipment.lines if x.picked)
        package = Package(package=1, weight=1200, contents=inside)
        command = PackShipment(
            key=self.books.key(), shipment=shipment.number, version=shipment.version, packages=(package,)
        )
        self.books.ask("pack", pack_shipment, command)
