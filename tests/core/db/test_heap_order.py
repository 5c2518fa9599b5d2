"""Nothing told depends on where rows lie in their tables: told again after every table was written in another order."""

from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from core.db.embedded import Server
from core.db.unit_of_work import open_engine
from core.domain.ids import PurchaseOrderNo, WorkOrderNo
from core.planning.rules import ScanRules
from core.ports.storage import UnitOfWork
from core.services.facts import FactsAsked, facts
from core.services.resolving import evidence_needs, plan_options
from core.services.scanning import ScanCommand, figures_of, look, reconcile
from core.services.track_records import supplier_chances
from tests.builders import HOUSTON, PUMP, RENO, SO_1, SO_2, VALVE, day
from tests.columns import differences
from tests.core.services.doing.works_at_work import SO_5, SO_6, SO_7, at_work
from tests.core.services.machine.books import Books
from tests.core.services.supplying.works import WO_9
from tests.desk import Desk
from tests.putting_back import TABLES

ORDERS = (SO_1, SO_2, SO_5, SO_6, SO_7)
# What an index gives in its order by chance comes in the order of the table without it.
AS_THEY_LIE = "SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_mergejoin = off"
RULES = ScanRules(calendars=True, capacity=True, lanes=True, alternates=True)


def test_what_is_told_does_not_depend_on_where_rows_lie(desk: Desk, postgres_server: Server) -> None:
    at_work(desk)
    with desk.open() as uow:
        reconcile(uow, look(uow, ScanCommand(rules=RULES)))
    before = _told(desk)

    with postgres_server.superuser(str(make_url(desk.urls.app).database)) as superuser:
        moved = _shuffled(superuser)
    after = _told(desk)

    assert moved >= 40
    assert list(differences(after.pop("snapshot"), before.pop("snapshot"))) == []
    assert [name for name, said in before.items() if after[name] != said] == []


def _shuffled(superuser: psycopg.Connection[Any]) -> int:
    """Every table with its rows in another order; how many hold several."""
    superuser.execute("SET session_replication_role = replica")
    several = 0
    for (name,) in superuser.execute(TABLES).fetchall():
        table = sql.Identifier(name)
        superuser.execute(sql.SQL("CREATE TEMP TABLE here AS TABLE public.{}").format(table))
        superuser.execute(sql.SQL("DELETE FROM public.{}").format(table))
        again = sql.SQL("INSERT INTO public.{} SELECT * FROM here ORDER BY md5(here::text)").format(table)
        several += superuser.execute(again).rowcount > 1
        superuser.execute("DROP TABLE here")
    return several


def _told(desk: Desk) -> dict[str, Any]:
    """All that is told of the books, in one transaction of which nothing stays."""
    engine = open_engine(desk.urls.app)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(AS_THEY_LIE)
            connection.commit()
            books = Books(connection, desk.urls, desk.clock)
            try:
                with books.desk.open() as uow:
                    return dict(_all_of(uow))
            finally:
                books.end()
    finally:
        engine.dispose()


def _all_of(uow: UnitOfWork) -> Iterator[tuple[str, Any]]:
    seen = look(uow, ScanCommand(rules=RULES))
    yield "snapshot", seen.snapshot
    yield "facts of detection", seen.facts
    yield "figures of a scan", (figures_of(seen), seen.lines)
    yield "key figures", facts(uow, FactsAsked())
    yield "books as a pack", uow.feeds.books()
    yield "invariants", [uow.checks.broken(name) for name in uow.checks.names()]
    yield "track records", repr(supplier_chances(uow, as_of=seen.snapshot.as_of))
    yield "places", (uow.receiving.place_records(since=day(-99)), uow.nodes.nodes(), uow.nodes.rates("TX"))
    yield "works", (uow.routings.work_centers(), uow.routings.operations(PUMP), uow.routings.components(PUMP))
    yield "overloads", (uow.capacity.overloaded(), [uow.capacity.jobs(one.code) for one in uow.routings.work_centers()])
    yield "queues", (uow.cases.all(), uow.signals.open(), uow.planned_orders.waiting(), uow.counts.waiting(VALVE, RENO))
    yield "people and effects", (uow.users.all(), uow.feeds.effects(), uow.costs.open_orders())
    yield "stock", (uow.stock.claims_on(VALVE, RENO), uow.stock.claims_on(VALVE, HOUSTON))
    yield from _of_documents(uow)
    for case in uow.cases.all():
        yield f"questions of {case.id}", evidence_needs(uow, case.id)
        report = plan_options(uow, case.id)
        yield f"options of {case.id}", report


def _of_documents(uow: UnitOfWork) -> Iterator[tuple[str, Any]]:
    for number in ORDERS:
        lines = uow.orders.lines(number)
        yield f"order {number}", (uow.orders.order(number), lines, uow.stock.claims_of(number))
        yield (
            f"life of {number}",
            (uow.holds.of_order(number), uow.orders.timeline(number), uow.audit.trail(f"order:{number}")),
        )
        yield (
            f"schedule of {number}",
            [(uow.orders.schedule(number, x.line), uow.orders.promises(number, x.line)) for x in lines],
        )
        yield f"prices of {number}", [uow.prices.of_line(number, x.line) for x in lines]
        shipments = uow.shipments.of_order(number)
        yield (
            f"shipments of {number}",
            [(x, uow.shipments.packages(x.number), uow.shipments.tracking(x.number)) for x in shipments],
        )
    for bought in ("PO-1", "PO-2", "PO-9"):
        yield f"purchase {bought}", uow.purchasing.lines(PurchaseOrderNo(bought))
    for made in ("WO-1", WO_9):
        number = WorkOrderNo(made)
        yield f"work {made}", (uow.making.order(number), uow.making.steps(number), uow.making.parts(number))
        yield f"minutes of {made}", uow.capacity.bookings(number)
