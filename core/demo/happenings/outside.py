"""What is said from outside: a strike, a mail that nobody can read with certainty."""

from core.demo.happenings.world import World
from core.demo.planted import Planted
from core.domain.cases import ExceptionType
from core.domain.ids import LocationCode
from core.domain.signals import Signal, SignalKind
from core.services.signalling import RaiseSignal, raise_signal


def said_from_outside(world: World) -> tuple[Planted, ...]:
    """Hauliers strike on the way to Tulsa, and a confirmation came in as a blurred fax."""
    strike = Signal(
        reference="NEWS-1",
        kind=SignalKind.DISRUPTION,
        subject="lane to TUL-STORE",
        text="hauliers strike on the way to Tulsa",
        destination=LocationCode("TUL-STORE"),
        first=world.day(2),
        last=world.day(8),
    )
    fax = Signal(
        reference="FAX-1",
        kind=SignalKind.DOCUMENT,
        subject="document FAX-1",
        text="a confirmation of PO-2001, hard to read",
        confidence=46,
    )
    for signal in (strike, fax):
        world.do(raise_signal, RaiseSignal(key=f"signal {signal.reference}", signal=signal))
    return (
        Planted(type=ExceptionType.EXTERNAL_DISRUPTION, about="lane to TUL-STORE"),
        Planted(type=ExceptionType.LOW_CONFIDENCE, about="document FAX-1"),
    )
