"""Proposals: one option of a case put before people, with the advice given and what it is predicted to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import ApprovalId, CaseId, OptionId, ProposalId, UserName
from core.domain.options import Forecast, Verification
from core.domain.plans import Plan


class AdviceSource(StrEnum):
    """Who gave the advice: fixed rules, or a model whose numbers were checked against the facts."""

    RULES = "rules"
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Which option to take and why. `note` says why the rules spoke when a model was configured."""

    source: AdviceSource
    option: OptionId
    text: str
    risks: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    model: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A plan before people. `plan_text` is canonical and is what the hash is of; `rules` are those of the scan."""

    id: ProposalId
    case: CaseId
    option: OptionId
    plan: Plan
    plan_text: str
    plan_hash: str
    tier: int
    money: Decimal
    advice: Advice
    rules: Mapping[str, str | bool | None]
    forecast: Forecast
    proposed_by: UserName
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One line of the effect ledger: an approval that was executed, and what came of it."""

    approval: ApprovalId
    executed_hash: str
    executed_by: UserName
    executed_at: datetime
    result: tuple[str, ...]
    verification: Verification | None = None
    undone_at: datetime | None = None
    undone_by: UserName | None = None


class MessageKind(StrEnum):
    """What the outbox can ask a partner to do."""

    PLACE_ORDER = "place_order"
    EXPEDITE_ORDER = "expedite_order"
    CANCEL_ORDER = "cancel_order"
    CUSTOMER_NOTICE = "customer_notice"
    SUPPLIER_LETTER = "supplier_letter"
    COUNTER_OFFER = "counter_offer"
    NOTICE = "notice"


class MessageState(StrEnum):
    """How far a message has come."""

    NEW = "new"
    CLAIMED = "claimed"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """A message for a partner; `payload` is its content in JSON values, `key` its idempotency key."""

    key: str
    partner: str
    kind: MessageKind
    payload: Mapping[str, object]
    approval: ApprovalId | None
    state: MessageState = MessageState.NEW
    attempts: int = 0
    answer: Mapping[str, object] | None = None
