"""How late suppliers are, read off their receipts."""

from datetime import date

from core.domain.ids import TransferOrderNo
from core.domain.robustness import TrackRecord
from core.planning.robustness.pooled import POOL
from core.planning.snapshot import day_number
from core.services.supplying.producing import CompleteWork, complete_work
from core.services.supplying.receiving import Receive, receive
from core.services.supplying.transferring import ReceiveTransfer, receive_transfer
from core.services.track_records import supplier_chances, supplier_lateness
from tests.builders import GULF, HOUSTON, TODAY, day
from tests.core.services.supplying.works import PO_9, WO_9, released, sent
from tests.desk import Desk

TO_2 = TransferOrderNo("TO-2")


def _arrive(desk: Desk, accepted: int, *, key: str) -> None:
    with desk.open() as uow:
        receive(uow, Receive(key=key, number=PO_9, line=1, reference=key, accepted=accepted, received_on=day(0)))


def _records(desk: Desk, since: date) -> dict[str, TrackRecord]:
    with desk.open() as uow:
        return {str(record.supplier): record for record in uow.receiving.track_records(since=since)}


def test_receipts_are_a_supplier_s_record_and_parts_of_one_day_one_delivery(desk: Desk) -> None:
    sent(desk)
    with desk.open() as uow:
        before = supplier_lateness(uow, as_of=day_number(TODAY))
        due = uow.purchasing.lines(PO_9)[0].due

    _arrive(desk, 12, key="r1")
    _arrive(desk, 8, key="r2")

    assert _records(desk, day(-30))[GULF].deliveries == ((due, day(0)),)
    assert _records(desk, day(1))[GULF].deliveries == ()
    with desk.open() as uow:
        after = supplier_lateness(uow, as_of=day_number(TODAY))
    late = (day(0) - due).days
    assert round(before.of(GULF).within(0), 6) == round(POOL.within(0), 6)
    assert after.of(GULF).within(late) > before.of(GULF).within(late)


def test_locations_have_a_record_of_what_was_brought_there(desk: Desk) -> None:
    with desk.open() as uow:
        before = supplier_chances(uow, as_of=day_number(TODAY))

    with desk.open() as uow:
        receive_transfer(uow, ReceiveTransfer(key="t", number=TO_2, received=5, received_on=day(0)))

    with desk.open() as uow:
        records = uow.receiving.place_records(since=day(-30))
        after = supplier_chances(uow, as_of=day_number(TODAY))
    late = {one.location: [[(on - due).days for due, on in came] for came in (one.made, one.moved)] for one in records}
    assert late == {HOUSTON: [[], [-1]]}
    assert (before.making, before.moving) == (None, None)
    assert after.making is None
    assert after.moving is not None
    assert 0 < after.moving.of(HOUSTON).within(-1) < 0.1


def _made(desk: Desk, key: str, *, good: int, scrapped: int = 0) -> None:
    with desk.open() as uow:
        done = CompleteWork(
            key=key,
            number=WO_9,
            good=good,
            scrapped=scrapped,
            reason="cracked" if scrapped else "",
            completed_on=day(0),
            backflush=True,
        )
        complete_work(uow, done)


def test_locations_have_a_record_of_what_was_made_there(desk: Desk) -> None:
    released(desk, ordered=4, start=0, due=10)
    _made(desk, "only scrap", good=0, scrapped=1)
    with desk.open() as uow:
        assert uow.receiving.place_records(since=day(-30)) == ()

    _made(desk, "one", good=1)
    _made(desk, "another one that day", good=1)

    with desk.open() as uow:
        (record,) = uow.receiving.place_records(since=day(-30))
        later = uow.receiving.place_records(since=day(1))
        after = supplier_chances(uow, as_of=day_number(TODAY))
    assert (record.location, record.made, record.moved) == (HOUSTON, ((day(10), day(0)),), ())
    assert later == ()
    assert after.moving is None
    assert after.making is not None
    assert after.making.of(HOUSTON).within(-10) > after.making.of(HOUSTON).within(-11)
