"""What an agent may ask about how the desk stands: key figures, proposals, tasks and the last scan."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from core.domain.approval import Approval, ApprovalState
from core.domain.ids import ApprovalId
from core.domain.plan_text import encode_action
from tools.arguments import ApprovalRef, Limit
from tools.core_access import ReadCore
from tools.spec import Cost, ToolInput, ToolOutput, reads

MOST_FIGURES = 60
MOST_NAMES = 40
MOST_ROWS = 20
LONGEST_TEXT = 400


class ShowKpis(ToolInput):
    """What show_kpis takes."""

    names: tuple[str, ...] = Field(
        (), max_length=MOST_NAMES, description="names of figures, such as ['otif_promise']; an empty list gives all"
    )


class KpiRow(ToolOutput):
    """A key figure; `value` is none while there is nothing to count. `of` is whom it is about, empty for us all."""

    name: str
    title: str
    of: str
    value: Decimal | None
    unit: str
    goal: str | None


class Definition(ToolOutput):
    """What a figure means, and what it is counted over."""

    name: str
    says: str
    counts: str


class KpisShown(ToolOutput):
    """Key figures from `first` to `last`, in a fixed order; definitions only where figures were named."""

    as_of: date
    first: date
    last: date
    currency: str
    kpis: tuple[KpiRow, ...]
    left_out: int
    definitions: tuple[Definition, ...]


def _show_kpis(core: ReadCore, asked: ShowKpis) -> KpisShown:
    report = core.kpis(asked.names)
    kept = [kpi for kpi in report.kpis if asked.names or not kpi.of][:MOST_FIGURES]
    means = {kpi.name: Definition(name=kpi.name, says=kpi.says, counts=kpi.counts) for kpi in kept}
    return KpisShown(
        as_of=report.scope.as_of,
        first=report.scope.first,
        last=report.scope.last,
        currency=report.currency,
        kpis=tuple(KpiRow.model_validate(kpi) for kpi in kept),
        left_out=len(report.kpis) - len(kept),
        definitions=tuple(means.values()) if asked.names else (),
    )


class ListProposals(ToolInput):
    """What list_proposals takes."""

    state: ApprovalState | None = Field(
        ApprovalState.PENDING, description="the state, such as 'pending', 'approved' or 'executed'; none: all"
    )
    limit: Limit = 20


class ProposalRow(ToolOutput):
    """Something put before people: how many and who must agree, what money it commits, until when."""

    approval: str
    case: str
    state: str
    tier: int
    money: Decimal
    approvals_needed: int
    approved_by: int
    roles: tuple[str, ...]
    proposed_by: str
    created_at: datetime
    expires_at: datetime


class ProposalList(ToolOutput):
    """Proposals, those that run out first first; `left_out` says how many more there are."""

    proposals: tuple[ProposalRow, ...]
    left_out: int


def _list_proposals(core: ReadCore, asked: ListProposals) -> ProposalList:
    found = sorted(core.waiting(asked.state), key=lambda one: (one.expires_at, one.id))
    return ProposalList(
        proposals=tuple(_proposal_row(one) for one in found[: asked.limit]),
        left_out=max(0, len(found) - asked.limit),
    )


def _proposal_row(approval: Approval) -> ProposalRow:
    return ProposalRow(
        approval=approval.id,
        case=approval.case,
        state=approval.state.value,
        tier=approval.tier,
        money=approval.money,
        approvals_needed=approval.approvals_needed,
        approved_by=len(approval.approvers),
        roles=tuple(role.value for role in approval.roles),
        proposed_by=approval.proposed_by,
        created_at=approval.created_at,
        expires_at=approval.expires_at,
    )


class ShowProposal(ToolInput):
    """What show_proposal takes."""

    approval: ApprovalRef


class DecisionRow(ToolOutput):
    """What a person said."""

    user: str
    role: str
    decision: str
    at: datetime


class ProposalShown(ToolOutput):
    """A proposal in full: exactly what would be done, in words and as data, under which rule, and who said what."""

    proposal: ProposalRow
    option: str
    rule: str
    sentences: tuple[str, ...]
    actions: tuple[dict[str, object], ...]
    actions_left_out: int
    advice: str
    advice_source: str
    plan_hash: str
    decisions: tuple[DecisionRow, ...]


def _show_proposal(core: ReadCore, asked: ShowProposal) -> ProposalShown:
    found = core.proposal(ApprovalId(asked.approval))
    approval, proposal = found.approval, found.proposal
    actions = proposal.plan.actions
    return ProposalShown(
        proposal=_proposal_row(approval),
        option=proposal.option,
        rule=approval.rule,
        sentences=tuple(action.sentence for action in actions[:MOST_ROWS]),
        actions=tuple(encode_action(action) for action in actions[:MOST_ROWS]),
        actions_left_out=max(0, len(actions) - MOST_ROWS),
        advice=proposal.advice.text,
        advice_source=proposal.advice.source.value,
        plan_hash=approval.plan_hash,
        decisions=tuple(
            DecisionRow(user=one.user, role=one.role.value, decision=one.kind.value, at=one.decided_at)
            for one in approval.decisions[:MOST_ROWS]
        ),
    )


class ListTasks(ToolInput):
    """What list_tasks takes."""

    overdue_only: bool = Field(False, description="true for those past their day only")
    limit: Limit = 20


class TaskRow(ToolOutput):
    """Something only a person can settle. `about` names the thing, such as 'order:SO-1'."""

    subject: str
    text: str
    kind: str
    role: str | None
    about: str
    due: date | None
    overdue: bool


class TaskList(ToolOutput):
    """Open tasks, those due first first, those without a day last; `left_out` says how many more there are."""

    as_of: date
    tasks: tuple[TaskRow, ...]
    left_out: int


def _list_tasks(core: ReadCore, asked: ListTasks) -> TaskList:
    found = core.tasks(overdue_only=asked.overdue_only)
    return TaskList(
        as_of=found.as_of,
        tasks=tuple(
            TaskRow(
                subject=task.subject,
                text=task.text[:LONGEST_TEXT],
                kind=task.kind.value,
                role=task.role.value if task.role else None,
                about=task.about,
                due=task.due,
                overdue=task.overdue(found.as_of),
            )
            for task in found.tasks[: asked.limit]
        ),
        left_out=max(0, len(found.tasks) - asked.limit),
    )


class ShowScan(ToolInput):
    """show_scan takes nothing."""


class CountRow(ToolOutput):
    """How many cases of a type are open."""

    type: str
    open: int


class ScanShown(ToolOutput):
    """The last scan: the business date it was for, when it ran, what it assumed; and the open cases by type."""

    as_of: date
    at: datetime
    assumed: dict[str, str]
    open_cases: tuple[CountRow, ...]


def _show_scan(core: ReadCore, asked: ShowScan) -> ScanShown:
    seen = core.scan_seen()
    return ScanShown(
        as_of=seen.as_of,
        at=seen.at,
        assumed=dict(seen.rules),
        open_cases=tuple(CountRow(type=kind, open=count) for kind, count in seen.open_cases),
    )


SHOW_KPIS = reads(
    "show_kpis",
    "Shows key figures of the last 90 days, such as on time in full, with goals: all of the company, or those named, "
    "with their definitions and by customer or supplier where they are kept so.",
    cost=Cost.MODERATE,
    examples=({}, {"names": ["otif_promise"]}),
    takes=ShowKpis,
    gives=KpisShown,
    handler=_show_kpis,
)
LIST_PROPOSALS = reads(
    "list_proposals",
    "Lists what was put before people: what waits for a decision, or is in another state, by when it runs out. "
    "People decide; no tool does.",
    cost=Cost.CHEAP,
    examples=({}, {"state": "executed"}),
    takes=ListProposals,
    gives=ProposalList,
    handler=_list_proposals,
)
SHOW_PROPOSAL = reads(
    "show_proposal",
    "Shows one proposal in full: exactly what would be done, the advice given, the rule that says who must agree, and "
    "what people have said so far.",
    cost=Cost.CHEAP,
    examples=({"approval": "AP-17-1A"},),
    takes=ShowProposal,
    gives=ProposalShown,
    handler=_show_proposal,
)
LIST_TASKS = reads(
    "list_tasks",
    "Lists the open tasks of people: what only a person can settle, in which role, until when. Settles none.",
    cost=Cost.CHEAP,
    examples=({"overdue_only": True},),
    takes=ListTasks,
    gives=TaskList,
    handler=_list_tasks,
)
SHOW_SCAN = reads(
    "show_scan",
    "Shows the last scan for trouble: for which business date, when, under which assumptions, and how many cases of "
    "each type are open now. Does not scan.",
    cost=Cost.CHEAP,
    examples=({},),
    takes=ShowScan,
    gives=ScanShown,
    handler=_show_scan,
)
