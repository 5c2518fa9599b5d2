"""Shipments: a compare-and-set on their version for every step, and what carriers and pickers reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import (
    CarrierRow,
    DeliveryProofRow,
    LocationRow,
    PackageRow,
    PackedLineRow,
    PickListRow,
    PickShortfallRow,
    SalesOrderRow,
    ShipmentLineRow,
    ShipmentRow,
    ShippedSerialRow,
    TrackingEventRow,
)
from core.db.stores.order_mapping import item_id, place_id
from core.db.stores.order_progress import locked_order
from core.db.stores.pick_lists import read_pick_list
from core.db.stores.shipment_reading import read_shipment, read_shipments
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import CarrierCode, LocationCode, OrderNo
from core.domain.shipments import (
    DeliveryProof,
    Package,
    PackedLine,
    PickList,
    Shipment,
    ShipmentState,
    Shortfall,
    ShortfallKind,
    TrackingEvent,
    TrackingKind,
)


@dataclass(frozen=True, slots=True)
class SqlShipmentStore:
    """Shipments of this transaction."""

    transaction: Transaction

    def hold(self, order: OrderNo) -> None:
        """Nobody else changes the order or its shipments until the transaction ends."""
        locked_order(self.transaction, order)

    def new_number(self, order: OrderNo) -> str:
        """The next number of an order's shipments; the order is held, so nobody else takes it."""
        key = locked_order(self.transaction, order).id
        count = select(func.count()).select_from(ShipmentRow).where(ShipmentRow.order_id == key)
        return f"{order}-S{self.transaction.session.scalars(count).one() + 1}"

    def add(self, shipment: Shipment) -> None:
        """A new shipment, released."""
        order = locked_order(self.transaction, shipment.order)
        replaced = self._row(shipment.replaces).id if shipment.replaces else None
        row = ShipmentRow(
            number=shipment.number,
            order_id=order.id,
            location_id=place_id(self.transaction, shipment.location),
            state=ShipmentState.RELEASED.value,
            method=shipment.method.value,
            carrier=shipment.carrier,
            service=shipment.service,
            tracking_number="",
            ship_on=shipment.ship_on,
            expected_on=shipment.expected_on,
            shipped_on=None,
            delivered_on=None,
            freight_cost=shipment.freight_cost,
            invoice="",
            problem="",
            replaces_id=replaced,
            pick_list_id=None,
            version=1,
            recorded_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()
        self._add_lines(row, shipment)
        facts = {"location": shipment.location, "units": dict(shipment.units), "ship_on": shipment.ship_on}
        self._note(shipment.number, "shipment_released", {**facts, "replaces": shipment.replaces})

    def get(self, number: str) -> Shipment:
        """A shipment by number."""
        return read_shipment(self.transaction, number)

    def of_order(self, order: OrderNo) -> tuple[Shipment, ...]:
        """The shipments of an order, oldest first."""
        return read_shipments(self.transaction, order)

    def must_be_carrier(self, code: CarrierCode) -> None:
        """NotFoundError when nobody of this code brings goods."""
        self.transaction.one(CarrierRow, CarrierRow.code == code, what=f"carrier {code!r}")

    def save(self, shipment: Shipment, *, version: int, event: str, facts: Mapping[str, object]) -> Shipment:
        """What the shipment is from now on; ConflictError when somebody changed it since it was read."""
        changed = (
            update(ShipmentRow)
            .where(ShipmentRow.number == shipment.number, ShipmentRow.version == version)
            .values(
                state=shipment.state.value,
                carrier=shipment.carrier,
                service=shipment.service,
                tracking_number=shipment.tracking_number,
                ship_on=shipment.ship_on,
                expected_on=shipment.expected_on,
                shipped_on=shipment.shipped_on,
                delivered_on=shipment.delivered_on,
                freight_cost=shipment.freight_cost,
                invoice=shipment.invoice,
                problem=shipment.problem,
                version=version + 1,
            )
            .execution_options(synchronize_session=False)
        )
        if not self.transaction.session.connection().execute(changed).rowcount:
            now = self._row(shipment.number)
            raise ConflictError(
                f"shipment {shipment.number} is {now.state} at version {now.version}, not at {version} as it was read;"
                " look at it again",
                shipment=shipment.number,
                version=now.version,
            )
        self._save_picks(shipment)
        self._note(shipment.number, event, facts)
        return replace(shipment, version=version + 1)

    def pack(self, number: str, packages: Sequence[Package]) -> None:
        """What is in which package."""
        key = self._row(number).id
        for package in packages:
            row = PackageRow(shipment_id=key, package=package.package, weight=package.weight, label=package.label)
            self.transaction.session.add(row)
        self.transaction.session.flush()
        for package in packages:
            for part in package.contents:
                held = {"package": package.package, "position": part.position, "quantity": part.quantity}
                self.transaction.session.add(PackedLineRow(shipment_id=key, **held))
        self.transaction.session.flush()

    def packages(self, number: str) -> tuple[Package, ...]:
        """The packages of a shipment."""
        key = self._row(number).id
        held = select(PackedLineRow).where(PackedLineRow.shipment_id == key).order_by(PackedLineRow.position)
        inside: dict[int, list[PackedLine]] = {}
        for row in self.transaction.session.scalars(held):
            inside.setdefault(row.package, []).append(PackedLine(position=row.position, quantity=row.quantity))
        query = select(PackageRow).where(PackageRow.shipment_id == key).order_by(PackageRow.package)
        return tuple(
            Package(package=r.package, weight=r.weight, label=r.label, contents=tuple(inside.get(r.package, ())))
            for r in self.transaction.session.scalars(query)
        )

    def track(self, number: str, event: TrackingEvent) -> bool:
        """Keep what a carrier reported; False when its event number is known already."""
        values = {
            "shipment_id": self._row(number).id,
            "event": event.event,
            "kind": event.kind.value,
            "happened_at": event.happened_at,
            "expected_on": event.expected_on,
            "place": event.place,
            "text": event.text,
            "recorded_at": self.transaction.now,
        }
        added = insert(TrackingEventRow).values(values).on_conflict_do_nothing().returning(TrackingEventRow.event)
        return self.transaction.session.scalars(added).one_or_none() is not None

    def tracking(self, number: str) -> tuple[TrackingEvent, ...]:
        """What the carrier reported, in the order of when it happened."""
        query = (
            select(TrackingEventRow)
            .where(TrackingEventRow.shipment_id == self._row(number).id)
            .order_by(TrackingEventRow.happened_at, TrackingEventRow.event)
        )
        return tuple(
            TrackingEvent(
                event=row.event,
                kind=TrackingKind(row.kind),
                happened_at=row.happened_at,
                expected_on=row.expected_on,
                place=row.place,
                text=row.text,
            )
            for row in self.transaction.session.scalars(query)
        )

    def prove(self, number: str, proof: DeliveryProof) -> None:
        """Who took the goods and when; a shipment is delivered once."""
        row = DeliveryProofRow(
            shipment_id=self._row(number).id,
            signed_by=proof.signed_by,
            delivered_at=proof.delivered_at,
            note=proof.note,
            recorded_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()

    def proof(self, number: str) -> DeliveryProof | None:
        """The proof of delivery, None while there is none."""
        query = select(DeliveryProofRow).where(DeliveryProofRow.shipment_id == self._row(number).id)
        row = self.transaction.session.scalars(query).one_or_none()
        if row is None:
            return None
        return DeliveryProof(signed_by=row.signed_by, delivered_at=row.delivered_at, note=row.note)

    def fall_short(self, shortfall: Shortfall) -> None:
        """Keep that a location did not pick what was released to it."""
        shipment = self._row(shortfall.shipment)
        row = PickShortfallRow(
            shipment_id=shipment.id,
            order_id=shipment.order_id,
            line=shortfall.line,
            location_id=shipment.location_id,
            kind=shortfall.kind.value,
            missing=shortfall.missing,
            reason=shortfall.reason,
            recorded_at=self.transaction.now,
            settled_at=None,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()

    def shortfalls(self, order: OrderNo) -> tuple[Shortfall, ...]:
        """What locations did not pick for an order and nobody released again yet, oldest first."""
        query = (
            select(PickShortfallRow, ShipmentRow.number, LocationRow.code)
            .join(ShipmentRow, ShipmentRow.id == PickShortfallRow.shipment_id)
            .join(LocationRow, LocationRow.id == PickShortfallRow.location_id)
            .join(SalesOrderRow, SalesOrderRow.id == PickShortfallRow.order_id)
            .where(SalesOrderRow.number == order, PickShortfallRow.settled_at.is_(None))
            .order_by(PickShortfallRow.id)
        )
        return tuple(
            Shortfall(
                shipment=number,
                order=order,
                line=row.line,
                location=LocationCode(place),
                kind=ShortfallKind(row.kind),
                missing=row.missing,
                reason=row.reason,
            )
            for row, number, place in self.transaction.session.execute(query)
        )

    def settle_shortfalls(self, order: OrderNo, line: int) -> None:
        """The line was released again, or cancelled."""
        key = locked_order(self.transaction, order).id
        open_ = (
            PickShortfallRow.order_id == key,
            PickShortfallRow.line == line,
            PickShortfallRow.settled_at.is_(None),
        )
        settled = update(PickShortfallRow).where(*open_).values(settled_at=self.transaction.now)
        self.transaction.session.execute(settled.execution_options(synchronize_session=False))

    def start_picking(self, location: LocationCode, on: date) -> PickList:
        """A pick list of every released shipment of the location that leaves by a day and is on no list yet."""
        place = place_id(self.transaction, location)
        query = select(ShipmentRow.id).where(
            ShipmentRow.location_id == place,
            ShipmentRow.state == ShipmentState.RELEASED.value,
            ShipmentRow.pick_list_id.is_(None),
            ShipmentRow.ship_on <= on,
        )
        waiting = self.transaction.session.scalars(query.order_by(ShipmentRow.id).with_for_update()).all()
        if not waiting:
            raise NotFoundError(f"nothing released at {location} leaves by {on} and waits for a pick list")
        row = PickListRow(number="", location_id=place, recorded_at=self.transaction.now)
        self.transaction.session.add(row)
        self.transaction.session.flush()
        row.number = f"PL-{row.id}"
        listed = update(ShipmentRow).where(ShipmentRow.id.in_(waiting)).values(pick_list_id=row.id)
        self.transaction.session.execute(listed.execution_options(synchronize_session=False))
        self.transaction.session.flush()
        made = self.pick_list(row.number)
        facts = {"location": location, "shipments": sorted({line.shipment for line in made.lines})}
        self.transaction.note(scope=f"pick_list:{made.number}", event="picking", subject=made.number, facts=facts)
        return made

    def pick_list(self, number: str) -> PickList:
        """A pick list by number."""
        return read_pick_list(self.transaction, number)

    def _add_lines(self, row: ShipmentRow, shipment: Shipment) -> None:
        for part in shipment.lines:
            line = ShipmentLineRow(
                shipment_id=row.id,
                position=part.position,
                order_id=row.order_id,
                line=part.line,
                item_id=item_id(self.transaction, part.item),
                lot=part.lot,
                quantity=part.quantity,
                picked=0,
            )
            self.transaction.session.add(line)
        self.transaction.session.flush()

    def _save_picks(self, shipment: Shipment) -> None:
        key = self._row(shipment.number).id
        for part in shipment.lines:
            there = (ShipmentLineRow.shipment_id == key) & (ShipmentLineRow.position == part.position)
            picked = update(ShipmentLineRow).where(there).values(picked=part.picked)
            self.transaction.session.execute(picked.execution_options(synchronize_session=False))
            for serial in part.serials:
                unit = {"shipment_id": key, "position": part.position, "serial": serial}
                kept = insert(ShippedSerialRow).values(**unit, item_id=item_id(self.transaction, part.item))
                self.transaction.session.execute(kept.on_conflict_do_nothing())

    def _row(self, number: str) -> ShipmentRow:
        return self.transaction.one(ShipmentRow, ShipmentRow.number == number, what=f"shipment {number!r}")

    def _note(self, number: str, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"shipment:{number}", event=event, subject=number, facts=facts)
