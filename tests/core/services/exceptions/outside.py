"""Exceptions from outside: data that are missing, documents in doubt, returns, feeds."""

from core.domain.cases import ExceptionType as E
from core.domain.signals import Signal, SignalKind
from core.services.reconciling.reconcile import ReconcilePack, reconcile
from core.services.signalling import (
    LimitFeed,
    RaiseSignal,
    SettleSignal,
    limit_feed,
    raise_signal,
    settle_signal,
)
from tests.builders import MARIA, company
from tests.core.services.exceptions.scene import Scene
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.core.services.returning.counter import Counter, opened
from tests.desk import Desk


def _said(desk: Desk, kind: SignalKind, text: str, *, confidence: int = 100) -> None:
    signal = Signal(reference="MAIL-1", kind=kind, subject="mail 17", text=text, confidence=confidence)
    with desk.open() as uow:
        raise_signal(uow, RaiseSignal(key="mail", signal=signal))


def _settled(desk: Desk) -> None:
    with desk.open() as uow:
        settle_signal(uow, SettleSignal(key="over", reference="MAIL-1", outcome="read"))


def _announced(desk: Desk) -> None:
    """Four valves of SO-2 are to come back."""
    counter = opened(desk)
    counter.ask(4)
    counter.authorise()


def _came(desk: Desk) -> None:
    Counter(desk=desk, house=Warehouse(desk, steps=50)).receive(4)


def _fed(desk: Desk, *, key: str = "pack") -> None:
    """The pack comes again, and may not be older than a day."""
    with desk.open() as uow:
        reconcile(uow, ReconcilePack(key=key, company=company(), content_hash=key))
        limit_feed(uow, LimitFeed(key=f"limit {key}", feed="Sabine Valve", hours=24), MARIA)


OUTSIDE = (
    Scene(
        type=E.MASTER_DATA_GAP,
        plant=lambda desk: _said(desk, SignalKind.GAP, "item VALVE-9 is ordered and not known"),
        near=lambda desk: _said(desk, SignalKind.DOCUMENT, "an order"),
        undo=_settled,
        root="mail 17",
        title="Item VALVE-9 is ordered and not known",
        exposed=False,
    ),
    Scene(
        type=E.LOW_CONFIDENCE,
        plant=lambda desk: _said(desk, SignalKind.DOCUMENT, "an order", confidence=79),
        near=lambda desk: _said(desk, SignalKind.DOCUMENT, "an order", confidence=80),
        undo=_settled,
        root="mail 17",
        title="Mail 17 was read with 79 % confidence",
        exposed=False,
    ),
    Scene(
        type=E.RETURN_PENDING,
        ready=_announced,
        plant=lambda desk: desk.clock.pass_by(days=14, hours=1),
        near=lambda desk: desk.clock.pass_by(days=14),
        undo=_came,
        root="return SO-2-R1",
        title="Return SO-2-R1 of MESA for SO-2 was announced 14 days ago and has not come",
    ),
    Scene(
        type=E.FEED_FAILURE,
        ready=_fed,
        plant=lambda desk: desk.clock.pass_by(hours=25),
        near=lambda desk: desk.clock.pass_by(hours=24),
        undo=lambda desk: _fed(desk, key="pack 2"),
        root="feed Sabine Valve",
        title="Sabine Valve last came 25 hours ago; 24 hours is the limit",
        exposed=False,
    ),
)
