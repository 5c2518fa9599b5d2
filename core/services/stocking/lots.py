"""Whether a lot may be used: judged by quality, ended by its last good day."""

from dataclasses import dataclass

from core.domain.checking_values import checked
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError
from core.domain.ids import LotCode
from core.domain.lots import Lot, LotStatus
from core.domain.stock import Reservation
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeLot:
    """Hold a lot, or release one that is on hold, and why."""

    key: str
    lot: LotCode
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LotJudged:
    """The lot as it is now, and the documents that wait for units of it."""

    lot: LotCode
    status: LotStatus
    reservations: tuple[str, ...]


def hold_lot(uow: UnitOfWork, command: JudgeLot, user: User) -> LotJudged:
    """Nobody may reserve, ship or use the lot until it is released; what is reserved of it stays so, and is named."""
    return _judged(uow, command, user, old=LotStatus.AVAILABLE, new=LotStatus.HOLD)


def release_lot(uow: UnitOfWork, command: JudgeLot, user: User) -> LotJudged:
    """The lot may be used again; ConflictError when its last good day is over."""
    return _judged(uow, command, user, old=LotStatus.HOLD, new=LotStatus.AVAILABLE)


def expire_lots(uow: UnitOfWork) -> tuple[Lot, ...]:
    """Mark the lots whose last good day is over, so that nobody is promised their units."""
    found = uow.lots.past(uow.company.settings().as_of)
    for lot in found:
        why = f"its last good day was {lot.expires_on}"
        uow.lots.set_status(lot.code, old=LotStatus.AVAILABLE, new=LotStatus.EXPIRED, why=why)
    return found


def waiting_for(uow: UnitOfWork, lot: LotCode) -> tuple[Reservation, ...]:
    """The open reservations of units of a lot, wherever they are."""
    places = uow.lots.where(lot)
    return tuple(claim for place in places for claim in uow.stock.claims_on(place.lot.item, place.location, lot=lot))


def _judged(uow: UnitOfWork, command: JudgeLot, user: User, *, old: LotStatus, new: LotStatus) -> LotJudged:
    if user.role is not Role.QUALITY or not user.active:
        raise NotAuthorisedError(f"{user.name!r} is {user.role.value}; lots are held and released by quality")
    if not checked(command).why.strip():
        raise InvalidValueError("a lot is held or released for a reason; none was given", field="why")

    def act() -> LotJudged:
        if new is LotStatus.AVAILABLE:
            _check_good(uow, command.lot)
        uow.lots.set_status(command.lot, old=old, new=new, why=command.why)
        references = tuple(claim.reference for claim in waiting_for(uow, command.lot))
        return LotJudged(lot=command.lot, status=new, reservations=references)

    return uow.commands.once(command.key, command, LotJudged, act)


def _check_good(uow: UnitOfWork, code: LotCode) -> None:
    lot, today = uow.lots.get(code), uow.company.settings().as_of
    if lot.expires_on is not None and lot.expires_on < today:
        raise ConflictError(f"the last good day of lot {lot.code!r} was {lot.expires_on}; it cannot be released")
