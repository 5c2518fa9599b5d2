"""Where every example begins: the small company with a works, prices, goods delivered and orders on their way."""

from core.domain.ids import OrderNo, WorkOrderNo
from core.services.ordering.entering import enter_order
from core.services.promising import ConfirmOrder, confirm
from core.services.supplying.producing import ReleaseWork, release_work
from tests.builders import RENO, SEAL, VALVE, day
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.core.services.ordering.entries import entry, wanted
from tests.core.services.supplying.works import build_works, sent
from tests.desk import Desk

SO_8 = OrderNo("SO-8")


def opened(desk: Desk) -> None:
    """Half of what people may do next is already possible."""
    build_works(desk)
    desk.alter(
        "UPDATE items SET list_price = 25 WHERE code <> 'MOTOR';"
        " UPDATE locations SET takes_returns = true WHERE code = 'RENO'"
    )
    house = Warehouse(desk)
    house.release()
    house.send("SO-2-S1")
    house.deliver("SO-2-S1")
    with desk.open() as uow:
        lines = (wanted(9, item=VALVE, requested=day(3)), wanted(4, item=SEAL, requested=day(20)))
        order = enter_order(uow, entry(*lines, number=SO_8, ship_from=RENO, customer_po="8"))
        confirm(uow, ConfirmOrder(key="opening", order=SO_8, version=order.version))
        work = uow.making.order(WorkOrderNo("WO-1"))
        release_work(uow, ReleaseWork(key="work", number=work.number, version=work.version, why_short="comes later"))
    house.release(SO_8)
    sent(desk)


__all__ = ["SO_8", "opened"]
