"""Lots and serial numbers of what comes in: required where the item is tracked by them, refused where it is not."""

from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import SerialNo
from core.domain.items import Item, LotControl
from core.domain.lots import Lot
from core.ports.storage import UnitOfWork


def check_tracking(item: Item, *, units: int, lot: str, serials: tuple[SerialNo, ...]) -> None:
    """InvalidValueError when the lot or the serial numbers are not what the item is tracked by."""
    match item.lot_control:
        case LotControl.NONE:
            fits, accepted = not lot and not serials, "no lot and no serial number"
        case LotControl.LOT:
            fits, accepted = bool(lot) and not serials, "a lot and no serial number"
        case LotControl.SERIAL:
            fits, accepted = len(set(serials)) == units == len(serials), f"{units} different serial numbers"
    if not fits:
        raise InvalidValueError(
            f"{units} of {item.code!r} came with lot {lot!r} and {len(serials)} serial numbers; accepted is {accepted}",
            field="lot",
        )


def keep_lot(uow: UnitOfWork, lot: Lot) -> None:
    """Make the lot known; more of a known one is welcome when it is of the same item and origin."""
    known = uow.lots.find(lot.code)
    if known is None:
        uow.lots.add(lot)
        return
    made = (lot.item, lot.purchase_order, lot.work_order, lot.expires_on)
    if (known.item, known.purchase_order, known.work_order, known.expires_on) != made:
        raise ConflictError(
            f"there is a lot {lot.code!r} of {known.item!r} from elsewhere already; accepted is another lot number",
            lot=lot.code,
        )
