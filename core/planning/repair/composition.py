"""A composition: which ideas in which quantities, with which dates, a way out somebody wants is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.domain.cases import Case
from core.domain.evidence import CaseEvidence
from core.domain.options import RejectedIdea
from core.planning.outcome import NetResult
from core.planning.repair.alternative import Alternative, Ground
from core.planning.repair.alternatives import alternatives_of
from core.planning.repair.casework import ideas_of
from core.planning.repair.combining import Mix, Take
from core.planning.repair.ideas import Desk, Idea, Reach
from core.planning.repair.lacking import lacking_of
from core.planning.repair.line_ideas import line_ideas
from core.planning.repair.policy import RepairPolicy
from core.planning.repair.terms import CaseTerms
from core.planning.repair.trials import Problem, problem_of
from core.planning.repair.wants import Want, want_of
from core.planning.snapshot import Snapshot

LineName = tuple[str, int]
_STOCK = ("stock:", "free:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """All a way out of a case can be made of: ideas, alternatives, and what is not possible with the reason."""

    problem: Problem
    ideas: tuple[Idea, ...]
    alternatives: tuple[Alternative, ...]
    rejected: tuple[RejectedIdea, ...]

    @property
    def want(self) -> Want:
        """What is lacking where."""
        return self.problem.want


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A way out put together. Without `settled`, lines get the `dates` and no others; with it, lines left late get new
    dates as the planner gives them, `dates` going before. `wait` is the day until which nothing is done."""

    mix: Mix = ()
    alternative: Alternative | None = None
    dates: Mapping[LineName, date] = field(default_factory=dict[LineName, date])
    settled: bool = False
    wait: date | None = None


class UnfitError(Exception):
    """A composition that cannot be: each reason is a sentence for the one who wanted it."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def workbench(
    snapshot: Snapshot,
    result: NetResult,
    case: Case,
    evidence: CaseEvidence,
    *,
    policy: RepairPolicy,
    terms: CaseTerms,
) -> Workbench:
    """The workbench of a case: what the planner would look at, and the changes of single lines."""
    want = want_of(snapshot, result, case)
    problem = problem_of(snapshot, result, case, want=want, policy=policy)
    desk = Desk(snapshot=snapshot, evidence=evidence, policy=policy, want=want, terms=terms)
    ground = Ground(
        snapshot=snapshot, result=result, case=case, terms=terms, policy=policy, lateness=problem.before.lateness
    )
    ideas, rejected = ideas_of(desk, result, case)
    lines = tuple(lacking.line for lacking in lacking_of(case, want) if lacking.line)
    found = alternatives_of(ground)
    return Workbench(
        problem=problem,
        ideas=(*ideas, *line_ideas(ground, lines)),
        alternatives=tuple(one for one in found if isinstance(one, Alternative)),
        rejected=(*rejected, *(one for one in found if isinstance(one, RejectedIdea))),
    )


def misfits(mix: Sequence[Take]) -> tuple[str, ...]:
    """Why a mix cannot be: quantities out of reach, and two parts that take the same thing."""
    found = [reason for take in mix if (reason := out_of_reach(take.idea, take.quantity))]
    for at, take in enumerate(mix):
        for other in mix[at + 1 :]:
            shared = sorted(one for one in take.idea.takes & other.idea.takes if not one.startswith(_STOCK))
            if shared or take.idea == other.idea:
                what = ", ".join(shared) or "the same"
                found.append(f"{take.idea.said(take.quantity)} and {other.idea.said(other.quantity)} both take {what}")
    return tuple(found)


def out_of_reach(idea: Idea, quantity: int) -> str:
    """Why an idea cannot bring so many units; empty when it can."""
    reach = idea.reach
    if reach.least <= quantity <= reach.most and quantity % reach.multiple == 0:
        return ""
    if reach.least == reach.most:
        return f"{idea.said(reach.most)}: it is all of it or nothing, {quantity!r} is neither"
    return f"{idea.said(reach.most)}: {quantity!r} units cannot be had; {_accepted(reach)}"


def _accepted(reach: Reach) -> str:
    least = -(-reach.least // reach.multiple) * reach.multiple
    lots = f" in lots of {reach.multiple:,}" if reach.multiple > 1 else ""
    return f"accepted are {least:,} to {reach.most // reach.multiple * reach.multiple:,}{lots}"
