"""Planning all open cases together: read only, or as options of each case that people decide on as ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.cases import WAITING_STATES, Case
from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError, UsageError
from core.domain.evidence import CaseEvidence
from core.domain.ids import ItemCode
from core.domain.reserve_price import ReservePrice
from core.planning.donors import stock_elsewhere
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.repair.chosen import CaseChoice, Together
from core.planning.repair.terms import LineTerms
from core.planning.repair.together import Ask, CaseOnDesk, plan_cases
from core.planning.snapshot import Snapshot, date_of
from core.ports.orders import LineKey
from core.ports.storage import UnitOfWork
from core.services.case_terms import lines_of, terms_of, terms_of_lines
from core.services.policies import weighed
from core.services.rule_values import rules_of
from core.services.track_records import supplier_chances


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTogether:
    """Plan all cases that wait. `budget` is what may be spent beyond the usual, None for any amount."""

    budget: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherReport:
    """The choice, in `currency`, and for how many cases no supplier has been asked yet."""

    choice: Together
    currency: str
    unasked: int


def plan_together(uow: UnitOfWork, command: PlanTogether) -> TogetherReport:
    """The cheapest plan over all cases that wait, on the books as they are and the evidence kept. Nothing is written.

    UsageError before the first scan; InvalidValueError for a budget below nothing.
    """
    snapshot, result, asked = _on_books(uow, command)
    return _report(uow, snapshot, result, asked, _waiting(uow))


def keep_together(uow: UnitOfWork, command: PlanTogether) -> TogetherReport:
    """The same, kept: each case gets a new round of options, the first of them its part of the plan, and what a unit
    more is worth to it. The options wait for proposals and approvals as any do."""
    snapshot, result, asked = _on_books(uow, command)
    for case in _waiting(uow):
        uow.cases.start_round(case.id)  # holds the case: nobody proposes for it meanwhile
    full = Ask(budget=asked.budget, chances=asked.chances, full=True)
    report = _report(uow, snapshot, result, full, _waiting(uow))
    as_of = date_of(snapshot.as_of)
    for one in report.choice.cases:
        uow.cases.save_reserve(one.case, _reserve(one, report.currency, as_of=as_of))
        deadline = min((option.deadline for option in one.options), default=None)
        uow.cases.save_options(one.case, weighed(uow, one.options), (), deadline=deadline)
    return report


def _reserve(one: CaseChoice, currency: str, *, as_of: date) -> ReservePrice | None:
    if not one.lacking:
        return None
    return ReservePrice(
        item=ItemCode(one.item),
        worth=one.reserve,
        usual_price=one.usual_price,
        units=one.lacking,
        currency=currency,
        as_of=as_of,
    )


def _on_books(uow: UnitOfWork, command: PlanTogether) -> tuple[Snapshot, NetResult, Ask]:
    budget = checked(command).budget
    if budget is not None and budget < 0:
        raise InvalidValueError(f"the budget is {budget!r}; it must be 0 or more")
    last = uow.cases.last_scan()
    if last is None:
        raise UsageError("no scan has run yet; run `expediter scan` first")
    snapshot = uow.snapshot()
    result = net(snapshot, rules_of(last[1]))
    return snapshot, result, Ask(budget=budget, chances=supplier_chances(uow, as_of=snapshot.as_of))


def _waiting(uow: UnitOfWork) -> list[Case]:
    return [case for case in uow.cases.all() if case.state in WAITING_STATES]


def _report(uow: UnitOfWork, snapshot: Snapshot, result: NetResult, ask: Ask, cases: list[Case]) -> TogetherReport:
    keys = {key for case in cases for key in lines_of(snapshot, result, case)}
    lines = terms_of_lines(uow, keys)
    desks = [_on_desk(uow, snapshot, result, case, lines) for case in cases]
    return TogetherReport(
        choice=plan_cases(snapshot, result, desks, ask),
        currency=snapshot.currency,
        unasked=sum(not (one.evidence.quotes or one.evidence.expedites or one.evidence.refusals) for one in desks),
    )


def _on_desk(
    uow: UnitOfWork, snapshot: Snapshot, result: NetResult, case: Case, lines: Mapping[LineKey, LineTerms]
) -> CaseOnDesk:
    """Stock elsewhere is read from the books as they are, what suppliers said from what was kept."""
    kept = uow.cases.evidence(case.id)
    evidence = CaseEvidence(
        stock=stock_elsewhere(snapshot, result, case),
        quotes=kept.quotes,
        expedites=kept.expedites,
        refusals=kept.refusals,
    )
    return CaseOnDesk(case=case, evidence=evidence, terms=terms_of(uow, snapshot, result, case, lines=lines))
