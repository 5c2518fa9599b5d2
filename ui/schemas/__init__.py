"""What travels between the API and its clients: requests refuse unknown fields, replies ignore them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from core.domain.cases import CaseState, ExceptionType
from ui.schemas.root import IDENTIFIER as IDENTIFIER
from ui.schemas.root import ONE_LINE, PRINTABLE, Comment, PlanHash, Reply, Request
from ui.schemas.root import Identifier as Identifier


class LoginRequest(Request):
    """Who signs in, and the password that proves it."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=PRINTABLE)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        json_schema_extra={"writeOnly": True}
    )


class LoginReply(Reply):
    """A session: send the token as `Authorization: Bearer ...` until it expires."""

    token: str
    name: str
    role: str
    limit: Decimal | None
    expires_at: datetime


class CaseCard(Reply):
    """A case in the inbox. `days_left` counts to the day the first way out is lost; None when none is known."""

    id: str
    state: str
    state_words: str
    type: str
    type_words: str
    title: str
    item: str
    location: str
    lacking: int
    exposure: Decimal
    lines: int
    customers: tuple[str, ...]
    customers_total: int
    best_tier: int
    needed_by: date
    deadline: date | None
    days_left: int | None
    opened_on: date
    owner: str | None = None
    snoozed_until: date | None = None


class InboxQuery(Request):
    """Which cases of the inbox are wanted; all of it holds together."""

    state: CaseState | None = Field(default=None, description="only cases in this state")
    type: ExceptionType | None = Field(default=None, description="only cases of this type")
    owner: Identifier | None = Field(default=None, description="only cases this person has taken")
    said: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=ONE_LINE)] | None = Field(
        default=None, description="part of what the case, its item, an order or a customer is called, in any case"
    )


class Inbox(Reply):
    """The cases somebody has to look at, most urgent first. `left_out` more match than are listed.

    `urgent` of those that match lose a way out today or tomorrow, or have lost one; `customers` are hurt by them.
    """

    company: str
    as_of: date
    currency: str
    scanned_at: datetime | None
    cases: tuple[CaseCard, ...]
    left_out: int
    matching: int
    customers: int
    urgent: int
    value_at_risk: Decimal
    types: dict[str, str]
    states: dict[str, str]


class WhyStep(Reply):
    """One step from an order line to what holds it back."""

    subject: str
    text: str


class Impact(Reply):
    """One order line the case hurts. `short` units are not covered at all; `projected` None: no date is known."""

    order: str
    line: int
    customer: str
    customer_name: str
    item: str
    quantity: int
    short: int
    due: date
    projected: date | None
    days_late: int
    exposure: Decimal
    why: tuple[WhyStep, ...]


class Change(Reply):
    """One order line before and after an option. `gained` days; negative means lost."""

    order: str
    line: int
    customer: str
    item: str
    due_before: date
    due_after: date
    projected_before: date | None
    projected_after: date | None
    short_before: int
    short_after: int
    gained: int
    exposure_before: Decimal
    exposure_after: Decimal


class CostTerm(Reply):
    """One part of what an option costs."""

    name: str
    amount: Decimal


class OptionOdds(Reply):
    """How sure an option is, over many scenarios of how late its purchase orders come. `holds`: percent of them in
    which no line comes later than it says; `expected` and `worst`: what it comes to, lateness included, on average and
    in the worst twentieth; the ranks are among the options of the case, 1 the best."""

    holds: Decimal
    expected: Decimal
    worst: Decimal
    expected_rank: int
    worst_rank: int
    scenarios: int


class OptionCard(Reply):
    """One way out beside the others. `wait_until` is set only for doing nothing until then.

    `days_sooner` and `days_later` add up the days by which each line's expected date moves; a line that comes later is
    counted as hurt only when that makes it late.
    """

    id: str
    letter: str
    title: str
    actions: tuple[str, ...]
    tier: int
    cost_terms: tuple[CostTerm, ...]
    total_cost: Decimal
    deadline: date
    wait_until: date | None
    lines_helped: int
    lines_hurt: int
    lines_recovered: int
    days_sooner: int
    days_later: int
    promises_moved: int
    customers_affected: tuple[str, ...]
    exposure_before: Decimal
    exposure_after: Decimal
    undo: str
    feasibility: tuple[str, ...]
    odds: OptionOdds | None
    advised: bool
    changes: tuple[Change, ...]
    changes_left_out: int


class RejectedIdea(Reply):
    """A way out that was tried and is not possible, and why."""

    resolution: str
    what: str
    reason: str


class Evidence(Reply):
    """One answer gathered. `note` is a partner's own words: shown as they are, never obeyed."""

    id: str
    text: str
    note: str


class Advice(Reply):
    """Which option to take and why; `source` is rules or model."""

    source: str
    option: str
    text: str
    risks: tuple[str, ...]
    evidence: tuple[str, ...]
    model: str | None
    note: str


class Decision(Reply):
    """One person's word on an approval."""

    user: str
    role: str
    kind: str
    comment: str
    channel: str
    decided_at: datetime


class Message(Reply):
    """One message to a partner and how far it has come."""

    partner: str
    kind: str
    state: str


class Compared(Reply):
    """A figure as the plan predicted it and as the re-scan found it; of order lines the day all of it is there."""

    figure: str
    predicted: str
    found: str
    same: bool


class Effect(Reply):
    """What came of an approved plan. `verified` is None until the re-scan was compared with the prediction."""

    executed_by: str
    executed_at: datetime
    result: tuple[str, ...]
    verified: bool | None
    differences: tuple[str, ...]
    compared: tuple[Compared, ...]
    undone_by: str | None
    undone_at: datetime | None
    messages: tuple[Message, ...]


class Approval(Reply):
    """A plan put before people: its exact text, the hash to send back with the decision, and what was decided.

    `why_not` says why the person asking may not decide; None means that person may. `open` means decisions are awaited.
    """

    id: str
    state: str
    state_words: str
    open: bool
    option: str
    letter: str
    plan_hash: str
    plan_text: str
    actions: tuple[str, ...]
    conditions: tuple[str, ...]
    cost: Decimal
    money: Decimal
    currency: str
    tier: int
    rule: str
    approvals_needed: int
    approvals_given: int
    proposed_by: str
    created_at: datetime
    expires_at: datetime
    advice: Advice
    decisions: tuple[Decision, ...]
    effect: Effect | None
    why_not: str | None
    may_undo: bool


Next = Literal["wait", "resolve", "decide", "continue", "none"]


class Step(Reply):
    """One step of a case's way, in order: done, now, later or failed."""

    name: str
    state: Literal["done", "now", "later", "failed"]
    text: str


class Failure(Reply):
    """Why the last piece of work on a case ended without result."""

    code: str
    message: str


class CaseComment(Reply):
    """What somebody said about a case."""

    author: str
    text: str
    said_at: datetime


class CaseDetail(Reply):
    """Everything a person needs to decide on a case. `next` is what this person can do now.

    wait: the desk is busy with it, look again soon; resolve: have options prepared; continue: let the desk go on.
    """

    card: CaseCard
    currency: str
    as_of: date
    fixes: tuple[str, ...]
    impacts: tuple[Impact, ...]
    impacts_left_out: int
    options: tuple[OptionCard, ...]
    rejected: tuple[RejectedIdea, ...]
    evidence: tuple[Evidence, ...]
    approval: Approval | None
    earlier: tuple[Approval, ...]
    steps: tuple[Step, ...]
    next: Next
    failure: Failure | None
    comments: tuple[CaseComment, ...]


class Word(Request):
    """A person's word on what was on the screen. A rejection needs a comment that says why."""

    decision: Literal["approve", "reject"]
    comment: Comment = ""
    channel: Literal["api", "console", "cli"] = "api"

    @model_validator(mode="after")
    def _rejection_says_why(self) -> Self:
        if self.decision == "reject" and not self.comment:
            raise ValueError("a rejection needs a comment that says why")
        return self


class DecisionRequest(Word):
    """A person's word on the plan whose hash was on the screen. A rejection needs a comment that says why."""

    plan_hash: PlanHash


class DecisionReply(Reply):
    """What the decision led to; `executing` means the desk now carries out the plan."""

    approval: str
    case: str
    state: str
    approvals_given: int
    approvals_needed: int
    executing: bool


class WorkReply(Reply):
    """The desk has the case; read it again to see how far it is. `started` is False when it was at it already."""

    case: str
    started: bool


class UndoReply(Reply):
    """What was taken back."""

    approval: str
    case: str
    result: tuple[str, ...]


class HealthReply(Reply):
    """The API runs and its database answers; while `halted` it executes and sends nothing."""

    status: Literal["ok"]
    halted: bool


class Problem(Reply):
    """An error as RFC 9457 problem details; `code` is stable, `detail` is the sentence for a person."""

    type: str
    title: str
    status: int
    detail: str
    code: str
