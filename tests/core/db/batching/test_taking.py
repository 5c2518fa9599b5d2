"""Two processes that want the same units under the same keys, one of which is killed meanwhile."""

from contextlib import suppress
from multiprocessing import get_context

from core.services.checking import check
from core.services.reserving import reserve_stock
from tests.builders import RENO, VALVE
from tests.core.db.batching.taking import take_all, take_and_send, wish
from tests.desk import Desk


def test_what_two_processes_were_told_is_in_the_books_though_one_is_killed(desk: Desk) -> None:
    spawn, told = get_context("spawn"), list[str]()
    reader, writer = spawn.Pipe(duplex=False)
    child = spawn.Process(target=take_and_send, args=(desk.urls.app, writer))
    child.start()
    writer.close()
    told.append(reader.recv())

    def say(key: str) -> None:
        told.append(key)
        if len(told) == 6:
            child.kill()

    take_all(desk.urls.app, say)
    child.join()
    with suppress(EOFError):
        while True:
            told.append(reader.recv())

    with desk.open() as uow:
        taken = {claim.reference for claim in uow.stock.claims_on(VALVE, RENO) if claim.reference.startswith("k-")}
        assert {f"{key}/{n}" for key in told for n in (1, 2)} <= taken
        assert (len(taken), uow.stock.available(VALVE, RENO)) == (50, 0)
        assert [result for result in check(uow) if result.broken] == []
        assert reserve_stock(uow, wish(told[0])).references == (f"{told[0]}/1", f"{told[0]}/2")
