"""Two processes that want quotes of the same units under the same keys, one of which is killed meanwhile."""

from contextlib import suppress
from multiprocessing import get_context

import psycopg

from core.db.roles import dsn_of
from core.services.checking import check
from tests.builders import RENO, VALVE
from tests.core.db.batching.quoting import quote_all, quote_and_send, units_there
from tests.desk import Desk

_WHOLE = """
SELECT q.quote, q.units, (SELECT sum(r.quantity)::integer FROM reservations r WHERE r.reference LIKE q.quote || '/%'),
       (SELECT count(*) FROM audit_log a WHERE a.scope IN ('quote:' || q.quote, 'reservation:' || q.quote)),
       (SELECT count(*) FROM commands c WHERE c.result ->> 'quote' = q.quote)
FROM (SELECT quote, sum(quantity)::integer AS units FROM promise_quotes GROUP BY quote) q"""


def test_what_two_processes_were_told_is_in_the_books_though_one_is_killed(desk: Desk) -> None:
    spawn, told = get_context("spawn"), dict[str, int]()
    reader, writer = spawn.Pipe(duplex=False)
    child = spawn.Process(target=quote_and_send, args=(desk.urls.app, writer))
    child.start()
    writer.close()
    told.update([reader.recv()])

    def say(code: str, units: int) -> None:
        assert told.setdefault(code, units) == units
        if len(told) == 6:
            child.kill()

    quote_all(desk.urls.app, say)
    child.join()
    with suppress(EOFError):
        while True:
            say(*reader.recv())

    with psycopg.connect(dsn_of(desk.urls.owner)) as owner:
        kept = {row[0]: row[1:] for row in owner.execute(_WHOLE)}
    assert kept == dict.fromkeys(kept, (2, 2, 2, 1))
    assert told.keys() <= kept.keys()
    assert len(kept) == 15
    with desk.open() as uow:
        assert (uow.stock.available(VALVE, RENO), units_there(uow)) == (20, 0)
        assert [result for result in check(uow) if result.broken] == []
