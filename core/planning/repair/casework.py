"""The options of a case: ideas from the evidence, mixed, tried on a copy of the books, ranked and written out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.domain.cases import Case
from core.domain.evidence import CaseEvidence
from core.domain.options import Option, RejectedIdea
from core.domain.plans import Resolution
from core.planning.exposure import PENALTY_SCALE, in_money
from core.planning.naming import counted
from core.planning.outcome import NetResult
from core.planning.repair.alternative import Alternative, Ground
from core.planning.repair.alternatives import alternatives_of
from core.planning.repair.awards import award_mixes, within
from core.planning.repair.buying import buy_idea
from core.planning.repair.combining import Mix, Urgency, mixes
from core.planning.repair.expediting import expedite_idea
from core.planning.repair.ideas import Desk, Idea, day_words
from core.planning.repair.making import make_ideas
from core.planning.repair.overtime_ideas import overtime_ideas
from core.planning.repair.policy import DEFAULT_POLICY, RepairPolicy
from core.planning.repair.ranking import does_good, may_do_good, worthwhile
from core.planning.repair.reallocating import reallocate_ideas
from core.planning.repair.rescheduling import work_ideas
from core.planning.repair.reserves import safety_ideas
from core.planning.repair.splitting import split_ideas
from core.planning.repair.terms import NO_TERMS, CaseTerms
from core.planning.repair.transferring import transfer_idea
from core.planning.repair.trials import Problem, Trial, drafted, lacking_risk, nothing, problem_of, promised, tried
from core.planning.repair.wants import Want, want_of
from core.planning.repair.writing import options_of
from core.planning.robustness.drawing import Chances
from core.planning.snapshot import PRICE_SCALE, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlan:
    """The options of a case, the best first and waiting last, and the ideas that are not possible."""

    options: tuple[Option, ...]
    rejected: tuple[RejectedIdea, ...]


def plan_case(
    snapshot: Snapshot,
    result: NetResult,
    case: Case,
    evidence: CaseEvidence,
    *,
    policy: RepairPolicy = DEFAULT_POLICY,
    terms: CaseTerms = NO_TERMS,
    chances: Chances = Chances(),
) -> CasePlan:
    """The ways out of a case; `result` is the netting of the snapshot under the rules of the scan, `chances` say how
    late suppliers are."""
    want = want_of(snapshot, result, case)
    problem = problem_of(snapshot, result, case, want=want, policy=policy)
    desk = Desk(snapshot=snapshot, evidence=evidence, policy=policy, want=want, terms=terms)
    ideas, rejected = ideas_of(desk, result, case)
    urgency = urgency_of(problem, want)
    usual: list[Mix] = [(), *mixes(ideas, want, urgency)][: policy.most_drafted]
    candidates, unbound = within(terms.award, usual, award_mixes(desk, ideas, urgency, chances.lateness))
    rejected += unbound
    drafts = [drafted(problem, mix, mark=f"?{n}") for n, mix in enumerate(candidates)]
    useful = sorted((draft for draft in drafts[1:] if may_do_good(problem, draft)), key=lambda draft: draft.objective)
    trials = [promised(problem, draft) for draft in (drafts[0], *useful[: policy.most_promised - 1])]
    kept = worthwhile(problem, trials)
    others, impossible = _alternatives(problem, terms, alone=not kept)
    return CasePlan(
        options=options_of(problem, sorted((*kept, *others), key=lambda trial: trial.objective), chances=chances),
        rejected=(*rejected, *_in_vain(problem, drafts, trials), *_unpromised(problem, trials[0]), *impossible),
    )


def _alternatives(problem: Problem, terms: CaseTerms, *, alone: bool) -> tuple[list[Trial], list[RejectedIdea]]:
    """The best of what brings no units. What only asks the customer is offered where nothing else helps."""
    ground = Ground(
        snapshot=problem.snapshot,
        result=problem.result,
        case=problem.case,
        terms=terms,
        policy=problem.policy,
        lateness=problem.before.lateness,
    )
    found = alternatives_of(ground)
    usable = [one for one in found if isinstance(one, Alternative)]
    trials = [tried(problem, one) for one in usable if alone or one.resolution is not Resolution.OFFER]
    idle = nothing(problem).objective
    useful = [trial for trial in trials if _corrects(trial) or trial.objective < idle]
    ranked = sorted(useful, key=lambda trial: (not _corrects(trial), trial.objective))
    return ranked[: problem.policy.most_alternatives], [one for one in found if isinstance(one, RejectedIdea)]


def _corrects(trial: Trial) -> bool:
    return trial.alternative is not None and trial.alternative.corrects


def ideas_of(desk: Desk, result: NetResult, case: Case) -> tuple[list[Idea], list[RejectedIdea]]:
    """Every idea the evidence allows, in its order, and what is not possible; none where no unit is lacking."""
    evidence = desk.evidence
    if not desk.want.units:
        return [], _refusals(evidence)
    found = [
        *(transfer_idea(desk, stock) for stock in evidence.stock),
        *(expedite_idea(desk, result, quote) for quote in evidence.expedites if quote.item == desk.want.item),
        *(buy_idea(desk, quote) for quote in evidence.quotes if quote.item == desk.want.item),
        *(
            idea
            for quote in evidence.quotes
            if quote.item == desk.want.item
            for idea in split_ideas(desk, result, quote)
        ),
        *safety_ideas(desk, result, kind=case.detected.type),
        *reallocate_ideas(desk, result, case),
        *work_ideas(desk, result),
        *make_ideas(desk, result),
    ]
    found += overtime_ideas(desk, result, [idea for idea in found if not isinstance(idea, RejectedIdea)])
    rejected = _refusals(evidence)
    rejected += [idea for idea in found if isinstance(idea, RejectedIdea)]
    return [idea for idea in found if not isinstance(idea, RejectedIdea)], rejected


def _refusals(evidence: CaseEvidence) -> list[RejectedIdea]:
    return [
        RejectedIdea(
            resolution=Resolution.BUY.value,
            what=f"buy {refusal.item} from {refusal.supplier}",
            reason=f"{refusal.supplier} refused: {refusal.reason.value.replace('_', ' ')}",
        )
        for refusal in evidence.refusals
    ]


def urgency_of(problem: Problem, want: Want) -> Urgency:
    """Doing nothing shared out over the units lacking, and a day of all lines likewise."""
    lacking = max(1, want.units)
    lines, demand = np.array(problem.lines, dtype=np.int64), problem.snapshot.demand
    day = sum(
        int(demand.quantity[at]) * int(demand.price[at]) * max(int(demand.penalty[at]), problem.policy.least_penalty)
        for at in problem.lines
    )
    idle = in_money(int(problem.before.lateness[lines].sum())) + lacking_risk(problem, problem.lack)
    return Urgency(unit_day=Decimal(day) / (PRICE_SCALE * PENALTY_SCALE) / lacking, uncovered=idle / lacking)


def _in_vain(problem: Problem, drafts: Sequence[Trial], trials: Sequence[Trial]) -> list[RejectedIdea]:
    """Single ideas that were tried and change nothing for the better, with new dates or without."""
    vain = [draft for draft in drafts if not may_do_good(problem, draft)]
    vain += [trial for trial in trials if not does_good(problem, trial)]
    return [
        RejectedIdea(
            resolution=trial.mix[0].idea.resolution.value,
            what=trial.mix[0].idea.said(trial.mix[0].quantity),
            reason=f"there on {day_words(trial.mix[0].idea.reach.arrives)}, it makes nothing better",
        )
        for trial in vain
        if len(trial.mix) == 1
    ]


def _unpromised(problem: Problem, alone: Trial) -> list[RejectedIdea]:
    """Lines that new dates alone cannot help, because their projected day rests on nothing."""
    count = sum(bool(alone.after.groundless[line]) for line in problem.lines)
    if not count:
        return []
    return [
        RejectedIdea(
            resolution=Resolution.RE_PROMISE.value,
            what=f"promise {counted(count, 'order line')} a new date without new supply",
            reason="the day projected rests on supply that nobody has ordered",
        )
    ]
