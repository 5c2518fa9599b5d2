"""Trials: a mix of ideas with its new promises, run on a copy of the books and priced."""

from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.cases import Case, ExceptionType
from core.domain.money import rounded
from core.domain.options import CostTerm
from core.domain.plans import Action, RePromise
from core.planning.exposure import in_money
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.repair.aligning import picture_since
from core.planning.repair.alternative import Alternative
from core.planning.repair.combining import Mix
from core.planning.repair.lateness import Picture, picture
from core.planning.repair.line_ideas import LineIdea
from core.planning.repair.overtime_ideas import OvertimeIdea
from core.planning.repair.policy import RepairPolicy
from core.planning.repair.promising import Settled, settle
from core.planning.repair.wants import Want, served_there
from core.planning.rules import OverdueSupply
from core.planning.safety import missing_unit_days
from core.planning.simulation import apply, item_position, line_position
from core.planning.snapshot import PRICE_SCALE, Snapshot

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What a case still lacks: units without supply where they are wanted; for a case of safety stock, unit-days
    missing from it; for one of an overdue order, the lateness in cents of its lines if no overdue supply came."""

    unsupplied: int
    safety: int = 0
    unsafe: int = 0

    def less_than(self, other: "Lack") -> bool:
        """Whether anything is less."""
        return self.unsupplied < other.unsupplied or self.safety < other.safety or self.unsafe < other.unsafe

    def at_most(self, other: "Lack") -> bool:
        """Whether nothing is more."""
        return self.unsupplied <= other.unsupplied and self.safety <= other.safety and self.unsafe <= other.unsafe


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A case on the books: the lines it hurts (positions in demand) and how things stand if nothing is done."""

    snapshot: Snapshot
    result: NetResult
    case: Case
    want: Want
    policy: RepairPolicy
    lines: tuple[int, ...]
    before: Picture
    lack: Lack

    @property
    def number(self) -> str:
        """The number of the case with the round, the stem of option ids and new order numbers: `17.3`."""
        return f"{self.case.id.removeprefix('CASE-')}.{self.case.planning_round}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a mix and its promises do."""

    mix: Mix
    promises: tuple[RePromise, ...]
    snapshot: Snapshot
    result: NetResult
    after: Picture
    cost_terms: tuple[CostTerm, ...]
    lack: Lack
    objective: Decimal
    alternative: Alternative | None = None

    @property
    def total_cost(self) -> Decimal:
        """What it costs beyond the usual."""
        return sum((term.amount for term in self.cost_terms), Decimal("0.00"))


def problem_of(
    snapshot: Snapshot,
    result: NetResult,
    case: Case,
    *,
    want: Want,
    policy: RepairPolicy,
    before: Picture | None = None,
) -> Problem:
    """The problem a case poses; `before` is the picture of the netting where it was made already."""
    lines = (line_position(snapshot, impact.order, impact.line) for impact in case.detected.impacts)
    problem = Problem(
        snapshot=snapshot,
        result=result,
        case=case,
        want=want,
        policy=policy,
        lines=tuple(sorted({line for line in lines if line is not None})),
        before=before or picture(snapshot, result, policy, promised=snapshot.demand.due),
        lack=Lack(unsupplied=0),
    )
    return replace(problem, lack=_lack(problem, snapshot, result))


def nothing(problem: Problem) -> Trial:
    """The trial of doing nothing."""
    return _trial(problem, (), Settled(snapshot=problem.snapshot, result=problem.result, promises=()))


def drafted(problem: Problem, mix: Mix, *, mark: str) -> Trial:
    """The trial of a mix without new promises; `mark` keeps the numbers of its orders apart from others'."""
    snapshot = apply(problem.snapshot, orders_of(problem, mix, mark=mark))
    settled = Settled(snapshot=snapshot, result=net(snapshot, problem.result.rules), promises=())
    return _trial(problem, mix, settled)


def tried(problem: Problem, alternative: Alternative) -> Trial:
    """The trial of an alternative as it stands; what it is worth beyond the figures of the books is taken off."""
    actions = alternative.actions(f"{problem.number}?")
    snapshot = apply(problem.snapshot, actions)
    settled = Settled(snapshot=snapshot, result=net(snapshot, problem.result.rules), promises=())
    trial = _trial(problem, (), settled, alternative=alternative, documents=len(actions))
    return replace(trial, objective=trial.objective - alternative.worth)


def actions_of(problem: Problem, trial: Trial, *, mark: str) -> tuple[Action, ...]:
    """All a trial does, its new orders and questions numbered under the case, the round and the mark."""
    fixed = trial.alternative.actions(f"{problem.number}{mark}") if trial.alternative else ()
    return (*orders_of(problem, trial.mix, mark=mark), *fixed, *trial.promises)


def promised(problem: Problem, draft: Trial) -> Trial:
    """The trial with new promises for those of the case's lines it leaves late; a line it changes keeps that change."""
    rounds = problem.policy.settling_rounds
    changed = {take.idea.line for take in draft.mix if isinstance(take.idea, LineIdea)}
    demand = problem.snapshot.demand
    lines = tuple(at for at in problem.lines if (demand.order[at], int(demand.line[at])) not in changed)
    settled = settle(problem.snapshot, draft.snapshot, draft.result, lines=lines, rounds=rounds)
    return _trial(problem, draft.mix, settled) if settled.promises else draft


def dated(problem: Problem, draft: Trial, promises: tuple[RePromise, ...]) -> Trial:
    """A draft of a mix with exactly these promises."""
    snapshot = apply(draft.snapshot, promises)
    settled = Settled(snapshot=snapshot, result=net(snapshot, problem.result.rules), promises=promises)
    return _trial(problem, draft.mix, settled) if promises else draft


def _trial(
    problem: Problem, mix: Mix, settled: Settled, *, alternative: Alternative | None = None, documents: int = 0
) -> Trial:
    snapshot, result, policy = settled.snapshot, settled.result, problem.policy
    after = picture_since(problem.snapshot, problem.before, snapshot, result, policy)
    terms = tuple(term for take in mix for term in take.idea.terms(take.quantity, needed=take.needed))
    terms += alternative.terms if alternative else ()
    lack = _lack(problem, snapshot, result)
    charges = sum((term.amount for term in terms), policy.document_touched * (len(mix) + documents))
    return Trial(
        mix=mix,
        promises=settled.promises,
        snapshot=snapshot,
        result=result,
        after=after,
        cost_terms=terms,
        lack=lack,
        objective=_objective(problem, after, settled.promises, lack, charges),
        alternative=alternative,
    )


def orders_of(problem: Problem, mix: Mix, *, mark: str) -> tuple[Action, ...]:
    """The actions of a mix; new orders are numbered under the case, the round and the mark."""
    found: list[Action] = []
    for n, take in enumerate(mix, start=1):
        found.append(take.idea.action(take.quantity, needed=take.needed, number=f"{problem.number}{mark}-{n}"))
        found += take.idea.longer_days(take.quantity) if isinstance(take.idea, OvertimeIdea) else ()
    return tuple(found)


def lacking_risk(problem: Problem, lack: Lack) -> Decimal:
    """What it costs in risk that units lack supply, are missing from safety stock, or hang on an overdue order."""
    policy, snapshot = problem.policy, problem.snapshot
    risk = Decimal(0)
    if problem.lack.unsupplied:
        share = Decimal(lack.unsupplied) / problem.lack.unsupplied
        risk += problem.case.detected.exposure * policy.lacking_percent / _HUNDRED * share
    if lack.safety:
        unit_cost = int(snapshot.items.unit_cost[item_position(snapshot, problem.want.item)])
        risk += Decimal(lack.safety * unit_cost) / PRICE_SCALE * policy.safety_percent / _HUNDRED
    return risk + in_money(lack.unsafe) * policy.overdue_percent / _HUNDRED


def _lack(problem: Problem, snapshot: Snapshot, result: NetResult) -> Lack:
    want, kind = problem.want, problem.case.detected.type
    unsupplied = int(result.requirements.short[served_there(snapshot, result, want.item, want.location)].sum())
    if kind is ExceptionType.SAFETY_STOCK_BREACHED and want.known:
        missing = missing_unit_days(snapshot, result, item_position(snapshot, want.item))
        return Lack(unsupplied=unsupplied, safety=missing)
    if kind is ExceptionType.LATE_PURCHASE_ORDER and result.rules.overdue is not OverdueSupply.IGNORE:
        without = net(snapshot, replace(result.rules, overdue=OverdueSupply.IGNORE))
        after = picture(snapshot, without, problem.policy, promised=problem.snapshot.demand.due)
        return Lack(unsupplied=unsupplied, unsafe=sum(int(after.lateness[line]) for line in problem.lines))
    return Lack(unsupplied=unsupplied)


def _objective(
    problem: Problem, after: Picture, promises: tuple[RePromise, ...], lack: Lack, charges: Decimal
) -> Decimal:
    """The objective of policy.py over all lines of the books, those that never move included; `charges` are the costs
    and what touching documents counts."""
    policy = problem.policy
    told = len({_customer(problem.snapshot, promise) for promise in promises})
    unrest = policy.promise_moved * len(promises) + policy.customer_contacted * told
    return rounded(charges + in_money(int(after.lateness.sum())) + lacking_risk(problem, lack) + unrest)


def _customer(snapshot: Snapshot, promise: RePromise) -> int:
    at = line_position(snapshot, promise.order, promise.line)
    return -1 if at is None else int(snapshot.demand.customer[at])
