"""What travels when an order is amended: the changes, what they would do, and what was done."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from core.domain.order_life import OrderState
from ui.schemas import ONE_LINE, PRINTABLE, Identifier, Reply, Request
from ui.schemas.listing import Told
from ui.values import Day, Units

LineNumber = Annotated[int, Field(ge=1, le=100_000, strict=True)]
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=PRINTABLE)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class NewQuantity(Request):
    """Another ordered quantity of a line, in base units of its item."""

    kind: Literal["quantity"]
    line: LineNumber
    quantity: Units


class NewDate(Request):
    """Another day a line is requested for."""

    kind: Literal["date"]
    line: LineNumber
    requested: Day


class NewItem(Request):
    """Another item for what is still open of a line."""

    kind: Literal["item"]
    line: LineNumber
    item: Identifier


class NewAddress(Request):
    """Another address of the customer, for the whole order."""

    kind: Literal["address"]
    address: Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=ONE_LINE)]


class Cancelled(Request):
    """What is open of a line, or without one of the whole order, is not wanted any more."""

    kind: Literal["cancel"]
    line: LineNumber | None = None


ChangeWanted = Annotated[NewQuantity | NewDate | NewItem | NewAddress | Cancelled, Field(discriminator="kind")]


class AmendmentRequest(Request):
    """What is to be changed of an order, at most one change of a line, and why."""

    changes: Annotated[tuple[ChangeWanted, ...], Field(min_length=1, max_length=100)]
    reason: Why


class CarryOutRequest(AmendmentRequest):
    """The same, carried out as it was shown: `version` and `digest` are those of what was shown."""

    version: int = Field(ge=1, strict=True)
    digest: Digest


class FreedReply(Told):
    """Stock that would be given back."""

    item: str
    location: str
    quantity: int


class ConsequenceReply(Reply):
    """What one change does to a line, or to the whole order where `line` is null."""

    line: int | None
    words: str
    state: OrderState | None
    price: Decimal | None
    freed: tuple[FreedReply, ...]
    dropped: tuple[str, ...] = Field(description="Orders that were planned for it and that nobody has placed.")
    fence: date | None = Field(description="The last frozen day, where the change is inside the freeze fence.")


class ForeseenReply(Told):
    """When a line that has to be promised again could be there; `without` units have no day."""

    line: int
    item: str
    units: int
    promised: date | None = Field(description="What is promised now.")
    day: date | None = Field(description="When all of it could be promised; null where no day is known.")
    without: int


class AmendmentShown(Reply):
    """Everything an amendment would do. Nothing of it has happened; `digest` stands for all of it."""

    order: str
    version: int
    currency: str
    consequences: tuple[ConsequenceReply, ...]
    lines: tuple[ForeseenReply, ...]
    value_before: Decimal
    value_after: Decimal
    state: OrderState = Field(description="Where the order would be.")
    holds: tuple[str, ...] = Field(description="Why it would be put on hold.")
    frozen: bool
    why_not: str | None = Field(description="Why the one who asks may not carry it out.")
    digest: str


class PromisedLine(Reply):
    """A line and the day it is promised for now."""

    line: int
    day: date


class AmendedReply(Reply):
    """The order after an amendment; `promised` is empty where its lines are to be promised later."""

    order: str
    version: int
    state: OrderState
    done: tuple[str, ...]
    holds: tuple[str, ...]
    promised: tuple[PromisedLine, ...]
