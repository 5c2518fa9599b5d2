"""Goods of the small company for the tests of stock: lots that arrive, and people of quality."""

from datetime import date

from core.domain.ids import ItemCode, LocationCode, LotCode, SerialNo, UserName
from core.domain.lots import Lot
from core.domain.stock import Claim, StockMove, VirtualPlace
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork
from tests.builders import RENO, SO_2, TODAY, VALVE

QUINN = User(name=UserName("quinn"), role=Role.QUALITY, limit=None)


def arrived(
    uow: UnitOfWork, code: str, quantity: int, *, item: ItemCode = VALVE, at: LocationCode = RENO,
    expires: date | None = None, document: str = "PO-9/1", serials: tuple[str, ...] = (),
) -> LotCode:  # fmt: skip
    """A lot from a supplier."""
    lot = LotCode(code)
    uow.lots.add(Lot(code=lot, item=item, received_on=TODAY, expires_on=expires, origin="MX"))
    uow.stock.move(
        [moved(quantity, VirtualPlace.SUPPLIER.location, at, item=item, lot=code, document=document, serials=serials)]
    )
    return lot


def moved(
    quantity: int, origin: LocationCode, destination: LocationCode, *, item: ItemCode = VALVE,
    lot: str | None = None, document: str = "DOC-1", serials: tuple[str, ...] = (), sold: bool = False,
) -> StockMove:  # fmt: skip
    """A move of today."""
    return StockMove(
        item=item, origin=origin, destination=destination, quantity=quantity, reason="test", reference=document,
        moved_on=TODAY, lot=LotCode(lot) if lot else None, serials=tuple(SerialNo(number) for number in serials),
        order=SO_2 if sold else None, line=1 if sold else None,
    )  # fmt: skip


def claimed(quantity: int, reference: str, **values: object) -> Claim:
    """A hard claim on valves at Reno."""
    given: dict[str, object] = {"item": VALVE, "location": RENO, "quantity": quantity, "reference": reference, **values}
    return Claim(**given)  # pyright: ignore[reportArgumentType]  the tests name the fields
