"""All open cases together: one choice over all of them, the options of each simulated, and what competes with what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.domain.cases import Case
from core.domain.evidence import CaseEvidence
from core.domain.ids import CaseId
from core.domain.money import rounded
from core.domain.options import LineChange, Option
from core.domain.plans import Action
from core.planning.choosing.choose import DEFAULT_EFFORT, Effort, choose
from core.planning.choosing.plan import Plan
from core.planning.choosing.problem import Problem as Choice
from core.planning.choosing.weighing import Insisted, Steadiness, insisted, steadiness
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.repair.aligning import picture_since
from core.planning.repair.casework import ideas_of, urgency_of
from core.planning.repair.changes import changes_of, recovered
from core.planning.repair.combining import Mix, Take
from core.planning.repair.ideas import Desk, lot
from core.planning.repair.lateness import Picture, picture
from core.planning.repair.policy import DEFAULT_POLICY, RepairPolicy
from core.planning.repair.posing import Posed, posed, source_id, way_id
from core.planning.repair.terms import NO_TERMS, CaseTerms
from core.planning.repair.trials import Trial, actions_of, drafted, orders_of, problem_of, promised
from core.planning.repair.wants import want_of
from core.planning.repair.wording import title_of
from core.planning.repair.writing import options_of
from core.planning.robustness.drawing import Chances
from core.planning.simulation import apply
from core.planning.snapshot import PRICE_SCALE, Snapshot

MOST_SHOWN = 3
_LETTERS = "ABC"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOnDesk:
    """A case with what is known of it."""

    case: Case
    evidence: CaseEvidence
    terms: CaseTerms = NO_TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """An idea of a case in the choice: `marginal` is what the whole plan costs more when it is insisted on (0 for what
    was chosen), `exact` whether that is proven; `units` what it brings, `chosen` how many of them the plan takes."""

    said: str
    resolution: str
    units: int
    chosen: int
    marginal: Decimal
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A way out of a case, simulated alone on the books as they are: what is done, what it costs beyond the usual, and
    every order line that would stand otherwise."""

    title: str
    actions: tuple[Action, ...]
    cost: Decimal
    changes: tuple[LineChange, ...]
    recovered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChoice:
    """What was chosen for a case. `reserve` is what one unit more would be worth, the bound of a negotiation about it;
    `competes` are the cases that want what this one takes or wants, `rides_with` those whose order covers it, too.
    `proposed` begins with the mix that was chosen, where there is one. `options` are the same with new promises and
    waiting, ready to be put before people, where they were asked for."""

    case: CaseId
    title: str
    lacking: int
    covered: int
    why_waiting: str
    reserve: Decimal
    ideas: tuple[Choosable, ...]
    competes: tuple[CaseId, ...]
    rides_with: tuple[CaseId, ...]
    proposed: tuple[Proposed, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolPrice:
    """What a unit more of something shared would be worth."""

    pool: str
    worth: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The choice over all cases, in the books' currency. `idle` is what doing nothing costs, `greedy` what one case
    after the other does; no plan costs less than `bound`."""

    cases: tuple[CaseChoice, ...]
    total: Decimal
    idle: Decimal
    greedy: Decimal
    bound: Decimal
    gap_percent: Decimal
    stopped: str
    pools: tuple[PoolPrice, ...]
    steadiness: tuple[Steadiness, ...]
    actions: tuple[Action, ...]


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
    desks = [_posed(snapshot, result, one, before=before, policy=ask.policy) for one in cases]
    choice = posed(desks, ask.policy, budget=ask.budget, days_late=_days_late(snapshot, ask.chances))
    plan = choose(choice, ask.effort)
    telling = _Telling(choice, plan, desks, ask)
    found = tuple(telling.of(desk) for desk in sorted(desks, key=lambda one: one.case))
    return Together(
        cases=found,
        total=money(plan.total),
        idle=money(choose_nothing(choice)),
        greedy=money(plan.greedy),
        bound=money(plan.bound),
        gap_percent=Decimal(f"{plan.gap_percent:.2f}"),
        stopped=plan.stopped.value,
        pools=tuple(PoolPrice(pool=one.id, worth=worth(one.value)) for one in plan.pools if worth(one.value)),
        steadiness=steadiness(choice, plan, ask.effort),
        actions=tuple(action for desk in desks for action in telling.orders(desk)),
    )


def money(amount: int) -> Decimal:
    """Ten-thousandths of the currency as money."""
    return rounded(Decimal(amount) / PRICE_SCALE)


def worth(value: float) -> Decimal:
    """A price of the relaxation as money; what is below half a cent is nothing."""
    return rounded(Decimal(repr(round(value / PRICE_SCALE, 6))))


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
    return choose(Choice(lines=choice.lines, shortages=choice.shortages, stability=choice.stability)).total


def _posed(snapshot: Snapshot, result: NetResult, one: CaseOnDesk, *, before: Picture, policy: RepairPolicy) -> Posed:
    want = want_of(snapshot, result, one.case)
    problem = problem_of(snapshot, result, one.case, want=want, policy=policy, before=before)
    desk = Desk(snapshot=snapshot, evidence=one.evidence, policy=policy, want=want, terms=one.terms)
    ideas, _ = ideas_of(desk, result, one.case)
    return Posed(problem=problem, urgency=urgency_of(problem, want), ideas=tuple(ideas))


def _proposed(desk: Posed, trial: Trial, *, mark: str) -> Proposed:
    actions = actions_of(desk.problem, trial, mark=mark)
    return Proposed(
        title=title_of(trial, actions),
        actions=actions,
        cost=trial.total_cost,
        changes=changes_of(desk.problem.snapshot, desk.problem.before, trial.after),
        recovered=recovered(desk.problem.before, trial.after),
    )


class _Telling:
    """The plan told case by case."""

    def __init__(self, choice: Choice, plan: Plan, desks: Sequence[Posed], ask: Ask) -> None:
        self._ask = ask
        self._shortages = {desk.case: list[str]() for desk in desks}
        self._units = {one.id: one.units for one in choice.shortages}
        self._uses = {use.way: use.units for use in plan.uses}
        self._brought = {one.source: one.units for one in plan.brought}
        self._reserves = {one.id: one.value for one in plan.reserves}
        self._waiting = {one.shortage: one for one in plan.waiting}
        self._takers: dict[str, set[CaseId]] = {}
        self._case_of: dict[str, CaseId] = {}
        drawn = {source.id: [draw.pool for draw in source.draws if draw.unit] for source in choice.sources}
        for desk in desks:
            for number, idea in enumerate(desk.ideas):
                source = source_id(desk.case, number, idea)
                self._case_of.setdefault(source, desk.case)
                for shared in (source, *drawn[source]):
                    self._takers.setdefault(shared, set()).add(desk.case)
        self._drawn = drawn
        starts = {f"{desk.case} ": desk.case for desk in desks}
        for shortage in choice.shortages:
            self._shortages[starts[f"{shortage.id.partition(' ')[0]} "]].append(shortage.id)
        self._insisted = self._insist(choice, desks, ask.effort)

    def _insist(self, choice: Choice, desks: Sequence[Posed], effort: Effort) -> dict[tuple[str, ...], Insisted]:
        """What insisting on each idea that was not chosen costs."""
        groups = [
            self._ways(desk, number)
            for desk in desks
            for number in range(len(desk.ideas))
            if not self._taken(desk, number)
        ]
        return {one.ways: one for one in insisted(choice, [group for group in groups if group], effort)}

    def _ways(self, desk: Posed, number: int) -> tuple[str, ...]:
        return tuple(way_id(desk.case, number, shortage) for shortage in self._shortages[desk.case])

    def of(self, desk: Posed) -> CaseChoice:
        """The choice for one case."""
        shortages = self._shortages[desk.case]
        ideas = [self._choosable(desk, number) for number in range(len(desk.ideas))]
        waits = sorted({self._waiting[one].reason for one in shortages if one in self._waiting})
        lacking = sum(self._units[one] for one in shortages)
        trials = [drafted(desk.problem, mix, mark=_LETTERS[n]) for n, mix in enumerate(self._mixes(desk, ideas))]
        return CaseChoice(
            case=desk.case,
            title=desk.problem.case.detected.title,
            lacking=lacking,
            covered=lacking - sum(self._waiting[one].units for one in shortages if one in self._waiting),
            why_waiting="; ".join(waits),
            reserve=worth(max((self._reserves.get(one, 0.0) for one in shortages), default=0.0)),
            ideas=tuple(sorted(ideas, key=lambda one: (not one.chosen, one.marginal, one.said))),
            competes=self._competes(desk),
            rides_with=self._rides(desk),
            proposed=tuple(_proposed(desk, trial, mark=_LETTERS[n]) for n, trial in enumerate(trials)),
            options=self._options(desk, trials) if self._ask.full else (),
        )

    def _options(self, desk: Posed, trials: Sequence[Trial]) -> tuple[Option, ...]:
        settled = [promised(desk.problem, trial) for trial in trials]
        return options_of(desk.problem, settled, chances=self._ask.chances)

    def orders(self, desk: Posed) -> tuple[Action, ...]:
        """What the plan does for a case, new orders numbered as in its first option."""
        return orders_of(desk.problem, self._chosen(desk), mark="A")

    def _taken(self, desk: Posed, number: int) -> int:
        return sum(self._uses.get(way, 0) for way in self._ways(desk, number))

    def _choosable(self, desk: Posed, number: int) -> Choosable:
        idea, chosen = desk.ideas[number], self._taken(desk, number)
        insist = self._insisted.get(self._ways(desk, number))
        units = insist.units if insist else chosen
        quantity = self._quantity(desk, number, chosen) if chosen else lot(idea.reach, max(1, units))
        return Choosable(
            said=idea.said(quantity),
            resolution=idea.resolution.value,
            units=units,
            chosen=chosen,
            marginal=money(insist.more) if insist else Decimal("0.00"),
            exact=insist.exact if insist else True,
        )

    def _quantity(self, desk: Posed, number: int, needed: int) -> int:
        """What is ordered: what the source brings where it is this case's own, else a lot for what is needed."""
        idea = desk.ideas[number]
        source = source_id(desk.case, number, idea)
        return self._brought[source] if source.startswith(f"{desk.case} ") else lot(idea.reach, needed)

    def _chosen(self, desk: Posed) -> Mix:
        """What was chosen, without what another case has ordered for both."""
        return tuple(
            Take(idea=idea, quantity=self._quantity(desk, number, needed), needed=needed)
            for number, idea in enumerate(desk.ideas)
            if (needed := self._taken(desk, number)) and self._case_of[source_id(desk.case, number, idea)] == desk.case
        )

    def _mixes(self, desk: Posed, ideas: Sequence[Choosable]) -> list[Mix]:
        """The mix chosen, then single ideas that were not, the least marginal cost first."""
        chosen = self._chosen(desk)
        found = [chosen] if chosen else []
        others = [n for n, one in enumerate(ideas) if not one.chosen and one.units]
        for number in sorted(others, key=lambda n: (ideas[n].marginal, n))[: MOST_SHOWN - len(found)]:
            idea, needed = desk.ideas[number], ideas[number].units
            found.append((Take(idea=idea, quantity=lot(idea.reach, needed), needed=needed),))
        return found

    def _competes(self, desk: Posed) -> tuple[CaseId, ...]:
        found = set[CaseId]()
        for number, idea in enumerate(desk.ideas):
            source = source_id(desk.case, number, idea)
            for shared in (source, *self._drawn[source]):
                found |= self._takers[shared]
        return tuple(sorted(found - {desk.case}))

    def _rides(self, desk: Posed) -> tuple[CaseId, ...]:
        sources = [source_id(desk.case, n, idea) for n, idea in enumerate(desk.ideas) if self._taken(desk, n)]
        return tuple(sorted({self._case_of[source] for source in sources} - {desk.case}))
