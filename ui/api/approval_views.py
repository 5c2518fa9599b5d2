"""An approval as clients see it: the exact plan with its hash, who decided what, and what came of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from core.domain.approval import Approval, ApprovalState
from core.domain.errors import InvariantBrokenError
from core.domain.options import LineForecast, Verification
from core.domain.plan_text import plan_hash
from core.domain.plans import Plan
from core.domain.proposals import Effect, OutboxMessage, Proposal
from core.ports.storage import UnitOfWork
from core.services.waiting import WaitingPlan
from ui import schemas
from ui.api import words
from ui.schemas.approval import ApprovalHead, LikePlan, RivalPlan, Together

MOST_COMPARED = 200
WhyNot = Callable[[Approval], str | None]
"""Why somebody may not decide on an approval now, None when that person may."""


def approval_card(
    approval: Approval,
    proposal: Proposal,
    *,
    letter: str,
    effect: Effect | None,
    messages: Iterable[OutboxMessage],
    why_not: str | None,
) -> schemas.Approval:
    """The card a person decides on. Its sentences are made of the plan its hash is of, or there is no card."""
    plan = _bound_plan(approval, proposal)
    return schemas.Approval(
        id=approval.id,
        state=approval.state.value,
        state_words=words.APPROVAL_WORDS[approval.state],
        open=approval.state is ApprovalState.PENDING,
        option=proposal.option,
        letter=letter,
        plan_hash=approval.plan_hash,
        plan_text=proposal.plan_text,
        actions=tuple(words.action_sentence(action, currency=plan.currency) for action in plan.actions),
        conditions=tuple(words.condition_sentence(predicate) for predicate in plan.preconditions),
        cost=plan.cost,
        money=approval.money,
        currency=plan.currency,
        tier=approval.tier,
        rule=approval.rule,
        approvals_needed=approval.approvals_needed,
        approvals_given=len(approval.approvers),
        proposed_by=approval.proposed_by,
        created_at=approval.created_at,
        expires_at=approval.expires_at,
        advice=_advice(proposal),
        decisions=_decisions(approval),
        effect=None if effect is None else _effect(effect, messages, currency=plan.currency),
        why_not=why_not,
        may_undo=approval.state is ApprovalState.EXECUTED and effect is not None and effect.undone_at is None,
    )


def approval_head(approval: Approval, *, why_not: str | None) -> ApprovalHead:
    """An approval in a list, as this person sees it."""
    return ApprovalHead(
        id=approval.id,
        case=approval.case,
        state=approval.state.value,
        tier=approval.tier,
        money=approval.money,
        approvals_needed=approval.approvals_needed,
        approvals_given=len(approval.approvers),
        roles=tuple(role.value for role in approval.roles),
        rule=approval.rule,
        proposed_by=approval.proposed_by,
        created_at=approval.created_at,
        expires_at=approval.expires_at,
        plan_hash=approval.plan_hash,
        why_not=why_not,
    )


def together_reply(uow: UnitOfWork, plans: Sequence[WaitingPlan], *, why_not: WhyNot) -> Together:
    """Plans of one cause as this person sees them, each made of the plan its hash is of."""
    return Together(
        cause=plans[0].cause,
        currency=uow.company.settings().currency,
        items=tuple(_like(uow, one, why_not=why_not(one.approval)) for one in plans),
        money=sum((one.approval.money for one in plans), Decimal(0)),
        cost=sum((one.option.total_cost for one in plans), Decimal(0)),
        exposure=sum((one.case.detected.exposure for one in plans), Decimal(0)),
    )


def _like(uow: UnitOfWork, waiting: WaitingPlan, *, why_not: str | None) -> LikePlan:
    plan = _bound_plan(waiting.approval, uow.proposals.get(waiting.approval.proposal))
    return LikePlan(
        head=approval_head(waiting.approval, why_not=why_not),
        title=waiting.case.detected.title,
        actions=tuple(words.action_sentence(action, currency=plan.currency) for action in plan.actions),
        cost=waiting.option.total_cost,
        exposure=waiting.case.detected.exposure,
        deadline=waiting.option.deadline,
        rivals=tuple(RivalPlan.model_validate(one, from_attributes=True) for one in waiting.rivals),
    )


def _bound_plan(approval: Approval, proposal: Proposal) -> Plan:
    if plan_hash(proposal.plan) != approval.plan_hash:
        raise InvariantBrokenError(
            f"the plan stored for approval {approval.id!r} has another hash than the approval; nobody may decide on it"
        )
    return proposal.plan


def _advice(proposal: Proposal) -> schemas.Advice:
    advice = proposal.advice
    return schemas.Advice(
        source=advice.source.value,
        option=advice.option,
        text=advice.text,
        risks=advice.risks,
        evidence=advice.evidence,
        model=advice.model,
        note=advice.note,
    )


def _decisions(approval: Approval) -> tuple[schemas.Decision, ...]:
    return tuple(
        schemas.Decision(
            user=one.user,
            role=one.role.value,
            kind=one.kind.value,
            comment=one.comment,
            channel=one.channel,
            decided_at=one.decided_at,
        )
        for one in approval.decisions
    )


def _effect(effect: Effect, messages: Iterable[OutboxMessage], *, currency: str) -> schemas.Effect:
    found = effect.verification
    return schemas.Effect(
        executed_by=effect.executed_by,
        executed_at=effect.executed_at,
        result=effect.result,
        verified=None if found is None else found.verified,
        differences=() if found is None else found.differences,
        compared=() if found is None else tuple(_compared(found, currency)),
        undone_by=effect.undone_by,
        undone_at=effect.undone_at,
        messages=tuple(
            schemas.Message(partner=one.partner, kind=words.MESSAGE_WORDS[one.kind], state=one.state.value)
            for one in messages
        ),
    )


def _compared(found: Verification, currency: str) -> Iterator[schemas.Compared]:
    """The whole book, then every order line that the plan touched or that came out otherwise."""
    before, after = found.predicted, found.realised
    yield _figure("Order lines that are late", f"{before.lines_late:,}", f"{after.lines_late:,}")
    yield _figure("Order lines nothing covers", f"{before.lines_uncovered:,}", f"{after.lines_uncovered:,}")
    yield _figure("Value at risk", f"{before.exposure:,.2f} {currency}", f"{after.exposure:,.2f} {currency}")
    predicted = {(line.order, line.line): line for line in before.lines}
    realised = {(line.order, line.line): line for line in after.lines}
    for order, line in sorted(predicted.keys() | realised.keys())[:MOST_COMPARED]:
        told = [_line(book.get((order, line))) for book in (predicted, realised)]
        yield _figure(f"Order line {order}/{line}", *told)


def _figure(name: str, predicted: str, found: str) -> schemas.Compared:
    return schemas.Compared(figure=name, predicted=predicted, found=found, same=predicted == found)


def _line(line: LineForecast | None) -> str:
    if line is None:
        return "on time"
    when = "no day known" if line.projected is None else f"all there on {line.projected}"
    return f"{when}, {line.short:,} short" if line.short else when
