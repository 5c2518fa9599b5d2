"""Quotas: set, taken by lines when they are confirmed, given back, released to everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.errors import NotAuthorisedError, NotFoundError
from core.domain.ids import ItemCode, OrderNo
from core.domain.master_data import MAY_CHANGE, MasterDataKind
from core.domain.orders import SalesOrderLine
from core.domain.quotas import Quota, QuotaUse, QuotaWish
from core.domain.users import User
from core.planning.allocation.sharing import scaled
from core.ports.storage import UnitOfWork

_MAY_SET = frozenset(MAY_CHANGE[MasterDataKind.QUOTAS])


@dataclass(frozen=True, slots=True, kw_only=True)
class SetQuota:
    """A new quota; `key` makes it once."""

    key: str
    quota: Quota


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseQuota:
    """What is left of a quota is free for everybody from a day on."""

    key: str
    quota: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FitQuotas:
    """Cut the quotas of an item for a day to what there is, where that is less than all of them together."""

    key: str
    item: ItemCode
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotasFitted:
    """What there is until the last day of these quotas, and the quotas as they are now."""

    supply: int
    quotas: tuple[Quota, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaKept:
    """A quota as it stands."""

    quota: Quota


def set_quota(uow: UnitOfWork, command: SetQuota, user: User) -> QuotaKept:
    """Keep a new quota."""
    _may_set(user)

    def act() -> QuotaKept:
        uow.quotas.add(command.quota)
        return QuotaKept(quota=uow.quotas.get(command.quota.code))

    return uow.commands.once(command.key, command, QuotaKept, act)


def release_quota(uow: UnitOfWork, command: ReleaseQuota, user: User) -> QuotaKept:
    """Let everybody have what is left."""
    _may_set(user)

    def act() -> QuotaKept:
        uow.quotas.release(command.quota, on=command.on)
        return QuotaKept(quota=uow.quotas.get(command.quota))

    return uow.commands.once(command.key, command, QuotaKept, act)


def fit_quotas(uow: UnitOfWork, command: FitQuotas, user: User) -> QuotasFitted:
    """Where supply is less than the quotas in force on a day, they are cut in proportion, none below what is taken of
    it. NotFoundError when the item has no quota for that day."""
    _may_set(user)

    def act() -> QuotasFitted:
        as_of = uow.company.settings().as_of
        quotas = {q.code: q for q in uow.quotas.lock_item(command.item) if q.limits_on(command.on, as_of=as_of)}
        if not quotas:
            raise NotFoundError(f"no quota of item {command.item!r} is in force on {command.on}")
        supply = uow.quotas.supply(tuple(quotas), until=max(quota.last for quota in quotas.values()))
        sizes = {code: quota.quantity for code, quota in quotas.items()}
        cut = scaled(sizes, {code: quota.consumed for code, quota in quotas.items()}, supply)
        for code in sorted(code for code, units in cut.items() if units != sizes[code]):
            uow.quotas.resize(code, to=cut[code])
        return QuotasFitted(supply=supply, quotas=tuple(uow.quotas.get(code) for code in sorted(quotas)))

    return uow.commands.once(command.key, command, QuotasFitted, act)


def take_quotas(uow: UnitOfWork, order: OrderNo) -> tuple[QuotaUse, ...]:
    """Before an order is confirmed: its lines take from the quotas that limit them, all or none.

    QuotaExhaustedError names every line for which too little is left. Taking again takes nothing more.
    """
    take_for(uow, order, uow.orders.lines(order))
    return uow.quotas.uses(order)


def take_for(uow: UnitOfWork, order: OrderNo, lines: Sequence[SalesOrderLine]) -> None:
    """The same for one who has read the order's lines."""
    as_of = uow.company.settings().as_of
    taken = {line.line: 0 for line in lines}
    for use in uow.quotas.uses(order):
        taken[use.line] += use.quantity
    wishes = [
        QuotaWish(order=order, line=line.line, quantity=line.open_quantity - taken[line.line], on=line.requested)
        for line in lines
        if line.open_quantity > taken[line.line]
    ]
    if wishes:
        uow.quotas.take(wishes, as_of=as_of)


def give_quotas_back(uow: UnitOfWork, order: OrderNo) -> int:
    """After a cancellation or a smaller quantity: what the lines no longer need of their quotas goes back."""
    return sum(
        uow.quotas.give_back(order, line.line, keep=line.ordered - line.cancelled) for line in uow.orders.lines(order)
    )


def _may_set(user: User) -> None:
    if user.role not in _MAY_SET or not user.active:
        accepted = " or ".join(sorted(role.value for role in _MAY_SET))
        raise NotAuthorisedError(f"{user.name!r} ({user.role.value}) may not change quotas; {accepted} may")
