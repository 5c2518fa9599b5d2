"""Drives the desk: takes a case as far as it gets without a person, and finishes what a crash left behind."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

import structlog
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.errors import GraphDrained
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command

from agents.exception_desk.services import ExecutionReport
from agents.exception_desk.state import GRAPH_VERSION, Decision
from agents.tracing.spans import TraceFor, no_trace, tracing
from agents.worker.bookmarks import Bookmark, read_bookmark
from agents.worker.draining import Draining
from agents.worker.halting import halt_check, stops_when_halted
from core.db.checkpoint_pool import driver_failures_named
from core.db.locks import advisory_lock
from core.domain.approval import ApprovalState
from core.domain.cases import ACTIVE_STATES, WAITING_STATES, CaseState
from core.domain.errors import DomainError, HaltedError
from core.domain.ids import ApprovalId, CaseId, RunId
from core.domain.options import Verification
from core.domain.users import WORKER_NAME
from core.ports.storage import OpenUnitOfWork
from core.services.dispatching import DispatchReport
from core.services.halting import is_halted
from core.services.upkeep import PIECES

MOST_STEPS = 25
MOST_AT_ONCE = 8
_UNDER_WAY = ACTIVE_STATES - WAITING_STATES
_log = structlog.get_logger()


class Standing(StrEnum):
    """How a case stands after the worker had it."""

    BUSY = "busy"
    WAITING = "waiting"
    CLOSED = "closed"
    IDLE = "idle"
    HALTED = "halted"
    DRAINED = "drained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """What came of it: another worker has the case, it waits for people, its run has ended with `outcome`, there was
    nothing to go on with, everything is halted (`message` says by whom), or the run was left between two steps because
    the process is to end. `tokens` is what the run's model calls have cost."""

    case: CaseId
    standing: Standing
    approval: ApprovalId | None = None
    outcome: str = ""
    message: str = ""
    differences: tuple[str, ...] = ()
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """One thread of the checkpointer a case, named by the case. The database is the truth: a thread that is lost or of
    another version is begun anew and takes up the approval it finds."""

    graph: CompiledStateGraph[Any]
    saver: BaseCheckpointSaver[str]
    open_uow: OpenUnitOfWork
    lock_url: str
    execute: Callable[[ApprovalId], ExecutionReport]
    verify: Callable[[ApprovalId], Verification]
    dispatch: Callable[[], DispatchReport]
    trace_for: TraceFor = no_trace
    draining: Draining = field(default_factory=Draining)

    def advance(self, case: CaseId, *, begin: bool = True) -> Advance:
        """Take the case as far as it gets without a person. Without `begin` only what is under way is gone on with: an
        open case, such as one whose proposal was just rejected, is not planned again."""
        with driver_failures_named(), advisory_lock(self.lock_url, f"case:{case}") as ours:
            if not ours:
                return Advance(case=case, standing=Standing.BUSY)
            try:
                halt_check(self.open_uow)()
                found = self._driven(case, begin=begin)
            except HaltedError as error:  # the run stands where it stood, and goes on from there
                return Advance(case=case, standing=Standing.HALTED, message=error.message)
            except GraphDrained:
                return Advance(case=case, standing=Standing.DRAINED)
        if found.outcome in {"verified", "not as predicted"}:
            self.deliver()
        return found

    def deliver(self) -> DispatchReport:
        """Send what the outbox holds."""
        return self.dispatch()

    def sweep(self, *, older_than: timedelta = timedelta(0)) -> tuple[ApprovalId, ...]:
        """Execute what is approved and verify what is executed, straight from the database: no checkpoint is needed.
        Gives the approvals it had to help along, none while everything is halted; those decided less than `older_than`
        ago are left to their runs."""
        with self.open_uow(WORKER_NAME) as uow:
            if is_halted(uow):
                return ()
            read = (uow.approvals.listed, uow.approvals.letters, uow.approvals.mandates)
            approved = [one for kind in read for one in kind(ApprovalState.APPROVED)]
            stuck = [case.id for case in uow.cases.all() if case.state is CaseState.EXECUTING]
            done = [a for case in stuck for a in uow.approvals.of_case(case) if a.state is ApprovalState.EXECUTED]
            due = [a for a in (*approved, *done) if all(d.decided_at <= uow.now - older_than for d in a.decisions)]
        helped: list[ApprovalId] = []
        for approval in due:
            report = self.execute(approval.id)
            _log.warning("approval_swept", approval=approval.id, state=report.state)
            if report.state in {"executed", "already"} and approval.of_plan:
                self.verify(approval.id)
            helped.append(approval.id)
        return tuple(helped)

    def tend(self) -> tuple[Advance, ...]:
        """One round of upkeep: what time does to the books, sweep, go on with every run that is kept, deliver."""
        self.keep_up()
        self.sweep()
        found = tuple(self.advance(case, begin=False) for case in self._kept())
        self.deliver()
        return found

    def unattended(self) -> tuple[CaseId, ...]:
        """The cases whose runs are kept and wait for nobody: their question is answered, or it ran out."""
        with self.open_uow(WORKER_NAME) as uow:
            asked = {a.case for a in uow.approvals.listed(ApprovalState.PENDING) if uow.now <= a.expires_at}
        return tuple(case for case in self._kept() if case not in asked)

    def keep_up(self) -> dict[str, int]:
        """Let claims, lots, quotes and holds end on their day, each piece in a transaction of its own; what one refuses
        is logged and does not keep the others from being done."""
        done = dict[str, int]()
        for name, piece in PIECES.items():
            try:
                with self.open_uow(WORKER_NAME) as uow:
                    done[name] = piece(uow)
            except DomainError as error:
                _log.warning("upkeep_refused", piece=name, code=error.code, reason=error.message)
        if any(done.values()):
            _log.info("upkeep_done", **{name: count for name, count in done.items() if count})
        return done

    def _kept(self) -> list[CaseId]:
        """The cases whose runs are kept, by the first checkpoint of each."""
        firsts = self.saver.list(None, filter={"source": "input"})
        threads = {saved.config.get("configurable", {})["thread_id"] for saved in firsts}
        return sorted(CaseId(thread) for thread in threads if thread.startswith("CASE-"))

    def _driven(self, case: CaseId, *, begin: bool) -> Advance:
        config = _config(case)
        ran, signalled = False, set[str]()
        for _ in range(MOST_STEPS):
            mark = read_bookmark(self.graph, config)
            match mark.stage:
                case "nowhere":
                    self.saver.delete_thread(case)
                    if not self._may_begin(case, begin=begin):
                        return Advance(case=case, standing=Standing.IDLE)
                    run = self._begun(case)
                    self._invoke({"graph_version": GRAPH_VERSION, "case_id": case, "run": run}, config, run)
                case "asking":
                    signal = self._signal(mark)
                    if signal is None or signal.state in signalled:
                        return _told(case, Standing.WAITING, mark)
                    signalled.add(signal.state)
                    self._invoke(Command(resume={mark.interrupt: signal.model_dump()}), config, mark.run)
                case "between steps":
                    self._invoke(None, config, mark.run)
                case "ended":
                    self._end_run(mark)
                    self.saver.delete_thread(case)
                    if ran or not self._may_begin(case, begin=begin):
                        return _told(case, Standing.CLOSED, mark)
                    continue
            ran = True
        raise AssertionError(f"case {case!r} took more than {MOST_STEPS} runs without waiting or ending")

    def _may_begin(self, case: CaseId, *, begin: bool) -> bool:
        with self.open_uow(WORKER_NAME) as uow:
            return uow.cases.get(case).state in (ACTIVE_STATES if begin else _UNDER_WAY)

    def _begun(self, case: CaseId) -> RunId:
        with self.open_uow(WORKER_NAME) as uow:
            return uow.runs.begin(graph="exception_desk", subject=case)

    def _end_run(self, mark: Bookmark) -> None:
        if mark.run:
            with self.open_uow(WORKER_NAME) as uow:
                uow.runs.end(mark.run, outcome=mark.values.get("outcome") or "ended")
            self.trace_for(mark.run).finish()

    def _signal(self, mark: Bookmark) -> Decision | None:
        """What to wake a waiting run with, None while people may still decide. What a rule may decide on is tried: it
        is done, or goes on waiting for people."""
        question = mark.question
        assert question is not None, "a run that asks has a question"
        with self.open_uow(WORKER_NAME) as uow:
            approval = uow.approvals.get(ApprovalId(question.approval_id))
            waits = approval.state is ApprovalState.PENDING and uow.now <= approval.expires_at
            if waits and not approval.by_rule:
                return None
        return Decision(
            approval_id=question.approval_id, plan_hash=question.plan_hash, state=f"{approval.id} {approval.state}"
        )

    def _invoke(self, given: dict[str, Any] | Command | None, config: Any, run: RunId) -> None:
        config = stops_when_halted(config, self.open_uow)
        with tracing(self.trace_for(run)), self.draining.control() as control:
            self.graph.invoke(given, config, version="v2", durability="sync", control=control)


def _config(case: CaseId) -> Any:
    """Strict resume refuses an answer to any other interrupt than the one that waits (agents.md 1.1)."""
    configurable = {"thread_id": case, "__pregel_strict_resume": True}
    return {"configurable": configurable, "recursion_limit": MOST_STEPS, "max_concurrency": MOST_AT_ONCE}


def _told(case: CaseId, standing: Standing, mark: Bookmark) -> Advance:
    values = mark.values
    approval = values.get("approval_id")
    return Advance(
        case=case,
        standing=standing,
        approval=ApprovalId(approval) if approval else None,
        outcome=values.get("outcome", ""),
        message=values.get("message", ""),
        differences=tuple(values.get("differences", ())),
        tokens=values.get("spent", {}).get("tokens", 0),
    )
