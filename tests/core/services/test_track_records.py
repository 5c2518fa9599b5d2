"""How late suppliers are, read off their receipts."""

from datetime import date

from core.domain.robustness import TrackRecord
from core.planning.robustness.pooled import POOL
from core.planning.snapshot import day_number
from core.services.supplying.receiving import Receive, receive
from core.services.track_records import supplier_lateness
from tests.builders import GULF, TODAY, day
from tests.core.services.supplying.works import PO_9, sent
from tests.desk import Desk


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
