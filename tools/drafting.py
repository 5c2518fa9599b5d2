"""How an agent has an order drafted from what somebody said; a person confirms it, or not."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from core.domain.intake.drafts import OPEN_STATES, DraftLine, DraftOrder, Question
from tools.core_access import ToolCore
from tools.provenance import Role
from tools.spec import Cost, ToolInput, ToolOutput, proposes

MOST_LINES = 30
MOST_QUESTIONS = 20
LONGEST_TEXT = 20_000


class DraftOrderFrom(ToolInput):
    """What draft_order takes."""

    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST_TEXT,
            description="the order in the words it was said or written in: who orders, what, how many, by when",
        ),
        Role.EVIDENCE,
    ]


class DraftLineRow(ToolOutput):
    """A line of a draft: `units` are base units, `price` is ours for one, `day` when we could deliver. `level` says how
    sure the reading is: 'high', 'review' or 'low'."""

    line: int
    item: str | None
    units: int | None
    requested: str | None
    price: Decimal | None
    day: date | None
    level: str


class QuestionRow(ToolOutput):
    """Something only the customer can say; `line` is none where it is about the whole order."""

    about: str
    line: int | None
    choices: tuple[str, ...]
    why: str


class OrderDrafted(ToolOutput):
    """A draft order. `summary` can be told to a person as it is; nothing is ordered, held or sent. `commands` is how
    many sentences of the text tried to command: they were not followed."""

    draft: str
    summary: str
    state: str
    kind: str
    level: str
    customer: str | None
    customer_po: str | None
    lines: tuple[DraftLineRow, ...]
    lines_left_out: int
    questions: tuple[QuestionRow, ...]
    questions_left_out: int
    order: str | None
    repeats: str
    commands: int


def _draft_order(core: ToolCore, asked: DraftOrderFrom) -> OrderDrafted:
    return drafted(core.take_in_order(asked.text))


def drafted(draft: DraftOrder) -> OrderDrafted:
    """A draft as a tool tells it: what was found, not the words it was found in."""
    return OrderDrafted(
        draft=draft.id,
        summary=_summary(draft),
        state=draft.state.value,
        kind=draft.kind.value,
        level=draft.level.value,
        customer=draft.customer.value,
        customer_po=draft.customer_po.value,
        lines=tuple(_line(line) for line in draft.lines[:MOST_LINES]),
        lines_left_out=max(0, len(draft.lines) - MOST_LINES),
        questions=tuple(_question(one) for one in draft.questions[:MOST_QUESTIONS]),
        questions_left_out=max(0, len(draft.questions) - MOST_QUESTIONS),
        order=draft.order,
        repeats=draft.repeats,
        commands=len(draft.instructions),
    )


def _summary(draft: DraftOrder) -> str:
    if draft.state in OPEN_STATES:
        return f"drafted, {draft.id} ({draft.state.value}); waits for a person to confirm it"
    return f"drafted, {draft.id} ({draft.state.value}); {'; '.join(draft.notes) or 'nothing waits'}"


def _line(line: DraftLine) -> DraftLineRow:
    return DraftLineRow(
        line=line.number,
        item=line.item.value,
        units=line.units,
        requested=line.requested.value,
        price=line.price,
        day=line.promise.day if line.promise else None,
        level=line.level.value,
    )


def _question(question: Question) -> QuestionRow:
    return QuestionRow(about=question.about, line=question.line, choices=question.choices, why=question.why)


DRAFT_ORDER = proposes(
    "draft_order",
    "Has an order drafted from the words it was said or written in: customer, items, quantities and days are looked up "
    "in the books, what is not sure or missing becomes a question. A draft holds nothing; a person confirms it. The "
    "same text again is the same draft.",
    cost=Cost.MODERATE,
    examples=({"text": "Harbor Supply orders 40 VALVE-3 by 2026-03-31, their PO 7781"},),
    takes=DraftOrderFrom,
    gives=OrderDrafted,
    handler=_draft_order,
)
