"""The returns counter of the desk: an order delivered, and each step of a return by hand."""

from dataclasses import dataclass

from core.domain.returns import DispositionKind, Return, ReturnReason, Wish
from core.services.returning.receiving import (
    Arrived,
    Dispose,
    DisposeReturn,
    Finding,
    InspectReturn,
    ReceiveReturn,
    dispose_return,
    inspect_return,
    receive_return,
)
from core.services.returning.requesting import (
    AskedBack,
    AuthoriseReturn,
    RequestReturn,
    ReturnStands,
    authorise_return,
    request_return,
)
from tests.builders import RENO, SO_2
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.desk import Desk

RMA = "SO-2-R1"


@dataclass(slots=True)
class Counter:
    """Twenty valves of order SO-2 were delivered from Reno, which takes returns."""

    desk: Desk
    house: Warehouse

    def ask(
        self, quantity: int, *, reason: ReturnReason = ReturnReason.DEFECTIVE, wish: Wish = Wish.REFUND
    ) -> ReturnStands:
        """So many valves are to come back."""
        with self.desk.open() as uow:
            lines = (AskedBack(line=1, quantity=quantity, reason=reason),)
            command = RequestReturn(key=self.house.key(), order=SO_2, location=RENO, lines=lines, wish=wish)
            return request_return(uow, command)

    def authorise(self) -> ReturnStands:
        """They may."""
        with self.desk.open() as uow:
            return authorise_return(uow, AuthoriseReturn(key=self.house.key(), number=RMA, version=self.rma().version))

    def receive(self, quantity: int) -> ReturnStands:
        """So many were in the parcel."""
        with self.desk.open() as uow:
            arrived = (Arrived(position=1, quantity=quantity),)
            version = uow.returns.get(RMA).version
            return receive_return(
                uow, ReceiveReturn(key=self.house.key(), number=RMA, version=version, arrived=arrived)
            )

    def inspect(self) -> ReturnStands:
        """Somebody looked at them."""
        with self.desk.open() as uow:
            found = (Finding(position=1, text="seat worn"),)
            version = uow.returns.get(RMA).version
            return inspect_return(uow, InspectReturn(key=self.house.key(), number=RMA, version=version, findings=found))

    def dispose(self, *parts: Dispose) -> ReturnStands:
        """What becomes of them."""
        with self.desk.open() as uow:
            version = uow.returns.get(RMA).version
            return dispose_return(uow, DisposeReturn(key=self.house.key(), number=RMA, version=version, parts=parts))

    def looked_at(self, quantity: int, **how: object) -> None:
        """Asked for, authorised, received and inspected."""
        self.ask(quantity, **how)  # type: ignore[arg-type]  # reason and wish
        self.taken_in(quantity)

    def taken_in(self, quantity: int) -> None:
        """Authorised, received and inspected."""
        self.authorise()
        self.receive(quantity)
        self.inspect()

    def rma(self) -> Return:
        """The return as it is now."""
        with self.desk.open() as uow:
            return uow.returns.get(RMA)


def part(kind: DispositionKind, quantity: int) -> Dispose:
    """A decision about units of the first line."""
    return Dispose(position=1, kind=kind, quantity=quantity)


def opened(desk: Desk) -> Counter:
    """The counter after SO-2 was delivered."""
    desk.alter("UPDATE locations SET takes_returns = true WHERE code = 'RENO'")
    house = Warehouse(desk)
    house.release()
    house.send("SO-2-S1")
    house.deliver("SO-2-S1")
    return Counter(desk=desk, house=house)
