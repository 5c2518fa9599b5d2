"""All open cases together: one choice over all of them, the options of each simulated, and what competes with what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.domain.cases import Case
from core.domain.evidence import CaseEvidence
from core.domain.options import LineChange
from core.domain.plans import Action
from core.planning.choosing.choose import DEFAULT_EFFORT, Effort
from core.planning.choosing.problem import Problem as Choice
from core.planning.choosing.verifying import costs_of
from core.planning.choosing.weighing import steadiness
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.repair.aligning import picture_since
from core.planning.repair.alternative import Ground
from core.planning.repair.casework import ideas_of, urgency_of
from core.planning.repair.changes import changes_of
from core.planning.repair.choosing_floors import choose_within_floors
from core.planning.repair.chosen import PoolPrice, Together, effect_of
from core.planning.repair.idea_sources import ONE_USE, Posed
from core.planning.repair.ideas import Desk
from core.planning.repair.lacking import lacking_of
from core.planning.repair.lateness import Picture, picture
from core.planning.repair.line_ideas import line_ideas
from core.planning.repair.policy import DEFAULT_POLICY, RepairPolicy
from core.planning.repair.posing import posed
from core.planning.repair.telling import Telling, money, worth
from core.planning.repair.terms import NO_TERMS, CaseTerms
from core.planning.repair.trials import problem_of
from core.planning.repair.wants import want_of
from core.planning.robustness.drawing import Chances
from core.planning.simulation import apply
from core.planning.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOnDesk:
    """A case with what is known of it."""

    case: Case
    evidence: CaseEvidence
    terms: CaseTerms = NO_TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a choice is made under: what may be spent beyond the usual, how late suppliers are, how hard to look, and
    whether the options of each case are written in `full`, with odds, as people decide on them."""

    budget: Decimal | None = None
    full: bool = False
    chances: Chances = field(default_factory=Chances)
    effort: Effort = DEFAULT_EFFORT
    policy: RepairPolicy = DEFAULT_POLICY


def plan_cases(snapshot: Snapshot, result: NetResult, cases: Sequence[CaseOnDesk], ask: Ask | None = None) -> Together:
    """The choice; `result` is the netting of the snapshot under the rules of the scan. Nothing is changed by it."""
    ask = ask or Ask()
    before = picture(snapshot, result, ask.policy, promised=snapshot.demand.due)
    cases = sorted(cases, key=lambda one: one.case.id)
    desks = [posed_case(snapshot, result, one, before=before, policy=ask.policy) for one in cases]
    choice = posed(desks, ask.policy, budget=ask.budget, days_late=_days_late(snapshot, ask.chances))
    choice, plan = choose_within_floors(snapshot, result, desks, choice, ask.effort)
    weighed = steadiness(choice, plan, ask.effort)
    telling = Telling(choice, plan, desks, effort=ask.effort, chances=ask.chances if ask.full else None)
    found = tuple(telling.of(desk) for desk in desks)
    return Together(
        cases=found,
        total=money(plan.total),
        idle=money(choose_nothing(choice)),
        greedy=money(plan.greedy),
        bound=money(plan.bound),
        gap_percent=Decimal(f"{plan.gap_percent:.2f}"),
        stopped=plan.stopped.value,
        pools=tuple(
            PoolPrice(pool=one.id, worth=worth(one.value))
            for one in plan.pools
            if worth(one.value) and not one.id.startswith(ONE_USE)
        ),
        steadiness=weighed,
        effect=effect_of(weighed),
        actions=tuple(action for desk in desks for action in telling.orders(desk)),
    )


def changed(snapshot: Snapshot, result: NetResult, actions: Sequence[Action]) -> tuple[LineChange, ...]:
    """Every line that stands otherwise after the actions, by netting the books again as a whole."""
    policy = DEFAULT_POLICY
    before = picture(snapshot, result, policy, promised=snapshot.demand.due)
    after = apply(snapshot, actions)
    since = picture_since(snapshot, before, after, net(after, result.rules), policy)
    return changes_of(snapshot, before, since)


def _days_late(snapshot: Snapshot, chances: Chances) -> dict[str, Decimal]:
    """By how many days each supplier is late on average."""
    names = snapshot.parties.supplier
    return {name: Decimal(f"{chances.lateness.expected_days_late(name):.2f}") for name in names}


def choose_nothing(choice: Choice) -> int:
    """What it costs to leave everything waiting."""
    return costs_of(choice, {}, {})[0].total


def posed_case(
    snapshot: Snapshot,
    result: NetResult,
    one: CaseOnDesk,
    *,
    before: Picture | None = None,
    policy: RepairPolicy = DEFAULT_POLICY,
) -> Posed:
    """A case with its ideas; `before` is the picture of the netting where it was made already."""
    before = before or picture(snapshot, result, policy, promised=snapshot.demand.due)
    want = want_of(snapshot, result, one.case)
    problem = problem_of(snapshot, result, one.case, want=want, policy=policy, before=before)
    desk = Desk(snapshot=snapshot, evidence=one.evidence, policy=policy, want=want, terms=one.terms)
    ideas, _ = ideas_of(desk, result, one.case)
    ground = Ground(
        snapshot=snapshot, result=result, case=one.case, terms=one.terms, policy=policy, lateness=before.lateness
    )
    lines = tuple(lacking.line for lacking in lacking_of(one.case, want) if lacking.line)
    return Posed(
        problem=problem,
        urgency=urgency_of(problem, want),
        ideas=(*ideas, *line_ideas(ground, lines)),
        lines=one.terms.lines,
    )
