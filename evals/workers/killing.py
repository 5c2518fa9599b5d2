"""The run: two workers take every case to its question, people answer, the workers end all of it; one is killed."""

import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.bootstrap.application import Application, application
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.service import running
from core.connectors.sandbox.trade import SandboxTrade
from core.db.roles import RoleUrls
from core.domain.approval import Approval, ApprovalState, DecisionKind
from core.domain.cases import CaseState
from core.domain.errors import DomainError
from core.domain.ids import UserName
from core.domain.jobs import JobState
from core.services.approvals import DecideCommand, decide, pending
from core.services.checking import check
from core.services.scanning import Figure
from evals.bench.figures import figure
from evals.workers.books import LACKING, MARY, OTTO, RENO, SPARE, is_bought, item_of, open_cases, supplier_of
from evals.workers.nest import Nest, Place

PAUSE = 0.05
TERMINAL = frozenset({CaseState.RESOLVED, CaseState.ACCEPTED, CaseState.AUTO_CLOSED})
_LOOKER = UserName("looker")


@dataclass(slots=True, kw_only=True)
class Kills:
    """The one worker that is killed: at these counts of what has come so far, and hatched anew at once."""

    nest: Nest
    worker: int
    done: int = 0

    def strike(self) -> None:
        """Kill it, wherever it stands."""
        self.nest.end(self.worker, signal.SIGKILL)
        self.done += 1
        self.worker = self.nest.hatch()


def run(urls: RoleUrls, *, cases: int, kills: int, seconds: float) -> tuple[Figure, ...]:
    """Run on a database that holds the books of so many cases, its checkpointer's tables made; given up after so many
    seconds for each half."""
    trade, mailbox = SandboxTrade([supplier_of(cases)]), SandboxMailbox()
    with running(trade, mailbox=mailbox) as base_url:
        place = Place(urls=urls, base_url=base_url, cases=cases, began=time.monotonic())
        opened = open_cases(urls, place.partners())
        assert opened == cases, f"{opened} cases instead of {cases}"
        with application(urls, place.partners(), frozen=place.clock) as app:
            return _with_workers(app, place, kills, seconds) + _sent_twice(trade, mailbox)


def _with_workers(app: Application, place: Place, kills: int, seconds: float) -> tuple[Figure, ...]:
    began, nest = time.monotonic(), Nest(place)
    steady, dying = nest.hatch(), Kills(nest=nest, worker=nest.hatch())
    first, second = kills // 2, kills - kills // 2
    try:
        _until(lambda: len(_waiting(app)), place.cases, dying, kills=first, seconds=seconds)
        held = _running_when_all_wait(app)
        clicked = _answer(app)
        _until(lambda: _ended(app), place.cases, dying, kills=second, seconds=seconds)
        _until(lambda: int(_all_sent(app)), 1, dying, kills=0, seconds=seconds)
    finally:
        for worker in (steady, dying.worker):
            nest.end(worker, signal.SIGTERM)
        nest.close()
    return (
        figure("cases", place.cases, "cases"),
        figure("kills", dying.done, "SIGKILL", f"== {kills}"),
        figure("jobs_running_while_all_wait", held, "jobs", "== 0"),
        *_found(app, place.cases, clicked),
        figure("seconds", time.monotonic() - began, "s"),
    )


def _until(count: Callable[[], int], wanted: int, dying: Kills, *, kills: int, seconds: float) -> None:
    """Wait until so many have come, and strike each time another share of them has."""
    struck, end = 0, time.monotonic() + seconds
    while (come := count()) < wanted and time.monotonic() < end:
        if struck < kills and come >= wanted * (struck + 1) // (kills + 1):
            dying.strike()
            struck += 1
        time.sleep(PAUSE)
    for _ in range(kills - struck):
        dying.strike()


def _waiting(app: Application) -> tuple[Approval, ...]:
    with app.open_uow(_LOOKER) as uow:
        return pending(uow)


def _running_when_all_wait(app: Application) -> int:
    """Jobs of cases that run while every case waits for people; the schedule's own are over in a moment."""
    found = 0
    for _ in range(40):
        with app.open_uow(_LOOKER) as uow:
            jobs = uow.jobs.listed(JobState.RUNNING, JobState.WAITING, limit=500)
        found = sum(job.lock is not None and job.lock.startswith("case:") for job in jobs)
        if not found:
            break
        time.sleep(PAUSE * 5)
    return found


def _answer(app: Application) -> set[str]:
    """Both say yes to everything, each of them twice; the approvals that were accepted."""
    clicked = set[str]()
    for approval in _waiting(app):
        for name in (MARY, OTTO, MARY):
            said = DecideCommand(
                approval=approval.id,
                plan_hash=approval.plan_hash,
                kind=DecisionKind.APPROVE,
                comment="agreed",
                channel="eval",
            )
            try:
                with app.open_uow(name) as uow:
                    decide(uow, said, uow.users.get(name))
                clicked.add(approval.id)
            except DomainError:  # the other one was there before
                continue
    return clicked


def _ended(app: Application) -> int:
    with app.open_uow(_LOOKER) as uow:
        return sum(case.state in TERMINAL for case in uow.cases.all())


def _all_sent(app: Application) -> bool:
    with app.open_uow(_LOOKER) as uow:
        counts = uow.jobs.counts()
        executed = uow.approvals.listed(ApprovalState.EXECUTED)
        messages = [message for approval in executed for message in uow.outbox.of_approval(approval.id)]
        return counts[JobState.RUNNING] <= 1 and all(message.state == "sent" for message in messages)


def _found(app: Application, cases: int, clicked: set[str]) -> tuple[Figure, ...]:
    with app.open_uow(_LOOKER) as uow:
        kept = [(case, uow.approvals.of_case(case.id)) for case in uow.cases.all()]
        executed = {a.id for _, approvals in kept for a in approvals if a.state is ApprovalState.EXECUTED}
        again = sum(max(0, sum(a.id in executed for a in approvals) - 1) for _, approvals in kept)
        taken = [SPARE - uow.stock.available(item_of(n), RENO) for n in range(cases) if not is_bought(n)]
        failed = uow.jobs.counts()[JobState.FAILED]
        broken = sum(len(law.broken) for law in check(uow))
    return (
        figure("duplicated_effects", again + sum(units > LACKING for units in taken), "effects", "== 0"),
        figure("lost_approvals", len(clicked - executed), "approvals", "== 0"),
        figure("not_terminal", sum(case.state not in TERMINAL for case, _ in kept), "cases", "== 0"),
        figure("broken_invariants", broken, "breaches", "== 0"),
        figure("failed_jobs", failed, "jobs"),
    )


def _sent_twice(trade: SandboxTrade, mailbox: SandboxMailbox) -> tuple[Figure, ...]:
    placed: Sequence[tuple[str, str]] = [(entry.verb, entry.reference) for entry in trade.journal]
    mailed = [("mail", notice.reference) for notice in mailbox.messages]
    twice = sum(count - 1 for count in Counter([*placed, *mailed]).values())
    return (
        figure("orders_at_suppliers", len(placed), "orders"),
        figure("sent_twice", twice, "messages", "== 0"),
    )
