"""Faults put into the core on purpose: the laws that the machine checks after every step find each of them."""

from collections.abc import Callable
from typing import Any

from core.db.stores.orders import SqlOrderStore
from core.db.stores.promises import SqlPromiseStore
from core.db.stores.stock import SqlStockStore
from core.db.unit_of_work import SqlUnitOfWork, open_engine
from core.domain.stock import Reservation, ReservationKind
from core.services.stocking.adjusting import AdjustReason
from tests.builders import RENO, VALVE
from tests.core.services.machine.machine import Company
from tests.core.services.machine.opening import opened
from tests.desk import Desk


class ForgetfulStock(SqlStockStore):
    """Goods leave, arrive and are given back without the ledger or the claims knowing."""

    __slots__ = ()

    def consume(self, *_: Any, **__: Any) -> None:
        """Nothing is taken."""

    def move(self, *_: Any, **__: Any) -> None:
        """Nothing moves."""

    def release_claims(self, *_: Any, **__: Any) -> tuple[Reservation, ...]:
        """Nothing is given back."""
        return ()


class ForgetfulPromises(SqlPromiseStore):
    """Promises that nobody writes down."""

    __slots__ = ()

    def keep(self, *_: Any, **__: Any) -> None:
        """Nothing is kept."""


class ForgetfulOrders(SqlOrderStore):
    """Orders whose units nobody counts."""

    __slots__ = ()

    def count_line(self, *_: Any, **__: Any) -> None:
        """Nothing is counted."""


class StockForgets(SqlUnitOfWork):
    @property
    def stock(self) -> SqlStockStore:
        return ForgetfulStock(self._open)


class PromisesForget(SqlUnitOfWork):
    @property
    def promises(self) -> SqlPromiseStore:
        return ForgetfulPromises(self._open)


class OrdersForget(SqlUnitOfWork):
    @property
    def orders(self) -> SqlOrderStore:
        return ForgetfulOrders(self._open)


def enters_and_confirms(machine: Company) -> None:
    machine.order(lines=[(VALVE, 5, 20)], customer="MESA", site=RENO, complete=False)
    machine.confirm(nth=0)


def enters_confirms_and_cancels(machine: Company) -> None:
    enters_and_confirms(machine)
    last = len(machine.books.rows("SELECT 1 FROM sales_order_lines WHERE state NOT IN ('cancelled', 'closed')")) - 1
    machine.cancel(nth=last, whole=True)


def sends_everything(machine: Company) -> None:
    machine.ship(nth=0, missing=0, none_left=False, often=3)


def receives(machine: Company) -> None:
    machine.receive(nth=0, units=5, refused=0)


def lets_time_pass(machine: Company) -> None:
    machine.reserve(item=VALVE, place=RENO, units=5, kind=ReservationKind.TIME_BOXED, minutes=5, twice=False)
    machine.time_passes(minutes=10)


def adjusts(machine: Company) -> None:
    machine.adjust(item=VALVE, place=RENO, by=-3, reason=AdjustReason.DAMAGE)


NO_BALANCE = "ALTER TABLE reservations DISABLE TRIGGER books_changed"
NO_LEDGER = "ALTER TABLE stock_moves DISABLE TRIGGER books"
SOUND = ""
Story = Callable[[Company], None]
STORIES: dict[str, Story] = {
    story.__name__: story
    for story in (enters_and_confirms, enters_confirms_and_cancels, sends_everything, receives, lets_time_pass, adjusts)
}
FAULTS: dict[str, tuple[type[SqlUnitOfWork], str, Story, set[str]]] = {
    "a shipment leaves and takes nothing": (StockForgets, SOUND, sends_everything, {"I1", "I2"}),
    "goods arrive and are nowhere": (StockForgets, SOUND, receives, {"I1"}),
    "a cancelled order keeps its claims": (StockForgets, SOUND, enters_confirms_and_cancels, {"I2"}),
    "a promise is not recorded": (PromisesForget, SOUND, enters_and_confirms, {"I3"}),
    "a shipment leaves and is not counted": (OrdersForget, SOUND, sends_everything, {"I3"}),
    "what expires stays reserved": (SqlUnitOfWork, NO_BALANCE, lets_time_pass, {"I2"}),
    "a correction leaves the balance": (SqlUnitOfWork, NO_LEDGER, adjusts, {"I1"}),
}


def laws_broken_by(desk: Desk, kind: type[SqlUnitOfWork], sabotage: str, story: Story) -> set[str]:
    """What the laws find after a story, in books opened as the owner, of which nothing stays."""

    engine = open_engine(desk.urls.owner)
    with engine.connect() as connection:
        machine_type = type("Sabotaged", (Company,), {"answers": {}, "connection": connection, "urls": desk.urls})
        machine_type.start = desk.clock.now
        machine = machine_type()
        machine.books.desk = Desk(
            open_uow=lambda actor: kind(connection, actor, machine.books.clock.read),
            open_agent_uow=lambda actor: kind(connection, actor, machine.books.clock.read),
            clock=machine.books.clock,
            urls=desk.urls,
        )
        assert machine.books.broken() == {}, "from here on the laws are asked about what is written only"
        if sabotage:
            connection.exec_driver_sql(sabotage)
        story(machine)
        found = set(machine.books.broken())
        machine.books.end()
    engine.dispose()
    return found


def test_the_stories_leave_sound_books_when_nothing_is_wrong(desk: Desk) -> None:
    opened(desk)

    found = {name: laws_broken_by(desk, SqlUnitOfWork, SOUND, story) for name, story in STORIES.items()}

    assert not any(found.values()), found


def test_every_fault_is_found(desk: Desk) -> None:
    opened(desk)

    found = {name: laws_broken_by(desk, kind, sql, story) for name, (kind, sql, story, _) in FAULTS.items()}

    missed = {name: found[name] for name, (_, _, _, laws) in FAULTS.items() if not laws & found[name]}
    assert missed == {}
