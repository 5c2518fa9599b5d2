"""A desk on a core in memory: what execution and verification answer is up to the test."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command

from agents.exception_desk.graph import build_graph
from agents.exception_desk.services import DeskLimits, DeskServices, ExecutionReport
from agents.exception_desk.state import GRAPH_VERSION
from agents.llm.port import ModelPort
from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.ids import ApprovalId
from core.domain.options import Forecast, Verification
from tests.tools.fakes import FakeCore
from tests.tools.samples import CASE

CONFIG: Any = {"configurable": {"thread_id": CASE, "__pregel_strict_resume": True}, "recursion_limit": 25}
_EMPTY = Forecast(lines_late=0, lines_uncovered=0, exposure=Decimal(0), digest="d", lines=())
_WORDS = {
    ApprovalState.PENDING: "waiting",
    ApprovalState.REJECTED: "rejected",
    ApprovalState.EXPIRED: "expired",
    ApprovalState.STALE: "stale",
    ApprovalState.SUPERSEDED: "superseded",
    ApprovalState.EXECUTED: "already",
}


@dataclass(slots=True, kw_only=True)
class FakeDesk:
    """Executes what is approved in the fake core; `stale` says how often the world has moved by then."""

    core: FakeCore = field(default_factory=FakeCore)
    stale: int = 0
    differences: tuple[str, ...] = ()
    limits: DeskLimits = field(default_factory=DeskLimits)
    executed: list[ApprovalId] = field(default_factory=list)

    def execute(self, approval: ApprovalId) -> ExecutionReport:
        state = self.core.approved[approval].state
        if state is not ApprovalState.APPROVED:
            return ExecutionReport(state=_WORDS[state])  # pyright: ignore[reportArgumentType]  the words above
        if self.stale:
            self.stale -= 1
            self.core.decide(approval, ApprovalState.STALE)
            return ExecutionReport(state="stale", differences=("stock available of FG-100@GHENT is 10",))
        self.core.decide(approval, ApprovalState.EXECUTED)
        self.executed.append(approval)
        return ExecutionReport(state="executed", result=("transfer order TO-CASE-1-1A",))

    def verify(self, approval: ApprovalId) -> Verification:
        self.core.move(self.core.approved[approval].case, CaseState.OPEN if self.differences else CaseState.RESOLVED)
        return Verification(
            verified=not self.differences, predicted=_EMPTY, realised=_EMPTY, differences=self.differences
        )

    @property
    def services(self) -> DeskServices:
        return DeskServices(core=self.core, execute=self.execute, verify=self.verify, limits=self.limits)


@dataclass(slots=True)
class Run:
    """A graph on a desk, driven the way the worker drives it."""

    desk: FakeDesk
    model: ModelPort | None = None
    saver: InMemorySaver = field(
        default_factory=lambda: InMemorySaver(serde=JsonPlusSerializer(allowed_msgpack_modules=None))
    )

    @property
    def graph(self) -> CompiledStateGraph[Any]:
        return build_graph(self.desk.services, lambda run: self.model, self.saver)

    def start(self) -> dict[str, Any]:
        begun = {"graph_version": GRAPH_VERSION, "case_id": CASE}
        self.graph.invoke(begun, CONFIG, version="v2", durability="sync")
        return self.values

    def decided(self, state: ApprovalState) -> dict[str, Any]:
        """Somebody decides what waits, and the run is woken."""
        approval = ApprovalId(self.values["approval_id"])
        self.desk.core.decide(approval, state)
        return self.woken(state.value)

    def woken(self, word: str) -> dict[str, Any]:
        (waiting,) = self.graph.get_state(CONFIG).interrupts
        signal = {**waiting.value, "state": word}
        self.graph.invoke(Command(resume={waiting.id: signal}), CONFIG, version="v2", durability="sync")
        return self.values

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.graph.get_state(CONFIG).values)

    @property
    def next(self) -> tuple[str, ...]:
        return self.graph.get_state(CONFIG).next
