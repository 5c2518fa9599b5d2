"""After the goods left: what the carrier reports, proof of delivery, a replacement for what was lost, the invoice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.domain.errors import ConflictError, IllegalTransitionError, InvalidValueError
from core.domain.shipments import DeliveryProof, Shipment, ShipmentState, TrackingEvent, TrackingKind
from core.domain.sourcing import SourcingDecision
from core.domain.working_time import zone_of
from core.ports.storage import UnitOfWork
from core.services.fulfilment.choosing import Books, choose_locations, own_claims
from core.services.fulfilment.following import follow, held_shipment, tell
from core.services.fulfilment.picking import check_version
from core.services.fulfilment.releasing import make_shipments
from core.services.fulfilment.shipping import LONGEST_TEXT, ShipmentStands, stands
from core.services.happened import LONGEST_AGO

_CLOCKS_APART = timedelta(days=1)
"""A carrier's clock and zone may say the day before."""
_GONE = frozenset({ShipmentState.SHIPPED, ShipmentState.DELIVERED, ShipmentState.LOST})
_PROBLEMS = {TrackingKind.LATE: "late", TrackingKind.DAMAGED: "damaged", TrackingKind.LOST: "lost"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTracking:
    """One report of a carrier. Its own event number makes it count once, however often it is sent."""

    key: str
    shipment: str
    event: TrackingEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ProveDelivery:
    """Who took the goods and when."""

    key: str
    shipment: str
    version: int
    proof: DeliveryProof


@dataclass(frozen=True, slots=True, kw_only=True)
class Reship:
    """Send again what a carrier lost or damaged."""

    key: str
    shipment: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkInvoiced:
    """The invoice a shipment is on."""

    key: str
    shipment: str
    version: int
    invoice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reshipped:
    """The shipments that make a lost or damaged one good; none when no place has the goods."""

    replaces: str
    shipments: tuple[str, ...]


def record_tracking(uow: UnitOfWork, command: RecordTracking) -> ShipmentStands:
    """Keep what a carrier reported and what it means for the shipment; what was known changes nothing."""
    return uow.commands.once(command.key, command, ShipmentStands, lambda: _tracked(uow, command))


def prove_delivery(uow: UnitOfWork, command: ProveDelivery) -> ShipmentStands:
    """The goods are with the customer."""
    return uow.commands.once(command.key, command, ShipmentStands, lambda: _proved(uow, command))


def reship(uow: UnitOfWork, command: Reship) -> Reshipped:
    """Release the same goods again, as a replacement that the order does not owe twice."""
    return uow.commands.once(command.key, command, Reshipped, lambda: _reshipped(uow, command))


def replacement_for(uow: UnitOfWork, number: str) -> SourcingDecision:
    """From where the goods of a shipment could be sent again; nothing is changed."""
    shipment = uow.shipments.get(number)
    return choose_locations(uow, _books_of(uow, shipment), method=shipment.method)


def mark_invoiced(uow: UnitOfWork, command: MarkInvoiced) -> ShipmentStands:
    """Keep the number of the invoice and count its units as invoiced."""
    return uow.commands.once(command.key, command, ShipmentStands, lambda: _invoiced(uow, command))


def _gone(uow: UnitOfWork, number: str) -> Shipment:
    """A shipment that has left, with its order held."""
    uow.shipments.hold(uow.shipments.get(number).order)
    shipment = uow.shipments.get(number)
    if shipment.state not in _GONE:
        raise IllegalTransitionError(
            f"shipment {number} is {shipment.state}; only what has left is tracked or invoiced", shipment=number
        )
    return shipment


def _tracked(uow: UnitOfWork, command: RecordTracking) -> ShipmentStands:
    event = command.event
    if not event.event or len(event.event) > LONGEST_TEXT or len(event.text) > 10 * LONGEST_TEXT:
        raise InvalidValueError(
            f"tracking event {event.event!r} has no number of 1 to {LONGEST_TEXT} characters, or too long a text",
            field="event",
        )
    if event.happened_at.tzinfo is None:
        raise InvalidValueError(
            f"{event.happened_at!r} has no time zone; a carrier's time has one", field="happened_at"
        )
    first, last = uow.now - LONGEST_AGO, uow.now + _CLOCKS_APART
    if not first <= event.happened_at <= last:
        raise InvalidValueError(
            f"happened_at {event.happened_at} is no time this happened at; accepted are {first} to {last}",
            field="happened_at",
        )
    shipment = _gone(uow, command.shipment)
    newest = max((known.happened_at for known in uow.shipments.tracking(shipment.number)), default=None)
    if not uow.shipments.track(shipment.number, event):
        return stands(shipment)
    after = shipment if newest and event.happened_at < newest else _meaning(shipment, event)
    facts = {"event": event.event, "kind": event.kind.value, "at": event.happened_at, "expected_on": event.expected_on}
    saved = uow.shipments.save(after, version=shipment.version, event="tracked", facts=facts)
    if event.kind in _PROBLEMS or event.kind is TrackingKind.REFUSED:
        tell(uow, shipment.order, f"{shipment.number}: the carrier reports {event.kind.value} {event.text}".rstrip())
    if event.kind is TrackingKind.DELIVERED and shipment.state is not ShipmentState.DELIVERED:
        proof = DeliveryProof(signed_by=event.text or "reported by the carrier", delivered_at=event.happened_at)
        return _deliver(uow, saved, proof)
    return stands(saved)


def _meaning(shipment: Shipment, event: TrackingEvent) -> Shipment:
    """The shipment after the carrier's newest report."""
    after = replace(shipment, problem=_PROBLEMS.get(event.kind, shipment.problem))
    if event.expected_on is not None and shipment.state is not ShipmentState.DELIVERED:
        after = replace(after, expected_on=event.expected_on)
    if event.kind is TrackingKind.LOST and shipment.state is ShipmentState.SHIPPED:
        after = replace(after, state=ShipmentState.LOST)
    return after


def _proved(uow: UnitOfWork, command: ProveDelivery) -> ShipmentStands:
    proof = command.proof
    if not proof.signed_by.strip() or len(proof.signed_by) > LONGEST_TEXT:
        raise InvalidValueError(
            f"{proof.signed_by!r} is nobody's name; accepted: 1 to {LONGEST_TEXT}", field="signed_by"
        )
    if proof.delivered_at.tzinfo is None or proof.delivered_at > uow.now:
        raise InvalidValueError(
            f"{proof.delivered_at!r} is no time of delivery; it has a time zone and is not in the future",
            field="delivered_at",
        )
    shipment = held_shipment(uow, command.shipment, to=ShipmentState.DELIVERED)
    check_version(shipment, command.version)
    return _deliver(uow, shipment, proof)


def _deliver(uow: UnitOfWork, shipment: Shipment, proof: DeliveryProof) -> ShipmentStands:
    on, left = _day(uow, proof.delivered_at), shipment.shipped_on
    if left is not None and on < left - _CLOCKS_APART:
        raise InvalidValueError(
            f"{shipment.number} left on {left} and cannot have been delivered on {on}", field="delivered_at"
        )
    after = replace(shipment, state=ShipmentState.DELIVERED, delivered_on=on)
    facts = {"signed_by": proof.signed_by, "at": proof.delivered_at}
    saved = uow.shipments.save(after, version=shipment.version, event="shipment_delivered", facts=facts)
    uow.shipments.prove(shipment.number, proof)
    before = _arrived_for_it(uow, shipment)
    for line, units in sorted(shipment.units.items()):
        arrived = units - before.get(line, 0)
        if arrived > 0:
            uow.orders.count_line(shipment.order, line, delivered=arrived)
    follow(uow, shipment.order, why=f"{shipment.number} delivered")
    tell(uow, shipment.order, f"{shipment.number} delivered, signed by {proof.signed_by}")
    return stands(saved)


def _arrived_for_it(uow: UnitOfWork, shipment: Shipment) -> Mapping[int, int]:
    """Units of a shipment that count as delivered already: those of what made it good, or of what it makes good."""
    others = uow.shipments.of_order(shipment.order)
    same = [s for s in others if s.replaces == shipment.number]
    if shipment.replaces:
        same = [s for s in others if s.number == shipment.replaces]
    found: dict[int, int] = {}
    for line, units in (pair for s in same if s.state is ShipmentState.DELIVERED for pair in s.units.items()):
        found[line] = found.get(line, 0) + units
    return found


def _day(uow: UnitOfWork, at: datetime) -> date:
    return at.astimezone(zone_of(uow.company.settings().time_zone)).date()


def _reshipped(uow: UnitOfWork, command: Reship) -> Reshipped:
    shipment = _gone(uow, command.shipment)
    check_version(shipment, command.version)
    if shipment.problem not in {"lost", "damaged"}:
        raise IllegalTransitionError(
            f"shipment {shipment.number} is neither lost nor damaged; only those are sent again",
            shipment=shipment.number,
        )
    others = uow.shipments.of_order(shipment.order)
    again = [s.number for s in others if s.replaces == shipment.number and s.state is not ShipmentState.CANCELLED]
    if again:
        raise ConflictError(f"shipment {shipment.number} is made good by {again[0]} already", shipment=again[0])
    books = _books_of(uow, shipment)
    decision = choose_locations(uow, books, method=shipment.method)
    uow.nodes.keep_decision(decision)
    made = make_shipments(uow, books, decision, method=shipment.method, replaces=shipment.number)
    return Reshipped(replaces=shipment.number, shipments=tuple(s.number for s in made))


def _books_of(uow: UnitOfWork, shipment: Shipment) -> Books:
    """What was in the shipment, as if it were still to be sent."""
    order = uow.orders.order(shipment.order)
    lines = tuple(line for line in uow.orders.lines(shipment.order) if shipment.units.get(line.line))
    return Books(
        order=order,
        customer=uow.company.customer(order.customer),
        lines=lines,
        units={line: units for line, units in shipment.units.items() if units},
        items={item: uow.company.item(item) for item in sorted({line.item for line in lines})},
        claims=own_claims(uow, shipment.order),
    )


def _invoiced(uow: UnitOfWork, command: MarkInvoiced) -> ShipmentStands:
    if not command.invoice.strip() or len(command.invoice) > LONGEST_TEXT:
        raise InvalidValueError(
            f"invoice {command.invoice!r} is no number; accepted: 1 to {LONGEST_TEXT}", field="invoice"
        )
    shipment = _gone(uow, command.shipment)
    check_version(shipment, command.version)
    if shipment.invoice or shipment.replaces:
        raise ConflictError(
            f"shipment {shipment.number} is on invoice {shipment.invoice or 'of ' + str(shipment.replaces)!r} already",
            shipment=shipment.number,
        )
    after = replace(shipment, invoice=command.invoice)
    saved = uow.shipments.save(
        after, version=command.version, event="shipment_invoiced", facts={"invoice": command.invoice}
    )
    for line, units in sorted(shipment.units.items()):
        if units:
            uow.orders.count_line(shipment.order, line, invoiced=units)
    follow(uow, shipment.order, why=f"invoice {command.invoice}")
    return stands(saved)
