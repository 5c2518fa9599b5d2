"""Where material went and where it came from: from a supplier's receipt to the customers, and from a unit back."""

from dataclasses import dataclass

from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo, SerialNo
from core.domain.stock import VirtualPlace
from core.domain.tracing import TraceStep
from core.ports.storage import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The steps, and what people ask first: on which documents it came, and to which order lines it went. Of one unit
    also where it is now."""

    steps: tuple[TraceStep, ...]
    place: LocationCode | None = None

    @property
    def receipts(self) -> tuple[str, ...]:
        """The documents on which material came from suppliers."""
        return tuple(sorted({s.document for s in self.steps if s.origin == VirtualPlace.SUPPLIER}))

    @property
    def deliveries(self) -> tuple[tuple[OrderNo | None, int | None, str], ...]:
        """The order lines material went to, and the documents it left on."""
        gone = {(s.order or "", s.line or 0, s.document) for s in self.steps if s.destination == VirtualPlace.CUSTOMER}
        return tuple(
            (OrderNo(order) if order else None, line or None, document) for order, line, document in sorted(gone)
        )

    @property
    def lots(self) -> tuple[LotCode, ...]:
        """Every lot on the way."""
        return tuple(sorted({step.lot for step in self.steps if step.lot is not None}))


def trace_forward(uow: UnitOfWork, *lots: LotCode) -> Trace:
    """What became of lots: what was made of them and who has it; where to call back from."""
    return Trace(steps=uow.lots.trace_forward(lots))


def trace_back(uow: UnitOfWork, *lots: LotCode) -> Trace:
    """What lots were made of, down to the suppliers' receipts."""
    return Trace(steps=uow.lots.trace_back(lots))


def trace_unit(uow: UnitOfWork, item: ItemCode, serial: SerialNo) -> Trace:
    """The way of one unit by its serial number, and what it was made of."""
    return Trace(steps=uow.lots.trace_serial(item, serial), place=uow.lots.place_of(item, serial))
