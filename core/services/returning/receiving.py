"""Goods that come back: received into a lot on hold, looked at, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo, SerialNo
from core.domain.items import LotControl
from core.domain.lots import Lot, LotStatus
from core.domain.returns import (
    Disposition,
    DispositionKind,
    RetrievedComponent,
    Return,
    ReturnLine,
    ReturnState,
)
from core.domain.stock import StockMove, VirtualPlace
from core.ports.storage import UnitOfWork
from core.services.business_day import business_day
from core.services.returning.requesting import LONGEST_TEXT, ReturnStands, stands, stepping, tell

_AFTER = {
    DispositionKind.RESTOCK: LotStatus.AVAILABLE,
    DispositionKind.REWORK: LotStatus.HOLD,
    DispositionKind.REFURBISH: LotStatus.HOLD,
}
_GOES = {
    DispositionKind.SCRAP: VirtualPlace.SCRAP.location,
    DispositionKind.RECYCLE: VirtualPlace.PRODUCTION.location,
    DispositionKind.REUSE: VirtualPlace.PRODUCTION.location,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Units of a return's line that were in the parcel."""

    position: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveReturn:
    """What was in the parcel. A line that is not named did not come."""

    key: str
    number: str
    version: int
    arrived: tuple[Arrived, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What somebody found when looking at the units of a line."""

    position: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectReturn:
    """What was found, line by line."""

    key: str
    number: str
    version: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """A component taken out of a unit, to be used again from stock at a location."""

    item: ItemCode
    quantity: int
    serial: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispose:
    """What becomes of units of a line. Restocked, reworked and refurbished ones stay; the others leave stock, and of
    those reused or recycled components may be taken out."""

    position: int
    kind: DispositionKind
    quantity: int
    note: str = ""
    components: tuple[TakenOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposeReturn:
    """What becomes of everything that was received; together exactly the units received."""

    key: str
    number: str
    version: int
    parts: tuple[Dispose, ...]


def receive_return(uow: UnitOfWork, command: ReceiveReturn) -> ReturnStands:
    """Take the goods into stock at the return's location, in a lot nobody may use until it is decided about."""
    return uow.commands.once(command.key, command, ReturnStands, lambda: _received(uow, command))


def inspect_return(uow: UnitOfWork, command: InspectReturn) -> ReturnStands:
    """Keep what was found."""
    return uow.commands.once(command.key, command, ReturnStands, lambda: _inspected(uow, command))


def dispose_return(uow: UnitOfWork, command: DisposeReturn) -> ReturnStands:
    """Let everything received become what was decided, with its moves and the status of its lots."""
    return uow.commands.once(command.key, command, ReturnStands, lambda: _disposed(uow, command))


def lot_of(number: str, position: int) -> str:
    """The lot that returned units are kept in."""
    return f"{number}-{position}"


def _received(uow: UnitOfWork, command: ReceiveReturn) -> ReturnStands:
    given = stepping(uow, command.number, version=command.version, to=ReturnState.RECEIVED)
    came = {part.position: part.quantity for part in command.arrived}
    if len(came) != len(command.arrived) or not sum(came.values()):
        raise InvalidValueError("each line of a return comes once, and something comes", field="arrived")
    for position, units in came.items():
        line = _line_at(given, position)
        if not 0 <= units <= line.quantity:
            raise InvalidValueError(
                f"{units!r} units of position {position} came back; accepted are 0 to {line.quantity}", field="quantity"
            )
    lines = tuple(_into_lot(uow, given, line, came.get(line.position, 0)) for line in given.lines)
    after = replace(given, state=ReturnState.RECEIVED, received_at=uow.now, lines=lines)
    facts = {"units": {str(line.position): line.received for line in lines}}
    saved = uow.returns.save(after, version=command.version, event="return_received", facts=facts)
    for line in lines:
        if line.received:
            uow.orders.count_line(given.order, line.line, returned=line.received)
    units = sum(line.received for line in lines)
    tell(uow, given, f"{given.number} came back to {given.location}: {units} units")
    return stands(saved)


def _into_lot(uow: UnitOfWork, given: Return, line: ReturnLine, units: int) -> ReturnLine:
    if not units:
        return line
    lot = LotCode(lot_of(given.number, line.position))
    uow.lots.add(_opened(uow, given, line, lot))
    move = _move(given, line, VirtualPlace.CUSTOMER.location, given.location, units, reason="returned", uow=uow)
    uow.stock.move((replace(move, lot=lot),))
    return replace(line, received=units, lot=lot)


def _opened(uow: UnitOfWork, given: Return, line: ReturnLine, lot: LotCode) -> Lot:
    """A lot on hold for what came back; it expires no later than the first of the lots shipped with the order line."""
    expires_on, origin = uow.returns.shipped_lots(given.order, line.line)
    return Lot(
        code=lot,
        item=line.item,
        status=LotStatus.HOLD,
        received_on=business_day(uow),
        expires_on=expires_on,
        origin=origin or uow.company.item(line.item).origin,
    )


def _move(
    given: Return,
    line: ReturnLine,
    origin: LocationCode,
    destination: LocationCode,
    units: int,
    *,
    reason: str,
    uow: UnitOfWork,
) -> StockMove:
    return StockMove(
        item=line.item,
        origin=origin,
        destination=destination,
        quantity=units,
        reason=reason,
        reference=given.number,
        moved_on=business_day(uow),
        lot=LotCode(line.lot) if line.lot else None,
        order=given.order,
        line=line.line,
        serials=(SerialNo(line.serial),) if line.serial else (),
    )


def _inspected(uow: UnitOfWork, command: InspectReturn) -> ReturnStands:
    given = stepping(uow, command.number, version=command.version, to=ReturnState.INSPECTED)
    found = {part.position: part.text for part in command.findings}
    for position, text in found.items():
        _line_at(given, position)
        if len(text) > LONGEST_TEXT:
            raise InvalidValueError(f"a finding of {len(text)} characters is longer than {LONGEST_TEXT}", field="text")
    lines = tuple(replace(line, finding=found.get(line.position, "")) for line in given.lines)
    after = replace(given, state=ReturnState.INSPECTED, lines=lines)
    facts = {"findings": {str(position): text for position, text in sorted(found.items())}}
    saved = uow.returns.save(after, version=command.version, event="return_inspected", facts=facts)
    return stands(saved)


def _disposed(uow: UnitOfWork, command: DisposeReturn) -> ReturnStands:
    given = stepping(uow, command.number, version=command.version, to=ReturnState.DISPOSED)
    _check_parts(given, command.parts)
    for line in (line for line in given.lines if line.received):
        _become(uow, given, line, [part for part in command.parts if part.position == line.position])
    lines = tuple(replace(line, disposed=line.received) for line in given.lines)
    after = replace(given, state=ReturnState.DISPOSED, lines=lines)
    facts = {"parts": [f"{part.quantity} of {part.position}: {part.kind.value}" for part in command.parts]}
    saved = uow.returns.save(after, version=command.version, event="return_disposed", facts=facts)
    tell(uow, given, f"{given.number}: " + ", ".join(f"{part.quantity} {part.kind.value}" for part in command.parts))
    return stands(saved)


def _check_parts(given: Return, parts: Sequence[Dispose]) -> None:
    decided: dict[int, int] = {}
    kinds: dict[int, set[DispositionKind]] = {}
    for part in parts:
        _line_at(given, part.position)
        if part.quantity < 1 or len(part.note) > LONGEST_TEXT or any(x.quantity < 1 for x in part.components):
            raise InvalidValueError(f"{part.quantity!r} units become nothing; accepted are 1 or more", field="quantity")
        if part.components and not part.kind.taken_apart:
            raise InvalidValueError(
                f"nothing is taken out of units that are for {part.kind.value}; only of those for reuse or recycle",
                field="components",
            )
        decided[part.position] = decided.get(part.position, 0) + part.quantity
        kinds.setdefault(part.position, set()).add(part.kind)
    received = {line.position: line.received for line in given.lines if line.received}
    if decided != received:
        raise InvalidValueError(
            f"decided is about {decided!r} units by position, {received!r} were received; they are the same",
            field="parts",
        )
    for position, several in kinds.items():
        if len({_AFTER[kind] for kind in several if kind.stays}) > 1:
            raise InvalidValueError(
                f"what stays of position {position} is one lot: it is sold again or worked on, not both", field="kind"
            )


def _become(uow: UnitOfWork, given: Return, line: ReturnLine, parts: Sequence[Dispose]) -> None:
    """What is decided about a line: what leaves is moved out of its lot, what stays gives the lot its status."""
    lot = LotCode(line.lot)
    stays = [part for part in parts if part.kind.stays]
    if any(_GOES.get(part.kind) == VirtualPlace.PRODUCTION.location for part in parts):
        _judge(uow, given, lot, LotStatus.AVAILABLE)  # only usable units are taken apart; nobody sees it in between
    for part in parts:
        if not part.kind.stays:
            place = _GOES[part.kind]
            uow.stock.move((_move(given, line, given.location, place, part.quantity, reason=part.kind.value, uow=uow),))
        for component in part.components:
            _take_out(uow, given, part, component)
        _keep(uow, given, line, part)
    after = _AFTER[stays[0].kind] if stays else LotStatus.SCRAPPED
    _judge(uow, given, lot, after)
    if after is LotStatus.AVAILABLE and uow.company.item(line.item).lot_control is LotControl.NONE:
        _out_of_lot(uow, given, line, sum(part.quantity for part in stays))


def _judge(uow: UnitOfWork, given: Return, lot: LotCode, status: LotStatus) -> None:
    was = uow.lots.get(lot).status
    if was is not status:
        uow.lots.set_status(lot, old=was, new=status, why=f"return {given.number}")


def _keep(uow: UnitOfWork, given: Return, line: ReturnLine, part: Dispose) -> None:
    disposition = Disposition(
        position=part.position,
        kind=part.kind,
        quantity=part.quantity,
        location=given.location if part.kind.stays else _GOES[part.kind],
        lot=line.lot,
        note=part.note,
        decided_by=uow.actor,
    )
    uow.returns.dispose(given.number, disposition)


def _out_of_lot(uow: UnitOfWork, given: Return, line: ReturnLine, units: int) -> None:
    """Units of an item without lots go back among the others: out of the lot they were kept in, and in again."""
    here, between = given.location, VirtualPlace.ADJUSTMENT.location
    uow.stock.move((_move(given, line, here, between, units, reason="restock", uow=uow),))
    loose = replace(line, lot="")
    uow.stock.move((_move(given, loose, between, here, units, reason="restock", uow=uow),))


def _take_out(uow: UnitOfWork, given: Return, part: Dispose, component: TakenOut) -> None:
    """A component comes out of production, where its unit went, into stock, by lot and serial number if it has them."""
    item = uow.company.item(component.item)
    if (item.lot_control is LotControl.SERIAL) != bool(component.serial):
        raise InvalidValueError(
            f"{item.code!r} is taken out {'without' if component.serial else 'with'} a serial number", field="serial"
        )
    lot: LotCode | None = None
    if item.lot_control is not LotControl.NONE:
        lot = LotCode(f"{given.number}-{part.position}-{item.code}{'-' + component.serial if component.serial else ''}")
        uow.lots.add(Lot(code=lot, item=item.code, received_on=business_day(uow), origin=item.origin))
    move = StockMove(
        item=item.code,
        origin=VirtualPlace.PRODUCTION.location,
        destination=given.location,
        quantity=component.quantity,
        reason="retrieved",
        reference=given.number,
        moved_on=business_day(uow),
        lot=lot,
        order=OrderNo(given.order),
        line=_line_at(given, part.position).line,
        serials=(SerialNo(component.serial),) if component.serial else (),
    )
    uow.stock.move((move,))
    kept = RetrievedComponent(
        position=part.position,
        item=item.code,
        quantity=component.quantity,
        location=given.location,
        lot=lot or "",
        serial=component.serial,
    )
    uow.returns.retrieve(given.number, kept)


def _line_at(given: Return, position: int) -> ReturnLine:
    line = given.line_at(position)
    if line is None:
        there = ", ".join(str(x.position) for x in given.lines)
        raise NotFoundError(f"return {given.number} has no position {position!r}; it has {there}")
    return line
