"""The draft order a letter becomes: each field with its value, how sure it is, the words it came from, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from core.domain.amendments import Change
from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.intake.transcripts import ReadBy, Said, TranscriptKind
from core.domain.order_entry import MOST_LINES

DraftId = NewType("DraftId", str)


class Level(StrEnum):
    """How sure a field is, by checks only: nothing a model says of itself raises it."""

    HIGH = "high"
    REVIEW = "review"
    LOW = "low"


class DraftState(StrEnum):
    """Where a draft stands. `ready` needs only a person's yes; `draft` needs a person to look at fields; `asking` lacks
    something only the customer can say; the others are over."""

    DRAFT = "draft"
    ASKING = "asking"
    READY = "ready"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"


OPEN_STATES = frozenset({DraftState.DRAFT, DraftState.ASKING, DraftState.READY, DraftState.DUPLICATE})
"""A person can still do something with the draft; with a duplicate, say that a second order is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value of a draft in its plain form (a code, an ISO date, a decimal), None where there is none.

    `said` are the words it came from, `why` what the checks found, `candidates` what else it may be.
    """

    value: str | None = None
    level: Level = Level.HIGH
    said: Said | None = None
    why: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


NOTHING = Field()
OPTION = "options."
"""What the names of options begin with: `options.voltage`."""
WHOLE_FIELDS = ("customer", "customer_po", "ship_to", "currency")
"""What a person may give of the whole order."""
LINE_FIELDS = ("item", "quantity", "unit", "requested")
"""What a person may give of a line, beside its options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing only the customer can say. `about` is the field, `line` its line, `quote` what was written; `called` is
    what an option is called in the language of the letter."""

    about: str
    line: int | None = None
    quote: str = ""
    choices: tuple[str, ...] = ()
    why: str = ""
    called: str = ""

    @property
    def name(self) -> str:
        """What the value is given as: `line2.quantity`, `customer`. What is asked of no line is meant of the first."""
        of_line = self.about in LINE_FIELDS or self.about.startswith(OPTION)
        return f"line{self.line or 1}.{self.about}" if of_line else self.about


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePromise:
    """When the core could deliver a line as of the draft; nothing is held for it."""

    day: date | None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One line. `units` are base units; `price` is our price a base unit, which counts, whatever the customer wrote.

    A line of a configurable `product` has `options`, by feature: those that were said, and those that are missing or
    contradict a rule. Its item is the variant, once nothing is open.
    """

    number: int
    item: Field = NOTHING
    quantity: Field = NOTHING
    unit: Field = NOTHING
    requested: Field = NOTHING
    unit_price: Field = NOTHING
    units: int | None = None
    price: Decimal | None = None
    promise: LinePromise | None = None
    product: ItemCode | None = None
    options: tuple[tuple[str, Field], ...] = ()

    @property
    def fields(self) -> tuple[tuple[str, Field], ...]:
        """Every field with its name."""
        names = ("item", "quantity", "unit", "requested", "unit_price")
        options = tuple((f"{OPTION}{feature}", field) for feature, field in self.options)
        return (*((name, getattr(self, name)) for name in names), *options)

    def field(self, name: str) -> Field | None:
        """The field of this name, None where there is none."""
        return next((field for known, field in self.fields if known == name), None)

    @property
    def item_code(self) -> ItemCode | None:
        """The item it is for, None while nobody knows."""
        return None if self.item.value is None else ItemCode(self.item.value)

    @property
    def day(self) -> date | None:
        """The day it is wanted."""
        return None if self.requested.value is None else date.fromisoformat(self.requested.value)

    @property
    def level(self) -> Level:
        """The least sure of its fields."""
        return least(field.level for _, field in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOrder:
    """A letter as an order that nobody has entered yet.

    `level` is the least sure of all fields and of the whole; `notes` say what was found about the whole. `order` is
    the order it became, repeats or wants changed, and `changes` what it asks of that one. `letters` are the content
    hashes of what was read, the first one first.
    """

    id: DraftId
    version: int = 1
    state: DraftState
    kind: TranscriptKind
    language: str
    sender: str = ""
    message_id: str = ""
    letters: tuple[str, ...] = ()
    by: ReadBy = ReadBy.RULES
    customer: Field = NOTHING
    customer_po: Field = NOTHING
    order_date: Field = NOTHING
    ship_to: Field = NOTHING
    currency: Field = NOTHING
    payment_terms: Field = NOTHING
    lines: tuple[DraftLine, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    whole: Level = Level.HIGH
    instructions: tuple[str, ...] = ()
    order: OrderNo | None = None
    changes: tuple[Change, ...] = ()
    repeats: str = ""

    @property
    def fields(self) -> tuple[tuple[str, Field], ...]:
        """The fields of the whole order with their names."""
        names = ("customer", "customer_po", "order_date", "ship_to", "currency", "payment_terms")
        return tuple((name, getattr(self, name)) for name in names)

    @property
    def level(self) -> Level:
        """How sure the whole is."""
        return least([self.whole, *(field.level for _, field in self.fields), *(line.level for line in self.lines)])

    @property
    def customer_code(self) -> CustomerCode | None:
        """Who orders, None while nobody knows."""
        return None if self.customer.value is None else CustomerCode(self.customer.value)

    @property
    def complete(self) -> bool:
        """Whether nothing an order needs is missing."""
        lines = all(line.item_code and line.units and line.day for line in self.lines)
        return bool(self.lines) and lines and self.customer.value is not None

    @property
    def settable(self) -> tuple[str, ...]:
        """The names of the values a person may give, also of one line more."""
        more = DraftLine(number=len(self.lines) + 1)
        lines = (
            f"line{line.number}.{name}"
            for line in (*self.lines, more)[:MOST_LINES]
            for name in (*LINE_FIELDS, *(f"{OPTION}{feature}" for feature, _ in line.options))
        )
        return (*WHOLE_FIELDS, *lines)

    @property
    def open(self) -> bool:
        """Whether a person can still do something with it."""
        return self.state in OPEN_STATES

    @property
    def confirmable(self) -> bool:
        """Whether a person's yes makes it an order, or hands over the change it asks for."""
        order = self.kind is TranscriptKind.ORDER and self.complete and not self.questions
        return self.open and (bool(self.changes) or order)


_RANK = {Level.HIGH: 0, Level.REVIEW: 1, Level.LOW: 2}


def least(levels: Iterable[Level]) -> Level:
    """The least sure of some levels; of none it is high."""
    return max(levels, key=_RANK.__getitem__, default=Level.HIGH)
