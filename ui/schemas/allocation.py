"""What travels when scarce units are given out anew: runs on paper, carried out as shown; quotas."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from core.domain.backorders import RunRule
from core.domain.order_terms import Strategy
from ui.schemas import ONE_LINE, Identifier, Reply, Request
from ui.schemas.listing import Code, Filters, Told
from ui.values import Day, Units

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=ONE_LINE)]
MOST_OVERRIDES = 100


class OverrideRequest(Request):
    """A person's word on one line of a run."""

    order: Identifier
    line: Annotated[int, Field(ge=1, strict=True)]
    reason: Reason
    strategy: Strategy | None = Field(default=None, description="What may happen to the line in this run.")
    at_most: Annotated[int, Field(ge=0, strict=True)] | None = Field(default=None, description="Units it may have.")


class RunRequest(Request):
    """Which lines are to be confirmed anew, and who is served where there is not enough."""

    item: Identifier
    location: Identifier
    rule: RunRule = RunRule.PRIORITY
    lot: Units = Field(default=1, description="Rules that share do so in whole lots of so many units.")
    overrides: tuple[OverrideRequest, ...] = Field(default=(), max_length=MOST_OVERRIDES)


class DatedReply(Told):
    """Units on a day."""

    on: date
    quantity: int


class RunLineReply(Reply):
    """An order line before and after a run."""

    order: str
    line: int
    customer: str
    customer_name: str
    open: int
    before: tuple[DatedReply, ...]
    after: tuple[DatedReply, ...]
    gained: int
    lost: int


class RunIssueReply(Told):
    """Something the run cannot keep; a person has to know."""

    subject: str
    problem: str
    wanted: int
    given: int


class RunReply(Reply):
    """A run on paper. `digest` names exactly what was shown: the run is carried out by it, or not at all."""

    code: str
    item: str
    location: str
    unit: str
    rule: RunRule
    lot: int
    overrides: int
    lines: tuple[RunLineReply, ...]
    issues: tuple[RunIssueReply, ...]
    digest: str
    committed: bool


class CommitRequest(Request):
    """Carry a run out exactly as it was shown."""

    digest: Digest


class QuotaQuery(Filters):
    """Which quotas are wanted."""

    item: Code | None = None


class QuotaReply(Told):
    """A quota: units of an item that whoever it names may take in a span of days; empty names are anybody."""

    code: str
    item: str
    first: date
    last: date
    quantity: int
    consumed: int
    left: int
    channel: str | None
    customer: str | None
    region: str | None
    borrow: bool
    released_on: date | None


class QuotaList(Reply):
    """Quotas, by item and code."""

    items: tuple[QuotaReply, ...]


class QuotaRequest(Request):
    """A new quota."""

    code: Identifier
    item: Identifier
    first: Day
    last: Day
    quantity: Annotated[int, Field(ge=0, strict=True)]
    channel: Identifier | None = None
    customer: Identifier | None = None
    region: Identifier | None = None
    borrow: bool = Field(default=True, strict=True, description="Lines may take from quotas of other days.")


class ReleaseRequest(Request):
    """From which day on what is left of a quota is for everybody."""

    on: Day
