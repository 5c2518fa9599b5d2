"""Exceptions of sales orders: wishes, rush, changes, cancellations, duplicates, quotas, sets, outliers."""

from core.domain.cases import ExceptionType as E
from core.domain.ids import OrderNo
from core.domain.order_terms import Channel, Strategy
from core.domain.quotas import Quota
from core.domain.signals import Signal, SignalKind
from core.services.allocating.quotas import ReleaseQuota, SetQuota, release_quota, set_quota
from core.services.ordering.contacting import Direction, RecordContact, record_contact
from core.services.signalling import RaiseSignal, SettleSignal, raise_signal, settle_signal
from core.services.supplying.planned import DropPlanned, drop_planned
from core.services.supplying.purchasing import EndPurchase, cancel_purchase
from tests.builders import HARBOR, MARIA, RENO, SO_1, SO_2, VALVE, day
from tests.core.services.exceptions.scene import Scene, adjusted, answered, entered, sold, wanted
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.core.services.supplying.works import PO_9, sent
from tests.core.services.supplying.works import wanted as ordered
from tests.desk import Desk

NEW = OrderNo("SO-3")


def _asked(desk: Desk, kind: SignalKind, order: OrderNo, line: int, text: str) -> None:
    signal = Signal(reference="MAIL-1", kind=kind, subject=f"order {order}", text=text, order=order, lines=(line,))
    with desk.open() as uow:
        raise_signal(uow, RaiseSignal(key="mail", signal=signal))


def _settled(desk: Desk) -> None:
    with desk.open() as uow:
        settle_signal(uow, SettleSignal(key="over", reference="MAIL-1", outcome="declined"))


def _fenced(desk: Desk) -> None:
    desk.alter("UPDATE items SET demand_fence_days = 5 WHERE code = 'VALVE-3'")


def _told(desk: Desk) -> None:
    desk.clock.pass_by(minutes=5)
    with desk.open() as uow:
        command = RecordContact(
            key="call", order=NEW, who="buyer", channel=Channel.PHONE, direction=Direction.OUT, text="agreed"
        )
        record_contact(uow, command)


def _far(desk: Desk) -> None:
    """Valves that only a purchase can bring all of, and a customer who would take them sooner."""
    sold(desk, wanted(60, requested=day(1), strategy=Strategy.GAIN))


def _rushed(desk: Desk) -> None:
    """An order of the highest priority, and somebody will not buy what was planned for it."""
    sold(desk, wanted(45, requested=day(6)), priority=0, ship_from=RENO)
    with desk.open() as uow:
        (planned,) = uow.planned_orders.waiting()
        drop_planned(uow, DropPlanned(key="drop", number=planned.number, version=1, why="too dear"))


def _bought(desk: Desk, due: int) -> None:
    """A purchase that brings what was promised for later."""
    sent(desk, ordered(quantity=60, due=due))
    answered(desk, number=PO_9, key="yes")


def _never_bought(desk: Desk) -> None:
    with desk.open() as uow:
        version = uow.purchasing.order(PO_9).version
        cancel_purchase(uow, EndPurchase(key="off", number=PO_9, version=version, why="not needed"))


def _limited(desk: Desk) -> None:
    quota = Quota(code="Q-OCT", item=VALVE, first=day(0), last=day(40), quantity=10, customer=HARBOR)
    with desk.open() as uow:
        set_quota(uow, SetQuota(key="quota", quota=quota), MARIA)


def _unlimited(desk: Desk) -> None:
    with desk.open() as uow:
        release_quota(uow, ReleaseQuota(key="free", quota="Q-OCT", on=day(0)), MARIA)


def _regular(desk: Desk) -> None:
    """Harbor bought two valves three times in September."""
    for n in range(3):
        sold(desk, wanted(2), po=f"old {n}", ship_from=RENO)
    desk.alter("UPDATE sales_orders SET order_date = '2024-09-02' WHERE customer_po LIKE 'old%'")


ORDERS = (
    Scene(
        type=E.DEMAND_SHORTAGE,
        plant=lambda desk: adjusted(desk, -45, at=RENO),
        near=lambda desk: adjusted(desk, -30, at=RENO),
        undo=lambda desk: adjusted(desk, 45, at=RENO),
        root="item VALVE-3@RENO",
        title="VALVE-3 at RENO has no supply for 15 units: 1 order line waits",
        lines=("SO-2/1",),
        lacking=15,
    ),
    Scene(
        type=E.PROMISE_AT_RISK,
        plant=lambda desk: answered(desk, due=day(4)),
        near=lambda desk: answered(desk, due=day(3)),
        undo=lambda desk: answered(desk, due=day(3), key="sooner"),
        root="purchase order PO-1/1",
        title="Purchase order PO-1/1 brings VALVE-3 on 2024-10-08: 1 order line resting on it has less than 2 days to "
        "spare",
        lines=("SO-1/1",),
        lacking=25,
    ),
    Scene(
        type=E.PROMISE_IMPROVABLE,
        ready=_far,
        plant=lambda desk: _bought(desk, 3),
        near=lambda desk: _bought(desk, 4),
        undo=_never_bought,
        root="order line SO-3/1",
        title="Order line SO-3/1 is promised for 2024-10-10 and can be there on 2024-10-07; the customer asked for "
        "2024-10-05",
        lines=("SO-3/1",),
    ),
    Scene(
        type=E.REQUEST_INFEASIBLE,
        plant=lambda desk: sold(desk, wanted(12, requested=day(1))),
        near=lambda desk: sold(desk, wanted(12, requested=day(5))),
        undo=_told,
        root="order line SO-3/1",
        title="Order line SO-3/1 asks for 12 VALVE-3 by 2024-10-05: 2024-10-06 is the earliest",
        lines=("SO-3/1",),
        lacking=12,
    ),
    Scene(
        type=E.RUSH_ORDER,
        plant=_rushed,
        near=lambda desk: sold(desk, wanted(45, requested=day(6)), priority=0, ship_from=RENO),
        root="order line SO-3/1",
        title="New order line SO-3/1 of the highest priority can be kept only with supply that others have",
        lines=("SO-2/1",),
        lacking=15,
    ),
    Scene(
        type=E.CUSTOMER_CHANGE,
        ready=_fenced,
        plant=lambda desk: _asked(desk, SignalKind.CHANGE, SO_1, 1, "50 instead of 40"),
        near=lambda desk: _asked(desk, SignalKind.CHANGE, SO_2, 1, "50 instead of 40"),
        undo=_settled,
        root="order SO-1",
        title="The customer of SO-1 asks for a change inside the freeze fence: 50 instead of 40",
        lines=("SO-1/1",),
    ),
    Scene(
        type=E.CANCEL_AFTER_COMMIT,
        ready=lambda desk: Warehouse(desk).release(),
        plant=lambda desk: _asked(desk, SignalKind.CANCELLATION, SO_2, 1, "we do not need them"),
        near=lambda desk: _asked(desk, SignalKind.CANCELLATION, SO_1, 2, "we do not need them"),
        undo=_settled,
        root="order SO-2",
        title="The customer cancels 1 line of SO-2 although SO-2-S1 is released for it",
        lines=("SO-2/1",),
    ),
    Scene(
        type=E.DUPLICATE_ORDER,
        ready=lambda desk: entered(desk, wanted(3), ship_from=RENO),
        plant=lambda desk: entered(desk, wanted(3), key="again", ship_from=RENO, duplicate_meant=True),
        near=lambda desk: entered(desk, wanted(4), key="again", ship_from=RENO, duplicate_meant=True),
        root="customer HARBOR",
        title="HARBOR ordered the same lines under 4711 2 times: SO-3, SO-5",
    ),
    Scene(
        type=E.QUOTA_EXHAUSTED,
        ready=_limited,
        plant=lambda desk: entered(desk, wanted(12), ship_from=RENO),
        near=lambda desk: entered(desk, wanted(10), ship_from=RENO),
        undo=_unlimited,
        root="quota Q-OCT",
        title="Order line SO-3/1 wants 12 VALVE-3, quota Q-OCT has 10 left while 50 are in stock",
        lacking=2,
        exposed=False,
    ),
    Scene(
        type=E.LINE_SET_BREAK,
        ready=lambda desk: sold(desk, wanted(3), wanted(4), ship_from=RENO, ship_complete=True),
        plant=lambda desk: desk.alter("UPDATE sales_order_lines SET promised = promised + 4 WHERE ordered = 4"),
        near=lambda desk: desk.alter("UPDATE sales_order_lines SET promised = promised + 4 WHERE ordered IN (3, 4)"),
        undo=lambda desk: desk.alter("UPDATE sales_order_lines SET promised = promised - 4 WHERE ordered = 4"),
        root="order SO-3",
        title="The lines of set all lines of SO-3 must go together; line 2 comes on 2024-10-28, after the others",
        lines=("SO-3/1", "SO-3/2"),
        breaks="a promise is moved without its history",
    ),
    Scene(
        type=E.DEMAND_OUTLIER,
        ready=_regular,
        plant=lambda desk: sold(desk, wanted(11), ship_from=RENO),
        near=lambda desk: sold(desk, wanted(10), ship_from=RENO),
        root="order line SO-9/1",
        title="HARBOR orders 11 VALVE-3 on order line SO-9/1; 2 is usual over 4 lines",
        lines=("SO-9/1",),
    ),
)
