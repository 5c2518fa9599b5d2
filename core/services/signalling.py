"""Signals from outside: said by people or by the programs that read mail and news, settled by people."""

from dataclasses import dataclass

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError, NotAuthorisedError
from core.domain.master_data import MAY_CHANGE, MasterDataKind
from core.domain.signals import Signal
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.deferring import scan_soon

_MAY_LIMIT = frozenset(MAY_CHANGE[MasterDataKind.FEEDS])


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseSignal:
    """Say something from outside; `key` makes it once."""

    key: str
    signal: Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleSignal:
    """Say what came of a signal."""

    key: str
    reference: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFeed:
    """Say how many hours old the data of a feed may be; without a limit they are never too old."""

    key: str
    feed: str
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLimited:
    """The limit of a feed as it is now."""

    feed: str
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalKept:
    """A signal as it is kept now."""

    reference: str
    settled: bool


def raise_signal(uow: UnitOfWork, command: RaiseSignal) -> SignalKept:
    """Keep a signal; the next scan makes a case of it where it hits something."""

    def act() -> SignalKept:
        uow.signals.add(command.signal)
        scan_soon(uow)
        return SignalKept(reference=command.signal.reference, settled=False)

    return uow.commands.once(command.key, command, SignalKept, act)


def settle_signal(uow: UnitOfWork, command: SettleSignal) -> SignalKept:
    """Settle a signal; its case closes with the next scan."""

    def act() -> SignalKept:
        uow.signals.settle(command.reference, outcome=command.outcome)
        scan_soon(uow)
        return SignalKept(reference=command.reference, settled=True)

    return uow.commands.once(command.key, command, SignalKept, act)


def limit_feed(uow: UnitOfWork, command: LimitFeed, user: User) -> FeedLimited:
    """Set or change the limit of a feed; data that are older are an exception with the next scan."""
    if user.role not in _MAY_LIMIT or not user.active:
        accepted = " or ".join(sorted(role.value for role in _MAY_LIMIT))
        raise NotAuthorisedError(f"{user.name!r} ({user.role.value}) may not limit feeds; {accepted} may")
    if checked(command).hours < 1:
        raise InvalidValueError(f"hours {command.hours!r} are no limit; accepted is 1 or more", field="hours")

    def act() -> FeedLimited:
        uow.signals.limit_feed(command.feed, hours=command.hours)
        return FeedLimited(feed=command.feed, hours=command.hours)

    return uow.commands.once(command.key, command, FeedLimited, act)
