"""What a message asks for, done with the command a person would use, once for each number of the sender's."""

from core.domain.errors import NotAuthorisedError, NotFoundError
from core.domain.ids import LocationCode, SupplierCode
from core.domain.inbound import (
    MAY_SAY,
    Acknowledged,
    Counted,
    Delayed,
    HookSource,
    Message,
    Tracked,
)
from core.domain.signals import Signal, SignalKind
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.fulfilment.tracking import RecordTracking, record_tracking
from core.services.signalling import RaiseSignal, raise_signal
from core.services.stocking.counting import EnterCount, OpenCount, PostCount, enter_count, open_count, post_count
from core.services.supplying.answering import Acknowledge, acknowledge

NOTHING_NEW = "older than what is known; nothing was done"


def carry_out(uow: UnitOfWork, source: HookSource, message: Message) -> str:
    """Do it, and say in a sentence what was done. A source speaks for its own supplier, carrier or location alone."""
    if message.type not in MAY_SAY[source.kind]:
        accepted = ", ".join(sorted(MAY_SAY[source.kind]))
        raise NotAuthorisedError(f"a {source.kind.value} says no {message.type.value!r}; accepted are {accepted}")
    if message.version is not None and not uow.inbound.newer_than(source.name, message.subject, message.version):
        return NOTHING_NEW
    key = f"hook:{source.name}:{message.id}"
    match message.content:
        case Acknowledged() as said:
            return _acknowledge(uow, source, said, key)
        case Tracked() as said:
            return _track(uow, source, said, key)
        case Delayed() as said:
            return _delay(uow, source, said, key)
        case Counted() as said:
            return _count(uow, source, said, key)


def _acknowledge(uow: UnitOfWork, source: HookSource, said: Acknowledged, key: str) -> str:
    if uow.purchasing.order(said.number).supplier != source.party:
        raise NotFoundError(f"there is no purchase order {said.number!r} to {source.party!r}")
    done = acknowledge(
        uow,
        Acknowledge(
            key=key,
            number=said.number,
            reference=said.reference,
            source=f"webhook {source.name}",
            lines=said.lines,
        ),
    )
    return f"purchase order {said.number} is {done.stage.value}"


def _track(uow: UnitOfWork, source: HookSource, said: Tracked, key: str) -> str:
    if uow.shipments.get(said.shipment).carrier != source.party:
        raise NotFoundError(f"there is no shipment {said.shipment!r} with {source.party!r}")
    done = record_tracking(uow, RecordTracking(key=key, shipment=said.shipment, event=said.event))
    return f"shipment {said.shipment} is {done.state.value}"


def _delay(uow: UnitOfWork, source: HookSource, said: Delayed, key: str) -> str:
    if said.destination is not None and all(node.code != said.destination for node in uow.nodes.nodes()):
        raise NotFoundError(f"there is no location {said.destination!r}")
    signal = Signal(
        reference=key,
        kind=SignalKind.DISRUPTION,
        subject=f"supplier {source.party}",
        text=said.text,
        supplier=SupplierCode(source.party),
        destination=said.destination,
        first=said.first,
        last=said.last,
    )
    raise_signal(uow, RaiseSignal(key=key, signal=signal))
    return f"signal {key} is raised"


def _count(uow: UnitOfWork, source: HookSource, said: Counted, key: str) -> str:
    """A count of the source's location. What differs from the books waits for a person, as every count does."""
    code = f"{source.name}-{key.rpartition(':')[2]}"
    sheet = open_count(
        uow,
        OpenCount(
            key=f"{key}:open",
            code=code,
            location=LocationCode(source.party),
            items=tuple((one.item, one.lot) for one in said.items),
        ),
    )
    found = {line: one.units for line, one in enumerate(said.items, start=1)}
    counted = enter_count(uow, EnterCount(key=f"{key}:enter", code=code, version=sheet.version, found=found))
    if counted.needs_another:
        return f"count {code} differs from the books and waits for a person"
    post_count(uow, PostCount(key=f"{key}:post", code=code, version=counted.version), _who(uow, source))
    return f"count {code} is as the books say"


def _who(uow: UnitOfWork, source: HookSource) -> User:
    return uow.users.get(source.acts_as)
