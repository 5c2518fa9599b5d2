"""A process that keeps the books answers from what another one has written."""

from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context

from core.bootstrap.application import Application, application
from core.bootstrap.partners import sandbox_partners
from core.domain.promising import Ask
from core.domain.scenarios import NewDemand, Scenario
from core.planning.rules import ScanRules
from core.services.promising import InquirePromise, inquire
from core.services.scanning import ScanCommand, look
from core.services.what_if import WhatIf, what_if
from tests.builders import MARIA, RENO, VALVE, day
from tests.columns import differences
from tests.core.bootstrap.other_office import HELD, SHOP_ORDER, SOLD, sell
from tests.desk import Desk

NEW = Scenario(demand=(NewDemand(item=VALVE, quantity=30, due=day(2), location=RENO),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a process says of the valves of Reno: when thirty could be there, which order lines are open, and how many
    units would be short if somebody asked for thirty."""

    promised: list[tuple[date, int]]
    lines: list[str]
    short_if_asked: int


def asked(app: Application) -> Answers:
    wanted = Ask(item=VALVE, location=RENO, quantity=30, requested=day(2))
    with app.open_uow(MARIA.name) as uow:
        (promise,) = inquire(uow, InquirePromise(asks=(wanted,)))
        seen = look(uow, ScanCommand(rules=ScanRules()))
        report = what_if(uow, WhatIf(scenario=NEW, rules=ScanRules()))
    return Answers(
        promised=[(part.on, part.quantity) for part in promise.dates],
        lines=[line.order for line in seen.lines],
        short_if_asked=sum(line.after.short for line in report.lines if line.after),
    )


def test_promises_scans_and_what_ifs_follow_what_another_process_reserved_and_placed(desk: Desk) -> None:
    with sandbox_partners([]) as partners, application(desk.urls, partners, resident=True) as app:
        before = asked(app)
        child = get_context("spawn").Process(target=sell, args=(desk.urls.app,))
        child.start()
        child.join()
        after = asked(app)
        with app.open_uow(MARIA.name) as uow:
            resident, fresh = uow.snapshot(), desk.snapshot()

    assert child.exitcode == 0
    assert before.promised == [(day(2), 30)]
    assert after.promised == [(day(2), 30 - HELD - SOLD), (day(6), HELD + SOLD)]
    assert set(after.lines) - set(before.lines) == {SHOP_ORDER}
    assert (before.short_if_asked, after.short_if_asked) == (0, HELD + SOLD)
    assert list(differences(resident, fresh)) == []
