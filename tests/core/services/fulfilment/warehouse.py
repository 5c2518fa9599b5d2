"""The desk's warehouse at work: each step of fulfilment by hand, so that a test begins where its story begins."""

from dataclasses import dataclass, field
from datetime import date

from core.domain.ids import OrderNo
from core.domain.order_life import OrderState
from core.domain.orders import SalesOrderLine
from core.domain.shipments import DeliveryProof, Package, PackedLine, Shipment
from core.services.fulfilment.picking import MakePickList, Pick, Picked, RecordPicks, make_pick_list, record_picks
from core.services.fulfilment.releasing import Released, ReleaseOrder, release_order
from core.services.fulfilment.shipping import PackShipment, ShipmentStands, ShipShipment, pack_shipment, ship_shipment
from core.services.fulfilment.tracking import ProveDelivery, prove_delivery
from tests.builders import SO_2
from tests.desk import Desk


@dataclass(slots=True)
class Warehouse:
    """Does one step after the other under keys of its own."""

    desk: Desk
    steps: int = field(default=0)

    def key(self) -> str:
        """A key nobody used."""
        self.steps += 1
        return f"step {self.steps}"

    def line(self, order: OrderNo = SO_2, line: int = 1) -> SalesOrderLine:
        """An order line as it is now."""
        with self.desk.open() as uow:
            return uow.orders.line(order, line)

    def state(self, order: OrderNo = SO_2) -> OrderState:
        """The state of an order now."""
        with self.desk.open() as uow:
            return uow.orders.order(order).state

    def shipment(self, number: str) -> Shipment:
        """A shipment as it is now."""
        with self.desk.open() as uow:
            return uow.shipments.get(number)

    def release(self, order: OrderNo = SO_2, **how: object) -> Released:
        """Everything of an order that can be released."""
        with self.desk.open() as uow:
            version = uow.orders.order(order).version
            return release_order(uow, ReleaseOrder(key=self.key(), order=order, version=version, **how))  # type: ignore[arg-type]  # fields

    def pick_list(self, until: date, *, at: str) -> object:
        """A pick list of a location."""
        with self.desk.open() as uow:
            return make_pick_list(uow, MakePickList(key=self.key(), location=at, until=until))  # type: ignore[arg-type]  # a code

    def pick(self, number: str, *missing: int, none_left: bool = False) -> Picked:
        """All of a shipment but the units missing of its lines, in order."""
        shipment = self.shipment(number)
        short = (*missing, *(0 for _ in shipment.lines))
        picks = tuple(
            Pick(position=part.position, quantity=part.quantity - gone)
            for part, gone in zip(shipment.lines, short, strict=False)
        )
        with self.desk.open() as uow:
            command = RecordPicks(
                key=self.key(), shipment=number, version=shipment.version, picks=picks, none_left=none_left
            )
            return record_picks(uow, command)

    def pack(self, number: str) -> ShipmentStands:
        """All that was picked in one package."""
        shipment = self.shipment(number)
        inside = tuple(PackedLine(position=x.position, quantity=x.picked) for x in shipment.lines if x.picked)
        package = Package(package=1, weight=1200, contents=inside)
        with self.desk.open() as uow:
            command = PackShipment(key=self.key(), shipment=number, version=shipment.version, packages=(package,))
            return pack_shipment(uow, command)

    def ship(self, number: str, *, agreed: str = "") -> ShipmentStands:
        """Let it leave."""
        version = self.shipment(number).version
        with self.desk.open() as uow:
            command = ShipShipment(
                key=self.key(), shipment=number, version=version, tracking_number="1Z-7", agreed=agreed
            )
            return ship_shipment(uow, command)

    def deliver(self, number: str) -> ShipmentStands:
        """Somebody signs for it a day later."""
        self.desk.clock.pass_by(days=1)
        version = self.shipment(number).version
        with self.desk.open() as uow:
            proof = DeliveryProof(signed_by="J. Ortiz", delivered_at=uow.now)
            return prove_delivery(uow, ProveDelivery(key=self.key(), shipment=number, version=version, proof=proof))

    def send(self, number: str) -> ShipmentStands:
        """Pick, pack and ship all of it."""
        self.pick(number)
        self.pack(number)
        return self.ship(number)

    def broken(self) -> list[str]:
        """What the invariants find."""
        with self.desk.open() as uow:
            return [sentence for name in uow.checks.names() for sentence in uow.checks.broken(name)]
