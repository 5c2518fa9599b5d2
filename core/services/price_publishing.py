"""Publishing prices: lists, contracts and discounts are added and ended, never changed, when two people agree.

Somebody who may set prices asks for it, somebody else who may agrees; until then nothing holds.
"""

from dataclasses import dataclass
from datetime import date

from core.domain.errors import InvalidValueError
from core.domain.master_data import MasterDataKind, MasterDataRequest
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
from core.ports.storage import UnitOfWork
from core.services.agreeing import check_may_change, settle


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
class DecidePrices:
    """The word of another person on what was asked for; `digest` is that of the request that was looked at."""

    key: str
    request: str
    digest: str
    agree: bool
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesAsked:
    """What waits for another person: the request and the hash of what it asks for."""

    request: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesDecided:
    """What became of a request: the code of what was made known or ended, empty when it was refused."""

    request: str
    code: str


_Asked = PublishPrices | PublishDiscount | EndPrice | EndDiscount


def publish_prices(uow: UnitOfWork, command: PublishPrices) -> PricesAsked:
    """Ask for a price list or contract, or for more lines of those there are."""
    if not command.lines:
        raise InvalidValueError("no lines were given; a price list has at least one", field="lines")
    return _ask(uow, command)


def publish_discount(uow: UnitOfWork, command: PublishDiscount) -> PricesAsked:
    """Ask for a discount."""
    return _ask(uow, command)


def end_price(uow: UnitOfWork, command: EndPrice) -> PricesAsked:
    """Ask to let a price run out."""
    return _ask(uow, command)


def end_discount(uow: UnitOfWork, command: EndDiscount) -> PricesAsked:
    """Ask to let a discount run out."""
    return _ask(uow, command)


def decide_prices(uow: UnitOfWork, command: DecidePrices) -> PricesDecided:
    """Agree to what another person asked for, which is done at once, or refuse it.

    ConflictError when what it adds is there by now, AlreadyDecidedError when somebody decided before.
    """

    def act() -> PricesDecided:
        said = command
        request = settle(uow, said.request, digest=said.digest, agree=said.agree, comment=said.comment)
        code = _carry_out(uow, request) if said.agree else ""
        return PricesDecided(request=request.code, code=code)

    return uow.commands.once(command.key, command, PricesDecided, act)


def _ask(uow: UnitOfWork, command: _Asked) -> PricesAsked:
    def act() -> PricesAsked:
        check_may_change(uow.users.get(uow.actor), MasterDataKind.PRICES)
        _check(uow, command)
        request = uow.master_data.ask(
            code=command.key, kind=MasterDataKind.PRICES, subject=command.key, command=command
        )
        return PricesAsked(request=request.code, digest=request.digest)

    return uow.commands.once(command.key, command, PricesAsked, act)


def _carry_out(uow: UnitOfWork, request: MasterDataRequest) -> str:
    shape = {one.__name__: one for one in (PublishPrices, PublishDiscount, EndPrice, EndDiscount)}[request.command]
    asked = uow.master_data.asked(request.code, shape)
    _check(uow, asked)
    match asked:
        case PublishPrices():
            if asked.price_list is None:
                uow.prices.add_lines(asked.lines, agreed=request.code)
                return ", ".join(sorted({line.list for line in asked.lines}))
            uow.prices.add_list(asked.price_list, asked.lines, agreed=request.code)
            return asked.price_list.code
        case PublishDiscount():
            uow.prices.add_discount(asked.discount, agreed=request.code)
            return asked.discount.code
        case EndPrice():
            uow.prices.end_line(asked.price_list, asked.line, on=asked.on, agreed=request.code)
            return f"{asked.price_list} line {asked.line}"
        case EndDiscount():
            uow.prices.end_discount(asked.discount, on=asked.on, agreed=request.code)
            return asked.discount


def _check(uow: UnitOfWork, asked: _Asked) -> None:
    match asked:
        case PublishPrices():
            for line in asked.lines:
                check_line(line)
            if asked.price_list is not None:
                _check_list(asked.price_list, asked.lines)
        case PublishDiscount():
            check_discount(asked.discount)
        case EndPrice() | EndDiscount():
            _check_end(uow, asked.on)


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
