"""Publishing prices: lists, contracts and discounts are added and ended by people who may set prices, never changed."""

from dataclasses import dataclass
from datetime import date

from core.domain.errors import InvalidValueError, NotAuthorisedError
from core.domain.prices import (
    Discount,
    DiscountCode,
    PriceList,
    PriceListCode,
    PriceListLine,
    check_discount,
    check_line,
    check_list,
)
from core.domain.users import Role
from core.ports.storage import UnitOfWork

PUBLISHERS = (Role.OPERATIONS_MANAGER, Role.FINANCE, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPrices:
    """A new price list or contract with its lines; without `price_list`, further lines of lists that are there."""

    key: str
    lines: tuple[PriceListLine, ...]
    price_list: PriceList | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishDiscount:
    """A new discount."""

    key: str
    discount: Discount


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPrice:
    """The last day a line of a price list or contract holds; the business date at the earliest."""

    key: str
    price_list: PriceListCode
    line: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDiscount:
    """The last day a discount holds; the business date at the earliest."""

    key: str
    discount: DiscountCode
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was made known or ended, by its code."""

    code: str


def publish_prices(uow: UnitOfWork, command: PublishPrices) -> Published:
    """Add a price list or contract, or lines to those there are."""

    def act() -> Published:
        _check_publisher(uow)
        if not command.lines:
            raise InvalidValueError("no lines were given; a price list has at least one", field="lines")
        for line in command.lines:
            check_line(line)
        if command.price_list is None:
            uow.prices.add_lines(command.lines)
            return Published(code=", ".join(sorted({line.list for line in command.lines})))
        _check_list(command.price_list, command.lines)
        uow.prices.add_list(command.price_list, command.lines)
        return Published(code=command.price_list.code)

    return uow.commands.once(command.key, command, Published, act)


def publish_discount(uow: UnitOfWork, command: PublishDiscount) -> Published:
    """Add a discount."""

    def act() -> Published:
        _check_publisher(uow)
        check_discount(command.discount)
        uow.prices.add_discount(command.discount)
        return Published(code=command.discount.code)

    return uow.commands.once(command.key, command, Published, act)


def end_price(uow: UnitOfWork, command: EndPrice) -> Published:
    """Let a price run out."""

    def act() -> Published:
        _check_publisher(uow)
        _check_end(uow, command.on)
        uow.prices.end_line(command.price_list, command.line, on=command.on)
        return Published(code=f"{command.price_list} line {command.line}")

    return uow.commands.once(command.key, command, Published, act)


def end_discount(uow: UnitOfWork, command: EndDiscount) -> Published:
    """Let a discount run out."""

    def act() -> Published:
        _check_publisher(uow)
        _check_end(uow, command.on)
        uow.prices.end_discount(command.discount, on=command.on)
        return Published(code=command.discount)

    return uow.commands.once(command.key, command, Published, act)


def _check_publisher(uow: UnitOfWork) -> None:
    user = uow.users.get(uow.actor)
    if not user.is_person or not user.active or user.role not in PUBLISHERS:
        may = " or ".join(role.value for role in PUBLISHERS)
        raise NotAuthorisedError(f"{user.name!r} ({user.role}) may not publish prices; {may} may", user=user.name)


def _check_list(price_list: PriceList, lines: tuple[PriceListLine, ...]) -> None:
    check_list(price_list)
    strange = sorted({line.list for line in lines} - {price_list.code})
    if strange:
        raise InvalidValueError(f"lines of {strange!r} were given with price list {price_list.code!r}", field="lines")


def _check_end(uow: UnitOfWork, on: date) -> None:
    today = uow.company.settings().as_of
    if on < today:
        raise InvalidValueError(
            f"{on} is before {today}; a price ends on the business date at the earliest, what was sold stays explained",
            field="on",
        )
