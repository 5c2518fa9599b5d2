"""What the desk is given to work with. It can propose; executing and verifying are handed in as functions of an id."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from core.domain.ids import ApprovalId
from core.domain.options import Verification
from tools.core_access import ToolCore

ExecutionWord = Literal["executed", "already", "waiting", "stale", "rejected", "expired", "refused", "superseded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionReport:
    """What the core said when asked to execute an approval."""

    state: ExecutionWord
    result: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLimits:
    """How far a run may go: planning rounds until a person has to look, and model calls and tokens for a case."""

    rounds: int = 3
    model_calls: int = 6
    model_tokens: int = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskServices:
    """The narrow core of the tools, and two verbs that take the id of an approval and nothing else."""

    core: ToolCore
    execute: Callable[[ApprovalId], ExecutionReport]
    verify: Callable[[ApprovalId], Verification]
    limits: DeskLimits = DeskLimits()
