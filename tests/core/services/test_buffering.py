"""Buffers as a person stores them: who may, versions, the audit, and that every reading of the books counts on them."""

import json

import psycopg
import pytest

from core.db.roles import dsn_of
from core.db.snapshot.resident import ResidentBooks
from core.domain.errors import InvalidValueError, NotAuthorisedError, NotFoundError
from core.domain.ids import PurchaseOrderNo
from core.domain.planned_orders import PlannedKind
from core.planning.buffers import with_buffers
from core.services.buffering import ApplyBuffers, RemoveBuffers, apply_buffers, remove_buffers
from core.services.looking.parties import supplier_found
from core.services.scorecards import Scoring, scorecard
from tests.builders import DELTA, GULF, VIVIAN, buy, day, expedite
from tests.columns import differences
from tests.core.services.supplying.test_planned import firm, plan, planned
from tests.core.services.test_verifying import scanned_and_executed, verified
from tests.desk import Desk


def applied(desk: Desk, supplier: str | None = GULF, percent: int = 95) -> dict[str, tuple[int, int]]:
    with desk.open() as uow:
        done = apply_buffers(uow, ApplyBuffers(supplier=supplier, percent=percent))
    return {one.buffer.supplier: (one.buffer.number, one.buffer.days) for one in done}


def test_a_buffer_is_stored_in_versions_and_taken_back_whole(desk: Desk) -> None:
    plain = desk.snapshot()
    with desk.open() as uow:
        days = {share: scorecard(uow, GULF, Scoring(percent=share)).buffer.days for share in (95, 99)}
    assert 0 < days[95] < days[99]

    assert applied(desk) == {GULF: (1, days[95])}
    assert list(differences(desk.snapshot(), with_buffers(plain, {GULF: days[95]}))) == []
    assert applied(desk) == {}
    assert applied(desk, "gulf", percent=99) == {GULF: (2, days[99])}
    with desk.open() as uow:
        assert supplier_found(uow, GULF).buffer_days == days[99]
        (gone,) = remove_buffers(uow, RemoveBuffers(supplier="GULF"))
    assert (gone.before, gone.buffer.days, gone.buffer.number) == (days[99], 0, 3)
    assert list(differences(desk.snapshot(), plain)) == []
    with desk.open() as uow:
        assert [one.days for one in uow.buffers.history(GULF)] == [0, days[99], days[95]]
        trail = [(event, json.loads(facts)["days"]) for _, _, event, _, facts in uow.audit.trail(f"supplier:{GULF}")]
        assert trail == [("buffer_set", days[95]), ("buffer_set", days[99]), ("buffer_set", 0)]
        with pytest.raises(InvalidValueError, match="'GULF' has no buffer to take back"):
            remove_buffers(uow, RemoveBuffers(supplier=GULF))
        with pytest.raises(NotFoundError):
            apply_buffers(uow, ApplyBuffers(supplier="NOBODY"))
    with desk.open(VIVIAN.name) as uow, pytest.raises(NotAuthorisedError, match="may not set buffers"):
        apply_buffers(uow, ApplyBuffers(supplier=GULF))


def test_what_a_process_keeps_is_read_again_when_buffers_change(desk: Desk) -> None:
    books = ResidentBooks()
    with psycopg.connect(dsn_of(desk.urls.app), autocommit=True) as connection:
        before = books.current(connection, desk.clock.now)
        applied(desk)
        after = books.current(connection, desk.clock.now)

    assert before is not None
    assert not before.parties.supplier_buffer.size
    assert list(differences(after, desk.snapshot())) == []
    assert list(differences(after, before)) != []


def test_what_a_plan_foretells_with_buffers_comes_true(desk: Desk) -> None:
    for supplier in (GULF, DELTA):
        applied(desk, supplier)

    answer = verified(desk, scanned_and_executed(desk, buy(), expedite()))

    assert (answer.verified, answer.differences) == (True, ())


def test_a_planned_purchase_is_asked_for_as_much_sooner(desk: Desk) -> None:
    ((_, days),) = applied(desk).values()
    plan(desk, planned(PlannedKind.PURCHASE, supplier=GULF))

    firm(desk, "PO-8")

    with desk.open() as uow:
        assert uow.supply.purchase_line(PurchaseOrderNo("PO-8"), 1).due == max(day(0), day(14 - days))
