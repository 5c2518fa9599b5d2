"""Actions on what a customer asked for: a change of an order applied as it was previewed, and the answer."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from core.domain.ids import ItemCode, LocationCode, OrderNo
from core.domain.plans.predicates import Predicate, equal
from core.domain.plans.resolutions import Resolution
from core.domain.plans.step import Step

UNDOABLE = frozenset({"quantity", "date", "address"})
"""The kinds of change that another change takes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyChange(Step):
    """Apply one change of an order that its customer asked for, with the consequences in `words`.

    `change` is its kind (core/domain/amendments.py), `before` and `after` the value it changes; line 0 is the whole
    order. Planning counts `open_units` of the line afterwards, of which `held` are reserved; `freed` units become
    available at `location`, and the planned orders in `dropped` go.
    """

    kind: ClassVar[str] = "apply_change"
    resolution: ClassVar[Resolution] = Resolution.CHANGE_ORDER

    signal: str
    order: OrderNo
    line: int
    item: ItemCode
    change: str
    before: str
    after: str
    words: str
    open_units: int
    held: int
    unit_price: Decimal
    location: LocationCode
    freed: int
    dropped: str
    cost: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """Still asked for, and with the consequences that were shown."""
        return (
            equal("signal_open", self.signal, "yes"),
            equal("change_consequence", f"{self.signal}/{self.line}", self.words),
        )

    @property
    def charge(self) -> Decimal:
        """The change fee."""
        return self.cost

    @property
    def sentence(self) -> str:
        """What is changed and what follows from it."""
        return f"change {self.subject} as asked in {self.signal}: {self.words}, for {self.cost:,.2f}"

    @property
    def subject(self) -> str:
        """What is changed, in words."""
        return f"order line {self.order}/{self.line}" if self.line else f"order {self.order}"

    @property
    def way_back(self) -> str:
        """What it was before, as another change; it is to be confirmed again, and what was given back is free."""
        if self.change not in UNDOABLE or not self.before:
            return f"cannot be undone: enter what is wanted of {self.subject} as a new order"
        return f"change the {self.change} of {self.subject} to {self.before} again before it is picked"

    @property
    def turn(self) -> tuple[str, ...]:
        """By order line."""
        return ("line", self.order, f"{self.line:09}", self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange(Step):
    """Tell the customer that what was asked is done or declined, and settle the question: `answer` is one of these."""

    kind: ClassVar[str] = "answer_change"
    resolution: ClassVar[Resolution] = Resolution.CHANGE_ORDER

    signal: str
    order: OrderNo
    answer: str
    text: str

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """Nobody has answered."""
        return (equal("signal_open", self.signal, "yes"),)

    @property
    def sentence(self) -> str:
        """What the customer is told."""
        return f"tell the customer of order {self.order} that what was asked in {self.signal} is {self.answer}"

    @property
    def way_back(self) -> str:
        """Another message."""
        return f"tell the customer of order {self.order} that {self.signal} is open again"

    @property
    def turn(self) -> tuple[str, ...]:
        """After what was changed."""
        return ("signal", self.signal)
