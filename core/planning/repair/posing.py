"""Posing: open cases with their ideas as one problem of choosing, so that what is there once is given once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.domain.ids import CaseId
from core.domain.plans import Substitute
from core.planning.choosing.problem import Problem as Choice
from core.planning.choosing.problem import Shortage, Source, Stability, Way
from core.planning.exposure import PENALTY_SCALE
from core.planning.positions import line_position
from core.planning.repair.buying import BuyIdea
from core.planning.repair.drafting import Draft
from core.planning.repair.expediting import ExpediteIdea
from core.planning.repair.idea_sources import BUDGET, Posed, idea_source, scaled
from core.planning.repair.ideas import Idea
from core.planning.repair.lacking import Lacking, lacking_of
from core.planning.repair.line_ideas import LineIdea
from core.planning.repair.minute_draws import WORK
from core.planning.repair.policy import RepairPolicy
from core.planning.repair.reallocating import ReallocateIdea
from core.planning.repair.terms import LineTerms

_DAYS_OF_CASE = 10


def posed(
    cases: Sequence[Posed],
    policy: RepairPolicy,
    *,
    budget: Decimal | None = None,
    days_late: Mapping[str, Decimal] | None = None,
) -> Choice:
    """The problem of all cases together, money in ten-thousandths of the books' currency.

    `budget` is what may be paid beyond the usual for all of it, holding not counted; `days_late` by how many days a
    supplier is late on average: its units cost as many days of the line's penalty more, the premium for its risk.
    """
    draft = Draft()
    if budget is not None:
        draft.pool(BUDGET, scaled(budget))
    for case in sorted(cases, key=lambda one: one.case):
        shortages = _shortages(draft, case)
        shared = Counter(take for idea in case.ideas for take in idea.takes)
        for number, idea in enumerate(case.ideas):
            source = idea_source(draft, case, number, budget=budget, shared=shared)
            for shortage in _served(idea, shortages):
                draft.ways.append(_way(case, number, shortage, source, days_late or {}))
    return draft.stated(
        Stability(
            moved=scaled(policy.promise_moved),
            contacted=scaled(policy.customer_contacted),
            document=scaled(policy.document_touched),
        ),
        spare=WORK,
    )


def way_id(case: CaseId, number: int, shortage: str) -> str:
    """The way of an idea of a case for one of its shortages."""
    return f"{case} idea {number} for {shortage}"


def _shortages(draft: Draft, case: Posed) -> list[Shortage]:
    found: list[Shortage] = []
    for one in lacking_of(case.problem.case, case.problem.want):
        if one.line is not None:
            line = draft.line(f"{one.line[0]}/{one.line[1]}", one.customer)
            name = f"{case.case} {line.id}"
        else:
            line = draft.line(f"{case.case} on day {one.need}", one.customer)
            name = f"{line.id} lacking {len(found)}"
        found.append(_shortage(case, name, line.id, one))
    draft.shortages += found
    return found


def _shortage(case: Posed, name: str, line: str, lacking: Lacking) -> Shortage:
    """Waiting costs what the case costs a unit if nothing is done; as much of it as days explain is lateness. What a
    customer takes only whole is covered whole."""
    need = max(lacking.need, case.problem.snapshot.as_of)
    penalty, waiting = scaled(case.urgency.unit_day), scaled(case.urgency.uncovered)
    days = max(lacking.late, 1 if case.problem.lines else 0) or 0
    days = min(days or _DAYS_OF_CASE, waiting // penalty) if penalty else days
    terms = case.lines.get(lacking.line) if lacking.line else None
    return Shortage(
        id=name,
        line=line,
        units=lacking.units,
        need=need,
        otherwise=need + days,
        penalty=penalty,
        risk=max(0, waiting - penalty * days),
        whole=_whole(terms),
    )


def _whole(terms: LineTerms | None) -> bool:
    return terms is not None and not terms.splittable


def _served(idea: Idea, shortages: Sequence[Shortage]) -> list[Shortage]:
    """Those an idea serves: a change of a line, or units held for one, serve no other line of the case."""
    line = idea.line if isinstance(idea, LineIdea) else idea.taker if isinstance(idea, ReallocateIdea) else None
    if line is None:
        return list(shortages)
    return [one for one in shortages if one.line == f"{line[0]}/{line[1]}"]


def _way(case: Posed, number: int, shortage: Shortage, source: Source, days_late: Mapping[str, Decimal]) -> Way:
    idea = case.ideas[number]
    parts = isinstance(idea, LineIdea) and idea.in_time_share[0] > 0
    return Way(
        id=way_id(case.case, number, shortage.id),
        shortage=shortage.id,
        source=source.id,
        arrives=shortage.otherwise if parts else idea.reach.arrives,
        cost=_beyond_price(case, idea, shortage) + _premium(idea, shortage, days_late),
        asks=isinstance(idea, LineIdea) and isinstance(idea.change, Substitute),
    )


def _beyond_price(case: Posed, idea: Idea, shortage: Shortage) -> int:
    if isinstance(idea, LineIdea):
        return _in_parts(idea, shortage)
    return _lost(case, idea, shortage) if isinstance(idea, ReallocateIdea) else 0


def _in_parts(idea: LineIdea, shortage: Shortage) -> int:
    """Units that wait all the same, at the risk of waiting, while as much of the line's lateness is saved as is there
    in time; nothing for a change that brings units."""
    now, units = idea.in_time_share
    if not now:
        return 0
    return shortage.risk - shortage.lateness(shortage.otherwise) * now // units


def _lost(case: Posed, idea: ReallocateIdea, shortage: Shortage) -> int:
    """What the line that gives loses a unit: it waits as long as the one that gets would have."""
    demand = case.problem.snapshot.demand
    at = line_position(case.problem.snapshot, *idea.giver)
    if at is None:
        return 0
    penalty = max(int(demand.penalty[at]), case.problem.policy.least_penalty)
    return int(demand.price[at]) * penalty * (shortage.otherwise - shortage.need) // PENALTY_SCALE


def _premium(idea: Idea, shortage: Shortage, days_late: Mapping[str, Decimal]) -> int:
    supplier = idea.quote.supplier if isinstance(idea, BuyIdea | ExpediteIdea) else ""
    return int(days_late.get(supplier, Decimal(0)) * shortage.penalty)
