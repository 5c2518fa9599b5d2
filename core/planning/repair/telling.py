"""Telling: the plan over all open cases, case by case, each way out simulated alone on the books as they are."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.domain.ids import CaseId
from core.domain.money import rounded
from core.domain.options import Option
from core.domain.plans import Action
from core.planning.choosing.choose import Effort
from core.planning.choosing.plan import Plan
from core.planning.choosing.problem import Problem as Choice
from core.planning.choosing.weighing import Insisted, insisted
from core.planning.repair.buying import usual_price
from core.planning.repair.changes import changes_of, recovered
from core.planning.repair.chosen import CaseChoice, Choosable, Proposed
from core.planning.repair.combining import Mix, Take
from core.planning.repair.idea_sources import Posed, source_id
from core.planning.repair.ideas import lot
from core.planning.repair.line_ideas import LineIdea
from core.planning.repair.posing import way_id
from core.planning.repair.trials import Trial, actions_of, drafted, orders_of, promised
from core.planning.repair.wording import title_of
from core.planning.repair.writing import options_of
from core.planning.robustness.drawing import Chances
from core.planning.snapshot import PRICE_SCALE

MOST_SHOWN = 3
_LETTERS = "ABC"


def money(amount: int) -> Decimal:
    """Ten-thousandths of the currency as money."""
    return rounded(Decimal(amount) / PRICE_SCALE)


def worth(value: float) -> Decimal:
    """A price of the relaxation as money; what is below half a cent is nothing."""
    return rounded(Decimal(repr(round(value / PRICE_SCALE, 6))))


class Telling:
    """What a plan does for each case; `chances` are given where the options are to be written in full."""

    def __init__(
        self, choice: Choice, plan: Plan, desks: Sequence[Posed], *, effort: Effort, chances: Chances | None
    ) -> None:
        self._chances = chances
        self._known = frozenset(way.id for way in choice.ways)
        self._shortages = _by_case(choice, desks)
        self._units = {one.id: one.units for one in choice.shortages}
        self._of_use = {one.id: one.units if one.whole else 1 for one in choice.shortages}
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
        self._insisted = self._insist(choice, desks, effort)

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
        ways = (way_id(desk.case, number, shortage) for shortage in self._shortages[desk.case])
        return tuple(way for way in ways if way in self._known)

    def of(self, desk: Posed) -> CaseChoice:
        """The choice for one case."""
        shortages = self._shortages[desk.case]
        ideas = [self._choosable(desk, number) for number in range(len(desk.ideas))]
        waits = sorted({self._waiting[one].reason for one in shortages if one in self._waiting})
        lacking = sum(self._units[one] for one in shortages)
        mixes = self._mixes(desk, ideas)
        trials = [drafted(desk.problem, mix, mark=letter) for letter, (mix, _) in zip(_LETTERS, mixes, strict=False)]
        proposed = [
            _proposed(desk, trial, one, mark=letter)
            for letter, trial, (_, one) in zip(_LETTERS, trials, mixes, strict=False)
        ]
        return CaseChoice(
            case=desk.case,
            title=desk.problem.case.detected.title,
            item=desk.problem.want.item,
            lacking=lacking,
            covered=lacking
            - sum(self._waiting[one].units for one in shortages if one in self._waiting)
            - self._in_parts(desk),
            why_waiting="; ".join(waits),
            reserve=worth(max((self._reserves.get(one, 0.0) for one in shortages), default=0.0)),
            usual_price=_usual_price(desk),
            ideas=tuple(sorted(ideas, key=lambda one: (not one.chosen, one.marginal, one.said))),
            competes=self._competes(desk),
            rides_with=self._rides(desk),
            proposed=_distinct(proposed),
            options=self._options(desk, trials),
        )

    def _options(self, desk: Posed, trials: Sequence[Trial]) -> tuple[Option, ...]:
        if self._chances is None:
            return ()
        settled = [promised(desk.problem, trial) for trial in trials]
        return options_of(desk.problem, settled, chances=self._chances)

    def orders(self, desk: Posed) -> tuple[Action, ...]:
        """What the plan does for a case, new orders numbered as in its first option."""
        return orders_of(desk.problem, self._chosen(desk), mark="A")

    def _taken(self, desk: Posed, number: int) -> int:
        return sum(self._uses.get(way, 0) for way in self._ways(desk, number))

    def _in_parts(self, desk: Posed) -> int:
        """Units that wait though something is done for them: their line goes in parts."""
        return sum(
            self._taken(desk, number)
            for number, idea in enumerate(desk.ideas)
            if isinstance(idea, LineIdea) and idea.in_time_share[0]
        )

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

    def _mixes(self, desk: Posed, ideas: Sequence[Choosable]) -> list[tuple[Mix, Choosable | None]]:
        """The mix chosen, then single ideas that were not and are of use alone, the least marginal cost first."""
        chosen = self._chosen(desk)
        found: list[tuple[Mix, Choosable | None]] = [(chosen, None)] if chosen else []
        least = min((self._of_use[one] for one in self._shortages[desk.case]), default=1)
        others = [n for n, one in enumerate(ideas) if not one.chosen and one.units >= least]
        for number in sorted(others, key=lambda n: (ideas[n].marginal, n))[: MOST_SHOWN - len(found)]:
            idea, needed = desk.ideas[number], ideas[number].units
            found.append(((Take(idea=idea, quantity=lot(idea.reach, needed), needed=needed),), ideas[number]))
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


def _usual_price(desk: Posed) -> Decimal:
    want, snapshot = desk.problem.want, desk.problem.snapshot
    return usual_price(snapshot, want.item) if want.known else Decimal(0)


def _by_case(choice: Choice, desks: Sequence[Posed]) -> Mapping[CaseId, list[str]]:
    """The ids of the shortages of each case."""
    found = {desk.case: list[str]() for desk in desks}
    names = {str(desk.case): desk.case for desk in desks}
    for shortage in choice.shortages:
        found[names[shortage.id.partition(" ")[0]]].append(shortage.id)
    return found


def _proposed(desk: Posed, trial: Trial, one: Choosable | None, *, mark: str) -> Proposed:
    actions = actions_of(desk.problem, trial, mark=mark)
    return Proposed(
        title=title_of(trial, actions),
        actions=actions,
        cost=trial.total_cost,
        marginal=one.marginal if one else Decimal("0.00"),
        exact=one.exact if one else True,
        changes=changes_of(desk.problem.snapshot, desk.problem.before, trial.after),
        recovered=recovered(desk.problem.before, trial.after),
    )


def _distinct(proposed: Sequence[Proposed]) -> tuple[Proposed, ...]:
    """Without those that do the same by the same means to every line as one before, at no less."""
    found: list[Proposed] = []
    for one in proposed:
        if not any(_alike(one, other) and one.cost >= other.cost for other in found):
            found.append(one)
    return tuple(found)


def _alike(one: Proposed, other: Proposed) -> bool:
    return one.changes == other.changes and _means(one) == _means(other)


def _means(one: Proposed) -> frozenset[tuple[str, str]]:
    """What kinds of actions it takes, of whom."""
    return frozenset((action.kind, str(getattr(action, "supplier", ""))) for action in one.actions)
