"""Commands of fulfilment, returns and stock that are accepted as they are."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from core.domain.ids import LotCode, OrderNo
from core.domain.returns import DispositionKind, ReturnReason, Wish
from core.domain.shipments import DeliveryProof, Package, PackedLine, TrackingEvent, TrackingKind
from core.domain.stock import ReservationKind
from core.domain.users import Role, User
from core.services.fulfilment.picking import (
    MakePickList,
    Pick,
    RecordPicks,
    RejectShipment,
    make_pick_list,
    record_picks,
    reject_shipment,
)
from core.services.fulfilment.releasing import ReleaseOrder, release_order
from core.services.fulfilment.shipping import (
    CancelShipment,
    PackShipment,
    ShipShipment,
    cancel_shipment,
    pack_shipment,
    ship_shipment,
)
from core.services.fulfilment.tracking import (
    MarkInvoiced,
    ProveDelivery,
    RecordTracking,
    Reship,
    mark_invoiced,
    prove_delivery,
    record_tracking,
    reship,
)
from core.services.ordering.entering import enter_order
from core.services.reserving import Reallocate, ReserveStock, reallocate, reserve_stock
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
    RefuseReturn,
    RequestLabel,
    RequestReturn,
    authorise_return,
    refuse_return,
    request_label,
    request_return,
)
from core.services.returning.self_service import AskForReturn, ask_for_return
from core.services.returning.settling import (
    CloseReturn,
    ExchangeReturn,
    RefundReturn,
    close_return,
    exchange_return,
    refund_return,
)
from core.services.stocking.adjusting import AdjustReason, AdjustStock, adjust_stock
from core.services.stocking.binning import PutInBin, put_in_bin
from core.services.stocking.counting import (
    EnterCount,
    OpenCount,
    PostCount,
    enter_count,
    open_count,
    post_count,
)
from core.services.stocking.lots import JudgeLot, hold_lot, release_lot
from tests.builders import MESA, RENO, SO_1, SO_2, VALVE, day
from tests.core.services.corpus.sitting import Service, Sitting
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.core.services.ordering.entries import entry
from tests.core.services.returning.counter import RMA, Counter, opened, part
from tests.core.services.stocking.goods import QUINN, arrived, claimed

KEY = "the key of the case"
S_1 = "SO-2-S1"
BOXED = ReservationKind.TIME_BOXED


def _released(at: Sitting) -> Warehouse:
    house = Warehouse(at)
    house.release()
    return house


def _shipment(at: Sitting, *steps: str) -> int:
    """Shipment SO-2-S1 after these steps, and its version."""
    house = _released(at)
    for step in steps:
        getattr(house, step)(S_1)
    return house.shipment(S_1).version


def _returned(at: Sitting, *steps: str, wish: Wish = Wish.REFUND) -> int:
    """The return of five valves after these steps, and its version."""
    counter = opened(at)
    counter.ask(5, wish=wish)
    doing: dict[str, Any] = {
        "authorise": counter.authorise,
        "receive": lambda: counter.receive(5),
        "inspect": counter.inspect,
        "dispose": lambda: counter.dispose(part(DispositionKind.SCRAP, 5)),
        "refund": lambda: refund_return(at.uow, RefundReturn(key="m", number=RMA, version=_version(counter)), _MARIA),
    }
    for step in steps:
        doing[step]()
    return _version(counter)


def _version(counter: Counter) -> int:
    return counter.rma().version


_MARIA = User(name="maria", role=Role.OPERATIONS_MANAGER, limit=None)  # type: ignore[arg-type]  # a name


def _release(at: Sitting) -> ReleaseOrder:
    return ReleaseOrder(key=KEY, order=SO_2, version=at.uow.orders.order(SO_2).version)


def _picks(at: Sitting) -> RecordPicks:
    picks = (Pick(position=1, quantity=19),)
    return RecordPicks(key=KEY, shipment=S_1, version=_shipment(at), picks=picks, reason="one was damaged")


def _pick_list(at: Sitting) -> MakePickList:
    _released(at)
    return MakePickList(key=KEY, location=RENO, until=day(9))


def _pack(at: Sitting) -> PackShipment:
    version = _shipment(at, "pick")
    package = Package(package=1, weight=1200, label="box 1", contents=(PackedLine(position=1, quantity=20),))
    return PackShipment(key=KEY, shipment=S_1, version=version, packages=(package,))


def _tracked(at: Sitting) -> RecordTracking:
    _shipment(at, "pick", "pack", "ship")
    event = TrackingEvent(
        event="E-1", kind=TrackingKind.IN_TRANSIT, happened_at=at.uow.now, expected_on=day(4), place="Tucson", text="on"
    )
    return RecordTracking(key=KEY, shipment=S_1, event=event)


def _proof(at: Sitting) -> ProveDelivery:
    version = _shipment(at, "pick", "pack", "ship")
    proof = DeliveryProof(signed_by="J. Ortiz", delivered_at=at.uow.now, note="at the dock")
    return ProveDelivery(key=KEY, shipment=S_1, version=version, proof=proof)


def _lost(at: Sitting) -> Reship:
    _shipment(at, "pick", "pack", "ship")
    event = TrackingEvent(event="E-1", kind=TrackingKind.LOST, happened_at=at.uow.now)
    record_tracking(at.uow, RecordTracking(key="lost", shipment=S_1, event=event))
    return Reship(key=KEY, shipment=S_1, version=at.uow.shipments.get(S_1).version)


def _ask_back(at: Sitting) -> AskForReturn:
    wanted = _request(at)
    return AskForReturn(key=KEY, order=wanted.order, lines=wanted.lines, wish=wanted.wish, note="scratched")


def _request(at: Sitting) -> RequestReturn:
    opened(at)
    lines = (AskedBack(line=1, quantity=5, reason=ReturnReason.DEFECTIVE),)
    return RequestReturn(key=KEY, order=SO_2, location=RENO, lines=lines, note="seat leaks")


def _dispose(at: Sitting) -> DisposeReturn:
    version = _returned(at, "authorise", "receive", "inspect")
    what = Dispose(position=1, kind=DispositionKind.SCRAP, quantity=5, note="cracked")
    return DisposeReturn(key=KEY, number=RMA, version=version, parts=(what,))


def _exchange(at: Sitting) -> ExchangeReturn:
    version = _returned(at, "authorise", "receive", "inspect", "dispose", wish=Wish.EXCHANGE)
    again = enter_order(at.uow, entry(key="again", customer=MESA, number=OrderNo("SO-95")))
    return ExchangeReturn(key=KEY, number=RMA, version=version, order=again.order)


def _reserve(_: Sitting) -> ReserveStock:
    until = datetime(2024, 10, 5, tzinfo=UTC)
    return ReserveStock(
        key=KEY, claims=(claimed(5, "R-1", order=SO_2, line=1, cause="by hand", kind=BOXED, expires_at=until),)
    )


def _reallocate(at: Sitting) -> Reallocate:
    reserve_stock(at.uow, ReserveStock(key="r", claims=(claimed(5, "R-1", order=SO_2, line=1),)))
    return Reallocate(key=KEY, source="R-1", to=claimed(3, "R-2", order=SO_1, line=1))


_COUNT = OpenCount(key=KEY, code="CC-1", location=RENO, items=((VALVE, None),), tolerance_percent=Decimal(5))


def _entered(at: Sitting) -> EnterCount:
    open_count(at.uow, replace(_COUNT, key="open"))
    return EnterCount(key=KEY, code="CC-1", version=1, found={1: 59})


def _post(at: Sitting) -> PostCount:
    enter_count(at.uow, replace(_entered(at), key="enter"))
    return PostCount(key=KEY, code="CC-1", version=2)


def _adjust(at: Sitting) -> AdjustStock:
    lot = arrived(at.uow, "L-1", 5)
    return AdjustStock(
        key=KEY, document="ADJ-1", item=VALVE, location=RENO, by=-1, reason=AdjustReason.DAMAGE, note="fell", lot=lot
    )


def _judge(at: Sitting, *, held: bool = False) -> JudgeLot:
    arrived(at.uow, "L-1", 5)
    if held:
        hold_lot(at.uow, JudgeLot(key="hold", lot=LotCode("L-1"), why="a doubt"), QUINN)
    return JudgeLot(key=KEY, lot=LotCode("L-1"), why="looked at")


def _of_return(kind: Any, *steps: str, **values: Any) -> Any:
    return lambda at: kind(key=KEY, number=RMA, version=_returned(at, *steps), **values)


def _of_shipment(kind: Any, *steps: str, **values: Any) -> Any:
    return lambda at: kind(key=KEY, shipment=S_1, version=_shipment(at, *steps), **values)


_DONE = ("authorise", "receive", "inspect", "dispose")
SHIPPING = (
    Service(name="release_order", call=release_order, command=_release),
    Service(name="make_pick_list", call=make_pick_list, command=_pick_list),
    Service(name="record_picks", call=record_picks, command=_picks),
    Service(name="reject_shipment", call=reject_shipment, command=_of_shipment(RejectShipment, reason="no people")),
    Service(name="pack_shipment", call=pack_shipment, command=_pack),
    Service(
        name="ship_shipment",
        call=ship_shipment,
        command=_of_shipment(ShipShipment, "pick", "pack", tracking_number="1Z-7"),
    ),
    Service(name="cancel_shipment", call=cancel_shipment, command=_of_shipment(CancelShipment, reason="not wanted")),
    Service(name="record_tracking", call=record_tracking, command=_tracked),
    Service(name="prove_delivery", call=prove_delivery, command=_proof),
    Service(name="reship", call=reship, command=_lost),
    Service(
        name="mark_invoiced",
        call=mark_invoiced,
        command=_of_shipment(MarkInvoiced, "pick", "pack", "ship", "deliver", invoice="INV-1"),
    ),
    Service(name="request_return", call=request_return, command=_request),
    Service(name="ask_for_return", call=ask_for_return, command=_ask_back),
    Service(name="authorise_return", call=authorise_return, command=_of_return(AuthoriseReturn)),
    Service(name="refuse_return", call=refuse_return, command=_of_return(RefuseReturn, why="too late")),
    Service(name="request_label", call=request_label, command=_of_return(RequestLabel, "authorise")),
    Service(
        name="receive_return",
        call=receive_return,
        command=_of_return(ReceiveReturn, "authorise", arrived=(Arrived(position=1, quantity=5),)),
    ),
    Service(
        name="inspect_return",
        call=inspect_return,
        command=_of_return(InspectReturn, "authorise", "receive", findings=(Finding(position=1, text="seat worn"),)),
    ),
    Service(name="dispose_return", call=dispose_return, command=_dispose),
    Service(
        name="refund_return",
        call=refund_return,
        with_user=True,
        command=_of_return(RefundReturn, *_DONE, restocking_percent=Decimal(10), note="agreed"),
    ),
    Service(name="exchange_return", call=exchange_return, command=_exchange),
    Service(name="close_return", call=close_return, command=_of_return(CloseReturn, *_DONE, "refund")),
    Service(name="reserve_stock", call=reserve_stock, command=_reserve),
    Service(name="reallocate", call=reallocate, command=_reallocate),
    Service(name="open_count", call=open_count, command=lambda _: _COUNT),
    Service(name="enter_count", call=enter_count, command=_entered),
    Service(name="post_count", call=post_count, with_user=True, command=_post),
    Service(
        name="put_in_bin",
        call=put_in_bin,
        command=lambda _: PutInBin(key=KEY, location=RENO, item=VALVE, zone="B", bin="07"),
    ),
    Service(name="adjust_stock", call=adjust_stock, command=_adjust),
    Service(name="hold_lot", call=hold_lot, with_user=True, user=QUINN, command=_judge),
    Service(name="release_lot", call=release_lot, with_user=True, user=QUINN, command=lambda at: _judge(at, held=True)),
)
