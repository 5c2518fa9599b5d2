"""Cases as clients see them, read from one unit of work; nothing is decided or changed here."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from core.domain.approval import Approval, ApprovalState
from core.domain.cases import ACTIVE_STATES, Case, CaseState, LineImpact
from core.domain.comments import CaseComment
from core.domain.company import Settings
from core.domain.evidence import CaseEvidence, quote_evidence_id, refusal_evidence_id
from core.domain.ids import CaseId, CustomerCode
from core.domain.options import LineChange, Option
from core.domain.plans import Wait
from core.domain.queueing import in_queue_order
from core.domain.robustness import OptionOdds
from core.ports.storage import UnitOfWork
from ui import schemas
from ui.api import words
from ui.api.approval_views import WhyNot, approval_card
from ui.api.progress import next_of, steps_of

MOST_CASES = 200
MOST_LINES = 200
MOST_NAMES = 3
URGENT_DAYS = 1


def inbox(uow: UnitOfWork, wanted_of: schemas.InboxQuery) -> schemas.Inbox:
    """The active cases in the order of the queue; those put aside only when they are asked for."""
    settings, scan = uow.company.settings(), uow.cases.last_scan()
    as_of = settings.as_of if scan is None else scan[0]
    shown = {*ACTIVE_STATES, CaseState.SNOOZED} if wanted_of.state is CaseState.SNOOZED else ACTIVE_STATES
    names = _Names(uow)
    found = [case for case in uow.cases.all() if case.state in shown]
    wanted = [case for case in in_queue_order(found, as_of=as_of) if _wanted(case, wanted_of, names=names)]
    return schemas.Inbox(
        company=settings.name,
        as_of=as_of,
        currency=settings.currency,
        scanned_at=None if scan is None else scan[2],
        cases=tuple(_card(case, as_of=as_of, names=names) for case in wanted[:MOST_CASES]),
        left_out=max(0, len(wanted) - MOST_CASES),
        matching=len(wanted),
        customers=len({impact.customer for case in wanted for impact in case.detected.impacts}),
        urgent=sum(1 for case in wanted if case.deadline is not None and (case.deadline - as_of).days <= URGENT_DAYS),
        value_at_risk=sum((case.detected.exposure for case in wanted), Decimal(0)),
        types={kind.value: words.TYPE_WORDS[kind] for kind in sorted({case.detected.type for case in found})},
        states={
            one.value: words.STATE_WORDS[one] for one in sorted({case.state for case in found} | {CaseState.SNOOZED})
        },
    )


def _wanted(case: Case, query: schemas.InboxQuery, *, names: "_Names") -> bool:
    if query.state not in {None, case.state} or query.type not in {None, case.detected.type}:
        return False
    if query.owner not in {None, case.owner}:
        return False
    if query.said is None:
        return True
    told = (case.id, case.detected.title, case.detected.item, case.detected.location)
    hurt = ((one.order, one.customer, names.of(one.customer)) for one in case.detected.impacts)
    wanted = query.said.casefold()
    return any(wanted in text.casefold() for text in (*told, *(text for texts in hurt for text in texts)))


def case_detail(
    uow: UnitOfWork, case_id: CaseId, *, why_not: WhyNot, working: bool, failure: schemas.Failure | None
) -> schemas.CaseDetail:
    """Everything about one case, with what this person may do."""
    case, settings, scan = uow.cases.get(case_id), uow.company.settings(), uow.cases.last_scan()
    as_of = settings.as_of if scan is None else scan[0]
    names = _Names(uow)
    options = uow.cases.options(case_id)
    approvals = _newest_first(uow.approvals.of_case(case_id))
    cards = tuple(_approval(uow, approval, options=options, why_not=why_not) for approval in approvals)
    current = cards[0] if cards else None
    expired = bool(approvals) and approvals[0].run_out(uow.now)
    impacts = sorted(case.detected.impacts, key=lambda one: (-one.exposure, one.order, one.line))
    return schemas.CaseDetail(
        card=_card(case, as_of=as_of, names=names),
        currency=settings.currency,
        as_of=as_of,
        fixes=case.detected.fixes,
        impacts=tuple(_impact(one, names=names) for one in impacts[:MOST_LINES]),
        impacts_left_out=max(0, len(impacts) - MOST_LINES),
        options=_option_cards(options, settings=settings, advised=current.advice.option if current else None),
        rejected=tuple(
            schemas.RejectedIdea(resolution=one.resolution, what=one.what, reason=one.reason)
            for one in uow.cases.rejected(case_id)
        ),
        evidence=tuple(_evidence(uow.cases.evidence(case_id), currency=settings.currency)),
        approval=current,
        earlier=cards[1:],
        steps=steps_of(case.state, current, working=working),
        next=next_of(case.state, current, working=working, expired=expired),
        failure=failure,
        comments=tuple(one_comment(one) for one in uow.cases.comments(case_id)),
    )


def case_card(uow: UnitOfWork, case_id: CaseId) -> schemas.CaseCard:
    """One case as it stands in the inbox."""
    scan = uow.cases.last_scan()
    as_of = uow.company.settings().as_of if scan is None else scan[0]
    return _card(uow.cases.get(case_id), as_of=as_of, names=_Names(uow))


def one_approval(uow: UnitOfWork, approval: Approval, *, why_not: WhyNot) -> schemas.Approval:
    """One plan put before people, as this person sees it."""
    return _approval(uow, approval, options=uow.cases.options(approval.case), why_not=why_not)


def one_option(option: Option) -> schemas.OptionCard:
    """One way out by itself."""
    return _option(option, currency=option.plan.currency, advised=False)


def one_comment(comment: CaseComment) -> schemas.CaseComment:
    """What somebody said about a case."""
    return schemas.CaseComment(author=comment.author, text=comment.text, said_at=comment.said_at)


class _Names:
    """Names of customers, each looked up once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._known: dict[CustomerCode, str] = {}

    def of(self, code: CustomerCode) -> str:
        if code not in self._known:
            self._known[code] = self._uow.company.customer(code).name
        return self._known[code]


def _card(case: Case, *, as_of: date, names: _Names) -> schemas.CaseCard:
    detected = case.detected
    customers = _by_exposure(detected.impacts)
    return schemas.CaseCard(
        id=case.id,
        state=case.state.value,
        state_words=words.STATE_WORDS[case.state],
        type=detected.type.value,
        type_words=words.TYPE_WORDS[detected.type],
        title=detected.title,
        item=detected.item,
        location=detected.location,
        lacking=detected.lacking,
        exposure=detected.exposure,
        lines=len(detected.impacts),
        customers=tuple(names.of(code) for code in customers[:MOST_NAMES]),
        customers_total=len(customers),
        best_tier=detected.best_tier,
        needed_by=detected.needed_by,
        deadline=case.deadline,
        days_left=None if case.deadline is None else (case.deadline - as_of).days,
        opened_on=case.opened_on,
        owner=case.owner,
        snoozed_until=case.snoozed_until,
    )


def _by_exposure(impacts: Iterable[LineImpact]) -> list[CustomerCode]:
    at_risk: dict[CustomerCode, Decimal] = {}
    for impact in impacts:
        at_risk[impact.customer] = at_risk.get(impact.customer, Decimal(0)) + impact.exposure
    return sorted(at_risk, key=lambda code: (-at_risk[code], code))


def _impact(impact: LineImpact, *, names: _Names) -> schemas.Impact:
    return schemas.Impact(
        order=impact.order,
        line=impact.line,
        customer=impact.customer,
        customer_name=names.of(impact.customer),
        item=impact.item,
        quantity=impact.quantity,
        short=impact.short,
        due=impact.due,
        projected=impact.projected,
        days_late=impact.days_late,
        exposure=impact.exposure,
        why=tuple(schemas.WhyStep(subject=step.subject, text=step.text) for step in impact.why),
    )


def _option_cards(
    options: Sequence[Option], *, settings: Settings, advised: str | None
) -> tuple[schemas.OptionCard, ...]:
    ordered = sorted(options, key=lambda one: (one.letter, one.id))
    return tuple(_option(one, currency=settings.currency, advised=one.id == advised) for one in ordered)


def _option(option: Option, *, currency: str, advised: bool) -> schemas.OptionCard:
    waits = [action.until for action in option.actions if isinstance(action, Wait)]
    return schemas.OptionCard(
        id=option.id,
        letter=option.letter,
        title=option.title,
        actions=tuple(words.action_sentence(action, currency=currency) for action in option.actions),
        tier=option.tier,
        cost_terms=tuple(schemas.CostTerm(name=term.name, amount=term.amount) for term in option.cost_terms),
        total_cost=option.total_cost,
        deadline=option.deadline,
        wait_until=min(waits) if waits else None,
        lines_helped=option.lines_helped,
        lines_hurt=option.lines_hurt,
        lines_recovered=option.lines_recovered,
        days_sooner=sum(max(0, change.gained) for change in option.changes),
        days_later=sum(max(0, -change.gained) for change in option.changes),
        promises_moved=option.promises_moved,
        customers_affected=tuple(option.customers_affected),
        exposure_before=option.exposure_before,
        exposure_after=option.exposure_after,
        undo=option.undo,
        feasibility=option.feasibility,
        odds=_odds(option.odds) if option.odds else None,
        advised=advised,
        changes=tuple(_change(change) for change in option.changes[:MOST_LINES]),
        changes_left_out=max(0, len(option.changes) - MOST_LINES),
    )


def _odds(odds: OptionOdds) -> schemas.OptionOdds:
    return schemas.OptionOdds(
        holds=odds.holds,
        expected=odds.expected,
        worst=odds.worst,
        expected_rank=odds.expected_rank,
        worst_rank=odds.worst_rank,
        scenarios=odds.scenarios,
    )


def _change(change: LineChange) -> schemas.Change:
    return schemas.Change(
        order=change.order,
        line=change.line,
        customer=change.customer,
        item=change.item,
        due_before=change.due_before,
        due_after=change.due_after,
        projected_before=change.projected_before,
        projected_after=change.projected_after,
        short_before=change.short_before,
        short_after=change.short_after,
        gained=change.gained,
        exposure_before=change.exposure_before,
        exposure_after=change.exposure_after,
    )


def _evidence(evidence: CaseEvidence, *, currency: str) -> Iterable[schemas.Evidence]:
    for stock in evidence.stock:
        yield schemas.Evidence(id=stock.id, text=words.stock_sentence(stock, currency=currency), note="")
    for quote in evidence.quotes:
        yield schemas.Evidence(id=quote_evidence_id(quote), text=words.quote_sentence(quote), note=quote.note)
    for offer in evidence.expedites:
        yield schemas.Evidence(id=quote_evidence_id(offer), text=words.expedite_sentence(offer), note=offer.note)
    for one in evidence.refusals:
        yield schemas.Evidence(id=refusal_evidence_id(one), text=words.refusal_sentence(one), note=one.note)


def _newest_first(approvals: Iterable[Approval]) -> list[Approval]:
    """What waits first: at most one does, even where another was put in its place within the same moment."""
    ordered = sorted(approvals, key=lambda one: one.id)
    return sorted(ordered, key=lambda one: (one.state is ApprovalState.PENDING, one.created_at), reverse=True)


def _approval(uow: UnitOfWork, approval: Approval, *, options: Sequence[Option], why_not: WhyNot) -> schemas.Approval:
    proposal = uow.proposals.get(approval.proposal)
    letters = {option.id: option.letter for option in options}
    letter = letters.get(proposal.option) or uow.cases.option(proposal.option).letter
    return approval_card(
        approval,
        proposal,
        letter=letter,
        effect=uow.effects.get(approval.id),
        messages=uow.outbox.of_approval(approval.id),
        why_not=why_not(approval),
    )
