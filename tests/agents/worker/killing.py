"""Workers that die by SIGKILL at a chosen moment. Run as a program it forks a worker for each line it reads.

Nothing in the program itself knows of this: the worker here works on wrapped parts, each of which passes a fuse before
and after it does its work.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from subprocess import Popen
from typing import Any

from langgraph.checkpoint.postgres import PostgresSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from agents.exception_desk.graph import build_graph
from agents.llm.port import no_model
from agents.worker.opening import desk_services, open_worker
from core.db.checkpoint_pool import checkpoint_pool
from core.db.roles import RoleUrls
from core.domain.approval import Approval
from core.domain.evidence import CaseEvidence
from core.domain.ids import CaseId, OptionId, UserName
from core.domain.proposals import Advice
from core.ports.storage import UnitOfWork
from core.services.resolving import OptionsReport
from tests.agents.worker.world import CASE, World, sandbox
from tools.service_core import ServiceCore


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """What became of a worker: whether it was killed, and the moments it passed."""

    killed: bool
    failed: bool
    passed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Killer:
    """The forking process, as tests speak to it."""

    process: Popen[str]

    def advance(self, world: World, *, kill_at: int = 0) -> Killed:
        """Let a worker advance the case in a process of its own; 0 lets it live."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        urls = world.urls
        roles = asdict(urls)
        self.process.stdin.write(json.dumps({"urls": roles, "base_url": world.base_url, "kill_at": kill_at}) + "\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        return Killed(killed=told["killed"], failed=told["failed"], passed=tuple(told["passed"]))


class Fuse:
    """Counts moments, tells each to a pipe, and ends the process at the chosen one."""

    def __init__(self, pipe: int, kill_at: int) -> None:
        self._pipe = pipe
        self._left = kill_at

    def passes(self, moment: str) -> None:
        os.write(self._pipe, f"{moment}\n".encode())
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def fused(*args: Any, **kwargs: Any) -> Any:
            self.passes(f"before {name}")
            done = act(*args, **kwargs)
            self.passes(f"after {name}")
            return done

        return fused


class FusedSaver(PostgresSaver):
    """The checkpointer with a fuse around each checkpoint."""

    fuse: Fuse

    def put(self, *args: Any, **kwargs: Any) -> Any:
        return self.fuse.around("checkpoint", super().put)(*args, **kwargs)


class FusedUnitOfWork:
    """A unit of work with a fuse around its end: before it, nothing is committed."""

    def __init__(self, inner: UnitOfWork, fuse: Fuse) -> None:
        self._inner = inner
        self._fuse = fuse

    def __enter__(self) -> UnitOfWork:
        return self._inner.__enter__()

    def __exit__(self, *error: Any) -> None:
        self._fuse.around("commit", self._inner.__exit__)(*error)


@dataclass(frozen=True, kw_only=True)
class FusedCore(ServiceCore):
    """The core of the tools with a fuse around each of its writes."""

    fuse: Fuse

    def record_evidence(self, case: CaseId, evidence: CaseEvidence) -> None:
        self.fuse.around("evidence", super().record_evidence)(case, evidence)

    def plan_options(self, case: CaseId) -> OptionsReport:
        return self.fuse.around("options", super().plan_options)(case)

    def propose(self, *, case: CaseId, option: OptionId, advice: Advice) -> Approval:
        return self.fuse.around("proposal", super().propose)(case=case, option=option, advice=advice)


def advance(world: World, fuse: Fuse) -> None:
    """Advance the case with a fuse around each checkpoint, each write of the agent, each commit of the execution."""

    def open_fused(actor: UserName, /) -> Any:
        return FusedUnitOfWork(app.open_uow(actor), fuse)

    with world.application() as app, open_worker(app) as worker, checkpoint_pool(app.urls.checkpoint) as pool:
        core = FusedCore(open_uow=app.open_agent_uow, suppliers=app.suppliers, fuse=fuse)
        desk = replace(desk_services(replace(app, open_uow=open_fused)), core=core)
        saver = FusedSaver(pool, serde=JsonPlusSerializer(allowed_msgpack_modules=None))
        saver.fuse = fuse
        replace(worker, graph=build_graph(desk, no_model, saver), saver=saver).advance(CASE)


def _forked(told: dict[str, Any]) -> Killed:
    world = World(urls=RoleUrls(**told["urls"]), trade=sandbox(), base_url=told["base_url"])
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        os.dup2(2, 1)
        try:
            advance(world, Fuse(sink, told["kill_at"]))
        finally:  # the child must not go on reading its parent's lines
            if (fault := sys.exc_info()[1]) is not None:
                traceback.print_exception(fault)
            os._exit(fault is not None)
    os.close(sink)
    with os.fdopen(source) as pipe:
        passed = tuple(line.strip() for line in pipe)
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return Killed(killed=killed, failed=not killed and status != 0, passed=passed)


def main() -> None:
    """Fork a worker for each line and tell what became of it."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(asdict(_forked(json.loads(line)))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
